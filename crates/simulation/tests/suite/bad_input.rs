//! Models that are broken in every way we could think of: a located message in both languages, in bounded time.

use lantu_simulation::diagnostic::{Code, Diagnostic, Severity, position};
use lantu_simulation::external::Nothing;
use lantu_simulation::{Options, compile, read};

const TIME: &str = "INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\n";

fn vensim(equations: &str) -> (String, Vec<Diagnostic>) {
    let text = format!("{equations}{TIME}");
    let (model, mut problems) = read::vensim::read(&text);
    problems.extend(compile(&model, &Options::default(), &Nothing).1);
    (text, problems)
}

fn xmile(variables: &str) -> Vec<Diagnostic> {
    let text = format!(
        "<xmile version=\"1.0\"><sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>\
         <model><variables>{variables}</variables></model></xmile>"
    );
    let (model, mut problems) = read::xmile::read(&text);
    if let Some(model) = model {
        problems.extend(compile(&model, &Options::default(), &Nothing).1);
    }
    problems
}

#[track_caller]
fn only(problems: &[Diagnostic], code: Code) -> &Diagnostic {
    let found: Vec<_> = problems.iter().filter(|problem| problem.code == code).collect();
    assert!(!found.is_empty() && problems.len() == found.len(), "{problems:?}");
    let first = found[0];
    assert!(!first.message.zh.is_empty() && !first.message.en.is_empty());
    first
}

#[test]
fn an_algebraic_loop_is_named() {
    let (text, problems) = vensim("a = b + 1 ~~|\nb = c * 2 ~~|\nc = a - 3 ~~|\n");
    let found = only(&problems, Code::AlgebraicLoop);
    assert!(found.message.en.contains("a → b → c → a"), "{}", found.message.en);
    assert_eq!(position(&text, found.span.start).0, 1);
}

#[test]
fn initial_values_that_need_each_other_are_named() {
    let (_, problems) = vensim("s = INTEG(1, t) ~~|\nt = INTEG(1, s) ~~|\n");
    let found = only(&problems, Code::AlgebraicLoop);
    assert!(found.message.en.contains("initial values"), "{}", found.message.en);
}

#[test]
fn an_undefined_name_gets_a_suggestion() {
    let (text, problems) = vensim("birth rate = 3 ~~|\nx = 2 * birth rte ~~|\n");
    let found = only(&problems, Code::UnknownName);
    assert_eq!(position(&text, found.span.start), (2, 9));
    assert!(found.hint.as_ref().is_some_and(|hint| hint.en.contains("birth_rate")), "{found:?}");
    let problems = xmile("<aux name=\"x\"><eqn>SMTH4(TIME, 3)</eqn></aux>");
    let found = only(&problems, Code::UnknownFunction);
    assert!(found.hint.as_ref().is_some_and(|hint| hint.en.contains("smth")), "{found:?}");
}

#[test]
fn wrong_arguments_are_counted() {
    let (_, problems) = vensim("x = 1 ~~|\nX = 2 ~~|\n");
    only(&problems, Code::DuplicateName);
    let (_, problems) = vensim("x = SMOOTH(1) ~~|\n");
    assert!(only(&problems, Code::WrongArguments).message.en.contains("1 arguments, expected 2"));
}

#[test]
fn tables_must_be_numbers_that_rise() {
    let (_, problems) = vensim("t((0,1),(2,3),(1,2)) ~~|\nx = t(Time) ~~|\n");
    assert_eq!(only(&problems, Code::BadTable).severity, Severity::Warning);
    let problems = xmile("<aux name=\"x\"><eqn>TIME</eqn><gf><xpts>0,1,2</xpts><ypts>0,abc,2</ypts></gf></aux>");
    assert_eq!(only(&problems, Code::BadTable).severity, Severity::Error);
    let problems = xmile("<aux name=\"x\"><eqn>TIME</eqn><gf><xpts>0,1</xpts><ypts>0,1,2</ypts></gf></aux>");
    assert_eq!(only(&problems, Code::BadTable).severity, Severity::Error);
}

