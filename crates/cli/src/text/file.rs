//! Text of files as people have them: UTF-8, or what spreadsheets write beside it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use encoding_rs::{Encoding, GB18030, UTF_8};
use lantu_blueprint::Lang;

use super::style;
use crate::commands::say;

/// Reads a text file: UTF-8, UTF-16 with its mark, or else GBK as Chinese spreadsheets write it, which is told.
pub(crate) fn read(path: &Path, lang: Lang) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let (text, _, broken) = marked.unwrap_or(UTF_8).decode(&bytes);
    if !broken {
        return Ok(text.into_owned());
    }
    let (text, _, broken) = GB18030.decode(&bytes);
    let no_text = say(lang, "不是文本文件；请存成 UTF-8", "not a text file; save it as UTF-8");
    anyhow::ensure!(!broken, "{}: {no_text}", path.display());
    let line = match lang {
        Lang::Zh => format!("{}：不是 UTF-8，按 GBK 读", path.display()),
        Lang::En => format!("{}: not UTF-8, read as GBK", path.display()),
    };
    anstream::eprintln!("{}", style::dim(&line));
    Ok(text.into_owned())
}

/// Refuses an output that is a file which was read, or lies in a folder which was: it would be gone.
pub(crate) fn apart<'a>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
    lang: Lang,
) -> anyhow::Result<()> {
    let Ok(place) = output.canonicalize() else { return Ok(()) };
    let read =
        |input: &PathBuf| same_file(&place, input) || input.canonicalize().is_ok_and(|input| place.starts_with(input));
    if inputs.into_iter().any(read) {
        anyhow::bail!("{}: {}", output.display(), say(lang, "会盖掉读入的文件", "would overwrite a file that is read"));
    }
    Ok(())
}

/// Refuses one file for two outputs: the later would take the place of the earlier.
pub(crate) fn distinct(outputs: &[&Option<PathBuf>], lang: Lang) -> anyhow::Result<()> {
    let named: Vec<&PathBuf> = outputs.iter().copied().flatten().collect();
    for (at, path) in named.iter().enumerate() {
        let same = |other: &&PathBuf| place(other) == place(path) || same_file(other, path);
        if named.iter().skip(at + 1).any(same) {
            anyhow::bail!("{}: {}", path.display(), say(lang, "不能写两样", "cannot be written twice"));
        }
    }
    Ok(())
}

/// Where a file is, or would be: `./a` is `a`.
pub(crate) fn place(path: &Path) -> PathBuf {
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => place(Path::new(".")).join(name),
        (Some(folder), Some(name)) => place(folder).join(name),
        _ => path.to_owned(),
    }
}

/// Whether two paths are one file under two names.
#[cfg(unix)]
fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let known =
        |path: &Path| path.metadata().ok().filter(|found| found.is_file()).map(|found| (found.dev(), found.ino()));
    known(one).is_some_and(|one| known(other) == Some(one))
}

/// Elsewhere the standard library does not tell.
#[cfg(not(unix))]
fn same_file(_one: &Path, _other: &Path) -> bool {
    false
}
