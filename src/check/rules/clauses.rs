//! The clauses of a rule: each as often as it may stand, with words that exist.

use super::cites::Sources;
use super::{lineage, wants_remedy};
use crate::check::notes::{Notes, Told, alternatives, suggest};
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Addressee, Citation, Enum, MemberId, PackId, RuleKind, Stages};
use crate::source::Span;
use crate::syntax::ast::{self, Clause, ClauseKind, Locator, Message, Review, Rule};
use std::collections::HashMap;

/// Whom a sentence can speak to.
const ADDRESSEES: &[(&str, Addressee)] = &[
    ("product", Addressee::Product),
    ("institution", Addressee::Institution),
    ("industry_body", Addressee::IndustryBody),
    ("regulator", Addressee::Regulator),
    ("government", Addressee::Government),
];

/// A clause with its place.
type Placed<'c, T> = Option<(&'c T, Span)>;

/// A stage clause: whether `from` is written, and the stages.
type StageClause<'c> = Option<(bool, &'c [ast::Name], Span)>;

/// The clauses of a rule, by kind.
#[derive(Debug, Default)]
pub(super) struct Clauses<'c> {
    cites: Option<(&'c [Locator], Span)>,
    addressee: Placed<'c, ast::Name>,
    argument: Placed<'c, ast::Name>,
    stage: StageClause<'c>,
    pub(super) effective: Placed<'c, ast::Effective>,
    pub(super) when: Placed<'c, ast::Expr>,
    pub(super) note: Placed<'c, ast::Label>,
    pub(super) review: Placed<'c, Review>,
    pub(super) remedy: Placed<'c, Message>,
    /// `require` and `for`, in source order.
    pub(super) required: Vec<&'c ClauseKind>,
}

impl<'c> Clauses<'c> {
    /// Sorts clauses by kind, and reports those that stand twice.
    pub(super) fn gather(clauses: &'c [Clause], notes: &mut Notes) -> Self {
        let mut found = Self::default();
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for clause in clauses {
            let word = word(&clause.kind);
            match word.and_then(|word| seen.get(word)) {
                Some(first) => {
                    let message = format!("`{}` stands in this rule twice", word.unwrap_or_default());
                    notes.report(
                        Diagnostic::error(Code::REPEATED_CLAUSE, clause.span, message).also(*first, "the first one"),
                    );
                }
                None => found.put(clause),
            }
            if let Some(word) = word {
                seen.entry(word).or_insert(clause.span);
            }
        }
        found
    }

    fn put(&mut self, clause: &'c Clause) {
        let span = clause.span;
        match &clause.kind {
            ClauseKind::Cites(locators) => self.cites = Some((locators, span)),
            ClauseKind::Addressee(name) => self.addressee = Some((name, span)),
            ClauseKind::Argument(name) => self.argument = Some((name, span)),
            ClauseKind::Stage { from, names } => self.stage = Some((*from, names, span)),
            ClauseKind::Effective(effective) => self.effective = Some((effective, span)),
            ClauseKind::When(expr) => self.when = Some((expr, span)),
            ClauseKind::Note(label) => self.note = Some((label, span)),
            ClauseKind::Review(review) => self.review = Some((review, span)),
            ClauseKind::Remedy(message) => self.remedy = Some((message, span)),
            kind @ (ClauseKind::For(_) | ClauseKind::Require(_)) => self.required.push(kind),
        }
    }

    /// What a rule as a whole must have.
    pub(super) fn complete(&self, rule: &Rule, notes: &mut Notes) {
        if self.required.is_empty() && self.review.is_none() {
            let message = format!("`{}` requires nothing", rule.id.text);
            let diagnostic = Diagnostic::error(Code::NOTHING_REQUIRED, rule.id.span, message);
            notes.report(
                diagnostic.help(
                    "add a `require`, a `for` or a `review`; a sentence that no declaration can show is `outside`",
                ),
            );
        }
        if wants_remedy(rule.kind) && !self.required.is_empty() && self.remedy.is_none() {
            notes.report(missing(&rule.id, "remedy", "remedy \"what would mend it\""));
        }
    }

    pub(super) fn cites(
        &self,
        id: &ast::Name,
        sources: &Sources,
        pack: PackId,
        notes: &mut Notes,
    ) -> Option<Vec<Citation>> {
        let Some((locators, _)) = self.cites else { return notes.refuse(missing(id, "cites", "cites 3.4.3#2")) };
        sources.resolve(locators, pack, notes)
    }

