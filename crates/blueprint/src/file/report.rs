//! Collects diagnostics while readers borrow their input; sorted at the end, so reading order never shows.

use std::cell::RefCell;

use crate::{Code, Diagnostic, Location, Severity, Text};

/// The collector handed to every reader.
#[derive(Debug, Default)]
pub(crate) struct Report(RefCell<Vec<Diagnostic>>);

impl Report {
    /// Adds one.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        self.0.borrow_mut().push(diagnostic);
    }

    /// Adds one from its parts.
    pub(crate) fn say(&self, code: Code, location: Location, message: Text, hint: Text) {
        self.add(Diagnostic { location, code, message, hint });
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// What the first error after the first `known` ones says.
    pub(crate) fn error_since(&self, known: usize) -> Option<Text> {
        let all = self.0.borrow();
        let found = all.iter().skip(known).find(|d| d.severity() == Severity::Error);
        found.map(|d| d.message.clone())
    }

    /// Adds many.
    pub(crate) fn extend(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.borrow_mut().extend(diagnostics);
    }

    /// All of them, by place.
    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}
