//! `let`s and functions, each after those that it uses.

use super::cost;
use super::expr::{Lowering, Want};
use super::index::Definition;
use super::notes::Notes;
use super::types::{self, Site};
use super::unit::Unit;
use crate::ir::{Code, Expr, Function, FunctionId, Let, LetId, Local, Type};

/// Lowers all of them.
pub(super) fn lower(unit: &mut Unit<'_>, notes: &mut Notes) {
    for definition in unit.index.order.clone() {
        match definition {
            Definition::Let(id) => {
                let lowered = let_(unit, id, notes).and_then(|it| priced(unit, definition, it, notes));
                enter(&mut unit.lets, id.index(), lowered);
            }
            Definition::Function(id) => {
                let lowered = function(unit, id, notes).and_then(|it| priced(unit, definition, it, notes));
                enter(&mut unit.functions, id.index(), lowered);
            }
            _ => {}
        }
    }
}

fn enter<T>(table: &mut [Option<T>], index: usize, lowered: Option<T>) {
    if let Some(slot) = table.get_mut(index) {
        *slot = lowered;
    }
}

/// Something with a body.
trait Bodied {
    fn body(&self) -> &Expr;
}

impl Bodied for Let {
    fn body(&self) -> &Expr {
        &self.code.body
    }
}

impl Bodied for Function {
    fn body(&self) -> &Expr {
        &self.code.body
    }
}

/// Notes what a definition costs; nothing comes of one that costs too much.
fn priced<T: Bodied>(unit: &mut Unit<'_>, definition: Definition, lowered: T, notes: &mut Notes) -> Option<T> {
    let cost = cost::within_limits(unit, lowered.body(), definition.this(), notes)?;
    unit.costs.insert(definition, cost);
    Some(lowered)
}

impl Definition {
    const fn this(self) -> &'static str {
        match self {
            Self::Function(_) => "this function",
            _ => "this `let`",
        }
    }
}

fn let_(unit: &Unit<'_>, id: LetId, notes: &mut Notes) -> Option<Let> {
    let declared = *unit.index.lets.get(id.index())?;
    let mut lowering = Lowering::new(unit, notes, declared.module);
    let body = lowering.expr(&declared.node.value, Want::Anything)?;
    let code = Code { locals: lowering.into_locals(), body };
    Some(Let { name: declared.node.name.text.clone(), code: code.into(), span: declared.node.name.span })
}

fn function(unit: &mut Unit<'_>, id: FunctionId, notes: &mut Notes) -> Option<Function> {
    let declared = *unit.index.functions.get(id.index())?;
    let node = declared.node;
    let types: Vec<Option<Type>> = node
        .params
        .iter()
        .map(|(_, ty)| types::read(unit, notes, declared.module, ty, Site::Argument).map(|written| written.ty))
        .collect();
    let mut lowering = Lowering::new(unit, notes, declared.module);
    for ((name, _), ty) in node.params.iter().zip(&types) {
        lowering.bind(name, ty.clone(), None);
    }
    let body = lowering.expr(&node.body, Want::Anything);
    for _ in &node.params {
        lowering.unbind();
    }
    let locals: Vec<Local> = lowering.into_locals();
    types.into_iter().collect::<Option<Vec<Type>>>()?;
    let code = Code { locals, body: body? };
    Some(Function { name: node.name.text.clone(), arity: node.params.len(), code: code.into(), span: node.name.span })
}
