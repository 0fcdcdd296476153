//! Reading TOML tables field by field: every value keeps its place, every field left over is reported.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Report, SourceText};
use crate::diagnostic::suggestion;
use crate::{Code, Date, Lang, Location, Period, Text};

/// A piece of TOML inside a file: the whole file, a front matter or a fenced block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TomlText<'a> {
    /// The file it stands in.
    pub(crate) source: &'a SourceText<'a>,
    /// Where it starts in that file.
    pub(crate) offset: usize,
    /// The TOML itself.
    pub(crate) toml: &'a str,
}

impl<'a> TomlText<'a> {
    /// A file that is TOML from start to end.
    pub(crate) fn file(source: &'a SourceText<'a>) -> TomlText<'a> {
        TomlText { source, offset: 0, toml: source.text }
    }

    /// Parses; on errors reports each and returns what could be understood.
    pub(crate) fn parse(&self, report: &Report) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.toml);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            report.say(
                Code::BadToml,
                self.place(at),
                Text::new(
                    format!("TOML 语法错误：{}", error.message()),
                    format!("TOML syntax error: {}", error.message()),
                ),
                Text::new("请检查引号、等号和方括号", "check quotes, equals signs and brackets"),
            );
        }
        table
    }

    /// Place of a byte of the TOML.
    pub(crate) fn place(&self, at: usize) -> Location {
        self.source.place(self.offset + at)
    }
}

/// A table being read.
pub(crate) struct Fields<'a> {
    source: TomlText<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    used: RefCell<BTreeSet<&'static str>>,
    report: &'a Report,
}

impl<'a> Fields<'a> {
    /// Starts reading `table`, which lies at `span` of the TOML.
    pub(crate) fn new(source: TomlText<'a>, table: &'a DeTable<'a>, span: Range<usize>, report: &'a Report) -> Self {
        Fields { source, table, span, used: RefCell::default(), report }
    }

    /// Place of the table.
    pub(crate) fn location(&self) -> Location {
        self.source.place(self.span.start)
    }

    /// Place of a field, or of the table when it is absent.
    pub(crate) fn place(&self, key: &str) -> Location {
        let at = self.table.get(key).map_or(self.span.start, |value| value.span().start);
        self.source.place(at)
    }

    /// Name, line and column of a field, when it is written.
    pub(crate) fn position(&self, key: &'static str) -> Option<(&'static str, u32, u32)> {
        let Location { line, column, .. } = self.source.place(self.table.get(key)?.span().start);
        Some((key, line, column))
    }

