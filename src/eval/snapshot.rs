//! The part of a declaration that a check may read, as a document: what is void, what is not known, what is there; and for
//! each of its places what that rests on.

use super::kleene::{Judged, Truth};
use super::machine::Machine;
use super::provenance::{Basis, Grade, Provenance};
use crate::compile::layout::ColumnKind;
use crate::compile::{ProofCells, RoutineId};
use crate::decode::declaration::{Cell, Content as CellContent, List, Place};
use crate::function::{Content, Document, PlaceId, Reach, Scalar, Spot, Step, Type};
use crate::ir::{self, Field, FieldId, RecordId};
use crate::value::{Text, Value};
use std::sync::Arc;

/// What a place of the document rests on.
pub(super) struct Ground {
    /// The cell.
    pub(super) place: Place,
    /// The cells that say what stands there: its own, or those of the condition that it hangs on.
    pub(super) basis: Basis,
    /// What was read to find that out.
    pub(super) facts: Vec<Place>,
}

/// A document, and a ground for each of its places.
pub(super) struct Snapshot {
    pub(super) document: Document,
    pub(super) grounds: Vec<Ground>,
}

/// Where a place of the document hangs.
type Above = Option<(PlaceId, Step)>;

impl Snapshot {
    fn add(&mut self, above: Above, cell: &Cell<'_>, whole: bool, content: Content, ground: Ground) -> PlaceId {
        let at = (cell.at != Cell::NOWHERE).then_some(cell.at);
        self.grounds.push(ground);
        self.document.add(above, Spot { content, at, whole })
    }
}

