//! From a verdict to the report: addresses, words, decision. One value that every output format reads.

use super::contract::{
    self, AsOf, Cause, Decision, DeclarationPlace, Filing, Finding, Notice, NoticeKind, Origin, Outcome, Pinned,
    Report, Rule, SourcePlace, Stage, Summary, Undeclared, Upcoming, Warning, Words,
};
use super::facts::Digests;
use super::listed::Listed;
use super::missing::missing;
use super::public::{Public, WITHHELD};
use super::settle::{Open, Settling};
use super::{facts, proofs, requires, settle, shown, views};
use crate::compile::Program;
use crate::decode::declaration::{Cell, Content, Declaration, Place};
use crate::eval::{self, Grade, Laid, Reason, RuleVerdict, StageAt, Verdict};
use crate::ir::{self, RuleKind, Type};
use crate::pack::{Judgement, Review, Reviews, Waivers};
use crate::source::{Lines, Position, SourceMap, Span};
use crate::value::{ArithmeticError, Date};
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;

/// What a report needs beside the verdict.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The policy's texts.
    pub sources: &'a SourceMap,
    /// The declaration's name as it was given.
    pub file: &'a str,
    /// The line of the file that the declaration stands on, where it is one of many.
    pub line: Option<u32>,
    /// The declaration's bytes.
    pub bytes: &'a [u8],
    /// The evaluation date, and where it is from.
    pub as_of: (Date, Origin),
    /// Where the stage is from.
    pub stage_from: Origin,
    /// How many filing fields are given, of how many.
    pub filing: (u32, u32),
    /// Waivers to apply.
    pub waivers: &'a Waivers,
    /// Reviews to apply.
    pub reviews: &'a Reviews,
    /// Whether findings that passed are listed.
    pub list_passes: bool,
    /// Which rules have a digest of their facts.
    pub digests: Digests,
    /// Whether the run was narrowed to some rules: then there is no decision.
    pub narrowed: bool,
    /// The configuration file that was picked up.
    pub configuration: Option<&'a str>,
    /// What else the verdict rests on.
    pub pinned: &'a Pinned,
    /// What is confidential, for a report for the public.
    pub public: Option<&'a Public<'a>>,
}

/// Builds the report.
#[must_use]
pub fn build(program: &Program, declaration: &Declaration<'_>, verdict: &Verdict<'_>, context: &Context<'_>) -> Report {
    let id = handle(program, declaration, &program.policy.model.handles.id);
    let text = context.public.map_or(Cow::Borrowed(declaration.text), |public| public.text().into());
    // What is said of other products is not for the public of this one.
    let reported = |product: &str| context.public.is_none() || id.as_deref() == Some(product);
    let mut builder = Builder {
        program,
        declaration,
        context,
        lines: Lines::from_line(&text, context.line.unwrap_or(1)),
        text: &text,
        id: id.as_deref(),
        facts: facts::Facts::new(program, declaration),
        settling: Settling::new(context.waivers, context.reviews, reported),
        undeclared: IndexMap::new(),
        dangling: IndexSet::new(),
        claims: IndexSet::new(),
    };
    let rules: Vec<Rule> = verdict.rules.iter().filter_map(|rule| builder.rule(rule)).collect();
    let upcoming = verdict.rules.iter().filter_map(|rule| builder.upcoming(rule)).collect();
    let undeclared = builder.undeclared();
    let warnings = builder.warnings();
    let unproven = u32::try_from(builder.claims.len()).unwrap_or(u32::MAX);
    let (waivers, reviews) = builder.settling.done();
    let mut report = Report {
        schema: contract::RESULT,
        engine: contract::Engine {
            name: "hongxian",
            version: env!("CARGO_PKG_VERSION"),
            language: crate::pack::LANGUAGE,
        },
        packs: program.policy.packs.iter().map(|own| views::pack(program, own, &rules)).collect(),
        declaration: contract::Declaration {
            file: context.file.to_owned(),
            line: context.line,
            digest: facts::digest_of(context.bytes),
            name: handle(program, declaration, &program.policy.model.handles.name),
            institution: views::institution(program, declaration),
            id,
        },
        as_of: AsOf { date: context.as_of.0.to_string(), from: context.as_of.1 },
        stage: stage(program, &verdict.stage, context.stage_from),
        stages: views::stages(program),
        filing: Filing { given: context.filing.0, of: context.filing.1 },
        modules: views::modules(program),
        parameters: program.policy.params.iter().filter_map(|param| parameter(program, param)).collect(),
        configuration: context.configuration.map(ToOwned::to_owned),
        notices: notices(program, context),
        decision: (!context.narrowed).then(|| decide(&rules)),
        summary: summary(&rules, unproven),
        rules,
        undeclared,
        worklist: None,
        upcoming,
        waivers,
        reviews,
        warnings,
        pinned: context.pinned.clone(),
    };
    context.public.into_iter().for_each(|public| public.withhold(&mut report));
    report
}

