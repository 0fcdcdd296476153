//! Structures of small models whose loops are known.

use std::fmt::Write as _;

use super::{Kind, Link, MOST_LOOPS, Polarity, Seen, Sign, Structure, of};
use crate::read::{vensim, xmile};

fn mdl(equations: &[&str]) -> Structure {
    let mut text = String::from("{UTF-8}\n");
    for equation in equations {
        writeln!(text, "{equation} ~~|").expect("a string takes everything");
    }
    of(&vensim::read(&text).0, &Seen::default())
}

fn xml(inside: &str) -> Structure {
    let text = format!("<xmile version=\"1.0\">{inside}</xmile>");
    let (model, problems) = xmile::read(&text);
    of(&model.unwrap_or_else(|| panic!("{problems:?}")), &Seen::default())
}

fn loops(found: &Structure) -> Vec<(String, Polarity)> {
    found.loops.iter().map(|one| (found.names(one).join(" > "), one.polarity)).collect()
}

fn link(found: &Structure, from: &str, to: &str) -> Option<Link> {
    let (from, to) = (found.find(from).expect("a variable"), found.find(to).expect("a variable"));
    let forward = found.used_by(from).iter().find(|link| link.to == to).copied();
    assert_eq!(forward, found.uses(to).find(|link| link.from == from).copied(), "both ways to a link give the same");
    forward
}

fn kind(found: &Structure, name: &str) -> Kind {
    found.variables[found.find(name).expect("a variable")].kind
}

#[test]
fn a_population_has_a_loop_of_births_and_one_of_deaths() {
    let found = mdl(&[
        "Population = INTEG(births - deaths, 100)",
        "births = Population * birth rate",
        "deaths = Population / life time",
        "birth rate = 0.03",
        "life time = 70",
    ]);
    let wanted = [
        ("Population > births".to_owned(), Polarity::Reinforcing),
        ("Population > deaths".to_owned(), Polarity::Balancing),
    ];
    assert_eq!(loops(&found), wanted);
    assert!(found.complete);
    assert_eq!(found.loops[0].stocks, 1);
    assert_eq!(found.components, [vec![0, 1, 2]]);
    let kinds = ["Population", "births", "deaths", "birth rate"].map(|name| kind(&found, name));
    assert_eq!(kinds, [Kind::Stock, Kind::Flow, Kind::Flow, Kind::Constant]);
    assert_eq!((&found.stocks[0].inflows, &found.stocks[0].outflows), (&vec![1], &vec![2]));
}

#[test]
fn predators_and_prey_have_four_loops_of_one_stock_and_one_of_two() {
    let found = mdl(&[
        "Prey = INTEG(prey births - prey deaths, 100)",
        "Predators = INTEG(predator births - predator deaths, 10)",
        "prey births = 0.5 * Prey",
        "prey deaths = 0.01 * Prey * Predators",
        "predator births = 0.002 * Prey * Predators",
        "predator deaths = 0.3 * Predators",
    ]);
    let wanted = [
        ("Prey > prey births".to_owned(), Polarity::Reinforcing),
        ("Prey > prey deaths".to_owned(), Polarity::Unknown),
        ("Predators > predator births".to_owned(), Polarity::Unknown),
        ("Predators > predator deaths".to_owned(), Polarity::Balancing),
        // The product of two stocks: its way depends on the other stock.
        ("Prey > predator births > Predators > prey deaths".to_owned(), Polarity::Unknown),
    ];
    assert_eq!(loops(&found), wanted);
    assert_eq!(found.loops[4].stocks, 2);
    assert_eq!(found.components.iter().map(Vec::len).collect::<Vec<_>>(), [6]);
}

const TEACUP: &str = "<model><variables>
    <stock name=\"Teacup Temperature\"><eqn>180</eqn><outflow>Heat_Loss</outflow><units>deg</units><doc>Hot.</doc></stock>
    <flow name=\"Heat Loss\"><eqn>(Teacup_Temperature - Room_Temperature) / Characteristic_Time</eqn></flow>
    <aux name=\"Room Temperature\"><eqn>70</eqn></aux>
    <aux name=\"Characteristic Time\"><eqn>10</eqn></aux>
</variables></model>";

#[test]
fn a_cup_of_tea_has_one_loop_that_balances() {
    let found = xml(TEACUP);
    assert_eq!(loops(&found), [("Teacup Temperature > Heat Loss".to_owned(), Polarity::Balancing)]);
    let tea = &found.variables[0];
    assert_eq!((tea.kind, tea.units.as_deref(), tea.documentation.as_str()), (Kind::Stock, Some("deg"), "Hot."));
    assert_eq!((tea.elements, tea.dimensions.len()), (1, 0));
    assert_eq!(link(&found, "Room Temperature", "Heat Loss").map(|link| link.sign), Some(Sign::Minus));
    // How much the time matters depends on how hot the tea is.
    assert_eq!(link(&found, "Characteristic Time", "Heat Loss").map(|link| link.sign), Some(Sign::Unknown));
}

