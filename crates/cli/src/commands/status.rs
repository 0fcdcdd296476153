//! `lantu status`

use std::fmt::Write;

use lantu_blueprint::Lang;
use lantu_blueprint::verdict::{Assessment, Totals};
use lantu_blueprint::verdict::{Filter, Light, Links, TargetVerdict, Unit, Verdict, number, totals};
use lantu_city::City;
use lantu_server::wire;

use super::{open, say};
use crate::Outcome;
use crate::arguments::{Format, Status};
use crate::text::table::{Cell, render};
use crate::text::{csv, print, print_json, style};

/// Widest title in the table; Chinese titles of targets are rarely longer.
const TITLE: usize = 46;

pub(crate) fn run(command: &Status, lang: Lang) -> anyhow::Result<Outcome> {
    let city = open(&command.at, lang)?;
    let filter = Filter {
        goal: command.goal.clone(),
        programme: command.programme.clone(),
        area: command.area.clone(),
        owner: command.owner.clone(),
    };
    check_names(&city, &filter)?;
    let assessment = city.assess(command.at.as_of());
    match command.format {
        Format::Json => print_json(&wire::Status::new(&city, &assessment, &filter))?,
        Format::Csv => print(&as_csv(&wire::Status::new(&city, &assessment, &filter)))?,
        Format::Text => print(&as_text(&city, &assessment, &filter, lang))?,
    }
    Ok(Outcome::Fine)
}

/// A filter that names nothing would show an empty list and look like an answer.
fn check_names(city: &City, filter: &Filter) -> anyhow::Result<()> {
    let plan = city.plan();
    let owners = plan.measures.iter().filter_map(|m| m.owner.as_deref());
    let checks: [(&str, &Option<String>, Vec<&str>); 4] = [
        ("--goal", &filter.goal, plan.goals.iter().map(|x| x.id.as_str()).collect()),
        ("--programme", &filter.programme, plan.programmes.iter().map(|x| x.id.as_str()).collect()),
        ("--area", &filter.area, plan.areas.iter().map(|x| x.id.as_str()).collect()),
        ("--owner", &filter.owner, owners.collect()),
    ];
    for (flag, wanted, known) in checks {
        if let Some(wanted) = wanted.as_deref().filter(|wanted| !known.contains(wanted)) {
            let mut known = known;
            known.sort_unstable();
            known.dedup();
            anyhow::bail!("{flag} {wanted}: 没有这一项 / no such name ({})", known.join(", "));
        }
    }
    Ok(())
}

fn as_text(city: &City, assessment: &Assessment, filter: &Filter, lang: Lang) -> String {
    let plan = city.plan();
    let links = Links::of(plan);
    let mut out = String::new();
    let name = format!("{} · {}", plan.city.name.get(lang), plan.city.title.get(lang));
    let _ = writeln!(
        out,
        "{}  {}",
        style::strong(&name),
        style::dim(&format!("{} {}", say(lang, "截至", "as of"), assessment.as_of))
    );
    if !plan.city.notice.is_empty() {
        let _ = writeln!(out, "{}", style::dim(plan.city.notice.get(lang)));
    }
    let kept: Vec<&TargetVerdict> = assessment.targets.iter().filter(|v| filter.keeps(plan, &links, v)).collect();
    let mut last = None;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for verdict in &kept {
        let programme = links.targets.get(verdict.target).and_then(|b| b.programme);
        if last != Some(programme) {
            out.push_str(&render(&rows, &[0, TITLE], 2));
            rows.clear();
            let title = programme.and_then(|at| plan.programmes.get(at)).map(|p| p.title.get(lang));
            let _ = writeln!(out, "\n{}", style::strong(title.unwrap_or(say(lang, "其他", "other"))));
            last = Some(programme);
        }
        rows.push(row(city, verdict, lang));
    }
    out.push_str(&render(&rows, &[0, TITLE], 2));
    out.push_str(&footer(&totals(plan, &links, filter, assessment.targets.iter()), kept.len(), lang));
    out
}

