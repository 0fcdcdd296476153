//! Tables of units, earlier results and events, as CSV.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Event, History};
use crate::rules::{Day, Method, Missing, RuleSet, Spread};
use crate::units::{Column, Units};

/// Problems of one kind in one column that are named line by line; of more, the number is told.
const NAMED: usize = 10;

/// What stands for nothing.
const NOTHING: &[&str] = &["", "NA", "N/A", "null", "NULL", "-", "—", "…"];

/// Columns whose name is taken by results.
const YES: &[&str] = &["true", "TRUE", "yes", "是"];
const NO: &[&str] = &["false", "FALSE", "no", "否"];

/// What a table is read for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The column with names of units; the first where none is given.
    pub id: Option<String>,
    /// Columns of numbers.
    pub numbers: BTreeSet<String>,
    /// Columns of words.
    pub words: BTreeSet<String>,
    /// Those of both that the table may do without: they only serve items that may be left out, or that events speak for.
    pub optional: BTreeSet<String>,
}

impl Wanted {
    /// What rules need. A name in a condition that stands for an item's value is no column, unless an item is computed from a
    /// column of that name: `tax` may be `tax / land`.
    #[must_use]
    pub fn by(rules: &RuleSet) -> Self {
        let mut wanted = Self { id: rules.id_column.clone(), ..Self::default() };
        rules.columns(&mut |name, words| {
            let set = if words { &mut wanted.words } else { &mut wanted.numbers };
            set.insert(name.to_owned());
        });
        let mut sources = BTreeSet::new();
        for item in &rules.items {
            item.value.columns(&mut |name, _| {
                sources.insert(name);
            });
            if let Some(Spread::Columns(low, high)) = &item.spread {
                sources.extend([low.as_str(), high.as_str()]);
            }
        }
        let computed = |name: &str| name == "total" || rules.item(name).is_some();
        wanted.numbers.retain(|name| sources.contains(name.as_str()) || !computed(name));
        wanted.optional = optional(rules);
        wanted
    }

    /// The same for another set too: both are applied to one table.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let needed = |wanted: &Self, name: &String| {
            !wanted.optional.contains(name) && (wanted.numbers.contains(name) || wanted.words.contains(name))
        };
        let both = self.optional.iter().chain(&other.optional);
        self.optional = both.filter(|name| !needed(&self, name) && !needed(&other, name)).cloned().collect();
        self.id = self.id.or(other.id);
        self.numbers.extend(other.numbers);
        self.words.extend(other.words);
        self
    }
}

