//! What the naive evaluator sees: modules as written, a declaration as JSON, a date. Names are looked up by walking.

use super::value::{RecordVal, Truth, Val, date};
use hongxian::syntax::ast;
use jiff::civil::Date;
use serde_json::Value as Json;

/// Everything that a verdict depends on.
#[derive(Debug, Clone)]
pub struct World<'a> {
    /// The modules of all packs, in the order of the report.
    pub files: &'a [ast::File],
    /// The record that a declaration is.
    pub root: &'a str,
    /// For each overlay with an own record: the root's field `x_<pack>` and the record's name.
    pub extensions: &'a [(String, String)],
    pub declaration: &'a Json,
    pub as_of: Date,
    /// The stage that overrides the declaration's.
    pub stage: Option<&'a str>,
}

/// What a name can mean at a place.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    pub module: &'a ast::File,
    /// Elements of quantifiers and parameters of functions, innermost last.
    pub locals: Vec<(&'a str, Val<'a>)>,
    /// "Model conditions see sibling fields by bare name."
    pub siblings: Option<RecordVal<'a>>,
    /// "In guidance and in messages they are two-valued": `is declared`, `is absent`, `??`.
    pub two_valued: bool,
}

impl<'a> Scope<'a> {
    pub fn of_module(module: &'a ast::File, two_valued: bool) -> Self {
        Self { module, locals: Vec::new(), siblings: None, two_valued }
    }

    pub fn with(&self, name: &'a ast::Name, val: Val<'a>) -> Self {
        let mut inner = self.clone();
        inner.locals.push((&name.text, val));
        inner
    }
}

impl<'a> World<'a> {
    /// "`use` makes another module's records, parameters, lets and functions visible, not re-exported."
    pub fn find<T>(
        &self,
        module: &'a ast::File,
        pick: impl Fn(&'a ast::ItemKind) -> Option<T>,
    ) -> Option<(T, &'a ast::File)> {
        let used = module.header.uses.iter().filter_map(|used| match used {
            ast::Use::Module(name) => self.files.iter().find(|file| file.header.name.text == name.text),
            ast::Use::Plugin { .. } => None,
        });
        std::iter::once(module)
            .chain(used)
            .find_map(|file| file.items.iter().find_map(|item| pick(&item.kind)).map(|found| (found, file)))
    }

    /// The same, over all modules: for what stands once in everything that is loaded.
    pub fn find_anywhere<T>(&self, pick: impl Fn(&'a ast::ItemKind) -> Option<T>) -> Option<(T, &'a ast::File)> {
        self.files
            .iter()
            .find_map(|file| file.items.iter().find_map(|item| pick(&item.kind)).map(|found| (found, file)))
    }

    pub fn enum_named(&self, module: &'a ast::File, name: &str) -> Option<&'a ast::Enum> {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Enum(found) if found.name.text == name => Some(found),
            _ => None,
        };
        self.find(module, pick).map(|(found, _)| found)
    }

    pub fn record_named(&self, module: &'a ast::File, name: &str) -> Option<(&'a ast::Record, &'a ast::File)> {
        self.find(module, |item| record_item(item, name))
    }

    /// The record that the whole declaration is.
    pub fn product(&self) -> RecordVal<'a> {
        let (ty, home) = self.find_anywhere(|item| record_item(item, self.root)).expect("the root record");
        RecordVal { ty, home, pointer: String::new(), json: Some(self.declaration), doubt: None }
    }

    /// "An overlay's institution can add fields only under its own optional record `x_<pack>`."
    pub fn extension(&self, field: &str) -> Option<(&'a ast::Record, &'a ast::File)> {
        let (_, record) = self.extensions.iter().find(|(name, _)| name == field)?;
        self.find_anywhere(|item| record_item(item, record))
    }

    /// A parameter's value: an overlay's, where one tightens it.
    pub fn param_value(&self, param: &'a ast::Param) -> &'a ast::ParamValue {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Tighten(tighten) if tighten.name.text == param.name.text => Some(&tighten.value),
            _ => None,
        };
        self.find_anywhere(pick).map_or(&param.value, |(value, _)| value)
    }

    /// A rule's kind: an overlay's, where one raises it.
    pub fn kind_of(&self, rule: &ast::Rule) -> ast::RuleKind {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Raise(raise) if raise.id.text == rule.id.text => Some(raise.kind),
            _ => None,
        };
        self.find_anywhere(pick).map_or(rule.kind, |(kind, _)| kind)
    }

    /// "The model may give the stage from the status; `--stage` overrides." As the name of a member of its enum.
    pub fn current_stage(&self) -> Result<(String, Option<&'a ast::Enum>), Truth> {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Declaration(declaration) => Some(declaration.stage.as_ref()),
            _ => None,
        };
        let declared = self.find_anywhere(pick).and_then(|(stage, file)| stage.map(|stage| (stage, file)));
        let judged = declared.map(|(stage, file)| self.eval(stage, &Scope::of_module(file, false)));
        match (self.stage, judged) {
            (Some(stage), _) => Ok((stage.to_owned(), None)),
            (None, Some(Val::Member(of, index))) => Ok((of.members[index].name.text.clone(), Some(of))),
            (None, Some(unknown)) => Err(Truth::Unknown(unknown.missing().unwrap_or_default())),
            (None, None) => Err(Truth::Unknown(super::value::Missing::new())),
        }
    }

    /// "It marks one field as the evaluation date."
    pub fn declared_date(files: &[ast::File], declaration: &Json) -> Option<Date> {
        let items = files.iter().flat_map(|file| &file.items);
        let path = items.into_iter().find_map(|item| match &item.kind {
            ast::ItemKind::Declaration(declaration) => declaration.as_of.as_ref(),
            _ => None,
        })?;
        let mut json = declaration;
        for step in &path.steps {
            let ast::PathStep::Field(name) = step else { return None };
            json = json.get(&name.text)?;
        }
        json.as_str()?.parse().ok()
    }

    /// "`effective from … until …` (both included; a module's header gives the default) against `as_of`."
    pub fn in_force(&self, effective: Option<&ast::Effective>) -> bool {
        let from = effective.and_then(|effective| effective.from.as_ref());
        let until = effective.and_then(|effective| effective.until.as_ref());
        from.is_none_or(|from| date(&from.text) <= self.as_of)
            && until.is_none_or(|until| self.as_of <= date(&until.text))
    }
}

fn record_item<'a>(item: &'a ast::ItemKind, name: &str) -> Option<&'a ast::Record> {
    match item {
        ast::ItemKind::Record(record) if record.name.text == name => Some(record),
        _ => None,
    }
}
