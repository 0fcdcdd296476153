//! Weighing, summing, ranking, classing, and the exceptions to it.

use super::columns::Seen;
use super::events::History;
use super::prepare::{Prepared, Undecided};
use super::reason::{self, Reason};
use super::weights::Weights;
use super::{Appraisal, NO_CLASS, follow, rank, tree};
use crate::expression::{holds, rounded};
use crate::rules::Effect;

impl Prepared<'_> {
    /// Grades all units with these weights.
    #[must_use]
    pub fn appraise(&self, weights: &Weights, previous: &[History]) -> Appraisal {
        let dimensions = tree::dimensions(self, &self.scores, weights);
        let totals = self.rounded(dimensions.first().map_or([].as_slice(), Vec::as_slice));
        let (ranking, ranks) = rank::rank(self, &totals);
        let by_total = rank::classes(self, &totals, &ranks, &ranking);
        let mut reasons = reason::of_items(self, &totals);
        let classes = self.excepted(&totals, &by_total, &mut reasons);
        reason::deciding(self, &dimensions, &mut reasons);
        // Stable: of one unit, in the order in which they came.
        reasons.sort_by_key(|(row, _)| *row);
        let outcomes = follow::outcomes(self, &totals, &classes, previous);
        Appraisal { dimensions, totals, ranks, classes, by_total, reasons, outcomes, ranking }
    }

    /// Totals as the rules round them: halves away from zero, as printed tables do.
    pub(crate) fn rounded(&self, totals: &[f64]) -> Vec<f64> {
        totals.iter().map(|total| self.rounded_one(*total)).collect()
    }

    pub(crate) fn rounded_one(&self, total: f64) -> f64 {
        self.rules.decimals.map_or(total, |decimals| rounded(total, decimals))
    }

    /// Classes after exceptions, in the order of the file; each that changes something is told.
    fn excepted(&self, totals: &[f64], by_total: &[u8], reasons: &mut Vec<(u32, Reason)>) -> Vec<u8> {
        let mut classes = by_total.to_vec();
        let Some(list) = self.rules.classes.as_ref().map(|classes| classes.list.len()) else { return classes };
        let seen = Seen { rules: self.rules, units: self.units, values: &self.values, totals: Some(totals) };
        let undecided = |(row, exception, column): Undecided| (row, Reason::Undecided { exception, column });
        reasons.extend(self.undecided.iter().cloned().map(undecided));
        for (at, exception) in self.rules.exceptions.iter().enumerate() {
            if let Effect::Exempt(treated) = exception.effect {
                for (row, exempt) in self.exempted.iter().enumerate() {
                    if *exempt == u8::try_from(at).ok() && exempt.is_some() {
                        reasons.push((row as u32, Reason::Exempted { exception: at, treated }));
                    }
                }
                continue;
            }
            let yes = exception.when.all(&seen, classes.len());
            for (row, (class, yes)) in classes.iter_mut().zip(&yes).enumerate() {
                // A unit without a grade of its own can still be put into a class, but not moved from none.
                if !self.counted.get(row).copied().unwrap_or(false) {
                    continue;
                }
                if yes.is_nan() {
                    let column = seen.undecided(&exception.when, row);
                    reasons.extend(column.map(|column| (row as u32, Reason::Undecided { exception: at, column })));
                }
                if !holds(*yes) {
                    continue;
                }
                let before = *class;
                let Some(after) = changed(exception.effect, before, list) else { continue };
                *class = after;
                reasons.push((row as u32, Reason::Excepted { exception: at, before, after }));
            }
        }
        classes
    }
}

/// The class after an effect; none where it changes nothing that can be changed.
pub(crate) fn changed(effect: Effect, before: u8, classes: usize) -> Option<u8> {
    let last = classes.checked_sub(1)?;
    let graded = (before != NO_CLASS).then_some(usize::from(before));
    let after = match effect {
        Effect::Set(class) => class,
        Effect::Lift(steps) => graded?.saturating_sub(steps),
        Effect::Lower(steps) => graded?.saturating_add(steps).min(last),
        Effect::AtBest(class) => graded?.max(class),
        Effect::AtWorst(class) => graded?.min(class),
        Effect::Exempt(_) => return None,
    };
    u8::try_from(after).ok()
}
