//! An error in the words of the user; the system's own are English.

use std::io;

use lantu_blueprint::Lang;

/// All that led to it, as one line.
pub(crate) fn said(error: &anyhow::Error, lang: Lang) -> String {
    let one = |cause: &(dyn std::error::Error + 'static)| {
        let system = cause.downcast_ref::<io::Error>().filter(|_| lang == Lang::Zh).and_then(|error| zh(error.kind()));
        system.map_or_else(|| cause.to_string(), str::to_owned)
    };
    error.chain().map(one).collect::<Vec<_>>().join(": ")
}

/// What people meet often.
fn zh(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::NotFound => "没有这个文件或文件夹",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::IsADirectory => "这是文件夹，不是文件",
        io::ErrorKind::NotADirectory => "路径里有一段不是文件夹",
        io::ErrorKind::AlreadyExists => "已经存在",
        io::ErrorKind::StorageFull => "磁盘满了",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘只能读",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use anyhow::Context;
    use lantu_blueprint::Lang;

    use super::said;

    #[test]
    fn the_system_speaks_the_language_of_the_user() {
        let error = std::fs::read("no such file").context("firms.csv").unwrap_err();
        assert_eq!(said(&error, Lang::Zh), "firms.csv: 没有这个文件或文件夹");
        assert_eq!(said(&error, Lang::En), format!("{error:#}"));
    }
}
