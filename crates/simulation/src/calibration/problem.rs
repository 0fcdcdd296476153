//! A calibration problem: the model, what may vary, what was observed, and which observations count.

use std::collections::BTreeSet;

use super::{CalibrationError, Loss, Model, Observation, Parameter};

/// A model with its parameters and observations. The model answers at all observations, some of which may not count.
#[derive(Clone)]
pub struct Problem<'a> {
    model: &'a dyn Model,
    parameters: &'a [Parameter],
    observations: &'a [Observation],
    counts: Vec<bool>,
}

impl<'a> Problem<'a> {
    /// A problem in which every observation counts.
    ///
    /// # Errors
    /// [`CalibrationError::NoParameters`], [`CalibrationError::NoObservations`],
    /// [`CalibrationError::RepeatedParameter`].
    pub fn new(
        model: &'a dyn Model,
        parameters: &'a [Parameter],
        observations: &'a [Observation],
    ) -> Result<Self, CalibrationError> {
        if parameters.is_empty() {
            return Err(CalibrationError::NoParameters);
        }
        let mut names = BTreeSet::new();
        if let Some(twice) = parameters.iter().find(|parameter| !names.insert(parameter.name())) {
            return Err(CalibrationError::RepeatedParameter { name: twice.name().to_owned() });
        }
        let counts = vec![true; observations.len()];
        Self { model, parameters, observations, counts }.counting(|_| true)
    }

    /// The same problem in which, of the observations that count, only those chosen still do.
    ///
    /// # Errors
    /// [`CalibrationError::NoObservations`] when none is chosen.
    pub fn counting(&self, chosen: impl Fn(&Observation) -> bool) -> Result<Self, CalibrationError> {
        let both = |(seen, counts): (&Observation, &bool)| *counts && chosen(seen);
        let counts: Vec<bool> = self.observations.iter().zip(&self.counts).map(both).collect();
        if !counts.contains(&true) {
            return Err(CalibrationError::NoObservations);
        }
        Ok(Self { counts, ..self.clone() })
    }

    /// The parameters, in the order of a row.
    #[must_use]
    pub fn parameters(&self) -> &'a [Parameter] {
        self.parameters
    }

    /// Every observation, whether it counts or not.
    #[must_use]
    pub fn observations(&self) -> &'a [Observation] {
        self.observations
    }

    /// The observations that count, with their places among all.
    pub fn counted(&self) -> impl Iterator<Item = (usize, &'a Observation)> {
        let all = self.observations.iter().enumerate();
        all.zip(&self.counts).filter_map(|(place_and_seen, counts)| counts.then_some(place_and_seen))
    }

    /// The parameter values at a point of the unit cube. Coordinates past the last parameter are left out.
    #[must_use]
    pub fn values(&self, unit: &[f64]) -> Vec<f64> {
        self.parameters.iter().zip(unit).map(|(parameter, place)| parameter.value(*place)).collect()
    }

    /// The point of the unit cube of parameter values.
    ///
    /// # Errors
    /// [`CalibrationError::BadStart`] when the row's length is not the number of parameters.
    pub fn unit(&self, values: &[f64]) -> Result<Vec<f64>, CalibrationError> {
        let (given, needed) = (values.len(), self.parameters.len());
        if given != needed {
            return Err(CalibrationError::BadStart { given, needed });
        }
        Ok(self.parameters.iter().zip(values).map(|(parameter, value)| parameter.unit(*value)).collect())
    }

    /// Runs rows of parameter values: for each row one value for each observation; what the model leaves out is NaN.
    #[must_use]
    pub fn run(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut answer = self.model.run(rows);
        answer.resize(rows.len(), Vec::new());
        for values in &mut answer {
            values.resize(self.observations.len(), f64::NAN);
        }
        answer
    }

    /// For each point of the unit cube, the sum over the observations that count of `term(point, observation, value)`.
    pub(super) fn sums(&self, units: &[Vec<f64>], term: impl Fn(&[f64], &Observation, f64) -> f64) -> Vec<f64> {
        let rows: Vec<Vec<f64>> = units.iter().map(|unit| self.values(unit)).collect();
        let runs = self.run(&rows);
        let sum = |(unit, run): (&Vec<f64>, &Vec<f64>)| {
            let points = self.observations.iter().zip(run).zip(&self.counts);
            points.filter(|(_, counts)| **counts).map(|((seen, value), _)| term(unit, seen, *value)).sum()
        };
        units.iter().zip(&runs).map(sum).collect()
    }

    /// The loss at each point of the unit cube; infinite where the model's answer is not finite.
    #[must_use]
    pub fn losses(&self, units: &[Vec<f64>], loss: Loss) -> Vec<f64> {
        self.sums(units, |_, seen, value| {
            if value.is_finite() { loss.of(seen.signed_distance(value) / seen.sd()) } else { f64::INFINITY }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CalibrationError, Loss, Observation, Parameter, Problem, Scale, Spacing};

    fn seen(low: f64, high: f64) -> Observation {
        Observation::new(0, 0.0, low, high, Scale::Absolute(2.0)).unwrap()
    }

    #[test]
    fn losses_add_up_and_nonsense_is_worst() {
        let parameters = [Parameter::new("x", 0.0, 10.0, Spacing::Linear).unwrap()];
        let observations = [seen(4.0, 4.0), seen(1.0, f64::INFINITY)];
        let model = |rows: &[Vec<f64>]| rows.iter().map(|row| vec![row[0]; 2]).collect::<Vec<_>>();
        let problem = Problem::new(&model, &parameters, &observations).unwrap();
        // x = 8: distance 4 and 0 at sd 2, so 2²/2; x = 0: distances 4 and 1, so 2²/2 + 0.5²/2.
        assert_eq!(problem.losses(&[vec![0.8], vec![0.0]], Loss::Squared), [2.0, 2.125]);
        let infinite = |rows: &[Vec<f64>]| vec![vec![4.0, f64::INFINITY]; rows.len()];
        let problem = Problem::new(&infinite, &parameters, &observations).unwrap();
        assert_eq!(problem.losses(&[vec![0.5]], Loss::Squared), [f64::INFINITY]);
        let silent = |_: &[Vec<f64>]| Vec::new();
        let problem = Problem::new(&silent, &parameters, &observations).unwrap();
        assert_eq!(problem.losses(&[vec![0.5]], Loss::Squared), [f64::INFINITY]);
    }

    #[test]
    fn an_empty_problem_is_refused() {
        let parameters = [Parameter::new("x", 0.0, 10.0, Spacing::Linear).unwrap()];
        let model = |_: &[Vec<f64>]| Vec::new();
        let error = |parameters, seen| Problem::new(&model, parameters, seen).err();
        assert_eq!(error(&[], &[]), Some(CalibrationError::NoParameters));
        assert_eq!(error(&parameters, &[]), Some(CalibrationError::NoObservations));
        let twice = [parameters[0].clone(), parameters[0].clone()];
        let repeated = CalibrationError::RepeatedParameter { name: "x".to_owned() };
        assert_eq!(error(&twice, &[seen(1.0, 1.0)]), Some(repeated));
    }
}
