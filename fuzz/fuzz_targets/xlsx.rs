//! Any bytes as an XLSX workbook: reading ends, and a workbook that cannot be read says so.
//!
//! Panics inside the workbook library are caught by our reader; libFuzzer would count them, so its hook is taken off.

#![no_main]

use lantu_engine::read_xlsx_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let read = std::panic::catch_unwind(|| read_xlsx_bytes(bytes, None));
        match read {
            Ok((None, diagnostics)) if diagnostics.is_empty() => std::process::abort(),
            Ok(_) => {}
            Err(_) => std::process::abort(),
        }
    }
);
