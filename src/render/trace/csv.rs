//! The trace as a table: one row for each sentence and entry; a sentence without entries has a row of its own.

use super::{compared, form, outcome};
use crate::render::sheet;
use crate::render::words::{Lang, pick};
use crate::trace::{Sentence, Trace, TracedSource};

const HEADER: [(&str, &str); 9] = [
    ("source", "依据"),
    ("sentence", "条款"),
    ("must be accounted for", "须有对应"),
    ("id", "编号"),
    ("form", "类别"),
    ("title", "名称"),
    ("tests", "测试数"),
    ("outcome", "结果"),
    ("copy", "副本比对"),
];

/// The trace as CSV.
#[must_use]
pub fn csv(trace: &Trace, lang: Lang) -> String {
    let choose = |(en, zh): (&str, &str)| if lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    let header = HEADER.into_iter().map(choose).collect();
    let rows = trace
        .sources
        .iter()
        .flat_map(|source| source.sentences.iter().flat_map(|sentence| rows(source, sentence, lang)));
    sheet::csv(std::iter::once(header).chain(rows))
}

fn rows(source: &TracedSource, sentence: &Sentence, lang: Lang) -> Vec<Vec<String>> {
    let required = match (sentence.required, lang) {
        (true, Lang::En) => "yes",
        (true, Lang::Zh) => "是",
        (false, Lang::En) => "no",
        (false, Lang::Zh) => "否",
    };
    let copy = sentence.copy.map_or("", |copy| compared(copy, lang));
    let row = |cells: [String; 5]| {
        let before = [source.name.clone(), sentence.locator.clone(), required.to_owned()];
        before.into_iter().chain(cells).chain([copy.to_owned()]).collect()
    };
    if sentence.entries.is_empty() {
        return vec![row(Default::default())];
    }
    let entries = sentence.entries.iter().map(|entry| {
        let title = pick(&entry.title, lang).to_owned();
        row([
            entry.id.clone(),
            form(entry.form, lang).to_owned(),
            title,
            entry.tests.to_string(),
            outcome(entry, lang).to_owned(),
        ])
    });
    entries.collect()
}
