//! Problems of the files of a feed; the first of each kind are told, the others counted.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::read::table::Table;

/// Problems of one kind in one file that are told one by one: a broken file can have a million.
const MOST: usize = 20;

#[derive(Default)]
pub(super) struct Told {
    problems: Vec<Diagnostic>,
    counts: BTreeMap<(&'static str, Code), (usize, Severity)>,
}

impl Told {
    pub(super) fn push(&mut self, file: &'static str, problem: Diagnostic) {
        let (count, severity) = self.counts.entry((file, problem.code)).or_insert((0, problem.severity));
        *count += 1;
        *severity = problem.severity.min(*severity);
        if *count <= MOST {
            self.problems.push(problem.of(file));
        }
    }

    /// Opens a table with the columns that must be there.
    pub(super) fn table<'a, const N: usize>(
        &mut self,
        file: &'static str,
        text: &'a str,
        columns: [&str; N],
    ) -> Option<(Table<'a>, [Option<usize>; N])> {
        let table = Table::new(text, None);
        let mut missing = Vec::new();
        let places = table.needed(columns, &mut missing);
        missing.into_iter().for_each(|problem| self.push(file, problem));
        Some((table, places?))
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for ((file, code), (count, severity)) in self.counts {
            if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
                let (zh, en) = (format!("还有 {more} 处同样的问题"), format!("{more} more of the same kind"));
                self.problems.push(Diagnostic { severity, ..Diagnostic::error(code, 0, zh, en).of(file) });
            }
        }
        self.problems
    }
}
