//! A model as written, whatever format it came from: plain data, nothing resolved.

mod expression;
mod name;
mod table;

use std::collections::BTreeMap;

pub use expression::{Binary, Call, Expression, Reference, Span, Subscript, Unary};
pub use name::{Name, tidy};
pub use table::{Table, TableKind};

/// A whole file.
#[derive(Clone, Debug)]
pub struct Model {
    /// What the file calls it, empty where it does not.
    pub name: String,
    /// Whose words it is written in: the same name can be two functions.
    pub dialect: Dialect,
    /// From when to when, in which steps.
    pub specs: Specs,
    /// Dimensions, in the order of the file.
    pub dimensions: Vec<Dimension>,
    /// Variables outside any module.
    pub body: Body,
    /// Models that modules are made of.
    pub modules: BTreeMap<Name, Body>,
    /// Functions the author wrote.
    pub macros: BTreeMap<Name, Macro>,
    /// Names of units that mean the same: first the one kept, then the others.
    pub unit_names: Vec<Vec<String>>,
}

/// Whose words a model is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// XMILE 1.0 (OASIS), as Stella and others write it.
    Xmile,
    /// Vensim's `.mdl`.
    Vensim,
}

/// From when to when, in which steps. Expressions, because Vensim's are variables like any other.
#[derive(Clone, Debug)]
pub struct Specs {
    /// The first moment.
    pub start: Expression,
    /// The last moment.
    pub stop: Expression,
    /// The length of a step.
    pub step: Expression,
    /// How far apart the moments lie that are kept; each step where it is not said.
    pub save: Option<Expression>,
    /// How stocks are carried over a step.
    pub method: Method,
    /// The unit of time, as written.
    pub units: String,
}

/// How stocks are carried over a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// One look at the flows a step.
    #[default]
    Euler,
    /// Heun's method, two looks.
    RungeKutta2,
    /// The classical method of Runge and Kutta, four looks.
    RungeKutta4,
}

/// A dimension: a row of elements that a variable can have a value for each of.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// What equations call it.
    pub name: Name,
    /// As the author spells it.
    pub spelling: String,
    /// Its elements or the parts they come from.
    pub elements: Vec<Elements>,
    /// Dimensions whose elements stand for its own, place by place.
    pub mappings: Vec<Mapping>,
    /// Where it stands.
    pub span: Span,
}

/// A part of the elements of a dimension.
#[derive(Clone, Debug)]
pub enum Elements {
    /// One element, or all those of another dimension of this name. With the author's spelling.
    One(Name, String),
    /// `(a1-a9)`: the elements whose numbers lie between.
    Numbered(String, u32, u32),
    /// Read from a file: the arguments of `GET XLS SUBSCRIPT`.
    External(Vec<String>, Span),
}

/// `-> other` or `-> (other: a, b, c)`.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The dimension mapped to.
    pub to: Name,
    /// The elements (or dimensions) it maps to, place by place; empty when the order decides.
    pub elements: Vec<Name>,
}

/// The variables of a model or of a module.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// In the order of the file.
    pub variables: Vec<Variable>,
    /// Modules placed here.
    pub instances: Vec<Instance>,
}

/// One variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// What equations call it.
    pub name: Name,
    /// As the author spells it.
    pub spelling: String,
    /// Its part in the model.
    pub role: Role,
    /// One for a plain variable; for arrays as many as the author wrote.
    pub equations: Vec<Equation>,
    /// Never below zero.
    pub non_negative: bool,
    /// As written; `None` where nothing is said.
    pub units: Option<String>,
    /// What the author says about it.
    pub documentation: String,
    /// Where its name stands.
    pub span: Span,
}

/// The part a variable has in the model.
#[derive(Clone, Debug)]
pub enum Role {
    /// Changed by its flows alone.
    Stock {
        /// What fills it.
        inflows: Vec<Name>,
        /// What drains it, in order of priority.
        outflows: Vec<Name>,
    },
    /// Stella's belt: what enters leaves after its transit time.
    Conveyor(Box<Conveyor>),
    /// What enters waits until something takes it, first in first out.
    Queue {
        /// What fills it.
        inflows: Vec<Name>,
        /// What drains it, in order of priority.
        outflows: Vec<Name>,
    },
    /// A flow between stocks.
    Flow,
    /// Anything else.
    Auxiliary,
}

/// What a conveyor needs beside its initial value (XMILE 1.0, section 3.7.3).
#[derive(Clone, Debug)]
pub struct Conveyor {
    /// What enters.
    pub inflows: Vec<Name>,
    /// What leaves at the end of the belt comes first, then the leaks.
    pub outflows: Vec<Name>,
    /// Flows among `outflows` that leak, with the share that leaks and where the leak begins and ends (0 to 1).
    pub leaks: Vec<Leak>,
    /// Time from one end to the other.
    pub transit_time: Expression,
    /// How much fits on the belt.
    pub capacity: Option<Expression>,
    /// How much may enter in one unit of time.
    pub inflow_limit: Option<Expression>,
    /// When the transit time is read anew for what enters.
    pub sample: Option<Expression>,
    /// While this holds nothing moves.
    pub arrest: Option<Expression>,
}

/// A leak of a conveyor.
#[derive(Clone, Debug)]
pub struct Leak {
    /// The flow.
    pub flow: Name,
    /// The share of what entered that leaks on the way, or each unit of time when exponential.
    pub fraction: Expression,
    /// Leaks a share of what is there in each unit of time, instead of a share of what entered.
    pub exponential: bool,
    /// Where on the belt the leak begins and ends, 0 to 1.
    pub zone: (f64, f64),
}

/// What defines a variable, or some of its elements.
#[derive(Clone, Debug)]
pub struct Equation {
    /// Dimensions and elements on the left side.
    pub subscripts: Vec<Name>,
    /// Combinations left out: `:EXCEPT: [a,b], [c,d]`.
    pub except: Vec<Vec<Name>>,
    /// The right side.
    pub content: Content,
    /// Used instead of the right side for the first moment.
    pub initial: Option<Expression>,
    /// Where the equation stands.
    pub span: Span,
}

/// The right side of an equation.
#[derive(Clone, Debug)]
pub enum Content {
    /// An expression.
    Expression(Expression),
    /// Numbers for the elements, the last dimension fastest.
    Numbers(Vec<f64>),
    /// A graphical function to be called.
    Table(Table),
    /// A graphical function read from a file: the arguments of `GET XLS LOOKUPS`.
    ExternalTable(Vec<String>),
    /// The graphical function at the value of an expression.
    TableOf(Table, Expression),
    /// Values in time that come from outside; with the arguments of `GET XLS DATA` where they are given.
    Data(DataMode, Option<Vec<String>>),
}

/// What holds between two values of a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DataMode {
    /// A straight line.
    #[default]
    Interpolate,
    /// The earlier value.
    HoldBackward,
    /// The later value.
    LookForward,
    /// Nothing.
    Raw,
}

/// A module placed in a model.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its name here.
    pub name: Name,
    /// The model it is made of.
    pub model: Name,
    /// Inputs of the module and where they come from.
    pub connections: Vec<(Name, Name)>,
    /// Where it stands.
    pub span: Span,
}

/// A function the author wrote.
#[derive(Clone, Debug)]
pub struct Macro {
    /// Its name.
    pub name: Name,
    /// Names of its arguments, with what holds where one is not given.
    pub parameters: Vec<(Name, Option<Expression>)>,
    /// Further results, asked for after a colon.
    pub outputs: Vec<Name>,
    /// Its variables; the one named like the macro is the result.
    pub body: Body,
    /// Where it stands.
    pub span: Span,
}
