//! Rules, their findings and the decision: the sections "Unknown, settled" and "Outcomes and decision".

use super::lists;
use super::value::{Missing, Truth};
use super::world::{Scope, World};
use hongxian::source::Span;
use hongxian::syntax::ast::{self, ClauseKind, RuleKind};

/// The outcomes that the reference can reach (no plugins, waivers or reviews here), gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    NotApplicable,
    Pass,
    Review,
    Unknown,
    Fail,
}

/// The decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    Refused,
    Incomplete,
    Conditional,
    Admitted,
    NotEvaluated,
}

/// One thing that was examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The requirement, `review` or condition of `when` that it is of; the rule's id where the stage is unknown.
    pub requirement: Span,
    /// Pointers of the elements of the enclosing `for`s, outermost first; `-` where an element is not of the declaration.
    pub elements: Vec<String>,
    pub outcome: Outcome,
    pub missing: Missing,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVerdict {
    pub id: String,
    pub kind: RuleKind,
    pub outcome: Outcome,
    pub findings: Vec<Finding>,
}

/// What became of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub rules: Vec<RuleVerdict>,
    pub decision: Decision,
}

/// A requirement that was met, and whether it surely had to be.
struct Examined {
    finding: Finding,
    present: Truth,
}

/// Judges a declaration by all rules, in the order of the report.
pub fn judge(world: &World<'_>) -> Verdict {
    let items = world.files.iter().flat_map(|file| file.items.iter().map(move |item| (file, &item.kind)));
    let rules: Vec<_> = items
        .filter_map(|(file, item)| match item {
            ast::ItemKind::Rule(rule) => Some(world.rule(file, rule)),
            _ => None,
        })
        .collect();
    let decision = decide(&rules);
    Verdict { rules, decision }
}

/// The table of decisions. "Guidance never moves the decision."
fn decide(rules: &[RuleVerdict]) -> Decision {
    let some =
        |kind, outcomes: &[Outcome]| rules.iter().any(|rule| rule.kind == kind && outcomes.contains(&rule.outcome));
    let unsettled = [Outcome::Unknown, Outcome::Review];
    if some(RuleKind::RedLine, &[Outcome::Fail]) {
        Decision::Refused
    } else if some(RuleKind::RedLine, &unsettled) {
        Decision::Incomplete
    } else if some(RuleKind::Baseline, &[Outcome::Fail]) || some(RuleKind::Baseline, &unsettled) {
        Decision::Conditional
    } else if some(RuleKind::RedLine, &[Outcome::Pass]) || some(RuleKind::Baseline, &[Outcome::Pass]) {
        Decision::Admitted
    } else {
        Decision::NotEvaluated
    }
}

impl<'a> World<'a> {
    fn rule(&self, file: &'a ast::File, rule: &'a ast::Rule) -> RuleVerdict {
        let kind = self.kind_of(rule);
        let findings = self.findings(file, rule, kind == RuleKind::Guidance);
        // "The gravest of a rule's findings is its outcome"; "nothing examined: not applicable".
        let outcome = findings.iter().map(|finding| finding.outcome).max().unwrap_or(Outcome::NotApplicable);
        RuleVerdict { id: rule.id.text.clone(), kind, outcome, findings }
    }

    fn findings(&self, file: &'a ast::File, rule: &'a ast::Rule, guidance: bool) -> Vec<Finding> {
        let whole = rule.id.span;
        let clauses = || rule.clauses.iter().map(|clause| &clause.kind);
        let scope = Scope::of_module(file, guidance);
        let effective = clauses().find_map(|kind| match kind {
            ClauseKind::Effective(effective) => Some(effective),
            _ => None,
        });
        // "A rule not in force is not applicable."
        if !self.in_force(effective.or(file.header.effective.as_ref())) {
            return Vec::new();
        }
        let conditions = clauses().filter_map(|kind| match kind {
            // "A rule that names a stage is unknown when the stage is."
            ClauseKind::Stage { from, names } => Some((whole, self.at_stage(*from, names))),
            // "`when` unknown: the rule is unknown, with `when`'s fields as missing. `when` false: not applicable."
            ClauseKind::When(condition) => Some((bare(condition).span, self.truth(condition, &scope))),
            _ => None,
        });
        // The stage is asked before `when`: where it is unknown, the rule is, whatever `when` says.
        let mut conditions: Vec<_> = conditions.collect();
        conditions.sort_by_key(|(span, _)| *span != whole);
        let mut undecided = Vec::new();
        for (requirement, applies) in conditions {
            match applies {
                Truth::False if undecided.is_empty() => return Vec::new(),
                Truth::True | Truth::False => {}
                Truth::Unknown(missing) => undecided.push(unknown(requirement, Vec::new(), missing)),
            }
        }
        if !undecided.is_empty() {
            return undecided;
        }
        let mut examined = Vec::new();
        for kind in clauses() {
            match kind {
                ClauseKind::Require(require) => examined.push(self.requirement(require, &scope, &Around::default())),
                ClauseKind::For(each) => self.each(each, &scope, &Around::default(), &mut examined),
                ClauseKind::Review(review) => examined.extend(self.review(review, &scope)),
                _ => {}
            }
        }
        settle(examined)
    }

