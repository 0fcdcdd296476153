//! The steps of PRIM: peeling runs off a box and pasting runs back.

use crate::matrix::Matrix;

/// The closed range a box allows for one parameter; infinite where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Limits {
    pub(super) const NONE: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
}

/// Runs and the successful ones among them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) runs: usize,
    pub(super) successes: usize,
}

impl Tally {
    fn of(success: impl Iterator<Item = bool>) -> Self {
        success.fold(Self::default(), |tally, success| Self {
            runs: tally.runs + 1,
            successes: tally.successes + usize::from(success),
        })
    }

    fn density(self) -> f64 {
        self.successes as f64 / self.runs as f64
    }

    /// Denser, or as dense and larger.
    fn beats(self, other: Self) -> bool {
        let (mine, others) = (self.density(), other.density());
        mine > others || (mine == others && self.runs > other.runs)
    }
}

/// One run as seen from one parameter.
#[derive(Clone, Copy)]
struct Point {
    value: f64,
    run: usize,
    success: bool,
}

#[derive(Clone, Copy)]
enum End {
    Low,
    High,
}

/// A step that could be taken: the new limit at one end of one parameter, and the box it would make.
struct Step {
    parameter: usize,
    end: End,
    limit: f64,
    result: Tally,
}

/// A box being searched for.
pub(super) struct Search<'a> {
    design: &'a Matrix,
    success: &'a [bool],
    pub(super) limits: Vec<Limits>,
    pub(super) inside: Tally,
    /// The runs inside, for each parameter in rising order of its value; sorted once, then only thinned out.
    sorted: Vec<Vec<Point>>,
}

impl<'a> Search<'a> {
    /// The box that holds every run.
    pub(super) fn new(design: &'a Matrix, success: &'a [bool]) -> Self {
        let sorted = |column| {
            let runs = design.column(column).zip(success).enumerate();
            let mut points: Vec<_> =
                runs.map(|(run, (value, success))| Point { value, run, success: *success }).collect();
            points.sort_by(|a, b| a.value.total_cmp(&b.value));
            points
        };
        Self {
            design,
            success,
            limits: vec![Limits::NONE; design.column_count()],
            inside: Tally::of(success.iter().copied()),
            sorted: (0..design.column_count()).map(sorted).collect(),
        }
    }

    /// How many runs there are, inside and outside.
    pub(super) fn runs(&self) -> usize {
        self.success.len()
    }

    /// Takes the best peel that leaves at least `least` runs; false when there is none or every run is a success.
    pub(super) fn peel(&mut self, share: f64, least: usize) -> bool {
        if self.inside.successes == self.inside.runs {
            return false;
        }
        let wanted = ((share * self.inside.runs as f64) as usize).max(1);
        let mut best: Option<Step> = None;
        for (parameter, points) in self.sorted.iter().enumerate() {
            let ends = [(End::Low, peel_low(points, wanted)), (End::High, peel_high(points, wanted))];
            for (end, cut) in ends {
                let Some((limit, removed)) = cut else { continue };
                let result = Tally {
                    runs: self.inside.runs - removed.runs,
                    successes: self.inside.successes - removed.successes,
                };
                if result.runs >= least && best.as_ref().is_none_or(|best| result.beats(best.result)) {
                    best = Some(Step { parameter, end, limit, result });
                }
            }
        }
        let Some(step) = best else { return false };
        self.take(&step);
        let mut stays = vec![false; self.runs()];
        if let (Some(points), Some(limits)) = (self.sorted.get(step.parameter), self.limits.get(step.parameter)) {
            for point in points.iter().filter(|point| point.value >= limits.low && point.value <= limits.high) {
                if let Some(stays) = stays.get_mut(point.run) {
                    *stays = true;
                }
            }
        }
        for points in &mut self.sorted {
            points.retain(|point| stays.get(point.run).copied().unwrap_or(false));
        }
        true
    }

