//! Price indices of a basket: Laspeyres, Paasche, Fisher and Törnqvist, against one period or in a chain, with what each good
//! adds.
//!
//! ILO, IMF and others (2004), *Consumer price index manual*, chapters 15 and 19. Each of the four is a mean of the goods'
//! price ratios with weights that add up to 1, and a good adds its weight times the change of its price; for Fisher these
//! are the weights of van IJzeren, for Törnqvist those by the logarithmic mean (Balk 2008, *Price and quantity index
//! numbers*, equations 4.18 and 4.13). Only goods with price and quantity in both periods count: a good that is missing in
//! one is left out of both, and told; nothing is made up for it.

/// What was bought in a period: one entry for each good, in the same order in every period; NaN where it is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Above 0.
    pub prices: Vec<f64>,
    /// Not below 0.
    pub quantities: Vec<f64>,
}

/// Which mean of the price ratios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The old basket at new prices.
    Laspeyres,
    /// The new basket at old prices.
    Paasche,
    /// The geometric mean of both.
    Fisher,
    /// Ratios to the power of the mean share of what is spent.
    Tornqvist,
}

/// Why there is no index. Periods and goods are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nothing to compare.
    #[error("there is no period")]
    NoPeriods,
    /// Periods of different goods.
    #[error("period {period} has {prices} prices and {quantities} quantities, and {wanted} of each are expected")]
    Lengths {
        /// The period.
        period: usize,
        /// Its prices.
        prices: usize,
        /// Its quantities.
        quantities: usize,
        /// Goods.
        wanted: usize,
    },
    /// A price that is not above 0, or without end.
    #[error("the price of good {good} in period {period} is {price}, and a number above 0 is expected")]
    Price {
        /// The period.
        period: usize,
        /// The good.
        good: usize,
        /// Its price.
        price: f64,
    },
    /// A quantity below 0, or without end.
    #[error("the quantity of good {good} in period {period} is {quantity}, and a number from 0 is expected")]
    Quantity {
        /// The period.
        period: usize,
        /// The good.
        good: usize,
        /// Its quantity.
        quantity: f64,
    },
    /// Nothing that is known in both was bought in one of them, or sums that have no end.
    #[error("periods {base} and {period} have nothing in common that was bought in both")]
    NothingBought {
        /// The earlier.
        base: usize,
        /// The later.
        period: usize,
    },
}

/// An index against an earlier period, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// 1 where prices stay as they were.
    pub index: f64,
    /// What each good adds: together the index less 1. 0 for goods that are left out.
    pub contributions: Vec<f64>,
    /// Goods left out for want of a price or a quantity in one of both periods.
    pub left_out: Vec<usize>,
}

/// Each period against the first.
///
/// # Errors
///
/// Where the periods are no table of prices and quantities, or two have nothing in common.
pub fn against_first(periods: &[Period], formula: Formula) -> Result<Vec<Change>, Refusal> {
    checked(periods)?;
    let first = periods.first().ok_or(Refusal::NoPeriods)?;
    let change = |(at, period)| compare(first, period, formula).ok_or(Refusal::NothingBought { base: 0, period: at });
    periods.iter().enumerate().map(change).collect()
}

/// Each period against the one before; the index multiplied up from the first, which is 1. Contributions are those to the
/// last step, times the index before it, so that they add up to the change of the chained index.
///
/// # Errors
///
/// Where the periods are no table of prices and quantities, or two that follow each other have nothing in common.
pub fn chained(periods: &[Period], formula: Formula) -> Result<Vec<Change>, Refusal> {
    checked(periods)?;
    let first = periods.first().ok_or(Refusal::NoPeriods)?;
    let nothing = Refusal::NothingBought { base: 0, period: 0 };
    let mut chain = vec![compare(first, first, formula).ok_or(nothing)?];
    let mut before = 1.0;
    for (at, (base, period)) in periods.iter().zip(periods.iter().skip(1)).enumerate() {
        let step = compare(base, period, formula).ok_or(Refusal::NothingBought { base: at, period: at + 1 })?;
        let contributions = step.contributions.iter().map(|part| part * before).collect();
        before *= step.index;
        chain.push(Change { index: before, contributions, left_out: step.left_out });
    }
    Ok(chain)
}

fn checked(periods: &[Period]) -> Result<(), Refusal> {
    let wanted = periods.first().map_or(0, |first| first.prices.len());
    for (at, period) in periods.iter().enumerate() {
        let (prices, quantities) = (period.prices.len(), period.quantities.len());
        if prices != wanted || quantities != wanted {
            return Err(Refusal::Lengths { period: at, prices, quantities, wanted });
        }
        let bad = |value: &f64| *value <= 0.0 || value.is_infinite();
        if let Some((good, price)) = period.prices.iter().copied().enumerate().find(|(_, price)| bad(price)) {
            return Err(Refusal::Price { period: at, good, price });
        }
        let bad = |value: &f64| *value < 0.0 || value.is_infinite();
        if let Some((good, quantity)) = period.quantities.iter().copied().enumerate().find(|(_, value)| bad(value)) {
            return Err(Refusal::Quantity { period: at, good, quantity });
        }
    }
    Ok(())
}

