//! One element of one variable.

use std::rc::Rc;

use super::Lowering;
use crate::compile::context::{Context, Mode};
use crate::compile::dimensions::{DimensionId, Element, Subject};
use crate::compile::graph::NodeId;
use crate::compile::shape::{Bound, CellId};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::external;
use crate::model::{Content, Equation, Expression, Name, Role, Span, Table, Variable};
use crate::operation::{Curve, NOT_AVAILABLE, Reading, Two};

impl<'m> Lowering<'m> {
    /// The value of a cell from its equation.
    pub(super) fn cell(&mut self, cell: CellId, mode: Mode) -> NodeId {
        if let Some(source) = self.scopes.source(cell) {
            return self.value(source, mode);
        }
        let defined = self.definition(cell, mode);
        // A value given to a stock is its first one; what it is later its flows decide.
        let is_stock = matches!(
            defined.as_ref().map(|(_, equation, _)| &equation.content),
            Some(Content::Expression(Expression::Call(call))) if matches!(call.name.as_str(), "integ" | "conveyor#")
        );
        if let (Some(value), false) = (self.given.get(&cell).copied(), is_stock) {
            return self.parameter(cell, value);
        }
        let Some((variable, equation, context)) = defined else {
            return self.without_equation(cell);
        };
        if let (Mode::Initial, Some(initial)) = (mode, &equation.initial) {
            return self.lower(initial, &context);
        }
        let value = match &equation.content {
            Content::Expression(expression) => match expression.as_number() {
                Some(value) => self.parameter(cell, value),
                None => self.lower(expression, &context),
            },
            Content::Numbers(list) => match self.number_of(equation, list, &context) {
                Some(value) => self.parameter(cell, value),
                None => self.graph.number(f64::NAN),
            },
            Content::TableOf(table, input) => {
                let input = self.lower(input, &context);
                self.read_table(table, table.kind.into(), input)
            }
            // A graphical function where a value is asked for: there is none.
            Content::Table(_) | Content::ExternalTable(_) => self.graph.number(f64::NAN),
            Content::Data(mode, _) => match self.data_curve(cell) {
                Some(curve) => {
                    let time = self.graph.time();
                    self.graph.read(curve, (*mode).into(), time)
                }
                None => self.graph.number(f64::NAN),
            },
        };
        if variable.non_negative && matches!(variable.role, Role::Flow) {
            let zero = self.graph.number(0.0);
            return self.graph.two(Two::Maximum, value, zero);
        }
        value
    }

    /// The variable, the equation and the place of a cell.
    pub(crate) fn definition(&self, cell: CellId, mode: Mode) -> Option<(&'m Variable, &'m Equation, Context)> {
        let (placed, place) = self.scopes.cell(cell)?;
        let equation = placed.written.equations.get(placed.shape.owner(place)? as usize)?;
        let elements = placed.shape.elements(place, &self.dimensions);
        let reached = |(axis, name): (&DimensionId, &Name)| match self.dimensions.subject(name) {
            Some(Subject::Dimension(id)) => id,
            _ => *axis,
        };
        let dimensions = placed.shape.axes.iter().zip(&equation.subscripts).map(reached);
        let bound: Rc<[Bound]> =
            dimensions.zip(elements).map(|(dimension, element)| Bound { dimension, element }).collect();
        let context = Context { scope: placed.scope, cell, mode, bound, inner: Rc::from([]) };
        Some((placed.written, equation, context))
    }

    fn without_equation(&mut self, cell: CellId) -> NodeId {
        let label = self.scopes.label(cell, &self.dimensions);
        let found = Diagnostic::error(
            Code::MissingEquation,
            self.scopes.span(cell),
            format!("「{label}」没有方程"),
            format!("`{label}` has no equation"),
        );
        if !self.problems.contains(&found) {
            self.problems.push(found);
        }
        self.graph.number(f64::NAN)
    }

    /// The number of a list that belongs to a cell: the places of the left side in order, single elements aside.
    fn number_of(&mut self, equation: &Equation, list: &[f64], context: &Context) -> Option<f64> {
        let (place, size) = self.place_in(equation, &context.bound);
        match list.get(place) {
            Some(value) if list.len() == size => Some(*value),
            _ => {
                let label = self.scopes.label(context.cell, &self.dimensions);
                self.say_once(Diagnostic::error(
                    Code::SubscriptMismatch,
                    equation.span,
                    format!("「{label}」的方程有 {} 个数字，应为 {size} 个", list.len()),
                    format!("the equation of `{label}` has {} numbers, expected {size}", list.len()),
                ));
                list.get(place).copied()
            }
        }
    }

    /// The place of a cell among those of its equation, and how many those are.
    fn place_in(&self, equation: &Equation, bound: &[Bound]) -> (usize, usize) {
        let (mut place, mut size) = (0, 1);
        for (name, bound) in equation.subscripts.iter().zip(bound) {
            if let Some(Subject::Dimension(id)) = self.dimensions.subject(name) {
                let dimension = self.dimensions.get(id);
                place = place * dimension.elements.len() + dimension.place(bound.element).unwrap_or(0);
                size *= dimension.elements.len();
            }
        }
        (place, size)
    }

    pub(crate) fn say_once(&mut self, problem: Diagnostic) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The value of a graphical function, its points looked at first.
    pub(crate) fn read_table(&mut self, table: &Table, reading: Reading, input: NodeId) -> NodeId {
        match self.sound(table) {
            Some(table) => self.graph.read(Curve::of(&table), reading, input),
            None => self.graph.number(f64::NAN),
        }
    }

