//! `is declared`, `is absent`, `is proven`, `is empty`, `is <null-word>`.

use super::compare::compare;
use super::lists;
use super::value::{Missing, RecordVal, Truth, Val};
use super::world::World;
use hongxian::syntax::ast::{CompareOp, PresenceTest};

impl<'a> World<'a> {
    pub fn presence(&self, val: &Val<'a>, test: &PresenceTest, two_valued: bool) -> Truth {
        // "In a `require`, `is declared` is true or *unknown*, never false … In guidance and in messages they are
        // two-valued."
        let declared = |truth| match truth {
            Truth::Unknown(_) if two_valued => Truth::False,
            truth => truth,
        };
        match test {
            PresenceTest::Declared => declared(self.declared(val)),
            PresenceTest::Absent => declared(self.declared(val)).not(),
            PresenceTest::Proven { independently } => self.proven(val, *independently),
            PresenceTest::Empty => lists::empty(val.clone()),
            PresenceTest::Null(word) => match val {
                Val::Null { word: given, .. } => Truth::of(*given == word.text),
                Val::Unknown { missing, .. } => Truth::Unknown(missing.clone()),
                // "`is open` on void is false", as it is on any value
                _ => Truth::False,
            },
        }
    }

    /// True or unknown. "A void field owes nothing. A record is declared if one of its fields is; a list, if it is
    /// known to be empty or has one declared element; a reference, if it is given, resolved or not."
    fn declared(&self, val: &Val<'a>) -> Truth {
        match val {
            Val::Unknown { missing, .. } => Truth::Unknown(missing.clone()),
            Val::Record(RecordVal { doubt: Some(missing), .. }) => Truth::Unknown(missing.clone()),
            Val::Record(record) => match record.json {
                Some(json) if self.record_is_given(record.ty, record.home, json) => Truth::True,
                _ => Truth::Unknown(Missing::from([record.pointer.clone()])),
            },
            Val::List(list) => {
                let known_empty = list.elems.is_empty() && list.open.is_none();
                let one = list.elems.iter().any(|elem| elem.present == Truth::True);
                if known_empty || one { Truth::True } else { Truth::Unknown(lists::missing(list)) }
            }
            _ => Truth::True,
        }
    }

    /// "`x is proven` (a reference to evidence that exists, has an issuer, was issued by and is valid at `as_of`)";
    /// "`is proven` of a void field is true (nothing is owed)".
    fn proven(&self, val: &Val<'a>, independently: bool) -> Truth {
        match val {
            Val::Void => Truth::True,
            Val::Null { .. } => Truth::False,
            Val::Unknown { missing, .. } => Truth::Unknown(missing.clone()),
            Val::Ref(id, path) => match self.follow(id, path) {
                Some(evidence) => self.stands(&evidence, independently),
                None => Truth::Unknown(Missing::new()),
            },
            other => panic!("no reference: {other:?}"),
        }
    }

    fn stands(&self, evidence: &RecordVal<'a>, independently: bool) -> Truth {
        let as_of = Val::Date(self.as_of);
        let self_issued = self.field(evidence, "self_issued");
        Truth::all([
            self.declared(&self.field(evidence, "issuer")),
            compare(CompareOp::LessEqual, &self.field(evidence, "issued_on"), &as_of),
            compare(CompareOp::LessEqual, &as_of, &self.field(evidence, "valid_until")),
            if independently { compare(CompareOp::Equal, &self_issued, &Val::Bool(false)) } else { Truth::True },
        ])
    }
}
