//! A tree under another file id: what was parsed in one run stands in another place in the next.
//!
//! One table of all types of the tree. Every part is named, so that a new one does not compile until it is here.

use super::{
    Bounds, Change, Clause, ClauseKind, Comment, DateLiteral, Declaration, Effective, Enum, Expr, ExprKind, Field,
    File, For, ForItem, Function, Header, Item, ItemKind, Label, Let, Locator, Member, Message, MessagePart,
    MessageText, Modifier, ModifierKind, Name, NumberLiteral, Origin, Outside, Param, ParamValue, Path, PathStep,
    PresenceTest, Raise, Record, Regex, Require, Review, Rule, TableEntry, Test, TestClause, Text, Tighten, Type,
    TypeKind, Use, Value, ValueKind,
};
use crate::source::{FileId, Span};

impl File {
    /// The same tree, all its places in `file`.
    #[must_use]
    pub fn moved_to(mut self, file: FileId) -> Self {
        self.move_to(file);
        self
    }
}

trait Move {
    fn move_to(&mut self, file: FileId);
}

impl Move for Span {
    fn move_to(&mut self, file: FileId) {
        self.file = file;
    }
}

impl Move for FileId {
    fn move_to(&mut self, file: FileId) {
        *self = file;
    }
}

impl<T: Move> Move for Vec<T> {
    fn move_to(&mut self, file: FileId) {
        for part in self {
            part.move_to(file);
        }
    }
}

impl<T: Move> Move for Option<T> {
    fn move_to(&mut self, file: FileId) {
        if let Some(part) = self {
            part.move_to(file);
        }
    }
}

impl<T: Move> Move for Box<T> {
    fn move_to(&mut self, file: FileId) {
        self.as_mut().move_to(file);
    }
}

impl<A: Move, B: Move> Move for (A, B) {
    fn move_to(&mut self, file: FileId) {
        self.0.move_to(file);
        self.1.move_to(file);
    }
}

/// `Type { parts with places; parts without }`
macro_rules! records {
    ($($name:ident { $($part:ident),*; $($plain:ident),* })*) => {$(
        impl Move for $name {
            fn move_to(&mut self, file: FileId) {
                let Self { $($part,)* $($plain: _,)* } = self;
                $($part.move_to(file);)*
            }
        }
    )*};
}

/// `Type { pattern that names its parts with places => those parts }`
macro_rules! choices {
    ($($name:ident { $($pattern:pat => [$($part:ident),*],)* })*) => {$(
        impl Move for $name {
            fn move_to(&mut self, file: FileId) {
                match self {
                    $($pattern => { $($part.move_to(file);)* })*
                }
            }
        }
    )*};
}

records! {
    File { file, header, items, comments; blank_lines }
    Header { name, title, effective, uses, span; doc }
    Comment { span; text, trailing }
    Name { span; text }
    Text { span; text }
    Label { en, zh; }
    MessageText { parts, span; }
    Message { en, zh; }
    Effective { from, until, span; }
    DateLiteral { span; text }
    Item { kind, span; doc }
    Param { name, ty, value, origin, direction, label; }
    TableEntry { key, value; }
    Origin { span; text, quoted }
    Let { name, value; }
    Function { name, params, body; }
    Locator { span; source, text }
    Tighten { name, value, origin; }
    Raise { id, kind_span; kind }
    Enum { name, members, label; separators }
    Member { name, spelling, label; doc }
    Record { name, fields, label; }
    Field { name, ty, modifiers, span; doc }
    Modifier { kind, span; }
    Regex { span; pattern }
    Type { kind, span; }
    Bounds { low, high, span; }
    NumberLiteral { span; text }
    Declaration { id, name, as_of, stage; }
    Rule { id, title, clauses; kind }
    Clause { kind, span; }
    For { binder, list, filter, body, span; }
    Require { condition, message, span; check }
    Review { condition, message, span; }
    Outside { id, title, clauses; }
    Test { name, clauses; }
    Path { root, steps, span; }
    Value { kind, span; }
    Expr { kind, span; }
}

