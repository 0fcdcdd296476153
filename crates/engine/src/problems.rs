//! Diagnostics of one pass, with a cap: a file with a million bad rows is one problem, not a million.

use std::collections::BTreeMap;
use std::sync::Arc;

use lantu_blueprint::{Code, Diagnostic, Location, Text};

/// How many problems of one kind are listed per file.
const LISTED: usize = 20;

#[derive(Default)]
struct Count {
    seen: usize,
    first_unlisted: Option<(Code, Location)>,
}

/// Collects diagnostics; those of the same kind in the same file are counted after the first few.
#[derive(Default)]
pub(crate) struct Problems {
    list: Vec<Diagnostic>,
    counts: BTreeMap<(Arc<str>, &'static str), Count>,
}

impl Problems {
    /// Reports one problem. `build` runs only when the problem is listed, so hints may be costly.
    pub(crate) fn say(&mut self, kind: &'static str, file: &Arc<str>, build: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry((Arc::clone(file), kind)).or_default();
        count.seen += 1;
        if count.seen <= LISTED {
            self.list.push(build());
        } else if count.first_unlisted.is_none() {
            let diagnostic = build();
            count.first_unlisted = Some((diagnostic.code, diagnostic.location));
        }
    }

    /// Every diagnostic, sorted by place.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        let mut list = self.list;
        for count in self.counts.into_values() {
            let Some((code, location)) = count.first_unlisted else { continue };
            let more = count.seen - LISTED;
            list.push(Diagnostic::new(
                code,
                location,
                Text::new(
                    format!("从这里起另有 {more} 处同类问题，不再逐一列出"),
                    format!("{more} more problems of the same kind from here on"),
                ),
            ));
        }
        list.sort();
        list
    }
}