#[test]
fn absurd_steps_are_refused() {
    for (start, stop, step) in
        [("0", "10", "0"), ("0", "10", "-1"), ("0", "1e9", "1e-9"), ("10", "0", "1"), ("0", "1e999", "1")]
    {
        let text = format!("x = 1 ~~| INITIAL TIME = {start} ~~| FINAL TIME = {stop} ~~| TIME STEP = {step} ~~|");
        let (model, _) = read::vensim::read(&text);
        let (simulation, problems) = compile(&model, &Options::default(), &Nothing);
        assert!(simulation.is_none(), "{start} {stop} {step}");
        assert!(problems.iter().any(|problem| problem.code == Code::BadTime), "{problems:?}");
    }
}

#[test]
fn dimensions_that_do_not_fit() {
    let (_, problems) = vensim("D: a, b ~~|\nx[D] = 1, 2 ~~|\ny = x[c] ~~|\n");
    only(&problems, Code::UnknownDimension);
    let (_, problems) = vensim("D: a, b ~~|\nx[D] = 1, 2, 3 ~~|\n");
    assert!(only(&problems, Code::SubscriptMismatch).message.en.contains("3 numbers, expected 2"));
    let (_, problems) = vensim("D: a, b ~~|\nE: p, q ~~|\nx[D] = 1 ~~|\ny[E] = x[D] ~~|\n");
    only(&problems, Code::SubscriptMismatch);
    let (_, problems) = vensim("A: B ~~|\nB: A ~~|\n");
    only(&problems, Code::UnknownDimension);
}

