//! The trace, shown: to people, as a table for spreadsheets, and as one page of HTML.

mod csv;
mod html;
mod human;

pub use csv::csv;
pub use html::html;
pub use human::human;

use super::words::Lang;
use crate::trace::{Compared, Entry, Form};

fn form(form: Form, lang: Lang) -> &'static str {
    match (form.kind(), lang) {
        (Some(kind), _) => lang.table().kind(kind),
        (None, Lang::En) => "outside",
        (None, Lang::Zh) => "声明之外",
    }
}

fn compared(copy: Compared, lang: Lang) -> &'static str {
    match (copy, lang) {
        (Compared::Same, Lang::En) => "same words",
        (Compared::Same, Lang::Zh) => "文字一致",
        (Compared::Changed, Lang::En) => "changed",
        (Compared::Changed, Lang::Zh) => "文字有变",
        (Compared::Missing, Lang::En) => "not in the copy",
        (Compared::Missing, Lang::Zh) => "副本中没有",
        (Compared::Unknown, Lang::En) => "no digest kept",
        (Compared::Unknown, Lang::Zh) => "未存摘要",
    }
}

fn outcome(entry: &Entry, lang: Lang) -> &'static str {
    entry.outcome.zip(entry.form.kind()).map_or("", |(outcome, kind)| lang.table().outcome(outcome, kind))
}
