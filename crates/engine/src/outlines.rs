//! Outlines of areas from GeoJSON files, each matched with its area.

use std::sync::Arc;

use datafusion::arrow::array::Array;
use lantu_blueprint::diagnostic::suggestion;
use lantu_blueprint::model::{DataFile, DataRole, Plan};
use lantu_blueprint::{Code, Diagnostic, Text};
use serde_json::Value;

use crate::problems::Problems;
use crate::readers;
use crate::tables::Tables;

/// The shape of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Area id.
    pub area: String,
    /// GeoJSON geometry, as JSON text.
    pub geometry: String,
    /// Path of the file inside the blueprint.
    pub file: Arc<str>,
    /// Number of the feature in its file, from 1.
    pub feature: u32,
}

/// Every outline of a blueprint.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlines {
    /// In the order of the manifest and the files.
    pub features: Vec<Outline>,
    /// Problems met.
    pub diagnostics: Vec<Diagnostic>,
}

pub(crate) fn read(tables: &Tables) -> Outlines {
    let mut problems = Problems::default();
    let mut features = Vec::new();
    for data in tables.plan.data.iter().filter(|data| data.role == DataRole::Outlines) {
        read_file(tables, data, &mut features, &mut problems);
    }
    Outlines { features, diagnostics: problems.finish() }
}

/// Reads one file of outlines.
pub(crate) fn read_file(tables: &Tables, data: &DataFile, features: &mut Vec<Outline>, problems: &mut Problems) {
    if !tables.facts.contains_key(&data.path) {
        return;
    }
    let Some(raw) = readers::raw(tables.root(), data, problems) else { return };
    let Some(property) = data.area_property.as_deref() else {
        problems.say("area-property", &raw.file, || {
            Diagnostic::new(
                Code::MissingField,
                data.location.clone(),
                Text::new(
                    "没有写 area_property，不知道哪个属性是区域",
                    "area_property is not given: which property is the area?",
                ),
            )
            .hint(Text::new("写上存放区域 id 或代码的属性名", "name the property that holds the area id or code"))
        });
        return;
    };
    let (Some(area), Some(geometry)) =
        (raw.names.iter().position(|n| n == property), raw.names.iter().position(|n| n == "geometry"))
    else {
        problems.say("area-property", &raw.file, || {
            let names = raw.names.iter().map(String::as_str).filter(|name| *name != "geometry");
            let otherwise = Text::new("请核对 area_property", "check area_property");
            Diagnostic::new(
                Code::UnknownReference,
                data.location.clone(),
                Text::new(format!("要素没有属性「{property}」"), format!("the features have no property `{property}`")),
            )
            .hint(suggestion(property, names, otherwise))
        });
        return;
    };
    for record in 0..raw.rows.len() {
        let found = raw.cell(record, area).unwrap_or_default();
        let Some(id) = area_of(&tables.plan, found) else {
            problems.say("unknown-area", &raw.file, || {
                Diagnostic::new(
                    Code::UnknownReference,
                    raw.place(record, area),
                    Text::new(
                        format!("没有 id 或代码为「{found}」的区域，这个轮廓不用"),
                        format!("no area has the id or code `{found}`; this outline is not used"),
                    ),
                )
                .hint(Text::new("请在 areas.csv 写上它的代码", "put its code into areas.csv"))
            });
            continue;
        };
        let shape = raw.columns.get(geometry).filter(|column| column.is_valid(record));
        let Some(shape) = shape.map(|column| column.value(record)) else { continue };
        if !is_area(shape) {
            problems.say("shape", &raw.file, || {
                Diagnostic::new(
                    Code::BadValue,
                    raw.place(record, geometry),
                    Text::new(
                        format!("区域「{id}」的轮廓不是经纬度多边形，不用"),
                        format!("the outline of area `{id}` is not a polygon of degrees; it is not used"),
                    ),
                )
                .hint(Text::new(
                    "geometry 应为 Polygon 或 MultiPolygon，坐标写成 [经度, 纬度]",
                    "give a Polygon or MultiPolygon of [longitude, latitude]",
                ))
            });
            continue;
        }
        features.push(Outline {
            area: id.to_owned(),
            geometry: shape.to_owned(),
            file: Arc::clone(&raw.file),
            feature: raw.rows.get(record).copied().unwrap_or(1),
        });
    }
}

fn area_of<'a>(plan: &'a Plan, found: &str) -> Option<&'a str> {
    let is = |area: &&lantu_blueprint::model::Area| area.id == found || area.code.as_deref() == Some(found);
    plan.areas.iter().find(is).map(|area| area.id.as_str())
}

/// True for polygons whose positions are degrees: anything else would be drawn far away, or break who draws it.
fn is_area(geometry: &str) -> bool {
    let Ok(geometry) = serde_json::from_str::<Value>(geometry) else { return false };
    let part = |name: &str| geometry.get(name).unwrap_or(&Value::Null);
    let polygons = match (part("type").as_str(), part("coordinates")) {
        (Some("Polygon"), rings) => vec![rings],
        (Some("MultiPolygon"), Value::Array(polygons)) => polygons.iter().collect(),
        _ => return false,
    };
    let position = |position: &Value| {
        let within = |at: usize, limit: f64| {
            position.get(at).and_then(Value::as_f64).is_some_and(|degrees| degrees.abs() <= limit)
        };
        within(0, 180.0) && within(1, 90.0)
    };
    let ring = |ring: &Value| ring.as_array().is_some_and(|all| all.len() >= 4 && all.iter().all(position));
    let polygon = |rings: &&Value| rings.as_array().is_some_and(|rings| !rings.is_empty() && rings.iter().all(ring));
    !polygons.is_empty() && polygons.iter().all(polygon)
}
