//! The formatter: what it prints reads back as what was printed, and stays as it is when printed again.

use super::plain::plain;
use super::trees::{self, without_places};
use crate::chance::cases;
use hongxian::source::FileId;
use hongxian::syntax::{ast, parse, print};
use proptest::prelude::*;

fn read(text: &str) -> Result<ast::File, String> {
    parse(FileId::new(0), text).map_err(|faults| format!("{text}\n────\n{}", plain(text, &faults)))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_printed_tree_reads_back(file in trees::file()) {
        let printed = print(&file);
        let again = read(&printed).map_err(TestCaseError::fail)?;
        prop_assert_eq!(without_places(&again), without_places(&file), "{}", printed);
        prop_assert_eq!(print(&again), printed);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn comments_are_kept(file in trees::file(), places in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize), 1..6)) {
        let text = with_comments(&print(&file), &places);
        let commented = read(&text).map_err(TestCaseError::fail)?;
        prop_assert_eq!(without_places(&commented), without_places(&file), "{}", text);
        let printed = print(&commented);
        let again = read(&printed).map_err(TestCaseError::fail)?;
        prop_assert_eq!(without_places(&again), without_places(&file), "{}\n────\n{}", text, printed);
        prop_assert_eq!(comments(&again), comments(&commented), "{}\n────\n{}", text, printed);
        prop_assert_eq!(print(&again), printed, "{}", text);
    }
}

/// Comments at places where a formatter could lose their line, or change its mind when it reads them back.
#[test]
fn comments_in_odd_places_stay_apart() {
    let texts = [
        "module a\n\nlet a = f( //behind\n// own\nx, y)\n",
        "module a\n\nred_line T1-R1 \"\" {\n    require a\n// own\n in [] or b\n}\n",
        "module a\n\nfn f(a: number) = a in (a\n// own\n or b).c\n",
    ];
    for text in texts {
        let file = read(text).unwrap();
        let printed = print(&file);
        let again = read(&printed).unwrap();
        assert_eq!(comments(&again), comments(&file), "{printed}");
        assert_eq!(print(&again), printed);
    }
}

/// What the comments say, in any order: one that moves above its clause overtakes others.
fn comments(file: &ast::File) -> Vec<String> {
    let mut comments: Vec<_> = file.comments.iter().map(|comment| comment.text.clone()).collect();
    comments.sort();
    comments
}

/// `text` with comments of every kind at some of the places where one may stand.
fn with_comments(text: &str, places: &[(prop::sample::Index, usize)]) -> String {
    let gaps = gaps(text);
    if gaps.is_empty() {
        return text.to_owned();
    }
    let mut places: Vec<_> = places.iter().map(|(place, kind)| (gaps[place.index(gaps.len())], *kind)).collect();
    places.sort_unstable();
    let mut out = text.to_owned();
    for (number, (at, kind)) in places.into_iter().enumerate().rev() {
        let comment = match kind {
            0 => format!("\n// own {number}\n"),
            1 => format!("\n\n//// own {number}\n\n"),
            2 => format!(" //behind {number}\n"),
            _ => format!("  //behind {number}\n\n"),
        };
        out.insert_str(at, &comment);
    }
    out
}

/// Where white space stands between tokens.
fn gaps(text: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = if rest.starts_with('"') {
            closed(rest, '"')
        } else if rest.starts_with("///") {
            rest.find('\n').unwrap() + 1
        } else if rest.starts_with('/') && text[..at].ends_with(" matches ") {
            closed(rest, '/')
        } else {
            if rest.starts_with([' ', '\n']) {
                gaps.push(at);
            }
            rest.chars().next().unwrap().len_utf8()
        };
        at += length;
    }
    gaps
}

fn closed(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        is_end
    });
    end.unwrap().0 + 1
}
