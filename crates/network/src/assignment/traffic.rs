//! Flow on every link, with what it costs now.
#![expect(clippy::indexing_slicing, reason = "links are numbered below the lengths of these lists")]

use crate::delay::Delay;

/// Flow, cost and slope of each link.
#[derive(Clone, Debug)]
pub(super) struct Traffic<'a> {
    delays: &'a [Delay<'a>],
    /// What each class pays on each link beside the time.
    pub(super) fixed: &'a [Vec<f64>],
    pub(super) flow: Vec<f64>,
    /// By class, then link.
    pub(super) cost: Vec<Vec<f64>>,
    pub(super) slope: Vec<f64>,
    /// How far flow is moved, in steps of Newton's method.
    pub(super) stride: f64,
}

impl<'a> Traffic<'a> {
    /// An empty network.
    pub(super) fn new(delays: &'a [Delay<'a>], fixed: &'a [Vec<f64>]) -> Self {
        let mut traffic = Self {
            delays,
            fixed,
            flow: vec![0.0; delays.len()],
            cost: vec![vec![0.0; delays.len()]; fixed.len()],
            slope: vec![0.0; delays.len()],
            stride: 1.0,
        };
        (0..delays.len()).for_each(|link| traffic.price(link));
        traffic
    }

    /// Adds to the flow of a link; it does not fall below 0.
    #[inline]
    pub(super) fn add(&mut self, link: usize, flow: f64) {
        self.flow[link] = (self.flow[link] + flow).max(0.0);
        self.price(link);
    }

    /// What a link would cost with so much more on it.
    pub(super) fn cost_with(&self, class: usize, link: usize, change: f64) -> f64 {
        self.delays[link].at((self.flow[link] + change).max(0.0)).0 + self.fixed[class][link]
    }

    /// The areas below the delays of all links together.
    pub(super) fn areas(&self) -> f64 {
        self.delays.iter().zip(&self.flow).filter(|(_, flow)| **flow > 0.0).map(|(delay, flow)| delay.area(*flow)).sum()
    }

    #[inline]
    fn price(&mut self, link: usize) {
        let (time, slope) = self.delays[link].at(self.flow[link]);
        self.slope[link] = slope;
        for (cost, fixed) in self.cost.iter_mut().zip(self.fixed) {
            cost[link] = time + fixed[link];
        }
    }

    /// Works out all costs for these flows.
    pub(super) fn set(&mut self, flow: &[f64]) {
        self.flow.copy_from_slice(flow);
        (0..flow.len()).for_each(|link| self.price(link));
    }
}
