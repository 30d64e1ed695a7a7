//! Whatever is done to the bytes and words of valid policies and declarations: no panic, no hang, and an error with a
//! place in the text, or a verdict.

use super::engine::{build, differ, evaluate, files, misplaced};
use super::sample::{AS_OF, Sample, sample, world};
use super::tape::{Tape, tape};
use crate::chance::cases;
use crate::reference::cases::parse;
use hongxian::engine::{Engine, Refusal};
use hongxian::pack::PackFiles;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Longer than any text of this size may take, also on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// Words and signs that mean something somewhere.
const WORDS: [&str; 46] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "//",
    "///",
    "/",
    "\\",
    ",",
    ":",
    "..",
    "<",
    "==",
    "??",
    "-",
    "not",
    "and",
    "or",
    "implies",
    "all",
    "any",
    "x",
    "product",
    "is",
    "declared",
    "where",
    "for",
    "require",
    "when",
    "null",
    "true",
    "1e9999999999",
    "99999999999999999999999999999999999999",
    "2020-02-30",
    "0.1%",
    "as_of",
    "\u{202e}",
    "\u{feff}",
    "（",
    "\u{0}",
    "\r\n",
    "module",
    "_",
];

/// Does one to four things to a text.
fn mutate(tape: &mut Tape, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=tape.below(4) {
        mutate_once(tape, &mut text);
    }
    text
}

fn mutate_once(tape: &mut Tape, text: &mut Vec<u8>) {
    let (at, word) = (place(tape, text), tape.pick(&WORDS).as_bytes().to_vec());
    let (from, until) = token(tape, text);
    match tape.below(12) {
        0 => drop(text.drain(from..until)),
        1 => drop(text.splice(from..until, word)),
        2 => drop(text.splice(at..at, word)),
        3 => {
            let copied = text[from..until].to_vec();
            drop(text.splice(at..at, copied));
        }
        4 => {
            let (other, end) = token(tape, text);
            let copied = text[other..end].to_vec();
            drop(text.splice(from..until, copied));
        }
        5 => text.truncate(at),
        6 => drop(text.drain(..at)),
        7 => {
            let end = (at + tape.below(200)).min(text.len());
            drop(text.drain(at..end));
        }
        8 if at < text.len() => text[at] ^= 1 << tape.below(8),
        9 => text.insert(at, u8::try_from(tape.below(256)).unwrap()),
        10 => {
            let many = tape.choose(&[3, 20, 60, 400, 5000]);
            drop(text.splice(at..at, word.repeat(many)));
        }
        _ => {
            let end = (at + tape.below(400)).min(text.len());
            let copied = text[at..end].repeat(tape.choose(&[1, 2, 8]));
            drop(text.splice(at..at, copied));
        }
    }
}

fn place(tape: &mut Tape, text: &[u8]) -> usize {
    // Two choices, so that texts longer than one can count are reached everywhere.
    (tape.below(1 << 16) * 7919 + tape.below(1 << 16)) % (text.len() + 1)
}

/// A run of letters and digits, or one other byte.
fn token(tape: &mut Tape, text: &[u8]) -> (usize, usize) {
    let at = place(tape, text).min(text.len().saturating_sub(1));
    let wordy = |index: &usize| {
        text.get(*index).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte > 127 || *byte == b'_')
    };
    if !wordy(&at) {
        return (at, (at + 1).min(text.len()));
    }
    let from = (0..=at).rev().take_while(wordy).last().unwrap_or(at);
    (from, (at..text.len()).take_while(wordy).last().map_or(at, |last| last + 1))
}

fn in_time<T>(what: impl FnOnce() -> T) -> Result<T, TestCaseError> {
    let start = Instant::now();
    let done = what();
    prop_assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    Ok(done)
}

/// A verdict, the same as the reference's, or a refusal that says where.
fn judges_or_says_where(
    engine: &Engine,
    bytes: &[u8],
    modules: &[(&str, String)],
    stage: Option<&str>,
) -> Result<(), TestCaseError> {
    match in_time(|| evaluate(engine, bytes, AS_OF, stage))? {
        Ok(report) => {
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            let declaration = serde_json::from_slice(text).expect("what the engine reads is JSON");
            let parsed = parse(modules);
            let world = world(&parsed, &declaration, stage);
            prop_assert_eq!(differ(engine, &report, bytes, &world, modules), None);
            Ok(())
        }
        // A mutated model may have lost the stage that is asked for.
        Err(Refusal::NoSuchStage { .. }) => Ok(()),
        Err(Refusal::Invalid(invalid)) => match misplaced(&invalid) {
            Some(wrong) => Err(TestCaseError::fail(wrong)),
            None => Ok(()),
        },
        Err(Refusal::NoDate { .. }) => Err(TestCaseError::fail("a date was given")),
        Err(Refusal::Stuck(fault)) => Err(TestCaseError::fail(fault.message)),
    }
}

/// A policy of which one module is mutated.
fn mutated_policy(sample: &Sample, tape: &mut Tape) -> PackFiles {
    let mut files = files(&sample.modules);
    let (name, text) = &sample.modules[tape.below(2)];
    files.insert(*name, mutate(tape, text.as_bytes()));
    files
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(4000).collect()
}

/// A few samples are enough as a ground for mutations; the tapes of the mutations differ.
fn grounds() -> impl Strategy<Value = Sample> {
    (tape(40), tape(120), tape(120)).prop_map(|(model, rules, declaration)| sample(model, rules, declaration))
}

/// Loads a mutated policy, and judges by it where it is still one.
fn loads_or_says_where(sample: &Sample, files: &PackFiles) -> Result<(), TestCaseError> {
    let text = |name: &'static str| (name, String::from_utf8_lossy(&files.files[name]).into_owned());
    let modules = ["model.policy", "rules.policy"].map(text);
    let told = |error: TestCaseError| TestCaseError::fail(format!("{error}\n{}\n{}", modules[0].1, modules[1].1));
    match in_time(|| build(files.clone()))? {
        Ok(engine) => {
            let bytes = sample.declaration.to_string().into_bytes();
            judges_or_says_where(&engine, &bytes, &modules, sample.stage).map_err(told)
        }
        Err(invalid) => misplaced(&invalid).map_or(Ok(()), |wrong| Err(told(TestCaseError::fail(wrong)))),
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    /// Five mutations on each ground.
    #[test]
    fn a_mutated_policy_is_judged_by_or_refused_with_a_place(
        sample in grounds(),
        tapes in proptest::collection::vec(tape(40), 5),
    ) {
        for mut tape in tapes {
            loads_or_says_where(&sample, &mutated_policy(&sample, &mut tape))?;
        }
    }
}

proptest! {
    #![proptest_config(cases(250))]

    /// Twenty mutations on each ground: checking a policy takes longer than judging by it.
    #[test]
    fn a_mutated_declaration_is_judged_or_refused_with_a_place(
        sample in grounds(),
        tapes in proptest::collection::vec(tape(40), 20),
    ) {
        let Ok(engine) = build(files(&sample.modules)) else { return Ok(()) };
        let whole = serde_json::to_vec_pretty(&sample.declaration).unwrap();
        for mut tape in tapes {
            let bytes = mutate(&mut tape, &whole);
            judges_or_says_where(&engine, &bytes, &sample.modules, sample.stage)
                .map_err(|error| TestCaseError::fail(format!("{error}\n{}", shown(&bytes))))?;
        }
    }
}
