//! Column lineage: follows every result column through the logical plan to the columns of tables.

use std::collections::BTreeSet;

use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::{Distinct, Expr, LogicalPlan};

use super::{ColumnLineage, ColumnSource, Lineage};

type Sources = BTreeSet<ColumnSource>;

/// Lineage of a plan as the SQL planner made it (subqueries still in their expressions).
pub(crate) fn of(plan: &LogicalPlan) -> Result<Lineage> {
    let sources = trace(plan)?;
    let names = plan.schema().fields().iter().map(|field| field.name().clone());
    let column = |(output, inputs): (String, Sources)| ColumnLineage { output, inputs: inputs.into_iter().collect() };
    Ok(Lineage { columns: names.zip(sources).map(column).collect() })
}

/// The sources of each field of the plan's schema, in order.
fn trace(plan: &LogicalPlan) -> Result<Vec<Sources>> {
    match plan {
        LogicalPlan::TableScan(scan) => {
            let table = scan.table_name.table();
            let source =
                |name: &String| Sources::from([ColumnSource { table: table.to_owned(), column: name.clone() }]);
            Ok(scan.projected_schema.fields().iter().map(|field| source(field.name())).collect())
        }
        LogicalPlan::Projection(node) => expressions(&node.expr, &node.input),
        LogicalPlan::Aggregate(node) => {
            let mut all = expressions(&node.group_expr, &node.input)?;
            all.truncate(node.schema.fields().len().saturating_sub(node.aggr_expr.len()));
            all.resize(node.schema.fields().len() - node.aggr_expr.len(), Sources::new());
            all.extend(expressions(&node.aggr_expr, &node.input)?);
            Ok(all)
        }
        LogicalPlan::Window(node) => {
            let mut all = trace(&node.input)?;
            all.extend(expressions(&node.window_expr, &node.input)?);
            Ok(all)
        }
        LogicalPlan::Distinct(Distinct::On(node)) => expressions(&node.select_expr, &node.input),
        LogicalPlan::Union(node) => {
            let mut merged = vec![Sources::new(); node.schema.fields().len()];
            for input in &node.inputs {
                for (all, more) in merged.iter_mut().zip(trace(input)?) {
                    all.extend(more);
                }
            }
            Ok(merged)
        }
        // Filters, sorts, limits, aliases, joins: the fields of the inputs, one after the other.
        other => {
            let mut all = Vec::new();
            for input in other.inputs() {
                all.extend(trace(input)?);
            }
            all.resize(other.schema().fields().len(), Sources::new());
            Ok(all)
        }
    }
}

fn expressions(list: &[Expr], input: &LogicalPlan) -> Result<Vec<Sources>> {
    let fields = trace(input)?;
    list.iter().map(|expression| expression_sources(expression, input, &fields)).collect()
}

fn expression_sources(expression: &Expr, input: &LogicalPlan, fields: &[Sources]) -> Result<Sources> {
    let mut sources = Sources::new();
    let mut add = |column: &Column| {
        if let Ok(at) = input.schema().index_of_column(column) {
            sources.extend(fields.get(at).into_iter().flatten().cloned());
        }
    };
    let mut subqueries = Vec::new();
    expression.apply(|part| {
        match part {
            Expr::Column(column) => add(column),
            Expr::ScalarSubquery(subquery) => subqueries.push(subquery.subquery.clone()),
            // The order and partition of a window choose rows, they do not make values.
            Expr::WindowFunction(window) => {
                for argument in &window.params.args {
                    argument.column_refs().into_iter().for_each(&mut add);
                }
                return Ok(TreeNodeRecursion::Jump);
            }
            _ => {}
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    for subquery in subqueries {
        sources.extend(trace(&subquery)?.into_iter().take(1).flatten());
    }
    Ok(sources)
}
