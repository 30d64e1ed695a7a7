//! How the properties try their luck: the same cases on every run, so that a change is judged and not the day.
//!
//! `PROPTEST_CASES` says how many cases each property is tried on, `PROPTEST_RNG_SEED` which.

use proptest::test_runner::{Config, RngSeed};

/// How many cases of a property, unless the environment says otherwise.
pub fn cases(default: u32) -> Config {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { default };
    let seeded = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let rng_seed = if seeded { Config::default().rng_seed } else { RngSeed::Fixed(2019) };
    Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 4096, ..Config::default() }
}
