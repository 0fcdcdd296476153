//! Every model with known output (`tests/models`, see its README): what must pass passes, and what is known not to is
//! listed with the reason; the list fails when one of them starts to pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lantu_simulation::diagnostic::{Severity, position};
use lantu_simulation::model::{Dialect, Model};
use lantu_simulation::{Options, compile, read};

use crate::expected::{self, Expected};
use crate::files::Folder;

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/models")
}

pub(crate) fn parse(path: &Path, text: &str) -> Result<Model, String> {
    let is_vensim = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("mdl"));
    let (model, problems) = if is_vensim {
        let (model, problems) = read::vensim::read(text);
        (Some(model), problems)
    } else {
        read::xmile::read(text)
    };
    match problems.iter().find(|problem| problem.severity == Severity::Error) {
        Some(problem) => Err(at(text, problem.span.start, &problem.message.en)),
        None => model.ok_or_else(|| "no model".to_owned()),
    }
}

fn at(text: &str, byte: usize, message: &str) -> String {
    let (line, column) = position(text, byte);
    format!("{line}:{column}: {message}")
}

/// Moments, and the outputs by one spelling of their names.
type Output = (Vec<f64>, BTreeMap<String, Vec<f64>>);

pub(crate) fn run(path: &Path, model: &Model, text: &str, data: &[String]) -> Result<Output, String> {
    let (mut series, mut tags) = (BTreeMap::new(), BTreeMap::new());
    for file in data {
        match file.split_once('=') {
            Some((tag, file)) => {
                tags.insert(tag.to_owned(), models().join(file));
            }
            None => series.extend(Expected::read(&models().join(file)).series),
        }
    }
    let folder = Folder { path: path.parent().unwrap().to_owned(), tags, series };
    let (simulation, problems) = compile(model, &Options::default(), &folder);
    if let Some(problem) = problems.iter().find(|problem| problem.severity == Severity::Error) {
        return Err(at(text, problem.span.start, &problem.message.en));
    }
    let simulation = simulation.ok_or("no program")?;
    let run = simulation.run(&[], 1);
    let names = simulation.outputs().iter().enumerate();
    let columns = names.map(|(place, name)| (expected::name(name), run.column(place).collect())).collect();
    Ok((simulation.times(), columns))
}

fn list(cell: &str, separator: char) -> Vec<String> {
    cell.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One row of the list of cases.
struct Case {
    suite: String,
    model: String,
    expected: String,
    /// Files with series, and `?tag=file` for files that the model names by a tag.
    data: Vec<String>,
    tolerance: Option<f64>,
    skip: Vec<String>,
}

fn cases() -> Vec<Case> {
    let root = models();
    let mut reader = csv::Reader::from_path(root.join("cases.csv")).expect("cases.csv");
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
    rows.map(|row| {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        Case {
            suite: cell("suite"),
            model: cell("model"),
            expected: cell("expected"),
            data: list(&cell("data"), ';'),
            tolerance: cell("tolerance").parse().ok(),
            skip: list(&cell("skip"), ';').iter().map(|name| expected::name(name)).collect(),
        }
    })
    .collect()
}

fn outcome(case: &Case) -> Result<(), String> {
    let path = models().join(&case.model);
    let text = expected::text(&path);
    let model = parse(&path, &text)?;
    let control = model.dialect == Dialect::Vensim;
    let (times, columns) = run(&path, &model, &text, &case.data)?;
    Expected::read(&models().join(&case.expected)).judge(&times, &columns, control, case.tolerance, &case.skip)
}

/// Known deviations: model, expected file, reason.
fn deviations() -> BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_path(models().join("deviations.csv")).expect("deviations.csv");
    let rows = reader.deserialize::<(String, String, String)>().map(|row| row.expect("a row"));
    rows.map(|(model, expected, reason)| ((model, expected), reason)).collect()
}

#[test]
fn models_give_their_known_output() {
    let known = deviations();
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<(String, bool), (usize, usize)> = BTreeMap::new();
    for case in cases() {
        let found = outcome(&case);
        let is_vensim = case.model.to_lowercase().ends_with(".mdl");
        let (passed, all) = counts.entry((case.suite.clone(), is_vensim)).or_default();
        *all += 1;
        *passed += usize::from(found.is_ok());
        let listed = known.get(&(case.model.clone(), case.expected.clone()));
        match (found, listed) {
            (Err(why), None) => wrong.push(format!("{} against {}: {why}", case.model, case.expected)),
            (Ok(()), Some(reason)) => {
                wrong.push(format!("{} against {} passes and is listed: {reason}", case.model, case.expected))
            }
            _ => {}
        }
    }
    for ((suite, is_vensim), (passed, all)) in counts {
        println!("{suite} {}: {passed} of {all}", if is_vensim { "Vensim" } else { "XMILE" });
    }
    assert!(wrong.is_empty(), "{}\n{} in all", wrong.join("\n"), wrong.len());
}

/// World3-03 in double precision, by another program (pysimlin 0.8.5), and as Vensim ran it. The model's library names
/// no licence, so the model is not here: `LANTU_WORLD3` names it where someone has it.
#[test]
#[ignore = "needs the model: LANTU_WORLD3=…/wrld3-03.mdl"]
fn world3_runs_as_elsewhere() {
    let path = PathBuf::from(std::env::var("LANTU_WORLD3").expect("LANTU_WORLD3 names the model"));
    let text = expected::text(&path);
    let model = parse(&path, &text).expect("a model");
    let (times, columns) = run(&path, &model, &text, &[]).expect("a run");
    for (file, tolerance, least) in [("world3/reference.csv", 1e-12, 258), ("world3/vensim.csv", 1e-5, 250)] {
        let expected = Expected::read(&models().join(file));
        assert!(expected.series.len() >= least, "{file}: {} variables", expected.series.len());
        expected.judge(&times, &columns, true, Some(tolerance), &[]).unwrap_or_else(|why| panic!("{file}: {why}"));
    }
}
