//! Any bytes, see `inputs::import`.
//!
//!     cargo +nightly fuzz run --fuzz-dir tests/fuzz import -- -max_total_time=600

#![no_main]

#[path = "../inputs.rs"]
#[allow(dead_code)]
mod inputs;

libfuzzer_sys::fuzz_target!(|data: &[u8]| inputs::import(data));
