//! What functions do with units. A function that is not listed gives a unit that is not known.

use crate::model::Dialect;

/// What a function does with the units of its arguments.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern {
    /// The first arguments listed share one unit, which is that of the result; the others listed are times.
    Keep(&'static [usize], &'static [usize]),
    /// All arguments share one unit, which is that of the result.
    All,
    /// Gives a plain number; the arguments listed are times, the others may have any unit.
    Number(&'static [usize]),
    /// Takes no unit and gives none.
    Pure,
    /// Takes an angle and gives a plain number.
    Angle,
    /// `x / y`, and a third argument in the unit of the result.
    Quotient,
    /// `x` to the power of `n`.
    Power,
    /// The `n`-th root of `x`.
    Root,
    /// The square root.
    SquareRoot,
    /// `INTEG(rate, initial)`.
    Integral,
    /// A change in each unit of time, of a share: one over time.
    Trend,
    /// XMILE's `PULSE(magnitude, first, interval)`: all of the magnitude within one step.
    Pulse,
    /// `RAMP(slope, start, end)`.
    Ramp,
}

/// The pattern of a function, by its name as equations have it.
pub(super) fn pattern(name: &str, dialect: Dialect) -> Option<Pattern> {
    Some(match name {
        "abs" | "integer" | "int" | "floor" | "ceiling" | "round" | "game" | "initial" | "reinitial" | "init"
        | "quantum" | "vector_reorder" | "vector_elm_map" => Pattern::Keep(&[0], &[]),
        // What a graphical function declares is the unit of its values; that of its input is declared nowhere.
        "lookup" | "lookup_extrapolate" | "table_extrapolate" | "lookup_forward" | "lookup_backward" => {
            Pattern::Keep(&[0], &[])
        }
        "get_data_at_time" | "get_data_between_times" => Pattern::Keep(&[0], &[1]),
        "modulo" | "mod" | "active_initial" | "previous" => Pattern::Keep(&[0, 1], &[]),
        "if_then_else" | "sample_if_true" => Pattern::Keep(&[1, 2], &[]),
        "sample_until" => Pattern::Keep(&[1, 2], &[0]),
        "allocate_available" => Pattern::Keep(&[0, 2], &[]),
        "allocate_by_priority" => Pattern::Keep(&[0, 4], &[]),
        "min" | "max" | "sum" | "vmin" | "vmax" | "mean" | "stddev" => Pattern::All,
        "random_uniform" | "random" | "uniform" | "normal" => Pattern::Keep(&[0, 1], &[]),
        "random_normal" => Pattern::Keep(&[0, 1, 2, 3], &[]),
        // Smooths and delays: the input and what it was before, over a time.
        "smooth" | "smooth3" | "smoothi" | "smooth3i" | "smooth_n" | "smth1" | "smth3" | "delay1" | "delay1i"
        | "delay3" | "delay3i" | "delay_n" | "delay" | "delay_fixed" => Pattern::Keep(&[0, 2], &[1]),
        "smthn" | "delayn" => Pattern::Keep(&[0, 3], &[1]),
        "forecast" | "forcst" => Pattern::Keep(&[0], &[1, 2]),
        "trend" => Pattern::Trend,
        "step" => Pattern::Keep(&[0], &[1]),
        "ramp" => Pattern::Ramp,
        "ramp_from_to" => Pattern::Keep(&[0, 1], &[2, 3]),
        "sinwave" | "coswave" => Pattern::Keep(&[0], &[1]),
        "pulse" if dialect == Dialect::Xmile => Pattern::Pulse,
        "pulse" => Pattern::Number(&[0, 1]),
        "pulse_train" => Pattern::Number(&[0, 1, 2, 3]),
        "sign" | "size" | "elmcount" | "rank" | "vector_rank" | "vector_sort_order" | "pi" | "random_0_1"
        | "montecarlo" | "arcsin" | "arccos" | "arctan" => Pattern::Number(&[]),
        "exp" | "ln" | "log10" | "log" | "sinh" | "cosh" | "tanh" | "gamma_ln" | "gammaln" | "percent" => Pattern::Pure,
        "sin" | "cos" | "tan" => Pattern::Angle,
        "zidz" | "xidz" | "safediv" => Pattern::Quotient,
        "power" => Pattern::Power,
        "rootn" => Pattern::Root,
        "sqrt" => Pattern::SquareRoot,
        "integ" => Pattern::Integral,
        _ => return None,
    })
}
