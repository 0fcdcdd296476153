//! Radial scores: all inputs shrink, or all outputs grow, by the same factor; what is left over in single columns comes second.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::dea::data::{Column, Data, Refusal, Returns};
use crate::dea::lp::{Ended, Program, Row, Solved, check, solve};
use crate::dea::result::{Answer, Standing, solution, standing};

/// What moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Inputs shrink: the score is at most 1.
    #[default]
    Input,
    /// Outputs grow: the score is at least 1.
    Output,
}

/// How slacks are added up in the second stage, which makes their sum as large as can be. It matters only where several choices
/// of peers give the same score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighing {
    /// Each as a share of the unit's own value (Cooper, Park and Pastor 1999): no matter in which units columns are.
    #[default]
    Own,
    /// As they are, which is what most programs do.
    Plain,
}

/// What to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What the shares of peers may come to.
    pub returns: Returns,
    /// What moves.
    pub orientation: Orientation,
    /// A unit is compared with the others only (Andersen and Petersen 1993), so that efficient ones differ as well.
    pub super_efficiency: bool,
    /// How slacks are added up.
    pub weighing: Weighing,
}

/// Scores of all units. `inputs` and `outputs` are columns; values are not below 0 and each unit has an input and an output above 0.
///
/// # Errors
///
/// Where columns cannot be compared.
pub fn radial(inputs: &[Vec<f64>], outputs: &[Vec<f64>], options: &Options) -> Result<Vec<Answer>, Refusal> {
    let data = Data::new(inputs, outputs)?;
    Ok((0..data.units()).into_par_iter().map(|unit| answer(&data, unit, options)).collect())
}

/// The score alone; none where there is no solution.
pub(crate) fn score(data: &Data<'_>, unit: usize, options: &Options) -> Option<f64> {
    let mut program = program(data, unit, options);
    program.goals.truncate(1);
    match solve(&program).0 {
        Ended::Solved(solved) => solved.extras.first().copied(),
        _ => None,
    }
}

fn answer(data: &Data<'_>, unit: usize, options: &Options) -> Answer {
    let program = program(data, unit, options);
    let (mut solved, mut certificate) = match solve(&program) {
        (Ended::Solved(solved), certificate) => (solved, certificate),
        (Ended::Infeasible(_), certificate) => return Answer::Infeasible(certificate),
        (Ended::GivenUp, _) => return Answer::GivenUp,
    };
    let behind = |score: f64| match options.orientation {
        Orientation::Input => 1.0 - score,
        Orientation::Output => score - 1.0,
    };
    let columns = data.inputs.len() + data.outputs.len();
    let parts = |solved: &Solved| {
        let score = solved.extras.first().copied().unwrap_or(f64::NAN);
        (score, solved.extras.iter().skip(1).take(columns).copied().collect::<Vec<f64>>())
    };
    let (mut score, mut slacks) = parts(&solved);
    let standing = standing(behind(score), &slacks);
    if standing == Standing::Efficient && !options.super_efficiency {
        // Its own peer: others that come to the same would tell less.
        solved.units = vec![(unit, 1.0)];
        solved.extras = vec![0.0; solved.extras.len()];
        solved.extras.first_mut().into_iter().for_each(|theta| *theta = 1.0);
        (score, slacks) = parts(&solved);
        certificate = check(&program, &solved);
    }
    let prices: Vec<f64> =
        solved.proofs.get(1).into_iter().flat_map(|proof| &proof.prices).take(columns).copied().collect();
    Answer::Solved(solution(data, unit, (score, standing), solved.units, &slacks, &prices, certificate))
}

/// The program of a unit in its own values. Extra columns: the factor, slacks of inputs, of outputs, of the shares.
fn program<'a>(data: &'a Data<'_>, unit: usize, options: &Options) -> Program<'a> {
    let by_inputs = options.orientation == Orientation::Input;
    let sign = |yes: bool| if yes { 1.0 } else { -1.0 };
    let has = |column: &Column<'_>| f64::from(u8::from(column.of(unit) > 0.0));
    let mut rows = Vec::new();
    let mut factor = Vec::new();
    let mut slack_signs = Vec::new();
    for column in &data.inputs {
        let bound = if by_inputs { 0.0 } else { has(column) };
        rows.push(Row { values: column.values, scale: 1.0 / column.measure(unit), bound });
        factor.push(if by_inputs { -has(column) } else { 0.0 });
        slack_signs.push(1.0);
    }
    for column in &data.outputs {
        // Where nothing is asked for, the side is changed so that the slack can stand alone.
        let asked = by_inputs && column.of(unit) > 0.0;
        rows.push(Row {
            values: column.values,
            scale: sign(asked) / column.measure(unit),
            bound: f64::from(u8::from(asked)),
        });
        factor.push(if by_inputs { 0.0 } else { has(column) });
        slack_signs.push(-sign(asked));
    }
    let columns = rows.len();
    if let Some((row, slack)) = data.shares(options.returns) {
        rows.push(row);
        factor.push(0.0);
        slack_signs.push(slack);
    }
    let alone = |(place, sign): (usize, &f64)| {
        (0..rows.len()).map(|row| if row == place { *sign } else { 0.0 }).collect::<Vec<f64>>()
    };
    let slacks = slack_signs.iter().enumerate().filter(|(_, sign)| **sign != 0.0).map(alone);
    let extras: Vec<Vec<f64>> = std::iter::once(factor).chain(slacks).collect();
    let measured: Vec<f64> = data.inputs.iter().chain(&data.outputs).map(|column| column.measure(unit)).collect();
    let largest = measured.iter().copied().fold(0.0, f64::max);
    let weight = |measure: f64| if options.weighing == Weighing::Own { 1.0 } else { measure / largest };
    let mut first = vec![0.0; extras.len()];
    let mut second = first.clone();
    first.iter_mut().take(1).for_each(|cost| *cost = sign(by_inputs));
    second.iter_mut().skip(1).take(columns).zip(measured).for_each(|(cost, measure)| *cost = -weight(measure));
    let mut barred = data.out_of_reach(unit);
    barred.extend(options.super_efficiency.then_some(unit));
    Program { rows, extras, goals: vec![first, second], barred }
}
