//! Texts, intervals and observations.

use lantu_blueprint::Text;
use lantu_blueprint::model::{Observation, RowRef};
use lantu_blueprint::verdict::Interval;
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{StageWord, TrustWord};

/// A text in both languages; empty when it is not written.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TextItem {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl From<&Text> for TextItem {
    fn from(text: &Text) -> TextItem {
        TextItem { zh: text.zh.clone(), en: text.en.clone() }
    }
}

/// JSON has no infinity: an open end is `null`.
pub fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// An interval; `null` is an open end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IntervalItem {
    /// Smallest value.
    #[schema(required = true)]
    pub low: Option<f64>,
    /// Largest value.
    #[schema(required = true)]
    pub high: Option<f64>,
}

impl From<Interval> for IntervalItem {
    fn from(interval: Interval) -> IntervalItem {
        IntervalItem { low: finite(interval.low), high: finite(interval.high) }
    }
}

/// A row of a data file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowItem {
    /// Path inside the blueprint.
    pub file: String,
    /// Line, worksheet row or feature number.
    pub row: u32,
}

impl From<&RowRef> for RowItem {
    fn from(row: &RowRef) -> RowItem {
        RowItem { file: row.file.to_string(), row: row.row }
    }
}

/// One published or computed value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObservationItem {
    /// Area id.
    pub area: String,
    /// Period.
    pub period: String,
    /// Last day of the period.
    pub date: String,
    /// Figure as printed.
    pub value: f64,
    /// Smallest value it can stand for.
    #[schema(required = true)]
    pub low: Option<f64>,
    /// Largest value it can stand for.
    #[schema(required = true)]
    pub high: Option<f64>,
    /// `final`, `forecast`, `partial`.
    #[schema(value_type = StageWord)]
    pub stage: &'static str,
    /// `primary`, `secondary`.
    #[schema(value_type = TrustWord)]
    pub trust: &'static str,
    /// The definition changes here.
    pub breaks: bool,
    /// A better figure of the same period is used instead.
    pub overruled: bool,
    /// Day of publication.
    #[schema(required = true)]
    pub published: Option<String>,
    /// Publication.
    pub source: String,
    /// Address of the publication; may be empty.
    pub source_url: String,
    /// Remark.
    pub note: String,
    /// Source rows.
    pub rows: Vec<RowItem>,
}

/// Source rows sent with one figure; a table scan behind an aggregate may have thousands.
const MOST_ROWS: usize = 50;

impl From<&Observation> for ObservationItem {
    fn from(o: &Observation) -> ObservationItem {
        ObservationItem {
            area: o.area.to_string(),
            period: o.period.to_string(),
            date: o.period.end().to_string(),
            value: o.value,
            low: finite(o.low),
            high: finite(o.high),
            stage: o.stage.word(),
            trust: o.trust.word(),
            breaks: o.breaks,
            overruled: false,
            published: o.published.map(|day| day.to_string()),
            source: o.source.to_string(),
            source_url: o.source_url.to_string(),
            note: o.note.to_string(),
            rows: o.rows.iter().take(MOST_ROWS).map(RowItem::from).collect(),
        }
    }
}
