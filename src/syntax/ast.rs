//! The surface tree: what a policy file says, as it says it, with the place of every part.
//!
//! It knows no meaning: names are text, types are written types, nothing is resolved. The parser makes it, the
//! formatter prints it, the checker turns it into [`crate::ir`], and nobody changes it in between.

use crate::source::{FileId, Span};

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The word as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string literal, escapes resolved, braces left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text between the quotes, escapes resolved.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `"English" zh "中文"`: a text without interpolation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The English text; absent only in a field label that gives `zh` alone.
    pub en: Option<Text>,
    /// The Chinese text.
    pub zh: Option<Text>,
}

/// One piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagePart {
    /// Plain words.
    Text(String),
    /// `{expr}`
    Value(Expr),
}

/// A message in one language: words and `{expressions}`.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageText {
    /// The pieces in order.
    pub parts: Vec<MessagePart>,
    /// Where the string stands, quotes included.
    pub span: Span,
}

/// `"…{x}…" zh "…"`: a text with interpolation.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// English.
    pub en: MessageText,
    /// Chinese.
    pub zh: Option<MessageText>,
}

/// A comment that is not a doc comment, kept for the formatter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The text with its slashes, without the end of line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether something of the policy stands before it on its line.
    pub trailing: bool,
}

/// One `.policy` file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Which file this is.
    pub file: FileId,
    /// `module …` and what belongs to it.
    pub header: Header,
    /// Everything after the header, in order.
    pub items: Vec<Item>,
    /// All plain comments, in order.
    pub comments: Vec<Comment>,
}

/// `/// doc`, `module name`, `title`, `effective`, `use`.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// First day in force.
    pub from: Option<DateLiteral>,
    /// Last day in force.
    pub until: Option<DateLiteral>,
    /// The whole clause.
    pub span: Span,
}

/// A date as written (`2019-08-22`), not yet known to exist in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLiteral {
    /// The ten characters.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// An item with its doc comment.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
pub enum ParamValue {
    /// Any constant expression.
    Expr(Expr),
    /// `{ payment: x, _: y }`
    Table(Vec<TableEntry>, Span),
}

/// `payment: x` in a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableEntry {
    /// The member, or `_`.
    pub key: Name,
    /// Its value.
    pub value: Expr,
}

/// Whose a threshold is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `project`, or a standard's name.
    pub text: String,
    /// Whether it was written as a string.
    pub quoted: bool,
    /// Where it stands.
    pub span: Span,
}

/// `let name = expr`
#[derive(Debug, Clone, PartialEq)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
}

/// `fn name(a: T, b: U) = expr`
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<(Name, Type)>,
    /// Its body.
    pub body: Expr,
}

/// `enum Name { a < b }` or `{ a, b as "2b" zh "…" }`
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its members in order.
    pub members: Vec<Member>,
    /// The separators between members; mixing them is the checker's error.
    pub separators: Vec<Separator>,
    /// Label of the enum.
    pub label: Option<Label>,
}

/// What stands between two members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `<`
    Less,
    /// `,`
    Comma,
}

/// `five_g as "5g" en "5G" zh "5G"`
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Doc comment lines.
    pub doc: Vec<String>,
    /// Its name in policies.
    pub name: Name,
    /// Its spelling in JSON where that differs.
    pub spelling: Option<Text>,
    /// Its label.
    pub label: Option<Label>,
}

/// `record Name { field: type modifiers … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Its label.
    pub label: Option<Label>,
}

/// `closed_on: date null means open zh "处置完成"`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Doc comment lines.
    pub doc: Vec<String>,
    /// Its name, also its JSON key.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// What is said about it, in order.
    pub modifiers: Vec<Modifier>,
    /// The field without its doc comment.
    pub span: Span,
}

/// One thing said about a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// What.
    pub kind: ModifierKind,
    /// Where.
    pub span: Span,
}

