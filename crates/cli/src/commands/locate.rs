//! `lantu locate`: where to put schools, clinics and stations.

use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use lantu_blueprint::Lang;
use lantu_network::diagnostic::{Diagnostic, Severity};
use lantu_network::read::siting::{Places, costs, demands, sites};
use lantu_network::siting::{Goal, Options, Plan, Refusal, Site, locate};
use serde_json::json;

use super::say;
use super::told::tell;
use crate::Outcome;
use crate::arguments::Format;
use crate::arguments_network::Locate;
use crate::models::output;
use crate::text::table::{Cell, render};
use crate::text::{csv, file, print, print_json, style};

/// Demands that are named one by one.
const MOST_NAMED: usize = 20;
/// A gap of this size is rounding.
const ROUNDING: f64 = 1.000_001e-9;

pub(crate) fn run(command: &Locate, lang: Lang) -> anyhow::Result<Outcome> {
    if command.format == Format::Csv {
        bail!(say(
            lang,
            "结果没有 csv 格式；去向表用 --assign 写成 CSV",
            "no csv here; --assign writes who is served where as CSV"
        ));
    }
    if let Some(path) = &command.assign {
        let inputs = [Some(&command.costs), Some(&command.demand.file), command.sites.as_ref()];
        file::apart(path, inputs.into_iter().flatten(), lang)?;
    }
    let mut left_out = false;
    let mut told = |problems: &[Diagnostic], path: &Path| {
        tell(problems, path, lang);
        left_out |= problems.iter().any(|problem| problem.severity == Severity::Error);
    };
    let demand = &command.demand;
    let (asking, problems) = demands(&file::read(&demand.file, lang)?, &demand.name);
    told(&problems, &demand.file);
    let mut given = None;
    if let Some(path) = &command.sites {
        let (found, problems) = sites(&file::read(path, lang)?);
        told(&problems, path);
        let Some(found) = found else { return Ok(Outcome::Findings) };
        given = Some(found);
    }
    let Some(asking) = asking else { return Ok(Outcome::Findings) };
    let (found, problems) = costs(&file::read(&command.costs, lang)?, &asking, given);
    told(&problems, &command.costs);
    let Some((table, sites)) = found else { return Ok(Outcome::Findings) };
    let goal = goal(command);
    let options = Options { gap: command.gap, branches: command.branches };
    let begun = Instant::now();
    let plan = locate(&table, &asking.values, &sites.values, goal, &options);
    let plan = plan.map_err(|refusal| anyhow::anyhow!(refused(refusal, lang)))?;
    let seconds = begun.elapsed().as_secs_f64();
    let answer = Answer { goal, plan: &plan, asking: &asking, sites: &sites, within: command.within, seconds };
    if let Some(path) = &command.assign {
        output::write(answer.served().as_bytes(), Some(path))?;
    }
    match command.format {
        Format::Json => print_json(&answer.as_json())?,
        _ => print(&answer.as_text(lang))?,
    }
    answer.tell_out_of_reach(lang);
    let proven = plan.gap() <= command.gap.max(ROUNDING);
    if !proven {
        let line = say(
            lang,
            "没有证明到所要的间隙；加大 --branches，或放宽 --gap",
            "the gap asked for was not proven; raise --branches or --gap",
        );
        anstream::eprintln!("{}", style::bad(line));
    }
    if plan.value.is_infinite() {
        let line = say(lang, "已证明：这么多设施服务不了所有需求", "proven: this many sites cannot serve all demand");
        anstream::eprintln!("{}", style::bad(line));
    }
    let whole = plan.out_of_reach.is_empty() && plan.value.is_finite();
    Ok(if left_out || !proven || !whole { Outcome::Findings } else { Outcome::Fine })
}

fn goal(command: &Locate) -> Goal {
    let within = command.within.unwrap_or(f64::INFINITY);
    match (command.p_median, command.max_cover, command.p_center) {
        (Some(sites), ..) => Goal::Median { sites },
        (_, Some(sites), _) => Goal::MaxCover { sites, within },
        (.., Some(sites)) => Goal::Center { sites },
        _ => Goal::SetCover { within },
    }
}

