//! A name with brackets to a value: which cell is meant here.

use super::Lowering;
use crate::compile::context::{Axis, Context};
use crate::compile::dimensions::{DimensionId, Element, Subject, index};
use crate::compile::graph::NodeId;
use crate::compile::scope::Found;
use crate::compile::shape::{CellId, VariableId, nearest, unknown};
use crate::compile::states::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Content, Dialect, Expression, Name, Reference, Span, Subscript};
use crate::operation::{Call, Two};

/// One place of the brackets, worked out.
enum Place {
    Fixed(Element),
    /// The number of the element, from 1, known only while the model runs.
    Moving(NodeId),
}

impl<'m> Lowering<'m> {
    pub(super) fn reference(&mut self, reference: &'m Reference, context: &Context) -> NodeId {
        match self.scopes.find(context.scope, &reference.name) {
            Some(Found::Variable(id)) => self.variable(id, &reference.subscripts, context, reference.span),
            Some(Found::Argument(expression, outer)) => {
                let outer = outer.at(context.mode);
                self.lower(expression, &outer)
            }
            None => self.not_a_variable(reference, context),
        }
    }

    /// Names that are no variables: time, the moments of the run, dimensions and elements as numbers.
    fn not_a_variable(&mut self, reference: &'m Reference, context: &Context) -> NodeId {
        let known = match reference.name.as_str().trim_end_matches('$') {
            "time" => return self.graph.time(),
            "dt" | "time_step" => Some(self.moments.step),
            "starttime" | "initial_time" => Some(self.moments.start),
            "stoptime" | "final_time" => Some(self.moments.stop),
            "pi" => Some(std::f64::consts::PI),
            "inf" => Some(f64::INFINITY),
            "nan" => Some(f64::NAN),
            "self" => return self.value(context.cell, context.mode),
            _ => None,
        };
        if let Some(value) = known {
            return self.graph.number(value);
        }
        match self.dimensions.subject(&reference.name) {
            Some(Subject::Dimension(id)) if reference.subscripts.is_empty() => match self.meant(id, context) {
                Some(element) => {
                    let number = self.number_of_element(element, id);
                    return self.graph.number(number);
                }
                None => self.unfit(&reference.name, context, reference.span),
            },
            Some(Subject::Element(element)) if reference.subscripts.is_empty() => {
                // `dimension.element` says which dimension is meant.
                let said = reference.name.split().and_then(|(dimension, _)| self.dimensions.find(&dimension));
                let beside = context.bound.iter().find(|bound| self.element_place(bound.dimension, element).is_some());
                let dimension = said.or_else(|| beside.map(|bound| bound.dimension));
                let dimension = dimension.or_else(|| self.dimensions.covering(&[element].into()));
                let number = dimension.map_or(f64::NAN, |id| self.number_of_element(element, id));
                return self.graph.number(number);
            }
            _ => self.unknown_name(&reference.name, context, reference.span),
        }
        self.graph.number(f64::NAN)
    }

    /// An element as a number, from 1. In Vensim that is its place in the largest dimension that has it, so that one
    /// element is one number whichever part of the dimension it is named by.
    fn number_of_element(&self, element: Element, dimension: DimensionId) -> f64 {
        let dimension = match self.model.dialect {
            Dialect::Vensim => self.dimensions.largest_with(element).unwrap_or(dimension),
            Dialect::Xmile => dimension,
        };
        self.element_place(dimension, element).map_or(f64::NAN, |place| place as f64 + 1.0)
    }

    pub(crate) fn unknown_name(&mut self, name: &Name, context: &Context, span: Span) {
        let label = self.scopes.label(context.cell, &self.dimensions);
        let mut found = Diagnostic::error(
            Code::UnknownName,
            span,
            format!("「{label}」用到未定义的「{name}」"),
            format!("`{label}` uses `{name}`, which is not defined"),
        );
        if let Some(near) = nearest(name, self.scopes.names(context.scope)) {
            found = found.hint(format!("是不是「{near}」？"), format!("did you mean `{near}`?"));
        }
        self.say_once(found);
    }

