//! Areas: five levels, from the city down to the grid.

use crate::{Location, Text};

/// The five levels of government a plan is carried out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// 市
    City,
    /// 区（县、市）
    District,
    /// 乡镇（街道）
    Town,
    /// 村（社区）
    Village,
    /// 网格
    Grid,
}

impl AreaLevel {
    /// Every level, its word in files and its Chinese name, from the top down.
    pub const ALL: [(AreaLevel, &'static str, &'static str); 5] = [
        (AreaLevel::City, "city", "市"),
        (AreaLevel::District, "district", "区（县、市）"),
        (AreaLevel::Town, "town", "乡镇（街道）"),
        (AreaLevel::Village, "village", "村（社区）"),
        (AreaLevel::Grid, "grid", "网格"),
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        AreaLevel::ALL.iter().find(|(level, ..)| *level == self).map_or("city", |(_, word, _)| word)
    }

    /// The level of a word, if it is one.
    pub fn from_word(word: &str) -> Option<AreaLevel> {
        AreaLevel::ALL.iter().find(|(_, w, _)| *w == word).map(|(level, ..)| *level)
    }
}

/// A place that figures are published for.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Id used in tables.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Level.
    pub level: AreaLevel,
    /// Id of the area above; `None` for the city.
    pub parent: Option<String>,
    /// Official code of the place (区划代码), if one is known.
    pub code: Option<String>,
    /// Row of `areas.csv`.
    pub location: Location,
}
