//! The words of a comparison in both languages, shared by its formats.

use crate::change::contract::{Diff, ParameterChange, Part, Product, RuleChange, Search, State};
use crate::change::{Direction, Movement};
use crate::ir::RuleKind;
use crate::render::words::Lang;
use crate::report::contract::{Decision, Outcome, SourcePlace};

/// The headline: the gravest thing that happened, and how often.
pub(super) fn headline(diff: &Diff, lang: Lang) -> (Direction, String) {
    let s = &diff.summary;
    let (loosened, red, tightened, other) = (s.loosened, s.loosened_red_lines, s.tightened, s.undetermined);
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    match lang {
        Lang::En if red > 0 => (Direction::Loosened, count(red, "red line is looser", "red lines are looser")),
        Lang::En if loosened > 0 => {
            (Direction::Loosened, format!("{}, no red line", count(loosened, "rule is looser", "rules are looser")))
        }
        Lang::En if tightened > 0 => (
            Direction::Tightened,
            format!("{}, none is looser", count(tightened, "rule is tighter", "rules are tighter")),
        ),
        Lang::En if other > 0 => (
            Direction::Tightened,
            format!("{} in a way that nothing shows", count(other, "rule changed", "rules changed")),
        ),
        Lang::En => (Direction::Tightened, "no rule is looser or tighter".to_owned()),
        Lang::Zh if red > 0 => (Direction::Loosened, format!("{red}条红线放宽")),
        Lang::Zh if loosened > 0 => (Direction::Loosened, format!("{loosened}条规则放宽，不含红线")),
        Lang::Zh if tightened > 0 => (Direction::Tightened, format!("{tightened}条规则收紧，没有放宽")),
        Lang::Zh if other > 0 => (Direction::Tightened, format!("{other}条规则有改动，方向未能显示")),
        Lang::Zh => (Direction::Tightened, "没有规则放宽或收紧".to_owned()),
    }
}

/// What was compared.
pub(super) fn corpus(diff: &Diff, lang: Lang) -> String {
    let corpus = &diff.corpus;
    let (judged, changed, unreadable, refused) =
        (corpus.judged, corpus.changed, corpus.unreadable, corpus.refused.len());
    let mut parts = match lang {
        Lang::En => vec![format!(
            "{judged} declaration{} judged by both, {changed} come{} out otherwise",
            if judged == 1 { "" } else { "s" },
            if changed == 1 { "s" } else { "" }
        )],
        Lang::Zh => vec![format!("两版均评估的声明{judged}份，结果不同的{changed}份")],
    };
    if refused > 0 {
        parts.push(lang.choose("{} taken by one side only", "仅一版接受的{}份").replace("{}", &refused.to_string()));
    }
    if unreadable > 0 {
        parts.push(lang.choose("{} not valid for either", "两版均不接受的{}份").replace("{}", &unreadable.to_string()));
    }
    parts.join(lang.choose("; ", "；"))
}

pub(super) const fn movement(movement: Movement, lang: Lang) -> &'static str {
    match movement {
        Movement::Loosened => lang.choose("loosened", "放宽"),
        Movement::Tightened => lang.choose("tightened", "收紧"),
        Movement::LostSight => lang.choose("lost sight", "转为无法判定"),
        Movement::GainedSight => lang.choose("gained sight", "转为可判定"),
        Movement::OnlyWords => lang.choose("only words", "仅文字"),
        Movement::Undetermined => lang.choose("changed, direction not shown", "有改动，方向未显示"),
    }
}

pub(super) fn movements(all: &[Movement], lang: Lang) -> String {
    all.iter().map(|it| movement(*it, lang)).collect::<Vec<_>>().join(lang.choose(", ", "、"))
}

pub(super) fn direction(direction: Option<Direction>, lang: Lang) -> &'static str {
    direction.map_or(lang.choose("direction not shown", "方向未显示"), |it| movement(it.into(), lang))
}

pub(super) const fn part(part: Part, lang: Lang) -> &'static str {
    match part {
        Part::Rule => lang.choose("rule", "规则"),
        Part::Kind => lang.choose("kind", "类别"),
        Part::When => lang.choose("when", "适用条件"),
        Part::Stage => lang.choose("stage", "适用阶段"),
        Part::Effective => lang.choose("in force", "有效期"),
        Part::Requirement => lang.choose("requirement", "要求"),
        Part::For => lang.choose("for", "逐项范围"),
        Part::Review => lang.choose("review", "人工审查"),
        Part::Model => lang.choose("what it reads", "所读内容"),
        Part::Words => lang.choose("words", "文字"),
    }
}

