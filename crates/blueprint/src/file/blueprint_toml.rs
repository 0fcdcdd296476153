//! `blueprint.toml`: what the city and its plan are called, when, and under which rules.

use super::fields::{Fields, TomlText};
use super::{FORMAT, Report, decode};
use crate::model::{Calendar, City};
use crate::{Code, Frequency, Lang, Location, Sources, Text};

const PATH: &str = "blueprint.toml";

/// Reads the file; what is absent takes a value that makes nothing green.
pub(super) fn read(sources: &Sources, report: &Report) -> City {
    let mut city = City {
        id: sources.name.clone(),
        name: Text::same(sources.name.clone()),
        title: Text::default(),
        notice: Text::default(),
        from: None,
        to: None,
        languages: vec![Lang::Zh],
        area: sources.name.clone(),
        calendar: Calendar { frequency: Frequency::Year, lag_months: 6, grace_months: 3 },
        light_rules: None,
    };
    let Some(bytes) = sources.texts.get(PATH) else {
        report.say(
            Code::MissingFile,
            Location::start(PATH),
            Text::new("没有 blueprint.toml，这不是蓝图文件夹", "no blueprint.toml: this folder is not a blueprint"),
            Text::new("新建一个：lantu new <文件夹>", "make one: lantu new <folder>"),
        );
        return city;
    };
    let Some(text) = decode(PATH, bytes, report) else { return city };
    let source = TomlText::file(&text);
    let table = source.parse(report);
    let fields = Fields::new(source, table.get_ref(), 0..0, report);

    match fields.number("format") {
        Some(version) if version == FORMAT as f64 => {}
        Some(_) => report.say(
            Code::BadValue,
            fields.place("format"),
            Text::new(format!("只认识 format = {FORMAT}"), format!("only format = {FORMAT} is known")),
            Text::new("请使用与此蓝图相配的版本", "use the release that matches this blueprint"),
        ),
        None if fields.has("format") => {}
        None => fields.missing("format"),
    }
    if let Some(languages) = read_languages(&fields, report) {
        city.languages = languages;
    }
    let main = city.languages.first().copied().unwrap_or(Lang::Zh);
    for (key, slot) in [("name", &mut city.name), ("title", &mut city.title), ("notice", &mut city.notice)] {
        if fields.has(key) {
            *slot = fields.text(key, main);
        } else if key != "notice" {
            fields.missing(key);
        }
    }
    city.area = fields.required("area").unwrap_or(city.area);
    if let Some(period) = fields.table("period") {
        city.from = period.period("from");
        city.to = period.period("to");
        if let (Some(from), Some(to)) = (city.from, city.to)
            && to < from
        {
            report.say(
                Code::BadValue,
                period.place("to"),
                Text::new("规划期的终点早于起点", "the plan period ends before it starts"),
                Text::new("请对调 from 和 to", "swap from and to"),
            );
            city.to = None;
        }
        period.finish();
    } else {
        fields.missing("period");
    }
    if let Some(calendar) = fields.table("calendar") {
        let words: Vec<_> = Frequency::ALL.iter().map(|(_, word)| *word).collect();
        city.calendar.frequency =
            calendar.word("frequency", &words, Frequency::from_word).unwrap_or(city.calendar.frequency);
        city.calendar.lag_months = calendar.count("lag_months").unwrap_or(city.calendar.lag_months);
        city.calendar.grace_months = calendar.count("grace_months").unwrap_or(city.calendar.grace_months);
        calendar.finish();
    }
    if let Some(rules) = fields.table("rules") {
        city.light_rules = rules.string("lights");
        rules.finish();
    }
    fields.finish();
    city
}

fn read_languages(fields: &Fields<'_>, report: &Report) -> Option<Vec<Lang>> {
    if !fields.has("languages") {
        return None;
    }
    let written = fields.list("languages");
    let languages: Option<Vec<Lang>> = written.iter().map(|code| Lang::from_code(code)).collect();
    let good = languages.filter(|list| !list.is_empty());
    if good.is_none() {
        report.say(
            Code::BadValue,
            fields.place("languages"),
            Text::new("语言只能是 zh 和 en", "languages can only be zh and en"),
            Text::new("例如 languages = [\"zh\", \"en\"]", "for example languages = [\"zh\", \"en\"]"),
        );
    }
    good
}