    /// True when the field is written, whatever its value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.used.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, zh: &str, en: &str) {
        self.report.say(
            Code::BadValue,
            self.source.place(value.span().start),
            Text::new(
                format!("「{key}」的值不合要求（这里是{}）", zh_type(value.get_ref())),
                format!("`{key}` has a value of the wrong kind ({})", value.get_ref().type_str()),
            ),
            Text::new(format!("应为{zh}"), format!("expected {en}")),
        );
    }

    fn read<T>(
        &self,
        key: &'static str,
        zh: &str,
        en: &str,
        convert: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let converted = convert(value.get_ref());
        if converted.is_none() {
            self.wrong(key, value, zh, en);
        }
        converted
    }

    /// A text; empty counts as absent.
    pub(crate) fn string(&self, key: &'static str) -> Option<String> {
        self.read(key, "文字", "text", |v| v.as_str().map(str::to_owned)).filter(|s| !s.is_empty())
    }

    /// A text that must be there; reports when it is not.
    pub(crate) fn required(&self, key: &'static str) -> Option<String> {
        if !self.has(key) {
            self.used.borrow_mut().insert(key);
            self.missing(key);
            return None;
        }
        self.string(key)
    }

    /// Reports an absent field.
    pub(crate) fn missing(&self, key: &str) {
        self.report.say(
            Code::MissingField,
            self.location(),
            Text::new(format!("缺少「{key}」"), format!("`{key}` is missing")),
            Text::new(format!("请写上 {key} = …"), format!("add {key} = …")),
        );
    }

    /// A text in both languages `{ zh = …, en = … }`, or one string for `lang`.
    pub(crate) fn text(&self, key: &'static str, lang: Lang) -> Text {
        let mut text = Text::default();
        let Some(value) = self.get(key) else { return text };
        match value.get_ref() {
            DeValue::String(s) => *text.exact_mut(lang) = s.to_string(),
            DeValue::Table(table) => {
                let inner = Fields::new(self.source, table, value.span(), self.report);
                text.zh = inner.string("zh").unwrap_or_default();
                text.en = inner.string("en").unwrap_or_default();
                inner.finish();
            }
            _ => self.wrong(key, value, "文字或 { zh = …, en = … }", "text or { zh = …, en = … }"),
        }
        text
    }

    /// A finite number.
    pub(crate) fn number(&self, key: &'static str) -> Option<f64> {
        self.read(key, "数", "a number", number)
    }

    /// Two finite numbers, the first not above the second.
    pub(crate) fn pair(&self, key: &'static str) -> Option<(f64, f64)> {
        self.read(key, "两个数 [下限, 上限]", "two numbers [low, high]", |v| {
            match v.as_array()?.iter().collect::<Vec<_>>().as_slice() {
                [a, b] => Some((number(a.get_ref())?, number(b.get_ref())?)).filter(|(a, b)| a <= b),
                _ => None,
            }
        })
    }

    /// A whole number that is not negative.
    pub(crate) fn count(&self, key: &'static str) -> Option<u16> {
        self.read(key, "非负整数", "a whole number, not negative", |v| {
            let n = number(v)?;
            (n.fract() == 0.0 && (0.0..=65_535.0).contains(&n)).then_some(n as u16)
        })
    }

    /// `true` or `false`; absent is `false`.
    pub(crate) fn flag(&self, key: &'static str) -> bool {
        self.read(key, "true 或 false", "true or false", DeValue::as_bool).unwrap_or(false)
    }

    /// A day, bare or quoted.
    pub(crate) fn date(&self, key: &'static str) -> Option<Date> {
        self.read(key, "日期，如 2025-12-31", "a day such as 2025-12-31", |v| match v {
            DeValue::Datetime(d) => d.to_string().get(..10)?.parse().ok(),
            DeValue::String(s) => s.parse().ok(),
            _ => None,
        })
    }

    /// A period: a year as a number, or a text.
    pub(crate) fn period(&self, key: &'static str) -> Option<Period> {
        self.read(
            key,
            "期间，如 2026、\"2026-H1\"、\"2026-Q3\"、\"2026-06\"",
            "a period such as 2026, \"2026-H1\", \"2026-Q3\", \"2026-06\"",
            |v| match v {
                DeValue::Integer(n) => n.as_str().replace('_', "").parse().ok(),
                DeValue::String(s) => s.parse().ok(),
                DeValue::Datetime(d) => d.to_string().parse().ok(),
                _ => None,
            },
        )
    }

    /// A list of texts, or one text with commas.
    pub(crate) fn list(&self, key: &'static str) -> Vec<String> {
        let list = self.read(key, "文字列表", "a list of texts", |v| match v {
            DeValue::String(s) => Some(super::attributes::comma_list(s)),
            DeValue::Array(items) => items.iter().map(|i| i.get_ref().as_str().map(str::to_owned)).collect(),
            _ => None,
        });
        list.unwrap_or_default()
    }

    /// One of a closed set of words.
    pub(crate) fn word<T>(
        &self,
        key: &'static str,
        words: &[&'static str],
        of: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let found = value.get_ref().as_str().and_then(&of);
        if found.is_none() {
            let written = value.get_ref().as_str().unwrap_or_default();
            self.report.say(
                Code::BadValue,
                self.source.place(value.span().start),
                Text::new(format!("「{key}」不能是「{written}」"), format!("`{key}` cannot be `{written}`")),
                suggestion(
                    written,
                    words.iter().copied(),
                    Text::new(format!("可用：{}", words.join("、")), format!("one of {}", words.join(", "))),
                ),
            );
        }
        found
    }

    /// A table inside this one.
    pub(crate) fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self.source, table, value.span(), self.report)),
            _ => {
                self.wrong(key, value, "表 { … }", "a table { … }");
                None
            }
        }
    }

    /// A list of tables `[[key]]`.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array();
        let tables = items.map(|items| {
            items.iter().filter_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(Fields::new(self.source, table, item.span(), self.report)),
                _ => {
                    self.wrong(key, item, "表", "a table");
                    None
                }
            })
        });
        match tables {
            Some(tables) => tables.collect(),
            None => {
                self.wrong(key, value, "表的列表 [[…]]", "a list of tables [[…]]");
                Vec::new()
            }
        }
    }

    /// Reports every field that nothing read.
    pub(crate) fn finish(self) {
        let used = self.used.into_inner();
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if used.contains(name) {
                continue;
            }
            self.report.say(
                Code::UnknownField,
                self.source.place(key.span().start),
                Text::new(format!("没有「{name}」这一项"), format!("there is no field `{name}` here")),
                suggestion(
                    name,
                    used.iter().copied(),
                    Text::new("请删去，或查看 docs/format.md", "remove it, or see docs/format.md"),
                ),
            );
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let n: f64 = match value {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str().replace('_', "").parse().ok()?,
        DeValue::Float(n) => n.as_str().replace('_', "").parse().ok()?,
        _ => return None,
    };
    n.is_finite().then_some(n)
}

fn zh_type(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "文字",
        DeValue::Integer(_) => "整数",
        DeValue::Float(_) => "小数",
        DeValue::Boolean(_) => "true/false",
        DeValue::Datetime(_) => "日期",
        DeValue::Array(_) => "列表",
        DeValue::Table(_) => "表",
    }
}
