//! A conveyor belt: places that each hold what entered in one step, moved on by one place a step.

use std::collections::VecDeque;

/// One belt of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Belt {
    /// From the end to the entry.
    places: VecDeque<Place>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    content: f64,
    /// What entered, of which linear leaks take shares.
    entered: f64,
}

/// How a belt leaks: shares of what is there in a unit of time, or of what entered over the zone.
pub(super) struct Leaks<'a> {
    pub(super) exponential: bool,
    /// Where each leak begins and ends, 0 at the entry and 1 at the end.
    pub(super) zones: &'a [(f64, f64)],
    pub(super) fractions: &'a [f64],
}

/// Longer than any belt of a model; a made-up one must not use up the memory.
const LONGEST: f64 = 1_000_000.0;

/// Steps from the entry to the end, halves rounded up, one at least.
fn steps(transit: f64, step: f64) -> usize {
    let steps = (transit / step + 0.5).floor();
    if steps.is_nan() { 1 } else { steps.clamp(1.0, LONGEST) as usize }
}

impl Belt {
    /// A belt with its content spread evenly.
    pub(super) fn new(content: f64, transit: f64, step: f64) -> Self {
        let count = steps(transit, step);
        let each = content / count as f64;
        Self { places: vec![Place { content: each, entered: each }; count].into() }
    }

    /// How much each leak takes from each place in a step, the first leak first and never more than is there.
    fn leaked(&self, step: f64, leaks: &Leaks<'_>) -> Vec<Vec<f64>> {
        let count = self.places.len();
        let inside = |place: usize, zone: (f64, f64)| {
            let from_entry = 1.0 - (place as f64 + 0.5) / count as f64;
            zone.0 <= from_entry && from_entry <= zone.1
        };
        let mut left: Vec<f64> = self.places.iter().map(|place| place.content).collect();
        let mut found = Vec::with_capacity(leaks.zones.len());
        for (zone, fraction) in leaks.zones.iter().zip(leaks.fractions) {
            let wide = (0..count).filter(|place| inside(*place, *zone)).count().max(1) as f64;
            let take = |(number, (place, left)): (usize, (&Place, &mut f64))| {
                let share = match (inside(number, *zone), leaks.exponential) {
                    (false, _) => 0.0,
                    (true, true) => place.content * fraction * step,
                    (true, false) => place.entered * fraction / wide,
                };
                let taken = share.min(*left).max(0.0);
                *left -= taken;
                taken
            };
            found.push(self.places.iter().zip(&mut left).enumerate().map(take).collect());
        }
        found
    }

    /// What leaves in the step that begins: at the end, then by each leak, per unit of time.
    pub(super) fn leaving(&self, step: f64, leaks: &Leaks<'_>, to: &mut [f64]) {
        let leaked = self.leaked(step, leaks);
        let at_end = self.places.front().map_or(0.0, |place| place.content);
        let lost: f64 = leaked.iter().filter_map(|leak| leak.first()).sum();
        let flows = std::iter::once(at_end - lost).chain(leaked.iter().map(|leak| leak.iter().sum()));
        to.iter_mut().zip(flows).for_each(|(to, flow)| *to = flow / step);
    }

    /// Moves everything on by a step; what enters is `rate` per unit of time.
    pub(super) fn pass(&mut self, rate: f64, transit: f64, stands: bool, step: f64, leaks: &Leaks<'_>) {
        if !stands {
            for leak in self.leaked(step, leaks) {
                self.places.iter_mut().zip(leak).for_each(|(place, lost)| place.content -= lost);
            }
            self.places.pop_front();
            let entry = steps(transit, step) - 1;
            while self.places.len() <= entry {
                self.places.push_back(Place::default());
            }
            if let Some(place) = self.places.get_mut(entry) {
                place.content += rate * step;
                place.entered += rate * step;
            }
        }
    }

    pub(super) fn content(&self) -> f64 {
        self.places.iter().map(|place| place.content).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Leaks<'_> = Leaks { exponential: false, zones: &[], fractions: &[] };

    fn flow<const N: usize>(belt: &Belt, step: f64, leaks: &Leaks<'_>) -> [f64; N] {
        let mut flows = [0.0; N];
        belt.leaving(step, leaks, &mut flows);
        flows
    }

    #[test]
    fn what_enters_leaves_after_its_time() {
        let mut belt = Belt::new(0.0, 2.0, 0.5);
        let mut out = Vec::new();
        for step in 0..8 {
            out.extend(flow::<1>(&belt, 0.5, &NONE));
            belt.pass(if step == 0 { 10.0 } else { 0.0 }, 2.0, false, 0.5, &NONE);
        }
        assert_eq!(out, [0.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0, 0.0]);
    }

    /// Steady state: an even belt of V = rate × time stays as it is.
    #[test]
    fn a_full_belt_stays_full() {
        let mut belt = Belt::new(1000.0, 4.0, 0.25);
        for _ in 0..40 {
            assert!((flow::<1>(&belt, 0.25, &NONE)[0] - 250.0).abs() < 1e-9);
            belt.pass(250.0, 4.0, false, 0.25, &NONE);
        }
        assert!((belt.content() - 1000.0).abs() < 1e-9);
    }

    /// A linear leak of a fifth lets four fifths through, and nothing is lost without being counted.
    #[test]
    fn a_linear_leak_takes_its_share_of_what_entered() {
        let leaks = Leaks { exponential: false, zones: &[(0.0, 1.0)], fractions: &[0.2] };
        let mut belt = Belt::new(0.0, 2.0, 0.5);
        let (mut out, mut leaked) = (0.0, 0.0);
        for step in 0..10 {
            let [end, leak] = flow(&belt, 0.5, &leaks);
            out += end * 0.5;
            leaked += leak * 0.5;
            belt.pass(if step == 0 { 10.0 } else { 0.0 }, 2.0, false, 0.5, &leaks);
        }
        assert!((out - 4.0).abs() < 1e-12 && (leaked - 1.0).abs() < 1e-12, "{out} {leaked}");
    }
}
