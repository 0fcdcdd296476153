//! The folder that pages are written into: it holds nothing but pages of ours, and those of an earlier run go first.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lantu_blueprint::Lang;

use super::page::GENERATOR;
use crate::text::style;

/// Signs within which a page of ours says that it is one.
const BEGINNING: u64 = 512;

/// Whether a file is a page that we wrote.
fn is_ours(path: &Path) -> bool {
    let mut beginning = String::new();
    let opened = fs::File::open(path).map(|file| file.take(BEGINNING));
    // The beginning may end within a sign: what was read before it stays.
    let mut bytes = Vec::new();
    if opened.and_then(|mut file| file.read_to_end(&mut bytes)).is_ok() {
        beginning = String::from_utf8_lossy(&bytes).into_owned();
    }
    let is_page = path.extension().is_some_and(|ending| ending == "html");
    is_page && path.is_file() && beginning.contains(GENERATOR)
}

/// Pages of an earlier run.
fn earlier(folder: &Path, lang: Lang) -> anyhow::Result<Vec<PathBuf>> {
    let named = || folder.display().to_string();
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(named)? {
        let path = entry.with_context(named)?.path();
        if !is_ours(&path) {
            let (folder, name) =
                (folder.display(), path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            bail!(match lang {
                Lang::Zh => format!("{folder}：里面有别的文件（{name}），不写入通知单；请给一个空的或新的文件夹"),
                Lang::En => format!(
                    "{folder}: holds other files ({name}), and no pages are written; name an empty or a new folder"
                ),
            });
        }
        found.push(path);
    }
    Ok(found)
}

/// Refuses a folder that holds anything else.
pub(super) fn refuse(folder: &Path, lang: Lang) -> anyhow::Result<()> {
    earlier(folder, lang).map(|_| ())
}

/// Makes the folder, and removes pages of an earlier run: one of a unit that is no more would be taken for one of today.
pub(super) fn emptied(folder: &Path, lang: Lang) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let pages = earlier(folder, lang)?;
    for path in &pages {
        fs::remove_file(path).with_context(|| path.display().to_string())?;
    }
    if !pages.is_empty() {
        let (folder, count) = (folder.display(), pages.len());
        let line = match lang {
            Lang::Zh => format!("{folder}：先清掉了以前写的 {count} 页"),
            Lang::En => format!("{folder}: {count} pages of an earlier run were removed first"),
        };
        anstream::eprintln!("{}", style::dim(&line));
    }
    Ok(())
}

/// Writes a page; never over what is none of ours.
pub(super) fn put(folder: &Path, name: &str, page: &str, lang: Lang) -> anyhow::Result<()> {
    let path = folder.join(name);
    if path.exists() && !is_ours(&path) {
        bail!(match lang {
            Lang::Zh => format!("{}：已有别的文件，不会盖掉", path.display()),
            Lang::En => format!("{}: another file is there and is not overwritten", path.display()),
        });
    }
    fs::write(&path, page).with_context(|| path.display().to_string())
}
