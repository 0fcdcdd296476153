//! `lantu serve`

use std::net::SocketAddr;

use anyhow::Context;
use lantu_blueprint::Lang;
use lantu_server::{Config, bundle_is_embedded, serve};

use super::say;
use crate::Outcome;
use crate::arguments::Serve;
use crate::text::style;

pub(crate) fn run(command: &Serve, lang: Lang) -> anyhow::Result<Outcome> {
    let config = Config {
        root: command.at.city.clone(),
        address: SocketAddr::new(command.host, command.port),
        as_of: command.at.as_of_asked(),
    };
    if !command.host.is_loopback() {
        let warning = say(
            lang,
            "注意：网络上的其他人也能看到这份蓝图；这里没有登录",
            "note: others on the network can read this blueprint; there is no login",
        );
        anstream::eprintln!("{}", style::bad(warning));
    }
    if !bundle_is_embedded() {
        anstream::eprintln!(
            "{}",
            say(lang, "这个程序没有带网页；请运行 make build", "this binary holds no pages; run make build")
        );
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("tokio")?;
    runtime.block_on(serve(config, |address| {
        anstream::println!(
            "{} http://{address}/  {}",
            style::good(say(lang, "驾驶舱已打开：", "the cockpit is open:")),
            style::dim("Ctrl-C")
        );
    }))?;
    Ok(Outcome::Fine)
}
