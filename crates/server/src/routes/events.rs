//! `GET /api/events`

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use tokio_stream::wrappers::BroadcastStream;

use crate::live::Live;

/// Server-sent events: `assessment` with the new version whenever the blueprint changed and is open again.
#[utoipa::path(get, path = "/api/events", tag = "plan",
    responses((status = 200, description = "event `assessment`, data {\"version\": …}", content_type = "text/event-stream")))]
pub(crate) async fn events(State(live): State<Live>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let event = |version: String| {
        Event::default().event("assessment").data(serde_json::json!({ "version": version }).to_string())
    };
    // The current version first: a page that was away during a change learns of it when it comes back.
    let first = futures::stream::iter([event(live.now().version.clone())]);
    let news = BroadcastStream::new(live.subscribe());
    // A slow reader that missed editions only needs the newest, which comes next.
    let news = news.filter_map(|version| std::future::ready(version.ok()));
    let stream = first.chain(news.map(event)).map(Ok);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
