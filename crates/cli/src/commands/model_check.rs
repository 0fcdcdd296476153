//! `lantu simulate check`: what is wrong with a model, and how it is built.

use lantu_blueprint::Lang;
use lantu_city::has_model_errors;
use lantu_simulation::Options;
use lantu_simulation::structure::{self, Kind, Polarity, Seen, Sign, Structure};
use lantu_simulation::units;
use serde_json::{Value, json};

use super::say;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_models::ModelCheck;
use crate::models::{Opened, problems};
use crate::text::table::{Cell, render};
use crate::text::{print, print_json, style};

/// Loops shown to people; programs get all.
const LOOPS_SHOWN: usize = 20;
/// Variables of a loop shown to people.
const LOOP_SHOWN: usize = 8;

pub(crate) fn run(command: &ModelCheck, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        anyhow::bail!(say(lang, "检查结果没有 csv 格式，请用 text 或 json", "a check has no csv; use text or json"));
    }
    let opened = Opened::new(&command.file)?;
    let options = Options { set: opened.set.clone(), ..Options::default() };
    let (simulation, mut found) = opened.compiled(&options);
    let model = opened.loaded.model.as_ref();
    found.extend(model.map(units::check).unwrap_or_default());
    found.sort_by_key(|problem| problem.span.start);
    // One run tells the signs of values, and so which way a factor moves a product.
    let seen = simulation.map(|simulation| Seen::new(&simulation, &simulation.run(&[], 0))).unwrap_or_default();
    let structure = model.map(|model| structure::of(model, &seen));
    let (path, text) = (&opened.path, &opened.loaded.text);
    match command.format {
        Format::Json => print_json(&json!({
            "problems": problems::as_json(&found, path, text, lang),
            "structure": structure.as_ref().map(as_json),
        }))?,
        _ => {
            let mut out = problems::as_text(&found, path, text, lang);
            if let Some(structure) = &structure {
                out.push_str(&as_text(structure, lang));
            }
            if found.is_empty() {
                out.push_str(&style::good(say(lang, "✔ 没有发现问题\n", "✔ nothing found to be wrong\n")));
            }
            print(&out)?;
        }
    }
    Ok(if has_model_errors(&found) { Outcome::Findings } else { Outcome::Fine })
}

fn as_text(structure: &Structure, lang: Lang) -> String {
    let counted = |kind| structure.variables.iter().filter(|variable| variable.kind == kind).count();
    let kinds = [Kind::Stock, Kind::Flow, Kind::Auxiliary, Kind::Constant, Kind::Table, Kind::Data];
    let counts: Vec<String> = kinds
        .into_iter()
        .filter(|kind| counted(*kind) > 0)
        .map(|kind| format!("{} {}", kind_said(kind, lang), counted(kind)))
        .collect();
    let separator = say(lang, "，", ", ");
    let mut out = format!("{}\n", counts.join(separator));
    if !structure.stocks.is_empty() {
        out.push_str(&format!("\n{}\n", style::strong(say(lang, "存量和流量", "Stocks and flows"))));
        out.push_str(&stocks(structure, lang));
    }
    if !structure.loops.is_empty() || !structure.complete {
        out.push_str(&format!("\n{}\n", style::strong(&loops_title(structure, lang))));
        let (short, long) = ("  ", say(lang, "  更多见 --format json\n", "  more with --format json\n"));
        for found in structure.loops.iter().take(LOOPS_SHOWN) {
            let names = structure.names(found);
            let mut chain = names.iter().take(LOOP_SHOWN).copied().collect::<Vec<_>>().join(" → ");
            match names.len().checked_sub(LOOP_SHOWN) {
                Some(more) if more > 0 => chain.push_str(&format!(" → … (+{more})")),
                _ => chain.push_str(&format!(" → {}", names.first().copied().unwrap_or_default())),
            }
            out.push_str(&format!("{short}{}  {chain}\n", polarity_said(found.polarity, lang)));
        }
        if structure.loops.len() > LOOPS_SHOWN {
            out.push_str(long);
        }
    }
    out
}

