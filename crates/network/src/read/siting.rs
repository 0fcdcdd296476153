//! Demands, sites and the costs between them, three tables: `id,weight` · `id` and any of `cost,existing` · `from,to,cost`.
//!
//! Ids are any text. Columns that are not named here are left alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::{Row, Table};
use crate::siting::{Costs, Site};

/// Rows of a table of costs that are told one by one; a broken table has millions.
const MOST_TOLD: usize = 1_000;

/// Numbers above this are slips, and sums of their products could not be told apart.
const LARGEST: f64 = 1e12;

/// A site of which nothing is said.
const CANDIDATE: Site = Site { opening: 1.0, existing: false };

/// Places by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places<T> {
    /// In the order of the file.
    pub ids: Vec<String>,
    /// What is known about each.
    pub values: Vec<T>,
    numbers: HashMap<String, u32>,
}

impl<T> Places<T> {
    fn new() -> Self {
        Self { ids: Vec::new(), values: Vec::new(), numbers: HashMap::new() }
    }

    fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The number of a new id; none where it is there already.
    fn add(&mut self, id: &str, value: T) -> Option<u32> {
        let number = self.ids.len() as u32;
        let Entry::Vacant(place) = self.numbers.entry(id.to_owned()) else { return None };
        place.insert(number);
        self.ids.push(id.to_owned());
        self.values.push(value);
        Some(number)
    }

