//! What places hold: a table with a column `id` and columns of numbers, and a table of costs between places.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::Table;

/// Rows of one kind that are told one by one.
const MOST_TOLD: usize = 100;

/// One number by the id of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// In the order of the file.
    pub ids: Vec<String>,
    /// Not below 0.
    pub values: Vec<f64>,
}

impl Held {
    /// The numbers of some places, 0 where there is none, and of how many there is none.
    #[must_use]
    pub fn of(&self, ids: &[String]) -> (Vec<f64>, usize) {
        let known: HashMap<&str, f64> = self.ids.iter().map(String::as_str).zip(self.values.iter().copied()).collect();
        let mut lacking = 0;
        let value = |id: &String| {
            known.get(id.as_str()).copied().unwrap_or_else(|| {
                lacking += 1;
                0.0
            })
        };
        (ids.iter().map(value).collect(), lacking)
    }
}

/// Reads the column of that name. A cell that is empty or `NA` is no number; rows that cannot be read are left out and said.
#[must_use]
pub fn held(text: &str, name: &str) -> (Held, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Held::default(), Vec::new());
    let table = Table::new(text, Some(b'#'));
    let Some([id, column]) = table.needed(["id", name], &mut problems) else { return (found, problems) };
    let (mut seen, mut broken) = (HashMap::new(), 0);
    table.each(|row| {
        let place = row.get(id);
        // Not known, which whoever asks for the place is told.
        if matches!(row.get(column), "" | "NA") {
            return;
        }
        let value = row.get(column).parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        let problem = match value {
            Some(_) if place.is_empty() => Diagnostic::error(
                Code::ShortRow,
                row.line,
                "没有 id；该行没有用",
                "there is no id; the row is left out",
            ),
            Some(value) => {
                let Some(first) = seen.insert(place.to_owned(), row.line) else {
                    found.ids.push(place.to_owned());
                    return found.values.push(value);
                };
                Diagnostic::error(
                    Code::DuplicateId,
                    row.line,
                    format!("「{place}」在第 {first} 行已有；该行没有用"),
                    format!("`{place}` stands in line {first} already; the row is left out"),
                )
            }
            None => {
                let text = row.get(column);
                Diagnostic::error(
                    Code::BadNumber,
                    row.line,
                    format!("{name} 应为不小于 0 的数，而不是「{text}」；该行没有用"),
                    format!("{name} must be a number not below 0, not `{text}`; the row is left out"),
                )
            }
        };
        broken += 1;
        if broken <= MOST_TOLD {
            problems.push(problem);
        }
    });
    tell_rest(broken, &mut problems);
    (found, problems)
}

/// Costs from places to places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Between {
    /// Where ways begin, in the order of the file.
    pub from: Vec<String>,
    /// Where they end.
    pub to: Vec<String>,
    /// `costs[from][to]`, infinite where the file has no cost.
    pub costs: Vec<Vec<f64>>,
}

/// The file may name so many pairs of places; every pair takes room.
const MOST_PAIRS: usize = 400_000_000;

/// Reads costs, with the columns `from,to,cost`. A cost that is empty or `inf` is no way; of several for one pair the least
/// counts. Rows that cannot be read are left out and said.
#[must_use]
pub fn between(text: &str) -> (Option<Between>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let table = Table::new(text, Some(b'#'));
    let Some([from, to, cost]) = table.needed(["from", "to", "cost"], &mut problems) else { return (None, problems) };
    let (mut begins, mut ends) = (Numbered::default(), Numbered::default());
    let (mut pairs, mut broken) = (Vec::new(), 0);
    table.each(|row| {
        let value = match row.get(cost) {
            "" | "inf" | "Infinity" => Some(f64::INFINITY),
            text => text.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0),
        };
        let named = !row.get(from).is_empty() && !row.get(to).is_empty();
        if let Some(value) = value.filter(|_| named) {
            return pairs.push((begins.number(row.get(from)), ends.number(row.get(to)), value));
        }
        broken += 1;
        if broken <= MOST_TOLD {
            problems.push(Diagnostic::error(
                Code::BadNumber,
                row.line,
                "应有 from、to 和不小于 0 的 cost；该行没有用",
                "expected from, to and a cost not below 0; the row is left out",
            ));
        }
    });
    tell_rest(broken, &mut problems);
    if pairs.is_empty() || begins.ids.len().saturating_mul(ends.ids.len()) > MOST_PAIRS {
        problems.push(Diagnostic::error(
            Code::NotANetwork,
            0,
            format!("没有读到费用，或地点对超过 {MOST_PAIRS} 对"),
            format!("no costs were read, or there are more than {MOST_PAIRS} pairs of places"),
        ));
        return (None, problems);
    }
    // NaN until a row is there.
    let mut costs = vec![vec![f64::NAN; ends.ids.len()]; begins.ids.len()];
    let mut again = 0;
    for (from, to, value) in pairs {
        if let Some(cost) = costs.get_mut(from).and_then(|row| row.get_mut(to)) {
            again += usize::from(!cost.is_nan());
            *cost = f64::min(*cost, value);
        }
    }
    costs.iter_mut().flatten().filter(|cost| cost.is_nan()).for_each(|cost| *cost = f64::INFINITY);
    if again > 0 {
        problems.push(Diagnostic::warning(
            Code::DuplicateId,
            0,
            format!("有 {again} 行的 from 和 to 前面已有；取其中最小的 cost"),
            format!("{again} rows have a from and to that stand above; the lowest cost counts"),
        ));
    }
    (Some(Between { from: begins.ids, to: ends.ids, costs }), problems)
}

fn tell_rest(broken: usize, problems: &mut Vec<Diagnostic>) {
    if broken > MOST_TOLD {
        let (zh, en) = (format!("没有用的行共有 {broken} 个"), format!("{broken} rows are left out in all"));
        problems.push(Diagnostic::error(Code::BadNumber, 0, zh, en));
    }
}

/// Ids with their numbers, in the order in which they came.
#[derive(Default)]
struct Numbered {
    ids: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Numbered {
    fn number(&mut self, id: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.ids.len();
        self.ids.push(id.to_owned());
        self.numbers.insert(id.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::{between, held};
    use crate::diagnostic::Code;

    #[test]
    fn a_column_by_id() {
        let (found, problems) = held("id,name,jobs\na,north,5\nb,,x\na,,7\n,,3\nc,south,0\nd,,NA\n", "jobs");
        assert_eq!((found.ids.join(" "), found.values.as_slice()), ("a c".into(), &[5.0, 0.0][..]));
        let said: Vec<(Code, usize)> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert_eq!(said, [(Code::BadNumber, 3), (Code::DuplicateId, 4), (Code::ShortRow, 5)]);
        assert_eq!(found.of(&["c".into(), "z".into(), "a".into()]), (vec![0.0, 0.0, 5.0], 1));
        assert_eq!(held("id,jobs\n", "people").1.first().map(|problem| problem.code), Some(Code::MissingColumn));
    }

    #[test]
    fn costs_between_places() {
        let (found, problems) = between("from,to,cost\na,x,5\na,x,4\nb,y,inf\nb,x,-1\nb,x,nan\n");
        let found = found.unwrap();
        assert_eq!((found.from.join(" "), found.to.join(" ")), ("a b".into(), "x y".into()));
        assert_eq!(found.costs, [[4.0, f64::INFINITY], [f64::INFINITY, f64::INFINITY]]);
        assert_eq!(problems.len(), 3);
        assert!(between("from,to\na,b\n").0.is_none() && between("from,to,cost\n").0.is_none());
    }
}
