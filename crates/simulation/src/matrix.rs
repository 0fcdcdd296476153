//! A table of numbers, one row per run: what samplers make and what analyses read.

use rayon::slice::ParallelSliceMut;
use thiserror::Error;

/// Why a matrix could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MatrixError {
    /// The number of values is not rows × columns.
    #[error(
        "{rows} 行 {columns} 列与 {values} 个值对不上 / {rows} rows of {columns} columns need another number of values than {values}"
    )]
    Shape {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
        /// Values given.
        values: usize,
    },
    /// No rows or no columns.
    #[error("矩阵至少要有一行一列 / a matrix needs at least one row and one column")]
    Empty,
    /// More cells than are ever meant; refused before memory is asked for.
    #[error(
        "{rows} × {columns} 个格子太多，内存放不下 / {rows} × {columns} cells are more than this program holds in memory"
    )]
    TooLarge {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
    },
}

/// A dense rows × columns table of `f64`, never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// The most cells a matrix made here may have: 2 GiB of them.
    pub const MOST_CELLS: usize = 1 << 28;

    /// A matrix from its values, row by row.
    ///
    /// # Errors
    /// [`MatrixError`] when there are no cells, too many, or their number is not rows × columns.
    pub fn new(rows: usize, columns: usize, values: Vec<f64>) -> Result<Self, MatrixError> {
        let cells = Self::cells(rows, columns)?;
        if values.len() != cells {
            return Err(MatrixError::Shape { rows, columns, values: values.len() });
        }
        Ok(Self { rows, columns, values })
    }

    /// A matrix of zeros.
    ///
    /// # Errors
    /// [`MatrixError`] when there are no cells or too many.
    pub fn zeros(rows: usize, columns: usize) -> Result<Self, MatrixError> {
        let cells = Self::cells(rows, columns)?;
        Ok(Self { rows, columns, values: vec![0.0; cells] })
    }

    fn cells(rows: usize, columns: usize) -> Result<usize, MatrixError> {
        match rows.checked_mul(columns) {
            Some(0) => Err(MatrixError::Empty),
            Some(cells) if cells <= Self::MOST_CELLS => Ok(cells),
            _ => Err(MatrixError::TooLarge { rows, columns }),
        }
    }

    /// How many rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows
    }

    /// How many columns.
    #[must_use]
    pub fn column_count(&self) -> usize {
        self.columns
    }

    /// Row `i`, or an empty slice past the end.
    #[must_use]
    pub fn row(&self, i: usize) -> &[f64] {
        self.rows().nth(i).unwrap_or(&[])
    }

    /// The rows in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.columns)
    }

    /// The rows in order, to be written.
    pub fn rows_mut(&mut self) -> std::slice::ChunksExactMut<'_, f64> {
        self.values.chunks_exact_mut(self.columns)
    }

    /// Stretches of up to `rows` whole rows, to be written by several threads.
    pub(crate) fn blocks_mut(&mut self, rows: usize) -> rayon::slice::ChunksMut<'_, f64> {
        self.values.par_chunks_mut(self.columns * rows.max(1))
    }

    /// Column `j` from the top; nothing past the last column.
    pub fn column(&self, j: usize) -> impl Iterator<Item = f64> {
        let taken = if j < self.columns { self.rows } else { 0 };
        self.values.iter().skip(j).step_by(self.columns).take(taken).copied()
    }

    /// Every value, row by row.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Row and column of the first value that is not finite.
    #[must_use]
    pub fn first_not_finite(&self) -> Option<(usize, usize)> {
        let at = self.values.iter().position(|value| !value.is_finite())?;
        Some((at / self.columns, at % self.columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns() {
        let matrix = Matrix::new(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, f64::NAN]).unwrap();
        assert_eq!(matrix.row(0), [1.0, 2.0, 3.0]);
        assert!(matrix.row(2).is_empty());
        assert_eq!(matrix.column(1).collect::<Vec<_>>(), [2.0, 5.0]);
        assert_eq!(matrix.column(3).count(), 0);
        assert_eq!(matrix.first_not_finite(), Some((1, 2)));
    }

    #[test]
    fn wrong_shapes() {
        assert_eq!(Matrix::new(0, 3, vec![]), Err(MatrixError::Empty));
        assert_eq!(Matrix::new(2, 2, vec![0.0]), Err(MatrixError::Shape { rows: 2, columns: 2, values: 1 }));
        let huge = usize::MAX;
        assert_eq!(Matrix::zeros(huge, 2), Err(MatrixError::TooLarge { rows: huge, columns: 2 }));
    }
}
