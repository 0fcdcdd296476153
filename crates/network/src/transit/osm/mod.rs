//! Streets for walking from an OpenStreetMap extract, a `.osm.pbf`.
//!
//! The file is gone through twice, for ways and then for the nodes they use, so that nodes nobody walks to take no memory.

mod blobs;
mod walkable;
mod wire;

use self::blobs::{Broken, each_block};
use self::walkable::{KEYS, walkable};
use self::wire::{Fields, Packed, Value, signed, sums};
use super::streets::Streets;
use crate::diagnostic::{Code, Diagnostic};

/// Nodes of all ways for walking together: what a large country has. More would be a file made to use up the memory.
const MOST_NODES: usize = 50_000_000;

/// Reads the ways on which one may walk. None, and why, where the file cannot be read or has none.
#[must_use]
pub fn streets(bytes: &[u8]) -> (Option<Streets>, Vec<Diagnostic>) {
    match read(bytes) {
        Ok(streets) if streets.segments() > 0 => (Some(streets), Vec::new()),
        Ok(_) => {
            let (zh, en) = ("文件里没有可以步行的路", "there is no way in the file on which one may walk");
            (None, vec![Diagnostic::error(Code::NotStreets, 0, zh, en)])
        }
        Err(Broken { at, zh, en }) => {
            let (zh, en) = (format!("第 {at} 字节起：{zh}"), format!("from byte {at}: {en}"));
            (None, vec![Diagnostic::error(Code::NotStreets, 0, zh, en)])
        }
    }
}

fn read(bytes: &[u8]) -> Result<Streets, Broken> {
    // Nodes of one way after the other; the end of each.
    let (mut along, mut ends) = (Vec::new(), Vec::new());
    let mut full = false;
    each_block(bytes, |block| full = full || !ways(block, &mut along, &mut ends))?;
    if full {
        let (zh, en) = ("路太多了，请截取要算的地区", "too many ways; cut out the area that is needed");
        return Err(Broken { at: 0, zh: zh.to_owned(), en: en.to_owned() });
    }
    // Numbers of nodes are far apart; in order, a node's place among them is its number here, the same for every reading.
    let mut used = along.clone();
    used.sort_unstable();
    used.dedup();
    let mut places: Vec<Option<(f64, f64)>> = vec![None; used.len()];
    each_block(bytes, |block| {
        each_node(block, |id, place| {
            if let Ok(at) = used.binary_search(&id)
                && let Some(slot) = places.get_mut(at)
            {
                *slot = Some(place);
            }
        });
    })?;
    let mut segments = Vec::new();
    let mut begin = 0;
    for end in ends {
        let way = along.get(begin..end).unwrap_or_default();
        begin = end;
        let number = |id| used.binary_search(id).ok().map(|at| at as u32);
        segments.extend(way.iter().zip(way.iter().skip(1)).filter_map(|(a, b)| Some((number(a)?, number(b)?))));
    }
    Ok(Streets::new(&places, &segments))
}

/// Values of tags that are looked at, from the numbers of their texts in the table of the block.
fn tags<'a>(texts: &[&'a [u8]], keys: &[u8], values: &[u8]) -> [Option<&'a str>; KEYS.len()] {
    let text = |number: u64| {
        let bytes = texts.get(usize::try_from(number).ok()?)?;
        std::str::from_utf8(bytes).ok()
    };
    let mut found = [None; KEYS.len()];
    for (key, value) in Packed(keys).zip(Packed(values)) {
        let place = text(key).and_then(|key| KEYS.iter().position(|known| *known == key));
        if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
            *slot = text(value);
        }
    }
    found
}

/// Adds the nodes of the ways of a block; whether there was room.
fn ways(block: &[u8], along: &mut Vec<i64>, ends: &mut Vec<usize>) -> bool {
    let mut texts: Vec<&[u8]> = Vec::new();
    for field in Fields(block) {
        if let (1, Value::Bytes(table)) = field {
            texts.extend(Fields(table).filter_map(|field| match field {
                (1, Value::Bytes(text)) => Some(text),
                _ => None,
            }));
        }
    }
    for way in groups(block).flat_map(Fields).filter_map(|field| message(field, 3)) {
        let (mut keys, mut values, mut nodes) = (&[][..], &[][..], &[][..]);
        for field in Fields(way) {
            match field {
                (2, Value::Bytes(found)) => keys = found,
                (3, Value::Bytes(found)) => values = found,
                (8, Value::Bytes(found)) => nodes = found,
                _ => {}
            }
        }
        if !walkable(tags(&texts, keys, values)) {
            continue;
        }
        // Each number takes at least a byte.
        if along.len() + nodes.len() > MOST_NODES {
            return false;
        }
        along.extend(sums(nodes));
        ends.push(along.len());
    }
    true
}

fn message<'a>(field: (u64, Value<'a>), wanted: u64) -> Option<&'a [u8]> {
    match field {
        (number, Value::Bytes(bytes)) if number == wanted => Some(bytes),
        _ => None,
    }
}

fn groups(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    Fields(block).filter_map(|field| message(field, 2))
}

/// Goes through the nodes of a block, with their places in degrees.
fn each_node(block: &[u8], mut with: impl FnMut(i64, (f64, f64))) {
    let (mut granularity, mut north, mut east) = (100, 0, 0);
    for field in Fields(block) {
        match field {
            (17, Value::Number(found)) => granularity = found as i64,
            (19, Value::Number(found)) => north = found as i64,
            (20, Value::Number(found)) => east = found as i64,
            _ => {}
        }
    }
    let degrees = |offset: i64, steps: i64| 1e-9 * offset.wrapping_add(granularity.wrapping_mul(steps)) as f64;
    let mut place = |id, lon, lat| with(id, (degrees(east, lon), degrees(north, lat)));
    for field in groups(block).flat_map(Fields) {
        if let Some(dense) = message(field, 2) {
            let (mut ids, mut lats, mut lons) = (&[][..], &[][..], &[][..]);
            for field in Fields(dense) {
                match field {
                    (1, Value::Bytes(found)) => ids = found,
                    (8, Value::Bytes(found)) => lats = found,
                    (9, Value::Bytes(found)) => lons = found,
                    _ => {}
                }
            }
            sums(ids).zip(sums(lons).zip(sums(lats))).for_each(|(id, (lon, lat))| place(id, lon, lat));
        } else if let Some(node) = message(field, 1) {
            let number = |wanted| {
                Fields(node).find_map(|field| match field {
                    (number, Value::Number(value)) if number == wanted => Some(signed(value)),
                    _ => None,
                })
            };
            if let (Some(id), Some(lat), Some(lon)) = (number(1), number(8), number(9)) {
                place(id, lon, lat);
            }
        }
    }
}
