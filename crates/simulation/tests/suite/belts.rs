//! Conveyors and queues (XMILE 1.0, section 3.7): what stands on them and what leaves them, worked out by hand.

use lantu_simulation::diagnostic::{Code, Diagnostic};
use lantu_simulation::external::Nothing;
use lantu_simulation::run::Run;
use lantu_simulation::{Options, compile, read};

/// Values of a variable at 0, 1, 2, …
struct Ran {
    outputs: Vec<String>,
    run: Run,
    problems: Vec<Diagnostic>,
}

impl Ran {
    fn of(&self, name: &str) -> Vec<f64> {
        let place = self.outputs.iter().position(|output| output == name).expect("an output");
        self.run.column(place).collect()
    }
}

fn run_with(method: &str, variables: &str, set: &[(&str, f64)]) -> Ran {
    let text = format!(
        "<xmile version=\"1.0\"><sim_specs method=\"{method}\"><start>0</start><stop>4</stop><dt>1</dt></sim_specs>\
         <model><variables>{variables}</variables></model></xmile>"
    );
    let (model, mut problems) = read::xmile::read(&text);
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let options = Options { set, ..Options::default() };
    let (simulation, found) = compile(&model.expect("a model"), &options, &Nothing);
    problems.extend(found);
    let simulation = simulation.unwrap_or_else(|| panic!("{problems:?}"));
    Ran { outputs: simulation.outputs().to_vec(), run: simulation.run(&[], 0), problems }
}

fn run(variables: &str) -> Ran {
    let ran = run_with("Euler", variables, &[]);
    assert!(ran.problems.is_empty(), "{:?}", ran.problems);
    ran
}

#[track_caller]
fn near(found: &[f64], expected: &[f64]) {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
    assert!(found.len() == expected.len() && found.iter().zip(expected).all(close), "{found:?}, expected {expected:?}");
}

fn belt(first: &str, inside: &str) -> String {
    format!(
        "<stock name=\"belt\"><eqn>{first}</eqn><inflow>in</inflow><outflow>out</outflow>\
         <conveyor>{inside}</conveyor></stock><flow name=\"out\"/>"
    )
}

fn inflow(equation: &str) -> String {
    format!("<flow name=\"in\"><eqn>{equation}</eqn></flow>")
}

/// A share that leaks from the second step on leaks in that step: 75 on the belt lose 7.5, and nothing is lost unseen.
#[test]
fn a_leak_goes_by_the_share_of_the_moment() {
    let ran = run("<stock name=\"belt\"><eqn>100</eqn><outflow>out</outflow><outflow>lost</outflow>\
         <conveyor exponential_leak=\"true\"><len>4</len></conveyor></stock><flow name=\"out\"/>\
         <flow name=\"lost\"><eqn>STEP(0.1, 1)</eqn><leak/></flow>");
    near(&ran.of("lost"), &[0.0, 7.5, 4.5, 2.025, 0.0]);
    near(&ran.of("out"), &[25.0, 22.5, 20.25, 18.225, 0.0]);
    near(&ran.of("belt"), &[100.0, 75.0, 45.0, 20.25, 0.0]);
}

/// Room for 10, 8 wanted: 8 enter, then the 2 that fit, then what leaves makes room.
#[test]
fn a_full_belt_takes_what_leaves_makes_room_for() {
    let ran = run(&(belt("0", "<len>2</len><capacity>10</capacity>") + &inflow("8")));
    near(&ran.of("in"), &[8.0, 2.0, 8.0, 2.0, 8.0]);
    near(&ran.of("out"), &[0.0, 0.0, 8.0, 2.0, 8.0]);
    near(&ran.of("belt"), &[0.0, 8.0, 10.0, 10.0, 10.0]);
}

#[test]
fn no_more_enters_than_the_limit() {
    let ran = run(&(belt("0", "<len>2</len><in_limit>3</in_limit>") + &inflow("8")));
    near(&ran.of("in"), &[3.0; 5]);
    near(&ran.of("belt"), &[0.0, 3.0, 6.0, 6.0, 6.0]);
}

