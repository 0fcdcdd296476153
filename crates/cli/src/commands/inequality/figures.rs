//! What is told of one cell: all rows, a group, or groups taken together.

use lantu_appraisal::inequality::{Sample, Undefined};
use lantu_blueprint::Lang;
use serde_json::{Map, Value, json};

use super::super::say;
use crate::models::output::{number, value};

/// A figure of the table: its name for programs, and in both languages.
type Name = (&'static str, &'static str, &'static str);

/// Figures that may not exist, in the order in which they are told.
const NAMES: [Name; 7] = [
    ("gini", "基尼系数", "Gini"),
    ("theil_t", "泰尔 T", "Theil T"),
    ("theil_l", "泰尔 L", "Theil L"),
    ("palma", "帕尔马比值", "Palma"),
    ("lowest_40", "最低 40%", "lowest 40%"),
    ("middle_50", "中间 50%", "middle 50%"),
    ("highest_10", "最高 10%", "highest 10%"),
];

/// Of these the last are shares.
const SHARES: usize = 3;

/// One cell.
pub(super) struct Figures<'a> {
    pub(super) sample: &'a Sample,
    values: [Result<f64, Undefined>; NAMES.len()],
    people: f64,
    held: Option<f64>,
}

impl<'a> Figures<'a> {
    /// Of a cell among all.
    pub(super) fn new(sample: &'a Sample, all: &Sample) -> Self {
        let middle = || Ok(sample.share_of_lowest(0.9)? - sample.share_of_lowest(0.4)?);
        let values = [
            sample.gini(),
            sample.theil_t(),
            sample.theil_l(),
            sample.palma(),
            sample.share_of_lowest(0.4),
            middle(),
            sample.share_of_highest(0.1),
        ];
        let people = sample.people() / all.people();
        // A share of a total that is none, or of losses, says nothing.
        let held = (all.mean() > 0.0).then(|| people * (sample.mean() / all.mean()));
        Self { sample, values, people, held }
    }

    /// Names of the columns that [`Figures::cells`] fills.
    pub(super) fn heads(lang: Lang, weighed: bool) -> Vec<&'static str> {
        let mut heads = vec![say(lang, "行", "rows")];
        heads.extend(weighed.then(|| say(lang, "权重之和", "sum of weights")));
        heads.push(say(lang, "平均", "mean"));
        heads.extend(NAMES.iter().map(|(_, zh, en)| say(lang, zh, en)));
        heads
    }

    /// For people.
    pub(super) fn cells(&self, weighed: bool) -> Vec<String> {
        let mut cells = vec![self.sample.rows().to_string()];
        cells.extend(weighed.then(|| short(self.sample.people())));
        cells.push(short(self.sample.mean()));
        let cell = |(at, value): (usize, &Result<f64, Undefined>)| match value {
            Err(_) => "–".to_owned(),
            Ok(share) if at >= NAMES.len() - SHARES => format!("{:.1}%", 100.0 * share),
            Ok(value) => format!("{value:.4}"),
        };
        cells.extend(self.values.iter().enumerate().map(cell));
        cells
    }

    /// Names of the columns that [`Figures::numbers`] fills.
    pub(super) fn names() -> Vec<&'static str> {
        let first = ["weight", "mean", "share_of_weight", "share_of_total"];
        first.into_iter().chain(NAMES.iter().map(|(name, ..)| *name)).collect()
    }

    /// For spreadsheets: NaN where there is no figure.
    pub(super) fn numbers(&self) -> Vec<f64> {
        let first = [self.sample.people(), self.sample.mean(), self.people, self.held.unwrap_or(f64::NAN)];
        first.into_iter().chain(self.values.iter().map(|value| value.unwrap_or(f64::NAN))).collect()
    }

    /// For programs: `null` where there is no figure, and why.
    pub(super) fn as_json(&self) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("rows".into(), json!(self.sample.rows()));
        map.insert("weight".into(), value(self.sample.people()));
        map.insert("mean".into(), value(self.sample.mean()));
        map.insert("share_of_weight".into(), value(self.people));
        map.insert("share_of_total".into(), self.held.map_or(Value::Null, value));
        let mut undefined = Map::new();
        for ((name, ..), found) in NAMES.iter().zip(&self.values) {
            map.insert((*name).to_owned(), found.map_or(Value::Null, value));
            if let Err(why) = found {
                undefined.insert((*name).to_owned(), why.to_string().into());
            }
        }
        if !undefined.is_empty() {
            map.insert("undefined".into(), undefined.into());
        }
        map
    }

    /// Figures that do not exist, and why.
    pub(super) fn undefined(&self, lang: Lang) -> Vec<String> {
        let mut reasons: Vec<(Undefined, Vec<&str>)> = Vec::new();
        for ((_, zh, en), why) in NAMES.iter().zip(&self.values).filter_map(|(name, value)| Some((name, value.err()?)))
        {
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, names)) => names.push(say(lang, zh, en)),
                None => reasons.push((why, vec![say(lang, zh, en)])),
            }
        }
        let line = |(why, names): &(Undefined, Vec<&str>)| match lang {
            Lang::Zh => format!("没有{}：{}", names.join("、"), reason(*why, lang)),
            Lang::En => format!("no {}: {}", names.join(", "), reason(*why, lang)),
        };
        reasons.iter().map(line).collect()
    }
}

/// Why a figure does not exist.
pub(super) fn reason(why: Undefined, lang: Lang) -> String {
    match (why, lang) {
        (Undefined::NothingToShare, Lang::Zh) => "总和不大于 0，没有可分的".into(),
        (Undefined::BelowZero, Lang::Zh) => "有小于 0 的数值".into(),
        (Undefined::Zero, Lang::Zh) => "有等于 0 的数值".into(),
        (Undefined::BottomHasNothing, Lang::Zh) => "最低 40% 一无所有".into(),
        (Undefined::Aversion, Lang::Zh) => "不平等厌恶参数应为不小于 0 的数".into(),
        (why, Lang::En) => why.to_string(),
    }
}

/// A number of a table that people read: two places behind the point, and none where they are 0.
fn short(value: f64) -> String {
    if value.abs() >= 1e15 {
        return number(value);
    }
    let text = format!("{value:.2}");
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