    pub(super) fn addressee(&self, id: &ast::Name, notes: &mut Notes) -> Option<Addressee> {
        let Some((name, _)) = self.addressee else {
            return notes.refuse(missing(id, "addressee", "addressee product"));
        };
        let found = ADDRESSEES.iter().find(|(word, _)| *word == name.text).map(|(_, addressee)| *addressee);
        if found.is_none() {
            let words = || ADDRESSEES.iter().map(|(word, _)| *word);
            let message = format!("expected {}, found `{}`", alternatives(words()), name.text);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_ADDRESSEE, name.span, message);
            notes.report(suggest(diagnostic, &name.text, words()));
        }
        found
    }

    /// Where the pack (or what it extends) declares arguments, each red line names one.
    pub(super) fn argument(
        &self,
        unit: &Unit<'_>,
        rule: &Rule,
        pack: PackId,
        notes: &mut Notes,
    ) -> Result<Option<String>, Told> {
        let known: Vec<&str> = lineage(unit, pack)
            .filter_map(|pack| unit.index.pack(pack))
            .flat_map(|pack| pack.manifest.arguments.keys().map(String::as_str))
            .collect();
        match self.argument {
            Some((name, _)) if known.contains(&name.text.as_str()) => Ok(Some(name.text.clone())),
            Some((name, _)) => {
                let message = format!("the pack declares no argument `{}`", name.text);
                let diagnostic = Diagnostic::error(Code::UNKNOWN_ARGUMENT, name.span, message);
                let help = if known.is_empty() {
                    format!("declare it in `pack.toml`: `[arguments]`, `{} = {{ en = \"…\" }}`", name.text)
                } else {
                    format!("its arguments are {}", alternatives(known).replace(" or ", " and "))
                };
                notes.report(diagnostic.help(help));
                Err(Told)
            }
            None if rule.kind == RuleKind::RedLine && !known.is_empty() => {
                let example = format!("argument {}", known.first().copied().unwrap_or_default());
                notes.report(missing(&rule.id, "argument", &example));
                Err(Told)
            }
            None => Ok(None),
        }
    }

    /// The stages that the rule names, in the enum's order.
    pub(super) fn stages(&self, unit: &Unit<'_>, notes: &mut Notes) -> Result<Option<Stages>, Told> {
        let Some((from, names, span)) = self.stage else { return Ok(None) };
        let Some(stages) = unit.handles.stages.and_then(|id| unit.enumeration(id)) else {
            if !unit.index.declarations.iter().any(|block| block.node.stage.is_some()) {
                let diagnostic = Diagnostic::error(Code::UNKNOWN_STAGE, span, "the model knows no stages");
                notes.report(diagnostic.help("say what the stage is: `declaration { stage … }`"));
            }
            return Err(Told);
        };
        if from && !stages.ordered {
            let message = format!("the stages of `{}` have no order", stages.name);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_STAGE, span, message).also(stages.span, "declared here");
            notes.report(diagnostic.help("name the stages one by one, or separate them with `<` in the enum"));
            return Err(Told);
        }
        let found: Vec<Option<usize>> = names.iter().map(|name| stage(stages, name, notes)).collect();
        let found: Vec<usize> = found.into_iter().collect::<Option<_>>().ok_or(Told)?;
        let applies = |at: usize| found.iter().any(|first| *first == at || (from && *first <= at));
        let members = (0..stages.members.len()).filter(|at| applies(*at)).map(MemberId::new).collect();
        Ok(Some(Stages { members }))
    }
}

/// A stage by its name.
fn stage(stages: &Enum, name: &ast::Name, notes: &mut Notes) -> Option<usize> {
    let found = stages.members.iter().position(|member| member.name == name.text);
    if found.is_none() {
        let message = format!("no stage is called `{}`", name.text);
        let diagnostic = Diagnostic::error(Code::UNKNOWN_STAGE, name.span, message).also(stages.span, "the stages");
        notes.report(suggest(diagnostic, &name.text, stages.members.iter().map(|member| member.name.as_str())));
    }
    found
}

/// The word of a clause that may stand once.
const fn word(kind: &ClauseKind) -> Option<&'static str> {
    match kind {
        ClauseKind::For(_) | ClauseKind::Require(_) => None,
        kind => Some(kind.keyword()),
    }
}

fn missing(id: &ast::Name, clause: &str, example: &str) -> Diagnostic {
    let message = format!("`{}` has no `{clause}`", id.text);
    Diagnostic::error(Code::MISSING_CLAUSE, id.span, message).help(format!("add `{example}`"))
}
