//! `lantu efficiency`: who makes most of what it has, by data envelopment analysis.

use std::collections::BTreeSet;

use anyhow::bail;
use lantu_appraisal::dea::{Answer, Options, Refusal, Scale, Side, Units, Weighing, radial, read, scale, slacks_based};
use lantu_blueprint::Lang;

use super::efficiency_output::Told;
use super::told::tell_appraisal;
use super::{put, say};
use crate::Outcome;
use crate::arguments_efficiency::Efficiency;
use crate::arguments_output::Shape;
use crate::text::{file, style};

pub(crate) fn run(command: &Efficiency, lang: Lang) -> anyhow::Result<Outcome> {
    let mut columns = BTreeSet::from([command.id.as_str()]);
    if let Some(twice) = command.inputs.iter().chain(&command.outputs).find(|name| !columns.insert(name.as_str())) {
        bail!("{}{twice}", say(lang, "同一列用了两次：", "a column is named twice: "));
    }
    put::refuse(&command.output, [&command.data], lang)?;
    let (units, problems) = read(&file::read(&command.data, lang)?, &command.id, &command.inputs, &command.outputs);
    let left_out = tell_appraisal(&problems, &command.data, lang);
    let Some(units) = units else { return Ok(Outcome::Findings) };
    let (answers, scales) = solve(command, &units).map_err(|why| anyhow::anyhow!(refused(why, &units, lang)))?;
    let told = Told { command, units: &units, answers: &answers, scales: scales.as_deref() };
    match command.output.shape() {
        Shape::Json => put::json(&command.output, &told.as_json())?,
        Shape::Csv | Shape::Parquet => put::table(&command.output, told.as_table())?,
        Shape::Text => put::text(&command.output, &told.as_text(lang))?,
    }
    // With few units most are efficient because nothing is like them; the rule of thumb is that of Cooper, Seiford and Tone (2007).
    let (inputs, outputs) = (command.inputs.len(), command.outputs.len());
    let enough = (inputs * outputs).max(3 * (inputs + outputs));
    if units.ids.len() < enough {
        let count = units.ids.len();
        let line = match lang {
            Lang::Zh => format!(
                "{count} 个对象对 {inputs} 项投入、{outputs} 项产出偏少（一般不少于 {enough} 个），许多会因没有可比的而有效"
            ),
            Lang::En => format!(
                "{count} units are few for {inputs} inputs and {outputs} outputs (at least {enough} are advised): many come out efficient for want of anyone like them"
            ),
        };
        anstream::eprintln!("{}", style::dim(&line));
    }
    let names = |wanted: fn(&Answer) -> bool| {
        let found = units.ids.iter().zip(&answers).filter(|(_, answer)| wanted(answer));
        found.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(say(lang, "、", ", "))
    };
    let infeasible = names(|answer| matches!(answer, Answer::Infeasible(_)));
    if !infeasible.is_empty() {
        let line = say(
            lang,
            "别的对象怎样混合都比不了，没有超效率：",
            "no mixture of the others compares, no super-efficiency: ",
        );
        anstream::eprintln!("{}{infeasible}", style::dim(line));
    }
    let given_up = names(|answer| matches!(answer, Answer::GivenUp));
    if !given_up.is_empty() {
        let line = say(lang, "数值相差太大，算不出：", "numbers too far apart to be worked with: ");
        anstream::eprintln!("{}{given_up}", style::bad(line));
    }
    Ok(if left_out || !given_up.is_empty() { Outcome::Findings } else { Outcome::Fine })
}

type Found = (Vec<Answer>, Option<Vec<Option<Scale>>>);

fn solve(command: &Efficiency, units: &Units) -> Result<Found, Refusal> {
    let (returns, orientation) = (command.returns.into(), command.orientation.into());
    let options = Options { returns, orientation, super_efficiency: command.others_only, weighing: Weighing::Own };
    let answers = if command.sbm {
        slacks_based(&units.inputs, &units.outputs, returns)?
    } else {
        radial(&units.inputs, &units.outputs, &options)?
    };
    let scales = if command.scale { Some(scale(&units.inputs, &units.outputs, orientation)?) } else { None };
    Ok((answers, scales))
}

fn refused(refusal: Refusal, units: &Units, lang: Lang) -> String {
    let name = |unit: usize| units.ids.get(unit).map_or("", String::as_str);
    match (refusal, lang) {
        (Refusal::Nothing { side, unit }, Lang::Zh) => {
            format!("「{}」的{}全是 0", name(unit), if side == Side::Input { "投入" } else { "产出" })
        }
        (Refusal::Value { unit, value, .. }, Lang::Zh) => format!("「{}」有一个值是 {value}，应不小于 0", name(unit)),
        (Refusal::NoUnit, Lang::Zh) => "没有评价对象".to_owned(),
        (Refusal::NoColumn(_) | Refusal::Length { .. }, Lang::Zh) => "投入、产出的列不齐".to_owned(),
        (other, Lang::En) => other.to_string(),
    }
}
