//! Whether somebody's words tell a confidential text: as it stands in the declaration, in each language that it is given
//! in, and folded as names are, so that another width or other blanks do not hide it. It knows neither model nor report.

use crate::decode::scanner::{Event, Scanner};
use crate::value::fold_name;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Shorter texts are not looked for in what people wrote: they would be found everywhere.
const TELLING: usize = 2;

/// How many bytes of a text are looked for: words that tell as much of it tell it. It bounds what many long ones take.
const BEGINNING: usize = 64;

/// Texts to be looked for, all at once however many there are.
#[derive(Debug, Default)]
pub(super) struct Told {
    search: Search,
}

#[derive(Debug, Default)]
enum Search {
    #[default]
    Nothing,
    These(Box<AhoCorasick>),
    /// More than can be looked for: anything may tell one.
    TooMany,
}

impl Told {
    /// Those in JSON values, whether they are in texts, lists of them, or in one for each language.
    pub(super) fn new(values: &[&str]) -> Self {
        let mut texts: Vec<String> =
            values.iter().flat_map(|json| strings(json)).flat_map(|text| forms(&text)).collect();
        texts.retain(|text| text.chars().count() >= TELLING);
        texts.sort_unstable();
        texts.dedup();
        let search = if texts.is_empty() { Search::Nothing } else { searching(&texts) };
        Self { search }
    }

    /// Whether one of them is in some words.
    pub(super) fn is_in(&self, words: &str) -> bool {
        match &self.search {
            Search::Nothing => false,
            Search::These(texts) => texts.is_match(words) || texts.is_match(fold_name(words).as_ref()),
            Search::TooMany => true,
        }
    }
}

fn searching(texts: &[String]) -> Search {
    let search = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(texts);
    search.map_or(Search::TooMany, |search| Search::These(Box::new(search)))
}

/// The texts of a JSON value, without the keys.
fn strings(json: &str) -> Vec<String> {
    let mut scanner = Scanner::new(json, usize::MAX);
    let mut found = Vec::new();
    loop {
        match scanner.next() {
            Ok(Event::String(text)) => found.push(text.text().into_owned()),
            Ok(Event::End) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// A text as it is looked for: as it stands, and folded.
fn forms(text: &str) -> [String; 2] {
    [beginning(text), beginning(&fold_name(text))]
}

fn beginning(text: &str) -> String {
    text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_in_any_language_width_and_spacing() {
        let told = Told::new(&[
            r#""ＩＣＢＣ  Bank""#,
            r#"{"zh": "保密协议", "en": "secret\u0020deal", "fr": null}"#,
            r#""x""#,
        ]);
        for words in [
            "asked ＩＣＢＣ  Bank",
            "asked ICBC Bank",
            "asked ICBC\u{3000} Bank too",
            "见《保密协议》",
            "the secret deal",
            "the ｓｅｃｒｅｔ deal",
        ] {
            assert!(told.is_in(words), "{words}");
        }
        for words in ["asked ICBC", "the deal", "zh", "x", ""] {
            assert!(!told.is_in(words), "{words}");
        }
        assert!(!Told::default().is_in("anything"));
    }

    #[test]
    fn of_a_long_text_the_beginning_tells() {
        let long = "保密".repeat(1_000);
        let told = Told::new(&[&format!("\"{long}\"")]);
        assert!(told.is_in(&long) && told.is_in(&long[..BEGINNING - 1]), "as many bytes tell it");
        assert!(!told.is_in(&long[..BEGINNING / 2 / 3 * 3]));
        let Search::These(search) = &told.search else { panic!("{told:?}") };
        assert!(search.max_pattern_len() <= BEGINNING);
    }
}