    /// `stage a, b`: exactly these; `stage from a`: this and the later ones.
    fn at_stage(&self, from: bool, names: &[ast::Name]) -> Truth {
        let (current, of) = match self.current_stage() {
            Ok(known) => known,
            Err(unknown) => return unknown,
        };
        if !from {
            return Truth::of(names.iter().any(|name| name.text == current));
        }
        let of = of.or_else(|| self.stage_enum(&names[0].text)).expect("the enum of the stages");
        let rank = |name: &str| of.members.iter().position(|member| member.name.text == name).expect("a stage");
        Truth::of(rank(&current) >= rank(&names[0].text))
    }

    /// The enum of the stages where the declaration does not tell: the ordered one that has this member.
    fn stage_enum(&self, member: &str) -> Option<&'a ast::Enum> {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Enum(found) => Some(found)
                .filter(|found| found.separators.contains(&ast::Separator::Less))
                .filter(|found| found.members.iter().any(|of| of.name.text == member)),
            _ => None,
        };
        self.find_anywhere(pick).map(|(found, _)| found)
    }

    fn requirement(&self, require: &'a ast::Require, scope: &Scope<'a>, around: &Around) -> Examined {
        let holds = around.present.clone().implies(self.truth(&require.condition, scope));
        let (outcome, missing) = match holds {
            Truth::True => (Outcome::Pass, Missing::new()),
            Truth::False => (Outcome::Fail, Missing::new()),
            Truth::Unknown(missing) => (Outcome::Unknown, missing),
        };
        let elements = around.elements.clone();
        let finding = Finding { requirement: require.span, elements, outcome, missing };
        Examined { finding, present: around.present.clone() }
    }

    /// "`for x in list where W { require R }` is one finding for each element and requirement"; "`for … where W` means
    /// `W implies R` for each element".
    fn each(&self, each: &'a ast::For, scope: &Scope<'a>, around: &Around, examined: &mut Vec<Examined>) {
        let list = lists::as_list(self.eval(&each.list, scope));
        for elem in list.elems {
            let scope = scope.with(&each.binder, elem.val);
            let chosen = each.filter.as_ref().map_or(Truth::True, |filter| self.truth(filter, &scope));
            let present = around.present.clone().and(elem.present).and(chosen);
            if present == Truth::False {
                continue;
            }
            let mut elements = around.elements.clone();
            elements.push(elem.pointer.unwrap_or_else(|| "-".to_owned()));
            let inner = Around { elements, present };
            for item in &each.body {
                match item {
                    ast::ForItem::Require(require) => examined.push(self.requirement(require, &scope, &inner)),
                    ast::ForItem::For(nested) => self.each(nested, &scope, &inner, examined),
                }
            }
        }
        if let Some(open) = list.open {
            let missing: Missing = open.into_iter().chain(around.present.missing()).collect();
            let unread = |span| unknown(span, around.elements.clone(), missing.clone());
            examined.extend(
                requirements(each)
                    .into_iter()
                    .map(|span| Examined { finding: unread(span), present: Truth::Unknown(missing.clone()) }),
            );
        }
    }

    /// "A plain `review` is `review`. `review when C`: C unknown makes the rule unknown, C false asks for no review."
    fn review(&self, review: &'a ast::Review, scope: &Scope<'a>) -> Option<Examined> {
        let asked = review.condition.as_ref().map_or(Truth::True, |condition| self.truth(condition, scope));
        let (outcome, missing) = match asked {
            Truth::True => (Outcome::Review, Missing::new()),
            Truth::False => return None,
            Truth::Unknown(missing) => (Outcome::Unknown, missing),
        };
        let finding = Finding { requirement: review.span, elements: Vec::new(), outcome, missing };
        Some(Examined { finding, present: Truth::True })
    }
}

/// The `for`s around a requirement: their elements, and whether all of them are surely there and chosen.
struct Around {
    elements: Vec<String>,
    present: Truth,
}

impl Default for Around {
    fn default() -> Self {
        Self { elements: Vec::new(), present: Truth::True }
    }
}

fn unknown(requirement: Span, elements: Vec<String>, missing: Missing) -> Finding {
    Finding { requirement, elements, outcome: Outcome::Unknown, missing }
}

/// An expression without the parentheses round it.
fn bare(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ast::ExprKind::Paren(inner) => bare(inner),
        _ => expr,
    }
}

/// All requirements in a `for`, in source order.
fn requirements(each: &ast::For) -> Vec<Span> {
    let inside = each.body.iter().map(|item| match item {
        ast::ForItem::Require(require) => vec![require.span],
        ast::ForItem::For(nested) => requirements(nested),
    });
    inside.flatten().collect()
}

/// "A rule that examined nothing is `not_applicable`, never `pass`" and "no valid declaration becomes `admitted` by
/// saying less": where nobody knows whether anything had to be examined, what would have passed is unknown.
fn settle(examined: Vec<Examined>) -> Vec<Finding> {
    let surely = examined.iter().any(|examined| examined.present == Truth::True);
    let settled = examined.into_iter().map(|Examined { mut finding, present }| {
        if !surely && finding.outcome == Outcome::Pass {
            finding.outcome = Outcome::Unknown;
            finding.missing = present.missing();
        }
        finding
    });
    let mut settled: Vec<_> = settled.collect();
    // "Order: pack, module, source line, requirement, element."
    settled.sort_by_key(|finding| finding.requirement);
    settled
}

/// What is left to declare: whoever declares `/items/0/name` declares `/items/0` by that.
pub fn deepest(missing: &Missing) -> Missing {
    let below = |outer: &str| missing.iter().any(|inner| inner.starts_with(&format!("{outer}/")));
    missing.iter().filter(|pointer| !below(pointer)).cloned().collect()
}
