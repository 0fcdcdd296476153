//! Rows of a table, by the names of their columns: a value, perhaps a weight, perhaps a group.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::read::table::{Table, number};

/// Which columns of a table are meant.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// What is shared.
    pub value: &'a str,
    /// How many a row stands for; 1 where there is no such column.
    pub weight: Option<&'a str>,
    /// What the row belongs to.
    pub by: Option<&'a str>,
}

/// Rows that were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Values of the rows.
    pub values: Vec<f64>,
    /// Weights of the rows.
    pub weights: Vec<f64>,
    /// For each row its place among the names; all 0 where no column says it.
    pub groups: Vec<usize>,
    /// Names of the groups, as they come.
    pub names: Vec<String>,
    /// Rows left out because value or weight is empty.
    pub missing: usize,
}

/// Reads a table with a row of names. A value or weight that is empty is missing and counted; a field that is no number, a weight
/// below 0 and a group without a name are told with their line and left out. Lines that begin with `#` are no rows.
#[must_use]
pub fn rows(text: &str, columns: &Columns<'_>) -> (Option<Rows>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let Some(table) = Table::new(text, &mut problems) else { return (None, problems) };
    let wanted = [Some(columns.value), columns.weight, columns.by];
    let places = wanted.map(|name| name.and_then(|name| table.place(name)));
    for (name, _) in wanted.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        problems.extend(name.map(|name| table.missing(name)));
    }
    if wanted.iter().zip(&places).any(|(name, place)| name.is_some() && place.is_none()) {
        return (None, problems);
    }
    let (mut read, mut known) = (Rows::default(), BTreeMap::new());
    let uneven = table.each(|row| {
        let line = row.line;
        let field = |place: Option<usize>| place.map(|at| row.get(at)).unwrap_or_default();
        let [value, weight, group] = places.map(field);
        let number = |name: &str, text: &str, least: f64| match number(text) {
            Some(found) if found >= least || found.is_nan() => Ok(found),
            _ => Err(bad_number(line, name, text, least)),
        };
        let value = number(columns.value, value, f64::NEG_INFINITY);
        let weight = columns.weight.map_or(Ok(1.0), |name| number(name, weight, 0.0));
        if [&value, &weight].iter().any(|found| found.as_ref().is_ok_and(|found| found.is_nan())) {
            read.missing += 1;
            return;
        }
        match (value, weight) {
            (Ok(value), Ok(weight)) if columns.by.is_none() || !group.is_empty() => {
                let place = *known.entry(group.to_owned()).or_insert_with(|| {
                    read.names.push(group.to_owned());
                    read.names.len() - 1
                });
                read.values.push(value);
                read.weights.push(weight);
                read.groups.push(place);
            }
            (Ok(_), Ok(_)) => problems.push(no_group(line, columns.by.unwrap_or_default())),
            (value, weight) => problems.extend([value.err(), weight.err()].into_iter().flatten()),
        }
    });
    problems.extend(uneven);
    (Some(read), problems)
}

fn bad_number(line: usize, name: &str, text: &str, least: f64) -> Diagnostic {
    let (zh, en) =
        if least == 0.0 { ("应为不小于 0 的数", "a number not below 0") } else { ("应为数", "a number") };
    Diagnostic::error(
        Code::BadNumber,
        line,
        format!("「{name}」是「{text}」，{zh}，不带单位；该行未读入"),
        format!("`{name}` is `{text}`, expected {en} without units; the row was left out"),
    )
}

fn no_group(line: usize, name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BadGroup,
        line,
        format!("「{name}」空着，不知属于哪一组；该行未读入"),
        format!("`{name}` is empty, so that the row is in no group; the row was left out"),
    )
}

#[cfg(test)]
mod tests {
    use super::{Columns, Rows, rows};

    const ALL: Columns<'_> = Columns { value: "income", weight: Some("weight"), by: Some("district") };

    #[test]
    fn rows_are_read_by_the_names_of_columns() {
        let text =
            "\u{feff}# invented\ndistrict, weight,income,note\nnorth,2,-5.5,\"a, b\"\nsouth,0,1e3,\n\nnorth,1,—,\n";
        let (read, problems) = rows(text, &ALL);
        let expected = Rows {
            values: vec![-5.5, 1000.0],
            weights: vec![2.0, 0.0],
            groups: vec![0, 1],
            names: vec!["north".into(), "south".into()],
            missing: 1,
        };
        assert_eq!((read, problems), (Some(expected), vec![]));
        let (read, _) = rows(text, &Columns { weight: None, by: None, ..ALL });
        assert_eq!(read.map(|read| (read.weights, read.names)), Some((vec![1.0, 1.0], vec![String::new()])));
    }

    #[test]
    fn bad_rows_are_told_with_their_line() {
        let text = "income,weight,district\n1,1,a\n\"62 699\",1,a\n\nNaN,-1,a\n3,1,\n4,inf,a\n";
        let (read, problems) = rows(text, &ALL);
        assert_eq!(read.map(|read| read.values), Some(vec![1.0]));
        let told: Vec<(usize, &str)> = problems.iter().map(|p| (p.line, p.code.word())).collect();
        let expected = [(3, "number"), (5, "number"), (5, "number"), (6, "group"), (7, "number")];
        assert_eq!(
            told,
            expected.map(|(line, what)| (line, if what == "group" { "units-bad-group" } else { "units-bad-number" }))
        );
    }

    #[test]
    fn what_is_no_such_table_is_told() {
        let (read, problems) = rows("income,wheight\n1,1\n", &ALL);
        assert_eq!((read, problems.len()), (None, 2));
        assert!(problems[0].message.en.contains("there are: income, wheight"));
        let (read, problems) = rows("", &ALL);
        assert_eq!((read, problems[0].message.en.as_str()), (None, "there is no row of names"));
        let (_, problems) = rows("income,weight,district\n1,1,\"a\n2,1,b\n", &ALL);
        assert_eq!((problems[0].code.word(), problems[0].line), ("units-not-a-table", 2));
    }
}
