//! Times of one model, as JSON on standard output: `bench <model.mdl> <vary> <save>`, both lists parted by semicolons.
//!
//! `benches/simulation/run` starts it beside other programs. What is varied is spread a tenth round its own value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

use std::time::Instant;

use lantu_simulation::external::Nothing;
use lantu_simulation::matrix::Matrix;
use lantu_simulation::run::{Batch, Control};
use lantu_simulation::sampling::monte_carlo;
use lantu_simulation::sensitivity::{Bootstrap, sobol};
use lantu_simulation::{Options, Simulation, compile, read};

fn seconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

/// The most memory this program has held so far, in megabytes, as Linux counts it; 0 elsewhere.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}

/// Best and middle of some times.
fn spread(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (*times.first().unwrap(), *times.get(times.len() / 2).unwrap())
}

/// Points of the unit cube as parameters round their own values.
fn around(own: &[f64], design: &Matrix) -> Matrix {
    let row = |row: &[f64]| row.iter().zip(own).map(|(u, own)| own * (0.9 + 0.2 * u)).collect::<Vec<_>>();
    Matrix::new(design.row_count(), own.len(), design.rows().flat_map(row).collect()).unwrap()
}

fn batch<'a>(simulation: &'a Simulation, rows: &'a Matrix) -> Batch<'a> {
    Batch { simulation, rows, seed: 1, common_random_numbers: false, control: Control::none() }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a model");
    let list = |text: String| text.split(';').map(str::to_owned).collect::<Vec<_>>();
    let (vary, save) = (list(arguments.next().expect("names to vary")), list(arguments.next().expect("names to save")));
    let text = std::fs::read_to_string(path).expect("text");

    let begun = Instant::now();
    let (model, _) = read::vensim::read(&text);
    let (whole, _) = compile(&model, &Options::default(), &Nothing);
    let load = begun.elapsed().as_secs_f64();
    let whole = whole.expect("a model that runs");
    let (best, median) = spread((0..300).map(|_| seconds(|| drop(whole.run(&[], 1)))).collect());
    let mut found = vec![
        format!("\"threads\": {}", rayon::current_num_threads()),
        format!("\"variables\": {}", whole.outputs().len()),
        format!("\"load_and_compile_s\": {load:.6}"),
        format!("\"run_best_ms\": {:.4}, \"run_median_ms\": {:.4}", best * 1e3, median * 1e3),
    ];

    let options = Options { vary: vary.clone(), save: save.clone(), ..Options::default() };
    let (some, problems) = compile(&model, &options, &Nothing);
    let some = some.unwrap_or_else(|| panic!("{problems:?}"));
    let parameter = |name: &String| some.parameters().find(|p| p.0.eq_ignore_ascii_case(name)).map_or(1.0, |p| p.1);
    let own: Vec<f64> = vary.iter().map(parameter).collect();
    for runs in [100, 1_000, 10_000, 100_000] {
        let rows = around(&own, &monte_carlo(1, runs, own.len()).unwrap());
        let shares = [0.05, 0.25, 0.5, 0.75, 0.95];
        let time = seconds(|| assert_eq!(batch(&some, &rows).summary(&shares, &[]).unwrap().runs, runs));
        found.push(format!("\"bands_{runs}_s\": {time:.4}, \"bands_{runs}_peak_mb\": {}", peak_mb()));
    }
    let rows = around(&own, &sobol::saltelli(Some(1), 1_024, own.len()).unwrap());
    let time = seconds(|| {
        let rows_out = batch(&some, &rows).outcomes(some.moments() - 1, &[]).unwrap();
        let results = Matrix::new(rows_out.len(), save.len(), rows_out.into_iter().flatten().collect()).unwrap();
        let bootstrap = Bootstrap { resamples: 100, level: 0.95, seed: 1 };
        assert_eq!(sobol::analyse(&results, own.len(), Some(bootstrap)).unwrap().len(), save.len());
    });
    found.push(format!("\"sobol_runs\": {}, \"sobol_s\": {time:.4}", rows.row_count()));
    found.push(format!("\"peak_mb\": {}", peak_mb()));
    found.push(format!("\"sobol_524288_s\": {:.4}", analysis_alone()));
    println!("{{{}}}", found.join(", "));
}

/// Sobol indices of the six-parameter G function from 524,288 runs with 100 resamples, the runs not counted.
fn analysis_alone() -> f64 {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let design = sobol::saltelli(Some(1), 65_536, a.len()).unwrap();
    let g = |row: &[f64]| row.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product::<f64>();
    let outputs = Matrix::new(design.row_count(), 1, design.rows().map(g).collect()).unwrap();
    let bootstrap = Bootstrap { resamples: 100, level: 0.95, seed: 1 };
    let once = || {
        seconds(|| {
            let found = sobol::analyse(&outputs, a.len(), Some(bootstrap)).unwrap();
            let total = found.first().and_then(Option::as_ref).and_then(|list| list.first()).map(|i| i.total.value);
            // The closed form of the first total index of this function is 0.787.
            assert!(total.is_some_and(|total| (total - 0.787).abs() < 0.01), "{total:?}");
        })
    };
    spread((0..5).map(|_| once()).collect()).0
}
