//! The resolved policy: packs, parameters, functions and rules.

use super::model::ids;
use super::{Constant, Deferred, EnumId, Expr, ExprKind, Label, MemberId, Model, Type, Views};
use crate::source::{FileId, Span};
use crate::value::Date;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use crate::syntax::ast::RuleKind;

ids! {
    /// A loaded pack.
    PackId;
    /// A module of a pack.
    ModuleId;
    /// A source that a pack cites.
    SourceId;
    /// A parameter.
    ParamId;
    /// A `let`.
    LetId;
    /// A function of the policy.
    FunctionId;
    /// A rule, in the order of the report: pack, module, source line.
    RuleId;
    /// A local name within its owner (a rule, function, `let` or condition).
    LocalId;
}

/// A local: a quantifier's element or a function's parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// An expression with the locals that it uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// All locals, parameters first; ids are unique within the code.
    pub locals: Vec<Local>,
    /// The expression.
    pub body: Expr,
}

impl Default for Code {
    /// An expression that is nothing.
    fn default() -> Self {
        let span = Span::new(FileId::default(), 0, 0);
        Self { locals: Vec::new(), body: Expr { kind: ExprKind::List(Vec::new()), ty: Type::Bool, span } }
    }
}

/// A pack as it stands in reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PackInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: Deferred<Label>,
    /// `sha256:…` over manifest, modules and plugins.
    pub digest: String,
    /// Its plugins: their names, and `sha256:…` over the bytes of each.
    pub plugins: Vec<(String, String)>,
    /// The day on which its source ended its life.
    pub lapsed_on: Option<Date>,
    /// The pack that it extends.
    pub extends: Option<PackId>,
    /// What each argument letter says.
    pub arguments: Deferred<IndexMap<String, Label>>,
    /// How it lays things out for people.
    pub views: Views,
}

/// A module as it stands in reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ModuleInfo {
    /// Its pack.
    pub pack: PackId,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Deferred<Label>,
    /// Doc comment.
    pub doc: Deferred<String>,
}

/// A source as it stands in reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SourceInfo {
    /// The pack that names it.
    pub pack: PackId,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Deferred<Label>,
    /// Whether locators without a name are its.
    pub default: bool,
    /// Its locators, in order, each with the digest of its sentence where one is kept.
    pub locators: Deferred<IndexMap<String, Option<String>>>,
}

/// The direction in which an overlay may move a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// `lower`, `shorter`, `earlier`
    Lower,
    /// `higher`, `longer`, `later`
    Higher,
    /// `more`: a list may grow, a boolean become true
    More,
    /// `fewer`: a list may shrink, a boolean become false
    Fewer,
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParamValue {
    /// A scalar.
    Scalar(Constant),
    /// A list of scalars.
    List(Vec<Constant>),
    /// One value for each member of the enum, in the enum's order.
    Table(EnumId, Vec<Self>),
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Param {
    /// Its module.
    pub module: ModuleId,
    /// Its name.
    pub name: String,
    /// Doc comment.
    pub doc: Deferred<String>,
    /// Its label.
    pub label: Deferred<Label>,
    /// Type of the value; of a table, of each value.
    pub ty: Type,
    /// Its value, tightened where an overlay did so.
    pub value: ParamValue,
    /// Whose it is: `project`, or a standard's name.
    pub origin: String,
    /// The direction in which it may be tightened.
    pub direction: Option<Direction>,
    /// The overlay that tightened it, with the value before and where it says so.
    pub tightened: Option<(PackId, ParamValue, Span)>,
    /// Where it is declared.
    pub span: Span,
}

/// `let name = …`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Let {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub code: Deferred<Code>,
    /// Where it is declared.
    pub span: Span,
}

/// `fn name(…) = …`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Function {
    /// Its name.
    pub name: String,
    /// How many of the code's locals are parameters.
    pub arity: usize,
    /// Its body.
    pub code: Deferred<Code>,
    /// Where it is declared.
    pub span: Span,
}

/// A citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// The locator.
    pub locator: String,
    /// As reports print it: with the source's name where that is not the default one.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// To whom a sentence speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// `product`
    Product,
    /// `institution`
    Institution,
    /// `industry_body`
    IndustryBody,
    /// `regulator`
    Regulator,
    /// `government`
    Government,
}

