//! One unit explained to people: item by item, what decides its class, and what alone would lift it.

use std::fmt::Write;

use anyhow::anyhow;
use lantu_appraisal::explain::{Certainty, Lift, NoLift, Why, lift, why};
use lantu_blueprint::Lang;

use super::borders;
use super::graded::Graded;
use super::numbers::shown;
use super::people::head;
use super::sentences::{consequences, reasons};
use super::{basis, lifted, lines, words};
use crate::commands::say;
use crate::commands::told::text;
use crate::text::style;
use crate::text::table::{Cell, render};
use crate::text::width;

/// A unit with what there is to say about it.
pub(super) struct Explained<'a> {
    pub(super) graded: &'a Graded<'a>,
    pub(super) why: Why,
    pub(super) lift: Result<Lift, NoLift>,
    pub(super) certainty: Option<&'a Certainty>,
}

/// How sure the rank and the class of a unit are.
pub(super) struct Sure<'a> {
    pub(super) draws: usize,
    /// In 5, 50 and 95 of 100 draws.
    pub(super) ranks: [u32; 3],
    /// The share of draws in each class.
    pub(super) shares: Vec<(&'a str, f64)>,
}

/// The row of a unit that was asked for.
pub(super) fn row(graded: &Graded<'_>, asked: &str) -> anyhow::Result<usize> {
    graded.row(asked).ok_or_else(|| {
        let same = (0..graded.len()).filter(|row| graded.name(*row) == asked || graded.title(*row) == asked).count();
        match (same, graded.lang) {
            (0, Lang::Zh) => anyhow!("表里没有「{asked}」"),
            (0, Lang::En) => anyhow!("the table has no `{asked}`"),
            (_, Lang::Zh) => anyhow!("表里有 {same} 个「{asked}」，请用编号"),
            (_, Lang::En) => anyhow!("the table has {same} of `{asked}`; ask by id"),
        }
    })
}

impl<'a> Explained<'a> {
    pub(super) fn of(graded: &'a Graded<'a>, asked: &str, certainty: Option<&'a Certainty>) -> anyhow::Result<Self> {
        let row = row(graded, asked)?;
        let why = why(graded.prepared, &graded.prepared.weights, graded.found, row)
            .ok_or_else(|| anyhow!("{asked}: {}", say(graded.lang, "没有这一行", "there is no such row")))?;
        let lift = lift(graded.prepared, &graded.prepared.weights, graded.found, row);
        Ok(Self { graded, why, lift, certainty })
    }

    pub(super) fn as_text(&self) -> String {
        let (graded, row) = (self.graded, self.why.row);
        let name = format!("{} {}", graded.called(row), graded.title(row));
        let mut out = format!("{}\n{}\n", style::strong(name.trim()), head(graded, graded.group(row)));
        let _ = writeln!(out, "{}", render(&self.facts(), &[20, 70], 0));
        let reasons = reasons(graded, row);
        // Why there is no grade is what a reader wants first.
        let (first, later) = if graded.is_graded(row) { (Vec::new(), reasons) } else { (reasons, Vec::new()) };
        out.push_str(&listed(&first));
        out.push_str(&self.items());
        out.push_str(&listed(&later.into_iter().chain(consequences(graded, row)).collect::<Vec<_>>()));
        out.push_str(&lifted::as_text(graded, &self.lift, row));
        out
    }

    /// Group, class and what decided it, total, rank, how sure that is.
    fn facts(&self) -> Vec<Vec<Cell>> {
        let (graded, row, lang) = (self.graded, self.why.row, self.graded.lang);
        let mut facts: Vec<(&str, String)> = Vec::new();
        if let Some(group) = self.why.group.map(|group| graded.group_name(group)).filter(|name| !name.is_empty()) {
            facts.push((say(lang, "组别", "group"), group.to_owned()));
        }
        facts.extend(graded.class_in_words(row).map(|class| (say(lang, "档次", "class"), class)));
        if let Some(border) = borders::decisive(graded, row, self.why.ranked) {
            facts.push((say(lang, "分档界线", "border"), border));
        }
        if let Some(class) = borders::last_year(graded, row) {
            facts.push((say(lang, "上次档次", "class before"), class.to_owned()));
        }
        if let Some(rank) = graded.rank(row) {
            facts.push((say(lang, "总分", "total"), graded.shown_total(row)));
            facts.push((say(lang, "名次", "rank"), format!("{rank} / {}", self.why.ranked)));
        }
        if let Some(Sure { draws, ranks: [low, _, high], shares }) = self.sure() {
            let named = shares.iter().filter(|(_, share)| *share > 0.0);
            let shares: Vec<String> = named.map(|(class, share)| format!("{class} {:.0}%", 100.0 * share)).collect();
            let draws = match lang {
                Lang::Zh => format!("{draws} 次抽样"),
                Lang::En => format!("{draws} draws"),
            };
            let place = format!("{}{low}–{high}", say(lang, "名次 5%–95%：", "ranks 5%–95%: "));
            facts.push((
                say(lang, "有多确定", "how sure"),
                [vec![draws, place], shares].concat().join(say(lang, "，", ", ")),
            ));
        }
        let cell = |(name, said): (&str, String)| vec![Cell::text(name).painted(style::dim), Cell::text(said)];
        facts.into_iter().map(cell).collect()
    }

