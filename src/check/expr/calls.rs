//! Calls: functions of the policy, table parameters, functions of the language, functions of the registry.

use super::names::Seen;
use super::{Lowered, Lowering, Want, typed};
use crate::check::index::{Definition, Named, UsedPlugin};
use crate::check::notes::suggest;
use crate::check::operands::{is_equal, is_summed, kind};
use crate::check::surface::bare;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::function::{BUILT_IN, LibraryId};
use crate::ir::{Aggregate, Expr, ExprKind, FunctionId, ModuleId, ParamId, Type};
use crate::source::Span;
use crate::syntax::ast;

/// The functions over a list.
const AGGREGATES: &[(&str, Aggregate)] = &[
    ("count", Aggregate::Count),
    ("sum", Aggregate::Sum),
    ("min", Aggregate::Min),
    ("max", Aggregate::Max),
    ("distinct", Aggregate::Distinct),
];

/// A call of a check, resolved.
pub(in crate::check) struct Checked {
    pub(in crate::check) library: LibraryId,
    /// Its index in the library.
    pub(in crate::check) check: usize,
    pub(in crate::check) subject: Expr,
    /// By name.
    pub(in crate::check) options: Vec<(String, Expr)>,
}

/// `space.name(arguments)`
fn as_plugin_call(call: &ast::Expr) -> Option<(&str, &ast::Name, &[ast::Expr])> {
    let ast::ExprKind::Call(callee, arguments) = &bare(call).kind else { return None };
    let ast::ExprKind::Field(base, name) = &bare(callee).kind else { return None };
    let ast::ExprKind::Name(space) = &bare(base).kind else { return None };
    Some((space, name, arguments))
}

