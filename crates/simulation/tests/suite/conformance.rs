//! Every model with known output.

use std::path::{Path, PathBuf};

use lantu_simulation::diagnostic::{Severity, position};
use lantu_simulation::{Options, compile, read};

use crate::expected::{self, Expected};
use crate::files::Folder;

pub fn compare(model: &Path, wanted: &Path, data: &[PathBuf]) -> Result<(), String> {
    let text = expected::text(model);
    let mut series = Expected::new();
    for file in data {
        series.extend(expected::read(file));
    }
    let folder = Folder { path: model.parent().unwrap().to_owned(), series };
    let (parsed, mut problems) = if model.extension().is_some_and(|e| e.eq_ignore_ascii_case("mdl")) {
        let (model, problems) = read::vensim::read(&text);
        (Some(model), problems)
    } else {
        read::xmile::read(&text)
    };
    let Some(parsed) = parsed else { return Err(format!("unreadable: {:?}", problems.first().map(|p| &p.message.en))) };
    let (simulation, more) = compile(&parsed, &Options::default(), &folder);
    problems.extend(more);
    if let Some(error) = problems.iter().find(|p| p.severity == Severity::Error) {
        let (line, column) = position(&text, error.span.start);
        return Err(format!("{line}:{column}: {}", error.message.en));
    }
    let simulation = simulation.ok_or("no simulation")?;
    let run = simulation.run(&[], 1);
    let times = simulation.times();
    let names: Vec<String> = simulation.outputs().iter().map(|name| expected::key(name)).collect();
    let wanted = expected::read(wanted);
    let mut missing = Vec::new();
    let mut off = Vec::new();
    for (name, points) in &wanted {
        let control = ["final_time", "initial_time", "time_step", "saveper"].contains(&name.as_str());
        if name == "time"
            || name.starts_with('#')
            || (control && parsed.dialect == lantu_simulation::model::Dialect::Xmile)
        {
            continue;
        }
        let place = names.iter().position(|n| n == name);
        let Some(place) = place else {
            missing.push(name.clone());
            continue;
        };
        let column: Vec<f64> = run.column(place).collect();
        let scale = points.iter().map(|(_, p)| p.value.abs()).fold(0.0, f64::max);
        let mut worst: Option<(f64, f64, f64, f64)> = None;
        for (time, printed) in points {
            let at = times.iter().position(|t| (t - time).abs() < 1e-5 * (1.0 + time.abs()));
            let Some(at) = at else {
                worst = Some((f64::INFINITY, *time, f64::NAN, printed.value));
                break;
            };
            let found = column[at];
            let error = (found - printed.value).abs();
            let allowed = (5e-6 * scale).max(1e-9).max(printed.digit * 1.01).max(5e-6 * printed.value.abs());
            if !(error <= allowed) && worst.is_none_or(|w| !(w.0 > error)) {
                worst = Some((error, *time, found, printed.value));
            }
        }
        if let Some((_, time, found, wanted)) = worst {
            off.push(format!("{name} at {time}: {found} for {wanted}"));
        }
    }
    if missing.is_empty() && off.is_empty() {
        return Ok(());
    }
    let list = |list: &[String]| list.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
    Err(format!("{}/{} off: {} | {} missing: {}", off.len(), wanted.len(), list(&off), missing.len(), list(&missing)))
}

#[test]
fn survey() {
    let Ok(root) = std::env::var("SURVEY") else { return };
    let mut stack = vec![PathBuf::from(root)];
    let (mut passed, mut failed) = (0, 0);
    let mut lines = Vec::new();
    while let Some(folder) = stack.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        let has = |name: &str| {
            entries.iter().find(|e| e.file_name().unwrap().to_string_lossy().eq_ignore_ascii_case(name)).cloned()
        };
        for entry in &entries {
            if entry.is_dir() {
                stack.push(entry.clone());
                continue;
            }
            let extension = entry.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if !["mdl", "xmile", "stmx", "itmx"].contains(&extension.as_str()) {
                continue;
            }
            let stem = entry.file_stem().unwrap().to_string_lossy().into_owned();
            let wanted =
                has(&format!("{stem}.dat")).or(has("output.tab")).or(has("output.csv")).or(has("output_vensim.tab"));
            let wanted = wanted.or(entries.iter().find(|e| e.to_string_lossy().ends_with("reference.csv")).cloned());
            let Some(wanted) = wanted else {
                lines.push(format!("NOEXP {}", entry.display()));
                continue;
            };
            let data: Vec<PathBuf> = entries
                .iter()
                .filter(|e| {
                    **e != wanted && (e.extension().is_some_and(|x| x == "dat") || e.file_name().unwrap() == "data.tab")
                })
                .cloned()
                .collect();
            let shown = entry.display().to_string();
            match std::panic::catch_unwind(|| compare(entry, &wanted, &data)) {
                Ok(Ok(())) => {
                    passed += 1;
                    lines.push(format!("PASS {shown}"));
                }
                Ok(Err(why)) => {
                    failed += 1;
                    lines.push(format!("FAIL {shown}: {why}"));
                }
                Err(_) => {
                    failed += 1;
                    lines.push(format!("PANIC {shown}"));
                }
            }
        }
    }
    lines.sort();
    for line in lines {
        println!("{line}");
    }
    println!("{passed} passed, {failed} failed");
}
