//! One unit explained: item by item, and what alone would lift it by a class.

use std::fmt::Write;

use anyhow::anyhow;
use lantu_appraisal::explain::{Input, Lever, Lift, Line, Why, lift, why};
use lantu_blueprint::Lang;
use serde_json::{Value, json};

use super::graded::{Graded, shown};
use super::sentences::{consequences, reasons};
use crate::commands::say;
use crate::commands::told::text;
use crate::models::output::value;
use crate::text::style;
use crate::text::table::{Cell, render};

/// A unit with what there is to say about it.
pub(super) struct Explained<'a> {
    graded: &'a Graded<'a>,
    why: Why,
    lift: Option<Lift>,
}

impl<'a> Explained<'a> {
    pub(super) fn of(graded: &'a Graded<'a>, id: &str) -> anyhow::Result<Self> {
        let row = graded.prepared.units.row(id);
        let found = row.and_then(|row| why(graded.prepared, &graded.prepared.weights, graded.found, row));
        let why = found.ok_or_else(|| match graded.lang {
            Lang::Zh => anyhow!("表里没有「{id}」"),
            Lang::En => anyhow!("the table has no `{id}`"),
        })?;
        let lift = lift(graded.prepared, &graded.prepared.weights, graded.found, why.row).ok();
        Ok(Self { graded, why, lift })
    }

    pub(super) fn as_text(&self) -> String {
        let (graded, row, lang) = (self.graded, self.why.row, self.graded.lang);
        let mut facts = Vec::new();
        if let Some(group) = self.why.group.map(|group| graded.group_name(group)).filter(|name| !name.is_empty()) {
            facts.push((say(lang, "组别", "group"), group.to_owned()));
        }
        let class = graded.class(row).map_or(say(lang, "未评价", "not graded"), |class| text(&class.name, lang));
        facts.push((say(lang, "档次", "class"), class.to_owned()));
        facts.push((say(lang, "总分", "total"), graded.shown_total(row)));
        if let Some(rank) = graded.rank(row) {
            facts.push((say(lang, "名次", "rank"), format!("{rank} / {}", self.why.ranked)));
        }
        let facts: Vec<Vec<Cell>> = facts
            .into_iter()
            .map(|(name, said)| vec![Cell::text(name).painted(style::dim), Cell::text(said)])
            .collect();
        let mut out = format!("{}\n{}\n", style::strong(graded.name(row)), render(&facts, &[20, 60], 0));
        out.push_str(&self.items());
        let mut said = String::new();
        for sentence in reasons(graded, row).into_iter().chain(consequences(graded, row)) {
            let _ = writeln!(said, "· {sentence}");
        }
        if !said.is_empty() {
            let _ = writeln!(out, "{said}");
        }
        out.push_str(&self.lifted());
        out
    }

    fn items(&self) -> String {
        let (graded, lang) = (self.graded, self.graded.lang);
        let heads = [
            ("指标", "item"),
            ("数值", "value"),
            ("基准", "benchmark"),
            ("权重", "weight"),
            ("得分", "points"),
            ("占总分", "share"),
            ("依据", "source"),
        ];
        let mut rows = vec![heads.map(|(zh, en)| Cell::text(say(lang, zh, en)).painted(style::dim)).to_vec()];
        for line in &self.why.lines {
            let mark = self.mark(line);
            rows.push(vec![
                Cell::text(graded.item_name(line.item)),
                Cell::number(shown(line.value)),
                Cell::number(line.benchmark.map_or(String::new(), shown)),
                Cell::number(shown(line.weight)),
                Cell::number(line.points.map_or_else(|| shown(graded.score(line.item, self.why.row)), shown)),
                Cell::number(line.share.map_or(String::new(), |share| format!("{:.1}%", 100.0 * share))),
                Cell::text(mark),
            ]);
        }
        format!("{}\n", render(&rows, &[36, 16, 16, 10, 12, 8, 60], 0))
    }

