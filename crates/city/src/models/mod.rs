//! Simulation models on disk: the file, what is said about it, and the data it takes from other files.

mod data;
mod files;

use std::io;
use std::path::{Path, PathBuf};

use lantu_simulation::diagnostic::{Diagnostic, Severity};
use lantu_simulation::model::Model;
use lantu_simulation::read;

pub use files::ModelFiles;

/// Larger than any model known; one beyond it is a mistake or an attack.
const LARGEST: u64 = 256 << 20;

/// A model read from its file.
#[derive(Debug)]
pub struct LoadedModel {
    /// The text, for places in it.
    pub text: String,
    /// The model; none where the file is no model at all.
    pub model: Option<Model>,
    /// What reading it found.
    pub problems: Vec<Diagnostic>,
    /// Files beside it.
    pub files: ModelFiles,
}

/// Why a model file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The system says why.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, io::Error),
    /// Beyond what is read.
    #[error("{0}: 超过 {mb} MB / larger than {mb} MB", mb = LARGEST >> 20)]
    TooLarge(PathBuf),
    /// Another ending.
    #[error("{0}: 应为 .xmile、.stmx、.itmx 或 .mdl / expected .xmile, .stmx, .itmx or .mdl")]
    Format(PathBuf),
}

/// Reads a model. Data series come from `data` and from the files that the model names, in its own folder.
///
/// # Errors
/// When the file cannot be opened or its ending is none of a model.
pub fn load_model(path: &Path, data: &[PathBuf]) -> Result<LoadedModel, ModelError> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_vensim = match ending.as_str() {
        "mdl" => true,
        "xmile" | "stmx" | "itmx" | "xml" => false,
        _ => return Err(ModelError::Format(path.to_owned())),
    };
    let text = read_text(path)?;
    let (model, mut problems) = if is_vensim {
        let (model, problems) = read::vensim::read(&text);
        (Some(model), problems)
    } else {
        read::xmile::read(&text)
    };
    let (files, said) = ModelFiles::beside(path, data)?;
    problems.extend(said);
    Ok(LoadedModel { text, model, problems, files })
}

/// The text of a file: UTF-8, or Latin-1 where it is not, as older programs write it.
pub(crate) fn read_text(path: &Path) -> Result<String, ModelError> {
    let unreadable = |error| ModelError::Unreadable(path.to_owned(), error);
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(ModelError::TooLarge(path.to_owned()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    })
}

/// Whether any problem keeps the model from running.
#[must_use]
pub fn has_model_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