    /// What draws say of it, where there were any.
    pub(super) fn sure(&self) -> Option<Sure<'a>> {
        let (graded, row) = (self.graded, self.why.row);
        let found = self.certainty.filter(|_| graded.rank(row).is_some())?;
        let classes = graded.classes().iter().enumerate();
        let shares = classes.map(|(at, class)| (text(&class.name, graded.lang), found.share(at, row)));
        Some(Sure { draws: found.draws, ranks: *found.ranks.get(row)?, shares: shares.collect() })
    }

    fn items(&self) -> String {
        let (graded, row, lang) = (self.graded, self.why.row, self.graded.lang);
        let ranked = graded.rank(row).is_some();
        let entries = lines::of(graded, &self.why);
        let mut heads = vec![
            Cell::text(say(lang, "指标", "item")),
            Cell::number(say(lang, "数值", "value")),
            Cell::number(say(lang, "基准", "benchmark")),
            Cell::number(say(lang, "权重", "weight")),
        ];
        if ranked {
            heads.push(Cell::number(say(lang, "得分", "points")));
        }
        let shares = entries.iter().any(|entry| entry.share.is_some());
        if shares {
            heads.push(Cell::number(say(lang, "占比", "share")));
        }
        heads.push(Cell::text(say(lang, "依据", "source")));
        let mut rows = vec![heads.into_iter().map(|cell| cell.painted(style::dim)).collect::<Vec<_>>()];
        let digits = lines::digits(&entries);
        let (mut cited, mut from_data) = (Vec::new(), Vec::new());
        for entry in &entries {
            let name = format!("{}{}", "  ".repeat(entry.depth), entry.name);
            let mut cells =
                vec![if entry.line.is_some() { Cell::text(name) } else { Cell::text(name).painted(style::strong) }];
            let mut source = String::new();
            match entry.line {
                Some(line) => {
                    cells.push(Cell::number(shown(line.value)));
                    cells.push(Cell::number(lines::benchmark(graded, row, line)));
                    cells.push(Cell::number(shown(line.weight)));
                    source = self.cite(line, &mut cited, &mut from_data);
                }
                None => cells.extend([Cell::default(), Cell::default(), Cell::default()]),
            }
            if ranked {
                cells.push(Cell::number(lines::fixed(entry.points, digits)));
            }
            if shares {
                cells.push(Cell::number(entry.share.map_or(String::new(), |share| format!("{:.1}%", 100.0 * share))));
            }
            cells.push(Cell::text(source));
            rows.push(cells);
        }
        let mut widths = vec![width::screen().saturating_sub(56).clamp(24, 44), 14, 18, 9];
        widths.extend(ranked.then_some(11));
        widths.extend(shares.then_some(7));
        widths.push(40);
        let mut out = render(&rows, &widths, 0);
        cited.sort_unstable();
        for (source, clause) in cited {
            let Some(known) = graded.rules.sources.get(source) else { continue };
            let clause = clause.map_or(String::new(), |clause| format!(" {clause}"));
            let _ = writeln!(
                out,
                "  {}",
                style::dim(&format!("[{}] {}{clause}", source + 1, super::source_title(known, lang)))
            );
        }
        from_data.sort_unstable();
        from_data.dedup();
        for said in from_data {
            let _ = writeln!(out, "  {}", style::dim(&format!("* {said}")));
        }
        out.push('\n');
        out
    }

    /// The least reliable mark, the numbers of the sources, and what was done to the score.
    fn cite(
        &self,
        line: &lantu_appraisal::explain::Line,
        cited: &mut Vec<(usize, Option<String>)>,
        from_data: &mut Vec<String>,
    ) -> String {
        let (graded, lang) = (self.graded, self.graded.lang);
        let all = basis::of(graded, self.why.row, line);
        let mut said = basis::worst(graded, &all).map_or(String::new(), |mark| format!("{} ", mark.word()));
        let (mut data, mut numbers) = (false, Vec::new());
        for basis in &all {
            if let basis::From::Text(origin) = basis.from {
                let Some(origin) = graded.rules.origins.get(origin) else { continue };
                let number = words::reference(graded.rules, origin.source, lang);
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
                let place = (origin.source, origin.clause.clone());
                if !cited.contains(&place) {
                    cited.push(place);
                }
            } else if let Some(words) = basis::in_words(basis.from, lang) {
                data = true;
                from_data.push(format!("{}{}{words}", basis.names(lang), say(lang, "", " ")));
            }
        }
        said.push_str(&numbers.join(say(lang, "、", ", ")));
        said.push_str(if data { "*" } else { "" });
        let notes = lines::notes(graded, self.why.row, line);
        [vec![said.trim().to_owned()], notes]
            .concat()
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn listed(sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let lines: String = sentences.iter().map(|sentence| format!("· {sentence}\n")).collect();
    format!("{lines}\n")
}

/// The same for programs.
pub(super) fn basis_in_words(graded: &Graded<'_>, basis: &basis::Basis) -> String {
    let lang = graded.lang;
    match basis.from {
        basis::From::Text(origin) => {
            let Some(origin) = graded.rules.origins.get(origin) else { return String::new() };
            let title = graded
                .rules
                .sources
                .get(origin.source)
                .map_or(say(lang, "规则未写", "unwritten"), |source| super::source_title(source, lang));
            let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" {clause}"));
            let mark = origin.confidence;
            format!(
                "[{}] {title}{clause}{}",
                mark.word(),
                match lang {
                    Lang::Zh => format!("（{}）", words::short(mark, lang)),
                    Lang::En => format!(" ({})", words::short(mark, lang)),
                }
            )
        }
        other => basis::in_words(other, lang).unwrap_or_default().to_owned(),
    }
}
