//! Handlers, one file per page of the cockpit. The list of routes is in `router.rs`.

pub(crate) mod city;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod indicators;
pub(crate) mod map;
pub(crate) mod plan;
pub(crate) mod problems;
pub(crate) mod status;
pub(crate) mod tables;
pub(crate) mod targets;

use lantu_blueprint::Date;

use crate::live::Live;
use crate::problem::Problem;

/// The date asked for, or the server's.
fn as_of(live: &Live, written: Option<&str>) -> Result<Date, Problem> {
    match written.filter(|text| !text.is_empty()) {
        None => Ok(live.today()),
        Some(text) => text.parse().map_err(|_| {
            Problem::bad_request(format!(
                "「{text}」不是日期，应如 2026-11-23 / `{text}` is not a day such as 2026-11-23"
            ))
        }),
    }
}

/// Runs work that takes more than a moment off the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

/// Query of routes that only take a date.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOf {
    /// Date to assess on; today when absent.
    as_of: Option<String>,
}
