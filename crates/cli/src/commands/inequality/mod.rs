//! `lantu inequality`: how unevenly something is shared, in all and by groups.

mod figures;

use lantu_appraisal::inequality::{Cells, Columns, Parts, Refusal, Undefined, decompose, rows};
use lantu_blueprint::Lang;
use serde_json::{Map, Value, json};

use super::told::tell_appraisal;
use super::{put, say};
use crate::Outcome;
use crate::arguments_inequality::Inequality;
use crate::arguments_output::Shape;
use crate::models::output::{Column, Table, value};
use crate::text::table::{Cell, render};
use crate::text::{file, style};
use figures::{Figures, reason};

pub(crate) fn run(command: &Inequality, lang: Lang) -> anyhow::Result<Outcome> {
    let columns = Columns { value: &command.value, weight: command.weight.as_deref(), by: command.by.as_deref() };
    put::refuse(&command.output, [&command.data], lang)?;
    let (read, problems) = rows(&file::read(&command.data, lang)?, &columns);
    let left_out = tell_appraisal(&problems, &command.data, lang);
    let Some(read) = read else { return Ok(Outcome::Findings) };
    let cells = match Cells::new(&read, command.fewest) {
        Ok(cells) => cells,
        Err(refusal) => {
            anstream::eprintln!("{}", style::bad(&refused(refusal, lang)));
            return Ok(Outcome::Findings);
        }
    };
    if cells.all.rows() < command.fewest {
        anstream::eprintln!("{}", style::bad(&too_few(command.fewest, lang)));
        return Ok(Outcome::Findings);
    }
    let answer = Answer { command, cells: &cells, names: &read.names, lang };
    match command.output.shape() {
        Shape::Text => put::text(&command.output, &answer.as_text())?,
        Shape::Json => put::json(&command.output, &answer.as_json(read.missing))?,
        Shape::Csv | Shape::Parquet => put::table(&command.output, answer.as_table())?,
    }
    answer.notes(read.missing);
    Ok(if left_out { Outcome::Findings } else { Outcome::Fine })
}

fn refused(refusal: Refusal, lang: Lang) -> String {
    match lang {
        // Rows that were read are finite and of one length: what is left is that there are none.
        Lang::Zh => "没有一行既有数值、权重又大于 0".into(),
        Lang::En => refusal.to_string(),
    }
}

fn too_few(fewest: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("少于 {fewest} 行，不显示：从这样少的行里看得出个人"),
        Lang::En => format!("fewer than {fewest} rows are not shown: they would tell about persons"),
    }
}

/// What is shown, with the names of the groups.
struct Answer<'a> {
    command: &'a Inequality,
    cells: &'a Cells,
    names: &'a [String],
    lang: Lang,
}

/// A line of the table: what kind it is, the name of the group, and figures.
struct Line<'a> {
    kind: &'static str,
    name: String,
    figures: Figures<'a>,
}

/// An index taken apart, or why it cannot be.
struct Index {
    id: &'static str,
    name: &'static str,
    parts: Result<Parts, Undefined>,
}