fn loops_title(structure: &Structure, lang: Lang) -> String {
    let count = structure.loops.len();
    match (structure.complete, lang) {
        (true, Lang::Zh) => format!("反馈回路 {count} 条，由短到长"),
        (true, Lang::En) => format!("Feedback loops: {count}, the shortest first"),
        (false, Lang::Zh) if count == 0 => "有反馈回路，但太长或太多，找不全".to_owned(),
        (false, Lang::En) if count == 0 => "There are feedback loops, too long or too many to be listed".to_owned(),
        (false, Lang::Zh) => format!("反馈回路很多，这是最短的 {count} 条"),
        (false, Lang::En) => format!("Feedback loops: many; these are the {count} shortest"),
    }
}

fn stocks(structure: &Structure, lang: Lang) -> String {
    let names = |list: &[usize]| {
        let separator = say(lang, "、", ", ");
        list.iter().map(|variable| structure.name(*variable)).collect::<Vec<_>>().join(separator)
    };
    let mut rows = vec![
        [("存量", "stock"), ("单位", "unit"), ("流入", "inflows"), ("流出", "outflows")]
            .map(|(zh, en)| Cell::text(say(lang, zh, en)).painted(style::dim))
            .to_vec(),
    ];
    for stock in &structure.stocks {
        let Some(variable) = structure.variables.get(stock.variable) else { continue };
        let name = if variable.dimensions.is_empty() {
            variable.name.clone()
        } else {
            format!("{}[{}]", variable.name, variable.dimensions.join(","))
        };
        let unit = variable.units.as_deref().unwrap_or("–");
        let cells = [name, unit.to_owned(), names(&stock.inflows), names(&stock.outflows)];
        rows.push(cells.map(Cell::text).to_vec());
    }
    render(&rows, &[40, 20, 60, 60], 2)
}

fn as_json(structure: &Structure) -> Value {
    let names = |list: &[usize]| list.iter().map(|variable| structure.name(*variable)).collect::<Vec<_>>();
    let variable = |variable: &structure::Variable| {
        json!({
            "name": variable.name,
            "kind": kind_said(variable.kind, Lang::En),
            "unit": variable.units,
            "dimensions": variable.dimensions,
            "elements": variable.elements,
            "documentation": variable.documentation,
        })
    };
    let stock = |stock: &structure::Stock| {
        json!({
            "name": structure.name(stock.variable),
            "inflows": names(&stock.inflows),
            "outflows": names(&stock.outflows),
        })
    };
    let link = |link: &structure::Link| {
        json!({
            "from": structure.name(link.from),
            "to": structure.name(link.to),
            "sign": match link.sign {
                Sign::Plus => "+",
                Sign::Minus => "-",
                Sign::Unknown => "?",
            },
            "only_at_start": link.initial,
        })
    };
    let feedback = |found: &structure::Loop| json!({ "polarity": polarity_said(found.polarity, Lang::En), "variables": names(&found.variables) });
    json!({
        "variables": structure.variables.iter().map(variable).collect::<Vec<_>>(),
        "stocks": structure.stocks.iter().map(stock).collect::<Vec<_>>(),
        "links": structure.links.iter().map(link).collect::<Vec<_>>(),
        "loops": structure.loops.iter().map(feedback).collect::<Vec<_>>(),
        "loops_complete": structure.complete,
    })
}

fn kind_said(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Stock => say(lang, "存量", "stock"),
        Kind::Flow => say(lang, "流量", "flow"),
        Kind::Auxiliary => say(lang, "辅助变量", "auxiliary"),
        Kind::Constant => say(lang, "常数", "constant"),
        Kind::Table => say(lang, "表函数", "table"),
        Kind::Data => say(lang, "数据", "data"),
    }
}

fn polarity_said(polarity: Polarity, lang: Lang) -> &'static str {
    match polarity {
        Polarity::Reinforcing => say(lang, "增强", "reinforcing"),
        Polarity::Balancing => say(lang, "平衡", "balancing"),
        Polarity::Unknown => say(lang, "不定", "unclear"),
    }
}
