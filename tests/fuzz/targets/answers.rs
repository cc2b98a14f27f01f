//! Any bytes, see `inputs::answers`.
//!
//!     cargo +nightly fuzz run --fuzz-dir tests/fuzz answers -- -max_total_time=600

#![no_main]

#[path = "../inputs.rs"]
#[allow(dead_code)]
mod inputs;

libfuzzer_sys::fuzz_target!(|data: &[u8]| inputs::answers(data));
