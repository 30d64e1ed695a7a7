//! Enums, records, types and the handles of a declaration.

use super::Printer;
use super::between::{INDENT, Lines};
use super::columns::{Columns, pad};
use super::doc::Doc;
use super::items::{docs, label_span};
use super::literals::{field_label, quoted, regex};
use super::render::{WIDTH, flat, width};
use crate::source::Span;
use crate::syntax::ast::{self, ModifierKind, Separator, TypeKind};

/// What is wider than this sticks out of its column: the name of a field, its type, what is said of it.
const CAPS: [usize; 3] = [28, 26, 16];

impl Printer<'_> {
    /// `enum Name { a < b }`, or one member a line.
    pub fn enumeration(&mut self, it: &ast::Enum, span: Span) -> Doc {
        let label = it.label.as_ref().map_or_else(String::new, |label| format!(" {}", field_label(label)));
        let head = format!("enum {} ", it.name.text);
        let members: Vec<_> = it.members.iter().map(member_words).collect();
        let separators = separators(it);
        let row = members.iter().zip(&separators).map(|(words, separator)| format!("{}{separator}", join(words)));
        let one_line = format!("{head}{{ {} }}{label}", row.collect::<Vec<_>>().join(" "));
        let is_plain = it.members.iter().all(|member| member.doc.is_empty()) && !self.has_comment_in(span);
        if is_plain && width(&one_line) <= WIDTH {
            return one_line.into();
        }
        let columns = Columns::capped(members.iter().cloned(), &CAPS);
        let mut lines = Lines::default();
        for ((member, words), separator) in it.members.iter().zip(&members).zip(&separators) {
            let words = columns.as_ref().map_or_else(|| join(words), |columns| columns.row(words));
            let separator = if separator.is_empty() && !separators.contains(&" <") { "," } else { separator };
            self.line(&mut lines, member_span(member), |_| {
                Doc::row([docs(&member.doc), words.into(), separator.into()])
            });
        }
        let end = it.label.as_ref().map_or(span, |label| label_span(label, span));
        self.approach(&mut lines, if it.label.is_some() { end.start } else { span.end });
        Doc::row([head.into(), lines.block(), label.into()])
    }

    /// One field a line, the names, the types and what is said of them in columns.
    pub fn record(&mut self, record: &ast::Record, span: Span) -> Doc {
        let label = record.label.as_ref().map_or_else(String::new, |label| format!(" {}", field_label(label)));
        let columns = self.field_columns(&record.fields);
        let mut lines = Lines::default();
        for (field, columns) in record.fields.iter().zip(columns) {
            self.line(&mut lines, field.span, |printer| {
                let words = columns.map_or_else(Doc::nothing, |columns| printer.field(field, &columns));
                Doc::row([docs(&field.doc), words])
            });
        }
        let end = record.label.as_ref().map_or(span.end, |label| label_span(label, span).start);
        self.approach(&mut lines, end);
        Doc::row([format!("record {} ", record.name.text).into(), lines.block(), label.into()])
    }

    /// For each field the columns of the run without blank lines that it belongs to.
    fn field_columns(&self, fields: &[ast::Field]) -> Vec<Option<Columns>> {
        let runs = fields.chunk_by(|above, below| !self.has_blank_between(above.span.end, below.span.start));
        let columns = runs.map(|run| (run, Columns::capped(run.iter().map(field_words), &CAPS)));
        columns.flat_map(|(run, columns)| run.iter().map(move |_| columns.clone())).collect()
    }

    /// A field in its columns; where it does not fit, what is said of it goes on below.
    fn field(&mut self, field: &ast::Field, columns: &Columns) -> Doc {
        let words = columns.row(&field_words(field));
        if INDENT + width(&words) <= WIDTH {
            return words.into();
        }
        let [name, ty, ..] = &field_words(field)[..] else { return Doc::nothing() };
        let head = columns.beginning(&[name.clone(), ty.clone()]);
        let modifiers = field.modifiers.iter().map(|modifier| self.modifier(&modifier.kind));
        let modifiers = modifiers
            .enumerate()
            .map(|(at, modifier)| if at == 0 { modifier } else { Doc::row([Doc::Line, modifier]).group() });
        let modifiers = Doc::row(modifiers.collect::<Vec<_>>());
        Doc::row([head.into(), modifiers.align()])
    }

    fn modifier(&mut self, kind: &ModifierKind) -> Doc {
        match kind {
            ModifierKind::Required => "required".into(),
            ModifierKind::Confidential => "confidential".into(),
            ModifierKind::Filing => "filing".into(),
            ModifierKind::When(condition) => Doc::row(["when ".into(), self.expr(condition)]),
            ModifierKind::Proof(name) => format!("proof {}", name.text).into(),
            ModifierKind::NullMeans(name) => format!("null means {}", name.text).into(),
            ModifierKind::NoneWhen(name) => format!("none_when {}", name.text).into(),
            ModifierKind::MayBeEmpty => "may_be_empty".into(),
            ModifierKind::Key(name) => format!("key {}", name.text).into(),
            ModifierKind::Matches(pattern) => format!("matches {}", regex(pattern)).into(),
            ModifierKind::Label(label) => field_label(label).into(),
        }
    }

    /// `declaration { … }`, with the paths in one column.
    pub fn declaration(&mut self, declaration: &ast::Declaration, span: Span) -> Doc {
        let mut lines = Lines::default();
        let ast::Declaration { id, name, as_of, stage } = declaration;
        let mut paths = |word: &str, paths: &[ast::Path]| {
            let (Some(first), Some(last)) = (paths.first(), paths.last()) else { return };
            let words = paths.iter().map(path).collect::<Vec<_>>().join(", ");
            self.line(&mut lines, first.span.to(last.span), |_| format!("{} {words}", pad(word, 5)).into());
        };
        paths("id", id);
        paths("name", name);
        paths("as_of", as_of.as_slice());
        if let Some(stage) = stage {
            self.line(&mut lines, stage.span, |printer| Doc::row(["stage ".into(), printer.expr(stage)]));
        }
        self.approach(&mut lines, span.end);
        Doc::row(["declaration ".into(), lines.block()])
    }
}