#[test]
fn a_model_without_feedback_has_no_loop() {
    let found = mdl(&["a = 1", "b = a + Time", "Level = INTEG(b, a)"]);
    assert!(found.loops.is_empty() && found.components.is_empty() && found.complete);
    assert_eq!(kind(&found, "b"), Kind::Flow);
}

#[test]
fn a_value_of_the_first_moment_closes_no_loop() {
    let found = mdl(&[
        "Level = INTEG(rate, target)",
        "rate = 5",
        "target = SMOOTHI(Level, 4, first)",
        "first = INITIAL(target)",
        "Other = INTEG(0, Other goal)",
        "Other goal = Other * 2",
    ]);
    assert!(loops(&found).is_empty(), "{:?}", loops(&found));
    let first = link(&found, "target", "Level").expect("a link");
    assert!(first.initial && !first.held);
    let smooth = link(&found, "Level", "target").expect("a link");
    assert!(smooth.held && !smooth.initial);
    assert!(link(&found, "first", "target").expect("a link").initial);
}

#[test]
fn a_loop_over_a_smooth_counts_and_one_at_a_single_moment_does_not() {
    let found = mdl(&["a = SMOOTH(b, 3)", "b = a + 1", "c = d + 1", "d = c * 2"]);
    assert_eq!(loops(&found), [("a > b".to_owned(), Polarity::Reinforcing)]);
    assert_eq!((found.loops[0].stocks, found.components.len()), (0, 1));
}

#[test]
fn a_stock_can_be_a_loop_by_itself() {
    let found = mdl(&["Level = INTEG(-0.1 * Level, 5)"]);
    assert_eq!(loops(&found), [("Level".to_owned(), Polarity::Balancing)]);
    assert!(found.stocks[0].inflows.is_empty() && found.stocks[0].outflows.is_empty());
}

#[test]
fn signs_are_said_where_the_equation_says_them() {
    let found = mdl(&[
        "up = 2",
        "down = -3",
        "x = Time",
        "y = Time",
        "a = up * x - y / down",
        "b = up / x",
        "c = x * y",
        "d = x - 2 * x",
        "e = MAX(x, y)",
        "f = -(x - 3 * (y + 1))",
    ]);
    let sign = |from: &str, to: &str| link(&found, from, to).expect("a link").sign;
    assert_eq!([sign("x", "a"), sign("y", "a")], [Sign::Plus, Sign::Plus]);
    assert_eq!([sign("x", "b"), sign("up", "b")], [Sign::Minus, Sign::Unknown]);
    assert_eq!([sign("x", "c"), sign("x", "d")], [Sign::Unknown; 2]);
    assert_eq!(sign("x", "e"), Sign::Plus);
    assert_eq!([sign("x", "f"), sign("y", "f")], [Sign::Minus, Sign::Plus]);
}

#[test]
fn a_run_tells_the_signs_of_products() {
    let text = "P = INTEG(b - d, 10) ~~| b = P * r * f(P) ~~| d = P * (1 - r) ~~| r = 0.2 + Time / 100 ~~|
        f((0,2),(20,1),(100,0.5)) ~~| INITIAL TIME = 0 ~~| FINAL TIME = 10 ~~| TIME STEP = 1 ~~|";
    let (model, _) = vensim::read(text);
    let (simulation, problems) = crate::compile(&model, &crate::Options::default(), &crate::external::Nothing);
    let simulation = simulation.unwrap_or_else(|| panic!("{problems:?}"));
    let sign = |found: &Structure, from: &str, to: &str| link(found, from, to).expect("a link").sign;
    let (blind, seen) = (of(&model, &Seen::default()), of(&model, &Seen::new(&simulation, &simulation.run(&[], 0))));
    assert_eq!([sign(&blind, "r", "b"), sign(&blind, "P", "d")], [Sign::Unknown; 2]);
    assert_eq!(
        [sign(&seen, "r", "b"), sign(&seen, "P", "d"), sign(&seen, "r", "d")],
        [Sign::Plus, Sign::Plus, Sign::Minus]
    );
    // More of P adds to the births as a factor and takes from them in the table.
    assert_eq!(sign(&seen, "P", "b"), Sign::Unknown);
}

