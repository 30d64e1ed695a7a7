//! Thresholds of the packs: each is held at its value, just under it and just over it by some test. Moved by one unit,
//! it makes a test fail, whichever way it is moved.

use super::{BESIDE, INTEGRITY, project};
use crate::testing::{engine, folder};
use hongxian::engine::Engine;
use hongxian::ir::{Param, ParamId, ParamValue};
use hongxian::pack::PackFiles;
use hongxian::testing::{self, Case, Ended, Trial};
use hongxian::value::Date;
use regex::Regex;
use std::collections::HashSet;

#[test]
fn no_threshold_of_the_plan_moves_unnoticed() {
    assert!(moved_in("fintech-plan", None) >= 70);
}

#[test]
fn no_threshold_beside_the_plan_moves_unnoticed() {
    let plan = folder(&project().join("policies/fintech-plan"));
    let moved: usize = BESIDE.into_iter().chain([INTEGRITY]).map(|name| moved_in(name, Some(&plan))).sum();
    assert!(moved >= 20, "only {moved} thresholds were moved");
}

/// Moves each threshold of a pack, which may stand on another; how many times.
fn moved_in(name: &str, base: Option<&PackFiles>) -> usize {
    let files = folder(&project().join("policies").join(name));
    let with_base = |files: PackFiles| engine(base.cloned().into_iter().chain([files]));
    let whole = with_base(files.clone());
    let mut wrong = Vec::new();
    let mut moved = 0;
    for (index, param) in whole.program().policy.params.iter().enumerate() {
        let readers = readers(&whole, ParamId::new(index));
        let ParamValue::Scalar(_) = param.value else { continue };
        for by in [-1, 1] {
            let Some(other) = with(&whole, &files, param, by) else { continue };
            moved += 1;
            if !noticed(&with_base(other), name, &readers) {
                wrong.push(format!("{name}: {} moved by {by}: no test of {readers:?} notices", param.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    moved
}

/// The rules that read a parameter.
fn readers(engine: &Engine, param: ParamId) -> HashSet<String> {
    let policy = &engine.program().policy;
    let reads = policy.rules.iter().filter(|rule| policy.reads(rule).params.contains(&param));
    reads.map(|rule| rule.id.clone()).collect()
}

/// The pack with a threshold moved by one unit of how it is written; none for what is no number and no day.
fn with(engine: &Engine, files: &PackFiles, param: &Param, by: i64) -> Option<PackFiles> {
    let file = engine.sources().name(param.span.file);
    // A parameter of the pack that this one stands on has its turn there.
    let text = std::str::from_utf8(files.get(file)?).unwrap();
    let declared = Regex::new(&format!(r"param {}:[^=]+=\s*([0-9][0-9.-]*)", param.name)).unwrap();
    let value = declared.captures(text)?.get(1).unwrap();
    let changed = moved(value.as_str(), by);
    let mut files = files.clone();
    files.insert(file, format!("{}{changed}{}", &text[..value.start()], &text[value.end()..]).into_bytes());
    Some(files)
}

/// `2` is `3`, `0.5` is `0.6`, `2020-02-13` is the day after.
fn moved(written: &str, by: i64) -> String {
    if Date::parse(written).is_some() {
        let (month, day) = written.rsplit_once('-').unwrap();
        return format!("{month}-{:02}", day.parse::<i64>().unwrap() + by);
    }
    match written.split_once('.') {
        Some((whole, tenth)) => format!("{whole}.{}", tenth.parse::<i64>().unwrap() + by),
        None => (written.parse::<i64>().unwrap() + by).to_string(),
    }
}

/// Whether some test of the pack that is about one of these rules does not pass.
fn noticed(engine: &Engine, pack: &str, readers: &HashSet<String>) -> bool {
    let about = |case: &Case<'_>| case.trial().into_iter().flat_map(Trial::rules).any(|id| readers.contains(id));
    testing::cases(engine)
        .filter(|case| case.pack() == pack && about(case))
        .any(|case| testing::run(engine, &case) != Ended::Passed)
}
