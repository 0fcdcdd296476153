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
    /// A row of data that is none: where, and what is wrong in it.
    #[error("{0}:{1}: 「{2}」不是数字 / `{2}` is no number")]
    BadData(PathBuf, usize, String),
    /// A folder, a pipe, a device.
    #[error("{0}: 不是文件 / no file")]
    NoFile(PathBuf),
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
    let (model, problems) = if is_vensim {
        let (model, problems) = read::vensim::read(&text);
        (Some(model), problems)
    } else {
        read::xmile::read(&text)
    };
    let files = ModelFiles::beside(path, data)?;
    Ok(LoadedModel { text, model, problems, files })
}

/// The text of a file: what its mark or its XML says, UTF-8 where it is that, else as older programs write it: GBK where
/// all signs beyond ASCII are pairs of GB 2312, Windows' Latin letters otherwise.
pub(crate) fn read_text(path: &Path) -> Result<String, ModelError> {
    let unreadable = |error| ModelError::Unreadable(path.to_owned(), error);
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(ModelError::NoFile(path.to_owned()));
    }
    if about.len() > LARGEST {
        return Err(ModelError::TooLarge(path.to_owned()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok(decoded(bytes))
}

fn decoded(bytes: Vec<u8>) -> String {
    let encoding = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((marked, _)) => marked,
        None => match String::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => return said_or_guessed(error.as_bytes()).decode(error.as_bytes()).0.into_owned(),
        },
    };
    encoding.decode(&bytes).0.into_owned()
}

/// The encoding of text that is not UTF-8 and has no mark.
fn said_or_guessed(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let said = String::from_utf8_lossy(head);
    let said = said.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    let said = said.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    if let Some(said) = said.filter(|said| *said != encoding_rs::UTF_8) {
        return said;
    }
    if in_pairs(bytes) { encoding_rs::GBK } else { encoding_rs::WINDOWS_1252 }
}

/// Whether bytes beyond ASCII come in pairs as GB 2312 has them. Latin letters with accents rarely stand two by two.
fn in_pairs(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
        } else if (0xa1..=0xf7).contains(byte) && bytes.get(at + 1).is_some_and(|next| (0xa1..=0xfe).contains(next)) {
            at += 2;
        } else {
            return false;
        }
    }
    true
}

/// Whether any problem keeps the model from running.
#[must_use]
pub fn has_model_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn old_files_are_read_in_their_own_letters() {
        let cases: [(&[u8], &str); 6] = [
            ("人口".as_bytes(), "人口"),
            (b"\xC8\xCB\xBF\xDA = 1", "人口 = 1"),
            (b"<?xml version='1.0' encoding='GB18030'?>\xC8\xCB", "<?xml version='1.0' encoding='GB18030'?>人"),
            (b"caf\xE9 noir", "café noir"),
            (b"\xFF\xFE\xBA\x4E", "人"),
            (b"\xEF\xBB\xBFa", "a"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decoded(bytes.to_vec()), expected);
        }
    }
}
