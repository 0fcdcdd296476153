//! The cells of one row of an observation table, with the words for what is wrong in them.

use lantu_blueprint::diagnostic::suggestion;
use lantu_blueprint::model::Qualifier;
use lantu_blueprint::{Code, Diagnostic, Location, Text};

use crate::number::{half_of_last_digit, number};
use crate::problems::Problems;
use crate::readers::RawTable;

/// Columns of an observation table, in the order of the format page; the first four must be there.
const COLUMNS: [&str; 15] = [
    "indicator",
    "area",
    "period",
    "value",
    "qualifier",
    "low",
    "high",
    "stage",
    "trust",
    "breaks",
    "published",
    "unit",
    "source",
    "source_url",
    "note",
];
const REQUIRED: usize = 4;
const QUALIFIERS: [(&str, Qualifier); 3] =
    [("at_least", Qualifier::AtLeast), ("at_most", Qualifier::AtMost), ("about", Qualifier::About)];

/// Positions of the columns in the table at hand, in the order of [`COLUMNS`].
pub(super) type Positions = [Option<usize>; COLUMNS.len()];

/// Value and interval of a row, from the figure as written, its qualifier and explicit ends.
pub(super) fn interval(row: &Row<'_>, problems: &mut Problems) -> Option<(f64, f64, f64)> {
    let qualifier = row.word("qualifier", &QUALIFIERS.map(|(word, q)| (q, word)), Qualifier::Exact, problems)?;
    let low = row.number("low", problems)?;
    let high = row.number("high", problems)?;
    let value = match (row.number("value", problems)?, low, high) {
        (Some(value), ..) => value,
        (None, Some(low), Some(high)) => f64::midpoint(low, high),
        _ => {
            row.required("value", problems);
            return None;
        }
    };
    let (from, to) = match qualifier {
        Qualifier::Exact => (value, value),
        Qualifier::AtLeast => (value, f64::INFINITY),
        Qualifier::AtMost => (f64::NEG_INFINITY, value),
        Qualifier::About => {
            let half = half_of_last_digit(row.get("value").unwrap_or_default());
            (value - half, value + half)
        }
    };
    let (from, to) = (low.unwrap_or(from), high.unwrap_or(to));
    if from > value || value > to {
        row.say("interval", "value", problems, Code::BadValue, || {
            (
                Text::new(
                    format!("{value} 不在 {from} 与 {to} 之间，这一行略过"),
                    format!("{value} is not between {from} and {to}; this row is left out"),
                ),
                Text::new("要 low ≤ value ≤ high", "low ≤ value ≤ high is wanted"),
            )
        });
        return None;
    }
    Some((value, from, to))
}

pub(super) fn positions(raw: &RawTable, problems: &mut Problems) -> Option<Positions> {
    let positions = COLUMNS.map(|name| raw.names.iter().position(|n| n == name));
    for (at, name) in raw.names.iter().enumerate().filter(|(_, name)| !COLUMNS.contains(&name.as_str())) {
        problems.say("unknown-column", &raw.file, || {
            Diagnostic::new(
                Code::UnknownField,
                raw.header_place(at),
                Text::new(
                    format!("观测表里没有「{name}」这一列，不读"),
                    format!("an observation table has no column `{name}`; it is not read"),
                ),
            )
            .hint(suggestion(
                name,
                COLUMNS,
                Text::new("说明请写在 note 列", "write remarks in the column `note`"),
            ))
        });
    }
    let mut complete = true;
    for (name, _) in COLUMNS.iter().zip(&positions).take(REQUIRED).filter(|(_, position)| position.is_none()) {
        complete = false;
        problems.say("missing-column", &raw.file, || {
            Diagnostic::new(
                Code::MissingField,
                raw.header_place(0),
                Text::new(
                    format!("观测表缺「{name}」列，整张表没有读入"),
                    format!("the observation table has no column `{name}`; none of it is read"),
                ),
            )
            .hint(Text::new("需要 indicator、area、period、value", "indicator, area, period and value are needed"))
        });
    }
    complete.then_some(positions)
}

/// One record of an observation table.
pub(super) struct Row<'a> {
    pub(super) raw: &'a RawTable,
    pub(super) positions: &'a Positions,
    pub(super) record: usize,
}

impl<'a> Row<'a> {
    fn column(&self, name: &str) -> Option<usize> {
        let at = COLUMNS.iter().position(|column| *column == name)?;
        self.positions.get(at).copied().flatten()
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.raw.cell(self.record, self.column(name)?)
    }

    fn place(&self, name: &str) -> Location {
        self.raw.place(self.record, self.column(name).unwrap_or(0))
    }

    pub(super) fn say(
        &self,
        kind: &'static str,
        column: &str,
        problems: &mut Problems,
        code: Code,
        text: impl FnOnce() -> (Text, Text),
    ) {
        problems.say(kind, &self.raw.file, || {
            let (message, hint) = text();
            Diagnostic::new(code, self.place(column), message).hint(hint)
        });
    }

    pub(super) fn required(&self, name: &str, problems: &mut Problems) -> Option<&'a str> {
        let value = self.get(name);
        if value.is_none() {
            self.say("empty-cell", name, problems, Code::MissingField, || {
                (
                    Text::new(
                        format!("「{name}」是空的，这一行略过"),
                        format!("`{name}` is empty; this row is left out"),
                    ),
                    Text::new("没有数就不要这一行", "leave the row out when there is no figure"),
                )
            });
        }
        value
    }

    pub(super) fn bad(&self, name: &str, problems: &mut Problems, wanted_zh: &str, wanted_en: &str) {
        self.say("bad-cell", name, problems, Code::BadValue, || {
            let found: String = self.get(name).unwrap_or_default().chars().take(60).collect();
            (
                Text::new(
                    format!("「{name}」的值「{found}」看不懂，这一行略过"),
                    format!("`{found}` is not a value of `{name}`; this row is left out"),
                ),
                Text::new(format!("请写 {wanted_zh}"), format!("write {wanted_en}")),
            )
        });
    }

    /// A number cell: `None` is a bad one (reported), `Some(None)` an empty one.
    #[expect(clippy::option_option, reason = "empty and wrong are two different answers here")]
    fn number(&self, name: &str, problems: &mut Problems) -> Option<Option<f64>> {
        let Some(text) = self.get(name) else { return Some(None) };
        match number(text) {
            Ok(number) => Some(Some(number.value())),
            Err(why) => {
                self.say(why.kind(), name, problems, Code::BadValue, || {
                    let (mut message, hint) = why.explain(text, name);
                    message.zh.push_str("，这一行略过");
                    message.en.push_str("; this row is left out");
                    (message, hint)
                });
                None
            }
        }
    }

    /// A cell with one of a few words; empty means `default`.
    pub(super) fn word<T: Copy>(
        &self,
        name: &str,
        words: &[(T, &'static str)],
        default: T,
        problems: &mut Problems,
    ) -> Option<T> {
        let Some(text) = self.get(name) else { return Some(default) };
        let found = words.iter().find(|(_, word)| word.eq_ignore_ascii_case(text));
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            self.bad(
                name,
                problems,
                &format!("{}，或留空", all.join("、")),
                &format!("{}, or nothing", all.join(", ")),
            );
        }
        found.map(|(value, _)| *value)
    }
}