/// A good known in both periods: what was spent before and after, the old quantity at new prices and the other way round.
struct Good {
    good: usize,
    ratio: f64,
    before: f64,
    after: f64,
    old_at_new: f64,
    new_at_old: f64,
}

/// None where nothing was bought.
fn compare(base: &Period, period: &Period, formula: Formula) -> Option<Change> {
    let (mut goods, mut left_out) = (Vec::new(), Vec::new());
    let rows = base.prices.iter().zip(&base.quantities).zip(period.prices.iter().zip(&period.quantities));
    for (good, ((p0, q0), (p1, q1))) in rows.enumerate() {
        if [p0, q0, p1, q1].iter().any(|value| value.is_nan()) {
            left_out.push(good);
        } else {
            let ratio = p1 / p0;
            goods.push(Good { good, ratio, before: p0 * q0, after: p1 * q1, old_at_new: p1 * q0, new_at_old: p0 * q1 });
        }
    }
    let all = |of: fn(&Good) -> f64| goods.iter().map(of).sum::<f64>();
    let (before, after) = (all(|good| good.before), all(|good| good.after));
    let (old_at_new, new_at_old) = (all(|good| good.old_at_new), all(|good| good.new_at_old));
    // Sums that vanish or have no end make no index.
    if ![before, after, old_at_new, new_at_old].iter().all(|sum| sum.is_normal()) {
        return None;
    }
    let (laspeyres, paasche) = (old_at_new / before, after / new_at_old);
    let fisher = laspeyres.sqrt() * paasche.sqrt();
    let share = |good: &Good| (good.before / before + good.after / after) / 2.0;
    let tornqvist = libm::exp(goods.iter().map(|good| share(good) * libm::log(good.ratio)).sum::<f64>());
    let index = match formula {
        Formula::Laspeyres => laspeyres,
        Formula::Paasche => paasche,
        Formula::Fisher => fisher,
        Formula::Tornqvist => tornqvist,
    };
    // By how much quantities rose, after Fisher and after Laspeyres: how much of either basket Fisher's index takes.
    let (by_fisher, by_laspeyres) = (after / before / fisher, new_at_old / before);
    let old_part = by_fisher / (by_fisher + by_laspeyres);
    let part = |good: &Good| match formula {
        Formula::Laspeyres => good.before / before,
        Formula::Paasche => good.new_at_old / new_at_old,
        Formula::Fisher => old_part * good.before / before + (1.0 - old_part) * good.new_at_old / new_at_old,
        Formula::Tornqvist => share(good) / logarithmic_mean(good.ratio, tornqvist),
    };
    let parts: f64 = goods.iter().map(part).sum();
    let mut contributions = vec![0.0; base.prices.len()];
    for good in &goods {
        if let Some(place) = contributions.get_mut(good.good) {
            *place = part(good) / parts * (good.ratio - 1.0);
        }
    }
    let finite = index.is_normal() && contributions.iter().all(|part| part.is_finite());
    finite.then_some(Change { index, contributions, left_out })
}

/// `(a − b) / ln(a / b)`, and `a` where both are the same; of numbers above 0.
fn logarithmic_mean(a: f64, b: f64) -> f64 {
    let apart = (a - b) / b;
    if apart == 0.0 { a } else { b * apart / libm::log1p(apart) }
}

#[cfg(test)]
mod tests {
    use super::{Change, Formula, Period, Refusal, against_first, chained};
    use Formula::{Fisher, Laspeyres, Paasche, Tornqvist};
    use proptest::prelude::*;

    const ALL: [Formula; 4] = [Laspeyres, Paasche, Fisher, Tornqvist];

    fn period(prices: &[f64], quantities: &[f64]) -> Period {
        Period { prices: prices.to_vec(), quantities: quantities.to_vec() }
    }

    /// Six goods in five periods, the artificial data of the manuals (tables 19.1 and 19.2), as `gpindex` for R has them
    /// (`price6`, `quantity6`).
    fn six_goods() -> Vec<Period> {
        vec![
            period(&[1.0; 6], &[1.0, 1.0, 2.0, 1.0, 4.5, 0.5]),
            period(&[1.2, 3.0, 1.3, 0.7, 1.4, 0.8], &[0.8, 0.9, 1.9, 1.3, 4.7, 0.6]),
            period(&[1.0, 1.0, 1.5, 0.5, 1.7, 0.6], &[1.0, 1.1, 1.8, 3.0, 5.0, 0.8]),
            period(&[0.8, 0.5, 1.6, 0.3, 1.9, 0.4], &[1.2, 1.2, 1.9, 6.0, 5.6, 1.3]),
            period(&[1.0, 1.0, 1.6, 0.1, 2.0, 0.2], &[0.9, 1.2, 2.0, 12.0, 6.5, 2.5]),
        ]
    }

