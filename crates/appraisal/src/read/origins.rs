//! Where numbers come from: `source`, `clause` and `confidence` of the set, an item, or a single number.

use std::cell::RefCell;

use toml::de::DeValue;

use super::fields::{Fields, number};
use crate::diagnostic::Code;
use crate::rules::{Confidence, Group, Origin, PerGroup, Source, Sourced};

/// Sources of the set and all origins so far.
pub(super) struct Origins {
    sources: Vec<Source>,
    all: RefCell<Vec<Origin>>,
}

impl Origins {
    /// Reads `[[sources]]`.
    pub(super) fn read(top: &Fields<'_>) -> Self {
        let mut sources: Vec<Source> = Vec::new();
        for fields in top.tables("sources") {
            let id = fields.needed("id", fields.string("id"));
            let title = fields.needed("title", fields.text("title"));
            // A mark that cannot be read is told once; the source is there all the same.
            let confidence = fields.choice("confidence", Confidence::ALL);
            let confidence = confidence.or_else(|| fields.has("confidence").then_some(Confidence::Assumed));
            let confidence = fields.needed("confidence", confidence);
            let (url, clause) = (fields.string("url"), fields.string("clause"));
            if let Some(id) = id.as_ref().filter(|id| sources.iter().any(|known| known.id == **id)) {
                duplicate(&fields, id);
            }
            fields.finish();
            if let (Some(id), Some(title), Some(confidence)) = (id, title, confidence) {
                sources.push(Source { id, title, url, confidence, clause });
            }
        }
        if sources.is_empty() {
            top.missing("sources");
        }
        Self { sources, all: RefCell::default() }
    }

    pub(super) fn finish(self) -> (Vec<Source>, Vec<Origin>) {
        (self.sources, self.all.into_inner())
    }

    /// The origin that a table states, or that of what it is in.
    pub(super) fn of(&self, fields: &Fields<'_>, above: Option<usize>) -> Option<usize> {
        let (name, clause) = (fields.string("source"), fields.string("clause"));
        let confidence = fields.choice("confidence", Confidence::ALL);
        if name.is_none() && clause.is_none() && confidence.is_none() {
            return above;
        }
        let inherited = above.and_then(|above| self.all.borrow().get(above).cloned());
        let source = match (&name, &inherited) {
            (Some(name), _) => {
                fields.place("source", name, ("来源", "source"), self.sources.iter().map(|source| source.id.as_str()))
            }
            (None, Some(inherited)) => Some(inherited.source),
            (None, None) => return None,
        };
        // A source that is not there was told; its numbers are not told once more.
        let Some((source, text)) = source.and_then(|source| Some((source, self.sources.get(source)?))) else {
            return Some(self.nowhere(fields.line("source"), Confidence::Assumed));
        };
        let same = inherited.filter(|inherited| inherited.source == source);
        let origin = Origin {
            source,
            clause: clause.or_else(|| same.as_ref().map_or(text.clause.clone(), |same| same.clause.clone())),
            confidence: confidence.unwrap_or_else(|| same.map_or(text.confidence, |same| same.confidence)),
            line: fields.line("source"),
        };
        Some(self.push(origin))
    }

    /// No text: a number that cannot be placed, or one that nobody wrote.
    pub(super) fn nowhere(&self, line: usize, confidence: Confidence) -> usize {
        self.push(Origin { source: usize::MAX, clause: None, confidence, line })
    }

    fn push(&self, origin: Origin) -> usize {
        let mut all = self.all.borrow_mut();
        all.push(origin);
        all.len() - 1
    }

    /// A number: bare, or `{ value = …, source = …, clause = …, confidence = … }`.
    pub(super) fn number(&self, fields: &Fields<'_>, key: &str, above: Option<usize>) -> Option<Sourced> {
        let value = fields.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                let inner = Fields::new(fields.page, table, value.span());
                let found = self.told(&inner, above);
                inner.finish();
                found
            }
            plain => {
                let found = number(plain);
                if found.is_none() {
                    fields.wrong(key, "数，或 { value = …, source = … }", "a number, or { value = …, source = … }");
                }
                Some(self.sourced(fields, key, found?, above))
            }
        }
    }

    /// A number with the origin of what it is in; without one, that is told.
    pub(super) fn sourced(&self, fields: &Fields<'_>, key: &str, value: f64, origin: Option<usize>) -> Sourced {
        let line = fields.line(key);
        let origin = origin.unwrap_or_else(|| {
            fields.page.error(
                Code::NoSource,
                line,
                format!("「{key}」的数字没有来源：请在这里或文件开头写上 source = …"),
                format!("the number of `{key}` has no source: add source = … here or at the head of the file"),
            );
            self.nowhere(line, Confidence::Assumed)
        });
        Sourced { value, origin }
    }

    fn told(&self, inner: &Fields<'_>, above: Option<usize>) -> Option<Sourced> {
        let value = inner.needed("value", inner.number("value"));
        let origin = self.of(inner, above);
        Some(self.sourced(inner, "value", value?, origin))
    }

    /// A number for all, or `{ group = …, group = … }`.
    pub(super) fn per_group(
        &self,
        fields: &Fields<'_>,
        key: &str,
        groups: &[Group],
        above: Option<usize>,
    ) -> Option<PerGroup> {
        let value = fields.value(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            return self.number(fields, key, above).map(PerGroup::Same);
        };
        let inner = Fields::new(fields.page, table, value.span());
        if inner.has("value") {
            let found = self.told(&inner, above);
            inner.finish();
            return found.map(PerGroup::Same);
        }
        let origin = self.of(&inner, above);
        let numbers = groups.iter().map(|group| self.number(&inner, &group.id, origin)).collect();
        for key in inner.keys().filter(|key| !["source", "clause", "confidence"].contains(key)) {
            inner.place(key, key, ("组", "group"), groups.iter().map(|group| group.id.as_str()));
        }
        Some(PerGroup::ByGroup(numbers))
    }
}

/// The origin of something that is named and has no number of its own.
pub(super) fn rule_origin(origins: &Origins, fields: &Fields<'_>, origin: Option<usize>) -> usize {
    origin.unwrap_or_else(|| {
        fields.page.error(
            Code::NoSource,
            fields.line("id"),
            "这一条没有来源：请在这里或文件开头写上 source = …",
            "this has no source: add source = … here or at the head of the file",
        );
        origins.nowhere(fields.line("id"), Confidence::Assumed)
    })
}

/// Tells a name that stands above already.
pub(super) fn duplicate(fields: &Fields<'_>, id: &str) {
    fields.page.error(
        Code::DuplicateName,
        fields.line("id"),
        format!("「{id}」前面已经有了"),
        format!("`{id}` stands above already"),
    );
}
