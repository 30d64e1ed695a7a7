//! All fixtures as one portfolio: the sums as CSV and what the page says, as snapshots.

use super::fixtures::{FIXTURES, Fixture, run};
use hongxian::render::Lang;
use hongxian::render::format::{Item, named, write};

fn written(format: &str, lang: Lang) -> String {
    let items: Vec<Item<'_>> = FIXTURES.iter().map(Fixture::item).collect();
    write(named(format).unwrap(), run(lang, true), &items)
}

/// What a page says, a table row on a line, without markup.
fn said(page: &str) -> String {
    let body = &page[page.find("<body>").unwrap()..page.find("<script>").unwrap()];
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    let rows = body.replace("</tr>", "\n").replace("</h1>", "\n").replace("</h2>", "\n").replace("</p>", "\n");
    let rows = rows.replace("</td>", " | ").replace("</th>", " | ").replace("</dd>", " | ").replace("</dt>", " ");
    let text = tags.replace_all(&rows, "");
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let digest = regex::Regex::new("sha256:[0-9a-f]{64}").unwrap();
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    digest.replace_all(&text, "sha256:…").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn one_page_for_many_declarations() {
    for lang in [Lang::En, Lang::Zh] {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("portfolio_{lang:?}").to_lowercase(), said(&written("html", lang)));
        });
    }
}

#[test]
fn the_table_behind_it() {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("portfolio_csv", written("portfolio", Lang::En).replace("\r\n", "\n"));
    });
}

/// The table and the page count the same: every number of a rule or task stands in both.
#[test]
fn the_page_and_the_table_agree() {
    let (page, csv) = (said(&written("html", Lang::En)), written("portfolio", Lang::En));
    let mut csv = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let outcomes = names.iter().position(|name| name == "fail").unwrap();
    let mut rules = 0;
    for row in csv.records().map(Result::unwrap).filter(|row| &row[0] == "rule") {
        let numbers: Vec<&str> = (outcomes..outcomes + 7).map(|at| &row[at]).collect();
        let line = page.lines().find(|line| line.starts_with(&format!("{} | ", &row[2]))).unwrap();
        assert!(line.contains(&numbers.join(" | ")), "{line}\n{row:?}");
        rules += 1;
    }
    assert!(rules > 100, "{rules}");
}
