//! Shapes on the wire. Inner types are never serialised themselves, so they may change without breaking a client.

mod chain;
mod city;
mod indicator;
mod outlines;
mod plan;
mod problems;
mod status;
mod tables;
mod values;
pub mod words;

pub use chain::ChainLink;
pub use city::{
    AreaItem, CityPage, LightRuleItem, MeasureItem, PeriodSpan, ProgrammeItem, SourceItem, TitledItem, VerdictItem,
};
pub use indicator::{
    CaseItem, IndicatorItem, IndicatorPage, LineageInput, LineageItem, MapPage, MapValue, PathValue, PlaceItem, Series,
    TargetPage,
};
pub use outlines::{OutlineGeometry, OutlineItem, OutlineProperties, OutlinesPage};
pub(crate) use plan::documents;
pub use plan::{BlockItem, DocumentItem};
pub use problems::{ProblemItem, SourceText};
pub use status::{
    ChangeItem, Changes, Coverage, Freshness, MilestoneItem, Observed, PathItem, RollupItem, Status, StatusFilter,
    TargetItem, Threshold,
};
pub use tables::{CellValue, ColumnItem, TableItem, TableRows, cell};
pub use values::{IntervalItem, ObservationItem, RowItem, TextItem, finite};