/// Columns of items that may be left out, and of nothing else.
fn optional(rules: &RuleSet) -> BTreeSet<String> {
    let mut serves: BTreeMap<&str, bool> = BTreeMap::new();
    for item in &rules.items {
        let spares = item.missing == Missing::Drop || matches!(item.normalise.method, Method::Deduction { .. });
        item.value.columns(&mut |name, _| *serves.entry(name).or_insert(true) &= spares);
    }
    let mut needed = BTreeSet::new();
    for exception in &rules.exceptions {
        exception.when.columns(&mut |name, _| {
            needed.insert(name);
        });
    }
    for consequence in &rules.consequences {
        for formula in [&consequence.unless, &consequence.other].into_iter().flatten() {
            formula.columns(&mut |name, _| {
                needed.insert(name);
            });
        }
    }
    serves
        .into_iter()
        .filter(|(name, spares)| *spares && !needed.contains(name))
        .map(|(name, _)| name.to_owned())
        .collect()
}

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
                format!("列「{column}」还有 {more} 格同样的问题，没有逐一列出"),
                format!("column `{column}`: {more} more cells of the same kind are not listed"),
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
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().cloned().unwrap_or_default();
    if head.iter().all(str::is_empty) {
        problems.push(Diagnostic::error(Code::NotATable, 1, "没有表头", "there is no row of names"));
        return (None, problems);
    }
    open_quote(text, &mut problems);
    let place = |name: &str| head.iter().position(|column| column == name);
    let id = wanted.id.as_deref().map_or(Some(0), place);
    let all = wanted.numbers.iter().chain(&wanted.words).chain(&wanted.id);
    let absent: BTreeSet<&String> = all.filter(|name| place(name).is_none()).collect();
    let (spared, absent): (Vec<&String>, Vec<&String>) =
        absent.into_iter().partition(|name| wanted.optional.contains(*name));
    for name in &absent {
        problems.push(Diagnostic::error(
            Code::MissingColumn,
            1,
            format!("缺少列「{name}」{}", nearest(name, &head).0),
            format!("there is no column `{name}`{}", nearest(name, &head).1),
        ));
    }
    if !spared.is_empty() {
        let names = spared.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        problems.push(Diagnostic::note(
            Code::MissingColumn,
            1,
            format!("没有这些列，相应的指标项不计：{names}"),
            format!("without these columns, whose items are left out: {names}"),
        ));
    }
    for (at, name) in head.iter().enumerate().filter(|(at, name)| place(name) != Some(*at) && !name.is_empty()) {
        problems.push(Diagnostic::warning(
            Code::NotATable,
            1,
            format!("列「{name}」出现两次，第 {} 列没有用", at + 1),
            format!("column `{name}` stands twice; column {} is not used", at + 1),
        ));
    }
    let Some(id) = id.filter(|_| absent.is_empty()) else { return (None, problems) };
    let mut columns = Reading::new(wanted, place);
    let mut record = StringRecord::new();
    let mut cells = Cells::default();
    let mut lines = Vec::new();
    let mut ids = Vec::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, |position| position.line() as usize);
        if record.iter().all(str::is_empty) {
            continue;
        }
        ids.push(record.get(id).unwrap_or_default().to_owned());
        lines.push(line);
        columns.row(&record, line, &mut cells, &mut problems);
    }
    let mut units = Units::new(ids);
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

    fn row(&mut self, record: &StringRecord, line: usize, cells: &mut Cells, problems: &mut Vec<Diagnostic>) {
        for (name, at, column) in &mut self.numbers {
            let cell = record.get(*at).unwrap_or_default();
            let found = number(cell);
            if found.is_none() && cells.named(name, true) {
                problems.push(Diagnostic::error(
                    Code::BadNumber,
                    line,
                    format!("列「{name}」里的「{cell}」不是有限的数，按没有值处理"),
                    format!("`{cell}` in column `{name}` is no finite number; taken for missing"),
                ));
            }
            column.push(found.unwrap_or(f64::NAN));
        }
        for (_, at, words) in &mut self.words {
            words.push(record.get(*at).unwrap_or_default());
        }
    }

    fn finish(self) -> BTreeMap<String, Column> {
        let numbers = self.numbers.into_iter().map(|(name, _, column)| (name, Column::Numbers(column)));
        let words = self
            .words
            .into_iter()
            .map(|(name, _, words)| (name, Column::Words { codes: words.codes, names: words.names }));
        // A column that is wanted both ways, as a number and as a word, is read as words: codes are written with digits.
        numbers.chain(words).collect()
    }
}

