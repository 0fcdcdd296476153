//! The blocks of a `.osm.pbf` file, unpacked one at a time.
//!
//! The format is at <https://wiki.openstreetmap.org/wiki/PBF_Format>. A block may be 32 MiB unpacked; one that would be larger
//! is broken, so that no file uses up the memory.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::wire::{Fields, Value};

const MOST_HEAD: usize = 64 << 10;
const MOST_UNPACKED: usize = 32 << 20;
/// What a reader must know to read this file, and this one does.
const KNOWN: [&[u8]; 3] = [b"OsmSchema-V0.6", b"DenseNodes", b"HistoricalInformation"];

/// Why a file cannot be read, with the byte where the block begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) at: usize,
    pub(super) zh: String,
    pub(super) en: String,
}

/// Goes through the blocks of data. `with` is handed each of them unpacked.
pub(super) fn each_block(bytes: &[u8], mut with: impl FnMut(&[u8])) -> Result<(), Broken> {
    let mut at = 0;
    while at < bytes.len() {
        let broken = |zh: &str, en: &str| Broken { at, zh: zh.to_owned(), en: en.to_owned() };
        let cut = || broken("数据块不完整", "a block is not whole");
        let rest = bytes.get(at..).unwrap_or_default();
        let (length, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > MOST_HEAD {
            return Err(broken("这不是 .osm.pbf 文件，或已损坏", "this is no .osm.pbf file, or it is broken"));
        }
        let (head, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        let (mut kind, mut size) = (&[][..], None);
        for field in Fields(head) {
            match field {
                (1, Value::Bytes(found)) => kind = found,
                (3, Value::Number(found)) => size = usize::try_from(found).ok(),
                _ => {}
            }
        }
        let size = size.ok_or_else(cut)?;
        let (blob, _) = rest.split_at_checked(size).ok_or_else(cut)?;
        match kind {
            b"OSMHeader" => known(&unpacked(blob, broken)?, broken)?,
            b"OSMData" => with(&unpacked(blob, broken)?),
            _ => {}
        }
        at += 4 + length + size;
    }
    Ok(())
}

fn unpacked(blob: &[u8], broken: impl Fn(&str, &str) -> Broken) -> Result<Vec<u8>, Broken> {
    for field in Fields(blob) {
        match field {
            (1, Value::Bytes(raw)) if raw.len() <= MOST_UNPACKED => return Ok(raw.to_vec()),
            (3, Value::Bytes(packed)) => {
                return decompress_to_vec_zlib_with_limit(packed, MOST_UNPACKED).map_err(|_| {
                    broken("数据块解压不了，或大于 32 MiB", "a block cannot be unpacked, or is larger than 32 MiB")
                });
            }
            _ => {}
        }
    }
    Err(broken("数据块的压缩方式不是 zlib", "a block is packed in another way than zlib"))
}

fn known(header: &[u8], broken: impl Fn(&str, &str) -> Broken) -> Result<(), Broken> {
    for field in Fields(header) {
        if let (4, Value::Bytes(feature)) = field
            && !KNOWN.contains(&feature)
        {
            let feature = String::from_utf8_lossy(feature);
            return Err(broken(
                &format!("文件用到了「{feature}」，读不了"),
                &format!("the file needs `{feature}`, which is not read"),
            ));
        }
    }
    Ok(())
}