impl<'a> Lowering<'_, 'a> {
    pub(super) fn call(&mut self, callee: &ast::Expr, arguments: &[ast::Expr], span: Span) -> Lowered {
        match &bare(callee).kind {
            ast::ExprKind::Name(name) => self.call_name(name, callee.span, arguments, span),
            ast::ExprKind::Field(base, function) => match &bare(base).kind {
                ast::ExprKind::Name(space) => self.call_in(space, function, callee.span, arguments, span),
                _ => self.not_callable(callee, arguments),
            },
            _ => self.not_callable(callee, arguments),
        }
    }

    fn call_name(&mut self, name: &str, at: Span, arguments: &[ast::Expr], span: Span) -> Lowered {
        match self.seen(name) {
            Some(Seen::Defined(named, owner)) => self.call_defined(name, (named, owner), at, arguments, span),
            Some(Seen::Several(several)) => {
                self.arguments_of_nothing(arguments);
                self.ambiguous(name, &several, at)
            }
            Some(_) => self.no_function(name, None, at, arguments),
            None => match AGGREGATES.iter().find(|(known, _)| *known == name) {
                Some((_, aggregate)) => self.aggregate(name, *aggregate, arguments, span),
                None if name == "length" => self.length(arguments, span),
                None => self.native(name, at, arguments, span),
            },
        }
    }

    fn call_defined(
        &mut self,
        name: &str,
        (named, owner): (Named, ModuleId),
        at: Span,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Lowered {
        self.notes.mark(self.module, owner, named.definition);
        match named.definition {
            Definition::Function(id) => self.call_function(name, id, arguments, span),
            Definition::Param(id) => self.lookup(name, id, at, arguments, span),
            _ => self.no_function(name, Some(named), at, arguments),
        }
    }

    fn call_function(&mut self, name: &str, id: FunctionId, arguments: &[ast::Expr], span: Span) -> Lowered {
        let unit = self.unit;
        let Some(function) = unit.function(id) else { return self.arguments_of_nothing(arguments) };
        let types: Vec<Type> = function.code.locals.iter().take(function.arity).map(|local| local.ty.clone()).collect();
        let arguments = self.arguments(name, &types, Some(function.span), arguments, span)?;
        Some(typed(ExprKind::Call(id, arguments), function.code.body.ty.clone(), span))
    }

    /// `table(key)`
    fn lookup(&mut self, name: &str, id: ParamId, at: Span, arguments: &[ast::Expr], span: Span) -> Lowered {
        let unit = self.unit;
        let Some(definition) = unit.param(id) else { return self.arguments_of_nothing(arguments) };
        let Some(key) = definition.key else {
            let named = Named { definition: Definition::Param(id), span: definition.param.span };
            return self.no_function(name, Some(named), at, arguments);
        };
        let mut keys = self.arguments(name, &[Type::Enum(key)], Some(definition.param.span), arguments, span)?;
        let key = keys.pop()?;
        Some(typed(ExprKind::Lookup(id, Box::new(key)), definition.param.ty.clone(), span))
    }

    /// `namespace.function(…)`
    fn call_in(&mut self, space: &str, function: &ast::Name, at: Span, arguments: &[ast::Expr], span: Span) -> Lowered {
        if let Some(used) = self.plugin(space) {
            return self.call_plugin(used, function, arguments, span);
        }
        if self.seen(space).is_some() {
            return self.no_function(&format!("{space}.{}", function.text), None, at, arguments);
        }
        self.native(&format!("{space}.{}", function.text), at, arguments, span)
    }

    /// The plugin that a module calls by this name.
    fn plugin(&self, alias: &str) -> Option<UsedPlugin<'a>> {
        let plugins = &self.unit.index.module(self.module)?.plugins;
        plugins.iter().find(|used| used.alias.text == alias).copied()
    }

    /// `alias.function(…)`
    fn call_plugin(
        &mut self,
        used: UsedPlugin<'_>,
        function: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Lowered {
        let registry = self.unit.index.registry;
        let Some((library, description)) = used.library.and_then(|id| Some((id, registry.description(id)?))) else {
            return self.arguments_of_nothing(arguments);
        };
        let name = format!("{}.{}", used.alias.text, function.text);
        if let Some(index) = registry.index_in(library, &function.text) {
            return self.call_signature(&name, index, arguments, span);
        }
        self.arguments_of_nothing(arguments);
        let diagnostic =
            Diagnostic::error(Code::UNKNOWN_FUNCTION, function.span, format!("no function is called `{name}`"));
        if description.checks.iter().any(|check| check.name == function.text) {
            let help = format!("`{name}` is a check: write `require check {name}(…)`");
            return self.notes.refuse(diagnostic.help(help));
        }
        let known = description.functions.iter().map(|function| function.name.as_str());
        self.notes.refuse(suggest(diagnostic, &function.text, known))
    }

    /// `alias.check(subject, option, …)` behind `require check`: the check, its subject and its options.
    pub(in crate::check) fn check(&mut self, call: &ast::Expr) -> Option<Checked> {
        let Some((space, name, arguments)) = as_plugin_call(call) else {
            let message = "expected the call of a plugin's check, such as `codes.identifiers(product)`";
            return self.notes.error(Code::NOT_A_VALUE, call.span, message);
        };
        let registry = self.unit.index.registry;
        let found = self.plugin(space).and_then(|used| used.library);
        let Some((library, description)) = found.and_then(|id| Some((id, registry.description(id)?))) else {
            if self.plugin(space).is_none() {
                self.notes.report(self.no_plugin(space, call));
            }
            return self.arguments_of_nothing(arguments).and(None);
        };
        let shown = format!("{space}.{}", name.text);
        let Some(check) = description.checks.iter().position(|check| check.name == name.text) else {
            self.arguments_of_nothing(arguments);
            let message = format!("no check is called `{shown}`");
            let diagnostic = Diagnostic::error(Code::UNKNOWN_FUNCTION, name.span, message);
            if description.functions.iter().any(|function| function.name == name.text) {
                let help = format!("`{shown}` is a function: leave `check` out");
                return self.notes.refuse(diagnostic.help(help));
            }
            let known = description.checks.iter().map(|check| check.name.as_str());
            return self.notes.refuse(suggest(diagnostic, &name.text, known));
        };
        let announced = description.checks.get(check)?;
        let Some((subject, options)) =
            arguments.split_first().filter(|(_, rest)| rest.len() == announced.options.len())
        else {
            self.arguments_of_nothing(arguments);
            return self.wrong_count(&shown, 1 + announced.options.len(), None, arguments.len(), call.span);
        };
        let subject = self.expr(subject, Want::Anything);
        let options: Vec<Option<(String, Expr)>> = options
            .iter()
            .zip(&announced.options)
            .map(|(option, param)| Some((param.name.clone(), self.expect(option, &param.ty.to_ir())?)))
            .collect();
        let (subject, options) = (subject?, options.into_iter().collect::<Option<_>>()?);
        Some(Checked { library, check, subject, options })
    }

    fn no_plugin(&self, space: &str, call: &ast::Expr) -> Diagnostic {
        let message = format!("no plugin is called `{space}` here");
        let used = self.unit.index.module(self.module).map(|module| module.plugins.as_slice()).unwrap_or_default();
        let known = used.iter().map(|used| used.alias.text.as_str());
        let diagnostic = Diagnostic::error(Code::UNKNOWN_NAME, call.span, message);
        match nearest(space, known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("write `use plugin … as {space}` at the top of the module")),
        }
    }

    fn native(&mut self, name: &str, at: Span, arguments: &[ast::Expr], span: Span) -> Lowered {
        let registry = self.unit.index.registry;
        match registry.index_of(name) {
            Some(index) => self.call_signature(name, index, arguments, span),
            None => self.unknown_function(name, at, arguments),
        }
    }

    fn call_signature(&mut self, name: &str, index: usize, arguments: &[ast::Expr], span: Span) -> Lowered {
        let signature = self.unit.index.registry.signature(index)?;
        let types: Vec<Type> = signature.params.iter().map(crate::function::Type::to_ir).collect();
        let arguments = self.arguments(name, &types, None, arguments, span)?;
        Some(typed(ExprKind::Native(index, arguments), signature.result.to_ir(), span))
    }

    /// Arguments of the types wanted, as many as wanted.
    fn arguments(
        &mut self,
        name: &str,
        types: &[Type],
        declared: Option<Span>,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Vec<Expr>> {
        if types.len() != arguments.len() {
            self.arguments_of_nothing(arguments);
            return self.wrong_count(name, types.len(), declared, arguments.len(), span);
        }
        let lowered: Vec<Lowered> =
            arguments.iter().zip(types).map(|(argument, ty)| self.expect(argument, ty)).collect();
        lowered.into_iter().collect()
    }

    fn wrong_count<T>(
        &mut self,
        name: &str,
        wanted: usize,
        declared: Option<Span>,
        found: usize,
        span: Span,
    ) -> Option<T> {
        let plural = if wanted == 1 { "" } else { "s" };
        let message = format!("`{name}` takes {wanted} argument{plural}, found {found}");
        let diagnostic = Diagnostic::error(Code::ARGUMENT_COUNT, span, message);
        self.notes.refuse(declared.into_iter().fold(diagnostic, |d, span| d.also(span, "declared here")))
    }

    /// Looks at the arguments of a call that is wrong, for what is wrong in themselves.
    fn arguments_of_nothing(&mut self, arguments: &[ast::Expr]) -> Lowered {
        for argument in arguments {
            self.expr(argument, Want::Wrong);
        }
        None
    }

    fn aggregate(&mut self, name: &str, aggregate: Aggregate, arguments: &[ast::Expr], span: Span) -> Lowered {
        let [list] = arguments else {
            self.arguments_of_nothing(arguments);
            return self.wrong_count(name, 1, None, arguments.len(), span);
        };
        let (list, element) = self.list_operand(list, Want::Anything)?;
        let (fits, ty) = match aggregate {
            Aggregate::Count => (true, Type::Number),
            Aggregate::Sum => (is_summed(kind(&element)), element.clone()),
            Aggregate::Min | Aggregate::Max => (self.has_order(&element), element.clone()),
            Aggregate::Distinct => (is_equal(kind(&element)), list.ty.clone()),
        };
        if !fits {
            let message = format!("`{name}` means nothing for a `{}`", self.unit.show(&list.ty));
            return self.notes.error(Code::BAD_OPERANDS, span, message);
        }
        Some(typed(ExprKind::Aggregate(aggregate, Box::new(list)), ty, span))
    }

    fn length(&mut self, arguments: &[ast::Expr], span: Span) -> Lowered {
        let [text] = arguments else {
            self.arguments_of_nothing(arguments);
            return self.wrong_count("length", 1, None, arguments.len(), span);
        };
        let text = self.text_operand(text)?;
        Some(typed(ExprKind::Length(Box::new(text)), Type::Number, span))
    }

    fn not_callable(&mut self, callee: &ast::Expr, arguments: &[ast::Expr]) -> Lowered {
        self.expr(callee, Want::Anything);
        self.arguments_of_nothing(arguments);
        self.notes.error(Code::NOT_A_VALUE, callee.span, "expected the name of a function")
    }

    fn no_function(&mut self, name: &str, named: Option<Named>, at: Span, arguments: &[ast::Expr]) -> Lowered {
        self.arguments_of_nothing(arguments);
        let what = named.map_or("a value", |named| named.definition.noun());
        let message = format!("expected a function, found {what} `{name}`");
        let diagnostic = Diagnostic::error(Code::NOT_A_VALUE, at, message);
        self.notes.refuse(named.into_iter().fold(diagnostic, |d, named| d.also(named.span, "declared here")))
    }

    fn unknown_function(&mut self, name: &str, at: Span, arguments: &[ast::Expr]) -> Lowered {
        self.arguments_of_nothing(arguments);
        let index = &self.unit.index;
        if index.module(self.module).is_none_or(|module| module.incomplete) {
            return None;
        }
        let diagnostic = Diagnostic::error(Code::UNKNOWN_FUNCTION, at, format!("no function is called `{name}`"));
        let defined =
            index.names(self.module).filter(|(_, it)| matches!(it, Definition::Function(_) | Definition::Param(_)));
        let native = index.registry.native_signatures().map(|signature| signature.name.as_str());
        let known = defined.map(|(name, _)| name).chain(native).chain(BUILT_IN.iter().copied());
        self.notes.refuse(suggest(diagnostic, name, known))
    }
}