/// The decision that the outcomes of a report come to.
fn decide(rules: &[Rule]) -> Decision {
    decision_of(rules.iter().map(|rule| (rule.kind, rule.outcome)))
}

/// The decision that outcomes come to. Guidance never moves it.
#[must_use]
pub fn decision_of(outcomes: impl IntoIterator<Item = (RuleKind, Outcome)>) -> Decision {
    // The gravest come first; what was not evaluated is the last.
    let (mut red, mut baseline) = (Outcome::NotApplicable, Outcome::NotApplicable);
    for (kind, outcome) in outcomes {
        match kind {
            RuleKind::RedLine => red = red.min(outcome),
            RuleKind::Baseline => baseline = baseline.min(outcome),
            RuleKind::Guidance => {}
        }
    }
    let open = |outcome| matches!(outcome, Outcome::Error | Outcome::Unknown | Outcome::Review);
    match (red, baseline) {
        (Outcome::Fail, _) => Decision::Refused,
        (red, _) if open(red) => Decision::Incomplete,
        (_, Outcome::Fail) => Decision::Conditional,
        (_, baseline) if open(baseline) => Decision::Conditional,
        (Outcome::NotApplicable, Outcome::NotApplicable) => Decision::NotEvaluated,
        _ => Decision::Admitted,
    }
}

struct Builder<'a> {
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    context: &'a Context<'a>,
    /// The text that places are counted in.
    text: &'a str,
    lines: Lines,
    id: Option<&'a str>,
    facts: facts::Facts<'a>,
    settling: Settling<'a>,
    /// Missing places, with the rules that they block.
    undeclared: IndexMap<Place, IndexSet<String>>,
    dangling: IndexSet<Place>,
    /// Claims that passes rest on, and that nothing proves.
    claims: IndexSet<Place>,
}

impl<'a> Builder<'a> {
    fn rule(&mut self, verdict: &RuleVerdict<'_>) -> Option<Rule> {
        let program = self.program;
        let rule = program.policy.rules.get(verdict.rule.index())?;
        let module = program.policy.modules.get(rule.module.index())?;
        let pack = program.policy.packs.get(module.pack.index())?;
        let facts = if self.needs_digest(rule, verdict) { self.facts.digest(&verdict.facts) } else { String::new() };
        let title = shown::words(&rule.title, &rule.id);
        let remedy = verdict.remedy.as_ref().map(|remedy| shown::said(program, remedy, self.context.public));
        let mut findings: Vec<Listed<'_, '_>> =
            verdict.findings.iter().map(|found| self.listed(found, &title, remedy.as_ref())).collect();
        self.settle(rule, &facts, &mut findings);
        self.collect(rule, &findings);
        let outcome = findings.iter().map(Listed::outcome).min().unwrap_or(Outcome::NotApplicable);
        let passed = findings.iter().filter(|finding| finding.outcome() == Outcome::Pass).count();
        let grade = findings.iter().filter(|finding| finding.found.outcome == Outcome::Pass).map(|it| it.basis.grade());
        let proof = if outcome == Outcome::Pass { grade.min() } else { None };
        let findings = findings.into_iter().filter_map(|listed| listed.finding);
        let findings =
            findings.filter(|finding| self.context.list_passes || finding.outcome != Outcome::Pass).collect();
        Some(Rule {
            id: rule.id.clone(),
            kind: rule.kind,
            title,
            outcome,
            reason: verdict.reason.map(reason),
            proof,
            argument: rule.argument.clone(),
            addressee: rule.addressee,
            cites: rule.cites.iter().map(|citation| citation.text.clone()).collect(),
            stages: views::stages_of(program, rule),
            source: self.source(rule.span),
            findings,
            passed: u32::try_from(passed).unwrap_or(u32::MAX),
            facts: if self.hides_any(&verdict.facts) { String::new() } else { facts },
            module: module.name.clone(),
            pack: pack.name.clone(),
            raised_by: rule
                .raised
                .as_ref()
                .and_then(|raised| Some(program.policy.packs.get(raised.by.index())?.name.clone())),
        })
    }

