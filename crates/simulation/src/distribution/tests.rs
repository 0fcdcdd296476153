//! Distributions against scipy, and against their own descriptions.

use proptest::prelude::{any, prop_assert, proptest};

use super::*;

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() <= 1e-11 * expected.abs().max(1.0), "{got} is not {expected}");
}

/// `ppf`, `mean` and `std` of scipy 1.17.1; the lognormal with bounds from its `ppf` and `integrate.quad`.
#[test]
fn against_scipy() {
    let cases = [
        (
            Distribution::uniform(-2.0, 6.0),
            2.0,
            2.309401076758503,
            [(0.001, -1.992), (0.25, 0.0), (0.5, 2.0), (0.9, 5.2), (0.999, 5.992)],
        ),
        (
            Distribution::normal(10.0, 2.0, Bounds::NONE),
            10.0,
            2.0,
            [
                (0.001, 3.8195353876643736),
                (0.25, 8.651020499607837),
                (0.5, 10.0),
                (0.9, 12.5631031310892),
                (0.999, 16.180464612335626),
            ],
        ),
        (
            Distribution::normal(10.0, 2.0, Bounds { low: Some(9.0), high: Some(14.0) }),
            10.89148755654503,
            1.2273448352224992,
            [
                (0.001, 9.003796996426784),
                (0.25, 9.878180895845235),
                (0.5, 10.732408708744018),
                (0.9, 12.686180639076753),
                (0.999, 13.975529959469533),
            ],
        ),
        (
            Distribution::normal(0.0, 1.0, Bounds { low: Some(2.0), high: None }),
            2.37321553282284,
            0.33805191970181636,
            [
                (0.001, 2.000421546893619),
                (0.25, 2.118589215612888),
                (0.5, 2.2776048388094594),
                (0.9, 2.837275980456457),
                (0.999, 4.0776137875526866),
            ],
        ),
        (
            Distribution::normal(5.0, 3.0, Bounds { low: None, high: Some(4.0) }),
            1.9355089429841108,
            1.6350491180651203,
            [
                (0.001, -5.1241886170838935),
                (0.25, 1.0209217088992952),
                (0.5, 2.307439066460633),
                (0.9, 3.7009159338894015),
                (0.999, 3.9970626541166303),
            ],
        ),
        (
            Distribution::lognormal(100.0, 30.0, Bounds::NONE),
            100.00000000000009,
            30.00000000000004,
            [
                (0.001, 38.664101906209986),
                (0.25, 78.57690847981529),
                (0.5, 95.78262852211522),
                (0.9, 139.53201894673228),
                (0.999, 237.282426703205),
            ],
        ),
        (
            Distribution::lognormal_from_log(0.5, 0.75, Bounds::NONE),
            2.184200810815618,
            1.8979368551560565,
            [
                (0.001, 0.1624030241806583),
                (0.25, 0.9941498664170534),
                (0.5, 1.6487212707001282),
                (0.9, 4.310973178737611),
                (0.999, 16.73787690945465),
            ],
        ),
        (
            Distribution::triangular(1.0, 2.0, 5.0),
            2.666666666666667,
            0.8498365855987975,
            [
                (0.001, 1.0632455532033676),
                (0.25, 2.0),
                (0.5, 2.550510257216822),
                (0.9, 3.904554884989668),
                (0.999, 4.890455488498967),
            ],
        ),
        (
            Distribution::triangular(0.0, 0.0, 3.0),
            1.0,
            std::f64::consts::FRAC_1_SQRT_2,
            [
                (0.001, 0.0015003751876171423),
                (0.25, 0.4019237886466842),
                (0.5, 0.8786796564403573),
                (0.9, 2.0513167019494865),
                (0.999, 2.905131670194949),
            ],
        ),
        (
            Distribution::pert(1.0, 2.0, 7.0, 4.0),
            2.6666666666666665,
            1.0157490003667402,
            [
                (0.001, 1.0262694613101715),
                (0.25, 1.8630446178493718),
                (0.5, 2.5117238628476617),
                (0.9, 4.111609256489743),
                (0.999, 6.0560395574320385),
            ],
        ),
        (
            Distribution::pert(0.0, 8.0, 8.0, 2.5),
            6.222222222222222,
            1.4181760626088278,
            [
                (0.001, 1.1115963954985102),
                (0.25, 5.383600770529425),
                (0.5, 6.562682848061104),
                (0.9, 7.762764627720829),
                (0.999, 7.997713468920966),
            ],
        ),
        (
            Distribution::lognormal_from_log(0.5, 0.75, Bounds { low: Some(1.0), high: Some(4.0) }),
            2.044883121333099,
            0.7821924150732301,
            [
                (0.001, 1.0014765364674563),
                (0.25, 1.3892614207862657),
                (0.5, 1.8708615570990375),
                (0.9, 3.2613050036703606),
                (0.999, 3.990522949867807),
            ],
        ),
    ];
    for (distribution, mean, sd, quantiles) in cases {
        let distribution = distribution.unwrap();
        close(distribution.mean(), mean);
        close(distribution.sd(), sd);
        for (p, expected) in quantiles {
            close(distribution.quantile(p), expected);
        }
    }
}