/// The things that can be said about a field.
#[derive(Debug, Clone, PartialEq)]
pub enum ModifierKind {
    /// `required`: a declaration without it is not valid.
    Required,
    /// `confidential`: left out of public reports.
    Confidential,
    /// `filing`: a complete filing needs it.
    Filing,
    /// `when condition`: void where the condition is false.
    When(Expr),
    /// `proof logged_ref`: where the proof of this claim stands.
    Proof(Name),
    /// `null means open`
    NullMeans(Name),
    /// `none_when none_declared`
    NoneWhen(Name),
    /// `may_be_empty`
    MayBeEmpty,
    /// `key id`: elements are told apart by this field.
    Key(Name),
    /// `matches /regex/`
    Matches(Regex),
    /// `en "…" zh "…"`
    Label(Label),
}

/// A regular expression literal, without its slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regex {
    /// The pattern; `\/` is already `/`.
    pub pattern: String,
    /// Where it stands, slashes included.
    pub span: Span,
}

/// A written type.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// What.
    pub kind: TypeKind,
    /// Where.
    pub span: Span,
}

/// The written types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// `list of T`
    List(Box<Type>),
    /// `table Category -> LicenceScope`
    Table {
        /// The enum that is mapped.
        key: Name,
        /// What it is mapped to.
        value: Box<Type>,
    },
    /// `ref evidence`: the path, from the root, of the keyed list that is pointed into.
    Ref(Vec<Name>),
    /// `number`, `number whole 1..5`
    Number {
        /// Whether only whole numbers are valid.
        whole: bool,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `ratio`, `ratio in percent 0..100`: bounds in the field's own unit.
    Ratio {
        /// Whether the JSON number is in percent.
        percent: bool,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `money in CNY`
    Money {
        /// The currency; needed in fields.
        currency: Option<Name>,
        /// Bounds, both included.
        bounds: Option<Bounds>,
    },
    /// `duration in minutes`; without a unit in parameters and functions.
    Duration {
        /// The unit of the JSON number.
        unit: Option<Name>,
        /// Bounds, both included, in that unit.
        bounds: Option<Bounds>,
    },
    /// `bool`, `date`, `text`, `name`, `prose`, or the name of an enum or a record.
    Named(Name),
}

/// `1..5`, `0..`, `..10`: both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Lower bound as written, sign included.
    pub low: Option<NumberLiteral>,
    /// Upper bound as written, sign included.
    pub high: Option<NumberLiteral>,
    /// The whole range.
    pub span: Span,
}

/// A number as written: digits, `_`, a point, in bounds also a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLiteral {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `declaration { id path, path  name path  as_of path  stage expr }`: the handles of a declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// Fields that identify a declaration; the first that is declared counts.
    pub id: Vec<Path>,
    /// Fields that name it for people; the first that is declared counts.
    pub name: Vec<Path>,
    /// The field that is the evaluation date.
    pub as_of: Option<Path>,
    /// The stage, an expression of an enum's type.
    pub stage: Option<Expr>,
}

/// The three kinds of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// `guidance`
    Guidance,
    /// `baseline`
    Baseline,
    /// `red_line`
    RedLine,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its kind.
    pub kind: RuleKind,
    /// Its id, `T17-R7`.
    pub id: Name,
    /// Its title.
    pub title: Label,
    /// Its clauses in order; repeating one that may stand once is the checker's error.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What.
    pub kind: ClauseKind,
    /// Where.
    pub span: Span,
}

/// The clauses of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `cites 3.4.3#2, pipl:55#1`
    Cites(Vec<Locator>),
    /// `addressee product`
    Addressee(Name),
    /// `argument B`
    Argument(Name),
    /// `stage ex_ante, in_process` or `stage from in_process`
    Stage {
        /// `from`: this stage and the later ones.
        from: bool,
        /// The stages named.
        names: Vec<Name>,
    },
    /// `effective from … until …`
    Effective(Effective),
    /// `when expr`
    When(Expr),
    /// `note "…" zh "…"`: an interpretation, or why no declaration can show it.
    Note(Label),
    /// `for x in list where W { … }`
    For(For),
    /// `require expr else "…" zh "…"`
    Require(Require),
    /// `review "…"` or `review when expr "…"`
    Review(Review),
    /// `remedy "…" zh "…"`: may interpolate.
    Remedy(Message),
}

