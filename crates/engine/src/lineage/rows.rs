//! Row lineage ("why-provenance"): which rows of which tables a result row is made of.
//!
//! The optimised plan is rewritten so that every table scan carries one more column, the number of the row, and every
//! other node hands these columns on: projections and joins as they are, aggregates and windows as lists, unions side
//! by side, semi-joins as inner joins with the list of matching rows. One run then gives values and sources together.
//! Values are not touched: the extra columns are passengers.
//!
//! Rows that decide by their absence (anti-joins) are not listed, nor are those of very large tables and windows. Such
//! a plan is traced in part, and its values take stage, trust and day of the worst row that was read. Plans with a node
//! that is not known here run without row lineage.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, UInt32Array};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::common::{Column, DFSchema, DataFusionError, JoinType, Result, ScalarValue};
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::functions_aggregate::expr_fn::array_agg;
use datafusion::logical_expr::{
    Aggregate, Expr, Filter, Join, Limit, LogicalPlan, Projection, Sort, SubqueryAlias, TableScan, Union,
};

use crate::tables::{Table, Tables};

/// Names of lineage columns start with this; the number of the scan follows.
const PREFIX: &str = "__row_";
/// Larger tables are read without row lineage: lists of their rows would outweigh them.
const MAX_TRACED: usize = 1_000_000;

/// A plan whose result has lineage columns besides its own.
pub(crate) struct Traced {
    pub(crate) plan: LogicalPlan,
    /// The table of each scan; a lineage column holds row numbers of one of them.
    pub(crate) scans: Vec<Arc<Table>>,
    /// True when some of the rows that a result depends on are in no lineage column.
    pub(crate) partial: bool,
}

/// Rewrites an optimised plan.
pub(crate) fn trace(plan: &LogicalPlan, tables: &Tables) -> Result<Traced> {
    let mut tracer = Tracer { tables, scans: Vec::new(), names: 0, partial: false };
    let traced = tracer.node(plan)?;
    let own = plan.schema().columns().into_iter().chain(lineage(&traced)).map(Expr::Column).collect();
    let plan = LogicalPlan::Projection(Projection::try_new(own, Arc::new(traced))?);
    Ok(Traced { plan, scans: tracer.scans, partial: tracer.partial })
}

/// The scan that a lineage column belongs to; `None` for the result's own columns.
pub(crate) fn scan_of(column: &str) -> Option<usize> {
    column.strip_prefix(PREFIX)?.split('_').next()?.parse().ok()
}

struct Tracer<'a> {
    tables: &'a Tables,
    scans: Vec<Arc<Table>>,
    names: usize,
    partial: bool,
}

