//! Tables for spreadsheet programs: CSV that opens right, Chinese included, and in which no cell is a formula.

use super::visible;

/// What spreadsheet programs recognise UTF-8 by.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Rows as CSV, the first one the header. Every cell is text: what would be a formula begins with an apostrophe.
pub(super) fn csv<'r>(rows: impl IntoIterator<Item = Vec<String>> + 'r) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        // A vector takes every byte.
        let _ = writer.write_record(row.iter().map(|cell| inert(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8(bytes).unwrap_or_default())
}

/// A cell that no program runs.
fn inert(cell: &str) -> String {
    let shown = visible(cell);
    if shown.starts_with(['=', '+', '-', '@', '\t']) { format!("'{shown}") } else { shown.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_text() {
        let row = ["=cmd()", "a,b", "说\"话\"", "+1", "plain"].map(str::to_owned).to_vec();
        assert_eq!(csv([row]), "\u{feff}'=cmd(),\"a,b\",\"说\"\"话\"\"\",'+1,plain\r\n");
    }
}
