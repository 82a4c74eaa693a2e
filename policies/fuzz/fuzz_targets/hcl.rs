#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| policies_fuzz::hcl(text));
