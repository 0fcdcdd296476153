//! Feeds of timetables from a zip or a folder.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use anyhow::{Context, bail};
use lantu_network::diagnostic::{Code, Diagnostic};
use lantu_network::transit::gtfs::{Feed, Texts, feed};
use zip::ZipArchive;

/// The files of a feed may have so many bytes unpacked, all together; a zip must not use up the memory.
const MOST_BYTES: u64 = 1 << 30;

pub(super) fn read(path: &Path) -> anyhow::Result<(Feed, Vec<Diagnostic>)> {
    let named = || path.display().to_string();
    let mut left = MOST_BYTES;
    let bytes = if path.is_dir() {
        Texts::FILES.map(|file| from_folder(path, file, &mut left))
    } else {
        let mut archive = File::open(path).map_err(anyhow::Error::from).and_then(|file| Ok(ZipArchive::new(file)?));
        let archive = archive.as_mut().map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
        Texts::FILES.map(|file| from_zip(archive, file, &mut left))
    };
    let mut texts: [Option<String>; 8] = Default::default();
    let mut broken = Vec::new();
    for ((slot, file), bytes) in texts.iter_mut().zip(Texts::FILES).zip(bytes) {
        let Some(bytes) = bytes.with_context(named)? else { continue };
        *slot = Some(String::from_utf8(bytes).unwrap_or_else(|error| {
            broken.push(not_utf8(file));
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }));
    }
    let (feed, problems) = feed(&Texts::new(texts.each_ref().map(Option::as_deref)));
    broken.extend(problems);
    Ok((feed, broken))
}

fn not_utf8(file: &'static str) -> Diagnostic {
    let zh = "文件不是 UTF-8；读不懂的字换成了 �";
    let en = "the file is not UTF-8; what could not be read became �";
    Diagnostic { file, ..Diagnostic::warning(Code::NotAFeed, 0, zh, en) }
}

fn from_folder(folder: &Path, file: &str, left: &mut u64) -> anyhow::Result<Option<Vec<u8>>> {
    match File::open(folder.join(file)) {
        Ok(opened) => all(opened, file, left).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| file.to_owned()),
    }
}

/// Some feeds are packed together with the folder they were in.
fn from_zip(archive: &mut ZipArchive<impl Read + Seek>, file: &str, left: &mut u64) -> anyhow::Result<Option<Vec<u8>>> {
    let inside = |name: &str| name.strip_suffix(file).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'));
    let names = archive.file_names().filter_map(Result::ok).filter(|name| inside(name));
    let Some(name) = names.min_by_key(|name| name.len()).map(|name| name.into_owned()) else {
        return Ok(None);
    };
    all(archive.by_name(&name).with_context(|| name.clone())?, file, left).map(Some)
}

fn all(from: impl Read, file: &str, left: &mut u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(*left + 1).read_to_end(&mut bytes).with_context(|| file.to_owned())?;
    let Some(rest) = left.checked_sub(bytes.len() as u64) else {
        let most = MOST_BYTES >> 20;
        bail!("到 {file} 为止超过 {most} MiB，没有读 · up to {file} it is more than {most} MiB, and was not read");
    };
    *left = rest;
    Ok(bytes)
}
