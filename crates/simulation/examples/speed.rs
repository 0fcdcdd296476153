//! Times single runs of a model.
use lantu_simulation::{Options, compile, external::Nothing, read};
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).expect("a path");
    let text = std::fs::read_to_string(&path).expect("text");
    let begun = Instant::now();
    let (model, _) = read::vensim::read(&text);
    let read_in = begun.elapsed();
    let (simulation, _) = compile(&model, &Options::default(), &Nothing);
    println!("read {read_in:?} compile {:?}", begun.elapsed() - read_in);
    let simulation = simulation.expect("simulation");
    let mut best = f64::INFINITY;
    for _ in 0..std::env::var("SINGLES").map_or(300, |s| s.parse().unwrap()) {
        let begun = Instant::now();
        let run = simulation.run(&[], 1);
        best = best.min(begun.elapsed().as_secs_f64());
        assert!(run.rows().count() > 0);
    }
    println!("run {:.3} ms", best * 1e3);
    println!("{}", simulation.summary());
    let names = ["Delayed Labor Utilization Fraction"; 0];
    let save: Vec<String> = [
        "population",
        "industrial output",
        "food",
        "persistent pollution",
        "nonrenewable resources",
        "life expectancy",
        "births",
        "deaths",
        "service output per capita",
        "food per capita",
        "arable land",
        "industrial capital",
        "fertility control facilities per capita",
        "Human Welfare Index",
        "Human Ecological Footprint",
        "GDP per capita",
        "Education Index",
        "labor force",
        "jobs",
        "land yield",
    ]
    .iter()
    .map(|s| s.to_string())
    .collect();
    let vary: Vec<String> = [
        "desired completed family size normal",
        "initial nonrenewable resources",
        "inherent land fertility",
        "average life of industrial capital 1",
        "reproductive lifetime",
    ]
    .iter()
    .map(|s| s.to_string())
    .chain(names.iter().map(|s: &&str| s.to_string()))
    .collect();
    let (simulation, problems) = compile(&model, &Options { vary: vary.clone(), save, ..Options::default() }, &Nothing);
    for p in problems {
        println!("{}", p.message.en);
    }
    let Some(simulation) = simulation else { return };
    println!("{}", simulation.summary());
    for runs in [100usize, 10_000] {
        let base: Vec<f64> = simulation.parameters().map(|p| p.1).collect();
        let _ = base;
        let own: Vec<f64> = vary
            .iter()
            .map(|v| simulation.parameters().find(|p| p.0.eq_ignore_ascii_case(v)).map_or(1.0, |p| p.1))
            .collect();
        let mut values = Vec::new();
        let mut stream = lantu_simulation::random::Stream::new(1, 0);
        for _ in 0..runs {
            for o in &own {
                values.push(o * (0.9 + 0.2 * stream.uniform()));
            }
        }
        let rows = lantu_simulation::matrix::Matrix::new(runs, own.len(), values).expect("matrix");
        let batch = lantu_simulation::Batch {
            simulation: &simulation,
            rows: &rows,
            seed: 1,
            control: lantu_simulation::run::Control::none(),
        };
        let begun = Instant::now();
        let summary = batch.summary(&[0.05, 0.25, 0.5, 0.75, 0.95], &[]).expect("summary");
        let with_bands = begun.elapsed();
        let begun = Instant::now();
        let finals = batch.outcomes(simulation.moments() - 1, &[]).expect("finals");
        println!(
            "{runs} runs: summary {with_bands:?}, finals only {:?}; broken {} {}",
            begun.elapsed(),
            summary.broken.len(),
            finals.len()
        );
    }
}
