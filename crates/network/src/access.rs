//! How much is within reach: places of opportunity by what it costs to get there.
//!
//! Costs are rows of [`crate::skim::skim`]: from each zone to each place, infinite where no path leads. A zone from which
//! nothing can be reached has no value, which is not the same as 0.

/// How much a place counts at a cost.
#[derive(Clone, Debug, PartialEq)]
pub enum Decay {
    /// Fully up to a cost, not at all beyond.
    Within(f64),
    /// Bands of costs, the nearest first: up to which cost, and how much it counts there. Luo and Qi (2009), *An enhanced
    /// two-step floating catchment area method*.
    Bands(Vec<(f64, f64)>),
    /// `(e^(−½(c/c₀)²) − e^(−½)) / (1 − e^(−½))` up to the cost c₀.
    Gaussian(f64),
    /// `e^(−rate · c)` up to a cost.
    Exponential {
        /// Above 0, per unit of the cost.
        rate: f64,
        /// The cost up to which places count.
        within: f64,
    },
    /// `c^(−power)` up to a cost; a cost below 1 counts as 1, so that a place of one's own does not count without end.
    Power {
        /// Above 0.
        power: f64,
        /// The cost up to which places count.
        within: f64,
    },
}

impl Decay {
    /// Between 0 and 1.
    #[must_use]
    pub fn weight(&self, cost: f64) -> f64 {
        match self {
            Self::Within(most) => f64::from(u8::from(cost <= *most)),
            Self::Bands(bands) => bands.iter().find(|(most, _)| cost <= *most).map_or(0.0, |(_, weight)| *weight),
            Self::Gaussian(most) if *most == 0.0 => f64::from(u8::from(cost == 0.0)),
            Self::Gaussian(most) if cost <= *most => {
                let end = libm::exp(-0.5);
                (libm::exp(-0.5 * (cost / most) * (cost / most)) - end) / (1.0 - end)
            }
            Self::Power { power, within } if cost <= *within => libm::pow(cost.max(1.0), -power),
            Self::Exponential { rate, within } if cost <= *within => libm::exp(-rate * cost),
            Self::Gaussian(_) | Self::Power { .. } | Self::Exponential { .. } => 0.0,
        }
    }
}

/// What can be reached from each zone: the sum of what the places hold, each by its weight. With [`Decay::Within`] these are
/// cumulative opportunities (jobs within 60 minutes), with the others gravity measures. `costs[zone][place]`.
#[must_use]
pub fn reach(costs: &[Vec<f64>], held: &[f64], decay: &Decay) -> Vec<Option<f64>> {
    let of_zone = |row: &Vec<f64>| {
        let weighed = row.iter().zip(held).map(|(cost, held)| (decay.weight(*cost), held));
        let mut near = weighed.filter(|(weight, _)| *weight > 0.0).peekable();
        near.peek().is_some().then(|| near.fold(0.0, |sum, (weight, held)| sum + weight * held))
    };
    costs.iter().map(of_zone).collect()
}

/// Places per person within reach, by two-step floating catchment areas (Luo and Wang 2003): what a place holds is shared
/// among all who can reach it, and each zone adds up the shares that it can reach. If all people reach some place, the
/// values weighed by people add up to what all reached places hold.
#[must_use]
pub fn two_step(costs: &[Vec<f64>], people: &[f64], supply: &[f64], decay: &Decay) -> Vec<Option<f64>> {
    let mut asking = vec![0.0; supply.len()];
    for (row, people) in costs.iter().zip(people) {
        for (asking, cost) in asking.iter_mut().zip(row) {
            *asking += people * decay.weight(*cost);
        }
    }
    // A place that nobody can reach is shared by nobody.
    let shares: Vec<f64> =
        supply.iter().zip(&asking).map(|(supply, asking)| if *asking > 0.0 { supply / asking } else { 0.0 }).collect();
    reach(costs, &shares, decay)
}

