//! Every function that equations can call, in one list: names, numbers of arguments, and what it comes to.
//!
//! Sources: XMILE 1.0 (OASIS, 2015), chapter 3.5; the Vensim Reference Manual. Where one name means two things, the
//! dialect decides.

use super::{allocation, belts, delays, kept, macros, money, plain, random, reduce, tables, time, vectors};
use crate::compile::context::Context;
use crate::compile::graph::NodeId;
use crate::compile::lower::Lowering;
use crate::model::{Call, Dialect};
use crate::operation::{One, RandomKind, Two};

/// What a function comes to.
#[derive(Clone, Copy)]
pub(crate) enum Meaning {
    One(One),
    Two(Two),
    Random(RandomKind),
    Special(Build),
}

/// Builds the value of a call.
pub(crate) type Build = for<'m> fn(&mut Lowering<'m>, &'m Call, &Context) -> NodeId;

/// One function.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// Least and greatest number of arguments.
    pub(crate) arguments: (usize, usize),
    /// The dialect, where the name means something else in the other.
    pub(crate) only: Option<Dialect>,
    pub(crate) meaning: Meaning,
}

const fn function(name: &'static str, least: usize, most: usize, meaning: Meaning) -> Function {
    Function { name, arguments: (least, most), only: None, meaning }
}

const fn special(name: &'static str, least: usize, most: usize, build: Build) -> Function {
    function(name, least, most, Meaning::Special(build))
}

const fn one(name: &'static str, operation: One) -> Function {
    function(name, 1, 1, Meaning::One(operation))
}

const fn two(name: &'static str, operation: Two) -> Function {
    function(name, 2, 2, Meaning::Two(operation))
}

const fn random(name: &'static str, least: usize, most: usize, kind: RandomKind) -> Function {
    function(name, least, most, Meaning::Random(kind))
}

const fn vensim(function: Function) -> Function {
    Function { only: Some(Dialect::Vensim), ..function }
}

const fn xmile(function: Function) -> Function {
    Function { only: Some(Dialect::Xmile), ..function }
}

/// No limit on the number of arguments.
const MANY: usize = 1_000;

