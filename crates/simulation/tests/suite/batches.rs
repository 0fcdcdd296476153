//! Many runs are as many single runs, bit by bit, whatever the number, the place in the batch and the threads.

use lantu_simulation::external::Nothing;
use lantu_simulation::matrix::Matrix;
use lantu_simulation::random::Stream;
use lantu_simulation::run::{Batch, Control, Threshold};
use lantu_simulation::{Options, Simulation, compile, read};

/// Everything that a run can carry along: stocks, delays of both kinds, samples, tables, chance, a long run.
const MODEL: &str = "
growth = 0.03 ~~|
time of delay = 4 ~~|
people = INTEG(births - deaths, 100) ~~|
births = people * growth * effect(people / 100) ~~|
effect((0,1.5),(1,1),(2,0.6),(4,0.2)) ~~|
deaths = 0.8 * DELAY3(births, time of delay) + noise ~~|
noise = RANDOM NORMAL(-5, 5, 0, 0.1, 7) ~~|
late = DELAY FIXED(births, time of delay, 0) ~~|
seen = SAMPLE IF TRUE(MODULO(Time, 5) < 0.5, people, 0) ~~|
mean = SMOOTH(people, 3) ~~|
root = SQRT(people) + LN(people) + people^0.3 ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 60 ~~|
TIME STEP = 0.25 ~~|
SAVEPER = 1 ~~|
";

fn simulation() -> Simulation {
    let (model, problems) = read::vensim::read(MODEL);
    assert!(problems.is_empty(), "{problems:?}");
    let vary = ["growth", "time of delay"].map(str::to_owned).to_vec();
    let (simulation, problems) = compile(&model, &Options { vary, ..Options::default() }, &Nothing);
    simulation.unwrap_or_else(|| panic!("{problems:?}"))
}

fn rows(count: usize) -> Matrix {
    let mut values = Vec::new();
    for run in 0..count {
        let mut stream = Stream::new(3, run as u64);
        values.extend([0.01 + 0.04 * stream.uniform(), 1.0 + 9.0 * stream.uniform()]);
    }
    Matrix::new(count, 2, values).expect("rows")
}

fn whole(simulation: &Simulation, rows: &Matrix, threads: usize) -> Vec<Vec<u64>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let batch = Batch { simulation, rows, seed: 11, common_random_numbers: false, control: Control::none() };
    let runs = pool.install(|| batch.whole()).expect("not stopped");
    runs.iter().map(|run| run.iter().map(|value| value.to_bits()).collect()).collect()
}

#[test]
fn a_run_is_the_same_alone_and_among_others() {
    let simulation = simulation();
    let many = rows(101);
    let expected = whole(&simulation, &many, 1);
    assert_eq!(whole(&simulation, &many, 2), expected, "threads");
    for count in [1, 7, 8, 9, 64] {
        assert_eq!(whole(&simulation, &rows(count), 2), expected[..count], "{count} runs");
    }
    let alone = simulation.run(many.row(0), 11);
    let alone: Vec<u64> = alone.rows().flatten().map(|value| value.to_bits()).collect();
    assert_eq!(alone, expected[0], "a block of one");
}

#[test]
fn a_summary_is_that_of_the_runs() {
    let simulation = simulation();
    let many = rows(200);
    let runs = whole(&simulation, &many, 2);
    let people = simulation.outputs().iter().position(|name| name == "people").expect("people");
    let outputs = simulation.outputs().len();
    let at = |run: &[u64], moment: usize| f64::from_bits(run[moment * outputs + people]);
    // Half of the runs come this far by then, so that the threshold parts them.
    let mut highest: Vec<f64> =
        runs.iter().map(|run| (0..=40).map(|moment| at(run, moment)).fold(f64::NEG_INFINITY, f64::max)).collect();
    highest.sort_by(f64::total_cmp);
    let threshold = Threshold { output: people, value: highest[100], at_least: true, by: Some(40.0) };
    let batch = Batch {
        simulation: &simulation,
        rows: &many,
        seed: 11,
        common_random_numbers: false,
        control: Control::none(),
    };
    let summary = batch.summary(&[0.0, 0.5, 1.0], std::slice::from_ref(&threshold)).expect("not stopped");
    for moment in [0, 30, 60] {
        let mut values: Vec<f64> = runs.iter().map(|run| at(run, moment)).collect();
        values.sort_by(f64::total_cmp);
        let wanted = [values[0], f64::midpoint(values[99], values[100]), values[199]];
        for (found, wanted) in summary.bands[people].quantiles[moment].iter().zip(wanted) {
            assert!((found - wanted).abs() <= 1e-12 * wanted.abs(), "{found} for {wanted}");
        }
    }
    assert!(highest[99] < highest[100], "the threshold parts the runs");
    assert_eq!(summary.crossings[0].probability, 0.5);
}

#[test]
fn a_broken_run_does_not_touch_the_others() {
    let text = "d = 1 ~~| x = 1 / d ~~| y = x + 1 ~~| INITIAL TIME = 0 ~~| FINAL TIME = 2 ~~| TIME STEP = 1 ~~|";
    let (model, _) = read::vensim::read(text);
    let options =
        Options { vary: vec!["d".to_owned()], save: vec!["y".to_owned(), "x".to_owned()], ..Options::default() };
    let (simulation, _) = compile(&model, &options, &Nothing);
    let simulation = simulation.expect("a program");
    let rows = Matrix::new(3, 1, vec![2.0, 0.0, 4.0]).expect("rows");
    let batch =
        Batch { simulation: &simulation, rows: &rows, seed: 1, common_random_numbers: false, control: Control::none() };
    let summary = batch.summary(&[0.5], &[]).expect("not stopped");
    assert_eq!(summary.broken.iter().map(|broken| broken.run).collect::<Vec<_>>(), [1]);
    assert_eq!(summary.bands[1].count, [2, 2, 2]);
    assert_eq!(summary.bands[1].quantiles[0], [0.375]);
    let run = simulation.run(&[0.0], 1);
    assert_eq!(simulation.first_break(&run), Some((0.0, "x")), "the cause, not what follows from it");
}

#[test]
fn a_batch_can_be_stopped() {
    let (simulation, rows) = (simulation(), rows(50));
    let stopped = std::sync::atomic::AtomicBool::new(true);
    let control = Control { cancelled: &stopped, progress: &|_| {} };
    assert!(
        Batch { simulation: &simulation, rows: &rows, seed: 1, common_random_numbers: false, control }.whole().is_err()
    );
}

/// 1/0 is above every line and no number: it has not reached one, nor has what breaks after it did.
#[test]
fn a_broken_run_has_not_reached_the_line() {
    let text = "p = 1 ~~|\ny = 10/(p*(3-Time)) ~~|\nINITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\n";
    let (model, _) = read::vensim::read(text);
    let options = Options { vary: vec!["p".to_owned()], save: vec!["y".to_owned()], ..Options::default() };
    let simulation = compile(&model, &options, &Nothing).0.expect("a simulation");
    let rows = Matrix::new(2, 1, vec![1.0, 0.0]).expect("rows");
    let control = Control::none();
    let batch = Batch { simulation: &simulation, rows: &rows, seed: 1, common_random_numbers: false, control };
    let line = |by| Threshold { output: 0, value: 5.0, at_least: true, by };
    let summary = batch.summary(&[0.5], &[line(None), line(Some(2.0))]).expect("not stopped");
    let reached: Vec<f64> = summary.crossings.iter().map(|crossing| crossing.probability).collect();
    assert_eq!(reached, [0.0, 0.5]);
}
