//! The city and the skeleton of its plan.

use lantu_blueprint::model::Source;
use lantu_blueprint::verdict::Verdict;
use lantu_blueprint::{Date, Lang, Severity};
use lantu_city::City;
use serde::Serialize;
use utoipa::ToSchema;

use super::TextItem;
use super::words::{LevelWord, LightWord, VerdictWord};

/// Id and title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitledItem {
    /// Id.
    pub id: String,
    /// Title.
    pub title: TextItem,
}

/// A programme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammeItem {
    /// Id.
    pub id: String,
    /// Title.
    pub title: TextItem,
    /// Goals.
    pub serves: Vec<String>,
    /// Transformations.
    pub via: Vec<String>,
}

/// A measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeasureItem {
    /// Id.
    pub id: String,
    /// Title.
    pub title: TextItem,
    /// Programme.
    #[schema(required = true)]
    pub programme: Option<String>,
    /// Owner.
    #[schema(required = true)]
    pub owner: Option<String>,
    /// Goals named by the measure itself.
    pub serves: Vec<String>,
    /// Transformations named by the measure itself.
    pub via: Vec<String>,
    /// Other measures.
    pub needs: Vec<String>,
}

/// An area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaItem {
    /// Id.
    pub id: String,
    /// Name.
    pub name: TextItem,
    /// `city`, `district`, `town`, `village`, `grid`.
    #[schema(value_type = LevelWord)]
    pub level: &'static str,
    /// Area above.
    #[schema(required = true)]
    pub parent: Option<String>,
}

/// A text that commitments come from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceItem {
    /// Id.
    pub id: String,
    /// Title.
    pub title: TextItem,
    /// Address.
    #[schema(required = true)]
    pub url: Option<String>,
    /// Day of the text.
    #[schema(required = true)]
    pub date: Option<String>,
    /// The plan itself.
    pub own: bool,
    /// Read only in a third party's words.
    pub secondary: bool,
}

impl From<&Source> for SourceItem {
    fn from(source: &Source) -> SourceItem {
        SourceItem {
            id: source.id.clone(),
            title: (&source.title).into(),
            url: source.url.clone(),
            date: source.date.map(|day| day.to_string()),
            own: source.own,
            secondary: source.secondary,
        }
    }
}

/// A kind of verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerdictItem {
    /// Code.
    #[schema(value_type = VerdictWord)]
    pub code: &'static str,
    /// Name.
    pub name: TextItem,
    /// Light.
    #[schema(value_type = LightWord)]
    pub light: &'static str,
}

/// The rule set that lights are read from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LightRuleItem {
    /// Id.
    pub id: String,
    /// Name.
    pub name: TextItem,
    /// Whose rule it is.
    pub jurisdiction: TextItem,
    /// Where it is published.
    pub source: String,
    /// Address.
    #[schema(required = true)]
    pub source_url: Option<String>,
    /// Remark.
    pub note: TextItem,
    /// Lag in percentage points from which a target is slipping.
    pub slipping_from_pp: f64,
    /// Lag in percentage points above which it is off track.
    pub off_track_above_pp: f64,
}

/// First and last period of the plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodSpan {
    /// First.
    #[schema(required = true)]
    pub from: Option<String>,
    /// Last.
    #[schema(required = true)]
    pub to: Option<String>,
}

/// The city.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CityPage {
    /// Folder name.
    pub id: String,
    /// Changes when any file changes.
    pub version: String,
    /// Name.
    pub name: TextItem,
    /// Title of the plan.
    pub title: TextItem,
    /// Remark that every page shows.
    pub notice: TextItem,
    /// Date that is assessed when none is asked for.
    pub today: String,
    /// Plan period.
    pub period: PeriodSpan,
    /// Languages, the main one first.
    pub languages: Vec<&'static str>,
    /// Default area.
    pub area: String,
    /// Goals.
    pub goals: Vec<TitledItem>,
    /// Transformations.
    pub transformations: Vec<TitledItem>,
    /// Programmes.
    pub programmes: Vec<ProgrammeItem>,
    /// Measures.
    pub measures: Vec<MeasureItem>,
    /// Areas.
    pub areas: Vec<AreaItem>,
    /// Texts that commitments come from.
    pub sources: Vec<SourceItem>,
    /// Kinds of verdict, in the order of legends.
    pub verdicts: Vec<VerdictItem>,
    /// Problems that leave something out.
    pub errors: usize,
    /// Light rule; `null` when the blueprint names none and the default holds.
    #[schema(required = true)]
    pub light_rule: Option<LightRuleItem>,
}

impl CityPage {
    /// The page of an open city.
    pub fn new(city: &City, version: &str, today: Date) -> CityPage {
        let plan = city.plan();
        let head = &plan.city;
        let titled = |id: &str, title| TitledItem { id: id.to_owned(), title };
        CityPage {
            id: head.id.clone(),
            version: version.to_owned(),
            name: (&head.name).into(),
            title: (&head.title).into(),
            notice: (&head.notice).into(),
            today: today.to_string(),
            period: PeriodSpan { from: head.from.map(|p| p.to_string()), to: head.to.map(|p| p.to_string()) },
            languages: head.languages.iter().copied().map(Lang::code).collect(),
            area: head.area.clone(),
            goals: plan.goals.iter().map(|x| titled(&x.id, (&x.title).into())).collect(),
            transformations: plan.transformations.iter().map(|x| titled(&x.id, (&x.title).into())).collect(),
            programmes: plan
                .programmes
                .iter()
                .map(|x| ProgrammeItem {
                    id: x.id.clone(),
                    title: (&x.title).into(),
                    serves: x.serves.clone(),
                    via: x.via.clone(),
                })
                .collect(),
            measures: plan
                .measures
                .iter()
                .map(|x| MeasureItem {
                    id: x.id.clone(),
                    title: (&x.title).into(),
                    programme: x.programme.clone(),
                    owner: x.owner.clone(),
                    serves: x.serves.clone(),
                    via: x.via.clone(),
                    needs: x.needs.clone(),
                })
                .collect(),
            areas: plan
                .areas
                .iter()
                .map(|x| AreaItem {
                    id: x.id.clone(),
                    name: (&x.name).into(),
                    level: x.level.word(),
                    parent: x.parent.clone(),
                })
                .collect(),
            sources: plan.sources.iter().map(SourceItem::from).collect(),
            verdicts: Verdict::ALL
                .iter()
                .map(|(verdict, code, ..)| VerdictItem {
                    code,
                    name: (&verdict.name()).into(),
                    light: verdict.light().code(),
                })
                .collect(),
            errors: city.diagnostics().iter().filter(|d| d.severity() == Severity::Error).count(),
            light_rule: city.light_rule_set().map(|set| LightRuleItem {
                id: set.id.clone(),
                name: (&set.name).into(),
                jurisdiction: (&set.jurisdiction).into(),
                source: set.source.clone(),
                source_url: set.source_url.clone(),
                note: (&set.note).into(),
                slipping_from_pp: set.lights.slipping_from_pp,
                off_track_above_pp: set.lights.off_track_above_pp,
            }),
        }
    }
}
