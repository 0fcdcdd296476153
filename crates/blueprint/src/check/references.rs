//! References to things that do not exist, with the closest name as a hint.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostic::suggestion;
use crate::model::{IndicatorKind, TargetArea};
use crate::{Code, Diagnostic, Location, Text};

/// Names that every query may read from besides indicators and tables.
const BUILT_IN_TABLES: [&str; 2] = ["areas", "observations"];

struct Names<'a> {
    kind: Text,
    code: Code,
    names: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn new(zh: &str, en: &str, names: impl Iterator<Item = &'a String>) -> Names<'a> {
        Names { kind: Text::new(zh, en), code: Code::UnknownReference, names: names.map(String::as_str).collect() }
    }

    fn check(&self, name: &str, location: &Location, out: &mut Vec<Diagnostic>) {
        if self.names.contains(name) {
            return;
        }
        let (zh, en) = (&self.kind.zh, &self.kind.en);
        let hint = suggestion(
            name,
            self.names.iter().copied(),
            Text::new(
                format!("请先定义这个{zh}，或改用已有的"),
                format!("define the {en} first, or use one that exists"),
            ),
        );
        let message = Text::new(format!("没有名为「{name}」的{zh}"), format!("there is no {en} `{name}`"));
        out.push(Diagnostic { location: location.clone(), code: self.code, message, hint });
    }

    fn check_all<'n>(
        &self,
        names: impl IntoIterator<Item = &'n String>,
        location: &Location,
        out: &mut Vec<Diagnostic>,
    ) {
        for name in names {
            self.check(name, location, out);
        }
    }
}

/// Every name the plan uses.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let goals = Names::new("目标", "goal", plan.goals.iter().map(|x| &x.id));
    let transformations = Names::new("变革", "transformation", plan.transformations.iter().map(|x| &x.id));
    let measures = Names::new("举措", "measure", plan.measures.iter().map(|x| &x.id));
    let sources = Names::new("来源", "source", plan.sources.iter().map(|x| &x.id));
    let areas = Names::new("区域", "area", plan.areas.iter().map(|x| &x.id));
    let rules = Names::new("规则集", "rule set", plan.rule_sets.iter().map(|x| &x.id));
    let mut indicators = Names::new("指标", "indicator", plan.indicators.iter().map(|x| &x.id));
    indicators.code = Code::UnknownIndicator;

    for programme in &plan.programmes {
        goals.check_all(&programme.serves, &programme.location, out);
        transformations.check_all(&programme.via, &programme.location, out);
    }
    for measure in &plan.measures {
        goals.check_all(&measure.serves, &measure.location, out);
        transformations.check_all(&measure.via, &measure.location, out);
        measures.check_all(&measure.needs, &measure.location, out);
    }
    for target in &plan.targets {
        goals.check_all(&target.serves, &target.place_of("serves"), out);
        sources.check_all(&target.source, &target.place_of("source"), out);
        indicators.check_all(&target.indicator, &target.place_of("indicator"), out);
        if let TargetArea::One(area) = &target.area {
            areas.check(area, &target.place_of("area"), out);
        }
    }
    for milestone in &plan.milestones {
        sources.check_all(&milestone.source, &milestone.location, out);
    }
    for area in &plan.areas {
        areas.check_all(&area.parent, &area.location, out);
    }
    for case in plan.indicators.iter().flat_map(|i| &i.cases) {
        areas.check(&case.area, &case.location, out);
    }
    let head = Location::start("blueprint.toml");
    if context.sources.texts.contains_key("blueprint.toml") {
        areas.check(&plan.city.area, &head, out);
        rules.check_all(&plan.city.light_rules, &head, out);
    }
}

/// Every table name in the SQL of computed indicators. The engine is not started for this.
pub(super) fn check_queries(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let built_in: Vec<String> = BUILT_IN_TABLES.iter().map(|&name| name.to_owned()).collect();
    let names = plan.indicators.iter().map(|x| &x.id).chain(plan.data.iter().map(|x| &x.table)).chain(&built_in);
    let tables = Names::new("表或指标", "table or indicator", names);
    for indicator in &plan.indicators {
        if let IndicatorKind::Computed { sql, reads } = &indicator.kind {
            // SQL folds the case of names without quotation marks.
            let known = |name: &str| tables.names.iter().any(|other| other.eq_ignore_ascii_case(name));
            for name in reads.iter().filter(|name| !known(name)) {
                let at = sql.find(name.as_str()).unwrap_or(0);
                tables.check(name, &Location::at(&indicator.location.file, sql, at), out);
            }
        }
    }
}
