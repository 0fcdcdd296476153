//! Any bytes as a CSV file: reading ends without a panic, and every row kept has the width of the header.

#![no_main]

use lantu_engine::read_csv_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (page, diagnostics) = read_csv_bytes(bytes);
    if let Some(page) = page {
        assert!(page.rows.iter().all(|row| row.len() == page.columns.len()));
    } else {
        assert!(!diagnostics.is_empty(), "no table and no word why");
    }
});
