//! The fenced blocks of a Markdown file.

/// A fenced block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The words behind the opening fence: `policy`, `fragment`, …
    pub(super) words: Vec<String>,
    /// Its text.
    pub(super) text: String,
    /// The line of its first line of text, from 1.
    pub(super) line: usize,
    /// How many headings stand before it.
    pub(super) section: usize,
}

impl Block {
    /// Its language: the first word.
    pub(super) fn language(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Whether one of the further words is this one.
    pub(super) fn says(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|own| own == word)
    }

    /// The words behind this one.
    pub(super) fn after(&self, word: &str) -> Option<&[String]> {
        let at = self.words.iter().position(|own| own == word)?;
        self.words.get(at + 1..)
    }
}

/// All fenced blocks of a text, in order.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut section = 0;
    for (index, line) in markdown.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some("")) => found.extend(open.take()),
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(info)) => {
                let words = info.split_whitespace().map(str::to_owned).collect();
                open = Some(Block { words, text: String::new(), line: index + 2, section });
            }
            (None, None) => section += usize::from(line.starts_with('#')),
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    found
}

#[test]
fn blocks_know_their_words_and_places() {
    let found = blocks("# a\n```policy fragment wrong E0103\nx\n```\n## b\n```json gives EX-1 fail\n{}\n```\n");
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].line, found[0].section, found[0].text.as_str()), (3, 1, "x\n"));
    assert!(found[0].says("fragment") && found[0].after("wrong") == Some(&["E0103".to_owned()]));
    assert_eq!((found[1].language(), found[1].section), ("json", 2));
}
