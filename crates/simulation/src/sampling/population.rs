//! Named uncertain parameters: from points of the unit cube to values in the parameters' own units.

use std::collections::HashMap;

use rayon::iter::ParallelIterator;
use thiserror::Error;

use super::copula::{Copula, CopulaError, Measure};
use crate::distribution::Distribution;
use crate::matrix::Matrix;

/// The rank correlation (Spearman) of two parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// One parameter's name.
    pub first: String,
    /// The other's name.
    pub second: String,
    /// The coefficient, above −1 and below 1.
    pub rank: f64,
}

/// Why a population could not be made or drawn from.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PopulationError {
    /// No parameters.
    #[error("至少要有一个参数 / there must be at least one parameter")]
    Empty,
    /// Two parameters of one name.
    #[error("参数 {name} 写了两次 / there are two parameters {name}")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A correlation of a parameter that is not there.
    #[error("没有参数 {name} / there is no parameter {name}")]
    Unknown {
        /// The name.
        name: String,
    },
    /// The correlations are wrong; `first` and `second` are the names of the pair (the same name twice when only one
    /// parameter is concerned).
    #[error("{first}, {second}")]
    Correlation {
        /// One parameter of the pair.
        first: String,
        /// The other.
        second: String,
        /// What is wrong, with positions for names.
        source: CopulaError,
    },
    /// The design has not one column for each parameter.
    #[error(
        "设计有 {columns} 列，参数有 {parameters} 个 / the design has {columns} columns for {parameters} parameters"
    )]
    Columns {
        /// Columns of the design.
        columns: usize,
        /// Parameters of the population.
        parameters: usize,
    },
    /// A design value outside the unit cube. Row and column count from 0.
    #[error(
        "设计的第 {row} 行第 {column} 列不在 0 与 1 之间 / row {row}, column {column} of the design is not between 0 and 1"
    )]
    OutsideCube {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
}

/// Parameters with their distributions and rank correlations.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    parameters: Vec<(String, Distribution)>,
    copula: Copula,
}

impl Population {
    /// A population of named parameters, joined by a Gaussian copula where correlations are given. Indices of Sobol
    /// and Morris assume that there are none.
    ///
    /// # Errors
    /// [`PopulationError`] when there is no parameter, a name is double or unknown, or correlations contradict.
    pub fn new(parameters: Vec<(String, Distribution)>, correlations: &[Correlation]) -> Result<Self, PopulationError> {
        if parameters.is_empty() {
            return Err(PopulationError::Empty);
        }
        let mut positions = HashMap::new();
        for (position, (name, _)) in parameters.iter().enumerate() {
            if positions.insert(name.as_str(), position).is_some() {
                return Err(PopulationError::Duplicate { name: name.clone() });
            }
        }
        let find = |name: &String| {
            positions.get(name.as_str()).copied().ok_or_else(|| PopulationError::Unknown { name: name.clone() })
        };
        let pairs = correlations
            .iter()
            .map(|pair| Ok((find(&pair.first)?, find(&pair.second)?, pair.rank)))
            .collect::<Result<Vec<_>, PopulationError>>()?;
        let copula = Copula::new(parameters.len(), &pairs, Measure::Rank).map_err(|source| {
            let (first, second) = concerned(source);
            let name = |position: usize| parameters.get(position).map(|(name, _)| name.clone()).unwrap_or_default();
            PopulationError::Correlation { first: name(first), second: name(second), source }
        })?;
        Ok(Self { parameters, copula })
    }

    /// The parameters in the order of the columns.
    #[must_use]
    pub fn parameters(&self) -> &[(String, Distribution)] {
        &self.parameters
    }

