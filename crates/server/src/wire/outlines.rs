//! Outlines of areas: a GeoJSON FeatureCollection that says where it comes from.

use lantu_blueprint::Text;
use lantu_blueprint::model::DataRole;
use lantu_city::City;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::TextItem;
use super::words::{CollectionWord, FeatureWord, GeometryWord};

/// All outlines.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlinesPage {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(value_type = CollectionWord)]
    pub kind: &'static str,
    /// One per area with an outline.
    pub features: Vec<OutlineItem>,
    /// Origin and licence, to be shown beside the map.
    pub attribution: TextItem,
}

/// The outline of one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlineItem {
    /// `Feature`.
    #[serde(rename = "type")]
    #[schema(value_type = FeatureWord)]
    pub kind: &'static str,
    /// Which area.
    pub properties: OutlineProperties,
    /// The outline.
    #[schema(value_type = OutlineGeometry)]
    pub geometry: Box<RawValue>,
}

/// Which area an outline belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlineProperties {
    /// Area id.
    pub area: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
}

/// A GeoJSON geometry, passed on as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlineGeometry {
    /// Its type.
    #[serde(rename = "type")]
    #[schema(value_type = GeometryWord)]
    pub kind: &'static str,
    /// Positions, longitude first.
    pub coordinates: Vec<serde_json::Value>,
}

impl OutlinesPage {
    /// The outlines of an open city.
    pub fn new(city: &City) -> OutlinesPage {
        let plan = city.plan();
        let feature = |outline: lantu_city::Outline| {
            let area = plan.areas.iter().find(|area| area.id == outline.area)?;
            let (area, name) = (area.id.clone(), &area.name);
            let properties = OutlineProperties { area, name_zh: name.zh.clone(), name_en: name.en.clone() };
            Some(OutlineItem { kind: "Feature", properties, geometry: RawValue::from_string(outline.geometry).ok()? })
        };
        let origins = plan.data.iter().filter(|file| file.role == DataRole::Outlines);
        let (zh, en): (Vec<String>, Vec<String>) = origins
            .map(|file| {
                let (source, licence) = (&file.source, &file.licence);
                // The manifest's own words for it.
                let licence_zh = if licence == "not stated" { "未注明" } else { licence };
                (
                    format!("{}：{source}（许可：{licence_zh}）", file.title.zh),
                    format!("{}: {source} (licence: {licence})", file.title.en),
                )
            })
            .unzip();
        OutlinesPage {
            kind: "FeatureCollection",
            features: city.outlines().features.into_iter().filter_map(feature).collect(),
            attribution: (&Text::new(zh.join("；"), en.join("; "))).into(),
        }
    }
}
