//! What can be done to numbers: the one meaning of every operation, for folding at compile time and for running.

mod call;
mod random;
mod table;

use crate::special::normal_cdf;

pub(crate) use call::{Call, call};
pub(crate) use random::RandomKind;
pub(crate) use table::{Curve, NOT_AVAILABLE, Reading};

/// Operations on one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum One {
    Negative,
    Not,
    Absolute,
    SquareRoot,
    Exponential,
    NaturalLog,
    DecimalLog,
    Sine,
    Cosine,
    Tangent,
    ArcSine,
    ArcCosine,
    ArcTangent,
    SineH,
    CosineH,
    TangentH,
    /// Toward zero.
    Truncate,
    Floor,
    Ceiling,
    /// To the nearest; halves away from zero.
    Round,
    Sign,
    LogGamma,
    /// The standard normal distribution function.
    NormalBelow,
}

/// Operations on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Two {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// 0 where the divisor is 0: `ZIDZ`.
    DivideOrZero,
    Power,
    /// With the sign of the divisor, as XMILE's `MOD`.
    ModuloFloor,
    /// With the sign of the dividend, as Vensim's `MODULO`.
    ModuloTruncate,
    Minimum,
    Maximum,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
    /// Down to a whole multiple: `QUANTUM`.
    Quantum,
}

/// Operations on three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Three {
    /// The second where the first is not 0, else the third.
    Select,
    /// The first over the second, or the third where the second is 0: `XIDZ`.
    DivideOr,
}

/// Below this a divisor counts as 0, as in Vensim's `ZIDZ` and `XIDZ`.
const NEARLY_ZERO: f64 = 1e-6;

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// One number in, one out.
#[inline(always)]
pub(crate) fn one(operation: One, x: f64) -> f64 {
    match operation {
        One::Negative => -x,
        One::Not => truth(x == 0.0),
        One::Absolute => x.abs(),
        One::SquareRoot => x.sqrt(),
        One::Exponential => libm::exp(x),
        One::NaturalLog => libm::log(x),
        One::DecimalLog => libm::log10(x),
        One::Sine => libm::sin(x),
        One::Cosine => libm::cos(x),
        One::Tangent => libm::tan(x),
        One::ArcSine => libm::asin(x),
        One::ArcCosine => libm::acos(x),
        One::ArcTangent => libm::atan(x),
        One::SineH => libm::sinh(x),
        One::CosineH => libm::cosh(x),
        One::TangentH => libm::tanh(x),
        One::Truncate => x.trunc(),
        One::Floor => x.floor(),
        One::Ceiling => x.ceil(),
        One::Round => x.round(),
        One::Sign => truth(x > 0.0) - truth(x < 0.0),
        One::LogGamma => libm::lgamma(x),
        One::NormalBelow => normal_cdf(x),
    }
}

/// Two numbers in, one out.
#[inline(always)]
pub(crate) fn two(operation: Two, x: f64, y: f64) -> f64 {
    match operation {
        Two::Add => x + y,
        Two::Subtract => x - y,
        Two::Multiply => x * y,
        Two::Divide => x / y,
        Two::DivideOrZero => three(Three::DivideOr, x, y, 0.0),
        Two::Power => libm::pow(x, y),
        Two::ModuloFloor => x - y * (x / y).floor(),
        Two::ModuloTruncate => x % y,
        // What is no number stays so from either side: a limit must not hide a run that broke.
        Two::Minimum => {
            if x < y || x.is_nan() {
                x
            } else {
                y
            }
        }
        Two::Maximum => {
            if x > y || x.is_nan() {
                x
            } else {
                y
            }
        }
        Two::Less => truth(x < y),
        Two::LessEqual => truth(x <= y),
        Two::Greater => truth(x > y),
        Two::GreaterEqual => truth(x >= y),
        Two::Equal => truth(x == y),
        Two::NotEqual => truth(x != y),
        Two::And => truth(x != 0.0 && y != 0.0),
        Two::Or => truth(x != 0.0 || y != 0.0),
        Two::Quantum => {
            if y <= 0.0 {
                x
            } else {
                y * (x / y).trunc()
            }
        }
    }
}

/// Three numbers in, one out.
#[inline(always)]
pub(crate) fn three(operation: Three, x: f64, y: f64, z: f64) -> f64 {
    match operation {
        Three::Select => {
            if x != 0.0 {
                y
            } else {
                z
            }
        }
        Three::DivideOr => {
            if y.abs() < NEARLY_ZERO {
                z
            } else {
                x / y
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Two, two};

    #[test]
    fn a_limit_does_not_hide_what_is_no_number() {
        for operation in [Two::Minimum, Two::Maximum] {
            assert!(two(operation, f64::NAN, 0.0).is_nan() && two(operation, 0.0, f64::NAN).is_nan());
        }
        assert_eq!((two(Two::Minimum, 2.0, 3.0), two(Two::Maximum, 2.0, 3.0)), (2.0, 3.0));
    }
}