/// Places per person within reach, by three-step floating catchment areas (Wan, Zou and Sternberg 2012, *A three-step floating
/// catchment area method for analyzing spatial access to health services*): as in two steps, but people are first divided
/// among the places that they can reach, by their weights, so that nobody asks for a place in each of them.
#[must_use]
pub fn three_step(costs: &[Vec<f64>], people: &[f64], supply: &[f64], decay: &Decay) -> Vec<Option<f64>> {
    // By zone and place: weight × the share of the zone's people who choose the place.
    let chosen: Vec<Vec<f64>> = costs
        .iter()
        .map(|row| {
            let weights: Vec<f64> = row.iter().map(|cost| decay.weight(*cost)).collect();
            let all: f64 = weights.iter().sum();
            weights.iter().map(|weight| if all > 0.0 { weight * weight / all } else { 0.0 }).collect()
        })
        .collect();
    let mut asking = vec![0.0; supply.len()];
    for (row, people) in chosen.iter().zip(people) {
        asking.iter_mut().zip(row).for_each(|(asking, chosen)| *asking += people * chosen);
    }
    let share = |(row, place): (&Vec<f64>, usize)| {
        let (chosen, supply, asking) = (row.get(place)?, supply.get(place)?, asking.get(place)?);
        (*chosen > 0.0 && *asking > 0.0).then(|| chosen * supply / asking)
    };
    let of_zone = |row: &Vec<f64>| {
        let reached = row.iter().any(|chosen| *chosen > 0.0);
        reached.then(|| (0..supply.len()).filter_map(|place| share((row, place))).sum())
    };
    chosen.iter().map(of_zone).collect()
}

/// The share of people who reach a place that holds something at a cost of at most so much: coverage by the nearest. None
/// where nobody lives.
#[must_use]
pub fn covered(costs: &[Vec<f64>], people: &[f64], held: &[f64], most: f64) -> Option<f64> {
    let nearest = |row: &Vec<f64>| {
        row.iter().zip(held).filter(|(_, held)| **held > 0.0).map(|(cost, _)| *cost).fold(f64::INFINITY, f64::min)
    };
    let nearest: Vec<f64> = costs.iter().map(nearest).collect();
    share_within(&nearest, people, most)
}

/// The share of people from whom a cost to a place is at most so much: "people within 60 minutes of the port". `costs` is one
/// cost for each zone; none where nobody lives.
#[must_use]
pub fn share_within(costs: &[f64], people: &[f64], most: f64) -> Option<f64> {
    let all: f64 = people.iter().sum();
    // A sum of nothing would be −0.
    let near = costs.iter().zip(people).filter(|(cost, _)| **cost <= most).fold(0.0, |sum, (_, people)| sum + people);
    (all > 0.0).then(|| near / all)
}

#[cfg(test)]
mod tests {
    use super::{Decay, covered, reach, share_within, three_step, two_step};

    const PEOPLE: [f64; 3] = [100.0, 50.0, 10.0];
    const DOCTORS: [f64; 3] = [15.0, 20.0, 100.0];

    /// The hospital case of PySAL's `access`: two towns and a hub between them; own cost 1.
    fn costs(to_hub: f64, across: f64) -> Vec<Vec<f64>> {
        vec![vec![1.0, across, to_hub], vec![across, 1.0, to_hub], vec![to_hub, to_hub, 1.0]]
    }

