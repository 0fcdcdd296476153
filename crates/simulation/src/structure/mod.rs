//! The structure of a model: what its variables are, which uses which, and which feedback loops they form.
//!
//! It is read from the equations as written; bounds of values seen in a run ([`Seen`]) tell the sign where equations alone
//! do not. An array counts as one variable, so a loop through
//! an array may join elements that do not reach each other. Modules are laid open, their variables called
//! `module.name`, and what is connected to an input takes the input's place. Macros are seen through: a call uses the
//! arguments that reach its result, and the variables inside are not listed.

mod component;
mod cycle;
mod feedback;
mod link;
mod macros;
mod mention;
mod names;
mod part;
mod range;
mod seen;
mod sign;
#[cfg(test)]
mod tests;

pub use feedback::{Loop, MOST_LINKS, MOST_LOOPS};
pub use link::Link;
pub use part::Kind;
pub use seen::Seen;
pub use sign::{Polarity, Sign};

use self::names::{Glance, Place};
use self::range::Range;
use crate::compile::dimensions::Dimensions;
use crate::compile::scope::{Placed, Scopes};
use crate::external::Nothing;
use crate::model::Model;

/// The structure of a model. Variables are named by their place in `variables`.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// In the order of the file: those outside modules, then module by module.
    pub variables: Vec<Variable>,
    /// By `from`, then by `to`; one for each pair.
    pub links: Vec<Link>,
    /// The stocks among the variables, in the same order, with their flows.
    pub stocks: Vec<Stock>,
    /// Groups of variables that each reach each other over at least one stock, smooth or delay: the largest first, of
    /// equal ones the one whose first variable stands first. Variables in the order of the file.
    pub components: Vec<Vec<usize>>,
    /// Feedback loops, the shortest first. Loops without a stock, smooth or delay are for the compiler to report and
    /// are not among them.
    pub loops: Vec<Loop>,
    /// Whether `loops` are all there are. If not, the list was cut at [`MOST_LOOPS`], at [`MOST_LINKS`] or because the
    /// search took too long; none is missing that is shorter than the longest listed.
    pub complete: bool,
    /// Places in `links`, by `to`, then by `from`.
    by_target: Vec<usize>,
}

/// One variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// As the author spells it, with the names of the modules around it: `module.name`.
    pub name: String,
    /// Its part in the model.
    pub kind: Kind,
    /// As written; `None` where nothing is said.
    pub units: Option<String>,
    /// The dimensions of an array as spelled, a list of elements where they make up none; empty for a plain variable.
    pub dimensions: Vec<String>,
    /// How many values it has: 1 for a plain variable, 0 where a dimension is read from a file or not defined.
    pub elements: usize,
    /// What the author says about it.
    pub documentation: String,
}

/// A stock and what fills and drains it. A stock whose rate is no sum of plain names may have neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// The stock.
    pub variable: usize,
    /// What fills it, as written.
    pub inflows: Vec<usize>,
    /// What drains it, as written.
    pub outflows: Vec<usize>,
}

/// The structure of a model. What cannot be resolved is left out; the compiler says what that is. Signs of links are
/// those that hold while values stay between the bounds that were seen.
#[must_use]
pub fn of(model: &Model, seen: &Seen) -> Structure {
    let mut problems = Vec::new();
    let mut dimensions = Dimensions::new(model, &Nothing, &mut problems);
    let scopes = Scopes::new(model, &mut dimensions, &mut problems);
    let glance = |placed: &Placed| match Glance::of(placed.written) {
        glance if glance.range == Range::ANY => Glance { range: seen.range(&placed.spelling), ..glance },
        glance => glance,
    };
    let glances: Vec<Glance> = scopes.variables().map(|(_, placed)| glance(placed)).collect();
    let place = |scope| Place { scopes: &scopes, dimensions: &dimensions, glances: &glances, scope };
    let mut variables = Vec::new();
    let mut stocks = Vec::new();
    for (id, placed) in scopes.variables() {
        let (at, written, names) = (id.0 as usize, placed.written, place(placed.scope));
        let kind = part::kind(written, names.source(at, &written.name).is_some());
        if kind == Kind::Stock {
            let (inflows, outflows) = part::flows(written, &names);
            stocks.push(Stock { variable: at, inflows, outflows });
        }
        let dimension_names = part::dimensions(model, written, &placed.shape, &dimensions);
        let unresolved = placed.shape.axes.is_empty() && !dimension_names.is_empty();
        variables.push(Variable {
            name: placed.spelling.clone(),
            kind,
            units: written.units.clone(),
            elements: if unresolved { 0 } else { placed.shape.size() },
            dimensions: dimension_names,
            documentation: written.documentation.clone(),
        });
    }
    for flow in stocks.iter().flat_map(|stock| stock.inflows.iter().chain(&stock.outflows)) {
        if let Some(variable) = variables.get_mut(*flow)
            && !matches!(variable.kind, Kind::Stock | Kind::Table)
        {
            variable.kind = Kind::Flow;
        }
    }
    let links = link::links(model, &place);
    let is_stock: Vec<bool> = variables.iter().map(|variable| variable.kind == Kind::Stock).collect();
    let feedback = feedback::Feedback::new(&links, &is_stock);
    let mut by_target: Vec<usize> = (0..links.len()).collect();
    by_target.sort_by_key(|at| links.get(*at).map(|link| (link.to, link.from)));
    Structure {
        variables,
        links,
        stocks,
        components: feedback.components,
        loops: feedback.loops,
        complete: feedback.complete,
        by_target,
    }
}

impl Structure {
    /// The place of a variable, by its name in any spelling.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let wanted = crate::model::Name::new(name);
        self.variables.iter().position(|variable| crate::model::Name::new(&variable.name) == wanted)
    }

    /// The name of a variable; empty where there is none at this place.
    #[must_use]
    pub fn name(&self, variable: usize) -> &str {
        self.variables.get(variable).map_or("", |variable| &variable.name)
    }

    /// The names of the variables of a loop, in the order of cause and effect, from a stock where there is one.
    #[must_use]
    pub fn names(&self, found: &Loop) -> Vec<&str> {
        found.variables.iter().map(|variable| self.name(*variable)).collect()
    }

    /// Links to what a variable moves.
    #[must_use]
    pub fn used_by(&self, variable: usize) -> &[Link] {
        let first = self.links.partition_point(|link| link.from < variable);
        let last = self.links.partition_point(|link| link.from <= variable);
        self.links.get(first..last).unwrap_or_default()
    }

    /// Links from what a variable is worked out from.
    pub fn uses(&self, variable: usize) -> impl Iterator<Item = &Link> {
        let to = |at: &usize| self.links.get(*at).map(|link| link.to);
        let first = self.by_target.partition_point(|at| to(at) < Some(variable));
        let list = self.by_target.iter().skip(first).filter_map(|at| self.links.get(*at));
        list.take_while(move |link| link.to == variable)
    }
}