/// What stands after each member: nothing after the last.
fn separators(it: &ast::Enum) -> Vec<&'static str> {
    let separators = it.separators.iter().map(|separator| match separator {
        Separator::Less => " <",
        Separator::Comma => ",",
    });
    separators.chain(std::iter::repeat("")).take(it.members.len()).collect()
}

fn member_words(member: &ast::Member) -> Vec<String> {
    vec![
        member.name.text.clone(),
        member.spelling.as_ref().map_or_else(String::new, |text| format!("as {}", quoted(&text.text))),
        member.label.as_ref().map_or_else(String::new, field_label),
    ]
}

fn member_span(member: &ast::Member) -> Span {
    let name = member.name.span;
    let spelling = member.spelling.as_ref().map_or(name, |text| text.span);
    name.to(member.label.as_ref().map_or(spelling, |label| label_span(label, spelling)))
}

/// A field's name, type, label, and what is said between them.
fn field_words(field: &ast::Field) -> Vec<String> {
    let (label, others) = match field.modifiers.split_last() {
        Some((ast::Modifier { kind: ModifierKind::Label(label), .. }, others)) => (field_label(label), others),
        _ => (String::new(), &field.modifiers[..]),
    };
    let others: Vec<_> = others.iter().map(|modifier| flat(&Printer::bare().modifier(&modifier.kind))).collect();
    vec![format!("{}:", field.name.text), type_words(&field.ty), others.join(" "), label]
}

/// The parts that are not empty, with blanks between.
fn join(parts: &[String]) -> String {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    parts.join(" ")
}

/// A written type, on one line.
pub(super) fn type_words(ty: &ast::Type) -> String {
    match &ty.kind {
        TypeKind::List(item) => format!("list of {}", type_words(item)),
        TypeKind::Table { key, value } => format!("table {} -> {}", key.text, type_words(value)),
        TypeKind::Ref(path) => {
            format!("ref {}", path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("."))
        }
        TypeKind::Number { whole, bounds } => {
            with_bounds(if *whole { "number whole" } else { "number" }.to_owned(), bounds.as_ref())
        }
        TypeKind::Ratio { percent, bounds } => {
            with_bounds(if *percent { "ratio in percent" } else { "ratio" }.to_owned(), bounds.as_ref())
        }
        TypeKind::Money { currency, bounds } => with_bounds(in_unit("money", currency.as_ref()), bounds.as_ref()),
        TypeKind::Duration { unit, bounds } => with_bounds(in_unit("duration", unit.as_ref()), bounds.as_ref()),
        TypeKind::Named(name) => name.text.clone(),
    }
}

fn in_unit(words: &str, unit: Option<&ast::Name>) -> String {
    unit.map_or_else(|| words.to_owned(), |unit| format!("{words} in {}", unit.text))
}

fn with_bounds(words: String, bounds: Option<&ast::Bounds>) -> String {
    let Some(bounds) = bounds else { return words };
    let bound = |bound: &Option<ast::NumberLiteral>| bound.as_ref().map_or_else(String::new, |it| it.text.clone());
    format!("{words} {}..{}", bound(&bounds.low), bound(&bounds.high))
}

/// `product.data.items[0].name`
pub(super) fn path(path: &ast::Path) -> String {
    let step = |step: &ast::PathStep| match step {
        ast::PathStep::Field(name) => format!(".{}", name.text),
        ast::PathStep::Index(index, _) => format!("[{index}]"),
        ast::PathStep::Key(name, text) => format!("[{}={}]", name.text, quoted(&text.text)),
    };
    path.root.text.clone() + &path.steps.iter().map(step).collect::<String>()
}