    fn unfit(&mut self, name: &Name, context: &Context, span: Span) {
        let label = self.scopes.label(context.cell, &self.dimensions);
        self.say_once(
            Diagnostic::error(
                Code::SubscriptMismatch,
                span,
                format!("「{label}」的方程里，维度「{name}」指哪个元素不明"),
                format!("the equation of `{label}` does not say which element of `{name}` is meant"),
            )
            .hint(
                "请把该维度写到等号左边、加映射，或在求和函数中加「!」",
                "put the dimension on the left side, map it, or go through it with `!` in a function such as `SUM`",
            ),
        );
    }

    /// The element of a dimension that is meant where an expression stands.
    pub(crate) fn meant(&self, dimension: DimensionId, context: &Context) -> Option<Element> {
        if let Some(element) = context.inner(Axis::Plain(dimension)) {
            return Some(element);
        }
        let exact = context.bound.iter().find(|bound| bound.dimension == dimension).map(|bound| bound.element);
        let carried = exact.or_else(|| {
            context.bound.iter().find_map(|bound| self.dimensions.carried(bound.dimension, bound.element, dimension))
        });
        // XMILE lets a function go through a dimension that is named plainly.
        carried.or_else(|| context.inner(Axis::Every(dimension)))
    }

    /// The value of a variable with these brackets.
    pub(crate) fn variable(
        &mut self,
        id: VariableId,
        subscripts: &'m [Subscript],
        context: &Context,
        span: Span,
    ) -> NodeId {
        let places = match self.places(id, subscripts, context, span) {
            Some(places) => places,
            None => return self.graph.number(f64::NAN),
        };
        let Some(placed) = self.scopes.variable(id) else { return self.graph.number(f64::NAN) };
        let fixed: Option<Vec<Element>> =
            places.iter().map(|p| if let Place::Fixed(e) = p { Some(*e) } else { None }).collect();
        if let Some(elements) = fixed {
            let (first, place) = (placed.first, placed.shape.place(&elements, &self.dimensions));
            return match place {
                Some(place) => {
                    let cell = CellId(first.0 + index(place));
                    match self.sampled_before(cell, context) {
                        Some(before) => before,
                        None => self.value(cell, context.mode),
                    }
                }
                None => {
                    self.outside(id, &elements, context, span);
                    self.graph.number(f64::NAN)
                }
            };
        }
        self.moving(id, &places, context)
    }

    /// A sample that looks at itself sees what it held before.
    fn sampled_before(&mut self, cell: CellId, context: &Context) -> Option<NodeId> {
        if cell != context.cell {
            return None;
        }
        let (_, equation, inside) = self.definition(cell, context.mode)?;
        match &equation.content {
            Content::Expression(Expression::Call(call)) if call.name.as_str() == "sample_if_true" => {
                let state = self.keep(call, &inside, 0, Part::Sample);
                Some(self.held_by(state, context.mode))
            }
            _ => None,
        }
    }

    /// The one cell meant by brackets, where no number decides it.
    pub(crate) fn fixed_cell(
        &mut self,
        id: VariableId,
        subscripts: &'m [Subscript],
        context: &Context,
    ) -> Option<CellId> {
        let places = self.places(id, subscripts, context, Span::default())?;
        let fixed: Option<Vec<Element>> =
            places.iter().map(|p| if let Place::Fixed(e) = p { Some(*e) } else { None }).collect();
        let placed = self.scopes.variable(id)?;
        let place = placed.shape.place(&fixed?, &self.dimensions)?;
        Some(CellId(placed.first.0 + index(place)))
    }

