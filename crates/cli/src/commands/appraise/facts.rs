//! Everything that a rule set says in numbers, as lines that can be listed and held against those of another set.

use std::collections::BTreeSet;

use lantu_appraisal::rules::{
    Aggregate, Benchmark, Consequence, Effect, Exception, Item, Limits, Method, Missing, PerGroup, RuleSet, Share,
    Sourced, Weighing,
};
use lantu_blueprint::Lang;

use super::numbers::shown;
use super::words;
use crate::commands::say;
use crate::commands::told::text;

/// In both languages.
pub(super) type Kind = (&'static str, &'static str);

/// One thing that the rules say.
pub(super) struct Fact {
    /// What it belongs to, by its id.
    pub(super) key: String,
    /// The same by its name.
    pub(super) of: String,
    /// Which number of it.
    pub(super) kind: Kind,
    /// The class or group that it is for; empty where it is for all.
    pub(super) label: String,
    /// Place of that group.
    pub(super) group: Option<usize>,
    /// What is said.
    pub(super) value: String,
    /// How many numbers that are.
    pub(super) count: usize,
    /// Where they come from; none where there is no number.
    pub(super) origin: Option<usize>,
}

/// Every fact of a set, in the order of the file.
pub(super) fn facts(rules: &RuleSet, lang: Lang) -> Vec<Fact> {
    let mut all = Facts { rules, lang, key: String::new(), of: String::new(), found: Vec::new() };
    all.total();
    rules.items.iter().for_each(|item| all.item(item));
    all.classes();
    rules.exceptions.iter().for_each(|exception| all.exception(exception));
    rules.consequences.iter().for_each(|consequence| all.consequence(consequence));
    all.found
}

struct Facts<'a> {
    rules: &'a RuleSet,
    lang: Lang,
    key: String,
    of: String,
    found: Vec<Fact>,
}

