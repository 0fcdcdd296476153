//! Solves a table of units and tells how long it took, a line of JSON: `dea <file.csv> <inputs> <outputs> <returns>`, such as
//! `dea random.csv a,b,c d,e,f variable`. Reading is not timed. The first column is taken for the name where there is no `id`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

use std::time::Instant;

use lantu_appraisal::dea::{Options, Returns, radial, read};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, inputs, outputs, returns] = arguments.as_slice() else { panic!("four arguments") };
    let text = std::fs::read_to_string(file).unwrap();
    let named = text.lines().next().unwrap().split(',').any(|name| name == "id");
    let text = if named {
        text
    } else {
        let rows = text.lines().enumerate();
        rows.map(|(at, row)| if at == 0 { format!("id,{row}\n") } else { format!("{at},{row}\n") }).collect()
    };
    let names = |list: &String| list.split(',').map(str::to_owned).collect::<Vec<_>>();
    let (units, problems) = read(&text, "id", &names(inputs), &names(outputs));
    assert!(problems.is_empty(), "{problems:?}");
    let units = units.unwrap();
    let returns = match returns.as_str() {
        "constant" => Returns::Constant,
        "variable" => Returns::Variable,
        "increasing" => Returns::NonDecreasing,
        _ => Returns::NonIncreasing,
    };
    let begun = Instant::now();
    let answers = radial(&units.inputs, &units.outputs, &Options { returns, ..Options::default() }).unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let solved = answers.iter().filter_map(|answer| answer.solution());
    let worst = solved.clone().map(|solution| solution.certificate.worst()).fold(0.0, f64::max);
    let sum: f64 = solved.clone().map(|solution| solution.score).sum();
    println!(
        "{{\"units\": {}, \"solved\": {}, \"seconds\": {seconds:.3}, \"worst\": {worst:e}, \"sum\": {sum}}}",
        answers.len(),
        solved.count()
    );
    if std::env::var_os("SCORES").is_some() {
        answers.iter().filter_map(|answer| answer.solution()).for_each(|solution| println!("{}", solution.score));
    }
}