    fn outside(&mut self, id: VariableId, elements: &[Element], context: &Context, span: Span) {
        let label = self.scopes.label(context.cell, &self.dimensions);
        let names: Vec<_> = elements.iter().map(|element| self.dimensions.spelling(*element).to_owned()).collect();
        let name = self.scopes.variable(id).map(|placed| placed.spelling.clone()).unwrap_or_default();
        let wanted = format!("{name}[{}]", names.join(","));
        self.say_once(Diagnostic::error(
            Code::SubscriptMismatch,
            span,
            format!("「{label}」用到「{wanted}」，「{name}」没有这个元素"),
            format!("`{label}` uses `{wanted}`, and `{name}` has no such element"),
        ));
    }

    /// A choice among cells by numbers that are known only while the model runs.
    fn moving(&mut self, id: VariableId, places: &[Place], context: &Context) -> NodeId {
        let Some(placed) = self.scopes.variable(id) else { return self.graph.number(f64::NAN) };
        let (first, axes) = (placed.first, placed.shape.axes.clone());
        // All cells that can be meant, the last place fastest, and the number of the one that is.
        let mut cells: Vec<usize> = vec![0];
        let mut number = self.graph.number(0.0);
        for (axis, place) in axes.iter().zip(places) {
            let size = self.dimensions.get(*axis).elements.len();
            match place {
                Place::Fixed(element) => {
                    let at = self.element_place(*axis, *element).unwrap_or(0);
                    cells = cells.into_iter().map(|cell| cell * size + at).collect();
                }
                Place::Moving(at) => {
                    cells = cells.into_iter().flat_map(|cell| (0..size).map(move |at| cell * size + at)).collect();
                    let (scale, one) = (self.graph.number(size as f64), self.graph.number(1.0));
                    let from_zero = self.graph.two(Two::Subtract, *at, one);
                    let scaled = self.graph.two(Two::Multiply, number, scale);
                    number = self.graph.two(Two::Add, scaled, from_zero);
                }
            }
        }
        let mut operands = vec![number];
        for cell in cells {
            operands.push(self.value(CellId(first.0 + index(cell)), context.mode));
        }
        self.graph.call(Call::Element, operands, 0)
    }

    fn places(
        &mut self,
        id: VariableId,
        subscripts: &'m [Subscript],
        context: &Context,
        span: Span,
    ) -> Option<Vec<Place>> {
        let axes = self.scopes.variable(id)?.shape.axes.clone();
        if !subscripts.is_empty() && subscripts.len() != axes.len() {
            let name = self.scopes.variable(id)?.spelling.clone();
            self.say_once(Diagnostic::error(
                Code::SubscriptMismatch,
                span,
                format!("「{name}」有 {} 个维度，方括号里写了 {} 个", axes.len(), subscripts.len()),
                format!("`{name}` has {} dimensions, the brackets hold {}", axes.len(), subscripts.len()),
            ));
            return None;
        }
        let mut places = Vec::with_capacity(axes.len());
        let said_before = self.problems.len();
        for (at, axis) in axes.iter().enumerate() {
            let place = match subscripts.get(at) {
                Some(subscript) => self.place(subscript, *axis, context, span),
                None => self.unwritten(*axis, context).map(Place::Fixed),
            };
            match place {
                Some(place) => places.push(place),
                None => {
                    if !self.is_unfinished() && self.problems.len() == said_before {
                        let name = self.dimensions.get(*axis).name.clone();
                        self.unfit(&name, context, span);
                    }
                    return None;
                }
            }
        }
        Some(places)
    }

    /// The element meant where brackets are left out or hold a star.
    fn unwritten(&self, axis: DimensionId, context: &Context) -> Option<Element> {
        context.inner(Axis::Every(axis)).or_else(|| self.meant(axis, context))
    }