    /// Whether the digest of a rule's facts is wanted, or something that people settle hangs on it.
    fn needs_digest(&self, rule: &ir::Rule, verdict: &RuleVerdict<'_>) -> bool {
        self.context.digests == Digests::All
            || verdict.findings.iter().any(|found| found.outcome == Outcome::Review)
            || self.settling.is_of(&rule.id)
    }

    /// A finding with what it rests on; in words where it will be listed.
    fn listed<'f, 'v>(&self, found: &'f eval::Finding<'v>, title: &Words, remedy: Option<&Words>) -> Listed<'f, 'v> {
        let basis = found.basis.lay_out();
        let undecided = matches!(found.outcome, Outcome::Unknown | Outcome::Error);
        let missing = if undecided { missing(self.program, self.declaration, &basis) } else { Vec::new() };
        let is_listed = self.context.list_passes || found.outcome != Outcome::Pass;
        let finding = is_listed.then(|| self.finding(found, (&basis, &missing), title, remedy));
        Listed { found, basis, missing, finding }
    }

    fn finding(
        &self,
        finding: &eval::Finding<'_>,
        (basis, missing): (&Laid, &[Place]),
        title: &Words,
        remedy: Option<&Words>,
    ) -> Finding {
        let mut places: Vec<Place> = basis.places().collect();
        if places.is_empty() {
            places.extend(finding.elements.last());
        }
        let undecided = matches!(finding.outcome, Outcome::Unknown | Outcome::Error);
        let missing: Vec<String> = missing.iter().map(|place| self.pointer(*place)).collect();
        let mut addresses = places.iter().map(|place| self.place(*place));
        let first = addresses.next().unwrap_or_else(|| self.place(Place::ROOT));
        let values = places.iter().filter_map(|place| Some((self.pointer(*place), self.shown(*place)?))).collect();
        Finding {
            outcome: finding.outcome,
            pointer: first.pointer,
            at: first.at,
            requirement: self.source(finding.requirement),
            related: addresses.collect(),
            message: self.message(finding, basis, title, &missing),
            remedy: remedy.filter(|_| finding.outcome != Outcome::Pass).cloned(),
            values,
            causes: if undecided { causes(basis, !missing.is_empty()) } else { Vec::new() },
            missing,
            assumed: self.assumed(basis),
            proof: matches!(finding.outcome, Outcome::Pass | Outcome::Fail).then(|| basis.grade()),
            requires: requires::of(self.context.sources.slice(finding.requirement)),
            proofs: proofs::of(self.program, self.declaration, basis),
            waived_from: None,
        }
    }

    /// What was found, in words. A failure has the policy's own; everything else the engine's.
    fn message(&self, finding: &eval::Finding<'_>, basis: &Laid, title: &Words, missing: &[String]) -> Words {
        if let Some(said) = &finding.message {
            return shown::said(self.program, said, self.context.public);
        }
        let zh_title = title.zh.as_deref().unwrap_or(&title.en);
        match finding.outcome {
            Outcome::Fail => words(format!("not met: {}", title.en), format!("不满足：{zh_title}")),
            Outcome::Unknown | Outcome::Error => {
                let why = undecided(self, basis, missing);
                words(format!("{}: {}", title.en, why.en), format!("{zh_title}：{}", why.zh.unwrap_or_default()))
            }
            _ => words(format!("met: {}", title.en), format!("满足：{zh_title}")),
        }
    }

    fn assumed(&self, basis: &Laid) -> Vec<String> {
        if !basis.assumed {
            return Vec::new();
        }
        missing(self.program, self.declaration, basis).into_iter().map(|place| self.pointer(place)).collect()
    }

