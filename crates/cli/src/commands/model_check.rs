//! `lantu simulate check`: what is wrong with a model, and how it is built.

use lantu_blueprint::Lang;
use lantu_city::has_model_errors;
use lantu_simulation::Options;
use serde_json::json;

use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_models::ModelCheck;
use crate::models::{Opened, problems};
use crate::text::{print, print_json};

pub(crate) fn run(command: &ModelCheck, lang: Lang) -> anyhow::Result<Outcome> {
    let opened = Opened::new(&command.file)?;
    let options = Options { set: opened.set.clone(), ..Options::default() };
    let (_, found) = opened.compiled(&options);
    let (path, text) = (&opened.path, &opened.loaded.text);
    match command.format {
        Format::Json => print_json(&json!({ "problems": problems::as_json(&found, path, text, lang) }))?,
        _ => print(&problems::as_text(&found, path, text, lang))?,
    }
    Ok(if has_model_errors(&found) { Outcome::Findings } else { Outcome::Fine })
}
