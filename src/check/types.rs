//! Written types, resolved: which may stand where, and what they say beside the type itself.

use super::expr::duration_unit;
use super::index::{Definition, Index, Meaning};
use super::notes::{Notes, suggest};
use super::unit::{Refs, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Bounds, DurationUnit, ModuleId, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ModifierKind, TypeKind};
use crate::value::Number;

/// Where a type is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// Of a field.
    Field,
    /// Of a parameter.
    Param,
    /// Of a function's parameter.
    Argument,
}

/// A type, and what a field keeps beside it.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) ty: Type,
    pub(super) whole: bool,
    pub(super) bounds: Bounds,
    pub(super) percent: bool,
    pub(super) unit: Option<DurationUnit>,
}

impl From<Type> for Written {
    fn from(ty: Type) -> Self {
        Self { ty, whole: false, bounds: Bounds::default(), percent: false, unit: None }
    }
}

/// Types that are words.
const WORDS: &[(&str, Type)] =
    &[("bool", Type::Bool), ("date", Type::Date), ("text", Type::Text), ("name", Type::Name), ("prose", Type::Prose)];

/// Words that other languages have for these types.
const SYNONYMS: &[(&str, &str)] = &[
    ("string", "text"),
    ("str", "text"),
    ("boolean", "bool"),
    ("int", "number whole"),
    ("integer", "number whole"),
    ("float", "number"),
    ("decimal", "number"),
    ("percent", "ratio in percent"),
    ("percentage", "ratio in percent"),
    ("amount", "money in CNY"),
    ("datetime", "date"),
    ("array", "list of"),
    ("object", "a record"),
];

/// Resolves a written type.
pub(super) fn read(
    unit: &mut Unit<'_>,
    notes: &mut Notes,
    module: ModuleId,
    ty: &ast::Type,
    site: Site,
) -> Option<Written> {
    Reader { index: &unit.index, root: unit.root, refs: &mut unit.refs, notes, module, site }.read(ty)
}