    /// Applies reviews, then waivers.
    fn settle(&mut self, rule: &ir::Rule, facts: &str, findings: &mut [Listed<'_, '_>]) {
        let open = Open { rule: &rule.id, product: self.id, facts, as_of: self.context.as_of.0 };
        let (program, declaration) = (self.program, self.declaration);
        let review = if findings.iter().any(|finding| finding.outcome() == Outcome::Review) {
            self.settling.review(&open)
        } else {
            None
        };
        for Listed { found, basis, finding, .. } in findings {
            let Some(finding) = finding else { continue };
            if let (Outcome::Review, Some(review)) = (finding.outcome, review) {
                close(finding, review);
            }
            if rule.kind == RuleKind::RedLine || !matches!(finding.outcome, Outcome::Fail | Outcome::Unknown) {
                continue;
            }
            let places: Vec<Place> = basis.places().chain(found.elements.iter().copied()).collect();
            let waived = self.settling.waives(&open, finding.outcome, |scope| {
                places.iter().any(|place| {
                    let path = facts::path(&program.layout, declaration, *place);
                    settle::encloses(scope, &path, |element, field, text| {
                        facts::has(program, declaration, element, field, text)
                    })
                })
            });
            if waived {
                finding.waived_from = Some(finding.outcome);
                finding.outcome = Outcome::Waived;
            }
        }
    }

    /// Notes what is missing, dangling and unproven over all rules.
    fn collect(&mut self, rule: &ir::Rule, settled: &[Listed<'_, '_>]) {
        for listed in settled {
            for cause in &listed.basis.causes {
                if let eval::Cause::Dangling(place) = cause {
                    self.dangling.insert(*place);
                }
            }
            if matches!(listed.outcome(), Outcome::Unknown | Outcome::Error) {
                for place in &listed.missing {
                    self.undeclared.entry(*place).or_default().insert(rule.id.clone());
                }
            }
            if listed.outcome() == Outcome::Pass {
                let asserted = listed.basis.cells.iter().filter(|(_, grade)| *grade == Some(Grade::Asserted));
                let claims: Vec<Place> =
                    asserted.map(|(place, _)| *place).filter(|place| self.is_claim(*place)).collect();
                self.claims.extend(claims);
            }
        }
    }

    /// Whether a place holds a statement that is true or false.
    fn is_claim(&self, place: Place) -> bool {
        self.program.layout.column(place.table, place.column as usize).is_some_and(|column| column.ty == Type::Bool)
            && self.cell(place).content != Content::Unknown
    }

    fn undeclared(&self) -> Vec<Undeclared> {
        let mut places: Vec<(&Place, &IndexSet<String>)> = self.undeclared.iter().collect();
        places.sort_by_cached_key(|(place, _)| (self.declaration.offset(&self.program.layout, **place), **place));
        places.into_iter().map(|(place, rules)| self.still_to_declare(*place, rules)).collect()
    }

    fn still_to_declare(&self, place: Place, rules: &IndexSet<String>) -> Undeclared {
        let column = self.program.layout.column(place.table, place.column as usize);
        let field = column
            .and_then(|column| column.field)
            .and_then(|(record, field)| self.program.policy.model.record(record)?.field(field));
        let DeclarationPlace { pointer, at } = self.place(place);
        Undeclared {
            label: field.map_or_else(
                || words("an element".into(), "列表中的一项".into()),
                |field| shown::words(&field.label, &field.name),
            ),
            expects: field.map_or_else(String::new, |field| shown::expects(self.program, field)),
            rules: rules.iter().cloned().collect(),
            pointer,
            at,
        }
    }

    fn upcoming(&self, verdict: &RuleVerdict<'_>) -> Option<Upcoming> {
        let Some(Reason::NotYetInForce(from)) = verdict.reason else { return None };
        let rule = self.program.policy.rules.get(verdict.rule.index())?;
        Some(Upcoming { id: rule.id.clone(), title: shown::words(&rule.title, &rule.id), from: from.to_string() })
    }

    fn warnings(&self) -> Vec<Warning> {
        let dangling = self.dangling.iter().map(|place| {
            let id = match self.shown(*place) {
                Some(contract::Shown::Text(id)) => id,
                _ => WITHHELD.to_owned(),
            };
            let message =
                words(format!("`{id}` names nothing that is declared"), format!("“{id}”未指向任何已申报的内容"));
            Warning { message, place: self.place(*place) }
        });
        dangling.collect()
    }

    /// Whether one of some places is withheld from the public.
    fn hides_any(&self, places: &[Place]) -> bool {
        self.context.public.is_some_and(|public| places.iter().any(|place| public.hides(*place)))
    }

