//! Variables spread over their elements: which dimensions, which cell is which, and which equation defines it.

use std::collections::BTreeSet;

use super::dimensions::{DimensionId, Dimensions, Element, Subject, index};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Name};

/// One element of one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CellId(pub(crate) u32);

/// A variable by its place in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VariableId(pub(crate) u32);

/// An element on the left side, with the dimension it was reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bound {
    pub(crate) dimension: DimensionId,
    pub(crate) element: Element,
}

/// The dimensions of a variable and the owner of each of its cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) axes: Vec<DimensionId>,
    /// For each cell, the last axis fastest, the number of its equation.
    owners: Vec<Option<u32>>,
}

/// More cells than the largest model known to us has, by a factor of ten.
pub(crate) const MOST_CELLS: usize = 4_000_000;

impl Shape {
    pub(crate) fn new(variable: &model::Variable, dimensions: &mut Dimensions, problems: &mut Vec<Diagnostic>) -> Self {
        let rank = variable.equations.first().map_or(0, |equation| equation.subscripts.len());
        if variable.equations.iter().any(|equation| equation.subscripts.len() != rank) {
            problems.push(Diagnostic::error(
                Code::SubscriptMismatch,
                variable.span,
                format!("「{}」的各方程方括号里的个数不一", variable.spelling),
                format!("the equations of `{}` have different numbers of subscripts", variable.spelling),
            ));
            return Self { axes: Vec::new(), owners: vec![None] };
        }
        if rank == 0 && variable.equations.len() > 1 {
            problems.push(Diagnostic::error(
                Code::DuplicateName,
                variable.equations.last().map_or(variable.span, |equation| equation.span),
                format!("「{}」定义了两次", variable.spelling),
                format!("`{}` is defined twice", variable.spelling),
            ));
        }
        let mut axes = Vec::with_capacity(rank);
        for place in 0..rank {
            match axis(variable, place, dimensions) {
                Ok(axis) => axes.push(axis),
                Err(name) => {
                    problems.push(unknown(&name, variable.span, dimensions));
                    return Self { axes: Vec::new(), owners: vec![None] };
                }
            }
        }
        let mut shape = Self { axes, owners: Vec::new() };
        let size =
            shape.axes.iter().map(|axis| dimensions.get(*axis).elements.len()).try_fold(1_usize, usize::checked_mul);
        let Some(size) = size.filter(|size| *size <= MOST_CELLS) else {
            problems.push(Diagnostic::error(
                Code::TooLarge,
                variable.span,
                format!("「{}」的元素超过 {MOST_CELLS} 个", variable.spelling),
                format!("`{}` has more than {MOST_CELLS} elements", variable.spelling),
            ));
            return Self { axes: Vec::new(), owners: vec![None] };
        };
        shape.owners = vec![None; size];
        for (number, equation) in variable.equations.iter().enumerate() {
            shape.own(equation, index(number), dimensions);
        }
        shape
    }

    pub(crate) fn size(&self) -> usize {
        self.owners.len()
    }

    pub(crate) fn owner(&self, place: usize) -> Option<u32> {
        self.owners.get(place).copied().flatten()
    }

    /// Gives the cells of an equation to it. A later equation goes before an earlier one, as an exception does.
    fn own(&mut self, equation: &model::Equation, number: u32, dimensions: &Dimensions) {
        for place in 0..self.owners.len() {
            let elements = self.elements(place, dimensions);
            let covers = |names: &[Name]| {
                names.len() == elements.len()
                    && names.iter().zip(&elements).all(|(name, element)| holds(name, *element, dimensions))
            };
            if covers(&equation.subscripts)
                && !equation.except.iter().any(|names| covers(names))
                && let Some(owner) = self.owners.get_mut(place)
            {
                *owner = Some(number);
            }
        }
    }

    /// The elements of a cell.
    pub(crate) fn elements(&self, place: usize, dimensions: &Dimensions) -> Vec<Element> {
        let mut rest = place;
        let mut elements: Vec<Element> = Vec::with_capacity(self.axes.len());
        for axis in self.axes.iter().rev() {
            let list = &dimensions.get(*axis).elements;
            elements.extend(list.get(rest % list.len().max(1)));
            rest /= list.len().max(1);
        }
        elements.reverse();
        elements
    }

    /// The cell of some elements.
    pub(crate) fn place(&self, elements: &[Element], dimensions: &Dimensions) -> Option<usize> {
        let mut place = 0;
        for (axis, element) in self.axes.iter().zip(elements) {
            let dimension = dimensions.get(*axis);
            place = place * dimension.elements.len() + dimension.place(*element)?;
        }
        (elements.len() == self.axes.len()).then_some(place)
    }
}

fn holds(name: &Name, element: Element, dimensions: &Dimensions) -> bool {
    match dimensions.subject(name) {
        Some(Subject::Dimension(id)) => dimensions.get(id).place(element).is_some(),
        Some(Subject::Element(one)) => one == element,
        None => false,
    }
}

/// The dimension that holds what the equations name at a place, no more.
fn axis(variable: &model::Variable, place: usize, dimensions: &mut Dimensions) -> Result<DimensionId, Name> {
    let mut elements = BTreeSet::new();
    let mut written = Vec::new();
    let mut only = None;
    let mut differ = false;
    for name in variable.equations.iter().filter_map(|equation| equation.subscripts.get(place)) {
        match dimensions.subject(name).ok_or_else(|| name.clone())? {
            Subject::Dimension(id) => {
                differ |= only.is_some_and(|other| other != id);
                only = Some(id);
                written.extend(dimensions.get(id).elements.iter().copied());
            }
            Subject::Element(element) => {
                differ = true;
                written.push(element);
            }
        }
    }
    if let (Some(id), false) = (only, differ) {
        return Ok(id);
    }
    written.retain(|element| elements.insert(*element));
    let Some(cover) = dimensions.covering(&elements) else { return Ok(dimensions.of(written)) };
    // In the order of the dimension they are from.
    let all = &dimensions.get(cover).elements;
    if all.len() == elements.len() {
        return Ok(cover);
    }
    let part = all.iter().copied().filter(|element| elements.contains(element)).collect();
    Ok(dimensions.of(part))
}

pub(crate) fn unknown(name: &Name, span: model::Span, dimensions: &Dimensions) -> Diagnostic {
    let found = Diagnostic::error(
        Code::UnknownDimension,
        span,
        format!("「{name}」不是已定义的维度或元素"),
        format!("`{name}` is no dimension and no element"),
    );
    match nearest(name, dimensions.names()) {
        Some(near) => found.hint(format!("是不是「{near}」？"), format!("did you mean `{near}`?")),
        None => found,
    }
}

/// The closest name, when one is close.
pub(crate) fn nearest<'n>(name: &Name, names: impl Iterator<Item = &'n Name>) -> Option<Name> {
    let likeness = |other: &&Name| strsim::jaro_winkler(name.as_str(), other.as_str());
    let best = names.map(|other| (likeness(&other), other)).filter(|(likeness, _)| *likeness > 0.85);
    best.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, other)| other.clone())
}