    /// A place for each row whose value can be read.
    fn read(text: &str, needed: &str, value: impl Fn(&Table<'_>) -> Reader<T>) -> (Option<Self>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let table = Table::new(text, Some(b'#'));
        let mut found = Self::new();
        if let Some([id]) = table.needed(["id"], &mut problems)
            && (needed.is_empty() || table.needed([needed], &mut problems).is_some())
        {
            let value = value(&table);
            table.each(|row| match value(row) {
                Ok(_) if row.get(id).is_empty() => {
                    problems.push(left_out(Code::ShortRow, row.line, "没有 id".into(), "there is no id".into()));
                }
                Ok(value) => {
                    if found.add(row.get(id), value).is_none() {
                        let id = row.get(id);
                        let (zh, en) = (format!("「{id}」前面已有"), format!("`{id}` stands above already"));
                        problems.push(left_out(Code::DuplicateId, row.line, zh, en));
                    }
                }
                Err(problem) => problems.push(problem),
            });
        }
        if found.ids.is_empty() {
            // What is wrong with rows and columns has been said.
            if problems.is_empty() {
                problems.push(nothing("id"));
            }
            return (None, problems);
        }
        (Some(found), problems)
    }
}

/// Reads what a row says about a place.
type Reader<T> = Box<dyn Fn(&Row<'_>) -> Result<T, Diagnostic>>;

/// Reads demands: `id` and a column of weights, such as people. Rows that cannot be read are left out and said.
#[must_use]
pub fn demands(text: &str, column: &str) -> (Option<Places<f64>>, Vec<Diagnostic>) {
    Places::read(text, column, |table| {
        let (weight, name) = (table.column(column), column.to_owned());
        Box::new(move |row| number(&name, row.get(weight), row.line))
    })
}

/// Reads sites: `id` and any of `cost` (what opening it costs, 1 where there is no such column) and `existing` (yes or no, no
/// where it is empty). Rows that cannot be read are left out and said.
#[must_use]
pub fn sites(text: &str) -> (Option<Places<Site>>, Vec<Diagnostic>) {
    Places::read(text, "", |table| {
        let (cost, existing) = (table.column("cost"), table.column("existing"));
        Box::new(move |row| {
            let opening = if cost.is_none() { 1.0 } else { number("cost", row.get(cost), row.line)? };
            let existing = match row.get(existing).to_lowercase().as_str() {
                "" | "0" | "no" | "false" | "否" => false,
                "1" | "yes" | "true" | "是" => true,
                other => {
                    let (zh, en) = (
                        format!("existing 应为 yes 或 no，而不是「{other}」"),
                        format!("existing must be yes or no, not `{other}`"),
                    );
                    return Err(left_out(Code::BadNumber, row.line, zh, en));
                }
            };
            Ok(Site { opening, existing })
        })
    })
}

/// Reads costs `from` demands `to` sites, with the sites named there where none are given. A cost that is empty or `inf` is no
/// way. Rows of other demands and sites are left alone; how many is said.
#[must_use]
pub fn costs(
    text: &str,
    demands: &Places<f64>,
    sites: Option<Places<Site>>,
) -> (Option<(Costs, Places<Site>)>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let table = Table::new(text, Some(b'#'));
    let Some([from, to, cost]) = table.needed(["from", "to", "cost"], &mut problems) else { return (None, problems) };
    let given = sites.is_some();
    let mut sites = sites.unwrap_or_else(Places::new);
    let mut strangers = [Strangers::default(), Strangers::default()];
    let (mut pairs, mut broken) = (Vec::new(), 0);
    table.each(|row| {
        let [begins, ends] = &mut strangers;
        let Some(demand) = demands.number(row.get(from)) else { return begins.count(row, from) };
        let known = sites.number(row.get(to));
        // The first row of a site makes it where no table does.
        let made = known.is_none() && !given && !row.get(to).is_empty();
        let site = if made { sites.add(row.get(to), CANDIDATE) } else { known };
        let Some(site) = site else { return ends.count(row, to) };
        match row.get(cost) {
            "" | "inf" | "Infinity" => {}
            text => match number("cost", text, row.line) {
                Ok(cost) => pairs.push((demand, site, cost)),
                Err(problem) => {
                    broken += 1;
                    if broken <= MOST_TOLD {
                        problems.push(problem);
                    }
                }
            },
        }
    });
    if broken > MOST_TOLD {
        let (zh, en) = (format!("这样的行共有 {broken} 个"), format!("there are {broken} such rows"));
        problems.push(Diagnostic::error(Code::BadNumber, 0, zh, en));
    }
    let [begins, ends] = strangers;
    problems.extend(begins.note("from", "需求", "a demand"));
    problems.extend(ends.note("to", "候选点", "a site"));
    if pairs.is_empty() {
        problems.push(nothing("from,to,cost"));
        return (None, problems);
    }
    pairs.sort_unstable_by_key(|(demand, site, _)| (*demand, *site));
    let again: Vec<_> = pairs.windows(2).filter_map(same_pair).collect();
    if let Some((demand, site)) = again.first() {
        let name = |ids: &[String], at: u32| ids.get(at as usize).cloned().unwrap_or_default();
        let (from, to, more) = (name(&demands.ids, *demand), name(&sites.ids, *site), again.len());
        problems.push(Diagnostic::warning(
            Code::DuplicateId,
            0,
            format!("有 {more} 行的 from 和 to 前面已有，如从「{from}」到「{to}」；取其中最小的 cost"),
            format!("{more} rows have a `from` and `to` that stand above, such as `{from}` to `{to}`; the lowest cost counts"),
        ));
    }
    let costs = Costs::new(demands.ids.len(), pairs);
    (Some((costs, sites)), problems)
}

/// The pair of two rows, where it is the same.
fn same_pair(rows: &[(u32, u32, f64)]) -> Option<(u32, u32)> {
    match rows {
        [a, b] if (a.0, a.1) == (b.0, b.1) => Some((a.0, a.1)),
        _ => None,
    }
}

/// Rows whose id is not in another table.
#[derive(Default)]
struct Strangers {
    rows: usize,
    first: Option<(usize, String)>,
}

impl Strangers {
    fn count(&mut self, row: &Row<'_>, column: Option<usize>) {
        self.rows += 1;
        self.first.get_or_insert_with(|| (row.line, row.get(column).to_owned()));
    }

    fn note(self, column: &str, zh: &str, en: &str) -> Option<Diagnostic> {
        let (rows, (line, id)) = (self.rows, self.first?);
        Some(Diagnostic::note(
            Code::UnknownId,
            line,
            format!("有 {rows} 行的 {column} 不是{zh}，如「{id}」；没有用"),
            format!("{rows} rows have a `{column}` that is not {en}, such as `{id}`; they are left out"),
        ))
    }
}

fn number(name: &str, text: &str, line: usize) -> Result<f64, Diagnostic> {
    let value = text.parse::<f64>().ok().filter(|value| (0.0..=LARGEST).contains(value));
    value.ok_or_else(|| {
        let zh = format!("{name} 应为 0 到 1e12 的数，而不是「{text}」");
        left_out(Code::BadNumber, line, zh, format!("{name} must be a number from 0 to 1e12, not `{text}`"))
    })
}

fn left_out(code: Code, line: usize, zh: String, en: String) -> Diagnostic {
    Diagnostic::error(code, line, zh + "；该行没有用", en + "; the row is left out")
}

fn nothing(columns: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NotANetwork,
        1,
        format!("没有读到一行可用的：应有列 {columns}"),
        format!("no row could be used: expected the columns {columns}"),
    )
}