    fn near(found: &[Option<f64>], expected: [f64; 3]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                found.is_some_and(|found| (found - expected).abs() < 5e-10 * expected.max(1.0)),
                "{found:?} {expected}"
            );
        }
    }

    /// Fractions worked out by hand from the two steps.
    #[test]
    fn doctors_are_shared_by_those_who_reach_them() {
        let within = Decay::Within(61.0);
        near(&two_step(&costs(40.0, 80.0), &PEOPLE, &DOCTORS, &within), [67.0 / 88.0, 23.0 / 24.0, 289.0 / 264.0]);
        near(&two_step(&costs(20.0, 40.0), &PEOPLE, &DOCTORS, &within), [27.0 / 32.0; 3]);
    }

    /// PySAL's reference procedure with weights of one over the cost.
    #[test]
    fn far_doctors_count_less() {
        let decay = Decay::Power { power: 1.0, within: 61.0 };
        near(&two_step(&costs(40.0, 80.0), &PEOPLE, &DOCTORS, &decay), [0.331_444_117, 0.579_828_132, 7.286_418_170]);
    }

    /// What `access` 1.1.10 of PySAL gives with the same steps.
    #[test]
    fn people_choose_among_places() {
        let bands = Decay::Bands(vec![(10.0, 1.0), (30.0, 0.68), (60.0, 0.22)]);
        let found = three_step(&costs(40.0, 80.0), &PEOPLE, &DOCTORS, &bands);
        near(&found, [0.457_036_273_807, 0.704_395_085_260, 5.407_661_835_625]);
        let found = three_step(&costs(20.0, 40.0), &PEOPLE, &DOCTORS, &bands);
        near(&found, [0.755_180_765_457, 0.945_686_392_987, 1.219_760_380_499]);
        let alone = vec![vec![1.0, f64::INFINITY], vec![f64::INFINITY, 90.0]];
        assert_eq!(three_step(&alone, &[10.0, 5.0], &[20.0, 7.0], &Decay::Within(60.0)), [Some(2.0), None]);
    }

    /// 100 of 160 live within 20 of doctors of their own or of the hub.
    #[test]
    fn the_nearest_place_covers() {
        assert_eq!(covered(&costs(40.0, 80.0), &PEOPLE, &[15.0, 0.0, 0.0], 20.0), Some(100.0 / 160.0));
        assert_eq!(covered(&costs(40.0, 80.0), &PEOPLE, &[0.0; 3], 20.0), Some(0.0));
    }

    #[test]
    fn a_place_of_ones_own_counts_once() {
        let decay = Decay::Power { power: 2.0, within: 60.0 };
        assert_eq!(reach(&[vec![0.0, 2.0]], &[5.0, 8.0], &decay), [Some(7.0)]);
    }

    #[test]
    fn nothing_in_reach_is_no_value() {
        let alone = vec![vec![1.0, f64::INFINITY], vec![f64::INFINITY, 90.0]];
        let found = two_step(&alone, &[10.0, 5.0], &[20.0, 7.0], &Decay::Within(60.0));
        assert_eq!(found, [Some(2.0), None]);
        assert_eq!(reach(&alone, &[20.0, 7.0], &Decay::Within(60.0)), [Some(20.0), None]);
    }

    /// The sum over people is what all places hold, whatever the weights.
    #[test]
    fn what_is_shared_is_what_there_is() {
        let bands = Decay::Bands(vec![(10.0, 1.0), (20.0, 0.68), (45.0, 0.22)]);
        for decay in [bands, Decay::Gaussian(60.0), Decay::Within(61.0)] {
            let found = two_step(&costs(40.0, 80.0), &PEOPLE, &DOCTORS, &decay);
            let sum: f64 = found.iter().zip(PEOPLE).map(|(a, people)| a.unwrap_or(0.0) * people).sum();
            assert!((sum - 135.0).abs() < 1e-9, "{decay:?}: {sum}");
        }
    }

    #[test]
    fn weights_fall_from_one_to_nothing() {
        let gaussian = Decay::Gaussian(30.0);
        assert!((gaussian.weight(0.0) - 1.0).abs() < 1e-15 && gaussian.weight(30.0).abs() < 1e-15);
        assert_eq!(gaussian.weight(31.0), 0.0);
        assert_eq!(share_within(&[10.0, 70.0], &[30.0, 10.0], 60.0), Some(0.75));
        assert_eq!(share_within(&[10.0], &[0.0], 60.0), None);
    }
}