    /// The mark, title and clause of what an item is compared with.
    fn mark(&self, line: &Line) -> String {
        let graded = self.graded;
        let weight = graded.item(line.item).and_then(|item| item.weight.of(self.why.group.unwrap_or(0)));
        let Some((origin, source)) = line.given.or(weight).and_then(|number| graded.rules.origin(number)) else {
            return String::new();
        };
        let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" {clause}"));
        format!("[{}] {}{clause}", origin.confidence.word(), text(&source.title, graded.lang))
    }

    fn input(&self, input: &Input) -> String {
        match input {
            Input::Column(column) => column.clone(),
            Input::Item(item) => self.graded.item_name(*item).to_owned(),
        }
    }

    fn lifted(&self) -> String {
        let (graded, lang) = (self.graded, self.graded.lang);
        let Some(lift) = &self.lift else { return String::new() };
        let class = graded.classes().get(lift.to).map_or("", |class| text(&class.name, lang));
        let needed = shown(lift.needed);
        let least = match (graded.rules.better_high, lift.more) {
            (true, true) => ">",
            (true, false) => "≥",
            (false, true) => "<",
            (false, false) => "≤",
        };
        let mut out = match lang {
            Lang::Zh => format!("总分 {least} {needed} 就到「{class}」（别的都不变）。只改一个数：\n"),
            Lang::En => format!("a total {least} {needed} is `{class}`, all else as it is; one number alone:\n"),
        };
        let rows: Vec<Vec<Cell>> = lift.levers.iter().map(|lever| self.lever(lever)).collect();
        out.push_str(&render(&rows, &[36, 20, 4, 20, 12], 2));
        if !lift.powerless.is_empty() {
            let names: Vec<String> = lift.powerless.iter().map(|input| self.input(input)).collect();
            let names = names.join(say(lang, "、", ", "));
            let _ = match lang {
                Lang::Zh => writeln!(out, "  单靠这些到不了：{names}"),
                Lang::En => writeln!(out, "  these alone cannot do it: {names}"),
            };
        }
        out
    }

    fn lever(&self, lever: &Lever) -> Vec<Cell> {
        let change = (lever.to - lever.now) / lever.now.abs();
        vec![
            Cell::text(self.input(&lever.input)),
            Cell::number(shown(lever.now)),
            Cell::text("→"),
            Cell::number(shown(lever.to)),
            Cell::number(if change.is_finite() { format!("{:+.1}%", 100.0 * change) } else { String::new() }),
        ]
    }

    pub(super) fn as_json(&self) -> Value {
        let (graded, row) = (self.graded, self.why.row);
        let id = |at: usize| graded.item(at).map(|item| item.id.as_str());
        let input = |input: &Input| match input {
            Input::Column(column) => json!({ "column": column }),
            Input::Item(item) => json!({ "item": id(*item) }),
        };
        let class = |at: usize| graded.classes().get(at).map(|class| class.id.as_str());
        let line = |line: &Line| {
            json!({
                "item": id(line.item),
                "name": graded.item_name(line.item),
                "value": value(line.value),
                "scored": value(line.scored),
                "benchmark": line.benchmark.map(value),
                "source": self.mark(line),
                "filled": line.filled,
                "bounded": line.bounded,
                "score": value(line.score),
                "weight": value(line.weight),
                "points": line.points.map(value),
                "share": line.share.map(value),
            })
        };
        json!({
            "id": graded.name(row),
            "group": self.why.group.and_then(|group| graded.prepared.groups.names.get(group)),
            "class": graded.class(row).map(|class| &class.id),
            "total": graded.total(row),
            "rank": graded.rank(row),
            "ranked": self.why.ranked,
            "reasons": reasons(graded, row),
            "consequences": consequences(graded, row),
            "items": self.why.lines.iter().map(line).collect::<Vec<_>>(),
            "lift": self.lift.as_ref().map(|lift| json!({
                "from": class(lift.from),
                "to": class(lift.to),
                "needed": value(lift.needed),
                "more_than_needed": lift.more,
                "levers": lift.levers.iter().map(|lever| json!({
                    "input": input(&lever.input),
                    "name": self.input(&lever.input),
                    "now": value(lever.now),
                    "to": value(lever.to),
                })).collect::<Vec<_>>(),
                "powerless": lift.powerless.iter().map(input).collect::<Vec<_>>(),
            })),
        })
    }
}
