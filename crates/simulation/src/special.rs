//! The few special functions that distributions and tests of significance need, with the same digits on every machine.

use std::f64::consts::{PI, SQRT_2};

/// The standard normal density.
pub(crate) fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * PI)
}

/// The standard normal distribution function.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / SQRT_2)
}

/// The standard normal quantile: Wichura (1988), algorithm AS 241, PPND16, good to about 1 part in 10^16.
///
/// Infinite at 0 and 1, NaN outside.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if tail == 0.0 { f64::INFINITY.copysign(q) } else { f64::NAN };
    }
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 { ratio(&TAIL, r - 1.6) } else { ratio(&FAR_TAIL, r - 5.0) };
    size.copysign(q)
}

/// Pairs of numerator and denominator coefficients, lowest power first.
type Ratio = [(f64, f64); 8];

fn ratio(coefficients: &Ratio, x: f64) -> f64 {
    let (above, below) =
        coefficients.iter().rev().fold((0.0, 0.0), |(above, below), (a, b)| (above * x + a, below * x + b));
    above / below
}

#[expect(clippy::excessive_precision, reason = "the digits as published")]
const CENTRE: Ratio = [
    (3.387_132_872_796_366_608, 1.0),
    (1.331_416_678_917_843_774_5e2, 4.231_333_070_160_091_125_2e1),
    (1.971_590_950_306_551_442_7e3, 6.871_870_074_920_579_083e2),
    (1.373_169_376_550_946_112_5e4, 5.394_196_021_424_751_107_7e3),
    (4.592_195_393_154_987_145_7e4, 2.121_379_430_158_659_586_7e4),
    (6.726_577_092_700_870_085_3e4, 3.930_789_580_009_271_061e4),
    (3.343_057_558_358_812_810_5e4, 2.872_908_573_572_194_267_4e4),
    (2.509_080_928_730_122_672_7e3, 5.226_495_278_852_854_561e3),
];

#[expect(clippy::excessive_precision, reason = "the digits as published")]
const TAIL: Ratio = [
    (1.423_437_110_749_683_577_34, 1.0),
    (4.630_337_846_156_545_295_9, 2.053_191_626_637_758_821_87),
    (5.769_497_221_460_691_405_5, 1.676_384_830_183_803_849_4),
    (3.647_848_324_763_204_605_04, 6.897_673_349_851_000_045_5e-1),
    (1.270_458_252_452_368_382_58, 1.481_039_764_274_800_745_9e-1),
    (2.417_807_251_774_506_117_7e-1, 1.519_866_656_361_645_719_66e-2),
    (2.272_384_498_926_918_458_33e-2, 5.475_938_084_995_344_946e-4),
    (7.745_450_142_783_414_076_4e-4, 1.050_750_071_644_416_843_24e-9),
];

#[expect(clippy::excessive_precision, reason = "the digits as published")]
const FAR_TAIL: Ratio = [
    (6.657_904_643_501_103_777_2, 1.0),
    (5.463_784_911_164_114_369_9, 5.998_322_065_558_879_376_9e-1),
    (1.784_826_539_917_291_335_8, 1.369_298_809_227_358_053_1e-1),
    (2.965_605_718_285_048_912_3e-1, 1.487_536_129_085_061_485_25e-2),
    (2.653_218_952_657_612_309_3e-2, 7.868_691_311_456_132_591e-4),
    (1.242_660_947_388_078_438_6e-3, 1.846_318_317_510_054_681_8e-5),
    (2.711_555_568_743_487_578_15e-5, 1.421_511_758_316_445_888_7e-7),
    (2.010_334_399_292_288_132_65e-7, 2.044_263_103_389_939_785_64e-15),
];

/// The beta distribution with shapes `a` and `b`, both above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Beta {
    pub(crate) a: f64,
    pub(crate) b: f64,
    /// ln B(a, b), kept because every value needs it.
    log_beta: f64,
}

