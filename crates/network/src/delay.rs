//! How long a link takes for the flow on it: never less with more flow, so that there is one equilibrium.

use crate::curve::Curve;

/// Minutes for a flow, with the slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delay<'a> {
    /// Time of an empty link.
    free: f64,
    kind: Kind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind<'a> {
    Constant,
    /// `rise · (v · inverse)⁴`: most links of most networks, without a call of `pow`.
    Quartic {
        rise: f64,
        inverse: f64,
    },
    /// `rise · (v · inverse)^power`
    Power {
        rise: f64,
        inverse: f64,
        power: f64,
    },
    /// Spiess (1990): `free · (2 + √(α²(1−x)² + β²) − α(1−x) − β)`, x = v · inverse.
    Conical {
        free: f64,
        alpha: f64,
        inverse: f64,
        marginal: bool,
    },
    /// `free · curve(v · inverse)`
    Points {
        free: f64,
        curve: &'a Curve,
        inverse: f64,
        marginal: bool,
    },
}

/// A power of a number that is not negative; whole powers by multiplication, in one order on every machine.
fn power_of(x: f64, power: f64) -> f64 {
    if power.fract() != 0.0 || !(0.0..=16.0).contains(&power) {
        return libm::pow(x, power);
    }
    (0..power as u32).fold(1.0, |product, _| product * x)
}

impl<'a> Delay<'a> {
    /// A time that no flow changes.
    #[must_use]
    pub fn constant(free: f64) -> Self {
        Self { free, kind: Kind::Constant }
    }

    /// The curve of the US Bureau of Public Roads (1964): `free · (1 + b · (v / capacity)^power)`. Constant where `free`, `b`
    /// or the capacity is 0.
    #[must_use]
    pub fn bpr(free: f64, b: f64, capacity: f64, power: f64) -> Self {
        let (rise, inverse) = (free * b, 1.0 / capacity);
        let kind = if rise == 0.0 || capacity <= 0.0 || free.is_infinite() {
            Kind::Constant
        } else if power == 0.0 {
            return Self::constant(free + rise);
        } else if power == 4.0 {
            Kind::Quartic { rise, inverse }
        } else {
            Kind::Power { rise, inverse, power }
        };
        Self { free, kind }
    }

    /// The conical curve of Spiess (1990) with a steepness `alpha` above 1.
    #[must_use]
    pub fn conical(free: f64, alpha: f64, capacity: f64) -> Self {
        if free == 0.0 || capacity <= 0.0 || free.is_infinite() {
            return Self::constant(free);
        }
        Self { free: 0.0, kind: Kind::Conical { free, alpha, inverse: 1.0 / capacity, marginal: false } }
    }

    /// A curve of points. Constant where `free` or the capacity is 0, or the link is closed.
    #[must_use]
    pub fn points(free: f64, curve: &'a Curve, capacity: f64) -> Self {
        if free == 0.0 || capacity <= 0.0 || free.is_infinite() {
            return Self::constant(free);
        }
        Self { free: 0.0, kind: Kind::Points { free, curve, inverse: 1.0 / capacity, marginal: false } }
    }

    /// What one more traveller costs all together, `t(v) + v·t′(v)`: equilibrium under it is the system optimum. A curve of
    /// points has none at its points: the time jumps there, and no flows may have every path as cheap as the next.
    #[must_use]
    pub fn marginal(self) -> Self {
        let kind = match self.kind {
            Kind::Constant => Kind::Constant,
            Kind::Quartic { rise, inverse } => Kind::Quartic { rise: 5.0 * rise, inverse },
            Kind::Power { rise, inverse, power } => Kind::Power { rise: (1.0 + power) * rise, inverse, power },
            Kind::Conical { free, alpha, inverse, .. } => Kind::Conical { free, alpha, inverse, marginal: true },
            Kind::Points { free, curve, inverse, .. } => Kind::Points { free, curve, inverse, marginal: true },
        };
        Self { kind, ..self }
    }

