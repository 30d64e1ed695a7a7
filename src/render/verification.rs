//! A verification for people: what judging again says, which inputs it rests on, and what differs, rule by rule.

use super::page::Page;
use super::style::{Painted, Palette};
use super::words::Lang;
use super::{Detail, Options};
use crate::evidence::{
    Comparison, Finding, Input, InputState, Role, Rule, RuleDifference, Standing, Stated, Stating, Verification,
};
use anstyle::Style;

/// How many findings of a rule are shown on each side where nobody asks for all.
const FINDINGS: usize = 5;

/// The verification as text.
#[must_use]
pub fn human(verification: &Verification, options: &Options) -> String {
    let mut page = Page::new(options);
    let (word, why) = headline(verification, page.lang);
    let style = colour(verification.standing, page.palette).invert();
    page.put(format_args!("{}  {why}\n", Painted(style, format!(" {word} "))));
    if options.detail == Detail::Quiet {
        return page.text;
    }
    page.gap();
    recorded(&mut page, verification);
    verification.inputs.iter().for_each(|one| input(&mut page, one));
    if let Some(comparison) = &verification.differences {
        differences(&mut page, comparison);
    }
    page.text
}

const fn headline(verification: &Verification, lang: Lang) -> (&'static str, &'static str) {
    let altered = match &verification.differences {
        Some(comparison) => comparison.same_makers() && comparison.same_verdict(),
        None => false,
    };
    match verification.standing {
        Some(Standing::Identical) => (
            lang.choose("IDENTICAL", "完全一致"),
            lang.choose("judged again, the same bytes came out", "重新评估，结果逐字节相同"),
        ),
        Some(Standing::Agrees) => (
            lang.choose("AGREES", "结论一致"),
            lang.choose(
                "another engine or other packs judged; the decision, every outcome and its places are as recorded",
                "引擎或规则包不同，决定、各规则结果及其位置均与记录相同",
            ),
        ),
        Some(Standing::Differs) if altered => (
            lang.choose("ALTERED", "已被改动"),
            lang.choose(
                "the same engine and inputs give other bytes, though no other outcome",
                "引擎与输入相同，各规则结果未变，但字节不同",
            ),
        ),
        Some(Standing::Differs) => (
            lang.choose("DIFFERS", "结论不同"),
            lang.choose("judged again, something else came out than was recorded", "重新评估所得与记录不同"),
        ),
        None => (
            lang.choose("NOT VERIFIED", "未能核验"),
            lang.choose(
                "an input is missing or is not the recorded one; nothing was judged",
                "输入缺失或与记录不符，未作评估",
            ),
        ),
    }
}

const fn colour(standing: Option<Standing>, palette: Palette) -> Style {
    match standing {
        Some(Standing::Identical) => palette.added(),
        Some(Standing::Agrees) => palette.help(),
        Some(Standing::Differs) | None => palette.pointer(),
    }
}

fn recorded(page: &mut Page, verification: &Verification) {
    let lang = page.lang;
    let recorded = &verification.recorded;
    page.entry(lang.choose("evidence", "证据文件"), &verification.evidence);
    let signed = match &verification.signature {
        Some(signature) if signature.trusted_comment.is_empty() => signature.key.clone(),
        Some(signature) => format!("{} · {}", signature.key, signature.trusted_comment),
        None => lang.choose("not checked: no key was given", "未核验：未提供公钥").to_owned(),
    };
    page.entry(lang.choose("signed by", "签名"), &signed);
    let engine = if recorded.engine == verification.engine {
        recorded.engine.clone()
    } else {
        let (was, now) = (lang.choose("recorded", "记录"), lang.choose("here", "此处"));
        format!("{was} {}{}{now} {}", recorded.engine, lang.comma(), verification.engine)
    };
    page.entry(lang.choose("engine", "引擎"), &engine);
    let stage = recorded.stage.as_ref().map_or_else(String::new, |stage| format!(" · {stage}"));
    page.entry(lang.choose("as of", "评估日"), &format!("{}{stage}", recorded.as_of));
    let (decision, _) = page.words.decision(recorded.decision);
    page.entry(lang.choose("recorded", "记录决定"), &decision.to_lowercase());
}

const fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Declaration => lang.choose("declaration", "声明"),
        Role::Waivers => lang.choose("waivers", "豁免"),
        Role::Reviews => lang.choose("reviews", "审查"),
        Role::Pack => lang.choose("pack", "规则包"),
        Role::Plugin => lang.choose("plugin", "插件"),
    }
}

