//! The page of a report: its outline, and that nothing a declaration says becomes more than text.

use super::fixtures::{FIXTURES, Fixture, PLAN, changed, judge, run, shown};
use hongxian::render::Lang;
use hongxian::render::format::{Format, named, write};
use regex::Regex;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

fn html() -> &'static Format {
    named("html").unwrap()
}

/// The tags of a page, in order, as they stand.
fn tags(page: &str) -> Vec<&str> {
    Regex::new(r"<[^>]*>").unwrap().find_iter(page).map(|tag| tag.as_str()).collect()
}

fn between<'p>(page: &'p str, open: &str, close: &str) -> &'p str {
    let (_, rest) = page.split_once(open).unwrap();
    rest.split_once(close).unwrap().0
}

/// Headings down to groups, with how many rules stand in each.
fn outline(page: &str) -> String {
    let heading = Regex::new(r"(?s)<h([123])[^>]*>(.*?)</h[123]>|(data-rule)").unwrap();
    let tag = Regex::new(r"<[^>]*>").unwrap();
    let mut lines: Vec<(String, usize)> = Vec::new();
    for found in heading.captures_iter(between(page, "<body>", "</body>").split("<script>").next().unwrap()) {
        match (found.get(1), found.get(2)) {
            (Some(level), Some(text)) => {
                let indent = "  ".repeat(level.as_str().parse::<usize>().unwrap() - 1);
                let text = tag.replace_all(text.as_str(), "");
                lines.push((format!("{indent}{}", text.split_whitespace().collect::<Vec<_>>().join(" ")), 0));
            }
            _ => lines.last_mut().unwrap().1 += 1,
        }
    }
    let shown =
        lines.iter().map(|(line, rules)| if *rules == 0 { line.clone() } else { format!("{line} = {rules} rules") });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn outlines() {
    for lang in [Lang::En, Lang::Zh] {
        let pages =
            FIXTURES.iter().map(|fixture| format!("# {}\n{}", fixture.name, outline(&shown(html(), lang, fixture))));
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("html_outlines_{lang:?}").to_lowercase(), pages.collect::<Vec<_>>().join("\n\n"));
        });
    }
}

#[test]
fn every_rule_stands_on_the_page_once_and_every_link_leads_somewhere() {
    let all: Vec<_> = FIXTURES.iter().map(Fixture::item).collect();
    let (id, link) = (Regex::new(r#" id="([^"]*)""#).unwrap(), Regex::new(r#"href="([^"]*)""#).unwrap());
    let pages = FIXTURES.iter().map(|fixture| shown(html(), Lang::En, fixture));
    for page in pages.chain([write(html(), run(Lang::Zh, true), &all)]) {
        let mut ids = BTreeSet::new();
        for id in id.captures_iter(&page) {
            assert!(ids.insert(id[1].to_owned()), "the id {} twice", &id[1]);
        }
        for link in link.captures_iter(&page) {
            let target = link[1].strip_prefix('#').unwrap_or_else(|| panic!("{} leaves the page", &link[1]));
            assert!(ids.contains(target), "nothing at {target}");
        }
    }
    for fixture in FIXTURES.iter() {
        let Ok(report) = &fixture.result else { continue };
        let page = shown(html(), Lang::En, fixture);
        assert_eq!(page.matches("data-rule ").count(), report.rules.len(), "{}", fixture.name);
    }
}

#[test]
fn the_policy_of_the_page_allows_its_own_style_and_script_only() {
    let page = shown(html(), Lang::En, &FIXTURES[0]);
    let hash = |text: &str| data_encoding::BASE64.encode(&Sha256::digest(text));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let (style, script) = (between(&page, "<style>", "</style>"), between(&page, "<script>", "</script>"));
    let expected = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    );
    assert_eq!(policy.replace("&#39;", "'"), expected);
    assert!(!page.contains(" style="), "a style outside the policy");
    assert!(!page.contains("http://") && !page.contains("https://"), "an address of the network");
}

#[test]
fn a_hostile_declaration_changes_nothing_but_its_own_text() {
    let hostile = "</code></pre></title><script>alert(1)</script><!-- ' \" & \u{1b}[2J \u{202e}\u{0} ]]> =cmd()";
    let long = "长".repeat(200_000);
    let page = |text: &str| {
        let declaration = changed(&[
            ("/declaration/name/zh", text.into()),
            ("/applicants/0/name", text.into()),
            ("/data/items/1/name", text.into()),
            ("/data/items/1/sharing_mode", "raw".into()),
        ]);
        let result = judge(&PLAN, "a.json", &declaration);
        assert!(result.is_ok());
        shown(html(), Lang::En, &Fixture { name: "a", text: declaration, result })
    };
    let harmless = page("harmless");
    assert!(harmless.contains("harmless is"), "the text stands in a message");
    for text in [hostile, &long] {
        let other = page(text);
        assert_eq!(tags(&other), tags(&harmless));
        assert!(!other.contains(['\u{1b}', '\u{202e}', '\u{0}']));
        assert!(other.len() < harmless.len() + 100_000, "{} bytes", other.len());
    }
}
