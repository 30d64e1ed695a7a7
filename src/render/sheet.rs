//! Tables for spreadsheet programs: CSV that opens right, Chinese included, and in which no cell is a formula.

use super::visible;

/// What spreadsheet programs recognise UTF-8 by.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Rows as CSV that begins a file, the first one the header.
pub(super) fn csv<'r>(rows: impl IntoIterator<Item = Vec<String>> + 'r) -> String {
    format!("{BYTE_ORDER_MARK}{}", self::rows(rows))
}

/// Rows as CSV. Every cell is text: what would be a formula begins with an apostrophe, and what is longer than a
/// spreadsheet program takes is cut in the middle.
pub(super) fn rows<'r>(rows: impl IntoIterator<Item = Vec<String>> + 'r) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        // A vector takes every byte.
        let _ = writer.write_record(row.iter().map(|cell| inert(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Cells as one row of CSV; as [`rows`] writes it, and faster for words that need no care.
pub(super) fn row(text: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let is_word = cell.starts_with(|c: char| c.is_ascii_alphanumeric())
            && cell.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-./: ".contains(&c))
            && cell.len() < CELL;
        if is_word {
            text.push_str(cell);
        } else if !cell.is_empty() {
            text.push_str(rows([vec![(*cell).to_owned()]]).trim_end_matches("\r\n"));
        }
    }
    text.push_str("\r\n");
}

/// Characters that a cell holds at most; spreadsheet programs take 32,767.
const CELL: usize = 8_000;

/// A text of at most so many characters: of a longer one the beginning and the end, so that what is told apart by either
/// stays apart.
pub(super) fn cut(text: &str, most: usize) -> String {
    let Some((long, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = most / 4;
    let head = text.char_indices().nth(most - end - 1).map_or(long, |(at, _)| at);
    let tail = text.char_indices().rev().nth(end.saturating_sub(1)).map_or(long, |(at, _)| at);
    format!("{}…{}", text.get(..head).unwrap_or_default(), text.get(tail..).unwrap_or_default())
}

/// A cell that no program runs. Programs set for Chinese read the wide signs as well.
fn inert(cell: &str) -> String {
    let shown = cut(&visible(cell), CELL);
    let first = shown.trim_start().chars().next();
    let runs = first.is_some_and(|c| "=+-@＝＋－＠".contains(c));
    if runs { format!("'{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::{csv, row, rows};

    #[test]
    fn a_row_is_a_row_however_it_is_written() {
        let cells = ["a.json", "", "=1", "-1", "7", "x,y", "a b", "\"", "文", "0\r\n", &"a".repeat(9_000), "'"];
        let mut text = String::new();
        row(&mut text, &cells);
        assert_eq!(text, rows([cells.map(str::to_owned).to_vec()]));
    }

    #[test]
    fn cells_are_text() {
        let row = ["=cmd()", "a,b", "说\"话\"", "+1", "plain", " ＝1"].map(str::to_owned).to_vec();
        assert_eq!(csv([row]), "\u{feff}'=cmd(),\"a,b\",\"说\"\"话\"\"\",'+1,plain,' ＝1\r\n");
        assert_eq!(csv([vec!["文".repeat(9_000)]]).chars().count(), 8_000 + 3, "mark, cut, line end");
    }
}