/// The list.
pub(crate) const FUNCTIONS: &[Function] = &[
    // Arithmetic
    one("abs", One::Absolute),
    one("sqrt", One::SquareRoot),
    one("exp", One::Exponential),
    one("ln", One::NaturalLog),
    one("log10", One::DecimalLog),
    special("log", 1, 2, plain::log),
    one("sin", One::Sine),
    one("cos", One::Cosine),
    one("tan", One::Tangent),
    one("arcsin", One::ArcSine),
    one("arccos", One::ArcCosine),
    one("arctan", One::ArcTangent),
    one("sinh", One::SineH),
    one("cosh", One::CosineH),
    one("tanh", One::TangentH),
    one("integer", One::Truncate),
    one("int", One::Floor),
    one("floor", One::Floor),
    one("ceiling", One::Ceiling),
    one("round", One::Round),
    one("sign", One::Sign),
    one("gamma_ln", One::LogGamma),
    one("gammaln", One::LogGamma),
    one("normalcdf", One::NormalBelow),
    special("percent", 1, 1, plain::percent),
    special("power", 2, 2, plain::power),
    special("rootn", 2, 2, plain::root),
    vensim(two("modulo", Two::ModuloTruncate)),
    xmile(two("modulo", Two::ModuloFloor)),
    two("mod", Two::ModuloFloor),
    two("quantum", Two::Quantum),
    two("zidz", Two::DivideOrZero),
    special("xidz", 3, 3, plain::xidz),
    special("safediv", 2, 3, plain::safe_division),
    special("if_then_else", 3, 3, plain::if_then_else),
    special("x_if_missing", 2, 2, plain::if_missing),
    special("pi", 0, 0, plain::pi),
    special("game", 1, 1, plain::same),
    special("a_function_of", 0, MANY, plain::unwritten),
    // Arrays to a number
    special("min", 1, MANY, reduce::minimum),
    special("max", 1, MANY, reduce::maximum),
    special("sum", 1, MANY, reduce::sum),
    special("prod", 1, MANY, reduce::product),
    special("vmin", 1, 1, reduce::minimum),
    special("vmax", 1, 1, reduce::maximum),
    special("mean", 1, MANY, reduce::mean),
    special("stddev", 1, MANY, reduce::deviation),
    special("size", 1, 1, reduce::size),
    special("elmcount", 1, 1, reduce::element_count),
    special("vector_select", 4, 5, reduce::select),
    // Arrays to arrays
    special("vector_sort_order", 2, 2, vectors::sort_order),
    special("vector_rank", 2, 2, vectors::vector_rank),
    special("vector_reorder", 2, 2, vectors::reorder),
    special("vector_elm_map", 2, 2, vectors::element_map),
    special("vector_lookup", 4, 4, vectors::lookup),
    special("rank", 2, 2, vectors::rank),
    special("invert_matrix", 1, 2, vectors::invert),
    special("allocate_available", 3, 3, allocation::available),
    special("allocate_by_priority", 5, 5, allocation::by_priority),
    special("allocate", 6, 6, allocation::xmile),
    special("find_market_price", 4, 4, allocation::market_price),
    special("demand_at_price", 3, 3, allocation::demand),
    special("supply_at_price", 3, 3, allocation::supply),
    // Time
    special("step", 2, 2, time::step),
    vensim(special("pulse", 2, 2, time::pulse)),
    xmile(special("pulse", 1, 3, time::xmile_pulse)),
    special("pulse_train", 4, 4, time::pulse_train),
    special("ramp", 2, 3, time::ramp),
    special("ramp_from_to", 4, 5, time::ramp_from_to),
    special("time_base", 2, 2, time::base),
    special("sinwave", 2, 2, time::sine_wave),
    special("coswave", 2, 2, time::cosine_wave),
    special("get_time_value", 3, 3, time::calendar),
    // Kept from one step to the next
    special("integ", 2, 2, kept::integral),
    special("initial", 1, 1, kept::initial),
    special("reinitial", 1, 1, kept::initial),
    special("init", 1, 1, kept::initial),
    special("active_initial", 2, 2, kept::active_initial),
    special("sample_if_true", 3, 3, kept::sample),
    special("sample_until", 3, 3, kept::sample_until),
    special("previous", 1, 2, kept::previous),
    special("smooth", 2, 2, delays::smooth1),
    special("smoothi", 3, 3, delays::smooth1),
    special("smooth3", 2, 2, delays::smooth3),
    special("smooth3i", 3, 3, delays::smooth3),
    special("smooth_n", 4, 4, delays::vensim_smooth_n),
    special("smth1", 2, 3, delays::smooth1),
    special("smth3", 2, 3, delays::smooth3),
    special("smthn", 3, 4, delays::smooth_n),
    special("delay1", 2, 3, delays::delay1),
    special("delay1i", 3, 3, delays::delay1),
    special("delay3", 2, 3, delays::delay3),
    special("delay3i", 3, 3, delays::delay3),
    special("delay_n", 4, 4, delays::vensim_delay_n),
    special("delayn", 3, 4, delays::delay_n),
    special("delay", 2, 3, delays::fixed),
    special("delay_fixed", 3, 3, delays::fixed),
    special("trend", 2, 3, delays::trend),
    special("forecast", 3, 4, delays::forecast),
    special("forcst", 3, 4, delays::forecast),
    special("depreciate_straightline", 2, 4, delays::straight_line),
    // Written by the readers of files
    special("macro_output#", 2, 2, macros::output),
    special("conveyor#", 5, MANY, belts::content),
    special("conveyor_outflow#", 2, 2, belts::outflow),
    special("conveyor_inflow#", 6, 6, belts::inflow),
    // Money
    special("npv", 2, 4, money::present_value),
    special("pmt", 3, 4, money::payment),
    special("pv", 3, 4, money::value_now),
    special("fv", 3, 4, money::value_then),
    // Graphical functions and data
    special("with_lookup", 2, 2, tables::with_lookup),
    special("lookup", 2, 2, tables::lookup),
    special("lookup_extrapolate", 2, 2, tables::extrapolate),
    special("table_extrapolate", 2, 2, tables::extrapolate),
    special("lookup_forward", 2, 2, tables::forward),
    special("lookup_backward", 2, 2, tables::backward),
    special("lookup_invert", 2, 2, tables::inverse),
    special("lookupinv", 2, 2, tables::inverse),
    special("get_data_between_times", 3, 3, tables::between_times),
    special("get_data_at_time", 2, 2, tables::at_time),
    special("get_data_first_time", 1, 1, tables::first_time),
    special("get_data_last_time", 1, 1, tables::last_time),
    special("get_xls_constants", 3, 3, tables::constant),
    special("get_direct_constants", 3, 3, tables::constant),
    // Chance
    random("random_uniform", 2, 3, RandomKind::Uniform),
    random("random_normal", 4, 5, RandomKind::Normal),
    random("random_exponential", 4, 5, RandomKind::Exponential),
    random("random_lognormal", 6, 7, RandomKind::Lognormal),
    random("random_poisson", 5, 6, RandomKind::Poisson),
    random("random_triangular", 5, 6, RandomKind::Triangular),
    random("random_beta", 6, 7, RandomKind::Beta),
    random("random_gamma", 5, 6, RandomKind::Gamma),
    random("random_weibull", 5, 6, RandomKind::Weibull),
    random("random_binomial", 6, 7, RandomKind::Binomial),
    special("random_0_1", 0, 1, random::zero_to_one),
    special("random", 2, 3, random::uniform),
    special("uniform", 2, 3, random::uniform),
    special("normal", 2, 5, random::normal),
    special("lognormal", 2, 5, random::lognormal),
    special("poisson", 1, 4, random::poisson),
    special("exprnd", 1, 4, random::exponential),
    special("triangular", 3, 6, random::triangular),
    special("montecarlo", 1, 2, random::monte_carlo),
];

/// Names that an author can call, with the least and the greatest number of arguments, and the dialect where it is one.
pub fn functions() -> impl Iterator<Item = (&'static str, (usize, usize), Option<Dialect>)> {
    let written = FUNCTIONS.iter().filter(|function| !function.name.ends_with('#'));
    written.map(|function| (function.name, function.arguments, function.only))
}

/// The function of a name in a dialect.
pub(crate) fn find(name: &str, dialect: Dialect) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|f| f.name == name && f.only.is_none_or(|only| only == dialect))
}
