//! The resolved tree: what the checker makes of the surface tree. Typed, with ids instead of names.
//!
//! Names survive only as words for people (titles, JSON keys, labels); nothing is looked up by them any more. It
//! knows nothing of how it will be evaluated.

mod deferred;
mod expr;
mod model;
mod policy;
mod reads;
pub(crate) mod shape;
mod views;

pub use deferred::Deferred;
pub use expr::{Aggregate, Constant, Expr, ExprKind};
pub use model::{
    Bounds, Condition, DurationUnit, Emptiness, Enum, EnumId, Field, FieldId, Handles, Label, Member, MemberId, Model,
    Record, RecordId, Type,
};
pub use policy::{
    Addressee, Check, Citation, Code, Direction, Effective, For, Function, FunctionId, Let, LetId, Local, LocalId,
    Message, MessagePart, ModuleId, ModuleInfo, Outside, PackId, PackInfo, Param, ParamId, ParamValue, Policy, Raised,
    Require, RequireItem, Review, Rule, RuleId, RuleKind, SourceId, SourceInfo, Stages,
};
pub use reads::Reads;
pub use views::{Family, FormPart, Pick, PickStep, Views};
