//! What `lantu efficiency` shows: for people, for programs, for spreadsheets.

use clap::ValueEnum;
use lantu_appraisal::dea::{Answer, Scale, Solution, Standing, Tendency, Units};
use lantu_blueprint::Lang;
use serde_json::{Map, Value, json};

use super::say;
use crate::arguments_efficiency::Efficiency;
use crate::models::output::{Column, Table, number, value};
use crate::text::style;
use crate::text::table::{Cell, render};

/// Results with the names of units and columns.
pub(crate) struct Told<'a> {
    pub(crate) command: &'a Efficiency,
    pub(crate) units: &'a Units,
    pub(crate) answers: &'a [Answer],
    pub(crate) scales: Option<&'a [Option<Scale>]>,
}

impl Told<'_> {
    fn rows(&self) -> impl Iterator<Item = (&str, &Answer, Option<Scale>)> {
        let scale = |at: usize| self.scales.and_then(|scales| scales.get(at).copied().flatten());
        let all = self.units.ids.iter().zip(self.answers).enumerate();
        all.map(move |(at, (id, answer))| (id.as_str(), answer, scale(at)))
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.command.inputs.iter().chain(&self.command.outputs).map(String::as_str)
    }

    /// Peers with their λ, in the order of the table.
    fn peers(&self, solution: &Solution, digits: impl Fn(f64) -> String) -> Vec<(String, String)> {
        let name = |peer: usize| self.units.ids.get(peer).cloned().unwrap_or_default();
        solution.peers.iter().map(|(peer, lambda)| (name(*peer), digits(*lambda))).collect()
    }

    pub(crate) fn as_text(&self, lang: Lang) -> String {
        let dim = |text: &str| Cell::text(text).painted(style::dim);
        let mut head =
            vec![dim(say(lang, "对象", "unit")), dim(self.measure(lang)), dim(say(lang, "结论", "standing"))];
        if self.scales.is_some() {
            head.push(dim(say(lang, "规模效率", "scale efficiency")));
            head.push(dim(say(lang, "规模报酬", "returns")));
        }
        let slack = say(lang, "松弛", "slack of");
        head.extend(self.columns().map(|name| dim(&format!("{slack} {name}"))));
        head.push(dim(say(lang, "标杆 λ", "peers, λ")));
        let mut table = vec![head];
        for (id, answer, scale) in self.rows() {
            let solution = answer.solution();
            let mut row = vec![
                Cell::text(id),
                Cell::number(solution.map_or(String::new(), |found| format!("{:.4}", found.score))),
                Cell::text(standing(answer, lang)),
            ];
            if self.scales.is_some() {
                row.push(Cell::number(scale.map_or(String::new(), |found| format!("{:.4}", found.efficiency))));
                row.push(Cell::text(scale.map_or("", |found| tendency(found.tendency, lang))));
            }
            let slacks = solution.into_iter().flat_map(slacks);
            row.extend(slacks.map(|slack| Cell::number(short(slack))));
            row.resize_with(table.first().map_or(0, |head| head.len() - 1), Cell::default);
            let peers = solution.map(|found| self.peers(found, |lambda| format!("{lambda:.3}"))).unwrap_or_default();
            let peers = peers.iter().map(|(name, lambda)| format!("{name} {lambda}")).collect::<Vec<_>>();
            row.push(Cell::text(peers.join(say(lang, "、", ", "))));
            table.push(row);
        }
        let solved: Vec<&Solution> = self.answers.iter().filter_map(Answer::solution).collect();
        let efficient = solved.iter().filter(|found| found.standing == Standing::Efficient).count();
        let mean = solved.iter().map(|found| found.score).sum::<f64>() / solved.len() as f64;
        let worst = solved.iter().map(|found| found.certificate.worst()).fold(f64::NAN, f64::max);
        let or_none = |number: f64, text: String| if number.is_nan() { "–".to_owned() } else { text };
        let rows = [
            (say(lang, "评价对象", "units"), self.answers.len().to_string()),
            (say(lang, "有效", "efficient"), efficient.to_string()),
            (say(lang, "平均得分", "mean score"), or_none(mean, format!("{mean:.4}"))),
            (say(lang, "误差至多", "error at most"), or_none(worst, format!("{worst:.1e}"))),
        ];
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|(name, value)| vec![dim(name), Cell::text(value)]).collect();
        format!("{}\n{}", render(&rows, &[30, 30], 0), render(&table, &[30], 0))
    }

    fn measure(&self, lang: Lang) -> &'static str {
        match (self.command.sbm, self.command.others_only) {
            (true, _) => "SBM ρ",
            (_, true) => say(lang, "超效率", "super-efficiency"),
            _ => say(lang, "得分", "score"),
        }
    }

    pub(crate) fn as_table(&self) -> Table {
        let solutions = || self.answers.iter().map(Answer::solution);
        let known =
            |of: &dyn Fn(&Solution) -> f64| Column::Known(solutions().map(|s| s.map_or(f64::NAN, of)).collect());
        let words = |of: &dyn Fn(&Answer) -> String| Column::Text(self.answers.iter().map(of).collect());
        let mut table: Table = vec![
            (self.command.id.clone(), Column::Text(self.units.ids.clone())),
            ("score".into(), known(&|found| found.score)),
            ("standing".into(), words(&|answer| word(answer).to_owned())),
        ];
        for (at, name) in self.columns().enumerate() {
            table.push((format!("slack_{name}"), known(&|found| slacks(found).nth(at).unwrap_or(f64::NAN))));
        }
        for (at, name) in self.columns().enumerate() {
            table.push((format!("target_{name}"), known(&|found| targets(found).nth(at).unwrap_or(f64::NAN))));
        }
        let peers = |answer: &Answer| {
            let peers = answer.solution().map(|found| self.peers(found, number)).unwrap_or_default();
            peers.iter().map(|(name, lambda)| format!("{name}={lambda}")).collect::<Vec<_>>().join("; ")
        };
        table.push(("peers".into(), words(&peers)));
        if let Some(scales) = self.scales {
            let efficiency = scales.iter().map(|scale| scale.as_ref().map_or(f64::NAN, |found| found.efficiency));
            table.push(("scale_efficiency".into(), Column::Known(efficiency.collect())));
            let returns =
                |scale: &Option<Scale>| scale.map_or("", |found| tendency(found.tendency, Lang::En)).to_owned();
            table.push(("returns".into(), Column::Text(scales.iter().map(returns).collect())));
        }
        table
    }

    pub(crate) fn as_json(&self) -> Value {
        let named = |values: &mut dyn Iterator<Item = f64>| -> Value {
            self.columns().map(str::to_owned).zip(values.map(value)).collect::<Map<_, _>>().into()
        };
        let unit = |(id, answer, scale): (&str, &Answer, Option<Scale>)| {
            let mut unit = Map::new();
            let mut put = |name: &str, value: Value| unit.insert(name.to_owned(), value);
            put("id", id.into());
            put("score", answer.solution().map_or(Value::Null, |found| value(found.score)));
            put("standing", word(answer).into());
            if let Some(found) = answer.solution() {
                put("slacks", named(&mut slacks(found)));
                put("targets", named(&mut targets(found)));
                put("prices", named(&mut found.input_prices.iter().chain(&found.output_prices).copied()));
                let name = |peer: &usize| self.units.ids.get(*peer);
                let peers = found.peers.iter().map(|(peer, lambda)| json!({"id": name(peer), "lambda": lambda}));
                put("peers", peers.collect());
                let certificate = found.certificate;
                put(
                    "certificate",
                    json!({"primal": certificate.primal, "dual": certificate.dual, "gap": certificate.gap}),
                );
            }
            if let Some(found) = scale {
                put(
                    "scale",
                    json!({
                        "constant": found.constant,
                        "variable": found.variable,
                        "efficiency": found.efficiency,
                        "returns": tendency(found.tendency, Lang::En),
                    }),
                );
            }
            Value::from(unit)
        };
        let name = |value: Option<clap::builder::PossibleValue>| value.map(|value| value.get_name().to_owned());
        json!({
            "measure": if self.command.sbm { "sbm" } else { "radial" },
            "returns": name(self.command.returns.to_possible_value()),
            "orientation": if self.command.sbm { None } else { name(self.command.orientation.to_possible_value()) },
            "super": self.command.others_only,
            "units": self.rows().map(unit).collect::<Vec<_>>(),
        })
    }
}

