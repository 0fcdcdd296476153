//! `plan/*.md`: documents in the main language with siblings in the other → goals, programmes, measures, commitments.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attributes::{self, Attributes};
use super::fields::{Fields, TomlText};
use super::forms::{self, Place};
use super::markdown::{self, Piece};
use super::{Report, SourceText, decode, files_in, stem};
use crate::diagnostic::suggestion;
use crate::model::{Block, City, Document, Goal, Measure, Milestone, Programme, Target, TargetArea, Transformation};
use crate::{Code, Lang, Location, Sources, Text};

/// Everything the documents declare.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) goals: Vec<Goal>,
    pub(super) transformations: Vec<Transformation>,
    pub(super) programmes: Vec<Programme>,
    pub(super) measures: Vec<Measure>,
    pub(super) targets: Vec<Target>,
    pub(super) milestones: Vec<Milestone>,
    pub(super) documents: Vec<Document>,
}

const CLASSES: [&str; 5] = ["goal", "transformation", "programme", "measure", "section"];
const ATTRIBUTES: [&str; 4] = ["owner", "serves", "via", "needs"];

/// Reads every document of the main language, each with its sibling.
pub(super) fn read(sources: &Sources, city: &City, report: &Report) -> Documents {
    let main = city.languages.first().copied().unwrap_or(Lang::Zh);
    let ending = |lang: Lang| format!(".{lang}.md");
    let mut out = Documents::default();
    for (path, bytes) in files_in(sources, "plan/", ".md") {
        let name = stem(path, &ending(main));
        if !path.ends_with(&ending(main)) {
            report_stray(sources, city, path, main, report);
            continue;
        }
        let Some(source) = decode(path, bytes, report) else { continue };
        let other = city.languages.iter().copied().find(|lang| *lang != main);
        let sibling = other.and_then(|lang| {
            let other = path.replace(&ending(main), &ending(lang));
            let Some(bytes) = sources.texts.get(&other) else {
                report.say(
                    Code::MissingTranslation,
                    Location::start(path),
                    Text::new(format!("没有译文文件 {other}"), format!("there is no translation {other}")),
                    Text::new("新建该文件，标题和条目用相同的 id", "make that file with the same ids"),
                );
                return None;
            };
            Some(Sibling::read(&other, bytes, lang, report))
        });
        let mut reader = Reader {
            source: &source,
            main,
            sibling,
            report,
            out: &mut out,
            blocks: Vec::new(),
            programme: None,
            measure: None,
        };
        reader.document();
        let blocks = reader.finish();
        out.documents.push(Document { id: name.to_owned(), path: path.to_owned(), blocks });
    }
    for target in &mut out.targets {
        if target.area == TargetArea::One(String::new()) {
            target.area = TargetArea::One(city.area.clone());
        }
    }
    out
}

/// A `.md` of `plan/` that is neither a main document nor the sibling of one.
fn report_stray(sources: &Sources, city: &City, path: &str, main: Lang, report: &Report) {
    for lang in city.languages.iter().filter(|lang| **lang != main) {
        let ending = format!(".{lang}.md");
        if path.ends_with(&ending) && sources.texts.contains_key(&path.replace(&ending, &format!(".{main}.md"))) {
            return;
        }
    }
    report.say(
        Code::MissingFile,
        Location::start(path),
        Text::new(
            "这个文件没有对应的主语言文件，未读入",
            "this file belongs to no document in the main language; it was left out",
        ),
        Text::new(format!("主语言文件名应为 <名称>.{main}.md"), format!("name the main one <name>.{main}.md")),
    );
}

/// What a sibling says, by id of the heading or block.
struct Sibling {
    lang: Lang,
    file: Arc<str>,
    entries: BTreeMap<String, SiblingEntry>,
}

#[derive(Default)]
struct SiblingEntry {
    location: Option<Location>,
    title: String,
    note: String,
    prose: String,
    used: bool,
}