    /// Time and slope at a flow that is not negative. The slope is 0 where the time is constant, and infinite at 0 for a
    /// power below 1.
    #[inline]
    #[must_use]
    pub fn at(&self, flow: f64) -> (f64, f64) {
        match self.kind {
            Kind::Constant => (self.free, 0.0),
            Kind::Quartic { rise, inverse } => {
                let x = flow * inverse;
                let cubic = rise * x * x * x;
                (self.free + cubic * x, 4.0 * cubic * inverse)
            }
            Kind::Power { rise, inverse, power } => {
                let x = flow * inverse;
                if x <= 0.0 {
                    let slope = if power < 1.0 {
                        f64::INFINITY
                    } else if power == 1.0 {
                        rise * inverse
                    } else {
                        0.0
                    };
                    return (self.free, slope);
                }
                let below = rise * power_of(x, power - 1.0);
                (self.free + below * x, power * below * inverse)
            }
            Kind::Conical { free, alpha, inverse, marginal } => {
                let (time, slope, bend) = conical(free, alpha, inverse, flow);
                if marginal { (time + flow * slope, 2.0 * slope + flow * bend) } else { (time, slope) }
            }
            Kind::Points { free, curve, inverse, marginal } => {
                let (factor, slope) = curve.at(flow * inverse);
                let (time, slope) = (free * factor, free * slope * inverse);
                if marginal { (time + flow * slope, 2.0 * slope) } else { (time, slope) }
            }
        }
    }

    /// The greatest slope between two flows: at one of them, but for a curve of points, since the others are bent one way
    /// throughout.
    pub(crate) fn steepest(&self, low: f64, high: f64) -> f64 {
        match self.kind {
            // No slope of its own bounds a time that jumps.
            Kind::Points { marginal: true, .. } => f64::INFINITY,
            Kind::Points { free, curve, inverse, .. } => free * inverse * curve.steepest(low * inverse, high * inverse),
            _ => self.at(low).1.max(self.at(high).1),
        }
    }

    /// The area below the curve from 0 to a flow: the link's part of Beckmann's objective.
    #[must_use]
    pub fn area(&self, flow: f64) -> f64 {
        match self.kind {
            Kind::Constant => self.free * flow,
            Kind::Quartic { rise, inverse } => flow * (self.free + rise * power_of(flow * inverse, 4.0) / 5.0),
            Kind::Power { rise, inverse, power } => {
                flow * (self.free + rise * power_of((flow * inverse).max(0.0), power) / (power + 1.0))
            }
            Kind::Points { free, curve, inverse, marginal: true } => flow * free * curve.at(flow * inverse).0,
            Kind::Points { free, curve, inverse, marginal: false } => free / inverse * curve.area(flow * inverse),
            Kind::Conical { free, alpha, inverse, marginal: true } => flow * conical(free, alpha, inverse, flow).0,
            Kind::Conical { free, alpha, inverse, marginal: false } => {
                // ∫√(α²y² + β²)dy with y = 1 − x.
                let beta = beta(alpha);
                let part = |y: f64| {
                    let root = libm::sqrt(alpha * alpha * y * y + beta * beta);
                    0.5 * y * root + beta * beta / (2.0 * alpha) * libm::asinh(alpha * y / beta)
                };
                let x = flow * inverse;
                let below = part(1.0) - part(1.0 - x);
                free / inverse * (2.0 * x + below - alpha * (x - 0.5 * x * x) - beta * x)
            }
        }
    }
}

fn beta(alpha: f64) -> f64 {
    (2.0 * alpha - 1.0) / (2.0 * alpha - 2.0)
}

/// Time, slope, and slope of the slope.
fn conical(free: f64, alpha: f64, inverse: f64, flow: f64) -> (f64, f64, f64) {
    let (beta, rest) = (beta(alpha), 1.0 - flow * inverse);
    let root = libm::sqrt(alpha * alpha * rest * rest + beta * beta);
    let time = free * (2.0 + root - alpha * rest - beta);
    let slope = free * inverse * (alpha - alpha * alpha * rest / root);
    let bend = free * inverse * inverse * alpha * alpha * beta * beta / (root * root * root);
    (time, slope, bend)
}
