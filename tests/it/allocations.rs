//! A declaration that passes costs no allocation, once a session has seen some: a count, so the same on every machine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../../benches/common/mod.rs"]
mod common;

use hongxian::engine::{Input, Options, Session};

/// How often a verdict on each of some texts allocates, after a session has seen them twice.
fn allocations(session: &mut Session<'_>, texts: &[String]) -> u64 {
    let options = Options::default();
    let mut judge = || {
        for text in texts {
            let input = Input { name: "d", bytes: text.as_bytes() };
            std::hint::black_box(session.verdict(input, &options).unwrap());
        }
    };
    judge();
    judge();
    allocation_counter::measure(judge).count_total
}

#[test]
fn thirty_rules_allocate_nothing() {
    let engine = common::engine(1);
    let texts: Vec<String> = (0..10).map(|seed| common::declaration(seed, 1)).collect();
    assert_eq!(allocations(&mut engine.session(), &texts), 0);
    let texts: Vec<String> = texts.iter().map(|text| common::pretty(text)).collect();
    assert_eq!(allocations(&mut engine.session(), &texts), 0, "with line ends");
}

#[test]
fn the_plan_allocates_nothing() {
    let engine = common::plan();
    assert_eq!(allocations(&mut engine.session(), &[common::plan_declaration()]), 0);
}

#[test]
fn the_counter_counts() {
    let info = allocation_counter::measure(|| drop(std::hint::black_box(vec![1_u8; 10])));
    assert_eq!(info.count_total, 1);
}

#[test]
fn declarations_that_are_not_as_usual_are_read_as_well() {
    let engine = common::engine(1);
    let mut session = engine.session();
    for (name, texts) in common::cliffs() {
        for text in texts {
            let verdict = session.verdict(Input { name, bytes: text.as_bytes() }, &Options::default());
            assert!(verdict.is_ok(), "{name}: {verdict:?}");
        }
    }
}
