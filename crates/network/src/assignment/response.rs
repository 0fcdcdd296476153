//! How trips answer to what they cost: fewer are made where they cost more (variable demand).
//!
//! Constant elasticity around a known point, the power form of the UK's *Transport Analysis Guidance*, unit M2.1:
//! `trips = known trips · (cost / known cost)^elasticity`.

/// A cost below this share of the known one counts as that: nobody makes trips without end because they cost nothing.
const LEAST_COST: f64 = 1e-3;

/// Trips between zones that answer to their cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Per cent that trips change by where costs rise by one; below 0.
    pub elasticity: f64,
    /// For each pair of the demand, in its order, what a trip costs when the demand is as given; trips of a pair whose cost is not
    /// above 0 or without end do not answer.
    pub known_costs: Vec<f64>,
}

/// The curve of one pair of zones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Curve {
    elasticity: f64,
    trips: f64,
    cost: f64,
}

impl Response {
    /// The curve of the pair at a place of the demand; none where its trips do not answer.
    pub(crate) fn curve(&self, place: usize, trips: f64) -> Option<Curve> {
        let cost = self.known_costs.get(place).copied().filter(|cost| cost.is_finite() && *cost > 0.0)?;
        let answers = trips > 0.0 && self.elasticity < 0.0 && self.elasticity.is_finite();
        answers.then_some(Curve { elasticity: self.elasticity, trips, cost })
    }
}

impl Curve {
    /// Trips that are made at a cost.
    pub(crate) fn wanted(&self, cost: f64) -> f64 {
        self.trips * libm::pow((cost / self.cost).max(LEAST_COST), self.elasticity)
    }

    /// More than that are never made.
    pub(crate) fn most(&self) -> f64 {
        self.wanted(0.0)
    }

    /// The cost at which so many are made, and how fast it falls with more (not negative).
    pub(crate) fn worth(&self, trips: f64) -> (f64, f64) {
        let worth = self.cost * libm::pow(trips / self.trips, 1.0 / self.elasticity);
        (worth, worth / (-self.elasticity * trips))
    }

    /// What all trips from the known number up to another are worth: the area below [`Curve::worth`].
    pub(crate) fn surplus(&self, trips: f64) -> f64 {
        let (ratio, power) = (trips / self.trips, 1.0 + 1.0 / self.elasticity);
        let all = self.cost * self.trips;
        // Elasticity −1: the power is 0, and the area a logarithm.
        if power == 0.0 { all * libm::log(ratio) } else { all * (libm::pow(ratio, power) - 1.0) / power }
    }

    /// What those who travel gain where the cost goes from the known one to another: the area beside the curve (the change of
    /// consumer surplus).
    pub(crate) fn benefit(&self, cost: f64) -> f64 {
        let (least, power) = (LEAST_COST * self.cost, 1.0 + self.elasticity);
        let ratio = cost.max(least) / self.cost;
        let all = self.cost * self.trips;
        let answering =
            if power == 0.0 { -all * libm::log(ratio) } else { all * (1.0 - libm::pow(ratio, power)) / power };
        answering + self.most() * (least - cost).max(0.0)
    }

    /// What is lost because so many trips are made at this cost and not the number wanted; 0 where they agree.
    pub(crate) fn loss(&self, trips: f64, cost: f64) -> f64 {
        let wanted = self.wanted(cost);
        let loss = self.surplus(wanted) - self.surplus(trips) - cost * (wanted - trips);
        // Not `max`, which would call what is no number 0.
        if loss < 0.0 { 0.0 } else { loss }
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Response};

    const CURVE: Curve = Curve { elasticity: -0.5, trips: 100.0, cost: 20.0 };

    /// By hand: at four times the cost half of the trips are made, at a quarter of it twice as many.
    #[test]
    fn fewer_trips_at_a_higher_cost() {
        for (cost, trips) in [(20.0, 100.0), (80.0, 50.0), (5.0, 200.0)] {
            assert!((CURVE.wanted(cost) - trips).abs() < 1e-12 && (CURVE.worth(trips).0 - cost).abs() < 1e-12);
            assert!(CURVE.loss(trips, cost).abs() < 1e-9);
        }
        // Below a thousandth of the known cost no more trips are made, and each gains what it no longer costs.
        assert!((CURVE.wanted(0.0) - CURVE.most()).abs() == 0.0 && CURVE.loss(100.0, 0.0).is_finite());
        assert!((CURVE.benefit(0.0) - CURVE.benefit(0.02) - 0.02 * CURVE.most()).abs() < 1e-9);
        assert!(CURVE.loss(90.0, 20.0) > 0.0 && CURVE.loss(110.0, 20.0) > 0.0);
    }

    #[test]
    fn the_area_is_that_below_the_worth() {
        for elasticity in [-0.3, -1.0, -2.5] {
            let curve = Curve { elasticity, ..CURVE };
            let middles = (0..50_000).map(|step| 100.0 + (f64::from(step) + 0.5) * 1e-3);
            let sum: f64 = middles.map(|trips| curve.worth(trips).0 * 1e-3).sum();
            assert!((curve.surplus(150.0) / sum - 1.0).abs() < 1e-6, "{elasticity}");
            let (worth, slope) = curve.worth(120.0);
            assert!(((worth - curve.worth(120.001).0) / 0.001 / slope - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn the_benefit_is_the_area_beside_the_curve() {
        for elasticity in [-0.3, -1.0, -2.5] {
            let curve = Curve { elasticity, ..CURVE };
            let middles = (0..50_000).map(|step| 15.0 + (f64::from(step) + 0.5) * 1e-4);
            let sum: f64 = middles.map(|cost| curve.wanted(cost) * 1e-4).sum();
            assert!((curve.benefit(15.0) / sum - 1.0).abs() < 1e-6, "{elasticity}");
        }
    }

    #[test]
    fn trips_without_a_known_cost_do_not_answer() {
        let response = Response { elasticity: -1.0, known_costs: vec![0.0, f64::INFINITY, 3.0] };
        assert!(
            response.curve(0, 5.0).is_none() && response.curve(1, 5.0).is_none() && response.curve(7, 5.0).is_none()
        );
        assert!(response.curve(2, 5.0).is_some() && response.curve(2, 0.0).is_none());
    }
}