#[test]
fn arrays_are_one_variable() {
    let found = mdl(&[
        "Region: north, south, east",
        "Stock[Region] = INTEG(in[Region], 1)",
        "in[Region] = rate[Region] * Stock[Region]",
        "rate[Region] = 1, 2, 3",
        "table( (0,0),(1,1) )",
        "read = table(SUM(Stock[Region!]))",
    ]);
    let stock = &found.variables[0];
    assert_eq!((stock.elements, stock.dimensions.as_slice()), (3, ["Region".to_owned()].as_slice()));
    assert_eq!(loops(&found), [("Stock > in".to_owned(), Polarity::Reinforcing)]);
    assert_eq!([kind(&found, "rate"), kind(&found, "table")], [Kind::Constant, Kind::Table]);
    assert!(link(&found, "table", "read").is_some() && link(&found, "Stock", "read").is_some());
}

#[test]
fn modules_are_laid_open_and_connections_followed() {
    let found = xml("<model><variables>
            <module name=\"Tank\"><connect to=\"Tank.supply\" from=\"tap\"/></module>
            <aux name=\"tap\"><eqn>10 - Tank.Water</eqn></aux>
        </variables></model>
        <model name=\"Tank\"><variables>
            <stock name=\"Water\"><eqn>1</eqn><inflow>filling</inflow></stock>
            <flow name=\"filling\"><eqn>supply * 0.5</eqn></flow>
            <aux name=\"supply\" access=\"input\"><eqn>0</eqn></aux>
        </variables></model>");
    assert_eq!(loops(&found), [("tank.Water > tap > tank.filling".to_owned(), Polarity::Balancing)]);
    assert_eq!(kind(&found, "tank.supply"), Kind::Auxiliary);
    assert!(link(&found, "tap", "tank.supply").is_some());
    assert_eq!(found.stocks.len(), 1);
}

#[test]
fn macros_are_seen_through() {
    let found = mdl(&[
        ":MACRO: KEEP(input, start, unused)\nKEEP = INTEG(change, start) ~~|\nchange = (input - KEEP) / wait$ ~~|\n:END OF MACRO:\nwait = 4",
        "a = KEEP(b, c, d)",
        "b = a + 1",
        "c = b",
        "d = b",
    ]);
    assert_eq!(loops(&found).len(), 1);
    assert!(link(&found, "b", "a").expect("a link").held);
    assert!(link(&found, "c", "a").expect("a link").initial);
    assert_eq!(link(&found, "d", "a"), None);
    assert!(link(&found, "wait", "a").is_some());
}

#[test]
fn a_conveyor_is_moved_by_its_flows_and_moves_what_leaves() {
    let found = xml(
        "<model><variables>
            <stock name=\"Belt\"><eqn>0</eqn><inflow>in</inflow><outflow>out</outflow><conveyor><len>wait</len></conveyor></stock>
            <flow name=\"in\"><eqn>out + 1</eqn></flow><flow name=\"out\"/><aux name=\"wait\"><eqn>4</eqn></aux>
        </variables></model>",
    );
    assert_eq!(kind(&found, "Belt"), Kind::Stock);
    let names: Vec<String> = loops(&found).into_iter().map(|(names, _)| names).collect();
    assert_eq!(names, ["Belt > out", "Belt > out > in"]);
    assert!(link(&found, "wait", "Belt").expect("a link").held);
}

#[test]
fn a_long_chain_and_a_long_ring_fit_on_the_stack() {
    let length = 50_000;
    let chain = |first: &str| {
        let mut lines = vec![format!("v0 = {first}")];
        lines.extend((1..length).map(|at| format!("v{at} = v{} + 1", at - 1)));
        mdl(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let found = chain("1");
    assert_eq!((found.variables.len(), found.links.len(), found.loops.len()), (length, length - 1, 0));
    assert!(found.complete);
    let found = chain(&format!("INTEG(v{}, 0)", length - 1));
    assert_eq!((found.components[0].len(), found.loops.len(), found.complete), (length, 0, false));
}

#[test]
fn a_list_that_is_cut_says_so_and_holds_the_shortest() {
    let lines: Vec<String> = (0..12)
        .map(|at| {
            let others: Vec<String> = (0..12).filter(|other| *other != at).map(|other| format!("s{other}")).collect();
            format!("s{at} = INTEG({}, 1)", others.join(" + "))
        })
        .collect();
    let found = mdl(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(!found.complete);
    assert_eq!(found.loops.len(), MOST_LOOPS);
    let of_length = |length: usize| found.loops.iter().filter(|one| one.variables.len() == length).count();
    // Pairs, and triples in two directions; the rest is filled up with fours.
    assert_eq!([of_length(2), of_length(3), of_length(4)], [66, 440, 494]);
    assert!(found.loops.iter().all(|one| one.polarity == Polarity::Reinforcing));
}
