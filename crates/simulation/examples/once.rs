//! Runs a model once and prints it; for looking into one.
use lantu_simulation::{Options, compile, external::Nothing, read};
fn main() {
    let path = std::env::args().nth(1).expect("a path");
    let text = std::fs::read_to_string(&path).expect("text");
    let (model, problems) = if path.ends_with(".mdl") {
        let (m, p) = read::vensim::read(&text);
        (Some(m), p)
    } else {
        read::xmile::read(&text)
    };
    for p in &problems {
        println!("{p:?}");
    }
    let (simulation, problems) = compile(&model.expect("model"), &Options::default(), &Nothing);
    for p in &problems {
        println!("{p:?}");
    }
    let Some(simulation) = simulation else { return };
    if std::env::var("DUMP").is_ok() {
        println!("{simulation:#?}");
    }
    let run = simulation.run(&[], 1);
    println!("time\t{:?}", simulation.times());
    for (place, name) in simulation.outputs().iter().enumerate() {
        println!("{name}\t{:?}", run.column(place).collect::<Vec<_>>());
    }
}