impl Sibling {
    fn read(path: &str, bytes: &[u8], lang: Lang, report: &Report) -> Sibling {
        let mut sibling = Sibling { lang, file: Arc::from(path), entries: BTreeMap::new() };
        let Some(source) = decode(path, bytes, report) else { return sibling };
        let mut key = String::new();
        let mut plain = 0;
        for piece in markdown::pieces(source.text) {
            match piece {
                Piece::Heading { text: heading, at, .. } => {
                    let Ok((title, attributes)) = attributes::split(heading) else {
                        bad_attributes(source.place(at), report);
                        continue;
                    };
                    key = heading_key(attributes.id, &mut plain);
                    sibling.enter(&key, source.place(at), title.to_owned(), String::new(), report);
                }
                Piece::Block { toml, toml_at, at, .. } => {
                    let block = TomlText { source: &source, offset: toml_at, toml };
                    let table = block.parse(report);
                    let fields = Fields::new(block, table.get_ref(), 0..0, report);
                    key = fields.required("id").unwrap_or_default();
                    let title = fields.string("title").unwrap_or_default();
                    let note = fields.string("note").unwrap_or_default();
                    sibling.enter(&key, source.place(at), title, note, report);
                    fields.finish();
                }
                Piece::Prose { html, .. } => sibling.entries.entry(key.clone()).or_default().prose = html,
            }
        }
        sibling
    }

    fn enter(&mut self, key: &str, location: Location, title: String, note: String, report: &Report) {
        let entry = self.entries.entry(key.to_owned()).or_default();
        if entry.location.is_some() {
            report.say(
                Code::DuplicateId,
                location.clone(),
                Text::new(format!("译文里「{key}」出现了两次"), format!("`{key}` stands twice in the translation")),
                Text::new("请删去一处", "remove one"),
            );
        }
        *entry = SiblingEntry {
            location: Some(location),
            title,
            note,
            prose: std::mem::take(&mut entry.prose),
            used: false,
        };
    }
}

/// Headings without an id are matched by their order among such headings.
fn heading_key(id: Option<String>, plain: &mut u32) -> String {
    id.unwrap_or_else(|| {
        *plain += 1;
        // `#` cannot stand in an id, so this key never meets one.
        format!("#{plain}")
    })
}

fn bad_attributes(location: Location, report: &Report) {
    report.say(
        Code::BadMarkup,
        location,
        Text::new("标题后的 { … } 读不出来", "the { … } after the heading cannot be understood"),
        Text::new("写法：{#id .类别 键=\"值\"}", "write {#id .class key=\"value\"}"),
    );
}

struct Reader<'a> {
    source: &'a SourceText<'a>,
    main: Lang,
    sibling: Option<Sibling>,
    report: &'a Report,
    out: &'a mut Documents,
    blocks: Vec<Block>,
    programme: Option<(u8, String)>,
    measure: Option<(u8, String)>,
}

