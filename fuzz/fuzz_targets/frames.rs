#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ybz_fuzzing::frames::run(data));