pub(super) const fn kind(kind: RuleKind, lang: Lang) -> &'static str {
    match kind {
        RuleKind::RedLine => lang.choose("red line", "红线"),
        RuleKind::Baseline => lang.choose("baseline", "基线要求"),
        RuleKind::Guidance => lang.choose("guidance", "倡导事项"),
    }
}

/// How a rule comes to be here, where that needs saying.
pub(super) fn state(rule: &RuleChange, lang: Lang) -> Option<String> {
    match (rule.state, &rule.was) {
        (State::Added, _) => Some(lang.choose("added", "新增").to_owned()),
        (State::Removed, _) => Some(lang.choose("removed", "删除").to_owned()),
        (State::Renamed, Some(was)) => Some(format!("{} {was}", lang.choose("was", "原为"))),
        _ => None,
    }
}

/// Its kind, with the one before where that was another.
pub(super) fn kinds(rule: &RuleChange, lang: Lang) -> String {
    match (rule.old_kind, rule.new_kind) {
        (Some(old), Some(new)) if old != new => format!("{} → {}", kind(old, lang), kind(new, lang)),
        (old, new) => new.or(old).map_or("", |it| kind(it, lang)).to_owned(),
    }
}

pub(super) fn outcome(outcome: Option<Outcome>, lang: Lang) -> String {
    outcome.map_or(lang.choose("no rule", "无此规则"), |it| lang.table().outcome(it, RuleKind::RedLine)).to_owned()
}

pub(super) const fn decision(decision: Decision, lang: Lang) -> &'static str {
    match decision {
        Decision::Refused => lang.choose("refused", "不予准入"),
        Decision::Incomplete => lang.choose("incomplete", "尚不完整"),
        Decision::Conditional => lang.choose("conditional", "有条件准入"),
        Decision::Admitted => lang.choose("admitted", "准予准入"),
        Decision::NotEvaluated => lang.choose("not evaluated", "未作评估"),
    }
}

/// `file:line:column`, on both sides where they differ.
pub(super) fn places(old: Option<&SourcePlace>, new: Option<&SourcePlace>) -> String {
    let written = |place: &SourcePlace| format!("{}:{}:{}", place.file, place.line, place.column);
    match (old, new) {
        (Some(old), Some(new)) if old == new => written(new),
        (Some(old), Some(new)) => format!("{} → {}", written(old), written(new)),
        (old, new) => new.or(old).map(written).unwrap_or_default(),
    }
}

pub(super) fn product(product: &Product) -> String {
    match (&product.name, &product.id) {
        (Some(name), _) => format!("{} ({name})", product.file),
        (None, Some(id)) => format!("{} ({id})", product.file),
        (None, None) => product.file.clone(),
    }
}

/// How a search ended, plainly.
pub(super) fn search(search: &Search, lang: Lang) -> String {
    let Search { tried, limit, whole, .. } = search;
    let fields = search.varied.join(", ");
    match (&search.witness, lang) {
        (Some(_), Lang::En) => {
            format!("no declaration of the corpus shows it; among {tried} that were made, this one does:")
        }
        (Some(_), Lang::Zh) => format!("已有声明均未显示差异；所构造的{tried}份声明中有一份："),
        (None, Lang::En) => format!(
            "no declaration of the corpus shows a difference, and none was found among {tried} that were made ({}), \
             varying {fields}. This was a search, not a proof",
            if *whole { "all that the search makes".to_owned() } else { format!("ended by the limit of {limit}") },
        ),
        (None, Lang::Zh) => format!(
            "已有声明均未显示差异；所构造的{tried}份声明中亦未找到（{}），变动字段：{fields}。此为搜索，并非证明",
            if *whole { "已穷尽搜索范围".to_owned() } else { format!("至上限{limit}为止") },
        ),
    }
}

/// What to say of a parameter's readers.
pub(super) fn readers(parameter: &ParameterChange, lang: Lang) -> String {
    if parameter.rules.is_empty() {
        return lang.choose("read by no rule", "没有规则引用").to_owned();
    }
    format!("{} {}", lang.choose("read by", "引用规则"), parameter.rules.join(lang.choose(", ", "、")))
}
