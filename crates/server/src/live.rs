//! The blueprint as it is now: replaced whole when a file changes, never edited.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::ZonedDateTime;
use lantu_blueprint::Date;
use lantu_city::{City, OpenError};
use tokio::sync::broadcast;

use crate::cache::Cache;

/// One opened state of the folder.
pub(crate) struct Edition {
    /// The city.
    pub(crate) city: City,
    /// Changes when any file of the blueprint changes.
    pub(crate) version: String,
    /// Answers already given about this edition.
    pub(crate) cache: Cache,
}

struct Inner {
    root: PathBuf,
    as_of: Option<Date>,
    edition: RwLock<Arc<Edition>>,
    changes: broadcast::Sender<String>,
}

/// Shared by all requests.
#[derive(Clone)]
pub(crate) struct Live(Arc<Inner>);

impl Live {
    /// Opens the folder.
    pub(crate) async fn open(root: PathBuf, as_of: Option<Date>) -> Result<Live, OpenError> {
        let edition = load(root.clone(), as_of).await?;
        let (changes, _) = broadcast::channel(16);
        Ok(Live(Arc::new(Inner { root, as_of, edition: RwLock::new(Arc::new(edition)), changes })))
    }

    /// The current edition.
    pub(crate) fn now(&self) -> Arc<Edition> {
        // A panic while swapping a pointer leaves a whole pointer behind, so a poisoned lock is still good.
        Arc::clone(&self.0.edition.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.0.root
    }

    /// The date pages assess on when they name none.
    pub(crate) fn today(&self) -> Date {
        self.0.as_of.unwrap_or_else(|| ZonedDateTime::now().date())
    }

    /// News of new editions.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<String> {
        self.0.changes.subscribe()
    }

    /// Reads the folder again. A folder that cannot be read just now (half-way through a checkout) keeps the old edition.
    pub(crate) async fn reload(&self) {
        let Ok(edition) = load(self.0.root.clone(), self.0.as_of).await else { return };
        if edition.version == self.now().version {
            return;
        }
        let version = edition.version.clone();
        *self.0.edition.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(edition);
        // Nobody listening is fine.
        drop(self.0.changes.send(version));
    }
}

async fn load(root: PathBuf, as_of: Option<Date>) -> Result<Edition, OpenError> {
    let open = move || {
        let city = City::open(&root, as_of.unwrap_or_else(|| ZonedDateTime::now().date()))?;
        let version = version(&city);
        Ok(Edition { city, version, cache: Cache::default() })
    };
    match tokio::task::spawn_blocking(open).await {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

fn version(city: &City) -> String {
    let mut hash = blake3::Hasher::new();
    for (path, bytes) in &city.sources().texts {
        hash.update(path.as_bytes()).update(&[0]).update(bytes).update(&[0]);
    }
    for (path, fact) in &city.sources().data {
        hash.update(path.as_bytes()).update(&[0]).update(fact.sha256.as_bytes()).update(&[0]);
    }
    hash.finalize().to_hex().chars().take(16).collect()
}