    /// The parameter values, one row per row of `design` (runs × parameters, in the closed unit cube).
    ///
    /// # Errors
    /// [`PopulationError`] when the design has another number of columns or a value outside the unit cube.
    pub fn draw(&self, design: &Matrix) -> Result<Matrix, PopulationError> {
        let (columns, parameters) = (design.column_count(), self.parameters.len());
        if columns != parameters {
            return Err(PopulationError::Columns { columns, parameters });
        }
        if let Some(at) = design.values().iter().position(|u| !(0.0..=1.0).contains(u)) {
            return Err(PopulationError::OutsideCube { row: at / columns, column: at % columns });
        }
        let mut drawn = design.clone();
        // Rows do not touch each other, so that the threads' order does not matter.
        drawn.blocks_mut(1024).for_each(|block| {
            let mut normals = Vec::new();
            for row in block.chunks_exact_mut(columns) {
                self.copula.apply(row, &mut normals);
                for (value, (_, distribution)) in row.iter_mut().zip(&self.parameters) {
                    *value = distribution.quantile(*value);
                }
            }
        });
        Ok(drawn)
    }
}

fn concerned(error: CopulaError) -> (usize, usize) {
    match error {
        CopulaError::NoSuchVariable { position } | CopulaError::Itself { position } => (position, position),
        CopulaError::Twice { first, second }
        | CopulaError::OutOfRange { first, second, .. }
        | CopulaError::Contradiction { first, second, .. } => (first, second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Bounds;
    use crate::sampling::sobol;

    fn pair(rank: f64) -> Result<Population, PopulationError> {
        let parameters = vec![
            ("A".to_string(), Distribution::normal(10.0, 2.0, Bounds::NONE).unwrap()),
            ("B".to_string(), Distribution::uniform(0.0, 4.0).unwrap()),
        ];
        Population::new(parameters, &[Correlation { first: "A".into(), second: "B".into(), rank }])
    }

    #[test]
    fn values_have_their_distributions_and_go_together() {
        let drawn = pair(0.9).unwrap().draw(&sobol(Some(1), 4096, 2).unwrap()).unwrap();
        let mean = |column| drawn.column(column).sum::<f64>() / 4096.0;
        assert!((mean(0) - 10.0).abs() < 0.01 && (mean(1) - 2.0).abs() < 0.01);
        let together = drawn.rows().filter(|row| (row[0] > 10.0) == (row[1] > 2.0)).count() as f64 / 4096.0;
        // Sheppard (1899): both on one side with probability 1/2 + asin(r)/π, r being that of the normals.
        let expected = 0.5 + (2.0 * (0.9 * std::f64::consts::FRAC_PI_6).sin()).asin() / std::f64::consts::PI;
        assert!((together - expected).abs() < 5e-3, "{together} is not {expected}");
    }

    /// The plain Sobol sequence starts at the origin, where a normal quantile would be infinite.
    #[test]
    fn the_ends_of_the_cube_are_finite() {
        let ends = Matrix::new(2, 2, vec![0.0, 0.0, 1.0, 1.0]).unwrap();
        assert_eq!(pair(0.5).unwrap().draw(&ends).unwrap().first_not_finite(), None);
    }

    #[test]
    fn refusals() {
        let one = || Distribution::constant(1.0).unwrap();
        let named = |names: &[&str]| names.iter().map(|name| (name.to_string(), one())).collect::<Vec<_>>();
        assert_eq!(Population::new(vec![], &[]), Err(PopulationError::Empty));
        assert_eq!(Population::new(named(&["A", "A"]), &[]), Err(PopulationError::Duplicate { name: "A".into() }));
        let stray = Correlation { first: "A".into(), second: "C".into(), rank: 0.1 };
        assert_eq!(Population::new(named(&["A", "B"]), &[stray]), Err(PopulationError::Unknown { name: "C".into() }));
        assert!(
            matches!(pair(1.5), Err(PopulationError::Correlation { first, second, .. }) if first == "A" && second == "B")
        );
        let population = pair(0.0).unwrap();
        let narrow = Matrix::zeros(2, 1).unwrap();
        assert_eq!(population.draw(&narrow), Err(PopulationError::Columns { columns: 1, parameters: 2 }));
        let outside = Matrix::new(2, 2, vec![0.0, 0.0, 0.0, f64::NAN]).unwrap();
        assert_eq!(population.draw(&outside), Err(PopulationError::OutsideCube { row: 1, column: 1 }));
    }
}
