//! The declarations that an engine's packs bring along: every declaration among their files, and what their tests have
//! judged, with the tests' changes made.

use super::Example;
use crate::engine::{Engine, Options};
use crate::testing;
use std::path::Path;

/// The declarations of an engine's packs: files first, then those of tests, in their order.
#[must_use]
pub fn examples(engine: &Engine) -> Vec<Example> {
    files(engine).chain(tests(engine)).collect()
}

/// What tests have judged, under their names. A test that is broken has judged nothing.
fn tests(engine: &Engine) -> Vec<Example> {
    let example = |case: &testing::Case<'_>| {
        let given = testing::given(engine, case).ok()?;
        Some(Example {
            name: format!("test \"{}\"", case.name()),
            bytes: given.text.into_bytes(),
            as_of: given.as_of,
            stage: given.stage.map(str::to_owned),
        })
    };
    testing::Suite::new(engine).cases().iter().filter_map(example).collect()
}

/// The files of an engine's packs that are valid declarations, under their paths.
pub fn files(engine: &Engine) -> impl Iterator<Item = Example> {
    let all = engine.packs().iter().flat_map(|pack| &pack.files.files);
    let json = all.filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "json"));
    let examples =
        json.map(|(path, bytes)| Example { name: path.clone(), bytes: bytes.to_vec(), as_of: None, stage: None });
    examples.filter(|example| valid(engine, example))
}

fn valid(engine: &Engine, example: &Example) -> bool {
    engine.outcomes(example.input(), &Options { rules: Some(&[]), ..example.options(None) }).is_ok()
}