#[test]
fn discrete_and_constant() {
    let distribution = Distribution::discrete(&[30.0, 10.0, 20.0], &[1.0, 2.0, 1.0]).unwrap();
    let drawn = [0.0, 0.5, 0.51, 0.75, 0.76, 1.0].map(|p| distribution.quantile(p));
    assert_eq!(drawn, [10.0, 10.0, 20.0, 20.0, 30.0, 30.0]);
    close(distribution.mean(), 17.5);
    close(distribution.sd(), 68.75_f64.sqrt()); // (2·7.5² + 2.5² + 12.5²) / 4
    let constant = Distribution::constant(4.0).unwrap();
    assert_eq!((constant.quantile(0.3), constant.mean(), constant.sd()), (4.0, 4.0, 0.0));
}

#[test]
fn refusals() {
    use DistributionError::{
        BoundsReversed, ModeOutside, NegativeWeight, NoValues, NoWeight, NotFinite, NotPositive, NothingBetween,
        ShapeTooLarge, WeightCount,
    };
    let nan = Distribution::uniform(f64::NAN, 1.0);
    assert!(matches!(nan, Err(NotFinite { what: "low", .. })), "{nan:?}");
    assert_eq!(Distribution::uniform(2.0, 1.0), Err(BoundsReversed { low: 2.0, high: 1.0 }));
    assert!(matches!(Distribution::uniform(-1e308, 1e308), Err(NotFinite { what: "high - low", .. })));
    assert_eq!(Distribution::normal(0.0, 0.0, Bounds::NONE), Err(NotPositive { what: "sd", value: 0.0 }));
    let far = Bounds { low: Some(50.0), high: Some(60.0) };
    assert_eq!(Distribution::normal(0.0, 1.0, far), Err(NothingBetween { low: 50.0, high: 60.0 }));
    let reversed = Bounds { low: Some(3.0), high: Some(2.0) };
    assert_eq!(Distribution::lognormal(1.0, 1.0, reversed), Err(BoundsReversed { low: 3.0, high: 2.0 }));
    let below_zero = Bounds { low: None, high: Some(-1.0) };
    assert!(matches!(Distribution::lognormal(1.0, 1.0, below_zero), Err(NothingBetween { .. })));
    assert_eq!(Distribution::triangular(0.0, 2.0, 1.0), Err(ModeOutside { low: 0.0, mode: 2.0, high: 1.0 }));
    assert_eq!(Distribution::pert(0.0, 0.5, 1.0, 0.0), Err(NotPositive { what: "shape", value: 0.0 }));
    assert_eq!(Distribution::pert(0.0, 0.5, 1.0, 1e5), Err(ShapeTooLarge { shape: 1e5 }));
    assert_eq!(Distribution::discrete(&[], &[]), Err(NoValues));
    assert_eq!(Distribution::discrete(&[1.0], &[]), Err(WeightCount { values: 1, weights: 0 }));
    assert_eq!(Distribution::discrete(&[1.0], &[-1.0]), Err(NegativeWeight { number: 1, value: -1.0 }));
    assert_eq!(Distribution::discrete(&[1.0], &[0.0]), Err(NoWeight));
    assert!(Distribution::constant(f64::INFINITY).is_err());
}

proptest! {
    /// Whatever is accepted gives finite, rising values, the ends included.
    #[test]
    fn quantiles_rise(low in -1e6..1e6_f64, width in 1e-3..1e6_f64, at in 0.0..1.0_f64, p in any::<f64>()) {
        let high = low + width;
        let mode = low + at * width;
        let bounds = Bounds { low: Some(low), high: Some(high) };
        let kinds = [
            Distribution::uniform(low, high),
            Distribution::triangular(low, mode, high),
            Distribution::pert(low, mode, high, 4.0),
            Distribution::normal(mode, width, bounds),
            Distribution::normal(mode, width, Bounds::NONE),
            Distribution::lognormal(1.0 + width, width, Bounds::NONE),
            Distribution::discrete(&[high, low], &[1.0, at + 0.1]),
        ];
        let steps = [0.0, 1e-9, at / 2.0, at, 0.5 + at / 2.0, 1.0];
        for kind in kinds {
            let kind = kind.unwrap();
            let values = steps.map(|p| kind.quantile(p));
            prop_assert!(values.iter().all(|value| value.is_finite()), "{kind:?} {values:?}");
            prop_assert!(values[..4].is_sorted() && values[3] <= values[5], "{kind:?} {values:?}");
            prop_assert!(p.is_nan() || kind.quantile(p).is_finite());
        }
    }
}
