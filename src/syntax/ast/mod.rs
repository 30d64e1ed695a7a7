//! The surface tree: what a policy file says, as it says it, with the place of every part.
//!
//! It knows no meaning: names are text, types are written types, nothing is resolved. The parser makes it, the
//! formatter prints it, the checker turns it into [`crate::ir`], and nobody changes it in between.

mod expr;
mod model;
mod moved;
mod rule;
mod test;

pub use expr::{ArithmeticOp, CompareOp, Connective, Expr, ExprKind, Literal, PresenceTest, Quantifier};
pub use model::{
    Bounds, Declaration, Enum, Field, Member, Modifier, ModifierKind, NumberLiteral, Record, Regex, Separator, Type,
    TypeKind,
};
pub use rule::{Clause, ClauseKind, For, ForItem, Outside, Require, Review, Rule, RuleKind};
pub use test::{Change, Path, PathStep, Test, TestClause, Value, ValueKind};

use crate::source::{FileId, Span};
use serde::{Deserialize, Serialize};

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The word as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string literal, escapes resolved, braces left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text between the quotes, escapes resolved.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `"English" zh "中文"`: a text without interpolation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The English text; absent only in a field label that gives `zh` alone.
    pub en: Option<Text>,
    /// The Chinese text.
    pub zh: Option<Text>,
}

/// One piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MessagePart {
    /// Plain words.
    Text(String),
    /// `{expr}`
    Value(Expr),
}

/// A message in one language: words and `{expressions}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageText {
    /// The pieces in order.
    pub parts: Vec<MessagePart>,
    /// Where the string stands, quotes included.
    pub span: Span,
}

/// `"…{x}…" zh "…"`: a text with interpolation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// English.
    pub en: MessageText,
    /// Chinese.
    pub zh: Option<MessageText>,
}

/// A comment that is not a doc comment, kept for the formatter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The text with its slashes, without the end of line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether something of the policy stands before it on its line.
    pub trailing: bool,
}

/// One `.policy` file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Which file this is.
    #[serde(skip)]
    pub file: FileId,
    /// `module …` and what belongs to it.
    pub header: Header,
    /// Everything after the header, in order.
    pub items: Vec<Item>,
    /// All plain comments, in order.
    pub comments: Vec<Comment>,
    /// Where blank lines stand, one place for each run of them, in order; for the formatter.
    pub blank_lines: Vec<u32>,
}

/// `/// doc`, `module name`, `title`, `effective`, `use`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Doc comment lines without their slashes.
    pub doc: Vec<String>,
    /// The module's name.
    pub name: Name,
    /// `title "…" zh "…"`
    pub title: Option<Label>,
    /// `effective from … until …`: the default for the module's rules.
    pub effective: Option<Effective>,
    /// `use module` and `use plugin name as alias`, in order.
    pub uses: Vec<Use>,
    /// From `module` to the end of the last clause.
    pub span: Span,
}

/// One `use`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// `use model`
    Module(Name),
    /// `use plugin registry_codes as codes`
    Plugin {
        /// The plugin's name in the manifest.
        plugin: Name,
        /// The name by which the module calls it.
        alias: Name,
    },
}

/// `effective from 2019-08-22 until 2021-12-31`, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// First day in force.
    pub from: Option<DateLiteral>,
    /// Last day in force.
    pub until: Option<DateLiteral>,
    /// The whole clause.
    pub span: Span,
}

/// A date as written (`2019-08-22`), not yet known to exist in the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateLiteral {
    /// The ten characters.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// An item with its doc comment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Doc comment lines without their slashes.
    pub doc: Vec<String>,
    /// The item.
    pub kind: ItemKind,
    /// The item without its doc comment.
    pub span: Span,
}

/// What can stand in a module.
#[expect(clippy::large_enum_variant, reason = "a module has few items, and boxes would be in the way of matching")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ItemKind {
    /// `param important_level: number = 3 from project tighten lower`
    Param(Param),
    /// `let applicant_names = product.applicants[].name`
    Let(Let),
    /// `fn shared(item: DataItem) = …`
    Function(Function),
    /// `enum PfiClass { C1 < C2 < C3 }`
    Enum(Enum),
    /// `record Breach { … }`
    Record(Record),
    /// `declaration { id … as_of … stage … }`
    Declaration(Declaration),
    /// `red_line T17-R7 "…" { … }`, `baseline …`, `guidance …`
    Rule(Rule),
    /// `outside T4-R5 "…" { … }`
    Outside(Outside),
    /// `test "…" { … }`
    Test(Test),
    /// `tighten important_level = 2`, in an overlay
    Tighten(Tighten),
    /// `raise T1-R4 to baseline`, in an overlay
    Raise(Raise),
}

/// `param name: type = value from origin tighten direction "label"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its written type.
    pub ty: Type,
    /// Its value.
    pub value: ParamValue,
    /// `from project` or `from "JR/T 0068"`.
    pub origin: Origin,
    /// `tighten lower`
    pub direction: Option<Name>,
    /// What it is, for readers.
    pub label: Option<Label>,
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ParamValue {
    /// Any constant expression.
    Expr(Expr),
    /// `{ payment: x, _: y }`
    Table(Vec<TableEntry>, Span),
}

/// `payment: x` in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableEntry {
    /// The member, or `_`.
    pub key: Name,
    /// Its value.
    pub value: Expr,
}

/// Whose a threshold is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `project`, or a standard's name.
    pub text: String,
    /// Whether it was written as a string.
    pub quoted: bool,
    /// Where it stands.
    pub span: Span,
}

/// `let name = expr`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
}

/// `fn name(a: T, b: U) = expr`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<(Name, Type)>,
    /// Its body.
    pub body: Expr,
}

/// `[source:]3.4.3#2`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// The source's name where one is written.
    pub source: Option<String>,
    /// The locator within the source.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `tighten name = value from origin`, in an overlay
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tighten {
    /// The parameter of the base pack.
    pub name: Name,
    /// Its new value.
    pub value: ParamValue,
    /// Whose the new value is; the overlay's own where absent.
    pub origin: Option<Origin>,
}

/// `raise id to kind`, in an overlay
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raise {
    /// The rule of the base pack.
    pub id: Name,
    /// Its new kind.
    pub kind: RuleKind,
    /// Where the kind stands.
    pub kind_span: Span,
}