/// `[source:]3.4.3#2`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// The source's name where one is written.
    pub source: Option<String>,
    /// The locator within the source.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `for x in list where W { require … for … }`
#[derive(Debug, Clone, PartialEq)]
pub struct For {
    /// The element's name.
    pub binder: Name,
    /// The list.
    pub list: Expr,
    /// Which elements.
    pub filter: Option<Expr>,
    /// What is required of each.
    pub body: Vec<ForItem>,
    /// The whole block.
    pub span: Span,
}

/// What stands in a `for`.
#[derive(Debug, Clone, PartialEq)]
pub enum ForItem {
    /// `require …`
    Require(Require),
    /// a nested `for`
    For(For),
}

/// `require expr else "…"`, `require check plugin.check(product)`
#[derive(Debug, Clone, PartialEq)]
pub struct Require {
    /// Whether a plugin's whole-declaration check is required.
    pub check: bool,
    /// What must hold.
    pub condition: Expr,
    /// What is said where it does not.
    pub message: Option<Message>,
    /// The whole requirement.
    pub span: Span,
}

/// `review when expr "…" zh "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// When a person must judge; always where absent.
    pub condition: Option<Expr>,
    /// What the person judges.
    pub message: Message,
    /// The whole clause.
    pub span: Span,
}

/// `outside T4-R5 "…" { cites … addressee … note … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Label,
    /// Only `cites`, `addressee` and `note`.
    pub clauses: Vec<Clause>,
}

/// `tighten name = value from origin`, in an overlay
#[derive(Debug, Clone, PartialEq)]
pub struct Tighten {
    /// The parameter of the base pack.
    pub name: Name,
    /// Its new value.
    pub value: ParamValue,
    /// Whose the new value is; the overlay's own where absent.
    pub origin: Option<Origin>,
}

/// `raise id to kind`, in an overlay
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    /// The rule of the base pack.
    pub id: Name,
    /// Its new kind.
    pub kind: RuleKind,
    /// Where the kind stands.
    pub kind_span: Span,
}

/// `test "…" { given … expect … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub name: Text,
    /// Its clauses in order.
    pub clauses: Vec<TestClause>,
}

/// The clauses of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestClause {
    /// `given "complete.json" with { … }`
    Given {
        /// The declaration's file, relative to the pack.
        file: Text,
        /// Changes in order.
        changes: Vec<Change>,
        /// The clause.
        span: Span,
    },
    /// `as_of 2020-05-01`
    AsOf(DateLiteral),
    /// `stage in_process`
    Stage(Name),
    /// `waivers "waivers.toml"`
    Waivers(Text),
    /// `reviews "reviews.toml"`
    Reviews(Text),
    /// `expect decision refused`
    ExpectDecision(Name),
    /// `expect T17-R13 fail at product.data.items[0].sharing_mode`
    ExpectRule {
        /// The rule.
        id: Name,
        /// Its outcome.
        outcome: Name,
        /// Where one of its findings of that outcome points.
        at: Option<Path>,
        /// The clause.
        span: Span,
    },
}

/// A change to a declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// `remove path`
    Remove(Path),
    /// `path: value`; an index one past the end appends
    Set(Path, Value),
}

/// `product.data.items[0].name`, `product.data.items[name="x"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// `product`, in a model's conditions also a sibling field.
    pub root: Name,
    /// The steps.
    pub steps: Vec<PathStep>,
    /// The whole path.
    pub span: Span,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// `.name`
    Field(Name),
    /// `[0]`
    Index(u64, Span),
    /// `[name="x"]`
    Key(Name, Text),
}

/// A value in a test's change: JSON with bare words for members.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What.
    pub kind: ValueKind,
    /// Where.
    pub span: Span,
}

