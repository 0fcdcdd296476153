//! Where the numbers of rules come from, and which of them are not official.

use lantu_appraisal::diagnostic::Text;
use lantu_appraisal::rules::{Benchmark, Confidence, Item, Method, Missing, PerGroup, RuleSet, Share, Sourced};
use lantu_blueprint::Lang;

use crate::commands::say;
use crate::commands::told::text;

/// What a mark of confidence means.
pub(super) fn meaning(mark: Confidence, lang: Lang) -> &'static str {
    match mark {
        Confidence::Official => say(lang, "官方文本，已读原文", "official text, read"),
        Confidence::Law => say(lang, "法律法规，已读原文", "text of a law or regulation, read"),
        Confidence::OtherPlace => say(lang, "其他地方的官方文本", "official text of another place"),
        Confidence::Secondary => say(lang, "二手来源", "secondary source"),
        Confidence::Assumed => {
            say(lang, "通行做法的默认值，没有读到来源，不是官方规定", "a usual default, no source read, not official")
        }
        Confidence::Own => say(lang, "我们自己的取值，不是官方规定", "our own choice, not official"),
    }
}

/// Whether a number stands in for one that no source gives.
pub(super) fn is_stand_in(mark: Confidence) -> bool {
    matches!(mark, Confidence::Assumed | Confidence::Own)
}

/// What a number is for.
pub(super) type Labelled = (&'static str, &'static str, Sourced);

/// A number that was not read in an official text.
pub(super) struct Unofficial {
    /// What it belongs to: an item, classes, an exception, a consequence.
    pub(super) of: Text,
    /// Which number of it.
    pub(super) what: (&'static str, &'static str),
    /// The numbers; none where the rule itself is meant.
    pub(super) values: Vec<f64>,
    /// How far they can be relied on.
    pub(super) mark: Confidence,
    /// Place of the source.
    pub(super) source: usize,
}

impl Unofficial {
    /// The thing and its number.
    pub(super) fn said(&self, lang: Lang) -> String {
        let what = say(lang, self.what.0, self.what.1);
        match lang {
            Lang::Zh => format!("{}·{what}", text(&self.of, lang)),
            Lang::En => format!("{}, {what}", text(&self.of, lang)),
        }
    }
}

/// Everything that is not official, in the order of the file; numbers of one kind and source together.
pub(super) fn unofficial(rules: &RuleSet) -> Vec<Unofficial> {
    let mut found: Vec<Unofficial> = Vec::new();
    for item in &rules.items {
        for (zh, en, number) in numbers(item) {
            add(rules, &mut found, &item.name, (zh, en), number.origin, Some(number.value));
        }
    }
    let classes = Text { zh: "分档".into(), en: "classes".into() };
    for class in rules.classes.iter().flat_map(|classes| &classes.list) {
        let numbers: Vec<Sourced> = match &class.share {
            Share::Until(until) => until.each().collect(),
            Share::Total(limits) => [limits.from, limits.to].into_iter().flatten().map(|(end, _)| end).collect(),
            Share::Nobody => Vec::new(),
        };
        let what = if matches!(class.share, Share::Until(_)) { ("份额", "shares") } else { ("界线", "bounds") };
        for number in numbers {
            add(rules, &mut found, &classes, what, number.origin, Some(number.value));
        }
    }
    for exception in &rules.exceptions {
        add(rules, &mut found, &exception.reason, ("例外", "exception"), exception.origin, None);
    }
    for consequence in &rules.consequences {
        add(rules, &mut found, &consequence.name, ("结果应用", "consequence"), consequence.origin, None);
        for step in &consequence.steps {
            add(rules, &mut found, &consequence.name, ("标准", "amount"), step.origin, Some(step.value));
        }
    }
    found
}

fn add(
    rules: &RuleSet,
    found: &mut Vec<Unofficial>,
    of: &Text,
    what: (&'static str, &'static str),
    origin: usize,
    value: Option<f64>,
) {
    let Some(origin) = rules.origins.get(origin).filter(|origin| !origin.confidence.is_official()) else { return };
    let (mark, source) = (origin.confidence, origin.source);
    let same =
        |other: &&mut Unofficial| other.of == *of && other.what == what && other.mark == mark && other.source == source;
    match found.iter_mut().find(same) {
        Some(known) => known.values.extend(value),
        None => found.push(Unofficial { of: of.clone(), what, values: value.into_iter().collect(), mark, source }),
    }
}

/// Every number of an item with what it is for.
pub(super) fn numbers(item: &Item) -> Vec<Labelled> {
    let mut all: Vec<Labelled> = Vec::new();
    let mut each = |zh, en, numbers: &PerGroup| all.extend(numbers.each().map(|number| (zh, en, number)));
    each("权重", "weight", &item.weight);
    match &item.normalise.method {
        Method::Ratio { benchmark: Benchmark::Given(numbers), .. } => each("基准值", "benchmark", numbers),
        Method::BaseTarget { base, target } => {
            each("基期值", "base", base);
            each("目标值", "target", target);
        }
        Method::Goalposts { low, high, .. } => {
            each("下限", "lower post", low);
            each("上限", "upper post", high);
        }
        _ => {}
    }
    let normalise = &item.normalise;
    all.extend(normalise.cap.map(|cap| ("封顶", "cap", cap)));
    all.extend(normalise.floor.map(|floor| ("保底", "floor", floor)));
    match &normalise.method {
        Method::Piecewise { points, .. } => {
            all.extend(points.iter().flat_map(|(x, y)| [*x, *y]).map(|number| ("折点", "points of the curve", number)));
        }
        Method::Steps(steps) => {
            for step in steps {
                let limits = [step.limits.from, step.limits.to].into_iter().flatten();
                all.extend(limits.map(|(limit, _)| ("分段界线", "limits of steps", limit)));
                all.push(("分段得分", "scores of steps", step.score));
            }
        }
        Method::Deduction { full, ageing } => {
            all.push(("满分", "full points", *full));
            all.extend(ageing.iter().map(|age| ("扣分折减", "share by age", age.share)));
        }
        _ => {}
    }
    if let Missing::Value(value) = &item.missing {
        all.push(("缺数时的取值", "value where missing", *value));
    }
    all
}