impl Answer<'_> {
    /// All rows first, then the groups.
    fn lines(&self) -> Vec<Line<'_>> {
        let all = &self.cells.all;
        let name = say(self.lang, "全部", "all").to_owned();
        let mut lines = vec![Line { kind: "all", name, figures: Figures::new(all, all) }];
        if self.command.by.is_none() {
            return lines;
        }
        for (group, sample) in &self.cells.shown {
            let name = self.names.get(*group).cloned().unwrap_or_default();
            lines.push(Line { kind: "group", name, figures: Figures::new(sample, all) });
        }
        if let Some((groups, sample)) = &self.cells.together {
            let name = match self.lang {
                Lang::Zh => format!("其余 {groups} 组合计"),
                Lang::En => format!("{groups} others together"),
            };
            lines.push(Line { kind: "together", name, figures: Figures::new(sample, all) });
        }
        lines
    }

    /// Theil T and L within and between the groups; nothing where there is but one part.
    fn parts(&self) -> Option<[Index; 2]> {
        let parts = self.cells.parts();
        let (t, l) = (self.command.by.is_some() && parts.len() > 1).then(|| decompose(&parts))?;
        Some([
            Index { id: "theil_t", name: say(self.lang, "泰尔 T", "Theil T"), parts: t },
            Index { id: "theil_l", name: say(self.lang, "泰尔 L", "Theil L"), parts: l },
        ])
    }

    fn as_text(&self) -> String {
        let weighed = self.command.weight.is_some();
        let dim = |text: &str| Cell::text(text).painted(style::dim);
        let mut head = vec![dim(self.command.by.as_deref().unwrap_or_default())];
        let heads = Figures::heads(self.lang, weighed);
        head.extend(heads.iter().map(|head| Cell::number(*head).painted(style::dim)));
        let mut table = vec![head];
        for line in self.lines() {
            let mut row = vec![Cell::text(line.name)];
            row.extend(line.figures.cells(weighed).into_iter().map(Cell::number));
            table.push(row);
        }
        let mut text = render(&table, &[40], 0);
        if let Some(parts) = self.parts() {
            let heads = [("合计", "total"), ("组内", "within"), ("组间", "between"), ("组间占比", "share between")];
            let mut head = vec![dim("")];
            head.extend(heads.map(|(zh, en)| Cell::number(say(self.lang, zh, en)).painted(style::dim)));
            let mut table = vec![head];
            for Index { name, parts, .. } in parts {
                let cells = parts.map_or_else(
                    |_| vec!["–".to_owned(); 4],
                    |parts| {
                        let share = share(parts).map_or("–".to_owned(), |share| format!("{:.1}%", 100.0 * share));
                        let each = [parts.total(), parts.within, parts.between].map(|part| format!("{part:.4}"));
                        each.into_iter().chain([share]).collect()
                    },
                );
                table.push([dim(name)].into_iter().chain(cells.into_iter().map(Cell::number)).collect());
            }
            text.push('\n');
            text.push_str(&render(&table, &[], 0));
        }
        text
    }

    fn as_table(&self) -> Table {
        let lines = self.lines();
        let names = Figures::names();
        let mut kinds: Vec<&str> = lines.iter().map(|line| line.kind).collect();
        let mut groups: Vec<String> =
            lines.iter().map(|line| if line.kind == "group" { line.name.clone() } else { String::new() }).collect();
        let mut rows: Vec<Option<u32>> =
            lines.iter().map(|line| u32::try_from(line.figures.sample.rows()).ok()).collect();
        let mut figures: Vec<Vec<f64>> = lines.iter().map(|line| line.figures.numbers()).collect();
        if let Some(parts) = self.parts() {
            let part = |name: &str, of: fn(Parts) -> f64| {
                let found = parts.iter().find(|index| index.id == name).and_then(|index| index.parts.ok());
                found.map_or(f64::NAN, of)
            };
            let both = [("within", (|parts| parts.within) as fn(Parts) -> f64), ("between", |parts| parts.between)];
            for (kind, of) in both {
                kinds.push(kind);
                groups.push(String::new());
                rows.push(None);
                figures.push(names.iter().map(|name| part(name, of)).collect());
            }
        }
        let column = |at: usize| figures.iter().map(|line| line.get(at).copied().unwrap_or(f64::NAN)).collect();
        let mut table = vec![
            ("kind".to_owned(), Column::Text(kinds.into_iter().map(str::to_owned).collect())),
            ("group".to_owned(), Column::Text(groups)),
            ("rows".to_owned(), Column::Count(rows)),
        ];
        table.extend(names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), Column::Known(column(at)))));
        table
    }

    fn as_json(&self, missing: usize) -> Value {
        let mut lines = self.lines().into_iter();
        let all = lines.next().map(|line| line.figures.as_json());
        let groups: Vec<Value> = lines
            .map(|line| {
                let mut map = Map::new();
                let together = line.kind == "together";
                map.insert("group".into(), if together { Value::Null } else { line.name.into() });
                if let Some((groups, _)) = self.cells.together.as_ref().filter(|_| together) {
                    map.insert("groups_together".into(), json!(groups));
                }
                map.extend(line.figures.as_json());
                map.into()
            })
            .collect();
        let apart = self.parts().map(|parts| {
            let of = |parts: Parts| {
                json!({
                    "total": value(parts.total()),
                    "within": value(parts.within),
                    "between": value(parts.between),
                    "share_between": share(parts).map_or(Value::Null, value),
                })
            };
            let each = parts.map(|index| (index.id.to_owned(), index.parts.map_or(Value::Null, of)));
            each.into_iter().collect::<Map<_, _>>()
        });
        json!({
            "value": self.command.value,
            "weight": self.command.weight,
            "by": self.command.by,
            "fewest": self.command.fewest,
            "missing": missing + self.cells.all.missing(),
            "weightless": self.cells.all.weightless(),
            "all": all,
            "groups": groups,
            "decomposition": apart,
        })
    }

    /// On standard error, like everything that is left out or cannot be told.
    fn notes(&self, missing: usize) {
        let lang = self.lang;
        let mut notes = Vec::new();
        if missing > 0 {
            notes.push(match lang {
                Lang::Zh => format!("{missing} 行没有数值或权重，未计入"),
                Lang::En => format!("{missing} rows without value or weight are not counted"),
            });
        }
        let weightless = self.cells.all.weightless();
        if weightless > 0 {
            notes.push(match lang {
                Lang::Zh => format!("{weightless} 行的权重是 0，未计入"),
                Lang::En => format!("{weightless} rows with a weight of 0 are not counted"),
            });
        }
        for line in self.lines() {
            let told = line.figures.undefined(lang);
            notes.extend(told.iter().map(|told| format!("{}{}{told}", line.name, say(lang, "：", ": "))));
        }
        for index in self.parts().into_iter().flatten() {
            let Err(why) = index.parts else { continue };
            let why = reason(why, lang);
            notes.push(match lang {
                Lang::Zh => format!("{} 不能分解：{why}", index.name),
                Lang::En => format!("{} cannot be taken apart: {why}", index.name),
            });
        }
        if self.cells.together.is_some() && self.command.by.is_some() {
            let fewest = self.command.fewest;
            notes.push(match lang {
                Lang::Zh => format!("少于 {fewest} 行的组不单列，合在一起；只有一组这样小时，与最小的另一组合并，使人不能由总数推出"),
                Lang::En => format!(
                    "groups of fewer than {fewest} rows are shown together; where only one is so small, with the next smallest, so that the total does not give it away"
                ),
            });
        }
        for note in notes {
            anstream::eprintln!("{}", style::dim(&note));
        }
    }
}

/// What part of an index lies between groups; nothing where all are the same.
fn share(parts: Parts) -> Option<f64> {
    (parts.total() > 0.0).then(|| parts.between / parts.total())
}