#[test]
fn xml_that_is_none_or_hostile() {
    for text in ["", "no xml", "<xmile>", "<a/>", "<xmile/>"] {
        let (model, problems) = read::xmile::read(text);
        assert!(model.is_none() && !problems.is_empty(), "{text}");
    }
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                <xmile><model><variables><aux name=\"&b;\"/></variables></model></xmile>";
    let (model, problems) = read::xmile::read(bomb);
    assert!(model.is_none());
    only(&problems, Code::BadXml);
    let deep = format!("<xmile>{}{}</xmile>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    only(&read::xmile::read(&deep).1, Code::TooDeep);
}

#[test]
fn nesting_has_an_end() {
    let deep = format!("x = {}1{} ~~|\n", "(".repeat(100_000), ")".repeat(100_000));
    only(&vensim(&deep).1, Code::TooDeep);
    let signs = format!("x = {}1 ~~|\n", "-".repeat(100_000));
    assert!(vensim(&signs).1.is_empty());
    let long = format!("x = {} ~~|\n", vec!["Time"; 100_000].join(" + "));
    assert!(vensim(&long).1.is_empty(), "a long sum is not deep");
}

#[test]
fn a_macro_that_calls_itself_is_stopped() {
    let (_, problems) = vensim(":MACRO: M(x)\nM = M(x) + 1 ~~|\n:END OF MACRO:\ny = M(3) ~~|\n");
    assert!(problems.iter().any(|problem| problem.severity == Severity::Error), "{problems:?}");
}

/// Time is bounded by the size of the input: with time beyond proportion none of these would end.
#[test]
fn large_models_take_time_in_proportion() {
    let chain: String = (1..50_000).map(|n| format!("v{n} = v{} + 1 ~~|\n", n - 1)).collect();
    let (_, problems) = vensim(&format!("v0 = Time ~~|\n{chain}"));
    assert!(problems.is_empty(), "{:?}", problems.first());
    let (_, problems) = vensim("D: (d1-d90000) ~~|\nE: (e1-e90000) ~~|\nx[D,E] = 1 ~~|\n");
    only(&problems, Code::TooLarge);
    let (_, problems) = vensim("D: (d1-d3000) ~~|\nx[D] = Time ~~|\ny[D] = SUM(x[D!]) + x[D] ~~|\n");
    assert!(problems.is_empty(), "{problems:?}");
    let huge = format!("<xmile>{}</xmile>", "<!-- x --> text ".repeat(1_000_000));
    assert!(read::xmile::read(&huge).0.is_none());
}

/// A delay of 0/0 has the shortest length; a place outside of a vector has the value for what is missing.
#[test]
fn numbers_that_are_none_break_no_delay_and_no_vector() {
    let (_, problems) = vensim("x = DELAY FIXED(Time, 0/0, 1) ~~|\n");
    assert!(problems.is_empty(), "{problems:?}");
    let text = format!(
        "D: a, b ~~|\nx[D] = 3, 5 ~~|\nw[D] = VECTOR LOOKUP(x[D], 0.5, 1, -99) ~~|\nv[D] = VECTOR LOOKUP(x[D], 1.5, 1, -99) ~~|\nd = DELAY FIXED(Time, ZIDZ(0, 0) + 0/0, 1) ~~|\n{TIME}"
    );
    let (model, _) = read::vensim::read(&text);
    let save = ["w[a]", "v[a]", "d"].map(str::to_owned).to_vec();
    let simulation = compile(&model, &Options { save, ..Options::default() }, &Nothing).0.expect("a simulation");
    let run = simulation.run(&[], 0);
    assert_eq!(run.rows().next(), Some([-99.0, 4.0, 1.0].as_slice()));
}

/// A module within itself, and macros whose copies double with each call: a few lines that ask for billions.
#[test]
fn copies_without_end_are_refused() {
    let within = "<module name=\"A\"/>";
    let text = format!(
        "<xmile version=\"1.0\"><sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>\
         <model><variables>{within}</variables></model><model name=\"A\"><variables>{within}</variables></model></xmile>"
    );
    let (_, problems) = compile(&read::xmile::read(&text).0.expect("a model"), &Options::default(), &Nothing);
    only(&problems, Code::TooDeep);
    let double = |n: usize| format!(":MACRO: M{n}(x)\nM{n} = M{0}(x) + M{0}(x) ~~|\n:END OF MACRO:\n", n - 1);
    let macros: String = (1..30).map(double).collect();
    let (_, problems) = vensim(&format!(":MACRO: M0(x)\nM0 = x ~~|\n:END OF MACRO:\n{macros}y = M29(1) ~~|\n"));
    assert!(problems.iter().any(|problem| problem.code == Code::TooLarge), "{problems:?}");
}

#[test]
fn connections_and_elements_that_are_not_there_are_said() {
    let problems =
        xmile("<module name=\"M\"><connect to=\"M.inn\" from=\"x\"/></module><aux name=\"x\"><eqn>1</eqn></aux>");
    assert!(problems.iter().any(|problem| problem.code == Code::UnknownName), "{problems:?}");
    let text = "<xmile version=\"1.0\"><sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs>\
        <dimensions><dim name=\"R\"><elem name=\"a\"/><elem name=\"b\"/></dim></dimensions><model><variables>\
        <aux name=\"x\"><dimensions><dim name=\"R\"/></dimensions><element subscript=\"a\"><eqn>4</eqn></element></aux>\
        <aux name=\"y\"><eqn/></aux></variables></model></xmile>";
    let (model, problems) = read::xmile::read(text);
    let found = only(&problems, Code::MissingEquation);
    assert!(found.message.en.contains("x[b]"), "{found:?}");
    let (_, problems) = compile(&model.expect("a model"), &Options::default(), &Nothing);
    assert!(problems.iter().any(|p| p.code == Code::MissingEquation && p.message.en.contains("`y`")), "{problems:?}");
}

#[test]
fn a_value_that_is_given_is_not_varied() {
    let (model, _) = read::vensim::read(&format!("x = 1 ~~|\n{TIME}"));
    let options = Options { set: vec![("x".to_owned(), 2.0)], vary: vec!["x".to_owned()], ..Options::default() };
    only(&compile(&model, &options, &Nothing).1, Code::DuplicateName);
    let options = Options { vary: vec!["FINAL TIME".to_owned()], ..Options::default() };
    only(&compile(&model, &options, &Nothing).1, Code::BadTime);
}
