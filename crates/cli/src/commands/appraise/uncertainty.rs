//! How sure ranks and classes are: further columns beside the grades, and a table for people.

use anyhow::anyhow;
use lantu_appraisal::evaluate::NO_RANK;
use lantu_appraisal::explain::{Certainty, Doubt, certainty};
use lantu_appraisal::rules::Aggregate;
use lantu_blueprint::Lang;

use super::graded::Graded;
use crate::arguments_appraise::Draws;
use crate::commands::say;
use crate::commands::told::text;
use crate::models::output::{Column, Table};
use crate::text::style;
use crate::text::table::{Cell, render};

/// Units shown to people: those whose class is least sure.
const SHOWN: usize = 15;

/// Draws as asked for; nothing where none were.
pub(super) fn of(graded: &Graded<'_>, draws: &Draws) -> anyhow::Result<Option<Certainty>> {
    let Some(count) = draws.uncertainty else { return Ok(None) };
    let doubt = Doubt {
        draws: count as usize,
        seed: draws.seed,
        weights: draws.weights_within,
        scales: !draws.same_scales,
        values: true,
    };
    let found = certainty(graded.prepared, &graded.prepared.weights, &doubt);
    found.map(Some).map_err(|error| match graded.lang {
        Lang::Zh => anyhow!("{} 个对象 × {count} 次太多；请减少 --uncertainty", graded.len()),
        Lang::En => anyhow!("{error}; lower --uncertainty"),
    })
}

/// Ranks in 5, 50 and 95 of 100 draws, and the share of draws in each class.
pub(super) fn columns(graded: &Graded<'_>, found: &Certainty) -> Table {
    let rank = |at: usize| {
        let of = |ranks: &[u32; 3]| ranks.get(at).copied().filter(|rank| *rank != NO_RANK);
        Column::Count(found.ranks.iter().map(of).collect())
    };
    let mut table: Table = ["rank_p05", "rank_p50", "rank_p95"]
        .into_iter()
        .enumerate()
        .map(|(at, name)| (name.to_owned(), rank(at)))
        .collect();
    for (at, class) in graded.classes().iter().enumerate() {
        let shares =
            (0..graded.len()).map(|row| if graded.rank(row).is_some() { found.share(at, row) } else { f64::NAN });
        table.push((format!("share_{}", class.id), Column::Known(shares.collect())));
    }
    table
}

/// For people: how many hold their class, and those that do least.
pub(super) fn as_text(graded: &Graded<'_>, found: &Certainty, draws: &Draws) -> String {
    let lang = graded.lang;
    let by_total = |row: usize| graded.found.by_total.get(row).map(|class| usize::from(*class));
    let holds = |row: usize| by_total(row).filter(|class| *class < graded.classes().len()).map(|c| found.share(c, row));
    let mut held: Vec<(usize, f64)> = (0..graded.len()).filter_map(|row| Some((row, holds(row)?))).collect();
    held.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
    let sure = held.iter().filter(|(_, share)| *share >= 0.95).count();
    let scales = match (found.scales, lang) {
        (true, Lang::Zh) => "，换用别的标准化办法",
        (true, Lang::En) => ", other scales",
        (false, _) => "",
    };
    let (percent, count, all) = (100.0 * draws.weights_within, found.draws, held.len());
    let classed = !graded.classes().is_empty();
    let mut out = match lang {
        Lang::Zh if !classed => format!("{count} 次抽样，权重 ±{percent}%{scales}：各对象的名次\n"),
        Lang::En if !classed => format!("{count} draws, weights ±{percent}%{scales}: ranks of units\n"),
        Lang::Zh => format!(
            "{count} 次抽样，权重 ±{percent}%{scales}：{all} 个里 {sure} 个在 95% 以上的抽样里档次不变（例外不计）\n"
        ),
        Lang::En => format!(
            "{count} draws, weights ±{percent}%{scales}: {sure} of {all} keep their class in 95 % of draws or more, exceptions aside\n"
        ),
    };
    // Where the worst or the best item is the total, weights only say which items count.
    let total = graded.rules.dimensions.first().map(|total| total.aggregate);
    if matches!(total, Some(Aggregate::Minimum | Aggregate::Maximum)) {
        out.push_str(say(
            lang,
            "总分取最差或最好的一项，与权重大小无关：抽样只反映数据的误差\n",
            "the total is the worst or the best item whatever the weights: draws tell of the data alone\n",
        ));
    }
    if graded.classes().is_empty() {
        out.push_str(&ranks(graded, found));
        return out;
    }
    let mut heads = vec![
        Cell::text(graded.id_head()),
        Cell::number(say(lang, "名次", "rank")),
        Cell::number("5%–95%"),
        Cell::text(say(lang, "档次", "class")),
    ];
    heads.extend(graded.classes().iter().map(|class| Cell::number(text(&class.name, lang))));
    let mut rows = vec![heads.into_iter().map(|head| head.painted(style::dim)).collect::<Vec<_>>()];
    for (row, _) in held.iter().take(SHOWN) {
        let class = by_total(*row).and_then(|class| graded.classes().get(class));
        let mut cells = place(graded, found, *row);
        cells.push(Cell::text(class.map_or("", |class| text(&class.name, lang))));
        let shares = (0..graded.classes().len()).map(|class| format!("{:.0}%", 100.0 * found.share(class, *row)));
        cells.extend(shares.map(Cell::number));
        rows.push(cells);
    }
    out.push_str(&match (held.len() > SHOWN, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("最没有把握的 {SHOWN} 个：\n"),
        (true, Lang::En) => format!("the {SHOWN} that are least sure:\n"),
    });
    out.push_str(&render(&rows, &[30, 8, 12, 14], 0));
    out.push_str(&more(held.len().saturating_sub(SHOWN), lang));
    out
}

/// Who it is, its rank, and between which ranks it lies in 90 of 100 draws.
fn place(graded: &Graded<'_>, found: &Certainty, row: usize) -> Vec<Cell> {
    let [low, _, high] = found.ranks.get(row).copied().unwrap_or_default();
    vec![
        Cell::text(graded.name(row)),
        Cell::number(graded.rank(row).map_or(String::new(), |rank| rank.to_string())),
        Cell::number(format!("{low}–{high}")),
    ]
}

/// Rules without classes: ranks, the best first.
fn ranks(graded: &Graded<'_>, found: &Certainty) -> String {
    let lang = graded.lang;
    let mut rows: Vec<usize> = (0..graded.len()).filter(|row| graded.rank(*row).is_some()).collect();
    rows.sort_by_key(|row| (graded.rank(*row), *row));
    let heads = [Cell::text(graded.id_head()), Cell::number(say(lang, "名次", "rank")), Cell::number("5%–95%")];
    let mut table = vec![heads.map(|head| head.painted(style::dim)).to_vec()];
    table.extend(rows.iter().take(SHOWN).map(|row| place(graded, found, *row)));
    format!("{}{}", render(&table, &[30, 8, 14], 0), more(rows.len().saturating_sub(SHOWN), lang))
}

fn more(more: usize, lang: Lang) -> String {
    match (more, lang) {
        (0, _) => String::new(),
        (more, Lang::Zh) => format!("……还有 {more} 个；--format csv 列出全部\n"),
        (more, Lang::En) => format!("… and {more} more; --format csv lists all\n"),
    }
}
