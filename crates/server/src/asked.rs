//! What a request asks for. A question that cannot be understood gets a problem document, like every other error.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The query of an address.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        let Query(query) = read.map_err(|error| {
            let words = error.body_text();
            Problem::bad_request(format!("查询参数读不出来：{words} / the query cannot be understood: {words}"))
        })?;
        Ok(Asked(query))
    }
}

/// The name at the end of a path.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::<String>::from_request_parts(parts, state).await;
        let Path(name) = read.map_err(|error| {
            let words = error.body_text();
            Problem::bad_request(format!("地址读不出来：{words} / the address cannot be understood: {words}"))
        })?;
        Ok(Named(name))
    }
}