fn input(page: &mut Page, input: &Input) {
    let lang = page.lang;
    let state = match input.state {
        InputState::Same => lang.choose("as recorded", "与记录一致"),
        InputState::Other => lang.choose("not the recorded one", "与记录不符"),
        InputState::Missing => lang.choose("missing", "缺失"),
    };
    page.entry(role(input.role, lang), &format!("{} · {state}", input.name));
    if input.state != InputState::Same {
        page.unbroken(14, lang.choose("recorded", "记录"), input.recorded.as_str());
    }
    if let Some(found) = input.found.as_ref().filter(|_| input.state == InputState::Other) {
        page.unbroken(14, lang.choose("found   ", "现有"), found.as_str());
    }
}

const fn what(stating: Stating, lang: Lang) -> &'static str {
    match stating {
        Stating::Decision => lang.choose("decision", "决定"),
        Stating::Summary => lang.choose("summary", "汇总"),
        Stating::Engine => lang.choose("engine", "引擎"),
        Stating::Packs => lang.choose("packs", "规则包"),
        Stating::Id => lang.choose("id", "编号"),
        Stating::AsOf => lang.choose("as of", "评估日"),
        Stating::Stage => lang.choose("stage", "阶段"),
        Stating::Selected => lang.choose("selected rules", "所选规则"),
        Stating::Limits => lang.choose("limits", "限额"),
        Stating::Result => lang.choose("whole result", "完整结果"),
    }
}

fn differences(page: &mut Page, comparison: &Comparison) {
    // The inputs above and the rules below say the rest already.
    let said_elsewhere = |what| match what {
        Stating::Engine => true,
        Stating::Summary => !comparison.same_verdict(),
        _ => false,
    };
    let stated: Vec<&Stated> = comparison.stated.iter().filter(|stated| !said_elsewhere(stated.what)).collect();
    if stated.is_empty() && comparison.rules.is_empty() {
        return;
    }
    page.section(page.lang.choose("What differs", "不同之处"), "");
    for stated in stated {
        page.paragraph(2, page.palette.strong(), what(stated.what, page.lang));
        page.unbroken(4, page.lang.choose("recorded", "记录"), &value(page.lang, stated.what, &stated.recorded));
        page.unbroken(4, page.lang.choose("again   ", "重评"), &value(page.lang, stated.what, &stated.replayed));
    }
    comparison.rules.iter().for_each(|rule| of_rule(page, rule));
}

/// A value that was stated; decisions in words.
fn value(lang: Lang, what: Stating, text: &str) -> String {
    let decision = || serde_json::from_value(text.into()).ok();
    match what {
        Stating::Decision => lang.table().decision(decision()).0.to_lowercase(),
        _ if text.is_empty() => lang.choose("none", "无").to_owned(),
        _ => text.to_owned(),
    }
}

fn of_rule(page: &mut Page, rule: &RuleDifference) {
    page.paragraph(2, page.palette.strong(), &rule.id);
    side(page, page.lang.choose("recorded", "记录"), rule.recorded.as_ref());
    side(page, page.lang.choose("again", "重评"), rule.replayed.as_ref());
}

fn side(page: &mut Page, word: &str, rule: Option<&Rule>) {
    let Some(rule) = rule else {
        let none = page.lang.choose("no such rule", "无此规则");
        page.hanging((4, 14), (page.palette.dim(), word), (Style::new(), none));
        return;
    };
    let outcome = page.words.outcome(rule.outcome, rule.kind);
    let says = format!("{outcome} · {}", page.words.kind(rule.kind));
    page.hanging((4, 14), (page.palette.dim(), word), (page.palette.outcome(rule.outcome), &says));
    let shown = if page.verbose { rule.findings.len() } else { FINDINGS };
    for finding in rule.findings.iter().take(shown) {
        place(page, rule, finding);
    }
    if rule.findings.len() > shown {
        let more = (rule.findings.len() - shown).to_string();
        page.paragraph(14, page.palette.dim(), &page.lang.choose("and {} more", "另有{}项").replace("{}", &more));
    }
}

fn place(page: &mut Page, rule: &Rule, finding: &Finding) {
    let pointer = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
    let requirement = &finding.requirement;
    let text = format!(
        "{}  {pointer} ({}:{})  {}:{}:{}",
        page.words.outcome(finding.outcome, rule.kind),
        finding.at.line,
        finding.at.column,
        requirement.file,
        requirement.line,
        requirement.column
    );
    page.paragraph(14, page.palette.dim(), &text);
}
