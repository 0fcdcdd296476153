//! Queries from people: one SELECT over every table of the blueprint and those handed in.

use lantu_blueprint::Text;
use lantu_blueprint::diagnostic::suggestion;

use crate::error::{EngineError, QueryProblem};
use crate::session::{Session, on_own_thread};
use crate::sql_error;
use crate::tables::Tables;
use crate::value::{PlainTable, QueryResult, TablePage, batch_of, cells, columns_of};

/// Most rows handed out.
const MAX_ROWS: usize = 200_000;

pub(crate) fn run(tables: &Tables, sql: &str, extra: &[PlainTable]) -> Result<QueryResult, EngineError> {
    let mut names = tables.names();
    names.extend(extra.iter().map(|table| table.name.clone()));
    let work = async || -> Result<QueryResult, datafusion::common::DataFusionError> {
        // A session of its own: the tables handed in belong to this query only.
        let session = Session::new()?;
        for table in extra {
            session.register_batch(&table.name, batch_of(table)?)?;
        }
        let planned = session.plan(sql, tables).await?;
        let columns = columns_of(planned.plan.schema().as_arrow());
        let plan = session.state.optimize(&planned.plan)?;
        let (batches, cut) = session.run(&plan, MAX_ROWS).await?;
        let mut rows = Vec::new();
        for batch in &batches {
            rows.extend(cells(batch)?);
        }
        Ok(QueryResult { columns, rows, cut })
    };
    match on_own_thread(work) {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(sql_error::explain(&error, sql, &names).into()),
        Err(why) => {
            let text = Text::new(format!("查询引擎出错：{why}"), format!("the query engine failed: {why}"));
            Err(QueryProblem::new(text, Text::default()).into())
        }
    }
}

/// A part of a table.
pub(crate) fn page(tables: &Tables, name: &str, offset: usize, limit: usize) -> Result<TablePage, EngineError> {
    let Some(table) = tables.get(name) else {
        if tables.named(name).is_some() {
            return Err(EngineError::Unreadable(Text::new(
                format!("表「{name}」读不出来，见问题清单"),
                format!("the table `{name}` cannot be read; see the list of problems"),
            )));
        }
        let known = tables.names();
        let hint = suggestion(name, known.iter().map(String::as_str), Text::default());
        return Err(EngineError::UnknownTable { name: name.to_owned(), hint });
    };
    let total = table.batch.num_rows();
    let offset = offset.min(total);
    let part = table.batch.slice(offset, limit.min(total - offset));
    let rows = cells(&part).map_err(|error| EngineError::Unreadable(Text::same(error.to_string())))?;
    Ok(TablePage {
        columns: columns_of(&table.batch.schema()),
        source_rows: (offset..offset + rows.len()).map(|at| table.source_row(at)).collect(),
        rows,
        total,
    })
}
