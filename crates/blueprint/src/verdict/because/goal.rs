//! What a target asks for, in a sentence.

use super::super::wording::{figure, number, period_text, rounded};
use super::Teller;
use crate::Text;
use crate::model::{Deadline, Direction, Form};

impl Teller<'_> {
    /// What has to be true, in numbers.
    pub(super) fn goal(&mut self) {
        let (Some(form), Some(deadline)) = (self.target.form, self.target.deadline) else { return };
        let when = period_text(deadline.period());
        let (zh, en) = match deadline {
            Deadline::By(_) => (format!("到{}", when.zh), format!("by {}", when.en)),
            Deadline::In(_) => (when.zh.clone(), format!("in {}", when.en)),
        };
        let least = |v: &Text| Text::new(format!("不低于 {}", v.zh), format!("at least {}", v.en));
        let most = |v: &Text| Text::new(format!("不高于 {}", v.zh), format!("at most {}", v.en));
        let up = self.indicator.is_none_or(|i| i.direction != Direction::Down);
        let what = match form {
            Form::AtLeast(v) => least(&self.value(v)),
            Form::AtMost(v) => most(&self.value(v)),
            Form::Between(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                Text::new(format!("在 {} 至 {} 之间", a.zh, b.zh), format!("between {} and {}", a.en, b.en))
            }
            Form::TimesBaseline(k) => {
                let k = number(k);
                Text::new(format!("达到基期值的 {k} 倍"), format!("{k} times the baseline"))
            }
            Form::GrowthPerYear(g) => {
                let g = number(g);
                Text::new(
                    format!("自基期起年均增长 {g}%"),
                    format!("a mean growth of {g} % per year since the baseline"),
                )
            }
            Form::Cumulative { total, since } => {
                let (total, since) = (self.value(total), period_text(since));
                Text::new(
                    format!("自{}起累计不低于 {}", since.zh, total.zh),
                    format!("a sum of at least {} from {} on", total.en, since.en),
                )
            }
            Form::RankAtMost(n) => {
                let n = number(n);
                Text::new(format!("排名第 {n} 位或更前"), format!("rank {n} or better"))
            }
            Form::Hold if up => Text::new("不低于基期值", "not below the baseline"),
            Form::Hold => Text::new("不高于基期值", "not above the baseline"),
            Form::CoverAll => Text::new("覆盖率达到 100%", "100 % covered"),
        };
        let relative = self.verdict.reach.filter(|_| form.is_relative());
        let (mut more_zh, mut more_en) = (String::new(), String::new());
        if let (Some(reach), Some(printed)) = (relative, self.verdict.threshold) {
            // A product of the baseline is computed here; the baseline itself is a published figure.
            let shown = if matches!(form, Form::GrowthPerYear(_)) && reach.is_exact() {
                self.unit.with("", printed, rounded)
            } else {
                figure(printed, reach, &self.unit)
            };
            (more_zh, more_en) = (format!("，即 {}", shown.zh), format!(" (that is {})", shown.en));
        }
        self.say(format!("目标：{zh}{}{more_zh}。", what.zh), format!("Target: {}{more_en} {en}.", what.en));
    }
}
