//! Generated policies and declarations, and what must hold of all of them.
//!
//! `PROPTEST_CASES` says how many cases each property is tried on, `PROPTEST_RNG_SEED` which; without them a run is
//! short and always the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agreement;
mod declaration;
mod engine;
mod expression;
mod fixtures;
mod knowledge;
mod model;
mod mutation;
mod rules;
mod sample;
mod tape;

use proptest::test_runner::{Config, RngSeed};

/// How many cases of a property, unless the environment says otherwise.
fn cases(default: u32) -> Config {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { default };
    let seeded = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let rng_seed = if seeded { Config::default().rng_seed } else { RngSeed::Fixed(2019) };
    Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 4096, ..Config::default() }
}
