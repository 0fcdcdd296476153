//! Types for the OpenAPI description only: closed lists of words, pairs, counts. A field holds the word itself; the type
//! named beside it tells clients which words there are, so that the pages' compiler knows them. Lists come from the
//! crate that owns them.

use std::borrow::Cow;

use lantu_blueprint::model::{AreaLevel, Form, Stage, Trust};
use lantu_blueprint::verdict::{GroupBy, Light, Verdict};
use lantu_blueprint::{Frequency, Severity};
use lantu_city::NodeKind;
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident = $list:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some($list));
                text.description(Some(concat!($($doc),+).trim())).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

words! {
    /// What follows for a target.
    VerdictWord = Verdict::ALL.map(|(_, code, ..)| code);
    /// A verdict seen as a light.
    LightWord = Light::ALL.map(Light::code);
    /// How final a figure is.
    StageWord = Stage::ALL.map(|(_, word)| word);
    /// Who says so.
    TrustWord = Trust::ALL.map(|(_, word)| word);
    /// Form of a target.
    FormWord = Form::WORDS;
    /// Reached then or before, or in that very period.
    DeadlineMode = ["by", "in"];
    /// 约束性 or 预期性.
    TargetKindWord = ["binding", "expected"];
    /// What a milestone can be: done in time, done late, not known.
    MilestoneWord = ["met", "missed", "unmeasured"];
    /// What a roll-up is by.
    GroupWord = GroupBy::ALL.map(GroupBy::word);
    /// Level of an area.
    LevelWord = AreaLevel::ALL.map(|(_, word, _)| word);
    /// Which way is better.
    DirectionWord = ["up", "down"];
    /// Kind of quantity.
    NatureWord = ["stock", "flow", "rate"];
    /// How often something is published.
    FrequencyWord = Frequency::ALL.map(|(_, word)| word);
    /// What a link of a chain of custody is.
    ChainWord = NodeKind::ALL.map(|kind| kind.word().0);
    /// What a heading declares.
    HeadingWord = ["goal", "transformation", "programme", "measure"];
    /// What a data file is read as.
    RoleWord = ["observations", "table", "outlines"];
    /// GeoJSON.
    CollectionWord = ["FeatureCollection"];
    /// GeoJSON.
    FeatureWord = ["Feature"];
    /// GeoJSON.
    GeometryWord = ["Polygon", "MultiPolygon"];
    /// How bad a problem is.
    SeverityWord = Severity::ALL.map(Severity::word);
}

/// Two numbers, low and high.
#[derive(Debug, Clone, Serialize)]
pub struct BoundsItem(pub f64, pub f64);

impl PartialSchema for BoundsItem {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(f64::schema()).min_items(Some(2)).max_items(Some(2)).into()
    }
}

impl ToSchema for BoundsItem {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("BoundsItem")
    }
}

/// Counts of targets by verdict; every verdict is there.
#[derive(Debug)]
pub enum SummaryItem {}

impl PartialSchema for SummaryItem {
    fn schema() -> RefOr<Schema> {
        let count = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        let words = Verdict::ALL.iter().map(|(_, code, ..)| *code);
        words.fold(ObjectBuilder::new(), |object, word| object.property(word, count()).required(word)).into()
    }
}

impl ToSchema for SummaryItem {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("SummaryItem")
    }
}
