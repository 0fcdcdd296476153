//! Routes on the template town: shapes, tags, refusals, live changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod conform;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::live::Live;
use crate::{router, watch};

fn local() -> SocketAddr {
    "127.0.0.1:8420".parse().unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == ".lantu" {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the template, served as of a fixed day.
async fn town() -> (TempDir, PathBuf, Live, Router) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("town");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities/template"), &root);
    let live = Live::open(root.clone(), Some("2026-06-30".parse().unwrap())).await.unwrap();
    let app = router::app(live.clone(), local());
    (folder, root, live, app)
}

async fn get(app: &Router, address: &str, headers: &[(header::HeaderName, &str)]) -> Response<Body> {
    let mut request = Request::get(address).header(header::HOST, "127.0.0.1:8420");
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn json(app: &Router, address: &str) -> (StatusCode, Value) {
    let response = get(app, address, &[]).await;
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_else(|_| panic!("{address}: {}", String::from_utf8_lossy(&body))))
}

#[tokio::test]
async fn every_page_has_its_answer() {
    let (_folder, _, _, app) = town().await;
    let (_, city) = json(&app, "/api/city").await;
    assert_eq!(city["today"], "2026-06-30");
    let (_, status) = json(&app, "/api/status").await;
    let targets = status["targets"].as_array().unwrap();
    assert!(!targets.is_empty());
    for target in targets {
        let id = target["id"].as_str().unwrap();
        let (code, page) = json(&app, &format!("/api/targets/{id}")).await;
        assert_eq!((code, page["status"]["verdict"].as_str()), (StatusCode::OK, target["verdict"].as_str()), "{id}");
    }
    let (_, indicators) = json(&app, "/api/indicators").await;
    for indicator in indicators.as_array().unwrap() {
        let id = indicator["id"].as_str().unwrap();
        assert_eq!(json(&app, &format!("/api/indicators/{id}")).await.0, StatusCode::OK, "{id}");
        assert_eq!(json(&app, &format!("/api/map?indicator={id}")).await.0, StatusCode::OK, "{id}");
    }
    let (_, tables) = json(&app, "/api/tables").await;
    for table in tables.as_array().unwrap() {
        let (name, path) = (table["table"].as_str().unwrap(), table["path"].as_str().unwrap());
        let (code, page) = json(&app, &format!("/api/tables/{name}?limit=3")).await;
        assert_eq!(code, StatusCode::OK, "{name}: {page}");
        assert_eq!(page["rows"].as_array().unwrap().len(), page["row_numbers"].as_array().unwrap().len(), "{name}");
        assert_eq!(get(&app, &format!("/api/files/{path}"), &[]).await.status(), StatusCode::OK, "{path}");
    }
    for address in ["/api/plan", "/api/problems", "/api/outlines", "/api/openapi.json", "/api/changes?since=2025-01-01"]
    {
        assert_eq!(json(&app, address).await.0, StatusCode::OK, "{address}");
    }
    assert_eq!(json(&app, "/api/source?file=blueprint.toml").await.0, StatusCode::OK);
}

/// The pages are compiled against the description, so it has to be true of every answer.
#[tokio::test]
async fn answers_are_what_the_description_says() {
    let (_folder, _, _, app) = town().await;
    let api: Value = serde_json::from_str(&router::openapi()).unwrap();
    let mut asked = vec![
        ("/api/changes", "/api/changes?since=2024-01-01".to_owned()),
        ("/api/source", "/api/source?file=blueprint.toml".to_owned()),
    ];
    for route in ["city", "plan", "status", "indicators", "outlines", "tables", "problems"] {
        let route = format!("/api/{route}");
        let (key, _) = api["paths"].as_object().unwrap().get_key_value(&route).unwrap();
        asked.push((key, route));
    }
    let of = |answer: &Value, key: &str| -> Vec<String> {
        answer.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
    };
    for id in of(&json(&app, "/api/status").await.1["targets"], "id") {
        asked.push(("/api/targets/{id}", format!("/api/targets/{id}")));
    }
    for id in of(&json(&app, "/api/indicators").await.1, "id") {
        asked.push(("/api/indicators/{id}", format!("/api/indicators/{id}")));
        asked.push(("/api/map", format!("/api/map?indicator={id}")));
    }
    for table in of(&json(&app, "/api/tables").await.1, "table") {
        asked.push(("/api/tables/{table}", format!("/api/tables/{table}")));
    }
    for (route, address) in &asked {
        let (_, answer) = json(&app, address).await;
        assert_eq!(conform::differences(&api, route, &answer), [] as [&str; 0], "{address}");
    }
    let (_, mut city) = json(&app, "/api/city").await;
    city["today"] = Value::from(3);
    assert_eq!(conform::differences(&api, "/api/city", &city).len(), 1, "a wrong answer is noticed");
    let described = api["paths"].as_object().unwrap().keys();
    let untested: Vec<&String> = described.filter(|path| !asked.iter().any(|(route, _)| route == path)).collect();
    assert_eq!(untested, ["/api/events", "/api/files/{path}"], "a stream and a download");
}

#[tokio::test]
async fn counts_add_up() {
    let (_folder, _, _, app) = town().await;
    let (_, status) = json(&app, "/api/status").await;
    let sum: u64 = status["summary"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(sum, status["targets"].as_array().unwrap().len() as u64);
    let programme = status["targets"][0]["programme"].as_str().unwrap();
    let (_, part) = json(&app, &format!("/api/status?programme={programme}")).await;
    assert!(part["targets"].as_array().unwrap().iter().all(|t| t["programme"] == programme));
}

#[tokio::test]
async fn the_same_answer_is_not_sent_twice() {
    let (_folder, _, _, app) = town().await;
    let first = get(&app, "/api/status", &[]).await;
    let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
    let again = get(&app, "/api/status", &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let small = get(&app, "/api/status", &[(header::ACCEPT_ENCODING, "br")]).await;
    assert_eq!(small.headers()[header::CONTENT_ENCODING], "br");
    let small = get(&app, "/api/status", &[(header::ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!(small.headers()[header::CONTENT_ENCODING], "gzip");
}

#[tokio::test]
async fn wrong_questions_get_problem_documents() {
    let (_folder, _, _, app) = town().await;
    let cases = [
        ("/api/status?as_of=yesterday", StatusCode::BAD_REQUEST),
        ("/api/changes?since=2025-02-31", StatusCode::BAD_REQUEST),
        ("/api/targets/nothing", StatusCode::NOT_FOUND),
        ("/api/indicators/nothing", StatusCode::NOT_FOUND),
        ("/api/tables/nothing", StatusCode::NOT_FOUND),
        ("/api/nothing", StatusCode::NOT_FOUND),
        ("/api/source?file=../../../etc/passwd", StatusCode::NOT_FOUND),
        ("/api/source?file=/etc/passwd", StatusCode::NOT_FOUND),
        ("/api/files/../blueprint.toml", StatusCode::NOT_FOUND),
        ("/api/files/..%2F..%2Fetc%2Fpasswd", StatusCode::NOT_FOUND),
        ("/api/files/blueprint.toml", StatusCode::NOT_FOUND),
    ];
    for (address, wanted) in cases {
        let response = get(&app, address, &[]).await;
        assert_eq!(response.status(), wanted, "{address}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{address}");
    }
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let (_folder, _, _, app) = town().await;
    for (host, wanted) in
        [("localhost:1", 200), ("[::1]:8420", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421)]
    {
        let request = Request::get("/api/city").header(header::HOST, host).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), wanted, "{host}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'self'"));
    }
}

#[tokio::test]
async fn an_edit_is_followed() {
    let (_folder, root, live, app) = town().await;
    let _watcher = watch::start(live.clone()).expect("the system can watch");
    let mut news = live.subscribe();
    let (_, before) = json(&app, "/api/city").await;
    let file = root.join("blueprint.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("grace_months = ", "grace_months = 1", 1)).unwrap();
    let version = tokio::time::timeout(Duration::from_secs(20), news.recv()).await.expect("news").unwrap();
    let (_, after) = json(&app, "/api/city").await;
    assert_eq!(after["version"], version.as_str());
    assert_ne!(after["version"], before["version"]);
}

/// `LANTU_BLESS=1 cargo test -p lantu-server` writes the file anew.
#[test]
fn the_description_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let now = format!("{}\n", router::openapi());
    if std::env::var_os("LANTU_BLESS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "openapi.json is not current: make bless");
}