/// When something is in force, both days included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// The stages at which a rule applies; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    /// The members, in the enum's order.
    pub members: Vec<MemberId>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MessagePart {
    /// Words.
    Text(String),
    /// `{expr}`
    Value(Expr),
}

/// A message in two languages. Its expressions use the locals of the rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// English.
    pub en: Vec<MessagePart>,
    /// Chinese.
    pub zh: Option<Vec<MessagePart>>,
}

/// `require … else …`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Require {
    /// What must hold.
    pub condition: Expr,
    /// What is said where it does not.
    pub message: Option<Message>,
    /// The whole requirement.
    pub span: Span,
}

/// `for x in list where W { … }`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct For {
    /// The element.
    pub binder: LocalId,
    /// The list.
    pub list: Expr,
    /// Which elements.
    pub filter: Option<Expr>,
    /// What is required of each.
    pub body: Vec<RequireItem>,
    /// The whole block.
    pub span: Span,
}

/// `require check plugin.check(subject, option) else …`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The library, by its index in the registry.
    pub library: usize,
    /// The check, by its index in the library.
    pub check: usize,
    /// What it may read of its subject, as JSON Pointers with `*` for every element of a list.
    pub reads: Vec<String>,
    /// The record that it looks at.
    pub subject: Expr,
    /// Its options, by name.
    pub options: Vec<(String, Expr)>,
    /// What is said before each of its findings.
    pub message: Option<Message>,
    /// The whole requirement.
    pub span: Span,
}

/// A requirement, or requirements for each element of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RequireItem {
    /// `require …`
    Require(Require),
    /// `require check …`
    Check(Check),
    /// `for … { … }`
    For(For),
}

/// `review when C "…"`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// When; always where absent.
    pub condition: Option<Expr>,
    /// What the person judges.
    pub message: Message,
    /// The whole clause.
    pub span: Span,
}

/// What a raised rule was before, and who raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The overlay.
    pub by: PackId,
    /// The kind before.
    pub from: RuleKind,
    /// Where.
    pub span: Span,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Its id, `T17-R7`.
    pub id: String,
    /// Its module.
    pub module: ModuleId,
    /// Its kind, raised where an overlay did so.
    pub kind: RuleKind,
    /// The raise, where there was one.
    pub raised: Option<Raised>,
    /// Its title.
    pub title: Deferred<Label>,
    /// Doc comment.
    pub doc: Deferred<String>,
    /// Its citations.
    pub cites: Deferred<Vec<Citation>>,
    /// To whom it speaks.
    pub addressee: Addressee,
    /// The letter of its argument.
    pub argument: Option<String>,
    /// The stages at which it applies; all where absent.
    pub stages: Option<Stages>,
    /// When it is in force: its own clause, or the module's.
    pub effective: Effective,
    /// The locals of every expression below.
    pub locals: Deferred<Vec<Local>>,
    /// `when …`
    pub when: Deferred<Option<Expr>>,
    /// What is required, in source order.
    pub body: Deferred<Vec<RequireItem>>,
    /// `review …`
    pub review: Deferred<Option<Review>>,
    /// `remedy …`
    pub remedy: Deferred<Option<Message>>,
    /// `note …`
    pub note: Deferred<Label>,
    /// Where it begins.
    pub span: Span,
}

/// A sentence that no declaration can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Outside {
    /// Its id.
    pub id: String,
    /// Its module.
    pub module: ModuleId,
    /// Its title.
    pub title: Deferred<Label>,
    /// Its citations.
    pub cites: Deferred<Vec<Citation>>,
    /// To whom it speaks.
    pub addressee: Addressee,
    /// Why no declaration can show it.
    pub note: Deferred<Label>,
    /// Where it begins.
    pub span: Span,
}

/// Everything that was loaded together, resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Policy {
    /// The packs, in the order of loading.
    pub packs: Vec<PackInfo>,
    /// Their modules.
    pub modules: Vec<ModuleInfo>,
    /// Their sources.
    pub sources: Vec<SourceInfo>,
    /// What a declaration can say.
    pub model: Model,
    /// All parameters.
    pub params: Vec<Param>,
    /// All `let`s; each uses only earlier ones.
    pub lets: Vec<Let>,
    /// All functions; each calls only earlier ones.
    pub functions: Vec<Function>,
    /// All rules.
    pub rules: Vec<Rule>,
    /// All `outside` entries.
    pub outside: Deferred<Vec<Outside>>,
}
