//! Tables of units, as CSV.

use std::collections::{BTreeMap, BTreeSet};

pub use super::earlier::{events, history};
use super::table::{Row, Table, number};
pub use super::wanted::Wanted;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Column, Units};

/// Problems of one kind in one column that are named line by line; of more, the number is told.
const NAMED: usize = 10;

/// Problems in cells, counted by column and kind.
#[derive(Default)]
struct Cells {
    told: BTreeMap<(String, bool), usize>,
}

impl Cells {
    /// Whether one more is to be named.
    fn named(&mut self, column: &str, is_error: bool) -> bool {
        let count = self.told.entry((column.to_owned(), is_error)).or_default();
        *count += 1;
        *count <= NAMED
    }

    fn rest(&self, problems: &mut Vec<Diagnostic>) {
        for ((column, is_error), count) in self.told.iter().filter(|(_, count)| **count > NAMED) {
            let more = count - NAMED;
            let (zh, en) = (
                format!("「{column}」还有 {more} 处同样的问题，没有逐一列出"),
                format!("`{column}`: {more} more of the same kind are not listed"),
            );
            problems.push(if *is_error {
                Diagnostic::error(Code::BadNumber, 0, zh, en)
            } else {
                Diagnostic::warning(Code::BadId, 0, zh, en)
            });
        }
    }
}

/// Reads units. No row is dropped: what is wrong in it is missing, and told.
#[must_use]
pub fn read(text: &str, wanted: &Wanted) -> (Option<Units>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let Some(table) = Table::new(text, &mut problems) else { return (None, problems) };
    let place = |name: &str| table.place(name);
    let id = wanted.id.as_deref().map_or(Some(0), place);
    let all = wanted.numbers.iter().chain(&wanted.words).chain(&wanted.id);
    let absent: BTreeSet<&String> = all.filter(|name| place(name).is_none()).collect();
    let (spared, absent): (Vec<&String>, Vec<&String>) =
        absent.into_iter().partition(|name| wanted.optional.contains(*name));
    problems.extend(absent.iter().map(|name| table.missing(name)));
    if !spared.is_empty() {
        let names = spared.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        problems.push(Diagnostic::note(
            Code::MissingColumn,
            1,
            format!("没有这些列，相应的指标项不计：{names}"),
            format!("without these columns, whose items are left out: {names}"),
        ));
    }
    for (at, name) in table.names().enumerate().filter(|(at, name)| place(name) != Some(*at) && !name.is_empty()) {
        problems.push(Diagnostic::warning(
            Code::NotATable,
            1,
            format!("列「{name}」出现两次，第 {} 列没有用", at + 1),
            format!("column `{name}` stands twice; column {} is not used", at + 1),
        ));
    }
    let Some(id) = id.filter(|_| absent.is_empty()) else { return (None, problems) };
    let id_name = table.names().nth(id).unwrap_or_default().to_owned();
    let mut columns = Reading::new(wanted, place);
    let mut cells = Cells::default();
    let (mut lines, mut ids) = (Vec::new(), Vec::new());
    let uneven = table.each(|row| {
        ids.push(row.get(id).to_owned());
        lines.push(row.line);
        columns.row(row, &mut cells, &mut problems);
    });
    problems.extend(uneven);
    let mut units = Units { id_name, ..Units::new(ids) };
    units.columns = columns.finish();
    doubles(&mut units, &lines, &mut cells, &mut problems);
    cells.rest(&mut problems);
    (Some(units), problems)
}

/// Columns as they grow.
struct Reading {
    numbers: Vec<(String, usize, Vec<f64>)>,
    words: Vec<(String, usize, Words)>,
}

#[derive(Default)]
struct Words {
    known: BTreeMap<String, u32>,
    codes: Vec<u32>,
    names: Vec<String>,
}

impl Words {
    fn push(&mut self, word: &str) {
        let code = self.known.get(word).copied().unwrap_or_else(|| {
            let code = self.names.len() as u32;
            self.known.insert(word.to_owned(), code);
            self.names.push(word.to_owned());
            code
        });
        self.codes.push(code);
    }
}

impl Reading {
    fn new(wanted: &Wanted, place: impl Fn(&str) -> Option<usize>) -> Self {
        let placed = |name: &String| place(name).map(|at| (name.clone(), at));
        Self {
            numbers: wanted.numbers.iter().filter_map(placed).map(|(name, at)| (name, at, Vec::new())).collect(),
            words: wanted.words.iter().filter_map(placed).map(|(name, at)| (name, at, Words::default())).collect(),
        }
    }

    fn row(&mut self, row: &Row<'_>, cells: &mut Cells, problems: &mut Vec<Diagnostic>) {
        for (name, at, column) in &mut self.numbers {
            let cell = row.get(*at);
            let found = number(cell);
            // Words beside numbers are no mistake where words are wanted too.
            let told = !self.words.iter().any(|(words, ..)| words == name);
            if found.is_none() && told && cells.named(name, true) {
                problems.push(Diagnostic::error(
                    Code::BadNumber,
                    row.line,
                    format!("列「{name}」里的「{cell}」不是有限的数，按没有值处理"),
                    format!("`{cell}` in column `{name}` is no finite number; taken for missing"),
                ));
            }
            column.push(found.unwrap_or(f64::NAN));
        }
        for (_, at, words) in &mut self.words {
            words.push(row.get(*at));
        }
    }

    fn finish(self) -> BTreeMap<String, Column> {
        let mut columns: BTreeMap<String, Column> =
            self.numbers.into_iter().map(|(name, _, column)| (name, Column::Numbers(column))).collect();
        for (name, _, words) in self.words {
            // A column may be wanted both ways, as a number and as a word: codes are written with digits.
            let numbers = columns.remove(&name).and_then(|column| match column {
                Column::Numbers(numbers) => Some(numbers),
                Column::Words { .. } => None,
            });
            columns.insert(name, Column::Words { codes: words.codes, names: words.names, numbers });
        }
        columns
    }
}

/// Units of one name: neither is graded, for it is not known which row holds.
fn doubles(units: &mut Units, lines: &[usize], cells: &mut Cells, problems: &mut Vec<Diagnostic>) {
    let mut order: Vec<u32> = (0..units.ids.len() as u32).collect();
    let id = |row: &u32| units.ids.get(*row as usize).map(String::as_str).unwrap_or_default();
    order.sort_unstable_by(|one, other| id(one).cmp(id(other)).then(one.cmp(other)));
    let mut doubtful = vec![false; units.ids.len()];
    let mut told = Vec::new();
    for run in order.chunk_by(|one, other| id(one) == id(other)) {
        let Some(first) = run.first() else { continue };
        let name = id(first);
        if run.len() == 1 && !name.is_empty() {
            continue;
        }
        for row in run {
            if let Some(place) = doubtful.get_mut(*row as usize) {
                *place = true;
            }
            told.push((lines.get(*row as usize).copied().unwrap_or(0), name.to_owned()));
        }
    }
    told.sort();
    for (line, name) in told {
        if !cells.named(&units.id_name, false) {
            continue;
        }
        problems.push(if name.is_empty() {
            Diagnostic::warning(Code::BadId, line, "没有名称，这一行不算", "it has no name and does not count")
        } else {
            Diagnostic::warning(
                Code::BadId,
                line,
                format!("「{name}」不止一行，分不清以哪行为准，都不算"),
                format!("`{name}` stands in more than one row; which holds is not known, and none counts"),
            )
        });
    }
    units.doubtful = doubtful;
}
