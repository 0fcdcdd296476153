//! Whole models: clean ones and ones with planted clashes.

use super::check;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::read::{vensim, xmile};

const CONTROL: &str = "
INITIAL TIME = 0 ~ year ~|
FINAL TIME = 10 ~ year ~|
TIME STEP = 0.25 ~ year [0,?] ~|
SAVEPER = TIME STEP ~ year [0,?] ~|
";

/// Units that every equation below can use.
const NAMES: &str = "
people = 100 ~ people ~|
more people = 50 ~ persons ~|
money = 3 ~ $ ~|
years = 5 ~ years ~|
rate = 2 ~ people/year ~|
share = 0.5 ~ dmnl [0,1] ~|
free = 7 ~~|
curve( (0,0),(1,1) ) ~ $ ~|
";

fn vensim(equations: &str) -> Vec<Diagnostic> {
    let (model, problems) = vensim::read(&format!("{{UTF-8}}\n{equations}{CONTROL}"));
    assert!(problems.is_empty(), "{problems:?}");
    check(&model)
}

fn xmile(variables: &str) -> Vec<Diagnostic> {
    let text = format!(
        "<xmile><sim_specs time_units=\"Months\"><start>0</start><stop>9</stop></sim_specs>{variables}</xmile>"
    );
    let (model, problems) = xmile::read(&text);
    assert!(problems.is_empty(), "{problems:?}");
    check(&model.expect("a model"))
}

fn english(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|problem| problem.message.en.as_str()).collect()
}

#[test]
fn equations_that_fit_say_nothing() {
    for (unit, equation) in [
        ("people", "people + more people - 3"),
        ("people/year", "people * share / years"),
        ("people/year", "people / TIME STEP + rate"),
        ("people", "rate * (Time - INITIAL TIME)"),
        ("people", "MAX(0, MIN(people, more people))"),
        ("people", "IF THEN ELSE(money > 5 :AND: people >= more people, people, 0)"),
        ("people^2", "people ^ 2"),
        ("people^0.5", "SQRT(people)"),
        ("people", "people ^ share * 0 + people"),
        ("dmnl", "EXP(-Time/years) + LN(people/more people)"),
        ("people", "people * (1 - EXP(-share))"),
        ("people", "10 + 2*SIN(2*3.14*Time/12)"),
        ("people", "SMOOTH(people, years) + SMOOTH3I(people, 3, more people)"),
        ("people", "DELAY FIXED(people, years, 0)"),
        ("people", "DELAY N(people, years, more people, 3)"),
        ("1/year", "TREND(people, years, 0)"),
        ("people", "STEP(people, years) + RAMP(rate, 1, years)"),
        ("people", "STEP(10, 5) + RAMP(1, 2, 3)"),
        ("people", "people * PULSE(years, 1)"),
        ("$", "curve(people / more people)"),
        ("people", "WITH LOOKUP(money, ((0,0),(1,1)))"),
        ("people/$", "ZIDZ(people, money) + XIDZ(people, money, 1)"),
        ("people", "free * money + free"),
        ("people", "SOMETHING(people, money)"),
        ("people", "INTEG(rate - 3, people)"),
        ("people", "INTEG(people/years, 100)"),
        ("people", "MODULO(people, 5)"),
        ("?", "people + 0*rate*years"),
        ("", "rate"),
        ("m", "12"),
        ("m", "-12/3"),
        ("m", "1, 2, 3"),
    ] {
        let found = vensim(&format!("{NAMES}x = {equation} ~ {unit} ~|"));
        assert!(found.is_empty(), "{unit} = {equation}: {:?}", english(&found));
    }
}