struct Reader<'r, 'a> {
    index: &'r Index<'a>,
    root: Option<RecordId>,
    refs: &'r mut Refs,
    notes: &'r mut Notes,
    module: ModuleId,
    site: Site,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self, ty: &ast::Type) -> Option<Written> {
        let span = ty.span;
        match &ty.kind {
            TypeKind::List(element) => self.list(element, span),
            TypeKind::Table { .. } => self.misplaced(span, "a table is the type of a parameter only"),
            TypeKind::Ref(path) => self.reference(path, span),
            TypeKind::Number { whole, bounds } => {
                self.unbounded(*whole, bounds.as_ref(), span)?;
                let bounds = self.bounds(bounds.as_ref())?;
                Some(Written { whole: *whole, bounds, ..Type::Number.into() })
            }
            TypeKind::Ratio { percent, bounds } => {
                self.unbounded(*percent, bounds.as_ref(), span)?;
                let bounds = self.bounds(bounds.as_ref())?;
                Some(Written { percent: *percent, bounds, ..Type::Ratio.into() })
            }
            TypeKind::Money { currency, bounds } => self.money(currency.as_ref(), bounds.as_ref(), span),
            TypeKind::Duration { unit, bounds } => self.duration(unit.as_ref(), bounds.as_ref(), span),
            TypeKind::Named(name) => self.named(name),
        }
    }

    fn misplaced<T>(&mut self, span: Span, message: &str) -> Option<T> {
        self.notes.error(Code::MISPLACED_TYPE, span, message)
    }

    fn list(&mut self, element: &ast::Type, span: Span) -> Option<Written> {
        if matches!(element.kind, TypeKind::List(_)) {
            return self.misplaced(span, "a list of lists is not a type: make the inner list a field of a record");
        }
        let written = self.read(element)?;
        Some(Written { ty: Type::List(Box::new(written.ty)), ..written })
    }

    /// Whole, percent and bounds are about JSON; outside of fields there is none.
    fn unbounded(&mut self, said: bool, bounds: Option<&ast::Bounds>, span: Span) -> Option<()> {
        if self.site == Site::Field || (!said && bounds.is_none()) {
            return Some(());
        }
        self.misplaced(span, "bounds, `whole` and `in percent` are for fields only")
    }

    fn bounds(&mut self, bounds: Option<&ast::Bounds>) -> Option<Bounds> {
        let Some(written) = bounds else { return Some(Bounds::default()) };
        let mut number = |literal: &Option<ast::NumberLiteral>| match literal {
            None => Some(None),
            Some(literal) => match Number::parse_decimal(&literal.text) {
                Ok(number) => Some(Some(number)),
                Err(_) => self.notes.error(Code::BAD_BOUNDS, literal.span, format!("`{}` is no bound", literal.text)),
            },
        };
        let (low, high) = (number(&written.low), number(&written.high));
        let bounds = Bounds { low: low?, high: high? };
        if let (Some(low), Some(high)) = (&bounds.low, &bounds.high)
            && low > high
        {
            let message = format!("nothing lies between {low} and {high}");
            let diagnostic = Diagnostic::error(Code::BAD_BOUNDS, written.span, message);
            return self.notes.refuse(diagnostic.help(format!("write `{high}..{low}`")));
        }
        Some(bounds)
    }

    fn money(&mut self, currency: Option<&ast::Name>, bounds: Option<&ast::Bounds>, span: Span) -> Option<Written> {
        self.unbounded(false, bounds, span)?;
        let bounds = self.bounds(bounds)?;
        let Some(currency) = currency else {
            let diagnostic = Diagnostic::error(Code::MISPLACED_TYPE, span, "an amount has a currency");
            return self.notes.refuse(diagnostic.help("write `money in CNY`"));
        };
        Some(Written { bounds, ..Type::Money(currency.text.clone()).into() })
    }

    fn duration(&mut self, unit: Option<&ast::Name>, bounds: Option<&ast::Bounds>, span: Span) -> Option<Written> {
        self.unbounded(false, bounds, span)?;
        let bounds = self.bounds(bounds)?;
        let Some(word) = unit else {
            let diagnostic = Diagnostic::error(Code::MISPLACED_TYPE, span, "a duration is exact or of the calendar");
            return self.notes.refuse(diagnostic.help("write `duration in days` or `duration in months`"));
        };
        let known = JSON_UNITS.iter().find(|(name, _)| *name == word.text);
        let (Some((_, unit)), Some((ty, _))) = (known, duration_unit(&word.text)) else {
            let message = format!("`{}` is no unit of time", word.text);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, word.span, message);
            return self.notes.refuse(suggest(diagnostic, &word.text, JSON_UNITS.iter().map(|(name, _)| *name)));
        };
        Some(Written { bounds, unit: Some(*unit), ..ty.into() })
    }

    fn named(&mut self, name: &ast::Name) -> Option<Written> {
        if let Some((_, ty)) = WORDS.iter().find(|(word, _)| *word == name.text) {
            if *ty == Type::Prose && self.site == Site::Param {
                return self.misplaced(name.span, "prose cannot be the type of a parameter: write `text`");
            }
            return Some(ty.clone().into());
        }
        match self.index.meaning(self.module, &name.text) {
            Meaning::One(named, owner) => {
                self.notes.mark(self.module, owner, named.definition);
                match named.definition {
                    Definition::Enum(id) => Some(Type::Enum(id).into()),
                    Definition::Record(_) if self.site == Site::Param => {
                        self.misplaced(name.span, "a record cannot be the type of a parameter")
                    }
                    Definition::Record(id) => Some(Type::Record(id).into()),
                    other => {
                        let message = format!("expected a type, found {} `{}`", other.noun(), name.text);
                        self.notes.refuse(
                            Diagnostic::error(Code::UNKNOWN_TYPE, name.span, message).also(named.span, "declared here"),
                        )
                    }
                }
            }
            Meaning::Several(several) => {
                let message = format!("`{}` is declared in several modules that are used here", name.text);
                let diagnostic = Diagnostic::error(Code::AMBIGUOUS_NAME, name.span, message);
                self.notes.refuse(several.iter().fold(diagnostic, |d, (named, _)| d.also(named.span, "declared here")))
            }
            Meaning::Nothing => self.unknown(name),
        }
    }

    fn unknown<T>(&mut self, name: &ast::Name) -> Option<T> {
        if self.index.module(self.module).is_none_or(|module| module.incomplete) {
            return None;
        }
        let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, name.span, format!("no type is called `{}`", name.text));
        if let Some((_, ours)) = SYNONYMS.iter().find(|(theirs, _)| *theirs == name.text.to_lowercase()) {
            return self.notes.refuse(diagnostic.help(format!("write `{ours}`")));
        }
        let is_type = |it: &Definition| matches!(it, Definition::Enum(_) | Definition::Record(_));
        let known = self.index.names(self.module).filter(|(_, it)| is_type(it)).map(|(name, _)| name);
        self.notes.refuse(suggest(diagnostic, &name.text, known.chain(WORDS.iter().map(|(word, _)| *word))))
    }

    /// `ref evidence`: fields of records from the root, the last one a keyed list of records.
    fn reference(&mut self, path: &[ast::Name], span: Span) -> Option<Written> {
        if self.site == Site::Param {
            return self.misplaced(span, "a reference cannot be the type of a parameter");
        }
        let mut record = self.root?;
        let (last, way) = path.split_last()?;
        for step in way {
            let field = self.step(record, step)?;
            record = match &field.ty.kind {
                TypeKind::Named(name) => self.record_named(record, name)?,
                _ => return self.no_list(step, field.span),
            };
        }
        let field = self.step(record, last)?;
        let keyed = field.modifiers.iter().any(|modifier| matches!(modifier.kind, ModifierKind::Key(_)));
        let element = match &field.ty.kind {
            TypeKind::List(element) if keyed => match &element.kind {
                TypeKind::Named(name) => self.record_named(record, name)?,
                _ => return self.no_list(last, field.span),
            },
            _ => return self.no_list(last, field.span),
        };
        self.remember(element, path, span)?;
        Some(Type::Ref(element).into())
    }

    fn step(&mut self, record: RecordId, step: &ast::Name) -> Option<&'a ast::Field> {
        let declared = self.index.records.get(record.index())?.node;
        let field = declared.fields.iter().find(|field| field.name.text == step.text);
        if field.is_none() {
            let message = format!("`{}` has no field `{}`", declared.name.text, step.text);
            let known = declared.fields.iter().map(|field| field.name.text.as_str());
            let diagnostic = Diagnostic::error(Code::BAD_REF, step.span, message);
            self.notes
                .report(suggest(diagnostic, &step.text, known).help("the path of a `ref` begins at the root record"));
        }
        field
    }

    /// The record that a field's type names, seen from the module of the record that holds the field.
    fn record_named(&self, holder: RecordId, name: &ast::Name) -> Option<RecordId> {
        let module = self.index.records.get(holder.index())?.module;
        match self.index.meaning(module, &name.text) {
            Meaning::One(named, _) => match named.definition {
                Definition::Record(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    fn no_list<T>(&mut self, step: &ast::Name, declared: Span) -> Option<T> {
        let message = format!("`{}` is no list of records with a `key`", step.text);
        let diagnostic = Diagnostic::error(Code::BAD_REF, step.span, message).also(declared, "declared here");
        self.notes.refuse(diagnostic.help("a `ref` points into a list like `evidence: list of Evidence key id`"))
    }

    /// A reference is known by the record that it leads to, so each record has one keyed list.
    fn remember(&mut self, record: RecordId, path: &[ast::Name], span: Span) -> Option<()> {
        let path: Vec<String> = path.iter().map(|step| step.text.clone()).collect();
        let (known, first) = self.refs.entry(record).or_insert_with(|| (path.clone(), span));
        if *known == path {
            return Some(());
        }
        let message = format!("references to these records already lead into `{}`", known.join("."));
        let diagnostic = Diagnostic::error(Code::BAD_REF, span, message).also(*first, "as here");
        self.notes.refuse(diagnostic.help("give the elements of the other list a record type of their own"))
    }
}

/// The units of durations in JSON.
const JSON_UNITS: &[(&str, DurationUnit)] = &[
    ("minutes", DurationUnit::Minutes),
    ("hours", DurationUnit::Hours),
    ("days", DurationUnit::Days),
    ("months", DurationUnit::Months),
    ("years", DurationUnit::Years),
];