    /// Takes the best paste that does not lower the density; false when there is none. No peel may follow.
    pub(super) fn paste(&mut self, share: f64) -> bool {
        let wanted = ((share * self.inside.runs as f64) as usize).max(1);
        let mut best: Option<Step> = None;
        for (parameter, (below, above)) in self.just_outside().into_iter().enumerate() {
            for (end, mut points) in [(End::Low, below), (End::High, above)] {
                // Nearest first.
                points.sort_by(|a, b| match end {
                    End::Low => b.value.total_cmp(&a.value),
                    End::High => a.value.total_cmp(&b.value),
                });
                let Some((limit, added)) = nearest(&points, wanted, end) else { continue };
                let result =
                    Tally { runs: self.inside.runs + added.runs, successes: self.inside.successes + added.successes };
                if result.beats(best.as_ref().map_or(self.inside, |best| best.result)) {
                    best = Some(Step { parameter, end, limit, result });
                }
            }
        }
        best.inspect(|step| self.take(step)).is_some()
    }

    fn take(&mut self, step: &Step) {
        self.inside = step.result;
        if let Some(limits) = self.limits.get_mut(step.parameter) {
            match step.end {
                End::Low => limits.low = step.limit,
                End::High => limits.high = step.limit,
            }
        }
    }

    /// For each parameter the runs that only its lower, and only its upper limit keeps out.
    fn just_outside(&self) -> Vec<(Vec<Point>, Vec<Point>)> {
        let mut outside = vec![(Vec::new(), Vec::new()); self.limits.len()];
        for (run, (row, success)) in self.design.rows().zip(self.success).enumerate() {
            let ranges = row.iter().zip(&self.limits).zip(&mut outside);
            let mut violated = ranges.filter(|((value, limits), _)| **value < limits.low || **value > limits.high);
            if let (Some(((value, limits), (below, above))), None) = (violated.next(), violated.next()) {
                let list = if *value < limits.low { below } else { above };
                list.push(Point { value: *value, run, success: *success });
            }
        }
        outside
    }

    /// For each parameter the box without its limits.
    pub(super) fn without(&self) -> Vec<Tally> {
        let wider = |(below, above): (Vec<Point>, Vec<Point>)| {
            let more = Tally::of(below.iter().chain(&above).map(|point| point.success));
            Tally { runs: self.inside.runs + more.runs, successes: self.inside.successes + more.successes }
        };
        self.just_outside().into_iter().map(wider).collect()
    }
}

/// The new lower limit that removes about `wanted` of the points, and what it removes. Equal values go or stay
/// together: rather fewer go, but at least the lowest value.
fn peel_low(points: &[Point], wanted: usize) -> Option<(f64, Tally)> {
    let kept = points.get(wanted)?.value;
    let below = points.partition_point(|point| point.value < kept);
    let cut = if below > 0 { below } else { points.partition_point(|point| point.value <= kept) };
    let (gone, stay) = points.split_at_checked(cut)?;
    let (last, next) = (gone.last()?.value, stay.first()?.value);
    Some((between(next, last), Tally::of(gone.iter().map(|point| point.success))))
}

/// As [`peel_low`] from the other end.
fn peel_high(points: &[Point], wanted: usize) -> Option<(f64, Tally)> {
    let kept = points.iter().rev().nth(wanted)?.value;
    let up_to = points.partition_point(|point| point.value <= kept);
    let cut = if up_to < points.len() { up_to } else { points.partition_point(|point| point.value < kept) };
    let (stay, gone) = points.split_at_checked(cut)?;
    let (last, next) = (gone.first()?.value, stay.last()?.value);
    Some((between(next, last), Tally::of(gone.iter().map(|point| point.success))))
}

/// The limit that takes in the `wanted` nearest points and those equal to the last of them, and what it takes in.
fn nearest(points: &[Point], wanted: usize, end: End) -> Option<(f64, Tally)> {
    let last = points.get(wanted.min(points.len()).checked_sub(1)?)?.value;
    let taken = points.partition_point(|point| match end {
        End::Low => point.value >= last,
        End::High => point.value <= last,
    });
    let (gained, rest) = points.split_at_checked(taken)?;
    let limit = match (rest.first(), end) {
        (Some(next), _) => between(last, next.value),
        (None, End::Low) => f64::NEG_INFINITY,
        (None, End::High) => f64::INFINITY,
    };
    Some((limit, Tally::of(gained.iter().map(|point| point.success))))
}

/// Midway between a value inside and a different one outside; never the outer one, which rounding could give.
fn between(inside: f64, outside: f64) -> f64 {
    let middle = 0.5 * inside + 0.5 * outside;
    if middle == outside { inside } else { middle }
}
