//! What is known so far, and what expressions are lowered against: names, the model, types of parameters, `let`s and
//! functions. Each phase adds its own; what could not be made of wrong text is `None` and says nothing more.

use super::cost::Cost;
use super::index::{Definition, Index};
use crate::ir::{self, EnumId, FieldId, FunctionId, LetId, ParamId, RecordId, Type};
use crate::source::Span;
use indexmap::IndexMap;
use std::collections::HashMap;

/// For each record that a reference leads to: the path of its list as written, and where that was first written.
pub(super) type Refs = IndexMap<RecordId, (Vec<String>, Span)>;

/// A parameter: what expressions need to know, and what becomes of it.
#[derive(Debug, Clone)]
pub(super) struct ParamDef {
    /// For a table: the enum that it maps.
    pub(super) key: Option<EnumId>,
    pub(super) param: ir::Param,
}

/// Everything known so far.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) index: Index<'a>,
    pub(super) enums: Vec<ir::Enum>,
    pub(super) records: Vec<ir::Record>,
    pub(super) root: Option<RecordId>,
    pub(super) refs: Refs,
    pub(super) keyed_lists: IndexMap<RecordId, Vec<FieldId>>,
    pub(super) handles: ir::Handles,
    pub(super) params: Vec<Option<ParamDef>>,
    pub(super) lets: Vec<Option<ir::Let>>,
    pub(super) functions: Vec<Option<ir::Function>>,
    /// What each `let` and function costs once everything is put in.
    pub(super) costs: HashMap<Definition, Cost>,
}

impl<'a> Unit<'a> {
    pub(super) fn new(index: Index<'a>) -> Self {
        Self {
            params: vec![None; index.params.len()],
            lets: vec![None; index.lets.len()],
            functions: vec![None; index.functions.len()],
            index,
            enums: Vec::new(),
            records: Vec::new(),
            root: None,
            refs: Refs::new(),
            keyed_lists: IndexMap::new(),
            costs: HashMap::new(),
            handles: ir::Handles::default(),
        }
    }

    pub(super) fn enumeration(&self, id: EnumId) -> Option<&ir::Enum> {
        self.enums.get(id.index())
    }

    pub(super) fn record(&self, id: RecordId) -> Option<&ir::Record> {
        self.records.get(id.index())
    }

    pub(super) fn field(&self, record: RecordId, field: FieldId) -> Option<&ir::Field> {
        self.record(record)?.field(field)
    }

    /// Whether the text declares such a field, though nothing came of it.
    pub(super) fn is_broken_field(&self, record: RecordId, name: &str) -> bool {
        let declared = self.index.records.get(record.index());
        declared.is_some_and(|record| record.node.fields.iter().any(|field| field.name.text == name))
    }

    pub(super) fn member(&self, id: EnumId, name: &str) -> Option<ir::MemberId> {
        self.enumeration(id)?.members.iter().position(|member| member.name == name).map(ir::MemberId::new)
    }

    pub(super) fn param(&self, id: ParamId) -> Option<&ParamDef> {
        self.params.get(id.index())?.as_ref()
    }

    pub(super) fn let_(&self, id: LetId) -> Option<&ir::Let> {
        self.lets.get(id.index())?.as_ref()
    }

    pub(super) fn function(&self, id: FunctionId) -> Option<&ir::Function> {
        self.functions.get(id.index())?.as_ref()
    }

    /// A type as policies write it.
    pub(super) fn show(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "bool".into(),
            Type::Number => "number".into(),
            Type::Ratio => "ratio".into(),
            Type::Money(currency) => format!("money in {currency}"),
            Type::Date => "date".into(),
            Type::ExactDuration => "duration in days".into(),
            Type::CalendarDuration => "duration in months".into(),
            Type::Text => "text".into(),
            Type::Name => "name".into(),
            Type::Prose => "prose".into(),
            Type::Enum(id) => self.enumeration(*id).map_or_else(|| "enum".into(), |it| it.name.clone()),
            Type::Record(id) => self.record(*id).map_or_else(|| "record".into(), |it| it.name.clone()),
            Type::List(element) => format!("list of {}", self.show(element)),
            Type::Ref(id) => format!("ref to {}", self.show(&Type::Record(*id))),
        }
    }
}