/// The values of a test's change.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// `{ name: "x" }`
    Object(Vec<(Name, Value)>),
    /// `[a, b]`
    List(Vec<Value>),
    /// `null`
    Null,
    /// A literal, with `-` before it where `negative`.
    Literal {
        /// Whether a minus stands before it.
        negative: bool,
        /// The literal.
        literal: Literal,
    },
    /// A bare word: a member of the field's enum.
    Word(String),
}

/// A literal as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `true`
    Bool(bool),
    /// `12.5`
    Number(String),
    /// `12.5%`
    Percent(String),
    /// `24 months`, `1000 CNY`
    Quantity {
        /// The number as written.
        number: String,
        /// The unit or currency as written.
        unit: String,
    },
    /// `2019-08-22`
    Date(String),
    /// `"text"`, escapes resolved
    Text(String),
}

/// An expression with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where, parentheses included.
    pub span: Span,
}

/// `and`, `or`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connective {
    /// `and`
    And,
    /// `or`
    Or,
}

/// `==` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// `+` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `all` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `exactly 2`
    Exactly(u64),
    /// `at least 2`
    AtLeast(u64),
    /// `at most 2`
    AtMost(u64),
}

/// `is declared` and the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresenceTest {
    /// `is declared`
    Declared,
    /// `is absent`
    Absent,
    /// `is proven`, `is proven independently`
    Proven {
        /// Whether the proof must come from somebody else.
        independently: bool,
    },
    /// `is empty`
    Empty,
    /// `is open`: the field's word for `null`
    Null(Name),
}

/// The expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `[a, b]`
    List(Vec<Expr>),
    /// A bare name: local, `let`, parameter, `product`, `as_of`, an enum or one of its members.
    Name(String),
    /// `x.field`, `Enum.member`
    Field(Box<Expr>, Name),
    /// `list[].field`
    Project(Box<Expr>, Name),
    /// `f(a, b)`, `plugin.f(a)`
    Call(Box<Expr>, Vec<Expr>),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `a and b and c`: at least two operands
    Junction(Connective, Vec<Expr>),
    /// `a implies b`
    Implies(Box<Expr>, Box<Expr>),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a + b`
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `a ?? b`
    Coalesce(Box<Expr>, Box<Expr>),
    /// `x in list`, `x not in list`
    In {
        /// The element.
        element: Box<Expr>,
        /// Whether `not in` is written.
        negated: bool,
        /// The list.
        list: Box<Expr>,
    },
    /// `x is declared`, `x is not empty`
    Is {
        /// What is tested.
        of: Box<Expr>,
        /// Whether `is not` is written.
        negated: bool,
        /// The test.
        test: PresenceTest,
    },
    /// `list all x: P`
    Quantified {
        /// The list.
        list: Box<Expr>,
        /// The quantifier.
        quantifier: Quantifier,
        /// The element's name.
        binder: Name,
        /// What is said of it.
        body: Box<Expr>,
    },
    /// `list any in [a, b]`
    QuantifiedIn {
        /// The list.
        list: Box<Expr>,
        /// The quantifier.
        quantifier: Quantifier,
        /// The set.
        set: Box<Expr>,
    },
    /// `list where x: P`
    Where {
        /// The list.
        list: Box<Expr>,
        /// The element's name.
        binder: Name,
        /// Which elements.
        predicate: Box<Expr>,
    },
    /// `list covers set`
    Covers(Box<Expr>, Box<Expr>),
    /// `text matches /regex/`
    Matches(Box<Expr>, Regex),
    /// `text starts_with prefix`
    StartsWith(Box<Expr>, Box<Expr>),
    /// `text contains part`
    Contains(Box<Expr>, Box<Expr>),
    /// `d within P before D`
    Within {
        /// The date.
        date: Box<Expr>,
        /// The period.
        period: Box<Expr>,
        /// Its last day.
        before: Box<Expr>,
    },
    /// `(x)`: kept so that printing gives back what was written
    Paren(Box<Expr>),
}
