//! The examples on the pages of diagnostic codes.

#![allow(clippy::panic, reason = "tests")]

/// The fenced blocks of a page with these words behind the fence: `json wrong`.
pub fn blocks(code: &str, words: &str) -> Vec<String> {
    let path = format!("{}/docs/diagnostics/{code}.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(page.starts_with(&format!("# {code}: ")), "{path} begins with its code and title");
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(fence)) if fence == words => open = Some(String::new()),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}
