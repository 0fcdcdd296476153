//! The result of an indicator's query → its observations, with the rows each is made of.

mod figure;

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, UInt32Type};
use datafusion::arrow::record_batch::RecordBatch;
use lantu_blueprint::model::{Indicator, Observation, Plan};
use lantu_blueprint::{Code, Diagnostic, Location, Period, Text};

use crate::lineage::rows::scan_of;
use crate::problems::Problems;
use crate::provenance::{Provenance, Whole};
use crate::tables::Table;

use self::figure::{Figure, Reader};

/// Where result rows come from.
pub(crate) struct Sources {
    /// Tables of the plan's scans, for lineage columns.
    pub(crate) scans: Vec<Arc<Table>>,
    /// Tables taken whole, where the plan could not be traced, or not all of it.
    pub(crate) whole: Vec<Arc<Table>>,
}

/// Reads a result. An error is one that makes the whole indicator fail.
pub(crate) fn observations(
    indicator: &Indicator,
    place: &Location,
    plan: &Plan,
    batch: &RecordBatch,
    sources: &Sources,
    problems: &mut Problems,
) -> Result<Vec<Arc<Observation>>, Box<Diagnostic>> {
    let reader = Reader::new(indicator, place, plan, batch, problems)?;
    let columns = batch.schema();
    let lineage: Vec<(usize, &ArrayRef)> = columns
        .fields()
        .iter()
        .zip(batch.columns())
        .filter_map(|(field, array)| Some((scan_of(field.name())?, array)))
        .collect();
    let id: Arc<str> = Arc::from(indicator.id.as_str());
    let file = Arc::clone(&indicator.location.file);
    let empty: Arc<str> = Arc::from("");
    let whole = Whole::of(&sources.whole);
    let mut found = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let Some(figure) = reader.figure(row, problems) else { continue };
        let mut provenance = Provenance::default();
        for (scan, array) in &lineage {
            if let Some(table) = sources.scans.get(*scan) {
                add_rows(array, row, table, figure.period, &mut provenance);
            }
        }
        provenance.add_whole(&whole, figure.period);
        let (mut low, mut high) = (figure.low, figure.high);
        if figure.bounded != (true, true) && !provenance.exact {
            // How far a formula carries an interval is its author's to say; until then the value may be anything.
            low = if figure.bounded.0 { low } else { f64::NEG_INFINITY };
            high = if figure.bounded.1 { high } else { f64::INFINITY };
            problems.say("lost-interval", &place.file, || lost_interval(place, &figure));
        }
        found.push(Arc::new(Observation {
            indicator: Arc::clone(&id),
            area: figure.area,
            period: figure.period,
            value: figure.value,
            low,
            high,
            stage: figure.stage.unwrap_or(provenance.stage),
            trust: figure.trust.unwrap_or(provenance.trust),
            published: provenance.known(figure.period),
            breaks: provenance.breaks,
            source: Arc::clone(&file),
            source_url: Arc::clone(&empty),
            note: Arc::clone(&empty),
            rows: if sources.scans.is_empty() { Arc::clone(&whole.rows) } else { provenance.rows() },
        }));
    }
    crate::observations::sort(&mut found);
    for pair in found.windows(2) {
        if let [a, b] = pair
            && (&a.area, a.period) == (&b.area, b.period)
        {
            let text = Text::new(
                format!("结果里 {}、{} 有不止一行", a.area, a.period),
                format!("the result has more than one row for {}, {}", a.area, a.period),
            );
            let hint = Text::new(
                "每个区域、每个时期只能有一行；请检查联接条件",
                "one row per area and period is wanted; check the join conditions",
            );
            return Err(Box::new(Diagnostic::new(Code::FailedQuery, place.clone(), text).hint(hint)));
        }
    }
    Ok(found)
}

fn lost_interval(place: &Location, figure: &Figure) -> Diagnostic {
    let Figure { area, period, value, .. } = figure;
    Diagnostic::new(
        Code::LostInterval,
        place.clone(),
        Text::new(
            format!("{area}、{period}：来源行是区间，{value} 没有给出两端；未给的一端按未知处理"),
            format!("{area}, {period}: source rows are intervals, and {value} comes without both ends; an end not given is unknown"),
        ),
    )
    .hint(Text::new(
        "请同时算出 low 和 high，或只用 low = high 的行",
        "compute low and high too, or use rows with low = high only",
    ))
}

/// Adds the rows that a lineage cell names: a row number, or lists of them, however deep. A list may name each row of
/// a small table a million times.
fn add_rows(array: &ArrayRef, row: usize, table: &Table, period: Period, provenance: &mut Provenance) {
    let mut named = Vec::new();
    gather(array, row, &mut named);
    let rows = table.batch.num_rows();
    if named.len() > rows {
        let mut seen = vec![false; rows];
        for at in named {
            if let Some(seen) = seen.get_mut(at) {
                *seen = true;
            }
        }
        named = seen.iter().enumerate().filter_map(|(at, seen)| seen.then_some(at)).collect();
    }
    named.into_iter().for_each(|at| provenance.add(table, at, Some(period)));
}

fn gather(array: &ArrayRef, row: usize, named: &mut Vec<usize>) {
    if array.is_null(row) {
        return;
    }
    match array.data_type() {
        DataType::UInt32 => {
            let at = array.as_primitive::<UInt32Type>().value(row);
            named.push(usize::try_from(at).unwrap_or(usize::MAX));
        }
        DataType::List(_) => {
            let values = array.as_list::<i32>().value(row);
            (0..values.len()).for_each(|at| gather(&values, at, named));
        }
        _ => {}
    }
}
