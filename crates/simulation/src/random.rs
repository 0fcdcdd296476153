//! Random numbers as a pure function of seed and stream: run 7 draws the same whether it is run alone or among ten thousand.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One endless row of random numbers.
#[derive(Clone, Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The row of this number under this seed. Rows do not overlap.
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(number);
        Self(generator)
    }

    /// Uniform in the open interval (0, 1), so that any quantile function may take it.
    pub fn uniform(&mut self) -> f64 {
        // 52 bits and a half: the middle of one of 2^52 equal cells is never 0 and never 1.
        let cell = self.0.next_u64() >> 12;
        (cell as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// A whole number below `bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}
