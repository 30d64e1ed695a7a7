//! A comparison as Markdown, to be put under a pull request. What comes from declarations and policies is escaped: it
//! can start no heading, table cell, link or tag.

use super::words;
use crate::change::Direction;
use crate::change::contract::{Diff, Difference, Part, RuleChange, Search};
use crate::render::words::{Lang, pick};
use crate::render::{json, visible};
use crate::report::contract::Shown;

/// How many products are listed for a rule.
const PRODUCTS: usize = 20;

/// The comparison as Markdown.
#[must_use]
pub fn markdown(diff: &Diff, lang: Lang) -> String {
    let (way, text) = words::headline(diff, lang);
    let sign = match way {
        Direction::Loosened => "⚠️ ",
        Direction::Tightened => "",
    };
    let mut out = format!("## {sign}{text}\n\n");
    let corpus = escaped(&words::corpus(diff, lang));
    out = format!("{out}{} → {}. {corpus}\n", code(&diff.old.given), code(&diff.new.given));
    out += &decisions(diff, lang);
    out += &refused(diff, lang);
    out += &parameters(diff, lang);
    for rule in &diff.rules {
        out += &of_rule(rule, lang);
    }
    out
}

fn decisions(diff: &Diff, lang: Lang) -> String {
    let rows = diff.decisions.iter().map(|change| {
        let (from, to) = (words::decision(change.from, lang), words::decision(change.to, lang));
        let way = change.direction.map_or("", |it| words::direction(Some(it), lang));
        [escaped(&words::product(&change.product)), from.to_owned(), to.to_owned(), way.to_owned()]
    });
    let head = [lang.choose("product", "产品"), lang.choose("before", "原"), lang.choose("after", "现"), ""];
    table(lang.choose("Decisions that changed", "结论变化"), head, rows)
}

fn refused(diff: &Diff, lang: Lang) -> String {
    let rows = diff.corpus.refused.iter().map(|refused| {
        let by = match refused.by {
            crate::change::contract::Which::Old => lang.choose("old", "旧版"),
            crate::change::contract::Which::New => lang.choose("new", "新版"),
        };
        [escaped(&refused.file), by.to_owned(), escaped(&refused.reason)]
    });
    let head =
        [lang.choose("declaration", "声明"), lang.choose("refused by", "不接受的一版"), lang.choose("why", "原因")];
    table(lang.choose("Declarations that one side refuses", "仅一版接受的声明"), head, rows)
}

fn parameters(diff: &Diff, lang: Lang) -> String {
    let rows = diff.parameters.iter().map(|parameter| {
        let way = parameter.direction.map_or("", |it| words::direction(Some(it), lang));
        [
            code(&parameter.name),
            parameter.from.as_ref().map_or_else(String::new, |value| escaped(&shown(value))),
            parameter.to.as_ref().map_or_else(String::new, |value| escaped(&shown(value))),
            way.to_owned(),
            escaped(&parameter.rules.join(", ")),
        ]
    });
    let head = [
        lang.choose("parameter", "参数"),
        lang.choose("before", "原"),
        lang.choose("after", "现"),
        "",
        lang.choose("read by", "引用规则"),
    ];
    table(lang.choose("Parameters", "参数"), head, rows)
}

fn shown(value: &Shown) -> String {
    match value {
        Shown::Null => "null".to_owned(),
        Shown::Bool(value) => value.to_string(),
        Shown::Text(text) => text.clone(),
        Shown::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Shown::Table(rows) => {
            let rows: Vec<String> = rows.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect();
            format!("{{{}}}", rows.join(", "))
        }
    }
}

fn table<const N: usize>(title: &str, head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<String> = rows.map(|row| format!("| {} |\n", row.join(" | "))).collect();
    if rows.is_empty() {
        return String::new();
    }
    let line = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(N));
    format!("\n### {title}\n\n{line}{}", rows.concat())
}

fn of_rule(rule: &RuleChange, lang: Lang) -> String {
    let mut facts = vec![words::kinds(rule, lang), format!("**{}**", words::movements(&rule.movements, lang))];
    facts.extend(words::state(rule, lang));
    let places = words::places(rule.places.old.as_ref(), rule.places.new.as_ref());
    let mut out = format!(
        "\n### {} {}\n\n{} · {}\n",
        code(&rule.id),
        escaped(pick(&rule.title, lang)),
        facts.join(" · "),
        code(&places)
    );
    if !rule.through.is_empty() {
        let names: Vec<String> = rule.through.iter().map(|name| code(name)).collect();
        out = format!("{out}\n{} {}\n", lang.choose("through", "经由"), names.join(", "));
    }
    for difference in &rule.differences {
        out += &of_difference(difference, lang);
    }
    out += &products(rule, lang);
    out + &rule.search.as_ref().map_or_else(String::new, |search| of_search(search, lang))
}

fn of_difference(difference: &Difference, lang: Lang) -> String {
    if difference.part == Part::Rule {
        return String::new();
    }
    let mut head = words::part(difference.part, lang).to_owned();
    if difference.part != Part::Words {
        head = format!("{head}: {}", words::direction(difference.direction, lang));
    }
    let mut body = String::new();
    for (sign, written) in [("-", &difference.old), ("+", &difference.new)] {
        if let Some(written) = written {
            body = format!("{body}{sign} {}   // {}\n", written.text, words::places(None, Some(&written.place)));
        }
    }
    format!("\n{head}\n\n{}", fenced("diff", &body))
}

fn products(rule: &RuleChange, lang: Lang) -> String {
    let mut rows: Vec<String> = rule
        .products
        .iter()
        .take(PRODUCTS)
        .map(|change| {
            let places: Vec<String> = change.findings.iter().map(|finding| code(&finding.pointer)).collect();
            format!(
                "| {} | {} → {} | {} | {} |\n",
                escaped(&words::product(&change.product)),
                words::outcome(change.from, lang),
                words::outcome(change.to, lang),
                words::movements(&change.movements, lang),
                places.join(" ")
            )
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    if rule.products.len() > PRODUCTS {
        rows.push(format!("| … {} | | | |\n", rule.products.len() - PRODUCTS));
    }
    let head = format!(
        "| {} | {} | | {} |\n| --- | --- | --- | --- |\n",
        lang.choose("product", "产品"),
        lang.choose("outcome", "结果"),
        lang.choose("at", "位置")
    );
    format!("\n{head}{}", rows.concat())
}

fn of_search(search: &Search, lang: Lang) -> String {
    let mut out = format!("\n{}\n", escaped(&words::search(search, lang)));
    if let Some(witness) = &search.witness {
        out = format!(
            "{out}\n{} → {} · **{}** · {}\n\n{}",
            words::outcome(Some(witness.from), lang),
            words::outcome(Some(witness.to), lang),
            words::movements(&witness.movements, lang),
            witness.changed.iter().map(|at| code(at)).collect::<Vec<_>>().join(" "),
            fenced("json", &json::document(&witness.declaration))
        );
    }
    out
}

/// A block that its own text cannot end.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines: Vec<_> = text.lines().map(visible).collect();
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

/// Words within a line, as they are written.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

/// A text that is nothing but text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out += "&lt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '@' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(escaped("a|b [x](y) <b> *c* `d` @e"), "a\\|b \\[x\\](y) &lt;b> \\*c\\* \\`d\\` \\@e");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(fenced("json", "```\n"), "````json\n```\n````\n");
    }
}