fn row(city: &City, verdict: &TargetVerdict, lang: Lang) -> Vec<Cell> {
    let target = city.plan().targets.get(verdict.target);
    let indicator = target.and_then(|t| t.indicator.as_deref()).and_then(|id| city.plan().indicator(id));
    let unit = Unit::of(indicator.map_or("", |i| &i.unit));
    let mut title = target.map(|t| t.title.get(lang).to_owned()).unwrap_or_default();
    if verdict.id.contains('@') {
        let area = city.plan().areas.iter().find(|a| *a.id == *verdict.area);
        title = format!("{title} · {}", area.map_or(&*verdict.area, |a| a.name.get(lang)));
    }
    let observed = verdict.observed.as_ref().map(|o| {
        let (bound, shown) = match (o.low.is_finite(), o.high.is_finite()) {
            (false, false) => ("? ", o.value),
            (true, false) => ("≥ ", o.low),
            (false, true) => ("≤ ", o.high),
            _ if o.low < o.high => ("≈ ", o.value),
            _ => ("", o.value),
        };
        (unit.with(bound, shown, number).get(lang).to_owned(), o.period.to_string())
    });
    let (value, period) = observed.unwrap_or_default();
    let name = verdict.verdict.name();
    let word = match verdict.was {
        Some(was) => format!("{} {}（{}）", style::mark(verdict.verdict), name.get(lang), was.name().get(lang)),
        None => format!("{} {}", style::mark(verdict.verdict), name.get(lang)),
    };
    let lag = verdict.path.as_ref().filter(|p| {
        // A lag that can be anything is none.
        let known = p.lag.low.is_finite() || p.lag.high.is_finite();
        known && p.lag_pp.is_finite() && !matches!(verdict.verdict, Verdict::Met | Verdict::MetEarly | Verdict::Missed)
    });
    vec![
        Cell::text(word).painted(painter(verdict.light())),
        Cell::text(title),
        Cell::number(value),
        Cell::text(period),
        Cell::text(target.and_then(|t| t.deadline).map(|d| format!("→ {}", d.period())).unwrap_or_default()),
        Cell::number(lag.map(|p| ahead(-p.lag_pp)).unwrap_or_default()),
    ]
}

/// Percentage points ahead of the path; a hair's breadth is zero, not minus zero.
fn ahead(points: f64) -> String {
    if points.abs() < 0.05 { "0.0 pp".to_owned() } else { format!("{points:+.1} pp") }
}

fn painter(light: Light) -> fn(&str) -> String {
    match light {
        Light::Green => |text| style::light(Light::Green, text),
        Light::Yellow => |text| style::light(Light::Yellow, text),
        Light::Red => |text| style::light(Light::Red, text),
        Light::Grey => |text| style::light(Light::Grey, text),
    }
}

fn footer(totals: &Totals, targets: usize, lang: Lang) -> String {
    let counts: Vec<String> = totals
        .summary
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| {
            let text = format!("{} {} {count}", style::mark(verdict), verdict.name().get(lang));
            style::light(verdict.light(), &text)
        })
        .collect();
    let coverage = totals.coverage;
    let share = coverage.share().map(|share| format!("{:.0} %", share * 100.0)).unwrap_or_else(|| "–".to_owned());
    let line = match lang {
        Lang::Zh => format!(
            "{targets} 项目标；{} 个举措中 {} 个至少有一项已可判定（覆盖 {share}）",
            coverage.measures, coverage.decided
        ),
        Lang::En => format!(
            "{targets} targets; {} of {} measures have at least one decided target (coverage {share})",
            coverage.decided, coverage.measures
        ),
    };
    format!("\n{}\n{}\n", counts.join("   "), style::dim(&line))
}

fn as_csv(status: &wire::Status) -> String {
    let mut out = csv::line([
        "id",
        "title",
        "title_en",
        "programme",
        "measure",
        "area",
        "indicator",
        "form",
        "threshold",
        "unit",
        "deadline",
        "verdict",
        "light",
        "was",
        "value",
        "low",
        "high",
        "period",
        "stage",
        "trust",
        "expected",
        "lag_pp",
        "source",
        "source_url",
        "because",
        "because_en",
    ]);
    for t in &status.targets {
        let text = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let threshold = match &t.threshold {
            Some(wire::Threshold::One(value)) => value.to_string(),
            Some(wire::Threshold::Range(wire::words::BoundsItem(low, high))) => format!("{low}..{high}"),
            None => String::new(),
        };
        let o = t.observed.as_ref();
        let word = |value: &Option<String>| value.clone().unwrap_or_default();
        let cells = [
            t.id.clone(),
            t.title.clone(),
            t.title_en.clone(),
            word(&t.programme),
            word(&t.measure),
            t.area.clone(),
            word(&t.indicator),
            t.form.unwrap_or_default().to_owned(),
            threshold,
            word(&t.unit),
            word(&t.deadline),
            t.verdict.to_owned(),
            t.light.to_owned(),
            t.was.unwrap_or_default().to_owned(),
            text(o.map(|o| o.value)),
            text(o.and_then(|o| o.low)),
            text(o.and_then(|o| o.high)),
            o.map(|o| o.period.clone()).unwrap_or_default(),
            o.map(|o| o.stage).unwrap_or_default().to_owned(),
            o.map(|o| o.trust).unwrap_or_default().to_owned(),
            text(t.path.as_ref().map(|p| p.expected)),
            text(t.path.as_ref().and_then(|p| p.lag_pp)),
            o.map(|o| o.source.clone()).unwrap_or_default(),
            o.map(|o| o.source_url.clone()).unwrap_or_default(),
            t.because.join(" "),
            t.because_en.join(" "),
        ];
        out.push_str(&csv::line(cells.iter().map(String::as_str)));
    }
    out
}
