//! `.lantu/results.bin`: results that are still true. One file, checked as a whole; whatever is wrong with it, the
//! answer is to compute again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use lantu_blueprint::Diagnostic;
use lantu_blueprint::model::Observation;

use crate::codec::{Reader, Writer};
use crate::keys::Key;

const MAGIC: &[u8; 8] = b"LANTU\0\0\x01";

/// The result of one computed indicator.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// True when the query did not run.
    pub(crate) failed: bool,
    /// False for results that another run may not repeat (time or memory ran out).
    pub(crate) lasting: bool,
    pub(crate) observations: Vec<Arc<Observation>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What is kept between runs.
#[derive(Default, Clone)]
pub(crate) struct Cache {
    /// By indicator.
    pub(crate) results: BTreeMap<String, Entry>,
    /// Diagnostics of data files, by path.
    pub(crate) files: BTreeMap<String, (Key, Vec<Diagnostic>)>,
}

fn path(root: &Path) -> PathBuf {
    root.join(".lantu").join("results.bin")
}

impl Cache {
    /// Reads the cache of a blueprint; empty when there is none or it is damaged.
    pub(crate) fn load(root: &Path) -> Cache {
        fs::read(path(root)).ok().and_then(|bytes| Cache::decode(&bytes)).unwrap_or_default()
    }

    fn decode(bytes: &[u8]) -> Option<Cache> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (sum, payload) = rest.split_at_checked(32)?;
        if blake3::hash(payload).as_bytes() != sum {
            return None;
        }
        let mut reader = Reader::new(payload)?;
        let mut cache = Cache::default();
        for _ in 0..reader.number()? {
            let id = reader.text()?;
            let entry = Entry {
                key: reader.key()?,
                failed: reader.number()? == 1,
                lasting: true,
                diagnostics: reader.diagnostics()?,
                observations: reader.observations(&id)?,
            };
            cache.results.insert(id.to_string(), entry);
        }
        for _ in 0..reader.number()? {
            let file = reader.text()?;
            cache.files.insert(file.to_string(), (reader.key()?, reader.diagnostics()?));
        }
        Some(cache)
    }

    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        let results: Vec<_> = self.results.iter().filter(|(_, entry)| entry.lasting).collect();
        writer.length(results.len());
        for (id, entry) in results {
            writer.text(id);
            writer.key(&entry.key);
            writer.number(u64::from(entry.failed));
            writer.diagnostics(&entry.diagnostics);
            writer.observations(&entry.observations);
        }
        writer.length(self.files.len());
        for (file, (key, diagnostics)) in &self.files {
            writer.text(file);
            writer.key(key);
            writer.diagnostics(diagnostics);
        }
        let payload = writer.finish();
        [MAGIC.as_slice(), blake3::hash(&payload).as_bytes(), &payload].concat()
    }

    /// Writes the cache, whole or not at all. A folder that cannot be written has no cache: that is no problem.
    pub(crate) fn save(&self, root: &Path) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let target = path(root);
        let Some(folder) = target.parent() else { return };
        if fs::create_dir_all(folder).is_err() {
            return;
        }
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            // Losing this file costs nothing either.
            let _ = fs::write(ignore, "*\n");
        }
        let draft = folder.join(format!("results.{}.{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
        let written = fs::write(&draft, self.encode()).and_then(|()| fs::rename(&draft, &target));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
    }
}
