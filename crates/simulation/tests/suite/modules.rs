//! Modules seen from outside: what goes in is shown as what it is, and names are those of the place.

use lantu_simulation::external::Nothing;
use lantu_simulation::{Options, compile, read};

const HEAD: &str = "<xmile version=\"1.0\"><sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs>";

fn outputs(text: &str, save: &[&str]) -> Vec<(String, Vec<f64>)> {
    let (model, problems) = read::xmile::read(text);
    assert!(problems.is_empty(), "{problems:?}");
    let options = Options { save: save.iter().map(|name| (*name).to_owned()).collect(), ..Options::default() };
    let (simulation, problems) = compile(&model.expect("a model"), &options, &Nothing);
    let simulation = simulation.unwrap_or_else(|| panic!("{problems:?}"));
    let run = simulation.run(&[], 0);
    let column = |(place, name): (usize, &String)| (name.clone(), run.column(place).collect());
    simulation.outputs().iter().enumerate().map(column).collect()
}

/// The input's own 7 is what it is when nothing is connected.
#[test]
fn a_connected_input_shows_what_it_is_connected_to() {
    let text = format!(
        "{HEAD}<model><variables><aux name=\"total\"><eqn>50 + TIME</eqn></aux>\
         <module name=\"sec\"><connect to=\"sec.inp\" from=\"total\"/></module></variables></model>\
         <model name=\"sec\"><variables><aux name=\"inp\" access=\"input\"><eqn>7</eqn></aux>\
         <aux name=\"outp\"><eqn>inp + 1</eqn></aux></variables></model></xmile>"
    );
    let wanted = vec![("sec.inp".to_owned(), vec![50.0, 51.0]), ("sec.outp".to_owned(), vec![51.0, 52.0])];
    assert_eq!(outputs(&text, &["sec.inp", "sec.outp"]), wanted);
    assert!(outputs(&text, &[]).contains(&wanted[0]));
}

#[test]
fn an_element_may_be_called_like_another_dimension() {
    let text = format!(
        "{HEAD}<dimensions><dim name=\"District\"><elem name=\"zone\"/><elem name=\"s\"/></dim><dim name=\"Zone\" size=\"3\"/></dimensions>\
         <model><variables><aux name=\"p\"><dimensions><dim name=\"District\"/></dimensions><eqn>100</eqn></aux>\
         <aux name=\"all\"><eqn>SUM(p)</eqn></aux></variables></model></xmile>"
    );
    let found = outputs(&text, &[]);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["p[zone]", "p[s]", "all"]);
    assert_eq!(found[2].1, [200.0, 200.0]);
}