fn refused(refusal: Refusal, lang: Lang) -> String {
    match (refusal, lang) {
        (Refusal::NoDemand, Lang::Zh) => "没有一处需求到得了候选点（或在标准以内）".into(),
        (Refusal::NoDemand, Lang::En) => "no demand reaches a site, or none within the standard".into(),
        (Refusal::TooFewSites { wanted, there }, Lang::Zh) => format!("要选 {wanted} 处，候选点只有 {there} 个"),
        (Refusal::TooFewWanted { wanted, existing }, Lang::Zh) => {
            format!("要选 {wanted} 处，已有的是 {existing} 处；P 含已有的，至少为 1")
        }
        (Refusal::TooFewWanted { wanted, existing }, Lang::En) => {
            format!("{wanted} sites are wanted and {existing} exist; P counts those too and is at least 1")
        }
        (other, Lang::En) => other.to_string(),
    }
}

/// A plan with the names of its places.
struct Answer<'a> {
    goal: Goal,
    plan: &'a Plan,
    asking: &'a Places<f64>,
    sites: &'a Places<Site>,
    within: Option<f64>,
    seconds: f64,
}

/// What some demands get.
#[derive(Default)]
struct Sum {
    weight: f64,
    paid: f64,
    worst: f64,
    within: f64,
}

