//! What the verbs that run models share: opening and compiling a model, telling its problems, files of uncertainty,
//! output and progress.

pub(crate) mod observed;
pub(crate) mod output;
pub(crate) mod problems;
pub(crate) mod progress;
pub(crate) mod vary;

use std::path::Path;

use anyhow::Context;
use lantu_blueprint::Lang;
use lantu_city::{LoadedModel, has_model_errors, load_model};
use lantu_simulation::diagnostic::Diagnostic;
use lantu_simulation::read::cin;
use lantu_simulation::{Options, Simulation, compile};

use crate::arguments_models::ModelFile;

/// A model opened, or the reason why it is not run.
pub(crate) struct Opened {
    pub(crate) loaded: LoadedModel,
    pub(crate) path: String,
    /// Values set by hand or by a parameter file.
    pub(crate) set: Vec<(String, f64)>,
}

impl Opened {
    pub(crate) fn new(file: &ModelFile) -> anyhow::Result<Self> {
        let path = file.model.as_deref().unwrap_or(Path::new(""));
        let loaded = load_model(path, &file.data)?;
        let mut set = Vec::new();
        for path in &file.cin {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            set.extend(
                cin::read(&text).map_err(|line| {
                    anyhow::anyhow!(
                        "{}:{line}：应为 名称=数字，每行一个；图形函数和数组的多个值不支持 / expected NAME=NUMBER on each line; graphical functions and several values of an array are not supported",
                        path.display()
                    )
                })?,
            );
        }
        set.extend(file.set.iter().cloned());
        Ok(Self { loaded, path: path.display().to_string(), set })
    }

    /// Compiles; `None` after telling what keeps it from running.
    pub(crate) fn compile(&self, vary: &[String], save: &[String], lang: Lang) -> Option<Simulation> {
        let options = Options { set: self.set.clone(), vary: vary.to_vec(), save: save.to_vec() };
        let (simulation, problems) = self.compiled(&options);
        if !problems.is_empty() {
            anstream::eprint!("{}", problems::as_text(&problems, &self.path, &self.loaded.text, lang));
        }
        simulation
    }

    /// The program and everything said on the way to it.
    pub(crate) fn compiled(&self, options: &Options) -> (Option<Simulation>, Vec<Diagnostic>) {
        let mut problems = self.loaded.problems.clone();
        let Some(model) = &self.loaded.model else { return (None, problems) };
        let (simulation, more) = compile(model, options, &self.loaded.files);
        problems.extend(more);
        let broken = has_model_errors(&problems);
        (simulation.filter(|_| !broken), problems)
    }
}

/// Names parted by commas; commas in brackets part elements, not names.
pub(crate) fn names(list: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0_usize;
    for character in list.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ',' && depth == 0 {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(character);
        }
    }
    found.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
