//! `lantu new`

use std::fs;

use anyhow::Context;
use lantu_blueprint::Lang;
use rust_embed::RustEmbed;

use super::say;
use crate::Outcome;
use crate::arguments::New;
use crate::text::{print, style};

/// The template town, inside the binary.
#[derive(RustEmbed)]
#[folder = "../../cities/template"]
struct Template;

pub(crate) fn run(command: &New, lang: Lang) -> anyhow::Result<Outcome> {
    let folder = &command.folder;
    let taken = folder.exists() && fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some());
    if taken {
        anyhow::bail!("{}: 已经存在，不会覆盖 / exists already and is not overwritten", folder.display());
    }
    // The cache of whoever built this binary is not part of the template.
    for path in Template::iter().filter(|path| !path.starts_with(".lantu")) {
        let target = folder.join(path.as_ref());
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        if let Some(file) = Template::get(&path) {
            fs::write(&target, file.data).with_context(|| target.display().to_string())?;
        }
    }
    let shown = folder.display();
    let next = say(
        lang,
        "接下来：改 blueprint.toml、plan/ 和 data/，然后",
        "next: edit blueprint.toml, plan/ and data/, then",
    );
    print(&format!(
        "{} {shown}\n{next}\n  lantu check {shown}\n  lantu status {shown}\n  lantu serve {shown}\n",
        style::good(say(lang, "已新建（内容是虚构的样例镇）：", "made (its content is an invented town):")),
    ))?;
    Ok(Outcome::Fine)
}
