//! The draft of a filing, as Markdown and as a page of HTML: the parts of the form, and in each what was declared. What
//! was not says so; nothing is filled in.

use super::html::shell::Shell;
use super::markdown::plain;
use super::visible::{visible, visible_lines};
use super::words::{fill, table};
use super::{Lang, pick};
use crate::report::contract::Words;
use crate::report::form::{Entry, Form, Part, Said};
use maud::{Markup, html};

table! {
    /// Every word of a draft, in one language.
    FilingWords, EN, ZH:

    draft: "Draft of a declaration", "声明书草稿";
    unnamed: "Unnamed product", "未命名的产品";
    part: "{0}. {1}", "{0}、{1}";
    not_declared: "not declared", "未声明";
    part_not_declared: "Nothing of this part is declared.", "本部分内容均未声明。";
    none: "none", "无";
    withheld: "not public", "不公开";
    item: "No. {0}", "第 {0} 项";
    is: ": ", "：";
    no_form: "No pack names the parts of a form.", "没有规则包规定声明书的组成部分。";
    public: "For the public: confidential fields are left out.", "公开版本：保密字段已略去。";
    what_it_is:
        "Laid out by a program from the declaration {0}. Nothing was added; it is no filing before somebody signs it.",
        "由程序依据声明 {0} 编排，未添加任何内容；未经签署不构成申报。";
}

fn words(lang: Lang) -> &'static FilingWords {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

/// The draft as Markdown.
#[must_use]
pub fn markdown(form: &Form, lang: Lang) -> String {
    let own = words(lang);
    let line = |text: &str| plain(&visible(text));
    let mut lines =
        vec![format!("# {}", form.name.as_deref().map_or_else(|| own.unnamed.to_owned(), line)), String::new()];
    lines.extend([&form.institution, &form.id].into_iter().flatten().map(|who| format!("{}  ", line(who))));
    lines.extend([String::new(), format!("*{}*", fill(own.what_it_is, &[&form.digest]))]);
    if form.public {
        lines.extend([String::new(), format!("*{}*", own.public)]);
    }
    if form.parts.is_empty() {
        lines.extend([String::new(), own.no_form.to_owned()]);
    }
    for (at, part) in form.parts.iter().enumerate() {
        let title = fill(own.part, &[&number(at, lang), &line(pick(&part.title, lang))]);
        lines.extend([String::new(), format!("## {title}"), String::new()]);
        if part.declared {
            for entry in &part.entries {
                entry_line(&mut lines, entry, 0, lang);
            }
        } else {
            lines.push(format!("*{}*", own.part_not_declared));
        }
    }
    lines.join("\n") + "\n"
}

/// 1, 2 …; in Chinese 一, 二 …, as forms number their parts.
fn number(at: usize, lang: Lang) -> String {
    let chinese = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match (lang, chinese.get(at)) {
        (Lang::Zh, Some(word)) => (*word).to_owned(),
        _ => (at + 1).to_string(),
    }
}

/// An entry as an item of a nested list.
fn entry_line(lines: &mut Vec<String>, entry: &Entry, depth: usize, lang: Lang) {
    let indent = "  ".repeat(depth);
    let label = plain(&visible(pick(&entry.label, lang)));
    let own = words(lang);
    let lead = format!("{indent}- **{label}**{}", own.is);
    match &entry.content {
        Said::Fields(entries) => {
            lines.push(lead.trim_end().to_owned());
            for entry in entries {
                entry_line(lines, entry, depth + 1, lang);
            }
        }
        Said::Items(items) => {
            lines.push(lead.trim_end().to_owned());
            for (at, entries) in items.iter().enumerate() {
                lines.push(format!("{indent}  - {}", fill(own.item, &[&(at + 1)])));
                for entry in entries {
                    entry_line(lines, entry, depth + 2, lang);
                }
            }
        }
        other => lines.push(format!("{lead}{}", said(other, lang, &indent))),
    }
}

