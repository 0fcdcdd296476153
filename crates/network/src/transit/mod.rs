//! Public transport: from timetables and streets to how long it takes from everywhere to everywhere.
//!
//! | term | 中文 | meaning |
//! |---|---|---|
//! | feed | 时刻表 | the files of one operator in the General Transit Feed Specification (GTFS) |
//! | service | 运营日历 | the days on which some trips run |
//! | trip | 班次 | one run of a vehicle |
//! | call | 停靠 | a trip at a stop, with the times it arrives and departs |
//! | pattern | 线路走向 | trips with the same stops that do not overtake each other |
//! | place | 地点 | where travel begins or ends, or a stop |
//! | ride | 乘车 | from boarding a trip to leaving it; a change makes one ride more |

mod changes;
pub mod gtfs;
pub mod matrix;
mod near;
pub mod osm;
pub mod points;
mod raptor;
pub mod streets;
pub mod timetable;
pub mod walks;

/// Metres between two places along the surface of a sphere, by the haversine formula; degrees.
#[must_use]
pub fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6_371_008.8;
    let (from, to) = (a.1.to_radians(), b.1.to_radians());
    let half = |difference: f64| libm::sin(0.5 * difference);
    let (north, east) = (half(to - from), half((b.0 - a.0).to_radians()));
    let chord = north * north + libm::cos(from) * libm::cos(to) * east * east;
    2.0 * RADIUS * libm::asin(libm::sqrt(chord.min(1.0)))
}