    fn cell(&self, place: Place) -> Cell<'a> {
        self.declaration.cell(&self.program.layout, place)
    }

    fn shown(&self, place: Place) -> Option<contract::Shown> {
        let hidden = self.context.public.is_some_and(|public| public.hides(place));
        if hidden { None } else { shown::at(self.program, self.declaration, place) }
    }

    fn pointer(&self, place: Place) -> String {
        self.declaration.pointer(&self.program.layout, place)
    }

    fn place(&self, place: Place) -> DeclarationPlace {
        let offset = self.declaration.offset(&self.program.layout, place) as usize;
        let offset = self.context.public.map_or(offset, |public| public.offset(offset));
        DeclarationPlace { pointer: self.pointer(place), at: self.lines.position(self.text, offset) }
    }

    fn source(&self, span: Span) -> SourcePlace {
        let Position { line, column } = self.context.sources.position(span);
        SourcePlace { file: self.context.sources.name(span.file).to_owned(), line, column }
    }
}

fn words(en: String, zh: String) -> Words {
    Words { en, zh: Some(zh) }
}

/// How many missing fields a message names.
const NAMED: usize = 5;

/// Why a finding could not be decided, in words.
fn undecided(builder: &Builder<'_>, basis: &Laid, missing: &[String]) -> Words {
    let mut en = Vec::new();
    let mut zh = Vec::new();
    if !missing.is_empty() {
        let named = missing.iter().take(NAMED).map(|pointer| format!("`{pointer}`")).collect::<Vec<_>>();
        let more = missing.len().saturating_sub(NAMED);
        let (more_en, more_zh) = if more > 0 {
            (format!(" and {more} more"), format!("等{}项", missing.len()))
        } else {
            Default::default()
        };
        en.push(format!("cannot be decided without {}{more_en}", named.join(", ")));
        zh.push(format!("缺少{}{more_zh}，无法判定", named.join("、")));
    }
    for cause in &basis.causes {
        let (cause_en, cause_zh) = cause_words(builder, cause);
        en.push(cause_en);
        zh.push(cause_zh);
    }
    if en.is_empty() {
        en.push("cannot be decided".to_owned());
        zh.push("无法判定".to_owned());
    }
    words(en.join("; "), zh.join("；"))
}

fn cause_words(builder: &Builder<'_>, cause: &eval::Cause) -> (String, String) {
    let pair = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
    match cause {
        eval::Cause::Arithmetic(ArithmeticError::Overflow) => {
            pair("a computation needs too many digits", "计算超出位数上限")
        }
        eval::Cause::Arithmetic(ArithmeticError::DivisionByZero) => pair("a division by zero", "除数为零"),
        eval::Cause::DateRange => {
            pair("a date leaves the calendar, or is moved by a part of a day", "日期超出范围，或移动的不是整日")
        }
        eval::Cause::Dangling(place) => {
            let pointer = builder.pointer(*place);
            (format!("`{pointer}` names nothing that is declared"), format!("`{pointer}`未指向任何已申报的内容"))
        }
        eval::Cause::NotApplicable => pair("computes with a field that does not apply", "对不适用的字段进行了计算"),
        eval::Cause::Null => pair("computes with a field that has no value on purpose", "对约定为空的字段进行了计算"),
        eval::Cause::EmptyList => pair("the least or greatest of an empty list", "空列表没有最小值或最大值"),
        eval::Cause::Fault { function, .. } if builder.context.public.is_some() => {
            (format!("`{function}` failed"), format!("函数`{function}`出错"))
        }
        eval::Cause::Fault { function, message } => {
            (format!("`{function}` failed: {message}"), format!("函数`{function}`出错：{message}"))
        }
    }
}

fn causes(basis: &Laid, missing: bool) -> Vec<Cause> {
    let mut causes: Vec<Cause> = if missing { vec![Cause::Undeclared] } else { Vec::new() };
    causes.extend(basis.causes.iter().map(|cause| match cause {
        eval::Cause::Arithmetic(ArithmeticError::DivisionByZero) => Cause::DivisionByZero,
        eval::Cause::Arithmetic(ArithmeticError::Overflow) | eval::Cause::DateRange => Cause::Overflow,
        eval::Cause::Dangling(_) => Cause::DanglingReference,
        eval::Cause::NotApplicable => Cause::NotApplicable,
        eval::Cause::Null => Cause::NullValue,
        eval::Cause::EmptyList => Cause::EmptyList,
        eval::Cause::Fault { .. } => Cause::FunctionFailed,
    }));
    causes.sort_unstable();
    causes.dedup();
    causes
}