impl Answer<'_> {
    /// Of the demands that a site serves, or any.
    fn sum(&self, site: Option<usize>) -> Sum {
        let mut sum = Sum::default();
        for (served, weight) in self.plan.served.iter().zip(&self.asking.values).filter(|(_, weight)| **weight > 0.0) {
            let Some((_, cost)) = served.filter(|(by, _)| site.is_none_or(|site| *by == site)) else { continue };
            sum.weight += weight;
            sum.paid += weight * cost;
            sum.worst = sum.worst.max(cost);
            sum.within += if self.within.is_some_and(|within| cost <= within) { *weight } else { 0.0 };
        }
        sum
    }

    fn served(&self) -> String {
        let mut out = csv::line(["demand", "site", "cost"]);
        for (id, served) in self.asking.ids.iter().zip(&self.plan.served) {
            let (site, cost) =
                served.map_or((None, String::new()), |(site, cost)| (self.sites.ids.get(site), output::number(cost)));
            out.push_str(&csv::line([id.as_str(), site.map_or("", String::as_str), &cost]));
        }
        out
    }

    /// Demands with weight whose cost is beyond the standard, those that nothing serves among them.
    fn beyond(&self) -> Vec<usize> {
        let Some(within) = self.within else { return Vec::new() };
        let far = |served: &Option<(usize, f64)>| served.is_none_or(|(_, cost)| cost > within);
        let all = self.plan.served.iter().zip(&self.asking.values).enumerate();
        all.filter(|(_, (served, weight))| **weight > 0.0 && far(served)).map(|(demand, _)| demand).collect()
    }

    /// Ids one after the other, not all of many.
    fn listed(&self, demands: &[usize], lang: Lang) -> String {
        let names = self.names(demands.get(..MOST_NAMED).unwrap_or(demands)).join(say(lang, "、", ", "));
        let weight: f64 = demands.iter().filter_map(|demand| self.asking.values.get(*demand)).sum();
        let more = if demands.len() > MOST_NAMED { " …" } else { "" };
        match lang {
            Lang::Zh => format!("{} 处，共 {weight}：{names}{more}", demands.len()),
            Lang::En => format!("{}, {weight} in all: {names}{more}", demands.len()),
        }
    }

    fn names(&self, demands: &[usize]) -> Vec<&str> {
        demands.iter().filter_map(|demand| self.asking.ids.get(*demand)).map(String::as_str).collect()
    }

    fn as_json(&self) -> serde_json::Value {
        let site = |site: &usize| {
            let sum = self.sum(Some(*site));
            json!({
                "site": self.sites.ids.get(*site),
                "existing": self.sites.values.get(*site).is_some_and(|site| site.existing),
                "demand": sum.weight,
                "average_cost": sum.paid / sum.weight,
                "worst_cost": sum.worst,
            })
        };
        let all = self.sum(None);
        json!({
            "problem": word(self.goal),
            "value": self.plan.value,
            "bound": self.plan.bound,
            "gap": self.plan.gap(),
            "sites": self.plan.open.iter().map(site).collect::<Vec<_>>(),
            "demand": self.asking.values.iter().sum::<f64>(),
            "served": all.weight,
            "average_cost": all.paid / all.weight,
            "worst_cost": all.worst,
            "within": self.within.map(|_| all.within),
            "beyond": self.names(&self.beyond()),
            "out_of_reach": self.names(&self.plan.out_of_reach),
            "branches": self.plan.branches,
            "seconds": self.seconds,
        })
    }

    fn as_text(&self, lang: Lang) -> String {
        let all = self.sum(None);
        let demand: f64 = self.asking.values.iter().sum();
        let bound = match self.goal {
            Goal::MaxCover { .. } => say(lang, "已证明的上界", "proven upper bound"),
            _ => say(lang, "已证明的下界", "proven lower bound"),
        };
        let mut rows = vec![
            (value_name(self.goal, lang), output::number(self.plan.value)),
            (bound, output::number(self.plan.bound)),
            (say(lang, "间隙", "gap"), format!("{:.3e}", self.plan.gap())),
            (say(lang, "平均出行费用", "average cost of travel"), format!("{:.3}", all.paid / all.weight)),
            (say(lang, "最大出行费用", "worst cost of travel"), output::number(all.worst)),
        ];
        if let Some(within) = self.within {
            let share = format!("{:.2}%（≤ {}）", 100.0 * all.within / demand, output::number(within));
            let share = if lang == Lang::En { share.replace('（', " (").replace('）', ")") } else { share };
            rows.push((say(lang, "标准以内的需求", "demand within the standard"), share));
        }
        rows.push((say(lang, "分支", "branches"), self.plan.branches.to_string()));
        rows.push((say(lang, "秒", "seconds"), format!("{:.3}", self.seconds)));
        let rows: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|(name, value)| vec![Cell::text(name).painted(style::dim), Cell::text(value)])
            .collect();
        let head = [
            ("设施", "site"),
            ("已有", "existing"),
            ("需求", "demand"),
            ("平均出行费用", "average cost of travel"),
            ("最大出行费用", "worst cost of travel"),
        ];
        let mut table = vec![head.map(|(zh, en)| Cell::text(say(lang, zh, en)).painted(style::dim)).to_vec()];
        for site in &self.plan.open {
            let sum = self.sum(Some(*site));
            let existing = self.sites.values.get(*site).is_some_and(|site| site.existing);
            let average = if sum.weight > 0.0 { format!("{:.3}", sum.paid / sum.weight) } else { String::new() };
            table.push(vec![
                Cell::text(self.sites.ids.get(*site).cloned().unwrap_or_default()),
                Cell::text(if existing { say(lang, "是", "yes") } else { "" }),
                Cell::number(output::number(sum.weight)),
                Cell::number(average),
                Cell::number(output::number(sum.worst)),
            ]);
        }
        let beyond = self.beyond();
        let far = match beyond.len() {
            0 => String::new(),
            _ => format!(
                "\n{}{}\n",
                say(lang, "超出标准的需求：", "demands beyond the standard: "),
                self.listed(&beyond, lang)
            ),
        };
        format!("{}\n{}{far}", render(&rows, &[40, 40], 0), render(&table, &[40, 8, 20, 20, 20], 0))
    }

    /// On standard error, like everything that a plan leaves out.
    fn tell_out_of_reach(&self, lang: Lang) {
        let out = &self.plan.out_of_reach;
        if !out.is_empty() {
            let line = say(lang, "哪个候选点都服务不了的需求", "demands that no site can serve");
            anstream::eprintln!("{line}{}{}", say(lang, "：", ": "), self.listed(out, lang));
        }
    }
}

fn word(goal: Goal) -> &'static str {
    match goal {
        Goal::Median { .. } => "p-median",
        Goal::MaxCover { .. } => "max-cover",
        Goal::SetCover { .. } => "set-cover",
        Goal::Center { .. } => "p-center",
    }
}

fn value_name(goal: Goal, lang: Lang) -> &'static str {
    match goal {
        Goal::Median { .. } => say(lang, "需求 × 出行费用", "demand × cost of travel"),
        Goal::MaxCover { .. } => say(lang, "覆盖的需求", "demand covered"),
        Goal::SetCover { .. } => say(lang, "建设费用", "cost of opening"),
        Goal::Center { .. } => say(lang, "最远处的出行费用", "cost of travel from the farthest"),
    }
}
