//! Public transport: against a search through every event of the timetable, against numbers worked out by hand, and with
//! input that is broken.

mod bad_input;
mod expanded;
mod known;
mod porto_alegre;
mod random;
mod streets;

use lantu_network::diagnostic::Diagnostic;
use lantu_network::transit::gtfs::{Feed, Texts, feed};

pub(crate) const WEEK: &str = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
    daily,1,1,1,1,1,1,1,20190101,20191231\n";

/// A feed with one service on all days of 2019.
pub(crate) fn daily(stops: &str, trips: &str, stop_times: &str) -> (Feed, Vec<Diagnostic>) {
    feed(&Texts {
        stops: Some(stops),
        trips: Some(trips),
        stop_times: Some(stop_times),
        calendar: Some(WEEK),
        ..Texts::default()
    })
}

/// Three stops on the equator, some 1,113 m from each other.
pub(crate) const THREE_STOPS: &str = "stop_id,stop_lon,stop_lat\na,0.00,0\nb,0.01,0\nc,0.02,0\n";
