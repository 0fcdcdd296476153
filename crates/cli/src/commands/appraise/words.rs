//! Methods, marks and shares as words.

use lantu_appraisal::rules::{
    Aggregate, Average, Benchmark, Confidence, Method, Missing, RatioKind, RuleSet, Weighing,
};
use lantu_blueprint::Lang;

use super::numbers::shown;
use crate::commands::say;

/// What a mark of confidence means, in full.
pub(super) fn meaning(mark: Confidence, lang: Lang) -> &'static str {
    match mark {
        Confidence::Official => say(lang, "官方文本，已读原文", "official text, read"),
        Confidence::Law => say(lang, "法律法规，已读原文", "text of a law or regulation, read"),
        Confidence::OtherPlace => say(lang, "其他地方的官方文本", "official text of another place"),
        Confidence::Secondary => say(lang, "二手来源", "secondary source"),
        Confidence::Assumed => {
            say(lang, "通行做法的默认值，没有读到来源，不是官方规定", "a usual default, no source read, not official")
        }
        Confidence::Own => say(lang, "自拟的取值，不是官方规定", "our own choice, not official"),
    }
}

/// The same, as short as it goes beside the mark.
pub(super) fn short(mark: Confidence, lang: Lang) -> &'static str {
    match mark {
        Confidence::Official => say(lang, "官方文本", "official text"),
        Confidence::Law => say(lang, "法律法规", "law"),
        Confidence::OtherPlace => say(lang, "别处的官方文本", "official elsewhere"),
        Confidence::Secondary => say(lang, "二手来源", "secondary source"),
        Confidence::Assumed => say(lang, "没有核对的默认值", "unchecked default"),
        Confidence::Own => say(lang, "自拟", "own choice"),
    }
}

/// The number of a source in the list of them; what is not written in the rules has none.
pub(super) fn reference(rules: &RuleSet, source: usize, lang: Lang) -> String {
    if source < rules.sources.len() {
        format!("[{}]", source + 1)
    } else {
        say(lang, "规则未写", "unwritten").to_owned()
    }
}

/// What lies from one share to another, counted from the best.
pub(super) fn share(from: f64, to: f64, lang: Lang) -> String {
    let percent = |share: f64| shown(100.0 * share);
    match (from <= 0.0, to >= 1.0, lang) {
        (true, true, _) => say(lang, "全部", "all").to_owned(),
        (true, _, Lang::Zh) => format!("前 {}%", percent(to)),
        (true, _, Lang::En) => format!("first {}%", percent(to)),
        (_, true, Lang::Zh) => format!("其余（{}% 以后）", percent(from)),
        (_, true, Lang::En) => format!("the rest (after {}%)", percent(from)),
        _ => format!("{}–{}%", percent(from), percent(to)),
    }
}

pub(super) fn aggregate(aggregate: Aggregate, lang: Lang) -> &'static str {
    match aggregate {
        Aggregate::Sum => say(lang, "求和", "sum"),
        Aggregate::Arithmetic => say(lang, "算术平均", "arithmetic mean"),
        Aggregate::Geometric => say(lang, "几何平均", "geometric mean"),
        Aggregate::Harmonic => say(lang, "调和平均", "harmonic mean"),
        Aggregate::Minimum => say(lang, "取最小", "minimum"),
        Aggregate::Maximum => say(lang, "取最大", "maximum"),
        Aggregate::Topsis => "TOPSIS",
    }
}

pub(super) fn weighing(weighing: &Weighing, lang: Lang) -> &'static str {
    match weighing {
        Weighing::Given => say(lang, "规则给定", "given by the rules"),
        Weighing::Equal => say(lang, "等权", "equal"),
        Weighing::Entropy => say(lang, "由数据推出（熵权）", "from the data (entropy)"),
        Weighing::Critic => say(lang, "由数据推出（CRITIC）", "from the data (CRITIC)"),
        Weighing::Principal => say(lang, "由数据推出（主成分）", "from the data (principal components)"),
        Weighing::Pairwise(_) => say(lang, "由两两比较推出", "from comparisons in pairs"),
    }
}

pub(super) fn method(method: &Method, lang: Lang) -> &'static str {
    match method {
        Method::AsIs => say(lang, "值本身", "the value"),
        Method::Ratio { benchmark, kind } => match (benchmark, kind) {
            (Benchmark::Given(_), RatioKind::Direct) => say(lang, "值 ÷ 基准", "value ÷ benchmark"),
            (Benchmark::Given(_), RatioKind::Inverse) => say(lang, "基准 ÷ 值", "benchmark ÷ value"),
            (Benchmark::Given(_), RatioKind::Reverse) => say(lang, "2 − 值 ÷ 基准", "2 − value ÷ benchmark"),
            (Benchmark::Mean, _) => say(lang, "与平均值比", "against the mean"),
            (Benchmark::Median, _) => say(lang, "与中位数比", "against the median"),
            (Benchmark::RatioOfSums, _) => say(lang, "与合计之比相比", "against the ratio of sums"),
        },
        Method::BaseTarget { .. } => say(lang, "基期到目标", "base to target"),
        Method::Goalposts { .. } => say(lang, "上下限之间", "between posts"),
        Method::MinMax { .. } => say(lang, "最小到最大", "least to greatest"),
        Method::ZScore => say(lang, "标准差", "standard deviations"),
        Method::Rank => say(lang, "名次", "rank"),
        Method::Piecewise { .. } => say(lang, "折线", "curve"),
        Method::Steps(_) => say(lang, "分段", "steps"),
        Method::Deduction { .. } => say(lang, "扣分", "points off"),
    }
}

pub(super) fn missing(missing: &Missing, lang: Lang) -> String {
    match missing {
        Missing::Refuse => say(lang, "不评价", "not graded").into(),
        Missing::Drop => say(lang, "这一项不计", "left out").into(),
        Missing::Zero => say(lang, "得 0 分", "scores 0").into(),
        Missing::GroupScore => say(lang, "按同组平均得分计", "scores the average of its group").into(),
        Missing::Impute(Average::Mean, _) => say(lang, "按平均值计", "the mean is taken").into(),
        Missing::Impute(Average::Median, _) => say(lang, "按中位数计", "the median is taken").into(),
        Missing::Value(value) => match lang {
            Lang::Zh => format!("按 {} 计", shown(value.value)),
            Lang::En => format!("{} is taken", shown(value.value)),
        },
    }
}