impl Machine<'_, Basis> {
    /// What a check may read of a record.
    pub(super) fn snapshot(&mut self, subject: Place, record: RecordId, reach: &Reach) -> Snapshot {
        let text = Arc::clone(self.text.get_or_insert_with(|| self.declaration.text.into()));
        let base = self.declaration.pointer(&self.program.layout, subject);
        let mut snapshot = Snapshot { document: Document::new(text, base), grounds: Vec::new() };
        self.add_record(&mut snapshot, None, subject, record, reach, Vec::new());
        snapshot
    }

    fn add_record(
        &mut self,
        snapshot: &mut Snapshot,
        above: Above,
        place: Place,
        record: RecordId,
        reach: &Reach,
        facts: Vec<Place>,
    ) -> PlaceId {
        let program = self.program;
        let own = self.add_open(snapshot, above, place, reach, facts);
        let declared = self.declaration.record_is_declared(&program.layout, place);
        let known = program.policy.model.record(record).map(|record| &record.fields);
        let mut fields = Vec::new();
        for (index, (name, field)) in known.into_iter().flatten().enumerate() {
            let name: Arc<str> = name.as_str().into();
            let step = Some((own, Step::Field(Arc::clone(&name))));
            let at = (place, record, FieldId::new(index));
            let inner = reach.field(&name).map(|reach| self.add_field(snapshot, step, at, field, reach));
            fields.push((name, inner));
        }
        snapshot.document.fill(own, Content::Record { declared, fields });
        own
    }

    fn add_field(
        &mut self,
        snapshot: &mut Snapshot,
        above: Above,
        (outer, record, id): (Place, RecordId, FieldId),
        field: &Field,
        reach: &Reach,
    ) -> PlaceId {
        let program = self.program;
        let place = outer.field(program.layout.offset(record, id));
        let condition = program.conditions.get(record.index()).and_then(|fields| *fields.get(id.index())?);
        let mut facts = Vec::new();
        if let Some(condition) = condition {
            let ((applies, basis), read) = self.asked_aside(condition, outer);
            if applies != Truth::True {
                let content = closed(&field.ty, applies == Truth::False);
                let ground = Ground { place, basis, facts: read };
                return snapshot.add(above, &Cell::ABSENT, reach.is_whole(), content, ground);
            }
            facts = read;
        }
        match &field.ty {
            ir::Type::Record(inner) => self.add_record(snapshot, above, place, *inner, reach, facts),
            ir::Type::List(element) => self.add_list(snapshot, above, place, element, reach, facts),
            ty => {
                let grade = self.grade(outer, record, field);
                self.add_scalar(
                    snapshot,
                    above,
                    place,
                    ty,
                    reach,
                    Ground { place, basis: Basis::cell(place, Some(grade)), facts },
                )
            }
        }
    }

    /// Adds a place whose content is filled in when its parts are there.
    fn add_open(
        &self,
        snapshot: &mut Snapshot,
        above: Above,
        place: Place,
        reach: &Reach,
        facts: Vec<Place>,
    ) -> PlaceId {
        let cell = self.declaration.cell(&self.program.layout, place);
        let ground = Ground { place, basis: Basis::cell(place, None), facts };
        snapshot.add(above, &cell, reach.is_whole(), Content::Absent, ground)
    }

    fn add_list(
        &mut self,
        snapshot: &mut Snapshot,
        above: Above,
        place: Place,
        element: &ir::Type,
        reach: &Reach,
        facts: Vec<Place>,
    ) -> PlaceId {
        let program = self.program;
        let cell = self.declaration.cell(&program.layout, place);
        let own = self.add_open(snapshot, above, place, reach, facts);
        let column = program.layout.column(place.table, place.column as usize).map(|column| &column.kind);
        let (CellContent::List(list), Some(ColumnKind::List(table))) = (cell.content, column) else { return own };
        let mut elements = Vec::new();
        if let (List::Elements { first, len }, Some(inner)) = (list, reach.elements()) {
            for (index, row) in (first..first.saturating_add(len)).enumerate() {
                let step = Some((own, Step::Element(index)));
                let at = Place::element(*table, row);
                elements.push(match element {
                    ir::Type::Record(record) => self.add_record(snapshot, step, at, *record, inner, Vec::new()),
                    ty => {
                        let ground = Ground { place: at, basis: Basis::cell(at, None), facts: Vec::new() };
                        self.add_scalar(snapshot, step, at, ty, inner, ground)
                    }
                });
            }
        }
        snapshot.document.fill(own, Content::List(elements));
        own
    }

    fn add_scalar(
        &self,
        snapshot: &mut Snapshot,
        above: Above,
        place: Place,
        ty: &ir::Type,
        reach: &Reach,
        ground: Ground,
    ) -> PlaceId {
        let cell = self.declaration.cell(&self.program.layout, place);
        let content = match &cell.content {
            CellContent::Value(value) => self.scalar_of(value, ty).map_or(Content::Absent, Content::Scalar),
            CellContent::Null => Content::Null,
            _ => Content::Absent,
        };
        snapshot.add(above, &cell, reach.is_whole(), content, ground)
    }

    /// A value as it crosses: a member by its spelling in JSON.
    fn scalar_of(&self, value: &Value<'_>, ty: &ir::Type) -> Option<Scalar> {
        let value = match (value, ty) {
            (Value::Member(member), ir::Type::Enum(id)) => {
                let member = self.program.policy.model.enumeration(*id)?.members.get(member.index())?;
                Value::Text(Text::Shared(member.spelling.as_str().into()))
            }
            (value, _) => value.clone().into_static(),
        };
        Some(Scalar { value, ty: Type::from_ir(ty)? })
    }

    /// How well a claim is shown, by the proof that the model names for it.
    fn grade(&mut self, outer: Place, record: RecordId, field: &Field) -> Grade {
        let program = self.program;
        let sibling = field.proof.and_then(|sibling| {
            let target = program.policy.model.record(record)?.field(sibling)?;
            let ir::Type::Ref(proving) = target.ty else { return None };
            let cells = ProofCells::of(&program.policy.model, &program.layout, proving)?;
            Some((outer.field(program.layout.offset(record, sibling)), cells))
        });
        sibling.map_or(Grade::Asserted, |(reference, cells)| self.proof_grade(reference, cells))
    }

    /// A field's condition, and what was read for it: a fact of the rule only if the check asks for the field.
    fn asked_aside(&mut self, condition: RoutineId, record: Place) -> (Judged<Basis>, Vec<Place>) {
        let outside = std::mem::take(&mut self.reads);
        let judged = self.condition(condition, record);
        (judged, std::mem::replace(&mut self.reads, outside))
    }
}

/// What stands at a field whose condition is false, or not known.
const fn closed(ty: &ir::Type, void: bool) -> Content {
    match (ty, void) {
        (ir::Type::Record(_), void) => Content::Closed { void },
        (_, true) => Content::Void,
        (_, false) => Content::Absent,
    }
}