impl Tracer<'_> {
    /// A new column name for the scan that `column` belongs to.
    fn name(&mut self, column: &Column) -> String {
        self.names += 1;
        format!("{PREFIX}{}_{}", scan_of(&column.name).unwrap_or(0), self.names)
    }

    fn node(&mut self, plan: &LogicalPlan) -> Result<LogicalPlan> {
        Ok(match plan {
            LogicalPlan::TableScan(scan) => return self.scan(scan),
            LogicalPlan::EmptyRelation(_) | LogicalPlan::Values(_) => plan.clone(),
            LogicalPlan::Projection(node) => {
                let input = self.node(&node.input)?;
                let mut expressions = node.expr.clone();
                expressions.extend(lineage(&input).into_iter().map(Expr::Column));
                LogicalPlan::Projection(Projection::try_new(expressions, Arc::new(input))?)
            }
            LogicalPlan::Filter(node) => {
                let input = self.node(&node.input)?;
                LogicalPlan::Filter(Filter::try_new(node.predicate.clone(), Arc::new(input))?)
            }
            LogicalPlan::SubqueryAlias(node) => {
                let input = self.node(&node.input)?;
                LogicalPlan::SubqueryAlias(SubqueryAlias::try_new(Arc::new(input), node.alias.clone())?)
            }
            LogicalPlan::Sort(node) => {
                let input = Arc::new(self.node(&node.input)?);
                LogicalPlan::Sort(Sort { expr: node.expr.clone(), input, fetch: node.fetch })
            }
            LogicalPlan::Limit(node) => {
                let input = Arc::new(self.node(&node.input)?);
                LogicalPlan::Limit(Limit { skip: node.skip.clone(), fetch: node.fetch.clone(), input })
            }
            LogicalPlan::Join(join) => return self.join(join),
            LogicalPlan::Aggregate(node) => {
                let input = self.node(&node.input)?;
                let mut aggregates = node.aggr_expr.clone();
                aggregates.extend(self.lists(&input));
                LogicalPlan::Aggregate(Aggregate::try_new(Arc::new(input), node.group_expr.clone(), aggregates)?)
            }
            LogicalPlan::Window(window) => {
                let input = self.node(&window.input)?;
                let own = lineage(&input);
                let rows = self.scans.iter().map(|table| table.batch.num_rows()).max().unwrap_or(0);
                let (traced, whole) = super::window::trace(window, input, &own, rows, |column| self.name(column))?;
                self.partial |= !whole;
                traced
            }
            LogicalPlan::Union(union) => return self.union(union),
            other => {
                let text = format!("no row lineage through {}", other.display());
                return Err(DataFusionError::NotImplemented(text));
            }
        })
    }

    fn scan(&mut self, scan: &TableScan) -> Result<LogicalPlan> {
        let traced = self.tables.get(scan.table_name.table()).filter(|table| table.batch.num_rows() <= MAX_TRACED);
        let Some(table) = traced else {
            self.partial = true;
            return Ok(LogicalPlan::TableScan(scan.clone()));
        };
        let width = table.batch.num_columns();
        let rows = u32::try_from(table.batch.num_rows()).unwrap_or(0);
        let mut fields: Vec<Arc<Field>> = table.batch.schema().fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new(format!("{PREFIX}{}", self.scans.len()), DataType::UInt32, true)));
        let mut columns: Vec<ArrayRef> = table.batch.columns().to_vec();
        columns.push(Arc::new(UInt32Array::from_iter_values(0..rows)));
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
        self.scans.push(table);
        let source = provider_as_source(Arc::new(MemTable::try_new(batch.schema(), vec![vec![batch]])?));
        let projection = scan.projection.as_ref().map(|columns| columns.iter().copied().chain([width]).collect());
        Ok(LogicalPlan::TableScan(TableScan::try_new(
            scan.table_name.clone(),
            source,
            projection,
            scan.filters.clone(),
            scan.fetch,
        )?))
    }

    /// One list per lineage column of `input`.
    fn lists(&mut self, input: &LogicalPlan) -> Vec<Expr> {
        let list = |column: Column| {
            let name = self.name(&column);
            array_agg(Expr::Column(column)).alias(name)
        };
        lineage(input).into_iter().map(list).collect()
    }

    fn join(&mut self, join: &Join) -> Result<LogicalPlan> {
        let (left, right, kind) = match join.join_type {
            JoinType::Inner | JoinType::Left | JoinType::Right | JoinType::Full => {
                (self.node(&join.left)?, self.node(&join.right)?, join.join_type)
            }
            JoinType::LeftSemi if join.filter.is_none() && !join.on.is_empty() => {
                let keys: Vec<Expr> = join.on.iter().map(|(_, key)| key.clone()).collect();
                let left = self.node(&join.left)?;
                let (right, keys) = self.witnesses(&join.right, keys)?;
                let on = join.on.iter().map(|(key, _)| key.clone()).zip(keys).collect();
                return inner(join, left, right, on);
            }
            JoinType::RightSemi if join.filter.is_none() && !join.on.is_empty() => {
                let keys: Vec<Expr> = join.on.iter().map(|(key, _)| key.clone()).collect();
                let (left, keys) = self.witnesses(&join.left, keys)?;
                let right = self.node(&join.right)?;
                let on = keys.into_iter().zip(join.on.iter().map(|(_, key)| key.clone())).collect();
                return inner(join, left, right, on);
            }
            JoinType::LeftSemi | JoinType::LeftAnti | JoinType::LeftMark => {
                self.partial = true;
                (self.node(&join.left)?, join.right.as_ref().clone(), join.join_type)
            }
            JoinType::RightSemi | JoinType::RightAnti | JoinType::RightMark => {
                self.partial = true;
                (join.left.as_ref().clone(), self.node(&join.right)?, join.join_type)
            }
        };
        Ok(LogicalPlan::Join(Join::try_new(
            Arc::new(left),
            Arc::new(right),
            join.on.clone(),
            join.filter.clone(),
            kind,
            join.join_constraint,
            join.null_equality,
            join.null_aware,
        )?))
    }

    /// The rows of `plan` grouped by `keys`, each group with the list of its rows; and the keys' new columns.
    fn witnesses(&mut self, plan: &LogicalPlan, keys: Vec<Expr>) -> Result<(LogicalPlan, Vec<Expr>)> {
        let input = self.node(plan)?;
        self.names += 1;
        let number = self.names;
        let name = |at: usize| format!("__key_{number}_{at}");
        let mut expressions: Vec<Expr> = keys.into_iter().enumerate().map(|(at, key)| key.alias(name(at))).collect();
        let columns: Vec<Expr> =
            (0..expressions.len()).map(|at| Expr::Column(Column::new_unqualified(name(at)))).collect();
        expressions.extend(lineage(&input).into_iter().map(Expr::Column));
        let input = LogicalPlan::Projection(Projection::try_new(expressions, Arc::new(input))?);
        let lists = self.lists(&input);
        let grouped = Aggregate::try_new(Arc::new(input), columns.clone(), lists)?;
        Ok((LogicalPlan::Aggregate(grouped), columns))
    }

    /// Every input gets the lineage columns of all inputs, NULL where they are not its own.
    fn union(&mut self, union: &Union) -> Result<LogicalPlan> {
        let inputs: Vec<LogicalPlan> = union.inputs.iter().map(|input| self.node(input)).collect::<Result<_>>()?;
        let mut extra: Vec<(String, DataType)> = Vec::new();
        for input in &inputs {
            for column in lineage(input) {
                let (_, field) = input.schema().qualified_field_from_column(&column)?;
                extra.push((column.name.clone(), field.data_type().clone()));
            }
        }
        let mut widened = Vec::with_capacity(inputs.len());
        for input in inputs {
            let mut own: Vec<Column> = Vec::new();
            let mut expressions: Vec<Expr> = Vec::new();
            for column in input.schema().columns() {
                if scan_of(&column.name).is_some() { own.push(column) } else { expressions.push(Expr::Column(column)) }
            }
            for (name, kind) in &extra {
                expressions.push(match own.iter().find(|column| column.name == *name) {
                    Some(column) => Expr::Column(column.clone()).alias(name),
                    None => Expr::Literal(ScalarValue::try_from(kind)?, None).alias(name),
                });
            }
            widened.push(Arc::new(LogicalPlan::Projection(Projection::try_new(expressions, Arc::new(input))?)));
        }
        // Nodes above name the columns as the union did before, qualifiers included.
        let mut fields: Vec<_> =
            union.schema.iter().map(|(table, field)| (table.cloned(), Arc::clone(field))).collect();
        fields.extend(extra.into_iter().map(|(name, kind)| (None, Arc::new(Field::new(name, kind, true)))));
        let schema = DFSchema::new_with_metadata(fields, union.schema.metadata().clone())?;
        Ok(LogicalPlan::Union(Union { inputs: widened, schema: Arc::new(schema) }))
    }
}

fn inner(join: &Join, left: LogicalPlan, right: LogicalPlan, on: Vec<(Expr, Expr)>) -> Result<LogicalPlan> {
    let (left, right) = (Arc::new(left), Arc::new(right));
    let joined =
        Join::try_new(left, right, on, None, JoinType::Inner, join.join_constraint, join.null_equality, false)?;
    Ok(LogicalPlan::Join(joined))
}

/// The lineage columns of a plan's result.
fn lineage(plan: &LogicalPlan) -> Vec<Column> {
    plan.schema().columns().into_iter().filter(|column| scan_of(&column.name).is_some()).collect()
}