choices! {
    Use {
        Self::Module(name) => [name],
        Self::Plugin { plugin, alias } => [plugin, alias],
    }
    MessagePart {
        Self::Text(_) => [],
        Self::Value(value) => [value],
    }
    ItemKind {
        Self::Param(item) => [item],
        Self::Let(item) => [item],
        Self::Function(item) => [item],
        Self::Enum(item) => [item],
        Self::Record(item) => [item],
        Self::Declaration(item) => [item],
        Self::Rule(item) => [item],
        Self::Outside(item) => [item],
        Self::Test(item) => [item],
        Self::Tighten(item) => [item],
        Self::Raise(item) => [item],
    }
    ParamValue {
        Self::Expr(value) => [value],
        Self::Table(entries, span) => [entries, span],
    }
    ModifierKind {
        Self::Required | Self::Confidential | Self::Filing | Self::MayBeEmpty => [],
        Self::When(condition) => [condition],
        Self::Proof(name) | Self::NullMeans(name) | Self::NoneWhen(name) | Self::Key(name) => [name],
        Self::Matches(regex) => [regex],
        Self::Label(label) => [label],
    }
    TypeKind {
        Self::List(element) => [element],
        Self::Table { key, value } => [key, value],
        Self::Ref(path) => [path],
        Self::Number { whole: _, bounds } | Self::Ratio { percent: _, bounds } => [bounds],
        Self::Money { currency: word, bounds } | Self::Duration { unit: word, bounds } => [word, bounds],
        Self::Named(name) => [name],
    }
    ClauseKind {
        Self::Cites(locators) => [locators],
        Self::Addressee(name) | Self::Argument(name) => [name],
        Self::Stage { from: _, names } => [names],
        Self::Effective(effective) => [effective],
        Self::When(condition) => [condition],
        Self::Note(label) => [label],
        Self::For(block) => [block],
        Self::Require(require) => [require],
        Self::Review(review) => [review],
        Self::Remedy(message) => [message],
    }
    ForItem {
        Self::Require(require) => [require],
        Self::For(block) => [block],
    }
    TestClause {
        Self::Given { file: text, changes, span } => [text, changes, span],
        Self::AsOf(date) => [date],
        Self::Stage(name) | Self::ExpectDecision(name) => [name],
        Self::Waivers(text) | Self::Reviews(text) => [text],
        Self::ExpectRule { id, outcome, at, span } => [id, outcome, at, span],
    }
    Change {
        Self::Remove(path) => [path],
        Self::Set(path, value) => [path, value],
    }
    PathStep {
        Self::Field(name) => [name],
        Self::Index(_, span) => [span],
        Self::Key(name, text) => [name, text],
    }
    ValueKind {
        Self::Null | Self::Word(_) | Self::Literal { negative: _, literal: _ } => [],
        Self::Object(members) => [members],
        Self::List(values) => [values],
    }
    PresenceTest {
        Self::Declared | Self::Absent | Self::Proven { independently: _ } | Self::Empty => [],
        Self::Null(name) => [name],
    }
    ExprKind {
        Self::Literal(_) | Self::Name(_) => [],
        Self::List(parts) | Self::Junction(_, parts) => [parts],
        Self::Field(of, name) | Self::Project(of, name) => [of, name],
        Self::Call(function, arguments) => [function, arguments],
        Self::Not(of) | Self::Negate(of) | Self::Paren(of) => [of],
        Self::Implies(a, b)
        | Self::Compare(_, a, b)
        | Self::Arithmetic(_, a, b)
        | Self::Coalesce(a, b)
        | Self::Covers(a, b)
        | Self::StartsWith(a, b)
        | Self::Contains(a, b) => [a, b],
        Self::In { element, negated: _, list } => [element, list],
        Self::Is { of, negated: _, test } => [of, test],
        Self::Quantified { list, quantifier: _, binder, body } => [list, binder, body],
        Self::QuantifiedIn { list, quantifier: _, set } => [list, set],
        Self::Where { list, binder, predicate } => [list, binder, predicate],
        Self::Matches(of, regex) => [of, regex],
        Self::Within { date, period, before } => [date, period, before],
    }
}
