//! The slacks-based measure of Tone (2001): inputs and outputs at once, each column on its own, and 1 only for efficient units.
//!
//! ρ = min (1 − mean of s⁻/x) / (1 + mean of s⁺/y), made linear by the transformation of Charnes and Cooper (1962). An input or
//! output that the unit does not have is left out of its mean; what it lacks of such an output counts second.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::dea::data::{Column, Data, Refusal, Returns};
use crate::dea::lp::{Ended, Program, Row, check, solve};
use crate::dea::result::{Answer, Standing, solution, standing};

/// The measure of all units, and slacks, peers and targets of each; columns are those of [`radial`](super::radial).
///
/// # Errors
///
/// Where columns cannot be compared.
pub fn slacks_based(inputs: &[Vec<f64>], outputs: &[Vec<f64>], returns: Returns) -> Result<Vec<Answer>, Refusal> {
    let data = Data::new(inputs, outputs)?;
    Ok((0..data.units()).into_par_iter().map(|unit| answer(&data, unit, returns)).collect())
}

fn answer(data: &Data<'_>, unit: usize, returns: Returns) -> Answer {
    let program = program(data, unit, returns);
    let (mut solved, mut certificate) = match solve(&program) {
        (Ended::Solved(solved), certificate) => (solved, certificate),
        (Ended::Infeasible(_), certificate) => return Answer::Infeasible(certificate),
        (Ended::GivenUp, _) => return Answer::GivenUp,
    };
    let value = |extras: &[f64]| -> f64 {
        program.goals.iter().take(1).flatten().zip(extras).map(|(cost, value)| cost * value).sum()
    };
    let mut score = value(&solved.extras);
    let columns = data.inputs.len() + data.outputs.len();
    let standing = standing(1.0 - score, solved.extras.get(1..=columns).unwrap_or_default());
    if standing == Standing::Efficient {
        solved.units = vec![(unit, 1.0)];
        solved.extras = vec![0.0; solved.extras.len()];
        solved.extras.first_mut().into_iter().for_each(|t| *t = 1.0);
        score = 1.0;
        certificate = check(&program, &solved);
    }
    let t = solved.extras.first().copied().unwrap_or(1.0);
    let peers: Vec<(usize, f64)> = solved.units.iter().map(|(unit, share)| (*unit, share / t)).collect();
    let slacks: Vec<f64> = solved.extras.iter().skip(1).take(columns).map(|slack| slack / t).collect();
    let prices: Vec<f64> =
        solved.proofs.get(1).into_iter().flat_map(|proof| &proof.prices).take(columns).copied().collect();
    Answer::Solved(solution(data, unit, (score, standing), peers, &slacks, &prices, certificate))
}

/// Extra columns: t, slacks of inputs, of outputs, of the shares; all but t are t times what they stand for.
fn program<'a>(data: &'a Data<'_>, unit: usize, returns: Returns) -> Program<'a> {
    let has = |column: &Column<'_>| f64::from(u8::from(column.of(unit) > 0.0));
    let (used, made): (f64, f64) = (data.inputs.iter().map(has).sum(), data.outputs.iter().map(has).sum());
    let mut rows = Vec::new();
    let mut t = Vec::new();
    for column in &data.inputs {
        rows.push(Row { values: column.values, scale: 1.0 / column.measure(unit), bound: 0.0 });
        t.push(-has(column));
    }
    for column in &data.outputs {
        rows.push(Row { values: column.values, scale: -1.0 / column.measure(unit), bound: 0.0 });
        t.push(has(column));
    }
    let columns = rows.len();
    rows.push(Row { values: &data.zeros, scale: 1.0, bound: 1.0 });
    t.push(1.0);
    let mut of_shares = 0.0;
    if let Some((row, slack)) = data.shares(returns) {
        of_shares = slack;
        rows.push(Row { bound: 0.0, ..row });
        t.push(-1.0);
    }
    let slack = |place: usize, sign: f64| (0..rows.len()).map(|row| if row == place { sign } else { 0.0 }).collect();
    let mut extras: Vec<Vec<f64>> = vec![t];
    extras.extend((0..columns).map(|place| slack(place, 1.0)));
    for (column, extra) in data.outputs.iter().zip(extras.iter_mut().skip(1 + data.inputs.len())) {
        extra.iter_mut().skip(columns).take(1).for_each(|mean| *mean = has(column) / made);
    }
    if of_shares != 0.0 {
        extras.push(slack(columns + 1, of_shares));
    }
    let mut goal = vec![0.0; extras.len()];
    goal.iter_mut().take(1).for_each(|cost| *cost = 1.0);
    goal.iter_mut().skip(1).zip(&data.inputs).for_each(|(cost, column)| *cost = -has(column) / used);
    let mut second = vec![0.0; extras.len()];
    let outputs = second.iter_mut().skip(1 + data.inputs.len());
    outputs.zip(&data.outputs).for_each(|(cost, column)| *cost = has(column) - 1.0);
    Program { rows, extras, goals: vec![goal, second], barred: data.out_of_reach(unit) }
}
