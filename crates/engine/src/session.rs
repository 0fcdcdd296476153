//! The one place where DataFusion runs. Started only when SQL is needed, on a thread of its own: callers may stand
//! inside an async runtime already, and deeply nested SQL wants a deep stack.

use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::record_batch::RecordBatch;
use datafusion::common::{DataFusionError, Result};
use datafusion::config::Dialect;
use datafusion::datasource::MemTable;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::execute_stream;
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt;
use lantu_blueprint::sql;

use crate::tables::{Table, Tables};

/// Reserved, not used: only touched pages cost memory.
const STACK: usize = 256 << 20;
const MEMORY: usize = 2 << 30;
/// Longest a single query may run.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Marks an error that is said in both languages already.
pub(crate) const TOO_LARGE: &str = "\u{1}";
/// Functions that make a text of any length out of nothing, which no limit of memory sees coming.
const WITHOUT_BOUND: [&str; 3] = ["repeat", "lpad", "rpad"];
/// Table functions that make any number of rows out of nothing; a city's rows come from its files.
const ROWS_FROM_NOTHING: [&str; 2] = ["generate_series", "range"];

/// A DataFusion session over the tables of a blueprint.
pub(crate) struct Session {
    context: SessionContext,
    /// Taken once: a copy for every step of every query would cost as much as planning a small one. Tables that are
    /// registered later are seen all the same.
    pub(crate) state: SessionState,
}

/// A query read and checked, not yet optimised.
pub(crate) struct Planned {
    pub(crate) plan: LogicalPlan,
    /// Names of the tables it reads.
    pub(crate) tables: Vec<String>,
}

impl Session {
    pub(crate) fn new() -> Result<Session> {
        let mut config = SessionConfig::new()
            // The tables of a city are small, so threads would cost more than they bring, and sums of doubles
            // depend on their order: one partition gives the same bytes on any machine.
            .with_target_partitions(1)
            .with_default_catalog_and_schema("lantu", "public")
            .with_create_default_catalog_and_schema(true)
            .with_information_schema(false);
        let options = config.options_mut();
        options.sql_parser.collect_spans = true;
        // A recursion without end fills the memory before any limit is noticed.
        options.execution.enable_recursive_ctes = false;
        // Lineage follows joins; a scalar subquery that stays an expression would be invisible to it.
        options.optimizer.enable_physical_uncorrelated_scalar_subquery = false;
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_limit(MEMORY, 1.0)
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled))
            .build_arc()?;
        let context = SessionContext::new_with_config_rt(config, runtime);
        WITHOUT_BOUND.iter().for_each(|name| context.deregister_udf(name));
        ROWS_FROM_NOTHING.iter().for_each(|name| context.deregister_udtf(name));
        Ok(Session { state: context.state(), context })
    }

    /// Plans one SELECT. The tables it names are registered on the way; unknown ones are left to the planner, whose
    /// message then carries their place.
    pub(crate) async fn plan(&self, sql: &str, tables: &Tables) -> Result<Planned> {
        if let Some(why) = sql::too_large(sql) {
            return Err(DataFusionError::Plan(format!("{TOO_LARGE}{}{TOO_LARGE}{}", why.zh, why.en)));
        }
        let state = &self.state;
        let statement = state.sql_to_statement(sql, &Dialect::PostgreSQL)?;
        let mut names = Vec::new();
        for reference in state.resolve_table_references(&statement)? {
            let name = reference.table();
            names.push(name.to_owned());
            if !self.context.table_exist(reference.clone())?
                && let Some(table) = tables.get(name)
            {
                self.register(name, &table)?;
            }
        }
        let plan = state.statement_to_plan(statement).await?;
        // Reading is all a query may do: no files, no settings, no tables made.
        SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false)
            .verify_plan(&plan)?;
        Ok(Planned { plan, tables: names })
    }

    fn register(&self, name: &str, table: &Table) -> Result<()> {
        self.register_batch(name, table.batch.clone())
    }

    pub(crate) fn register_batch(&self, name: &str, batch: RecordBatch) -> Result<()> {
        let table = MemTable::try_new(batch.schema(), vec![vec![batch]])?;
        // Two threads may register the same table at once: the second finds it there, with the same content.
        let reference = datafusion::common::TableReference::bare(name);
        match self.context.register_table(reference.clone(), Arc::new(table)) {
            Err(error) if !self.context.table_exist(reference)? => Err(error),
            _ => Ok(()),
        }
    }

    /// Runs an optimised plan to its end, up to `max_rows` rows; the flag says whether rows were left out.
    pub(crate) async fn run(&self, plan: &LogicalPlan, max_rows: usize) -> Result<(Vec<RecordBatch>, bool)> {
        let work = async {
            let state = &self.state;
            let physical = state.query_planner().create_physical_plan(plan, state).await?;
            let mut stream = execute_stream(physical, state.task_ctx())?;
            let (mut batches, mut rows) = (Vec::new(), 0_usize);
            while let Some(batch) = stream.next().await {
                let batch = batch?;
                let room = max_rows - rows;
                if batch.num_rows() > room {
                    batches.push(batch.slice(0, room));
                    return Ok((batches, true));
                }
                rows += batch.num_rows();
                batches.push(batch);
            }
            Ok((batches, false))
        };
        match tokio::time::timeout(TIME_LIMIT, work).await {
            Ok(result) => result,
            Err(_) => Err(DataFusionError::ResourcesExhausted(OUT_OF_TIME.to_owned())),
        }
    }
}

pub(crate) const OUT_OF_TIME: &str = "the query ran out of time";

/// Runs `work` with a runtime on a thread with a deep stack. An error is a panic in DataFusion, in words, or the
/// system's refusal to start a thread.
pub(crate) fn on_own_thread<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> std::result::Result<T, String> {
    std::thread::scope(|scope| {
        let run = move || -> std::result::Result<T, String> {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_time().build().map_err(|error| error.to_string())?;
            Ok(runtime.block_on(work()))
        };
        let thread =
            std::thread::Builder::new().name("lantu-sql".to_owned()).stack_size(STACK).spawn_scoped(scope, run);
        let joined = thread.map_err(|error| error.to_string())?.join();
        joined.unwrap_or_else(|panic| Err(words_of(&*panic)))
    })
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "internal error".to_owned())
}