/// A slack to three decimals; nothing for none, and none is not what rounds to it.
fn short(slack: f64) -> String {
    match slack {
        0.0 => String::new(),
        small if small < 5e-4 => "< 0.001".to_owned(),
        slack => format!("{slack:.3}"),
    }
}

fn slacks(solution: &Solution) -> impl Iterator<Item = f64> {
    solution.input_slacks.iter().chain(&solution.output_slacks).copied()
}

fn targets(solution: &Solution) -> impl Iterator<Item = f64> {
    solution.input_targets.iter().chain(&solution.output_targets).copied()
}

fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Solved(found) => match found.standing {
            Standing::Efficient => "efficient",
            Standing::WeaklyEfficient => "weakly efficient",
            Standing::Inefficient => "inefficient",
        },
        Answer::Infeasible(_) => "infeasible",
        Answer::GivenUp => "given up",
    }
}

fn standing(answer: &Answer, lang: Lang) -> &'static str {
    match (word(answer), lang) {
        ("efficient", Lang::Zh) => "有效",
        ("weakly efficient", Lang::Zh) => "弱有效",
        ("inefficient", Lang::Zh) => "非有效",
        ("infeasible", Lang::Zh) => "无解",
        (_, Lang::Zh) => "算不出",
        (word, Lang::En) => word,
    }
}

fn tendency(tendency: Tendency, lang: Lang) -> &'static str {
    match tendency {
        Tendency::Increasing => say(lang, "递增", "increasing"),
        Tendency::Constant => say(lang, "不变", "constant"),
        Tendency::Decreasing => say(lang, "递减", "decreasing"),
    }
}
