//! A compiled model: run once, or many times with different parameters.

use super::machine::Machine;
use super::program::Program;
use crate::model::Method;

/// A model ready to run.
#[derive(Clone, Debug)]
pub struct Simulation {
    pub(crate) program: Program,
    pub(crate) method: Method,
    pub(crate) start: f64,
    pub(crate) step: f64,
    pub(crate) steps: usize,
    /// How far apart the moments lie that are kept.
    pub(crate) every: f64,
    pub(crate) outputs: Vec<String>,
    /// For each output the place of its value in the order of the work.
    pub(crate) order: Vec<u32>,
    pub(crate) parameters: Vec<String>,
    pub(crate) defaults: Vec<f64>,
    /// For each column of a row of parameters the parameters that it sets.
    pub(crate) varied: Vec<Vec<usize>>,
}

/// One run: a value of each output at each moment, moment by moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    outputs: usize,
    values: Vec<f64>,
}

impl Run {
    /// The values of an output, one for each moment of [`Simulation::times`]; none where there is no such output.
    pub fn column(&self, output: usize) -> impl Iterator<Item = f64> + '_ {
        let start = if output < self.outputs { output } else { self.values.len() };
        self.values.iter().skip(start).step_by(self.outputs.max(1)).copied()
    }

    /// The values of all outputs, moment by moment.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks(self.outputs.max(1))
    }
}

impl Simulation {
    /// The moments that are kept, in the model's unit of time.
    #[must_use]
    pub fn times(&self) -> Vec<f64> {
        (0..=self.steps).filter(|step| self.is_kept(*step)).map(|step| self.time(step)).collect()
    }

    /// How many moments are kept.
    #[must_use]
    pub fn moments(&self) -> usize {
        (0..=self.steps).filter(|step| self.is_kept(*step)).count()
    }

    /// Names of the outputs, in the order of the columns: as in the model, array elements as `name[a,b]`.
    #[must_use]
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// Constants of the model that can be given other values, with those they have.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, f64)> {
        self.parameters.iter().map(String::as_str).zip(self.defaults.iter().copied())
    }

    /// Sizes of the program, for people who tune it.
    #[must_use]
    pub fn summary(&self) -> String {
        let program = &self.program;
        format!(
            "{} registers, {} states; operations: {} constant, {} first, {} after, {} a step, {} more when kept",
            program.registers,
            program.states.len(),
            program.constant.len(),
            program.first.len(),
            program.after.len(),
            program.step.len(),
            program.save.len()
        )
    }

    fn time(&self, step: usize) -> f64 {
        self.start + step as f64 * self.step
    }

    /// Whether a moment is kept: the first at or after each multiple of the interval, a millionth of a step of grace.
    pub(crate) fn is_kept(&self, step: usize) -> bool {
        let at = |step: usize| ((step as f64 * self.step + self.step * 1e-6) / self.every).floor();
        step == 0 || at(step) > at(step - 1)
    }

    /// One run with the model's own parameters, those of `row` put in the place of the varied ones.
    #[must_use]
    pub fn run(&self, row: &[f64], seed: u64) -> Run {
        let mut machine = Machine::<1>::new(&self.program, self.start, self.step);
        let parameters = self.filled(row);
        machine.prepare([seed_of(seed, 0)], |place, _| parameters.get(place).copied().unwrap_or(f64::NAN));
        machine.begin();
        let mut values = Vec::with_capacity(self.outputs.len() * self.moments());
        for step in 0..=self.steps {
            let kept = self.is_kept(step);
            machine.look(kept);
            if kept {
                values.extend((0..self.outputs.len()).map(|place| {
                    let [value] = machine.output(place);
                    value
                }));
            }
            if step < self.steps {
                machine.carry(self.method);
            }
        }
        Run { outputs: self.outputs.len(), values }
    }

    /// The first moment at which an output is no finite number, and the one whose value comes first in the order of
    /// the work: the others follow from it.
    #[must_use]
    pub fn first_break(&self, run: &Run) -> Option<(f64, &str)> {
        let broken = |row: &[f64]| {
            let places = row.iter().enumerate().filter(|(_, value)| !value.is_finite()).map(|(place, _)| place);
            places.min_by_key(|place| self.order.get(*place).copied())
        };
        let times = self.times();
        run.rows()
            .zip(times)
            .find_map(|(row, time)| broken(row).map(|place| (time, place)))
            .and_then(|(time, place)| Some((time, self.outputs.get(place)?.as_str())))
    }

    /// All parameters with those of a row in place.
    pub(crate) fn filled(&self, row: &[f64]) -> Vec<f64> {
        let mut parameters = self.defaults.clone();
        for (places, value) in self.varied.iter().zip(row) {
            for place in places {
                if let Some(parameter) = parameters.get_mut(*place) {
                    *parameter = *value;
                }
            }
        }
        parameters
    }
}

/// The seed of a run of a batch: as good as independent of the others, and of how many there are.
pub(super) fn seed_of(seed: u64, run: usize) -> u64 {
    seed.wrapping_add((run as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