/// A cell as a number: NaN for nothing, none where it holds something else.
fn number(cell: &str) -> Option<f64> {
    if NOTHING.contains(&cell) {
        return Some(f64::NAN);
    }
    if let Ok(found) = cell.parse::<f64>() {
        return found.is_finite().then_some(found);
    }
    if YES.contains(&cell) || NO.contains(&cell) {
        return Some(if YES.contains(&cell) { 1.0 } else { 0.0 });
    }
    // Thousands as spreadsheets show them.
    let grouped = cell.split(',').enumerate().all(|(at, part)| {
        let part = part.split('.').next().unwrap_or_default().trim_start_matches('-');
        (if at == 0 { (1..=3).contains(&part.len()) } else { part.len() == 3 })
            && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !grouped {
        return None;
    }
    cell.replace(',', "").parse::<f64>().ok().filter(|found| found.is_finite())
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
        if !cells.named("id", false) {
            continue;
        }
        problems.push(if name.is_empty() {
            Diagnostic::warning(Code::BadId, line, "没有名称，不评价", "it has no name and is not graded")
        } else {
            Diagnostic::warning(
                Code::BadId,
                line,
                format!("「{name}」不止一行，分不清以哪行为准，都不评价"),
                format!("`{name}` stands in more than one row; which holds is not known, and none is graded"),
            )
        });
    }
    units.doubtful = doubtful;
}

fn nearest(name: &str, head: &StringRecord) -> (String, String) {
    let near = super::fields::nearest(name, head.iter());
    (near.zh, near.en)
}

fn open_quote(text: &str, problems: &mut Vec<Diagnostic>) {
    let quotes = text.bytes().filter(|byte| *byte == b'"').count();
    if quotes % 2 == 1 {
        let last = text.rfind('"').and_then(|last| text.get(..last)).unwrap_or_default();
        problems.push(Diagnostic::error(
            Code::NotATable,
            1 + last.matches('\n').count(),
            "引号没有成对：从这里到后面的引号都成了一格",
            "a quote without its other end: all from here to a later quote is one field",
        ));
    }
}

/// Reads results of an earlier year, as the table of results has them: the first column and `class`.
#[must_use]
pub fn history(text: &str) -> (Option<History>, Vec<Diagnostic>) {
    let wanted = Wanted { words: BTreeSet::from(["class".to_owned()]), ..Wanted::default() };
    let (units, problems) = read(text, &wanted);
    let history = units.map(|units| {
        let class = |(row, id): (usize, &String)| {
            let class = units.columns.get("class")?.word(row).filter(|class| !class.is_empty())?;
            (units.doubtful.get(row) == Some(&false)).then(|| (id.clone(), class.to_owned()))
        };
        History { classes: units.ids.iter().enumerate().filter_map(class).collect() }
    });
    (history, problems)
}

/// Reads single events: `unit`, `item`, `date`, `points`. Those of units or items that are not known are told and left out.
#[must_use]
pub fn events(text: &str, rules: &RuleSet, units: &Units) -> (Vec<Event>, Vec<Diagnostic>) {
    let rows: BTreeMap<&str, u32> = units.ids.iter().enumerate().map(|(row, id)| (id.as_str(), row as u32)).collect();
    let mut problems = Vec::new();
    let mut events = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().cloned().unwrap_or_default();
    let places = ["unit", "item", "date", "points"].map(|name| (name, head.iter().position(|column| column == name)));
    for (name, _) in places.iter().filter(|(_, place)| place.is_none()) {
        problems.push(Diagnostic::error(
            Code::MissingColumn,
            1,
            format!("缺少列「{name}」"),
            format!("there is no column `{name}`"),
        ));
    }
    if !problems.is_empty() {
        return (events, problems);
    }
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, |position| position.line() as usize);
        let [unit, item, date, points] =
            places.map(|(_, place)| place.and_then(|at| record.get(at)).unwrap_or_default());
        let found = (|| {
            let row = rows.get(unit).ok_or(("unit", unit))?;
            let item = rules.item(item).ok_or(("item", item))?;
            let day: Day = date.parse().map_err(|()| ("date", date))?;
            let points = number(points).filter(|points| *points >= 0.0).ok_or(("points", points))?;
            Ok(Event { row: *row, item: item as u32, day, points })
        })();
        match found {
            Ok(event) => events.push(event),
            Err((column, cell)) => problems.push(Diagnostic::error(
                Code::BadValue,
                line,
                format!("列「{column}」的「{cell}」不认识，这一行没有用"),
                format!("`{cell}` in column `{column}` is not known; the row is not used"),
            )),
        }
    }
    (events, problems)
}
