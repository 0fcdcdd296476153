//! Solves p-median problems of the OR-Library and tells how long each took, a line of JSON: `siting <folder> [name …]`. Reading
//! and shortest paths are not timed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a program for those who work on this one")]

#[path = "../tests/suite/orlib.rs"]
mod orlib;

use std::path::PathBuf;
use std::time::Instant;

use lantu_network::siting::{Goal, Options, Site, locate};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().expect("a folder"));
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
    let known = orlib::known(&read("pmedopt"));
    let mut names: Vec<&String> = known.keys().collect();
    names.sort_by_key(|name| (name.len(), (*name).clone()));
    for name in names {
        if arguments.len() > 1 && !arguments.iter().skip(1).any(|wanted| wanted == name) {
            continue;
        }
        let (costs, sites) = orlib::pmed(&read(name));
        let demands = costs.demands();
        let candidates = vec![Site { opening: 0.0, existing: false }; demands];
        let begun = Instant::now();
        let goal = Goal::Median { sites };
        let plan = locate(&costs, &vec![1.0; demands], &candidates, goal, &Options::default()).unwrap();
        println!(
            "{{\"name\": \"{name}\", \"demands\": {demands}, \"sites\": {sites}, \"seconds\": {:.3}, \"value\": {}, \"bound\": {}, \"known\": {}, \"branches\": {}}}",
            begun.elapsed().as_secs_f64(),
            plan.value,
            plan.bound,
            known.get(name).unwrap(),
            plan.branches
        );
    }
}
