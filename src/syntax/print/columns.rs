//! Columns: the parts of neighbouring lines, one below the other.

use super::render::{WIDTH, width};

/// How wide each part of a row is; `None` where no row has it.
#[derive(Debug, Clone)]
pub(super) struct Columns(Vec<Option<usize>>);

impl Columns {
    /// Columns in which all rows fit into a line, where there are any such.
    pub fn of(rows: impl Iterator<Item = Vec<String>>) -> Option<Self> {
        let columns = Self::capped(rows, &[])?;
        let whole: usize = columns.0.iter().flatten().map(|width| width + 1).sum();
        (whole <= WIDTH + 1).then_some(columns)
    }

    /// Columns for rows of which some may have parts wider than `caps`: those stick out.
    pub fn capped(rows: impl Iterator<Item = Vec<String>>, caps: &[usize]) -> Option<Self> {
        let mut widths: Option<Vec<Option<usize>>> = None;
        for row in rows {
            let widths = widths.get_or_insert_with(|| vec![None; row.len()]);
            for (at, (widest, part)) in
                widths.iter_mut().zip(&row).enumerate().filter(|(_, (_, part))| !part.is_empty())
            {
                let fits = caps.get(at).is_none_or(|cap| width(part) <= *cap);
                *widest = (*widest).max(Some(if fits { width(part) } else { 0 }));
            }
        }
        widths.map(Self)
    }

    /// A row with its parts in their columns.
    pub fn row(&self, parts: &[String]) -> String {
        let mut row = self.beginning(parts);
        row.truncate(row.trim_end().len());
        row
    }

    /// The beginning of a row, up to where the next part begins.
    pub fn beginning(&self, parts: &[String]) -> String {
        let columns = parts.iter().zip(&self.0).filter_map(|(part, width)| Some((part, (*width)?)));
        columns.map(|(part, width)| pad(part, width) + " ").collect()
    }
}

/// `words` with blanks up to `columns`.
pub(super) fn pad(words: &str, columns: usize) -> String {
    format!("{words}{}", " ".repeat(columns.saturating_sub(width(words))))
}