impl Facts<'_> {
    /// What the next facts belong to.
    fn about(&mut self, kind: &str, id: &str, name: &str) {
        (self.key, self.of) = (format!("{kind} {id}"), name.to_owned());
    }

    fn push(&mut self, kind: Kind, label: String, group: Option<usize>, value: String, numbers: &[Sourced]) {
        // Numbers of one curve may come from several texts: each text is named once.
        let origins: BTreeSet<usize> = numbers.iter().map(|number| number.origin).collect();
        let first = origins.first().copied();
        for origin in first.map_or(vec![None], |_| origins.iter().copied().map(Some).collect()) {
            let count = numbers.iter().filter(|number| Some(number.origin) == origin).count();
            let (key, of) = (self.key.clone(), self.of.clone());
            self.found.push(Fact { key, of, kind, label: label.clone(), group, value: value.clone(), count, origin });
        }
    }

    fn word(&mut self, kind: Kind, value: impl Into<String>) {
        self.push(kind, String::new(), None, value.into(), &[]);
    }

    fn one(&mut self, kind: Kind, number: Sourced) {
        self.push(kind, String::new(), None, shown(number.value), &[number]);
    }

    fn many(&mut self, kind: Kind, numbers: &PerGroup, groups: &[usize]) {
        if let PerGroup::Same(number) = numbers {
            return self.one(kind, *number);
        }
        for (at, group) in self.rules.groups.iter().enumerate() {
            if let Some(number) = numbers.of(at).filter(|_| groups.is_empty() || groups.contains(&at)) {
                let label = text(&group.name, self.lang).to_owned();
                self.push(kind, label, Some(at), shown(number.value), &[number]);
            }
        }
    }

    fn total(&mut self) {
        let (rules, lang) = (self.rules, self.lang);
        for (at, dimension) in rules.dimensions.iter().enumerate() {
            let name = if at == 0 { say(lang, "总分", "total") } else { text(&dimension.name, lang) };
            self.about("dimension", &dimension.id, name);
            if at > 0 {
                self.many(("权重", "weight"), &dimension.weight, &[]);
            }
            self.word(("合成", "aggregate"), words::aggregate(dimension.aggregate, lang));
            self.word(("权重由来", "weights"), words::weighing(&dimension.weighing, lang));
            dimension.scale.into_iter().for_each(|scale| self.one(("乘数", "scale"), scale));
        }
        self.about("total", "", say(lang, "总分", "total"));
        if let Some(decimals) = rules.decimals {
            self.word(("小数位数", "decimals"), decimals.to_string());
        }
        let then: Vec<&str> =
            rules.then_by.iter().filter_map(|at| rules.items.get(*at)).map(|item| text(&item.name, lang)).collect();
        if !then.is_empty() {
            self.word(("总分相同时", "between equal totals"), then.join(say(lang, "、", ", ")));
        }
        let within = if rules.rank_within_groups { say(lang, "组内", "groups") } else { say(lang, "全部", "all") };
        self.word(("排名范围", "ranked within"), within);
    }

    fn item(&mut self, item: &Item) {
        let lang = self.lang;
        self.about("item", &item.id, text(&item.name, lang));
        self.word(("算式", "formula"), item.formula.clone());
        // Where the worst or the best item is the total, weights say only which items count.
        let above = self.rules.dimensions.get(item.parent);
        let weighs = above.is_none_or(|above| !matches!(above.aggregate, Aggregate::Minimum | Aggregate::Maximum));
        if weighs && above.is_none_or(|above| above.weighing == Weighing::Given) {
            self.many(("权重", "weight"), &item.weight, &item.groups);
        }
        let normalise = &item.normalise;
        self.word(("方法", "method"), words::method(&normalise.method, lang));
        let groups = item.groups.as_slice();
        match &normalise.method {
            Method::Ratio { benchmark: Benchmark::Given(numbers), .. } => {
                self.many(("基准值", "benchmark"), numbers, groups);
            }
            Method::BaseTarget { base, target } => {
                self.many(("基期值", "base"), base, groups);
                self.many(("目标值", "target"), target, groups);
            }
            Method::Goalposts { low, high, .. } => {
                self.many(("下限", "lower post"), low, groups);
                self.many(("上限", "upper post"), high, groups);
            }
            Method::Piecewise { points, .. } => {
                let pairs: Vec<String> =
                    points.iter().map(|(x, y)| format!("{}→{}", shown(x.value), shown(y.value))).collect();
                let numbers: Vec<Sourced> = points.iter().flat_map(|(x, y)| [*x, *y]).collect();
                self.push(("折点", "curve"), String::new(), None, pairs.join(say(lang, "，", ", ")), &numbers);
            }
            Method::Steps(steps) => {
                let each: Vec<String> = steps
                    .iter()
                    .map(|step| {
                        format!("{}→{}", range(&step.limits, say(lang, "值", "value")), shown(step.score.value))
                    })
                    .collect();
                let numbers = steps.iter().flat_map(|step| ends(&step.limits).into_iter().chain([step.score]));
                let numbers: Vec<Sourced> = numbers.collect();
                self.push(("分段", "steps"), String::new(), None, each.join(say(lang, "，", ", ")), &numbers);
            }
            Method::Deduction { full, ageing } => {
                self.one(("满分", "full points"), *full);
                for age in ageing {
                    let label = match lang {
                        Lang::Zh => format!("不满 {} 个月", age.below_months),
                        Lang::En => format!("below {} months", age.below_months),
                    };
                    self.push(("扣分折减", "share by age"), label, None, shown(age.share.value), &[age.share]);
                }
            }
            Method::AsIs | Method::Ratio { .. } | Method::MinMax { .. } | Method::ZScore | Method::Rank => {}
        }
        normalise.cap.into_iter().for_each(|cap| self.one(("封顶", "cap"), cap));
        normalise.floor.into_iter().for_each(|floor| self.one(("保底", "floor"), floor));
        normalise.scale.into_iter().for_each(|scale| self.one(("乘数", "scale"), scale));
        self.word(("缺数时", "where missing"), words::missing(&item.missing, lang));
        if let Missing::Value(value) = &item.missing {
            self.one(("缺数时的取值", "value where missing"), *value);
        }
    }

    fn classes(&mut self) {
        let (rules, lang) = (self.rules, self.lang);
        let Some(classes) = &rules.classes else { return };
        self.about("classes", "", say(lang, "分档", "classes"));
        for class in &classes.list {
            let name = text(&class.name, lang);
            match &class.share {
                Share::Total(limits) => {
                    let value = range(limits, say(lang, "总分", "total"));
                    self.push(("界线", "bounds"), name.to_owned(), None, value, &ends(limits));
                }
                Share::Nobody => self.push(
                    ("界线", "bounds"),
                    name.to_owned(),
                    None,
                    say(lang, "只由例外进入", "by exception only").to_owned(),
                    &[],
                ),
                Share::Until(_) => {}
            }
        }
        let by_group = |share: &Share| matches!(share, Share::Until(PerGroup::ByGroup(_)));
        let differ = classes.list.iter().any(|class| by_group(&class.share));
        for group in 0..if differ { rules.groups.len() } else { 1 } {
            let label = rules.groups.get(group).filter(|_| differ).map(|group| text(&group.name, lang));
            let mut before = 0.0;
            for class in &classes.list {
                let Share::Until(until) = &class.share else { continue };
                let Some(end) = until.of(group) else { continue };
                let label = [label, Some(text(&class.name, lang))].into_iter().flatten().collect::<Vec<_>>().join(" ");
                self.push(
                    ("份额", "shares"),
                    label,
                    differ.then_some(group),
                    words::share(before, end.value, lang),
                    &[end],
                );
                before = end.value;
            }
        }
    }

    fn exception(&mut self, exception: &Exception) {
        let lang = self.lang;
        self.about("exception", &exception.id, text(&exception.reason, lang));
        let origin = Sourced { value: f64::NAN, origin: exception.origin };
        let class = |at: usize| {
            let class = self.rules.classes.as_ref().and_then(|classes| classes.list.get(at));
            class.map_or("", |class| text(&class.name, lang))
        };
        let effect = match exception.effect {
            Effect::Set(at) => format!("{} {}", say(lang, "定为", "set to"), class(at)),
            Effect::Lift(steps) => format!("{} {steps}{}", say(lang, "升", "up by"), say(lang, " 档", "")),
            Effect::Lower(steps) => format!("{} {steps}{}", say(lang, "降", "down by"), say(lang, " 档", "")),
            Effect::AtBest(at) => format!("{} {}", say(lang, "至多为", "at best"), class(at)),
            Effect::AtWorst(at) => format!("{} {}", say(lang, "至少为", "at worst"), class(at)),
            Effect::Exempt(_) => say(lang, "不评价", "not graded").to_owned(),
        };
        self.push(("例外", "exception"), String::new(), None, format!("{} → {effect}", exception.formula), &[origin]);
    }

    fn consequence(&mut self, consequence: &Consequence) {
        let lang = self.lang;
        self.about("consequence", &consequence.id, text(&consequence.name, lang));
        let classes = self.rules.classes.iter().flat_map(|classes| classes.list.iter().enumerate());
        let named =
            classes.filter(|(at, _)| consequence.classes.contains(at)).map(|(_, class)| text(&class.name, lang));
        let named: Vec<&str> = named.collect();
        let origin = Sourced { value: f64::NAN, origin: consequence.origin };
        self.push(("结果应用", "consequence"), String::new(), None, named.join(say(lang, "、", ", ")), &[origin]);
        if !consequence.steps.is_empty() {
            let steps: Vec<String> = consequence.steps.iter().map(|step| shown(step.value)).collect();
            self.push(("标准", "amount"), String::new(), None, steps.join(say(lang, "，", ", ")), &consequence.steps);
        }
    }
}

fn ends(limits: &Limits) -> Vec<Sourced> {
    [limits.from, limits.to].into_iter().flatten().map(|(end, _)| end).collect()
}

/// A range with what lies in it between its ends: `80 ≤ total < 90`.
pub(super) fn range(limits: &Limits, what: &str) -> String {
    let sign = |closed: bool| if closed { "≤" } else { "<" };
    match (limits.from, limits.to) {
        (Some((from, closed)), Some((to, shut))) => {
            format!("{} {} {what} {} {}", shown(from.value), sign(closed), sign(shut), shown(to.value))
        }
        (Some((from, closed)), None) => format!("{what} {} {}", if closed { "≥" } else { ">" }, shown(from.value)),
        (None, Some((to, closed))) => format!("{what} {} {}", sign(closed), shown(to.value)),
        (None, None) => what.to_owned(),
    }
}