    fn near(found: &[Change], expected: [f64; 5]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found.index - expected).abs() < 1e-14, "{} is not {expected}", found.index);
        }
    }

    /// From the definitions in NumPy 2.4.6. Laspeyres by hand: 14.2, 13.45, 13.55 and 14.4 for 10.
    #[test]
    fn against_the_first_period() {
        let index = |formula| against_first(&six_goods(), formula).unwrap();
        near(&index(Laspeyres), [1.0, 1.42, 1.345, 1.355, 1.44]);
        let paasche =
            [1.0, 1.382_352_941_176_470_6, 1.203_149_606_299_212_6, 1.020_930_232_558_139_5, 0.796_812_749_003_984];
        near(&index(Paasche), paasche);
        let fisher =
            [1.0, 1.401_050_026_398_268_4, 1.272_099_139_404_017, 1.176_163_451_700_603_9, 1.071_172_422_425_884_3];
        near(&index(Fisher), fisher);
        let tornqvist =
            [1.0, 1.405_161_748_554_696_8, 1.289_013_216_020_026_3, 1.226_815_883_379_558_4, 1.247_661_343_086_751_1];
        near(&index(Tornqvist), tornqvist);
    }

    /// From the definitions in NumPy 2.4.6 (`cumprod` of the steps).
    #[test]
    fn in_a_chain() {
        let index = |formula| chained(&six_goods(), formula).unwrap();
        let laspeyres = [1.0, 1.42, 1.364_609_929_078_014_3, 1.335_138_641_342_690_7, 1.330_576_664_208_262_4];
        near(&index(Laspeyres), laspeyres);
        let paasche =
            [1.0, 1.382_352_941_176_470_6, 1.273_965_798_623_430_3, 1.205_975_171_095_818_4, 1.123_404_910_196_384_3];
        near(&index(Paasche), paasche);
        let fisher =
            [1.0, 1.401_050_026_398_268_4, 1.318_509_149_800_385_6, 1.268_914_516_990_758_7, 1.222_610_468_613_895];
        near(&index(Fisher), fisher);
        let tornqvist =
            [1.0, 1.405_161_748_554_696_8, 1.311_201_254_346_904_3, 1.262_439_764_695_515_2, 1.222_405_110_721_686_7];
        near(&index(Tornqvist), tornqvist);
    }

    /// `fisher_contributions2` in the examples of `gpindex` (printed to eight places), and its `geometric_contributions` of
    /// price ratios 2 and 3 with the same shares.
    #[test]
    fn what_goods_add() {
        let change = &against_first(&six_goods(), Fisher).unwrap()[1];
        let printed = [0.017_828_65, 0.188_156_27, 0.057_927_35, -0.034_145_31, 0.182_171_35, -0.010_888_28];
        assert!(change.contributions.iter().zip(printed).all(|(found, expected)| (found - expected).abs() < 5e-9));
        let two = [period(&[1.0, 1.0], &[3.0, 3.0]), period(&[2.0, 3.0], &[3.0, 2.0])];
        let change = &against_first(&two, Tornqvist).unwrap()[1];
        assert!((change.index - 2.449_489_742_783_178).abs() < 1e-15);
        let printed = [0.550_510_3, 0.898_979_5];
        assert!(change.contributions.iter().zip(printed).all(|(found, expected)| (found - expected).abs() < 5e-8));
    }

    /// A good without a price is left out of both periods: as if the basket had never had it.
    #[test]
    fn goods_that_are_missing_are_left_out() {
        let mut gap = six_goods();
        gap[2].prices[3] = f64::NAN;
        let mut without = six_goods();
        for period in &mut without {
            period.prices.remove(3);
            period.quantities.remove(3);
        }
        for formula in ALL {
            let (found, expected) = (against_first(&gap, formula).unwrap(), against_first(&without, formula).unwrap());
            assert_eq!((found[2].index, &found[2].left_out[..]), (expected[2].index, &[3][..]));
            assert_eq!(found[2].contributions[3], 0.0);
            assert!(found[1].left_out.is_empty());
            let chain = chained(&gap, formula).unwrap();
            assert_eq!([chain[1].left_out.len(), chain[2].left_out.len(), chain[3].left_out.len()], [0, 1, 1]);
        }
    }

    #[test]
    fn what_makes_no_index_is_told() {
        let refusal = |periods: &[Period]| against_first(periods, Fisher).unwrap_err();
        assert_eq!(refusal(&[]), Refusal::NoPeriods);
        assert_eq!(chained(&[], Fisher), Err(Refusal::NoPeriods));
        let short = [period(&[1.0, 2.0], &[1.0, 1.0]), period(&[1.0], &[1.0])];
        assert_eq!(refusal(&short), Refusal::Lengths { period: 1, prices: 1, quantities: 1, wanted: 2 });
        let free = [period(&[1.0, 0.0], &[1.0, 1.0])];
        assert_eq!(refusal(&free), Refusal::Price { period: 0, good: 1, price: 0.0 });
        let back = [period(&[1.0, 2.0], &[1.0, -1.0])];
        assert_eq!(refusal(&back), Refusal::Quantity { period: 0, good: 1, quantity: -1.0 });
        let other = [period(&[1.0, 2.0], &[1.0, 0.0]), period(&[1.0, 2.0], &[0.0, 1.0])];
        assert!(against_first(&other, Fisher).is_ok());
        let nothing = [period(&[1.0, 2.0], &[1.0, 1.0]), period(&[1.0, 2.0], &[0.0, 0.0])];
        assert_eq!(refusal(&nothing), Refusal::NothingBought { base: 0, period: 1 });
        let unknown = [period(&[1.0, f64::NAN], &[1.0, 1.0]), period(&[f64::NAN, 1.0], &[1.0, 1.0])];
        assert_eq!(refusal(&unknown), Refusal::NothingBought { base: 0, period: 1 });
    }

    fn periods() -> impl Strategy<Value = Vec<Period>> {
        let goods = || proptest::collection::vec(0.1..50.0f64, 4);
        proptest::collection::vec((goods(), goods()), 2..4)
            .prop_map(|all| all.into_iter().map(|(prices, quantities)| Period { prices, quantities }).collect())
    }

    proptest! {
        /// Contributions add up to the change; an index lies between the least and the greatest price ratio; Fisher lies
        /// between Laspeyres and Paasche.
        #[test]
        fn goods_make_the_whole(periods in periods()) {
            for formula in ALL {
                let mut before = 1.0;
                for change in chained(&periods, formula).unwrap() {
                    let added: f64 = change.contributions.iter().sum();
                    prop_assert!((change.index - before - added).abs() < 1e-9 * change.index.max(before));
                    before = change.index;
                }
                let change = &against_first(&periods, formula).unwrap()[1];
                prop_assert!((change.contributions.iter().sum::<f64>() - change.index + 1.0).abs() < 1e-9 * change.index);
                let ratios: Vec<f64> = periods[1].prices.iter().zip(&periods[0].prices).map(|(a, b)| a / b).collect();
                let (least, most) = (ratios.iter().copied().fold(f64::MAX, f64::min), ratios.iter().copied().fold(0.0, f64::max));
                prop_assert!((least * (1.0 - 1e-12)..=most * (1.0 + 1e-12)).contains(&change.index));
            }
        }

        /// In yuan or dollars, in another order of goods, and there and back: what a good formula stands (Fisher's tests of
        /// proportionality, commodity reversal and time reversal).
        #[test]
        fn tests_of_fisher(periods in periods(), factor in 0.01..100.0f64) {
            for formula in ALL {
                let before = against_first(&periods, formula).unwrap()[1].index;
                let mut dearer = periods.clone();
                dearer[1].prices.iter_mut().for_each(|price| *price *= factor);
                let found = against_first(&dearer, formula).unwrap()[1].index;
                prop_assert!((found / before / factor - 1.0).abs() < 1e-11);
                let mut turned = periods.clone();
                turned.iter_mut().for_each(|period| { period.prices.reverse(); period.quantities.reverse(); });
                prop_assert!((against_first(&turned, formula).unwrap()[1].index / before - 1.0).abs() < 1e-11);
            }
            for formula in [Fisher, Tornqvist] {
                let there = against_first(&periods[..2], formula).unwrap()[1].index;
                let back = against_first(&[periods[1].clone(), periods[0].clone()], formula).unwrap()[1].index;
                prop_assert!((there * back - 1.0).abs() < 1e-11);
            }
        }

        #[test]
        fn nothing_breaks(values in proptest::collection::vec(proptest::num::f64::ANY, 8)) {
            let values: Vec<f64> = values.iter().map(|value| value.abs()).collect();
            let periods = [period(&values[..2], &values[2..4]), period(&values[4..6], &values[6..])];
            for formula in ALL {
                if let Ok(found) = chained(&periods, formula) {
                    prop_assert!(found.iter().all(|change| change.index.is_finite() && change.index > 0.0));
                }
            }
        }
    }
}