/// Texts by language, the reader's own first.
fn own_first(texts: &[(String, String)], lang: Lang) -> Vec<&(String, String)> {
    let mut texts: Vec<&(String, String)> = texts.iter().collect();
    let is_own = |tag: &str| tag.split('-').next() == Some(lang.choose("en", "zh"));
    texts.sort_by_key(|(tag, _)| !is_own(tag));
    texts
}

/// What stands at a field of one or more values, in Markdown; lines of prose stay lines.
fn said(content: &Said, lang: Lang, indent: &str) -> String {
    let own = words(lang);
    let text = |text: &str| {
        let shown = plain(&visible_lines(text));
        shown.lines().map(str::trim).collect::<Vec<_>>().join(&format!("  \n{indent}  "))
    };
    let value = |value: &Words| text(pick(value, lang));
    match content {
        Said::Value(one) => value(one),
        Said::Texts(texts) => {
            let line = |(tag, words): &(String, String)| {
                format!("\n{indent}  - *{}*{}{}", plain(&visible(tag)), own.is, text(words))
            };
            own_first(texts, lang).into_iter().map(line).collect()
        }
        Said::Values(many) => many.iter().map(value).collect::<Vec<_>>().join(lang.comma()),
        Said::None => own.none.to_owned(),
        Said::Withheld => format!("*{}*", own.withheld),
        Said::NotDeclared | Said::Fields(_) | Said::Items(_) => format!("*{}*", own.not_declared),
    }
}

/// The draft as a page.
#[must_use]
pub fn html(form: &Form, lang: Lang) -> String {
    let own = words(lang);
    let name = form.name.as_deref().map_or_else(|| own.unnamed.to_owned(), |name| visible(name).into_owned());
    let shell = Shell { lang, title: own.draft.to_owned(), style: include_str!("html/filing.css"), script: "" };
    let body = html! {
        div.filing {
            header {
                p.kicker { (own.draft) @if let Some((title, version)) = &form.pack { " · " (pick(title, lang)) " " (version) } }
                h1 { (name) }
                p.who { @for who in [&form.institution, &form.id].into_iter().flatten() { span { (visible(who)) } } }
                p.why { (fill(own.what_it_is, &[&form.digest])) }
                @if form.public { p.why { (own.public) } }
            }
            main {
                @if form.parts.is_empty() { p { (own.no_form) } }
                @for (at, part) in form.parts.iter().enumerate() { (part_section(at, part, lang)) }
            }
        }
    };
    shell.around(&body)
}

fn part_section(at: usize, part: &Part, lang: Lang) -> Markup {
    let own = words(lang);
    html! {
        section {
            h2 { (fill(own.part, &[&number(at, lang), &visible(pick(&part.title, lang))])) }
            @if part.declared { (entries(&part.entries, lang)) } @else { p.open { (own.part_not_declared) } }
        }
    }
}

fn entries(entries: &[Entry], lang: Lang) -> Markup {
    html! {
        dl { @for entry in entries {
            div class=[matches!(entry.content, Said::Fields(_) | Said::Items(_)).then_some("nested")] {
                dt { (visible(pick(&entry.label, lang))) }
                dd { (content(&entry.content, lang)) }
            }
        } }
    }
}

fn content(content: &Said, lang: Lang) -> Markup {
    let own = words(lang);
    let shown = |value: &Words| visible_lines(pick(value, lang)).into_owned();
    html! {
        @match content {
            Said::Value(value) => span.value { (shown(value)) },
            Said::Values(values) => span.value { (values.iter().map(shown).collect::<Vec<_>>().join(lang.comma())) },
            Said::Texts(texts) => ul.texts { @for (tag, text) in own_first(texts, lang) {
                li lang=(visible(tag)) { small { (visible(tag)) } " " span.value { (visible_lines(text)) } }
            } },
            Said::None => (own.none),
            Said::Withheld => span.open { (own.withheld) },
            Said::NotDeclared => span.open { (own.not_declared) },
            Said::Fields(fields) => (entries(fields, lang)),
            Said::Items(items) => ol { @for item in items { li { (entries(item, lang)) } } },
        }
    }
}
