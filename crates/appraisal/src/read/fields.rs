//! A TOML table field by field: every value keeps its line, every key that nothing read is told.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Text, nearest};
use crate::expression::{Expression, parse};
use crate::rules::Day;

/// The file and what is wrong in it.
pub(super) struct Page<'a> {
    text: &'a str,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, problems: RefCell::default() }
    }

    /// Line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    pub(super) fn say(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn error(&self, code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) {
        self.say(Diagnostic::error(code, line, zh, en));
    }

    /// What was said, by line.
    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// A table being read.
pub(super) struct Fields<'a> {
    pub(super) page: &'a Page<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    used: RefCell<BTreeSet<String>>,
}

/// What a key holds, with its place.
pub(super) type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Fields<'a> {
    pub(super) fn new(page: &'a Page<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { page, table, span, used: RefCell::default() }
    }

    /// Line of a key, or of the table where there is none.
    pub(super) fn line(&self, key: &str) -> usize {
        self.page.line(self.table.get(key).map_or(self.span.start, |value| value.span().start))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    pub(super) fn value(&self, key: &str) -> Option<Value<'a>> {
        self.used.borrow_mut().insert(key.to_owned());
        self.table.get(key)
    }

    /// The keys, in the order of the alphabet.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.iter().map(|(key, _)| key.get_ref().as_ref())
    }

    pub(super) fn wrong(&self, key: &str, zh: &str, en: &str) {
        self.page.error(
            Code::BadValue,
            self.line(key),
            format!("「{key}」应为{zh}"),
            format!("`{key}` should be {en}"),
        );
    }

    fn read<T>(&self, key: &str, zh: &str, en: &str, convert: impl Fn(&'a DeValue<'a>) -> Option<T>) -> Option<T> {
        let converted = convert(self.value(key)?.get_ref());
        if converted.is_none() {
            self.wrong(key, zh, en);
        }
        converted
    }

    /// A text; empty counts as absent.
    pub(super) fn string(&self, key: &str) -> Option<String> {
        self.read(key, "文字", "a text", |value| value.as_str().map(str::to_owned)).filter(|text| !text.is_empty())
    }

    /// Says that a key must be there.
    pub(super) fn missing(&self, key: &str) {
        self.page.error(
            Code::MissingKey,
            self.line(key),
            format!("缺少「{key}」：请写上 {key} = …"),
            format!("`{key}` is missing: add {key} = …"),
        );
    }

    /// A key that must be there.
    pub(super) fn needed<T>(&self, key: &str, found: Option<T>) -> Option<T> {
        if found.is_none() && !self.has(key) {
            self.missing(key);
        }
        found
    }

    /// A text in both languages: `{ zh = …, en = … }`, or one for both.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(both) => Some(Text { zh: both.to_string(), en: both.to_string() }),
            DeValue::Table(table) => {
                let inner = Self::new(self.page, table, value.span());
                let (zh, en) = (inner.needed("zh", inner.string("zh")), inner.needed("en", inner.string("en")));
                inner.finish();
                Some(Text { zh: zh?, en: en? })
            }
            _ => {
                self.wrong(key, "文字或 { zh = …, en = … }", "a text or { zh = …, en = … }");
                None
            }
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.read(key, "数", "a number", number)
    }

    /// A whole number, not negative.
    pub(super) fn count(&self, key: &str) -> Option<u32> {
        self.read(key, "非负整数", "a whole number, not negative", |value| {
            number(value).filter(|n| n.fract() == 0.0 && (0.0..=1e9).contains(n)).map(|n| n as u32)
        })
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.read(key, "true 或 false", "true or false", DeValue::as_bool)
    }

    /// A day, bare or as a text.
    pub(super) fn day(&self, key: &str) -> Option<Day> {
        self.read(key, "日期，如 2022-12-31", "a day such as 2022-12-31", |value| match value {
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            DeValue::String(day) => day.parse().ok(),
            _ => None,
        })
    }

    /// Texts in a list, or one.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let found = self.read(key, "文字列表", "a list of texts", |value| match value {
            DeValue::String(one) => Some(vec![one.to_string()]),
            DeValue::Array(items) => items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect(),
            _ => None,
        });
        found.unwrap_or_default()
    }

    /// Place of a name among those that are known; what has no place is told. `what` says in both languages what is named.
    pub(super) fn place<'k>(
        &self,
        key: &str,
        name: &str,
        what: (&str, &str),
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Option<usize> {
        let found = known.clone().position(|known| known == name);
        if found.is_none() {
            let near = nearest(name, known);
            self.page.error(
                Code::UnknownName,
                self.line(key),
                format!("没有{}「{name}」{}", what.0, near.zh),
                format!("there is no {} `{name}`{}", what.1, near.en),
            );
        }
        found
    }

    /// Reads a formula, and tells where it goes wrong.
    pub(super) fn formula(&self, key: &str, text: &str) -> Option<Expression> {
        match parse(text) {
            Ok(found) => Some(found),
            Err(mistake) => {
                let column = text.get(..mistake.at).map_or(0, |before| before.chars().count()) + 1;
                self.page.error(
                    Code::BadFormula,
                    self.line(key),
                    format!("公式「{text}」第 {column} 个字：{}", mistake.zh),
                    format!("formula `{text}`, character {column}: {}", mistake.en),
                );
                None
            }
        }
    }

    /// One of some words, and what it stands for.
    pub(super) fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.value(key)?;
        let written = value.get_ref().as_str().unwrap_or_default();
        let found = words.iter().find(|(word, _)| *word == written).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let near = nearest(written, all.iter().copied());
            let all = all.join(", ");
            self.page.error(
                Code::BadValue,
                self.line(key),
                format!("「{key}」应为 {all} 之一{}", near.zh),
                format!("`{key}` should be one of {all}{}", near.en),
            );
        }
        found
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, "表 { … }", "a table { … }");
            return None;
        };
        Some(Self::new(self.page, table, value.span()))
    }

    /// Tables in a list, `[[key]]`.
    pub(super) fn tables(&self, key: &str) -> Vec<Fields<'a>> {
        let found = self.read(key, "表的列表 [[…]]", "a list of tables [[…]]", |value| {
            let items = value.as_array()?.iter();
            let tables = items.map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(Self::new(self.page, table, item.span())),
                _ => None,
            });
            tables.collect()
        });
        found.unwrap_or_default()
    }

    /// Numbers in a list.
    pub(super) fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        self.read(key, "数的列表 […, …]", "a list of numbers […, …]", |value| {
            value.as_array()?.iter().map(|cell| number(cell.get_ref())).collect()
        })
    }

    /// A line of numbers each.
    pub(super) fn rows(&self, key: &str) -> Option<Vec<Vec<f64>>> {
        self.read(key, "数的列表的列表 [[…], […]]", "lists of numbers in a list [[…], […]]", |value| {
            let row = |row: &'a Spanned<DeValue<'a>>| {
                row.get_ref().as_array()?.iter().map(|cell| number(cell.get_ref())).collect::<Option<Vec<f64>>>()
            };
            value.as_array()?.iter().map(row).collect()
        })
    }

    /// Tells every key that nothing read.
    pub(super) fn finish(&self) {
        let used = self.used.borrow();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref().as_ref();
            if used.contains(name) {
                continue;
            }
            let near = nearest(name, used.iter().map(String::as_str));
            self.page.error(
                Code::UnknownKey,
                self.page.line(key.span().start),
                format!("这里没有「{name}」这一项{}", near.zh),
                format!("there is no `{name}` here{}", near.en),
            );
        }
    }
}

/// A finite number.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    let found: f64 = match value {
        DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().replace('_', "").parse().ok()?,
        DeValue::Float(digits) => digits.as_str().replace('_', "").parse().ok()?,
        _ => return None,
    };
    found.is_finite().then_some(found)
}

/// Whether a value is a number at all, for keys that take words too.
pub(super) fn is_number(value: &DeValue<'_>) -> bool {
    number(value).is_some()
}

/// A name for something that needs none of its own.
pub(super) fn plain(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}
