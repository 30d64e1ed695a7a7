//! What is plainly no declaration, and what it is instead.

use hongxian::diagnostic::{Code, Diagnostic};
use std::path::Path;

/// What a text is that is plainly no declaration.
pub fn not_a_declaration(file: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let no = |message: String| Diagnostic::placeless(Code::NOT_A_DECLARATION, message);
    if text.is_empty() {
        let help = "a declaration is a JSON object; `policy init --declaration` writes one to fill in";
        return Some(no(format!("`{file}` is empty")).help(help));
    }
    if text.starts_with(['{', '[', '"']) {
        return None;
    }
    if extension != "policy" && after_comments(text).starts_with(['{', '[']) {
        // JSON has no comments, and the decoder says so with the place.
        return None;
    }
    if extension == "policy" || text.starts_with("module ") || text.starts_with("//") {
        let help = "a policy judges: `policy eval product.json --policy FOLDER`, with the folder of the pack";
        return Some(no(format!("`{file}` is a policy, not a declaration")).help(help));
    }
    if matches!(extension, "yaml" | "yml") || looks_like_yaml(text) {
        return Some(
            no(format!("`{file}` looks like YAML, and a declaration is JSON")).help("convert it to JSON first"),
        );
    }
    None
}

/// What stands behind the comments that a text begins with, in the ways of other languages.
fn after_comments(mut text: &str) -> &str {
    loop {
        let rest = match text.strip_prefix("/*") {
            Some(rest) => rest.split_once("*/"),
            None if text.starts_with("//") || text.starts_with('#') => text.split_once('\n'),
            None => return text,
        };
        let Some((_, rest)) = rest else { return "" };
        text = rest.trim_start();
    }
}

/// `---`, a comment, or `key: value` on the first line.
fn looks_like_yaml(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let key = first.split_once(':').map_or("", |(key, _)| key);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c));
    first.starts_with("---") || first.starts_with("# ") || first.starts_with("- ") || is_key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_something_else() {
        let cases = [
            ("a.json", "", Some("`a.json` is empty")),
            ("a.json", " \r\n\u{feff}", None),
            ("a.json", "\u{feff}  ", Some("`a.json` is empty")),
            ("a.json", "{\"a\": 1}", None),
            ("a.json", "[[[[", None),
            ("a.json", "nonsense", None),
            ("a.json", "// a comment\n/* and\n more */ # yet\n{\"a\": 1}", None),
            ("a.json", "# a comment\n{}", None),
            ("-", "# a comment\na: 1", Some("`-` looks like YAML, and a declaration is JSON")),
            ("-", "// doc\nmodule x", Some("`-` is a policy, not a declaration")),
            ("rules.policy", "// doc\n{", Some("`rules.policy` is a policy, not a declaration")),
            ("rules.policy", "/// doc\nmodule x", Some("`rules.policy` is a policy, not a declaration")),
            ("-", "module x", Some("`-` is a policy, not a declaration")),
            ("a.yaml", "declaration:\n  id: 1", Some("`a.yaml` looks like YAML, and a declaration is JSON")),
            ("-", "---\na: 1", Some("`-` looks like YAML, and a declaration is JSON")),
        ];
        for (file, text, expected) in cases {
            let found = not_a_declaration(file, text.as_bytes()).map(|diagnostic| diagnostic.message);
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
    }
}
