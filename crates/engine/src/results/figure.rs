//! One row of a result: where, when, how much; with the words for what is wrong in it.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::arrow::record_batch::RecordBatch;
use lantu_blueprint::diagnostic::suggestion;
use lantu_blueprint::model::{Indicator, Plan, Stage, Trust};
use lantu_blueprint::{Code, Diagnostic, Location, Period, Text};

use crate::lineage::rows::scan_of;
use crate::problems::Problems;
use crate::value::ColumnType;

/// Columns that are read.
const COLUMNS: [&str; 7] = ["area", "period", "value", "low", "high", "stage", "trust"];

/// One figure of a result.
pub(super) struct Figure {
    pub(super) area: Arc<str>,
    pub(super) period: Period,
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// True for an end that the query itself gives.
    pub(super) bounded: (bool, bool),
    pub(super) stage: Option<Stage>,
    pub(super) trust: Option<Trust>,
}

/// The columns of a result, in the types they are wanted in.
pub(super) struct Reader<'a> {
    id: &'a str,
    place: &'a Location,
    plan: &'a Plan,
    area: ArrayRef,
    period: ArrayRef,
    value: Option<ArrayRef>,
    low: Option<ArrayRef>,
    high: Option<ArrayRef>,
    stage: Option<ArrayRef>,
    trust: Option<ArrayRef>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        indicator: &'a Indicator,
        place: &'a Location,
        plan: &'a Plan,
        batch: &RecordBatch,
        problems: &mut Problems,
    ) -> Result<Reader<'a>, Box<Diagnostic>> {
        let schema = batch.schema();
        let names: Vec<&str> =
            schema.fields().iter().map(|field| field.name().as_str()).filter(|name| scan_of(name).is_none()).collect();
        let fail = |zh: String, en: String| {
            let hint = Text::new(
                "结果要有 area、period，以及 value 或 low 和 high",
                "the result needs area, period, and value or low and high",
            );
            Box::new(Diagnostic::new(Code::FailedQuery, place.clone(), Text::new(zh, en)).hint(hint))
        };
        for name in names.iter().filter(|name| !COLUMNS.contains(name)) {
            problems.say("extra-column", &place.file, || {
                Diagnostic::new(
                    Code::UnknownField,
                    place.clone(),
                    Text::new(format!("结果列「{name}」没有用处"), format!("nothing reads the result column `{name}`")),
                )
                .hint(suggestion(
                    name,
                    COLUMNS,
                    Text::new("请从 SELECT 里删去", "remove it from the SELECT"),
                ))
            });
        }
        let column = |name: &str, wanted: DataType| -> Result<Option<ArrayRef>, Box<Diagnostic>> {
            let Some(array) = batch.column_by_name(name) else { return Ok(None) };
            let is_text = ColumnType::of(array.data_type()) == ColumnType::Text && *array.data_type() != DataType::Null;
            if wanted == DataType::Float64 && is_text {
                return Err(fail(
                    format!("结果列「{name}」不是数"),
                    format!("the result column `{name}` is not a number"),
                ));
            }
            let array = cast(array, &wanted).map_err(|error| fail(error.to_string(), error.to_string()))?;
            Ok(Some(array))
        };
        let missing = |name: &str| fail(format!("结果缺「{name}」列"), format!("the result has no column `{name}`"));
        let period_kind = batch.column_by_name("period").map(|array| ColumnType::of(array.data_type()));
        // A fraction in a period must not be cut off: numbers go through doubles and are checked.
        let period_type = if period_kind == Some(ColumnType::Float) { DataType::Float64 } else { DataType::Utf8 };
        let reader = Reader {
            id: &indicator.id,
            place,
            plan,
            area: column("area", DataType::Utf8)?.ok_or_else(|| missing("area"))?,
            period: column("period", period_type)?.ok_or_else(|| missing("period"))?,
            value: column("value", DataType::Float64)?,
            low: column("low", DataType::Float64)?,
            high: column("high", DataType::Float64)?,
            stage: column("stage", DataType::Utf8)?,
            trust: column("trust", DataType::Utf8)?,
        };
        if reader.value.is_none() && (reader.low.is_none() || reader.high.is_none()) {
            return Err(missing("value"));
        }
        Ok(reader)
    }

    fn say(&self, kind: &'static str, problems: &mut Problems, code: Code, text: impl FnOnce() -> (Text, Text)) {
        problems.say(kind, &self.place.file, || {
            let (message, hint) = text();
            Diagnostic::new(code, self.place.clone(), message).hint(hint)
        });
    }

    pub(super) fn figure(&self, row: usize, problems: &mut Problems) -> Option<Figure> {
        let (value, low, high) = (number(&self.value, row), number(&self.low, row), number(&self.high, row));
        let value = match (value, low, high) {
            (Some(value), ..) => value,
            (None, Some(low), Some(high)) => middle(low, high),
            _ => return None,
        };
        let area = self.area(row, problems)?;
        let period = self.period(row, problems)?;
        let bounded = (low.is_some(), high.is_some());
        let (low, high) = (low.unwrap_or(value), high.unwrap_or(value));
        if !value.is_finite() || low.is_nan() || high.is_nan() {
            self.say("not-finite", problems, Code::BadValue, || {
                (
                    Text::new(
                        format!("{area}、{period} 的结果不是有限的数，略过"),
                        format!("the result for {area}, {period} is not a finite number and is left out"),
                    ),
                    Text::new("除数可能为零：用 NULLIF(除数, 0)", "a divisor may be zero: use NULLIF(divisor, 0)"),
                )
            });
            return None;
        }
        if low > value || value > high {
            self.say("interval", problems, Code::BadValue, || {
                (
                    Text::new(
                        format!("{area}、{period}：{value} 不在 {low} 与 {high} 之间，略过"),
                        format!("{area}, {period}: {value} is not between {low} and {high}; left out"),
                    ),
                    Text::new("要 low ≤ value ≤ high", "low ≤ value ≤ high is wanted"),
                )
            });
            return None;
        }
        let stage = self.word("stage", &self.stage, row, Stage::from_word, problems)?;
        let trust = self.word("trust", &self.trust, row, Trust::from_word, problems)?;
        Some(Figure { area: Arc::from(area), period, value, low, high, bounded, stage, trust })
    }

    fn area(&self, row: usize, problems: &mut Problems) -> Option<&str> {
        let id = text(&self.area, row).unwrap_or_default();
        if self.plan.areas.iter().any(|area| area.id == id) {
            return Some(text(&self.area, row).unwrap_or_default());
        }
        self.say("unknown-area", problems, Code::UnknownReference, || {
            let known = self.plan.areas.iter().map(|area| area.id.as_str());
            (
                Text::new(
                    format!("「{}」的结果里有 areas.csv 没有的区域「{id}」，略过", self.id),
                    format!("the result of `{}` names `{id}`, which is not in areas.csv; left out", self.id),
                ),
                suggestion(id, known, Text::new("可与 areas 表联接", "join with the table areas")),
            )
        });
        None
    }

    fn period(&self, row: usize, problems: &mut Problems) -> Option<Period> {
        let found = if self.period.is_null(row) {
            String::new()
        } else if let Some(floats) = self.period.as_primitive_opt::<Float64Type>() {
            floats.value(row).to_string()
        } else {
            text(&self.period, row).unwrap_or_default().to_owned()
        };
        let period = found.parse::<Period>().ok();
        if period.is_none() {
            self.say("bad-period", problems, Code::BadValue, || {
                (
                    Text::new(format!("「{found}」不是时期，略过"), format!("`{found}` is not a period; left out")),
                    Text::new("请写 2025、2025-H1、2025-Q3、2025-06", "write 2025, 2025-H1, 2025-Q3 or 2025-06"),
                )
            });
        }
        period
    }

    /// A cell with one of a few words; NULL and an absent column leave it to the sources.
    #[expect(clippy::option_option, reason = "absent and wrong are two different answers here")]
    fn word<T>(
        &self,
        name: &str,
        column: &Option<ArrayRef>,
        row: usize,
        parse: fn(&str) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<Option<T>> {
        let Some(found) = column.as_ref().and_then(|array| text(array, row)) else { return Some(None) };
        let word = parse(found);
        if word.is_none() {
            self.say("bad-word", problems, Code::BadValue, || {
                (
                    Text::new(
                        format!("「{found}」不是 {name} 的值，略过"),
                        format!("`{found}` is not a value of {name}; left out"),
                    ),
                    Text::new(
                        "stage：final、forecast、partial；trust：primary、secondary",
                        "stage: final, forecast, partial; trust: primary, secondary",
                    ),
                )
            });
        }
        word.map(Some)
    }
}

fn number(column: &Option<ArrayRef>, row: usize) -> Option<f64> {
    let array = column.as_ref()?;
    if array.is_null(row) { None } else { Some(array.as_primitive::<Float64Type>().value(row)) }
}

fn text(array: &ArrayRef, row: usize) -> Option<&str> {
    if array.is_null(row) { None } else { Some(array.as_string::<i32>().value(row)) }
}

/// The figure shown for an interval: its middle, or its finite end.
fn middle(low: f64, high: f64) -> f64 {
    match (low.is_finite(), high.is_finite()) {
        (true, false) => low,
        (false, true) => high,
        _ => f64::midpoint(low, high),
    }
}
