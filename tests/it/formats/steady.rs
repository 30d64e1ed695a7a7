//! Texts of formats without what changes by itself: digests, versions, names made from digests, and what every
//! page has.

use regex::{Captures, Regex};
use std::collections::HashMap;

/// The text with these as `…`. Names made from digests become numbers, in order, so that they still tell apart.
pub fn steady(text: &str) -> String {
    let replace = |text: &str, pattern: &str, by: &str| Regex::new(pattern).unwrap().replace_all(text, by).into_owned();
    let text = replace(text, "(?s)<style>.*?</style>", "<style>…</style>");
    let text = replace(&text, "(?s)<script>.*?</script>", "<script>…</script>");
    let text = replace(&text, "'sha256-[^']*'", "'sha256-…'");
    let text = replace(&text, "&#39;sha256-[^&]*&#39;", "&#39;sha256-…&#39;");
    let text = numbered(&text, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid");
    let text = numbered(&text, "[0-9a-f]{64}", "digest");
    let text = numbered(&text, r"\bd[0-9a-f]{8}-", "d");
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    // A page has no line ends.
    if text.starts_with("<!DOCTYPE") { text.replace("><", ">\n<") } else { text }
}

fn numbered(text: &str, pattern: &str, word: &str) -> String {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |found: &Captures<'_>| {
        let next = seen.len() + 1;
        format!("{word}-{}", seen.entry(found[0].to_owned()).or_insert(next))
    };
    Regex::new(pattern).unwrap().replace_all(text, name).into_owned()
}