#[test]
fn a_planted_clash_is_found_once_with_both_units() {
    for (unit, equation, wanted) in [
        ("people", "rate", "the equation of `x` comes to `people/year`, expected `people`"),
        ("people", "share", "the equation of `x` comes to no unit, expected `people`"),
        ("dmnl", "people", "the equation of `x` comes to `people`, expected no unit"),
        ("people", "people + rate", "the equation of `x` adds `people` and `people/year`, expected one unit"),
        ("people", "people - money", "the equation of `x` takes `$` from `people`, expected one unit"),
        ("people", "people + money + people + money", "the equation of `x` adds `people` and `$`, expected one unit"),
        (
            "dmnl",
            "IF THEN ELSE(people > money, 1, 0)",
            "the equation of `x` compares `people` with `$`, expected one unit",
        ),
        ("$", "MAX(people, money)", "the equation of `x` puts `people` and `$` into `MAX`, expected one unit"),
        (
            "$",
            "IF THEN ELSE(1, people, money)",
            "the equation of `x` puts `people` and `$` into `IF THEN ELSE`, expected one unit",
        ),
        ("dmnl", "EXP(people)", "the equation of `x` puts `people` into `EXP`, expected no unit"),
        ("dmnl", "2 ^ people", "the equation of `x` has an exponent in `people`, expected no unit"),
        ("people", "SMOOTH(people, money)", "the equation of `x` gives `SMOOTH` a time in `$`, expected `year`"),
        ("people", "SMOOTH(money, years)", "the equation of `x` comes to `$`, expected `people`"),
        ("people", "TREND(people, years, 0)", "the equation of `x` comes to `1/year`, expected `people`"),
        ("people", "curve(share)", "the equation of `x` comes to `$`, expected `people`"),
        ("people", "RAMP(people, 1, 2)", "the equation of `x` comes to `people*year`, expected `people`"),
        ("people", "INTEG(people, 100)", "the net flow of `x` comes to `people`, expected `people/year`"),
        ("people", "INTEG(rate, money)", "the initial value of `x` comes to `$`, expected `people`"),
        ("", "INTEG(rate, money)", "the equation of `x` puts `people` and `$` into `INTEG`, expected one unit"),
        (
            "people",
            "ACTIVE INITIAL(people, rate)",
            "the initial value of `x` comes to `people/year`, expected `people`",
        ),
        ("people", "SQRT(people)", "the equation of `x` comes to `people^0.5`, expected `people`"),
        ("people", "people / 5 / years", "the equation of `x` comes to `people/year`, expected `people`"),
    ] {
        let found = vensim(&format!("{NAMES}x = {equation} ~ {unit} ~|"));
        assert_eq!(english(&found), [wanted], "{unit} = {equation}");
        assert!(found[0].code == Code::UnitClash && found[0].severity == Severity::Warning);
    }
}

#[test]
fn a_finding_stands_at_its_equation_in_both_languages() {
    let found = vensim("b = 2 ~ people/year ~|\na = b * 3 ~ people ~|");
    let [problem] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(problem.message.zh, "「a」的方程得出「people/year」，应为「people」");
    assert_eq!(problem.span.start, "{UTF-8}\nb = 2 ~ people/year ~|\n".len());
    let hint = problem.hint.as_ref().expect("a hint");
    assert_eq!(hint.en, "make the number in the equation a variable with a unit, or correct the units");
}

#[test]
fn equations_of_one_array_that_clash_alike_are_one_finding() {
    let found = vensim(
        "d: d1, d2 ~~|\nb[d] = 2 ~ people/year ~|\na[d1] = b[d1] ~~|\na[d2] = b[d2] ~ people ~|\ns = SUM(b[d!]) ~ people/year ~|",
    );
    assert_eq!(english(&found), ["the equation of `a` comes to `people/year`, expected `people`"]);
}

#[test]
fn a_model_without_units_has_nothing_to_say() {
    assert!(vensim("a = EXP(Time) ~~|\nb = Time + 3 * a ~~|").is_empty());
}

#[test]
fn a_unit_that_cannot_be_read_is_said_and_left_out() {
    let found = vensim("a = 2 ~ people/ ~|\nb = a ~ $ ~|\nc = 1 ~ 1000*people ~|");
    assert_eq!(
        english(&found),
        [
            "the unit `people/` of `a` cannot be read, expected names with `*`, `/`, `^` and parentheses; it was left out of the check",
            "the unit `1000*people` of `c` holds a number, expected names only; it was left out of the check",
        ]
    );
    assert!(found.iter().all(|problem| problem.code == Code::BadUnit));
}

#[test]
fn moments_of_the_run_are_in_the_unit_of_time() {
    let (model, _) =
        vensim::read("INITIAL TIME = 0 ~ day ~|\nFINAL TIME = 1 ~ year ~|\nTIME STEP = 1 ~ years ~|\na = 1 ~ m ~|");
    assert_eq!(english(&check(&model)), ["`INITIAL TIME` is in `day`, expected `years`"]);
}

