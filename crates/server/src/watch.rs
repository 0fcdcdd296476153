//! Watches the blueprint folder: edit a file, and the pages follow.

use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::live::Live;

/// Editors write a file in several steps; wait this long for quiet.
const QUIET: Duration = Duration::from_millis(120);

/// Starts watching. `None` when the system offers no watching; the pages then follow on reload of the server only.
pub(crate) fn start(live: Live) -> Option<RecommendedWatcher> {
    let (sender, mut receiver) = mpsc::channel::<()>(1);
    let on_event = move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        let reading = matches!(event.kind, EventKind::Access(_));
        // An event without paths says that some were lost: anything may have changed.
        let ours = !event.paths.is_empty()
            && event.paths.iter().all(|path| path.components().any(|part| part.as_os_str() == ".lantu"));
        if !reading && !ours {
            // A full channel already holds a wake-up, so a refusal is as good.
            let _ = sender.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(on_event).ok()?;
    watcher.watch(live.root(), RecursiveMode::Recursive).ok()?;
    tokio::spawn(async move {
        while receiver.recv().await.is_some() {
            loop {
                tokio::time::sleep(QUIET).await;
                if receiver.try_recv().is_err() {
                    break;
                }
            }
            live.reload().await;
        }
    });
    Some(watcher)
}
