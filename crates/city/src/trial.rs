//! Runs the wanted values of `indicators/<id>.test.yaml` against what was published or computed.

use lantu_blueprint::Text;
use lantu_blueprint::model::{Indicator, IndicatorCase, Observation};

use crate::City;

/// Outcome of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The case.
    pub case: &'a IndicatorCase,
    /// The value found, if the row exists.
    pub got: Option<f64>,
    /// Why it failed; `None` when it passed.
    pub failure: Option<Text>,
}

/// Every case of every indicator, by indicator id.
pub fn run_cases(city: &City) -> Vec<CaseResult<'_>> {
    let indicators = city.plan().indicators.iter();
    indicators.flat_map(|indicator| indicator.cases.iter().map(move |case| run(city, indicator, case))).collect()
}

fn run<'a>(city: &City, indicator: &'a Indicator, case: &'a IndicatorCase) -> CaseResult<'a> {
    let series = city.observations().series(&indicator.id, &case.area);
    let found = series.and_then(|s| s.all().iter().find(|o| o.period == case.period));
    CaseResult { indicator, case, got: found.map(|o| o.value), failure: failure(case, found.map(AsRef::as_ref)) }
}

fn failure(case: &IndicatorCase, found: Option<&Observation>) -> Option<Text> {
    let (area, period) = (&case.area, case.period);
    let (wanted, found) = match (case.value, found) {
        (None, None) => return None,
        (None, Some(found)) => {
            let got = found.value;
            return Some(Text::new(
                format!("{area} {period} 不应有值，得到 {got}"),
                format!("{area} {period}: wanted no row, got {got}"),
            ));
        }
        (Some(wanted), None) => {
            return Some(Text::new(
                format!("{area} {period} 应为 {wanted}，没有这一行"),
                format!("{area} {period}: wanted {wanted}, there is no such row"),
            ));
        }
        (Some(wanted), Some(found)) => (wanted, found),
    };
    let off = (found.value - wanted).abs();
    if off > case.tolerance {
        let (got, tolerance) = (found.value, case.tolerance);
        return Some(Text::new(
            format!("{area} {period} 应为 {wanted} ± {tolerance}，得到 {got}"),
            format!("{area} {period}: wanted {wanted} ± {tolerance}, got {got}"),
        ));
    }
    let stage = case.stage.filter(|stage| *stage != found.stage).map(|s| (s.word(), found.stage.word()));
    let trust = case.trust.filter(|trust| *trust != found.trust).map(|t| (t.word(), found.trust.word()));
    stage.or(trust).map(|(wanted, got)| {
        Text::new(
            format!("{area} {period} 应为 {wanted}，得到 {got}"),
            format!("{area} {period}: wanted {wanted}, got {got}"),
        )
    })
}
