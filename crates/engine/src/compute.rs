//! Computed indicators: in the order of their dependencies, from the cache where nothing changed, by DataFusion
//! where something did. Results do not depend on how many threads share the work.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::Schema;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::{Expr, LogicalPlan, Volatility};
use lantu_blueprint::model::{Indicator, IndicatorKind, Observation};
use lantu_blueprint::{Code, Diagnostic, Location, Text};

use crate::cache::{Cache, Entry};
use crate::error::QueryProblem;
use crate::keys::{Key, Keys};
use crate::lineage::rows;
use crate::problems::Problems;
use crate::results::{self, Sources};
use crate::session::{Session, on_own_thread};
use crate::sql_error;
use crate::tables::Tables;

/// Most rows an indicator may have.
const MAX_RESULT: usize = 5_000_000;
const MAX_THREADS: usize = 8;

/// A computed indicator with its query.
struct Formula<'a> {
    indicator: &'a Indicator,
    sql: &'a str,
    reads: Vec<Cow<'a, str>>,
    /// Those of `reads` that are computed themselves.
    needs: Vec<Cow<'a, str>>,
}

/// What a pass over all formulas gave.
pub(crate) struct Outcome {
    pub(crate) results: BTreeMap<String, Entry>,
    /// True when something was computed or is gone: the cache is to be written.
    pub(crate) changed: bool,
}

/// Computes every computed indicator. `session` starts DataFusion, when it is needed at all.
pub(crate) fn all<'s>(
    tables: &Tables,
    cache: &Cache,
    session: impl Fn() -> std::result::Result<&'s Session, String>,
) -> Outcome {
    let mut keys = Keys::new(tables);
    let mut results: BTreeMap<String, Entry> = BTreeMap::new();
    let mut changed = false;
    for level in levels(tables) {
        let mut work: Vec<(&Formula<'_>, Key)> = Vec::new();
        for formula in &level {
            let id = &formula.indicator.id;
            let key = keys.indicator(formula.indicator);
            let entry = match cache.results.get(id).filter(|entry| entry.key == key) {
                Some(entry) => entry.clone(),
                None => {
                    match formula.needs.iter().find(|need| results.get(&***need).is_none_or(|entry| entry.failed)) {
                        Some(need) => failed_need(formula, need, key),
                        None => {
                            work.push((formula, key));
                            continue;
                        }
                    }
                }
            };
            tables.put(id, entry.observations.clone());
            results.insert(id.clone(), entry);
        }
        if work.is_empty() {
            continue;
        }
        changed = true;
        for (id, entry) in run_level(&work, tables, &session()) {
            tables.put(&id, entry.observations.clone());
            results.insert(id, entry);
        }
    }
    changed |= cache.results.keys().any(|id| !results.contains_key(id));
    Outcome { results, changed }
}

/// Formulas in groups: each reads only from groups before its own. Those in a circle are in none; the blueprint's
/// check reports them.
fn levels(tables: &Tables) -> Vec<Vec<Formula<'_>>> {
    let computed: BTreeSet<&str> = formulas(tables).map(|(indicator, ..)| indicator.id.as_str()).collect();
    let mut waiting: Vec<Formula<'_>> = formulas(tables)
        .map(|(indicator, sql, reads)| {
            let reads: Vec<Cow<'_, str>> = reads.iter().map(|name| tables.canonical(name)).collect();
            let needs = reads.iter().filter(|name| computed.contains(&***name)).cloned().collect();
            Formula { indicator, sql, reads, needs }
        })
        .collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut levels = Vec::new();
    loop {
        let (ready, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|formula| formula.needs.iter().all(|need| done.contains(&**need)));
        if ready.is_empty() {
            return levels;
        }
        done.extend(ready.iter().map(|formula| formula.indicator.id.as_str()));
        levels.push(ready);
        waiting = later;
    }
}

fn formulas(tables: &Tables) -> impl Iterator<Item = (&Indicator, &str, &[String])> {
    tables.plan.indicators.iter().filter_map(|indicator| match &indicator.kind {
        IndicatorKind::Computed { sql, reads } => Some((indicator, &**sql, reads.as_slice())),
        IndicatorKind::Published => None,
    })
}

