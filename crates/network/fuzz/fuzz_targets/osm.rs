//! Any bytes as an OpenStreetMap extract; and as one block of it, packed, which made-up bytes alone would not get into. Nothing
//! may panic or hang.
#![no_main]

use lantu_network::transit::osm;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use libfuzzer_sys::fuzz_target;

fn walked(file: &[u8]) {
    if let (Some(streets), _) = osm::streets(file) {
        let places = [(0.0, 0.0), (0.001, 0.0005), (-51.2, -30.0)];
        let _ = Walks::new(Some(&streets), &Timetable::default(), &places, &places, &Walking::default());
    }
}

/// A block of data with its head, stored as it is.
fn block(data: &[u8]) -> Vec<u8> {
    let length = |mut value: usize| {
        let mut bytes = Vec::new();
        while value > 0x7f {
            bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
        bytes
    };
    let blob = [vec![0x0a], length(data.len()), data.to_vec()].concat();
    let head = [b"\x0a\x07OSMData\x18".to_vec(), length(blob.len())].concat();
    [(head.len() as u32).to_be_bytes().to_vec(), head, blob].concat()
}

fuzz_target!(|bytes: &[u8]| {
    walked(bytes);
    walked(&block(bytes));
});