    fn place(&mut self, subscript: &'m Subscript, axis: DimensionId, context: &Context, span: Span) -> Option<Place> {
        match subscript {
            Subscript::Wildcard => self.unwritten(axis, context).map(Place::Fixed),
            Subscript::Range(..) => {
                let part = self.range(subscript, axis, context, span)?;
                context.inner(Axis::Every(part)).map(Place::Fixed)
            }
            Subscript::Every(name) => match self.dimensions.find(name) {
                Some(dimension) => {
                    let element = context.inner(Axis::Every(dimension)).or_else(|| self.meant(dimension, context))?;
                    self.brought(dimension, element, axis).map(Place::Fixed)
                }
                None => self.unknown_subscript(name, span),
            },
            Subscript::Position(place) => context.bound.get(place - 1).map(|bound| Place::Fixed(bound.element)),
            Subscript::Name(name) => self.named(name, axis, context, span),
            Subscript::Index(number_of) => {
                if let Some(number) = number_of.as_number() {
                    let dimension = self.dimensions.get(axis);
                    let at = (number - 1.0).round();
                    let inside = at >= 0.0 && at < dimension.elements.len() as f64;
                    return dimension.elements.get(at as usize).filter(|_| inside).copied().map(Place::Fixed);
                }
                Some(Place::Moving(self.lower(number_of, context)))
            }
        }
    }

    fn unknown_subscript(&mut self, name: &Name, span: Span) -> Option<Place> {
        let problem = unknown(name, span, &self.dimensions);
        self.say_once(problem);
        None
    }

    fn named(&mut self, name: &Name, axis: DimensionId, context: &Context, span: Span) -> Option<Place> {
        let element = self.dimensions.element(name).filter(|element| self.element_place(axis, *element).is_some());
        if let Some(element) = element {
            return Some(Place::Fixed(element));
        }
        match self.dimensions.subject(name) {
            Some(Subject::Dimension(dimension)) => {
                let element = self.meant(dimension, context)?;
                Some(Place::Fixed(self.brought(dimension, element, axis).unwrap_or(element)))
            }
            Some(Subject::Element(element)) => Some(Place::Fixed(element)),
            // XMILE allows a variable there: its value is the number of the element.
            None => match self.scopes.find(context.scope, name) {
                Some(Found::Variable(id)) => Some(Place::Moving(self.variable(id, &[], context, span))),
                Some(Found::Argument(expression, outer)) => {
                    // In a macro an argument may name the dimension or element of the call.
                    let outer = outer.at(context.mode);
                    match expression {
                        Expression::Reference(inner) if self.dimensions.subject(&inner.name).is_some() => {
                            self.named(&inner.name, axis, &outer, span)
                        }
                        _ => Some(Place::Moving(self.lower(expression, &outer))),
                    }
                }
                None => self.unknown_subscript(name, span),
            },
        }
    }

    /// An element of one dimension as one of another.
    fn brought(&self, from: DimensionId, element: Element, to: DimensionId) -> Option<Element> {
        if self.element_place(to, element).is_some() {
            return Some(element);
        }
        self.dimensions.carried(from, element, to)
    }

    /// `[a:b]` as a dimension of its own.
    pub(crate) fn range(
        &mut self,
        subscript: &'m Subscript,
        axis: DimensionId,
        context: &Context,
        span: Span,
    ) -> Option<DimensionId> {
        let Subscript::Range(from, to) = subscript else { return None };
        let end = |expression: &'m Expression| -> Option<usize> {
            if let Some(number) = expression.as_number() {
                return Some((number - 1.0).max(0.0) as usize);
            }
            if let Expression::Reference(reference) = expression {
                let element = self.dimensions.element(&reference.name)?;
                return self.element_place(axis, element);
            }
            None
        };
        let (from, to) = (end(from), end(to));
        let (Some(from), Some(to)) = (from, to) else {
            let label = self.scopes.label(context.cell, &self.dimensions);
            self.say_once(Diagnostic::error(
                Code::Unsupported,
                span,
                format!("「{label}」：范围两端应为元素名或数字"),
                format!("`{label}`: the ends of a range must be elements or numbers"),
            ));
            return None;
        };
        let part = self.dimensions.get(axis).elements.get(from..=to)?.to_vec();
        Some(self.dimensions.of(part))
    }
}