/// While it is arrested (from 1 to before 3) nothing enters, leaves or moves.
#[test]
fn an_arrested_belt_stands_still() {
    let ran =
        run(&(belt("20", "<len>2</len><arrest>IF TIME &gt;= 1 AND TIME &lt; 3 THEN 1 ELSE 0</arrest>") + &inflow("4")));
    near(&ran.of("in"), &[4.0, 0.0, 0.0, 4.0, 4.0]);
    near(&ran.of("out"), &[10.0, 0.0, 0.0, 10.0, 4.0]);
    near(&ran.of("belt"), &[20.0, 14.0, 14.0, 14.0, 8.0]);
}

/// A transit time that is read only at the start stays 2 though it becomes 4.
#[test]
fn the_transit_time_is_read_when_the_sample_says() {
    let sampled = "<len>2 + STEP(2, 1)</len><sample>IF TIME &lt; 1 THEN 1 ELSE 0</sample>";
    near(&run(&(belt("0", sampled) + &inflow("10"))).of("out"), &[0.0, 0.0, 10.0, 10.0, 10.0]);
    near(&run(&(belt("0", "<len>2 + STEP(2, 1)</len>") + &inflow("10"))).of("out"), &[0.0, 0.0, 10.0, 0.0, 0.0]);
}

/// What is on the belt at first can be given to a run, and leaves it.
#[test]
fn a_belt_begins_with_what_it_is_given() {
    let ran = run_with("Euler", &(belt("20", "<len>2</len>") + &inflow("0")), &[("belt", 50.0)]);
    near(&ran.of("belt"), &[50.0, 25.0, 0.0, 0.0, 0.0]);
    near(&ran.of("out"), &[25.0, 25.0, 0.0, 0.0, 0.0]);
}

/// A queue lets out all that waits; a second outflow gets what the first leaves.
#[test]
fn a_queue_lets_out_all_that_waits() {
    let queue = "<stock name=\"line\"><eqn>10</eqn><inflow>in</inflow><outflow>served</outflow><queue/></stock>\
                 <flow name=\"served\"/>";
    for method in ["Euler", "RK4"] {
        let ran = run_with(method, &(queue.to_owned() + &inflow("3")), &[]);
        near(&ran.of("served"), &[10.0, 3.0, 3.0, 3.0, 3.0]);
        near(&ran.of("line"), &[10.0, 3.0, 3.0, 3.0, 3.0]);
        let said = ran.problems.iter().any(|problem| problem.code == Code::Unsupported);
        assert_eq!(said, method == "RK4", "{:?}", ran.problems);
    }
}

/// A stock of 5 that 4 and then 4 more should leave: 1 is left for the second time, and what leaves arrives.
#[test]
fn an_empty_stock_lets_nothing_out() {
    let stocks = "<stock name=\"a\"><eqn>5</eqn><outflow>first</outflow><outflow>second</outflow><non_negative/></stock>\
                  <stock name=\"b\"><eqn>0</eqn><inflow>first</inflow><inflow>second</inflow></stock>\
                  <flow name=\"first\"><eqn>3</eqn></flow><flow name=\"second\"><eqn>1</eqn></flow>";
    let ran = run(stocks);
    near(&ran.of("a"), &[5.0, 1.0, 0.0, 0.0, 0.0]);
    near(&ran.of("b"), &[0.0, 4.0, 5.0, 5.0, 5.0]);
    near(&ran.of("first"), &[3.0, 1.0, 0.0, 0.0, 0.0]);
    near(&ran.of("second"), &[1.0, 0.0, 0.0, 0.0, 0.0]);
}

/// What enters in a step can leave in it; two stocks that feed each other are no circle of equations.
#[test]
fn what_enters_an_empty_stock_can_pass_through() {
    let through = "<stock name=\"a\"><eqn>0</eqn><inflow>in</inflow><outflow>out</outflow><non_negative/></stock>\
                   <flow name=\"in\"><eqn>2</eqn></flow><flow name=\"out\"><eqn>3</eqn></flow>";
    near(&run(through).of("out"), &[2.0; 5]);
    let ring = "<stock name=\"a\"><eqn>1</eqn><inflow>back</inflow><outflow>forth</outflow><non_negative/></stock>\
                <stock name=\"b\"><eqn>1</eqn><inflow>forth</inflow><outflow>back</outflow><non_negative/></stock>\
                <flow name=\"forth\"><eqn>5</eqn></flow><flow name=\"back\"><eqn>5</eqn></flow>";
    let ran = run(ring);
    let sums: Vec<f64> = ran.of("a").iter().zip(ran.of("b")).map(|(a, b)| a + b).collect();
    near(&sums, &[2.0; 5]);
}
