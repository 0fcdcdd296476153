//! A small town as a blueprint: files are added one by one, then it is opened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use lantu_blueprint::model::{Observation, Plan};
use lantu_blueprint::{DataFact, Diagnostic, Sources, file};
use lantu_engine::{Computed, Engine};
use tempfile::TempDir;

const AREAS: &str = "\
id,name_zh,name_en,level,parent,code
town,镇,Town,city,,100
east,东,East,district,town,101
west,西,West,district,town,102
";

const CATALOGUE: &str = "\
id,name_zh,name_en,unit,direction,nature,frequency,lag_months,definition_zh,definition_en
people,人口,People,persons,up,stock,year,,,
homes,户,Homes,count,up,stock,year,,,
";

/// Figures used by most tests: two districts and the town, three years.
pub(super) const FIGURES: &str = "\
indicator,area,period,value,qualifier,stage,trust,breaks,published,source
people,town,2020,300,,,,,,yearbook
people,town,2021,330,,,,,2022-03-01,yearbook
people,town,2022,363,,forecast,,,,bureau
people,east,2020,100,,,,,,yearbook
people,west,2020,200,,,secondary,,,newspaper
people,east,2021,110,,,,,,yearbook
people,west,2021,220,,,,true,,yearbook
homes,town,2020,100,,,,,,yearbook
homes,town,2021,150,,,,,,yearbook
homes,east,2020,50,,,,,,yearbook
";

/// A town under construction.
pub(super) struct Town {
    folder: TempDir,
    manifest: String,
    pub(super) texts: BTreeMap<String, Vec<u8>>,
    pub(super) data: BTreeMap<String, DataFact>,
}

impl Town {
    /// Areas and a catalogue; no figures.
    pub(super) fn empty() -> Town {
        let mut town = Town {
            folder: tempfile::tempdir().unwrap(),
            manifest: String::new(),
            texts: BTreeMap::new(),
            data: BTreeMap::new(),
        };
        town.text("blueprint.toml", "format = 1\nname = { zh = \"镇\", en = \"Town\" }\ntitle = { zh = \"划\", en = \"Plan\" }\nperiod = { from = 2020, to = 2026 }\nlanguages = [\"zh\", \"en\"]\narea = \"town\"\n");
        town.text("areas.csv", AREAS);
        town.text("indicators/indicators.csv", CATALOGUE);
        town
    }

    /// The same with [`FIGURES`].
    pub(super) fn new() -> Town {
        let mut town = Town::empty();
        town.figures(FIGURES.as_bytes());
        town
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn text(&mut self, path: &str, content: &str) {
        self.texts.insert(path.to_owned(), content.as_bytes().to_vec());
    }

    /// The observation table `data/figures.csv`.
    pub(super) fn figures(&mut self, content: &[u8]) {
        self.data("figures.csv", "role = \"observations\"", content);
    }

    /// A data file and its entry in the manifest. Written again under the same name, it keeps its entry.
    pub(super) fn data(&mut self, name: &str, keys: &str, content: &[u8]) {
        let path = format!("data/{name}");
        let full = self.root().join(&path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, content).unwrap();
        let sum = content.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        let fact = DataFact { sha256: format!("{sum:x}"), size: content.len() as u64 };
        if self.data.insert(path, fact).is_none() {
            self.manifest +=
                &format!("[[file]]\npath = \"{name}\"\n{keys}\nsource = \"-\"\nlicence = \"-\"\nsha256 = \"0\"\n\n");
        }
    }

    /// A computed indicator.
    pub(super) fn formula(&mut self, id: &str, sql: &str) {
        let head = format!("/*---\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nunit = \"%\"\n---*/\n");
        self.text(&format!("indicators/{id}.sql"), &(head + sql));
    }

    /// Reads the blueprint and opens the engine.
    pub(super) fn open(&self) -> (Engine, Vec<Diagnostic>) {
        let mut texts = self.texts.clone();
        texts.insert("data/MANIFEST.toml".to_owned(), self.manifest.clone().into_bytes());
        let sources = Sources { name: "town".to_owned(), texts, data: self.data.clone(), problems: Vec::new() };
        let (plan, problems): (Plan, _) = file::parse(&sources);
        assert_eq!(problems, [], "the blueprint itself is fine");
        Engine::open(self.root(), Arc::new(plan), &self.data)
    }

    /// Everything computed, and what was wrong with the definitions.
    pub(super) fn computed_with_problems(&self) -> (Computed, Vec<Diagnostic>) {
        let mut texts = self.texts.clone();
        texts.insert("data/MANIFEST.toml".to_owned(), self.manifest.clone().into_bytes());
        let sources = Sources { name: "town".to_owned(), texts, data: self.data.clone(), problems: Vec::new() };
        let (plan, problems) = file::parse(&sources);
        (Engine::open(self.root(), Arc::new(plan), &self.data).0.observations(), problems)
    }

    /// Everything computed.
    pub(super) fn computed(&self) -> Computed {
        self.open().0.observations()
    }
}

/// The observations of one indicator.
pub(super) fn of(computed: &Computed, id: &str) -> Vec<Arc<Observation>> {
    computed.observations.iter().filter(|o| *o.indicator == *id).cloned().collect()
}

/// `area period value` of each.
pub(super) fn brief(series: &[Arc<Observation>]) -> Vec<String> {
    series.iter().map(|o| format!("{} {} {}", o.area, o.period, o.value)).collect()
}

/// `file:row` of the sources of one.
pub(super) fn rows(observation: &Observation) -> Vec<String> {
    observation.rows.iter().map(|row| format!("{}:{}", row.file, row.row)).collect()
}

/// `code file:line:column` of each.
pub(super) fn places(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|d| format!("{} {}", d.code, d.location)).collect()
}

/// Every diagnostic speaks both languages and says what to do.
pub(super) fn assert_complete(diagnostics: &[Diagnostic]) {
    for d in diagnostics {
        assert!(!d.message.zh.is_empty() && !d.message.en.is_empty(), "{d:?}");
        let is_more = d.message.en.contains("more problems of the same kind");
        assert!(is_more || (!d.hint.zh.is_empty() && !d.hint.en.is_empty()), "{d:?}");
    }
}
