//! `require check`: hands a record to a check from outside, and makes findings of what it says. What it read is what its
//! answer rests on: the check that read something absent and found nothing has not shown anything.

use super::kleene::{Judged, Truth};
use super::machine::Machine;
use super::operand::Operand;
use super::provenance::{Basis, Cause, Provenance};
use super::rule::unknown;
use super::snapshot::Snapshot;
use super::verdict::{Finding, Outcome, Said, SaidPiece};
use crate::compile::{CheckCode, NodeId};
use crate::decode::declaration::Place;
use crate::function::{Fault, LibraryId, PlaceId, Reader, Resolved, Scalar, Type};
use std::sync::Arc;

/// The options of a check, by name.
type Options = Vec<(Arc<str>, Scalar)>;

/// What a check came to.
enum Answer {
    /// It was not asked, or looked at nothing.
    Nothing,
    /// These are wrong.
    Found(Vec<(Basis, Resolved)>),
    /// It found nothing wrong.
    Clear(Basis),
    /// It could not be decided.
    Open(Basis),
}

impl<'a> Machine<'a, Basis> {
    /// What a check finds, as findings of its requirement. Where it is not known whether its subject belongs, only what
    /// holds anyway is a pass.
    pub(super) fn require_check(
        &mut self,
        check: &'a CheckCode,
        guard: &Judged<Basis>,
        elements: &[Place],
    ) -> Vec<Finding<'a>> {
        let (belongs, guard) = guard;
        let findings = match (self.ask(check), belongs) {
            (Answer::Nothing, _) => Vec::new(),
            (Answer::Clear(basis), _) => vec![Finding { outcome: Outcome::Pass, ..unknown(check.span, basis) }],
            (Answer::Open(basis), Truth::True) => vec![unknown(check.span, basis)],
            (Answer::Open(basis), _) => vec![unknown(check.span, guard.clone().and(basis))],
            (Answer::Found(_), Truth::Unknown | Truth::False) => vec![unknown(check.span, guard.clone())],
            (Answer::Found(found), Truth::True) => {
                let before = check.message.as_ref().map(|message| self.say(message));
                let finding = |(basis, found)| Finding {
                    outcome: Outcome::Fail,
                    message: Some(said(before.as_ref(), found)),
                    ..unknown(check.span, basis)
                };
                found.into_iter().map(finding).collect()
            }
        };
        findings.into_iter().map(|finding| Finding { elements: elements.to_vec(), ..finding }).collect()
    }

    fn ask(&mut self, check: &CheckCode) -> Answer {
        let (subject, basis) = self.operand(check.subject);
        let place = match subject {
            Operand::Record(place) => place,
            Operand::Void => return Answer::Nothing,
            _ => return Answer::Open(basis),
        };
        let (options, basis) = match self.options(check) {
            Ok((options, known)) => (options, basis.and(known)),
            Err(missing) => return Answer::Open(missing),
        };
        let Snapshot { document, grounds } = self.snapshot(place, check.record, &check.reach);
        let mut reader = Reader::new(document, options);
        let answer = self.calls.check(LibraryId::new(check.library), check.check, &mut reader);
        let ground = |place: PlaceId| grounds.get(place.index());
        for ground in reader.read_places().filter_map(ground) {
            self.reads.extend(ground.basis.lay_out().places());
            self.reads.extend(&ground.facts);
        }
        let rests_on = |places: &mut dyn Iterator<Item = PlaceId>| {
            places.filter_map(ground).fold(Basis::default(), |basis, ground| basis.and(ground.basis.clone()))
        };
        match answer {
            Err(Fault { function, message }) => {
                let missing = rests_on(&mut reader.missed_places());
                Answer::Open(basis.and(missing).and(Basis::cause(Cause::Fault { function, message })))
            }
            Ok(found) if !found.is_empty() => Answer::Found(
                found
                    .into_iter()
                    .map(|found| {
                        let places = found.places.iter().filter_map(|place| ground(*place)).map(|it| it.place);
                        let cells = places.map(|place| Basis::cell(place, None));
                        (cells.fold(Basis::default(), Provenance::and), found)
                    })
                    .collect(),
            ),
            Ok(_) if reader.missed_places().next().is_some() => Answer::Open(rests_on(&mut reader.missed_places())),
            Ok(_) if reader.read_places().next().is_none() => Answer::Nothing,
            Ok(_) => Answer::Clear(basis.and(rests_on(&mut reader.read_places()))),
        }
    }

    /// The options of a check; or what is not known of them.
    fn options(&mut self, check: &CheckCode) -> Result<(Options, Basis), Basis> {
        let nodes: Vec<NodeId> = check.options.iter().map(|(_, node)| *node).collect();
        let (values, basis) = self.known_arguments(&nodes)?;
        let options = check.options.iter().zip(values).filter_map(|((name, node), value)| {
            let ty = Type::from_ir(self.program.ty(*node)?)?;
            Some((Arc::clone(name), Scalar { value: value.into_static(), ty }))
        });
        Ok((options.collect(), basis))
    }
}

/// The policy's words, then those of the check; in Chinese where one of them has a translation.
fn said<'a>(before: Option<&Said<'a>>, found: Resolved) -> Said<'a> {
    let join = |pieces: Option<&Vec<SaidPiece<'a>>>, colon: &'a str, told: String| {
        let mut joined = pieces.cloned().unwrap_or_default();
        if !joined.is_empty() {
            joined.push(SaidPiece::Text(colon));
        }
        joined.push(SaidPiece::Told(told));
        joined
    };
    let before_zh = before.and_then(|said| said.zh.as_ref());
    let zh = match (before_zh, found.zh) {
        (None, None) => None,
        (before_zh, zh) => {
            let zh = zh.unwrap_or_else(|| found.en.clone());
            Some(join(before_zh.or(before.map(|said| &said.en)), "：", zh))
        }
    };
    Said { en: join(before.map(|said| &said.en), ": ", found.en), zh }
}