/// Runs formulas that do not depend on each other.
fn run_level(
    work: &[(&Formula<'_>, Key)],
    tables: &Tables,
    session: &std::result::Result<&Session, String>,
) -> Vec<(String, Entry)> {
    let session = match session {
        Ok(session) => *session,
        Err(why) => {
            return work
                .iter()
                .map(|(formula, key)| (formula.indicator.id.clone(), broken(formula, *key, why)))
                .collect();
        }
    };
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(String, Entry)>> = Mutex::new(Vec::with_capacity(work.len()));
    let why: Mutex<String> = Mutex::default();
    let worker = || {
        while next.load(Ordering::Relaxed) < work.len() {
            let end = on_own_thread(async || {
                while let Some((formula, key)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let entry = run(formula, *key, tables, session).await;
                    found.lock().unwrap_or_else(PoisonError::into_inner).push((formula.indicator.id.clone(), entry));
                }
            });
            // A panic costs the formula that caused it; the others go on, on a new thread.
            if let Err(words) = end {
                *why.lock().unwrap_or_else(PoisonError::into_inner) = words;
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS).min(work.len());
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let why = why.into_inner().unwrap_or_else(PoisonError::into_inner);
    let done: BTreeSet<String> = found.iter().map(|(id, _)| id.clone()).collect();
    let lost = work.iter().filter(|(formula, _)| !done.contains(&formula.indicator.id));
    found.extend(lost.map(|(formula, key)| (formula.indicator.id.clone(), broken(formula, *key, &why))));
    found
}

async fn run(formula: &Formula<'_>, key: Key, tables: &Tables, session: &Session) -> Entry {
    let place = first_word(formula);
    let mut problems = Problems::default();
    let outcome = match query(formula, tables, session).await {
        Ok((batch, sources, known)) => {
            let read = results::observations(formula.indicator, &place, &tables.plan, &batch, &sources, &mut problems);
            read.map(|observations| (observations, known))
        }
        Err(error) => {
            let lasting = !matches!(error.find_root(), DataFusionError::ResourcesExhausted(_));
            let problem = sql_error::explain(&error, formula.sql, &tables.names());
            return failed(formula, key, lasting, problem);
        }
    };
    match outcome {
        Ok((observations, known)) => {
            Entry { key, failed: false, lasting: known, observations, diagnostics: problems.finish() }
        }
        Err(diagnostic) => {
            let mut diagnostics = problems.finish();
            diagnostics.push(*diagnostic);
            Entry { key, failed: true, lasting: true, observations: Vec::new(), diagnostics }
        }
    }
}

/// Runs the query of a formula; the flag says that its key covers everything it read.
async fn query(formula: &Formula<'_>, tables: &Tables, session: &Session) -> Result<(RecordBatch, Sources, bool)> {
    let planned = session.plan(formula.sql, tables).await?;
    refuse_changing(&planned.plan)?;
    let known = planned.tables.iter().all(|name| formula.reads.iter().any(|read| read == name));
    let plan = session.state.optimize(&planned.plan)?;
    let read = || planned.tables.iter().filter_map(|name| tables.get(name)).collect();
    let traced = match rows::trace(&plan, tables) {
        Ok(traced) => match session.run(&traced.plan, MAX_RESULT).await {
            Ok((batches, cut)) => {
                let whole = if traced.partial { read() } else { Vec::new() };
                Some((traced.plan, batches, cut, Sources { scans: traced.scans, whole }))
            }
            Err(error) if matches!(error.find_root(), DataFusionError::ResourcesExhausted(_)) => return Err(error),
            Err(_) => None,
        },
        Err(_) => None,
    };
    let (plan, batches, cut, sources) = match traced {
        Some(traced) => traced,
        None => {
            // The rewritten plan does not run: the formula's own plan decides, and every row it reads is a source.
            let (batches, cut) = session.run(&plan, MAX_RESULT).await?;
            (plan, batches, cut, Sources { scans: Vec::new(), whole: read() })
        }
    };
    if cut {
        return Err(DataFusionError::ResourcesExhausted(format!("more than {MAX_RESULT} rows")));
    }
    let schema = batches.first().map_or_else(|| Arc::new(plan.schema().as_arrow().clone()), RecordBatch::schema);
    // The batches of a union may disagree on what can be NULL.
    let fields: Vec<_> = schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true)).collect();
    Ok((concat_batches(&Arc::new(Schema::new(fields)), &batches)?, sources, known))
}

/// The same input must give the same result: no clock and no chance in formulas.
fn refuse_changing(plan: &LogicalPlan) -> Result<()> {
    let mut found = None;
    plan.apply_with_subqueries(|node| {
        node.apply_expressions(|expression| {
            expression.apply(|part| {
                if let Expr::ScalarFunction(call) = part {
                    let clock = ["now", "current_date", "current_time", "today"].contains(&call.func.name());
                    if clock || call.func.signature().volatility == Volatility::Volatile {
                        found = Some(call.func.name().to_owned());
                    }
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    match found {
        None => Ok(()),
        Some(name) => Err(DataFusionError::Plan(format!("{}{name}", sql_error::CHANGING))),
    }
}

fn first_word(formula: &Formula<'_>) -> Location {
    let (line, column) = sql_error::first_word(formula.sql);
    Location::new(Arc::clone(&formula.indicator.location.file), line, column)
}

fn failed(formula: &Formula<'_>, key: Key, lasting: bool, problem: QueryProblem) -> Entry {
    let location = Location::new(Arc::clone(&formula.indicator.location.file), problem.line, problem.column);
    let diagnostic = Diagnostic::new(Code::FailedQuery, location, problem.message).hint(problem.hint);
    Entry { key, failed: true, lasting, observations: Vec::new(), diagnostics: vec![diagnostic] }
}

fn failed_need(formula: &Formula<'_>, need: &str, key: Key) -> Entry {
    let text = Text::new(
        format!("要用的指标「{need}」没有算出来，所以这个也没有"),
        format!("the indicator `{need}` that this one reads was not computed, so this one was not either"),
    );
    let hint = Text::new(format!("先改好「{need}」"), format!("correct `{need}` first"));
    let (line, column) = sql_error::find(formula.sql, need).unwrap_or_else(|| sql_error::first_word(formula.sql));
    failed(formula, key, false, QueryProblem { message: text, hint, line, column })
}

fn broken(formula: &Formula<'_>, key: Key, why: &str) -> Entry {
    let text = Text::new(format!("查询引擎出错：{why}"), format!("the query engine failed: {why}"));
    let (line, column) = sql_error::first_word(formula.sql);
    failed(formula, key, false, QueryProblem { message: text, hint: Text::default(), line, column })
}

/// Observations and diagnostics of all results, in order.
pub(crate) fn gather(results: &BTreeMap<String, Entry>) -> (Vec<Arc<Observation>>, Vec<Diagnostic>) {
    let observations = results.values().flat_map(|entry| entry.observations.iter().cloned()).collect();
    let mut diagnostics: Vec<Diagnostic> =
        results.values().flat_map(|entry| entry.diagnostics.iter().cloned()).collect();
    diagnostics.sort();
    (observations, diagnostics)
}
