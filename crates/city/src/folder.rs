//! Reads a blueprint folder from disk. The only place that opens definition files; it never leaves the folder.

use std::fs::{self, FileType};
use std::io::Read;
use std::path::{Path, PathBuf};

use lantu_blueprint::{Code, DataFact, Diagnostic, Location, Sources, Text};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Definition files are written by people; one larger than this is a mistake or an attack.
const LARGEST_TEXT: u64 = 32 * 1024 * 1024;
/// Folders of a blueprint are shallow; this only stops loops that links could make.
const DEEPEST: usize = 12;
const MANIFEST: &str = "data/MANIFEST.toml";

/// The folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No such folder.
    #[error("{0}: 没有这个文件夹 / no such folder")]
    Missing(PathBuf),
    /// Something else is there.
    #[error("{0}: 不是文件夹 / not a folder")]
    NotAFolder(PathBuf),
    /// The system refuses.
    #[error("{0}: 打不开 / cannot be opened: {1}")]
    Unreadable(PathBuf, std::io::Error),
}

enum Content {
    Text(Vec<u8>),
    Data(DataFact),
    Problem(Diagnostic),
}

/// The files of a blueprint folder, found without opening any.
pub(crate) struct Listing {
    /// The folder, links followed.
    pub(crate) root: PathBuf,
    /// Definition and data files, sorted.
    pub(crate) paths: Vec<String>,
    /// What was found and is no readable file.
    pub(crate) problems: Vec<Diagnostic>,
}

impl Listing {
    /// Lists a folder.
    pub(crate) fn of(root: &Path) -> Result<Listing, FolderError> {
        if !root.exists() {
            return Err(FolderError::Missing(root.to_owned()));
        }
        if !root.is_dir() {
            return Err(FolderError::NotAFolder(root.to_owned()));
        }
        let root = root.canonicalize().map_err(|error| FolderError::Unreadable(root.to_owned(), error))?;
        let (mut paths, mut problems) = (Vec::new(), Vec::new());
        for top in ["plan", "indicators", "rules", "data"] {
            walk(&root, top, 0, &mut paths, &mut problems);
        }
        for file in ["blueprint.toml", "sources.toml", "areas.csv"] {
            if let Ok(meta) = root.join(file).symlink_metadata() {
                inspect(&root, file.to_owned(), meta.file_type(), 0, &mut paths, &mut problems);
            }
        }
        paths.sort_unstable();
        problems.sort();
        Ok(Listing { root, paths, problems })
    }

    /// Reads every definition file and the checksum of every data file.
    pub(crate) fn read(self) -> Sources {
        let Listing { root, paths, problems } = self;
        let name = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut sources = Sources { name, problems, ..Sources::default() };
        let read: Vec<(String, Content)> = paths
            .into_par_iter()
            .map(|path| {
                let content = read_one(&root, &path);
                (path, content)
            })
            .collect();
        for (path, content) in read {
            match content {
                Content::Text(bytes) => drop(sources.texts.insert(path, bytes)),
                Content::Data(fact) => drop(sources.data.insert(path, fact)),
                Content::Problem(diagnostic) => sources.problems.push(diagnostic),
            }
        }
        sources
    }
}

fn walk(root: &Path, folder: &str, depth: usize, paths: &mut Vec<String>, problems: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => return problems.push(unreadable(folder, &error.to_string())),
    };
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
            Ok((name, kind)) => match name.into_string() {
                Ok(name) if name.starts_with('.') => {}
                Ok(name) => inspect(root, format!("{folder}/{name}"), kind, depth, paths, problems),
                Err(name) => problems.push(unreadable(
                    &format!("{folder}/{}", name.to_string_lossy()),
                    "文件名不是 UTF-8 / the file name is not UTF-8",
                )),
            },
            Err(error) => problems.push(unreadable(folder, &error.to_string())),
        }
    }
}

fn inspect(
    root: &Path,
    path: String,
    kind: FileType,
    depth: usize,
    paths: &mut Vec<String>,
    problems: &mut Vec<Diagnostic>,
) {
    if kind.is_symlink() {
        match root.join(&path).canonicalize() {
            Ok(target) if target.starts_with(root) && target.is_file() => paths.push(path),
            Ok(target) if target.starts_with(root) => {
                problems.push(unreadable(&path, "不跟随指向文件夹的链接 / links to folders are not followed"));
            }
            Ok(_) => problems.push(unreadable(&path, "链接指向蓝图文件夹之外 / the link leaves the blueprint folder")),
            Err(error) => problems.push(unreadable(&path, &error.to_string())),
        }
    } else if kind.is_dir() {
        if depth < DEEPEST {
            walk(root, &path, depth + 1, paths, problems);
        } else {
            problems.push(unreadable(&path, "文件夹层数过多 / folders are nested too deeply"));
        }
    } else if kind.is_file() {
        paths.push(path);
    } else {
        problems.push(unreadable(&path, "不是普通文件 / not a plain file"));
    }
}

fn read_one(root: &Path, path: &str) -> Content {
    let full = root.join(path);
    let attempt = || -> std::io::Result<Content> {
        if path.starts_with("data/") && path != MANIFEST {
            return checksum(&full).map(Content::Data);
        }
        let mut bytes = Vec::new();
        fs::File::open(&full)?.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_TEXT {
            let mb = LARGEST_TEXT / 1024 / 1024;
            return Ok(Content::Problem(unreadable(path, &format!("文件超过 {mb} MB / larger than {mb} MB"))));
        }
        Ok(Content::Text(bytes))
    };
    attempt().unwrap_or_else(|error| Content::Problem(unreadable(path, &error.to_string())))
}

fn checksum(path: &Path) -> std::io::Result<DataFact> {
    let mut file = fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hash.update(part);
        size += read as u64;
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(DataFact { sha256, size })
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    let (zh, en) = reason.split_once(" / ").unwrap_or((reason, reason));
    Diagnostic::new(
        Code::UnreadableFile,
        Location::start(path),
        Text::new(format!("读不到：{zh}"), format!("cannot be read: {en}")),
    )
    .hint(Text::new(
        "请检查链接、权限和大小；其余文件照常读入",
        "check links, permissions and size; all other files are read",
    ))
}