const fn reason(reason: Reason) -> contract::Reason {
    match reason {
        Reason::NotYetInForce(_) => contract::Reason::NotYetInForce,
        Reason::NoLongerInForce(_) => contract::Reason::NoLongerInForce,
        Reason::Stage => contract::Reason::OtherStage,
        Reason::When => contract::Reason::WhenIsFalse,
        Reason::NothingToExamine => contract::Reason::NothingExamined,
    }
}

/// A review that closes a finding.
fn close(finding: &mut Finding, review: &Review) {
    let (reviewer, grounds) = (&review.reviewer.value, &review.grounds.value);
    let (outcome, en, zh) = match review.verdict.value {
        Judgement::Positive => (Outcome::Pass, "judged to be met", "经评审认定满足"),
        Judgement::Negative => (Outcome::Fail, "judged not to be met", "经评审认定不满足"),
    };
    finding.outcome = outcome;
    finding.message = words(
        format!("{en} by {reviewer} ({}) on {}: {grounds}", review.role.value, review.date.value),
        format!("{zh}（{reviewer}，{}，{}）：{grounds}", review.role.value, review.date.value),
    );
}

/// The first of some fields that is declared, as text.
pub(super) fn handle(program: &Program, declaration: &Declaration<'_>, paths: &[Vec<ir::FieldId>]) -> Option<String> {
    paths.iter().find_map(|path| {
        let column = program.layout.root_column(&program.policy.model, path)?;
        match shown::at(program, declaration, Place::ROOT.field(column))? {
            contract::Shown::Text(text) => Some(text),
            _ => None,
        }
    })
}

/// A parameter as reports have it; none for one of another program.
#[must_use]
pub fn parameter(program: &Program, param: &ir::Param) -> Option<contract::Parameter> {
    let module = program.policy.modules.get(param.module.index())?;
    let pack = program.policy.packs.get(module.pack.index())?;
    let tightened_by = param.tightened.as_ref().and_then(|(pack, ..)| program.policy.packs.get(pack.index()));
    Some(contract::Parameter {
        name: param.name.clone(),
        value: shown::parameter(program, &param.value, &param.ty),
        origin: param.origin.clone(),
        tightened_by: tightened_by.map(|pack| pack.name.clone()),
        module: module.name.clone(),
        pack: pack.name.clone(),
    })
}

fn stage(program: &Program, stage: &StageAt, from: Origin) -> Option<Stage> {
    Some(Stage { name: stage_name(program, stage)?, from })
}

/// A known stage as declarations spell it.
pub(super) fn stage_name(program: &Program, stage: &StageAt) -> Option<String> {
    let StageAt::Known(member) = stage else { return None };
    let (_, stages) = program.stage?;
    Some(program.policy.model.enumeration(stages)?.members.get(member.index())?.spelling.clone())
}

fn notices(program: &Program, context: &Context<'_>) -> Vec<Notice> {
    let as_of = context.as_of.0;
    let lapsed = program.policy.packs.iter().filter_map(|pack| {
        let end = pack.lapsed_on.filter(|end| *end < as_of)?;
        let message = words(
            format!("the source of `{}` ended its life on {end}; the pack still judges by it", pack.name),
            format!("规则包“{}”所依据的文件已于{end}到期，本次仍按其评估", pack.name),
        );
        Some(Notice { kind: NoticeKind::Lapsed, pack: Some(pack.name.clone()), message })
    });
    let narrowed = context.narrowed.then(|| Notice {
        kind: NoticeKind::Narrowed,
        pack: None,
        message: words("narrowed to some rules: there is no decision".into(), "仅评估部分规则，不作结论".into()),
    });
    let public = context.public.map(|_| Notice {
        kind: NoticeKind::Public,
        pack: None,
        message: words(
            "for the public: what the model marks confidential is left out".into(),
            "公开版本：标记为保密的内容已略去".into(),
        ),
    });
    lapsed.chain(narrowed).chain(public).collect()
}

fn summary(rules: &[Rule], unproven_claims: u32) -> Summary {
    let mut summary = Summary { unproven_claims, ..Summary::default() };
    for rule in rules {
        let count = match rule.outcome {
            Outcome::Pass => &mut summary.pass,
            Outcome::Fail => &mut summary.fail,
            Outcome::Unknown => &mut summary.unknown,
            Outcome::Review => &mut summary.review,
            Outcome::NotApplicable => &mut summary.not_applicable,
            Outcome::Waived => &mut summary.waived,
            Outcome::Error => &mut summary.error,
        };
        *count += 1;
    }
    summary
}
