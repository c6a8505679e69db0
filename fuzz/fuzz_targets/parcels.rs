#![no_main]

// A panic that the product catches is no finding: libFuzzer's hook, which ends the process at each, is taken off. One that
// leaves the target still ends it.
libfuzzer_sys::fuzz_target!(init: drop(std::panic::take_hook()), |data: &[u8]| ybz_fuzzing::parcels::run(data));