impl Beta {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        Self { a, b, log_beta: libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b) }
    }

    fn density(&self, x: f64) -> f64 {
        libm::exp((self.a - 1.0) * libm::log(x) + (self.b - 1.0) * libm::log1p(-x) - self.log_beta)
    }

    /// The regularised incomplete beta function I_x(a, b): the continued fraction of Press et al., *Numerical Recipes*
    /// (2007) §6.4, evaluated by Lentz's method. It is also the upper tail of a binomial.
    pub(crate) fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 || x >= 1.0 {
            return x.clamp(0.0, 1.0);
        }
        let (a, b) = (self.a, self.b);
        let front = self.density(x) * x * (1.0 - x);
        // The fraction converges fast on this side only; the other side is its mirror.
        if x < (a + 1.0) / (a + b + 2.0) {
            front * beta_fraction(x, a, b) / a
        } else {
            1.0 - front * beta_fraction(1.0 - x, b, a) / b
        }
    }

    /// The quantile: Newton steps kept inside a shrinking bracket.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        if p <= 0.0 || p >= 1.0 {
            return p.clamp(0.0, 1.0);
        }
        let (mut low, mut high) = (0.0, 1.0);
        let mut x = self.a / (self.a + self.b);
        for _ in 0..200 {
            let miss = self.cdf(x) - p;
            if miss > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let newton = x - miss / self.density(x);
            let inside = newton > low && newton < high;
            let next = if inside { newton } else { 0.5 * (low + high) };
            // Newton doubles the digits, so that a step this small leaves nothing to gain.
            let enough = if inside { 1e-10 } else { 1e-16 };
            if (next - x).abs() <= enough * x {
                return next;
            }
            x = next;
        }
        x
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let safe = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / safe(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // About sqrt(max(a, b)) turns are needed; the bound only keeps absurd arguments from running on.
    for turn in 1..20_000 {
        let m = f64::from(turn);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / safe(1.0 + term * d);
            c = safe(1.0 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// The chance of a Kolmogorov statistic √n·D above `t` in the limit of many runs.
pub(crate) fn kolmogorov_tail(t: f64) -> f64 {
    if t < 0.2 {
        return 1.0; // 1 to within 10^-12, where the series below no longer converges
    }
    let terms = (1_u32..=20).map(|k| {
        let k = f64::from(k);
        let sign = if k % 2.0 == 1.0 { 2.0 } else { -2.0 };
        sign * libm::exp(-2.0 * k * k * t * t)
    });
    terms.sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 2e-13 * expected.abs(), "{got} is not {expected}");
    }

    /// scipy 1.17.1: `special.ndtri`, `special.ndtr`, `special.betainc`, `special.betaincinv`, `special.kolmogorov`.
    #[test]
    fn against_scipy() {
        close(normal_quantile(1e-20), -9.262340089798409);
        close(normal_quantile(1e-10), -6.361340902404056);
        close(normal_quantile(0.01), -2.3263478740408408);
        close(normal_quantile(0.07), -1.4757910281791706);
        close(normal_quantile(0.3), -0.5244005127080409);
        close(normal_quantile(0.9), 1.2815515655446004);
        close(normal_quantile(0.975), 1.959963984540054);
        close(normal_quantile(0.999999), 4.753424308817087);
        close(normal_cdf(-9.0), 1.1285884059538324e-19);
        close(normal_cdf(-3.0), 0.0013498980316300933);
        close(normal_cdf(-0.5), 0.3085375387259869);
        close(normal_cdf(1.0), 0.8413447460685429);
        close(normal_cdf(4.0), 0.9999683287581669);
        close(Beta::new(2.0, 3.0).cdf(0.1), 0.05230000000000001);
        close(Beta::new(2.0, 3.0).cdf(0.9), 0.9963);
        close(Beta::new(1.0, 5.0).cdf(0.5), 0.96875);
        close(Beta::new(40.0, 60.0).cdf(0.3), 0.017592508468930065);
        close(Beta::new(5.0, 1.0).cdf(0.97), 0.8587340256999999);
        close(Beta::new(2.0, 4.0).quantile(0.1), 0.11223495854585855);
        close(Beta::new(2.0, 4.0).quantile(0.999), 0.8779861703885216);
        close(Beta::new(1.0, 5.0).quantile(0.5), 0.12944943670387585);
        close(Beta::new(3.0, 3.0).quantile(1e-06), 0.004652416361586582);
        close(Beta::new(5.0, 1.0).quantile(0.7), 0.9311499150948377);
        close(kolmogorov_tail(0.5), 0.9639452436648751);
        close(kolmogorov_tail(1.0), 0.26999967167735456);
        close(kolmogorov_tail(1.5), 0.022217962616525127);
    }

    #[test]
    fn edges() {
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(1.5).is_nan());
        assert!(normal_quantile(f64::NAN).is_nan());
        assert_eq!((Beta::new(2.0, 3.0).quantile(0.0), Beta::new(2.0, 3.0).quantile(1.0)), (0.0, 1.0));
        assert_eq!((Beta::new(2.0, 3.0).cdf(-1.0), Beta::new(2.0, 3.0).cdf(2.0)), (0.0, 1.0));
    }
}