#[test]
fn names_of_the_model_are_one_unit() {
    let settings = "\\---/// Sketch\n///---\\\\\\\n22:Hare,Hares,Bunny\n";
    let text = format!("{{UTF-8}}\na = 1 ~ bunny ~|\nb = a ~ Hares ~|\nc = a ~ fox ~|\n{CONTROL}{settings}");
    let (model, _) = vensim::read(&text);
    assert_eq!(english(&check(&model)), ["the equation of `c` comes to `Hare`, expected `fox`"]);
}

#[test]
fn macros_are_looked_into_and_names_of_arguments_are_any_unit() {
    let found = vensim(
        ":MACRO: HALF(input, delay)\nHALF = input / delay ~ input/delay ~|\ninner = 2 ~ m ~|\nwrong = inner ~ kg ~|\n:END OF MACRO:\nb = 2 ~ $ ~|\na = HALF(b, 2) ~ people ~|",
    );
    assert_eq!(english(&found), ["the equation of `half.wrong` comes to `m`, expected `kg`"]);
}

const STOCK: &str =
    "<stock name=\"Shelf\"><eqn>100</eqn><inflow>made</inflow><outflow>sold</outflow><units>Widgets</units></stock>";

#[test]
fn flows_of_a_drawn_stock_are_looked_at_one_by_one() {
    let flows = |made: &str, sold: &str| {
        format!(
            "<model><variables>{STOCK}<flow name=\"made\"><eqn>PULSE(20, 5)</eqn><units>{made}</units></flow><flow name=\"sold\"><eqn>Shelf/4</eqn><units>{sold}</units></flow></variables></model>"
        )
    };
    let clean = flows("widgets/month", "").replace("Shelf/4", "Shelf/DT");
    assert!(xmile(&clean).is_empty());
    assert!(xmile(&flows("widgets per time", "")).is_empty());
    let found = xmile(&flows("widgets/month", "widget"));
    assert_eq!(english(&found), ["`sold` flows out of `Shelf` in `Widgets`, expected `Widgets/Months`"]);
}

#[test]
fn a_belt_has_a_time_and_a_capacity() {
    let found = xmile(
        "<model><variables><stock name=\"belt\"><eqn>0</eqn><inflow>in</inflow><conveyor><len>wait</len><capacity>room</capacity></conveyor><units>kg</units></stock><flow name=\"in\"><eqn>1</eqn><units>kg/month</units></flow><aux name=\"wait\"><eqn>3</eqn><units>kg</units></aux><aux name=\"room\"><eqn>3</eqn><units>kg</units></aux></variables></model>",
    );
    assert_eq!(english(&found), ["the transit time of `belt` comes to `kg`, expected `Months`"]);
}

#[test]
fn modules_see_what_they_are_connected_to() {
    let model = |unit: &str| {
        format!(
            "<model><variables><aux name=\"price\"><eqn>2</eqn><units>$/kg</units></aux><module name=\"Shop\"><connect to=\"Shop.given\" from=\"price\"/></module><aux name=\"seen\"><eqn>Shop.value * 2</eqn><units>{unit}</units></aux></variables></model><model name=\"Shop\"><variables><aux name=\"given\" access=\"input\"><eqn>0</eqn></aux><aux name=\"value\"><eqn>given * weight</eqn><units>$</units></aux><aux name=\"weight\"><eqn>1</eqn><units>kg</units></aux><aux name=\"odd\"><eqn>given</eqn><units>kg</units></aux></variables></model>"
        )
    };
    assert_eq!(english(&xmile(&model("$"))), ["the equation of `shop.odd` comes to `$/kg`, expected `kg`"]);
    assert_eq!(
        english(&xmile(&model("kg"))),
        [
            "the equation of `seen` comes to `$`, expected `kg`",
            "the equation of `shop.odd` comes to `$/kg`, expected `kg`",
        ]
    );
}

#[test]
fn time_that_is_not_said_may_be_any() {
    let text = "<xmile><sim_specs time_units=\"Time\"/><model><variables><aux name=\"a\"><eqn>1</eqn><units>people/day</units></aux><aux name=\"b\"><eqn>a</eqn><units>people/time</units></aux></variables></model></xmile>";
    let (model, _) = xmile::read(text);
    assert!(check(&model.expect("a model")).is_empty());
}