    /// Points that are numbers and rise, or what is wrong with them.
    pub(crate) fn sound(&mut self, table: &Table) -> Option<Table> {
        let problem = |zh: String, en: String| Diagnostic::error(Code::BadTable, table.span, zh, en);
        if table.x.is_empty() {
            self.say_once(problem("图形函数没有点".to_owned(), "the graphical function has no points".to_owned()));
            return None;
        }
        let bad = table.x.iter().chain(&table.y).any(|value| !value.is_finite());
        if bad {
            self.say_once(problem(
                "图形函数有不是数字的点".to_owned(),
                "the graphical function has a point that is no number".to_owned(),
            ));
            return None;
        }
        let falls = table.x.iter().zip(table.x.iter().skip(1)).find(|(a, b)| b < a);
        let Some((before, after)) = falls else { return Some(table.clone()) };
        self.say_once(Diagnostic {
            severity: Severity::Warning,
            ..problem(
                format!("图形函数的 x 应递增，{before} 之后是 {after}；已排序"),
                format!("x of a graphical function must rise, {before} is followed by {after}; sorted"),
            )
        });
        let mut points: Vec<_> = table.x.iter().copied().zip(table.y.iter().copied()).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Some(Table::new(points, table.kind, table.span))
    }

    /// Points of a cell that comes from data: a file the equation names, or the data given with the model.
    pub(crate) fn data_curve(&mut self, cell: CellId) -> Option<Curve> {
        if let Some(curve) = self.external_curves.get(&cell) {
            return curve.clone();
        }
        let curve = self.load(cell);
        self.external_curves.insert(cell, curve.clone());
        curve
    }

    fn load(&mut self, cell: CellId) -> Option<Curve> {
        let (_, equation, context) = self.definition(cell, Mode::Step)?;
        let label = self.scopes.label(cell, &self.dimensions);
        let found = match &equation.content {
            Content::Data(_, Some(arguments)) | Content::ExternalTable(arguments) => {
                let (place, size) = self.place_in(equation, &context.bound);
                external::series(self.external, arguments, size).map(|mut all| all.swap_remove(place))
            }
            Content::Data(_, None) => {
                let name = self.scopes.cell(cell).map(|(placed, _)| placed.spelling.clone()).unwrap_or_default();
                let elements: Vec<&str> = context.bound.iter().map(|b| self.dimensions.spelling(b.element)).collect();
                let series = self.external.series(&name, &elements);
                series.ok_or_else(|| external::Missing::Series(label.clone()))
            }
            Content::Table(table) | Content::TableOf(table, _) => {
                return self.sound(table).map(|table| Curve::of(&table));
            }
            _ => return None,
        };
        match found {
            Ok(points) => {
                let (x, y): (Vec<_>, Vec<_>) = points.into_iter().unzip();
                Some(Curve::new(&x, &y))
            }
            Err(missing) => {
                let mut said = missing.diagnostic(equation.span, &label);
                // Where other elements have data, one that has none is not available, as Vensim has it.
                let others = matches!(missing, external::Missing::Series(_)) && self.has_series(cell);
                if others {
                    said.severity = Severity::Warning;
                }
                self.say_once(said);
                others.then(|| Curve::new(&[0.0], &[NOT_AVAILABLE]))
            }
        }
    }

    /// Whether the data have a series for any element of the variable of a cell.
    fn has_series(&self, cell: CellId) -> bool {
        let Some((placed, _)) = self.scopes.cell(cell) else { return false };
        (0..placed.shape.size()).any(|place| {
            let elements = placed.shape.elements(place, &self.dimensions);
            let names: Vec<&str> = elements.iter().map(|element| self.dimensions.spelling(*element)).collect();
            self.external.series(&placed.spelling, &names).is_some()
        })
    }

    /// `GET XLS CONSTANTS`: the number of the cell that is being defined.
    pub(crate) fn external_constant(&mut self, arguments: &[String], context: &Context, span: Span) -> NodeId {
        let Some((_, equation, _)) = self.definition(context.cell, Mode::Step) else {
            return self.graph.number(f64::NAN);
        };
        // A table of cells has rows and columns: the last dimension that is gone through is the columns.
        let mut sizes: Vec<(usize, usize)> = Vec::new();
        for (name, bound) in equation.subscripts.iter().zip(context.bound.iter()) {
            if let Some(Subject::Dimension(id)) = self.dimensions.subject(name) {
                let dimension = self.dimensions.get(id);
                sizes.push((dimension.place(bound.element).unwrap_or(0), dimension.elements.len()));
            }
        }
        let (column, columns) = sizes.pop().unwrap_or((0, 1));
        let row = sizes.iter().fold(0, |row, (place, size)| row * size + place);
        let rows = sizes.iter().map(|(_, size)| size).product::<usize>();
        match external::constants(self.external, arguments, rows, columns) {
            Ok(values) => {
                let value = match values.into_iter().nth(row * columns + column) {
                    Some(Ok(value)) => value,
                    // As Vensim does: an empty cell counts as 0.
                    Some(Err(cell)) => {
                        let label = self.scopes.label(context.cell, &self.dimensions);
                        let file = arguments.first().map_or("", String::as_str);
                        self.say_once(Diagnostic::warning(
                            Code::ExternalData,
                            span,
                            format!("{label}：文件「{file}」的 {cell} 不是数字，按 0 计"),
                            format!("{label}: {cell} of file `{file}` is no number and counts as 0"),
                        ));
                        0.0
                    }
                    None => f64::NAN,
                };
                self.parameter(context.cell, value)
            }
            Err(missing) => {
                let label = self.scopes.label(context.cell, &self.dimensions);
                self.say_once(missing.diagnostic(span, &label));
                self.graph.number(f64::NAN)
            }
        }
    }

    pub(crate) fn element_place(&self, dimension: DimensionId, element: Element) -> Option<usize> {
        self.dimensions.get(dimension).place(element)
    }
}
