//! Whatever is written, the checker ends, says what is wrong inside the text, and gives a policy exactly where nothing is.

use super::{packs, show};
use hongxian::check::check;
use hongxian::function::Registry;
use hongxian::pack;
use hongxian::source::SourceMap;

/// A small generator of numbers, so that a failure comes back.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Words and signs, blanks included.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for c in text.chars() {
        let word = c.is_alphanumeric() || c == '_';
        match tokens.last_mut() {
            Some(last) if word && last.chars().all(|c| c.is_alphanumeric() || c == '_') => last.push(c),
            _ => tokens.push(c.to_string()),
        }
    }
    tokens
}

fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut tokens = tokens(text);
    for _ in 0..=dice.roll(2) {
        let (at, from) = (dice.roll(tokens.len()), dice.roll(tokens.len()));
        match dice.roll(4) {
            0 => drop(tokens.remove(at)),
            1 => tokens.swap(at, from),
            2 => {
                let other = tokens[from].clone();
                tokens[at] = other;
            }
            _ => tokens.insert(at, tokens[from].clone()),
        }
    }
    tokens.concat()
}

/// Checks what can be read of a text; whether it came to a check.
fn survives(text: &str) -> bool {
    let mut sources = SourceMap::new();
    let loaded: Vec<_> = packs::packs(text)
        .values()
        .filter_map(|files| pack::load(files, "", pack::Modules::All, &mut sources).ok())
        .collect();
    let checked = check(&loaded, &Registry::new());
    let errors = checked.diagnostics.iter().any(hongxian::diagnostic::Diagnostic::is_error);
    assert_eq!(checked.policy.is_none(), errors, "{text}\n{}", show::all(&checked.diagnostics, &sources));
    for diagnostic in &checked.diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let file = sources.get(label.span.file).map_or("", |file| file.text());
            assert!(file.get(label.span.range()).is_some(), "{text}\n{diagnostic:?}");
        }
    }
    !loaded.is_empty()
}

#[test]
fn mutations_of_every_example() {
    let mut dice = Dice(20_190_822);
    let mut checked = 0;
    for folder in ["errors", "good"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/check").join(folder);
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            checked += (0..15).filter(|_| survives(&mutated(&text, &mut dice))).count();
        }
    }
    assert!(checked > 200, "only {checked} could be read");
}

#[test]
fn nothing_is_an_error() {
    let checked = check(&[], &Registry::new());
    assert!(checked.policy.is_none());
    assert_eq!(checked.diagnostics.len(), 1);
}
