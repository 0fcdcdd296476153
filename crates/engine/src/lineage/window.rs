//! Lineage through window functions.

use std::sync::Arc;

use datafusion::common::{Column, Result};
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{Expr, LogicalPlan, Window, WindowFrame, WindowFunctionDefinition};

/// Above this many rows, a window over its whole partition keeps no list of rows: n rows with n sources each.
const MAX_WHOLE_PARTITION: usize = 3_000;

/// Functions whose value comes from one row of the frame; asked for the row itself they answer with that row.
const ONE_ROW: [&str; 5] = ["lag", "lead", "first_value", "last_value", "nth_value"];

/// Adds to `window` the sources of its results: for each of `own` (the lineage columns of its input) one more
/// column, over the very rows each function sees. `rows` is how many rows the input has at most. The flag is false when
/// a function's sources were too many to list.
pub(super) fn trace(
    window: &Window,
    input: LogicalPlan,
    own: &[Column],
    rows: usize,
    mut name: impl FnMut(&Column) -> String,
) -> Result<(LogicalPlan, bool)> {
    let mut whole = true;
    let mut expressions = window.window_expr.clone();
    let mut done: Vec<WindowFunction> = Vec::new();
    for expression in &window.window_expr {
        let Expr::WindowFunction(function) = expression.clone().unalias() else { continue };
        for column in own {
            let Some(traced) = sources(&function, column, rows) else {
                whole = false;
                continue;
            };
            if !done.contains(&traced) {
                expressions.push(Expr::WindowFunction(Box::new(traced.clone())).alias(name(column)));
                done.push(traced);
            }
        }
    }
    Ok((LogicalPlan::Window(Window::try_new(expressions, Arc::new(input))?), whole))
}

/// The window function that yields the sources of `function`.
fn sources(function: &WindowFunction, column: &Column, rows: usize) -> Option<WindowFunction> {
    let mut traced = function.clone();
    let row = Expr::Column(column.clone());
    let whole_partition = match &function.fun {
        WindowFunctionDefinition::WindowUDF(udf) if ONE_ROW.contains(&udf.name()) => {
            // Same function, same offset; a default value has no source.
            traced.params.args.truncate(2);
            let first = traced.params.args.first_mut()?;
            *first = row;
            return Some(traced);
        }
        WindowFunctionDefinition::AggregateUDF(_) => {
            let frame = &function.params.window_frame;
            frame.start_bound.is_unbounded() || !matches!(frame.units, datafusion::logical_expr::WindowFrameUnits::Rows)
        }
        // Ranks and the like depend on every row of the partition.
        WindowFunctionDefinition::WindowUDF(_) => {
            traced.params.window_frame = WindowFrame::new(None);
            traced.params.order_by.clear();
            true
        }
    };
    if whole_partition && rows > MAX_WHOLE_PARTITION {
        return None;
    }
    traced.fun = WindowFunctionDefinition::AggregateUDF(array_agg_udaf());
    traced.params.args = vec![row];
    traced.params.distinct = false;
    traced.params.null_treatment = None;
    Some(traced)
}
