//! A file of more than 600 lines splits, or says at its top why it does not.

use super::source;

/// Past this many lines a file explains itself.
const LIMIT: usize = 600;

#[test]
fn long_files_say_why() {
    let long: Vec<String> = source::all()
        .iter()
        .filter(|file| file.text.lines().count() > LIMIT && !says_why(&file.text))
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split, or say in the `//!` header, `Long because …`:\n{}", long.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> =
        source::all().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "no `//!` at the top of {silent:?}");
}

fn says_why(text: &str) -> bool {
    text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains("Long because"))
}
