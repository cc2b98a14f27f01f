//! Any bytes, see `inputs::configuration`.
//!
//!     cargo +nightly fuzz run --fuzz-dir tests/fuzz configuration -- -max_total_time=600

#![no_main]

#[path = "../inputs.rs"]
#[allow(dead_code)]
mod inputs;

libfuzzer_sys::fuzz_target!(|data: &[u8]| inputs::configuration(data));
