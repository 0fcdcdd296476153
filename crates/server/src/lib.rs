//! `server`: the HTTP door. Read-only, on the loopback by default; JSON shapes live in [`wire`] and nowhere else.

mod answer;
mod asked;
mod assets;
mod cache;
mod guard;
mod live;
mod problem;
mod router;
mod routes;
#[cfg(test)]
mod tests;
mod watch;
pub mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;

use lantu_blueprint::Date;

pub use assets::bundle_is_embedded;
pub use router::openapi;

/// What to serve.
#[derive(Debug, Clone)]
pub struct Config {
    /// The blueprint folder.
    pub root: PathBuf,
    /// Address to listen on.
    pub address: SocketAddr,
    /// Date that pages assess on unless they ask for another; `None` is the day of the request.
    pub as_of: Option<Date>,
}

/// The server cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The blueprint cannot be opened.
    #[error(transparent)]
    Open(#[from] lantu_city::OpenError),
    /// The address is taken or not allowed.
    #[error("{0}: 无法监听 / cannot listen: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The network failed.
    #[error("服务中断 / the server stopped: {0}")]
    Network(#[from] std::io::Error),
}

/// Serves until Ctrl-C. `ready` is called once with the address in use, before the first request.
pub async fn serve(config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let address = config.address;
    let live = live::Live::open(config.root, config.as_of).await?;
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| ServeError::Listen(address, error))?;
    let local = listener.local_addr()?;
    // The watcher stops when it is dropped, so it lives as long as the server.
    let _watcher = watch::start(live.clone());
    ready(local);
    let app = router::app(live, local);
    axum::serve(listener, app).with_graceful_shutdown(stop()).await?;
    Ok(())
}

/// Ctrl-C. Open event streams would keep a graceful shutdown waiting for ever, so the process ends a moment later.
async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        // No signal can be received here: run until killed.
        std::future::pending::<()>().await;
    }
    tokio::spawn(async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        std::process::exit(0);
    });
}