impl Reader<'_> {
    fn document(&mut self) {
        let mut key = String::new();
        let mut plain = 0;
        for piece in markdown::pieces(self.source.text) {
            match piece {
                Piece::Heading { level, text, at } => {
                    let location = self.place(at);
                    match attributes::split(text) {
                        Ok((title, attributes)) => {
                            key = heading_key(attributes.id.clone(), &mut plain);
                            self.heading(level, title, attributes, &key, location);
                        }
                        Err(bad) => {
                            self.leave(level);
                            let inside = Location { column: location.column + u32::from(level) + 1, ..location };
                            let before = text.get(..bad).unwrap_or_default().chars().count();
                            let column = inside.column + u32::try_from(before).unwrap_or(0);
                            bad_attributes(Location { column, ..inside }, self.report);
                        }
                    }
                }
                Piece::Prose { html, at } => {
                    let mut text = Text::default();
                    *text.exact_mut(self.main) = html;
                    self.translate_prose(&key, &mut text, at);
                    self.blocks.push(Block::Prose(text));
                }
                Piece::Block { info, toml, toml_at, at } => {
                    if let Some(id) = self.block(info, toml, toml_at, self.place(at)) {
                        key = id;
                    }
                }
            }
        }
    }

    fn finish(self) -> Vec<Block> {
        let Some(sibling) = self.sibling else { return self.blocks };
        let known: Vec<&str> = sibling.entries.iter().filter(|(_, e)| e.used).map(|(key, _)| key.as_str()).collect();
        for (key, entry) in &sibling.entries {
            if entry.used || (key.is_empty() && entry.prose.is_empty()) {
                continue;
            }
            let name = if key.starts_with('#') { "（无 id 的标题）" } else { key };
            self.report.say(
                Code::UnknownReference,
                entry.location.clone().unwrap_or_else(|| Location::start(Arc::clone(&sibling.file))),
                Text::new(format!("主语言文件里没有「{name}」"), format!("the main document has no `{key}`")),
                suggestion(
                    key,
                    known.iter().copied(),
                    Text::new("译文只能使用主文件已有的 id", "a translation only uses ids of the main document"),
                ),
            );
        }
        self.blocks
    }

    fn place(&self, at: usize) -> Location {
        self.source.place(at)
    }

    /// Title and note of an id in both languages; a missing translation is reported where the id is declared.
    fn translated(&mut self, key: &str, mut title: Text, mut note: Text, location: &Location) -> (Text, Text) {
        let Some(sibling) = &mut self.sibling else { return (title, note) };
        let lang = sibling.lang;
        let entry = sibling.entries.get_mut(key);
        if let Some(entry) = entry {
            entry.used = true;
            *title.exact_mut(lang) = entry.title.clone();
            *note.exact_mut(lang) = entry.note.clone();
        }
        let lacks = |text: &Text| text.exact(lang).is_empty() && !text.is_empty();
        if lacks(&title) || lacks(&note) {
            let (what_zh, what_en) = if lacks(&title) { ("标题", "title") } else { ("说明", "note") };
            let shown = if key.starts_with('#') { title.exact(self.main).to_owned() } else { key.to_owned() };
            self.report.say(
                Code::MissingTranslation,
                location.clone(),
                Text::new(
                    format!("「{shown}」的{what_zh}没有 {lang} 译文"),
                    format!("the {what_en} of `{shown}` has no {lang} translation"),
                ),
                Text::new(format!("请写入 {}", sibling.file), format!("write it into {}", sibling.file)),
            );
        }
        (title, note)
    }

    fn translate_prose(&mut self, key: &str, text: &mut Text, at: usize) {
        let location = self.place(at);
        let Some(sibling) = &mut self.sibling else { return };
        let prose = sibling.entries.get_mut(key).map(|entry| {
            entry.used = true;
            std::mem::take(&mut entry.prose)
        });
        match prose.filter(|prose| !prose.is_empty()) {
            Some(prose) => *text.exact_mut(sibling.lang) = prose,
            None => self.report.say(
                Code::MissingTranslation,
                location,
                Text::new(
                    format!("这段文字没有 {} 译文", sibling.lang),
                    format!("this prose has no {} translation", sibling.lang),
                ),
                Text::new(
                    format!("请写入 {}，放在相同 id 之后", sibling.file),
                    format!("write it into {}, after the same id", sibling.file),
                ),
            ),
        }
    }

    /// A heading ends whatever stands on its level or below, whether or not it can be understood itself.
    fn leave(&mut self, level: u8) {
        if self.measure.as_ref().is_some_and(|(at, _)| level <= *at) {
            self.measure = None;
        }
        if self.programme.as_ref().is_some_and(|(at, _)| level <= *at) {
            self.programme = None;
        }
    }

    fn heading(&mut self, level: u8, title: &str, attributes: Attributes, key: &str, location: Location) {
        self.leave(level);
        let mut text = Text::default();
        title.clone_into(text.exact_mut(self.main));
        let (title, _) = self.translated(key, text, Text::default(), &location);
        self.check_attributes(&attributes, &location);
        if let Some(id) = attributes.id.clone() {
            self.declare(level, id, title.clone(), &attributes, location);
        }
        self.blocks.push(Block::Heading { level, id: attributes.id, title });
    }

    fn check_attributes(&self, attributes: &Attributes, location: &Location) {
        for key in attributes.values.keys().filter(|key| !ATTRIBUTES.contains(&key.as_str())) {
            self.report.say(
                Code::UnknownField,
                location.clone(),
                Text::new(format!("标题没有「{key}」这一项"), format!("a heading has no attribute `{key}`")),
                suggestion(
                    key,
                    ATTRIBUTES,
                    Text::new(format!("可用：{}", ATTRIBUTES.join("、")), format!("one of {}", ATTRIBUTES.join(", "))),
                ),
            );
        }
        let class = attributes.class.as_deref();
        if let Some(class) = class.filter(|class| !CLASSES.contains(class)) {
            self.report.say(
                Code::BadValue,
                location.clone(),
                Text::new(format!("没有「.{class}」这一类标题"), format!("there is no heading class `.{class}`")),
                suggestion(
                    class,
                    CLASSES,
                    Text::new(format!("可用：{}", CLASSES.join("、")), format!("one of {}", CLASSES.join(", "))),
                ),
            );
        }
        if class.is_some_and(|class| class != "section") && attributes.id.is_none() {
            self.report.say(
                Code::MissingField,
                location.clone(),
                Text::new("这个标题没有 #id", "this heading has no #id"),
                Text::new("请在 { } 里写上 #id", "write #id inside the { }"),
            );
        }
    }

    fn declare(&mut self, level: u8, id: String, title: Text, attributes: &Attributes, location: Location) {
        let class = attributes.class.as_deref().unwrap_or(if self.programme.is_some() { "measure" } else { "section" });
        let (serves, via) = (attributes.list("serves"), attributes.list("via"));
        match class {
            "goal" => self.out.goals.push(Goal { id, title, location }),
            "transformation" => self.out.transformations.push(Transformation { id, title, location }),
            "programme" => {
                self.programme = Some((level, id.clone()));
                self.out.programmes.push(Programme { id, title, serves, via, location });
            }
            "measure" => {
                self.measure = Some((level, id.clone()));
                self.out.measures.push(Measure {
                    id,
                    title,
                    programme: self.programme.as_ref().map(|(_, id)| id.clone()),
                    owner: attributes.values.get("owner").cloned().filter(|owner| !owner.is_empty()),
                    serves,
                    via,
                    needs: attributes.list("needs"),
                    location,
                });
            }
            _ => {}
        }
    }

    fn block(&mut self, info: &str, toml: &str, toml_at: usize, location: Location) -> Option<String> {
        let source = TomlText { source: self.source, offset: toml_at, toml };
        let known = self.report.len();
        let table = source.parse(self.report);
        let fields = Fields::new(source, table.get_ref(), 0..0, self.report);
        let place = Place {
            measure: self.measure.as_ref().map(|(_, id)| id.clone()),
            programme: self.programme.as_ref().map(|(_, id)| id.clone()),
            location: location.clone(),
            lang: self.main,
        };
        let id;
        if info == "target" {
            let mut target = forms::target(fields, place, self.report)?;
            target.flaw = self.report.error_since(known);
            let note = std::mem::take(&mut target.note);
            (target.title, target.note) = self.translated(&target.id, target.title, note, &location);
            id = target.id.clone();
            self.blocks.push(Block::Target(id.clone()));
            self.out.targets.push(target);
        } else {
            let mut milestone = forms::milestone(fields, place)?;
            let note = std::mem::take(&mut milestone.note);
            (milestone.title, milestone.note) = self.translated(&milestone.id, milestone.title, note, &location);
            id = milestone.id.clone();
            self.blocks.push(Block::Milestone(id.clone()));
            self.out.milestones.push(milestone);
        }
        Some(id)
    }
}
