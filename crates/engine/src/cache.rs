//! `.lantu/results.bin`: results that are still true. Whatever is wrong with it, the answer is to compute again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use lantu_blueprint::Diagnostic;
use lantu_blueprint::model::Observation;

use crate::codec::{Reader, Writer};
use crate::keys::Key;
use crate::store;

const NAME: &str = "results.bin";

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
    /// Diagnostics of data files, by table.
    pub(crate) files: BTreeMap<String, (Key, Vec<Diagnostic>)>,
}

impl Cache {
    /// Reads the cache of a blueprint; empty when there is none or it is damaged.
    pub(crate) fn load(root: &Path) -> Cache {
        store::read(root, NAME).and_then(|payload| Cache::decode(&payload)).unwrap_or_default()
    }

    fn decode(payload: &[u8]) -> Option<Cache> {
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
        writer.finish()
    }

    /// Writes the cache.
    pub(crate) fn save(&self, root: &Path) {
        store::write(root, NAME, &self.encode());
    }
}
