//! A policy and a declaration, made together.

use super::model::model;
use super::tape::{Tape, tape};
use super::{declaration, rules};
use crate::reference::World;
use crate::reference::cases::parse;
use hongxian::syntax::ast;
use proptest::prelude::*;
use serde_json::Value as Json;
use std::fmt;

/// The day on which samples are judged.
pub const AS_OF: &str = "2020-05-01";

/// A policy and a declaration that is valid by its model.
#[derive(Clone)]
pub struct Sample {
    /// The text of each module, with its file's name.
    pub modules: [(&'static str, String); 2],
    pub declaration: Json,
    pub stage: Option<&'static str>,
}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, text) in &self.modules {
            writeln!(f, "\n// {name}\n{text}")?;
        }
        writeln!(f, "{}\nstage {:?}", serde_json::to_string_pretty(&self.declaration).unwrap(), self.stage)
    }
}

impl Sample {
    pub fn parsed(&self) -> Vec<ast::File> {
        parse(&self.modules)
    }

    /// The world of the reference.
    pub fn world<'a>(&'a self, files: &'a [ast::File], declaration: &'a Json) -> World<'a> {
        world(files, declaration, self.stage)
    }
}

/// The world of the reference for a pack like those of samples.
pub fn world<'a>(files: &'a [ast::File], declaration: &'a Json, stage: Option<&'a str>) -> World<'a> {
    let as_of = AS_OF.parse().expect("a date");
    World { files, root: "Product", extensions: &[], declaration, as_of, stage }
}

/// Samples: each part has a tape of its own, so that each shrinks by itself.
pub fn samples() -> impl Strategy<Value = Sample> {
    (tape(120), tape(400), tape(300)).prop_map(|(model, rules, declaration)| sample(model, rules, declaration))
}

/// A sample made by three tapes.
pub fn sample(mut of_model: Tape, mut of_rules: Tape, mut of_declaration: Tape) -> Sample {
    let model = model(&mut of_model);
    let modules = [("model.policy", model.to_string()), ("rules.policy", rules::rules(&mut of_rules, &model))];
    let stage = of_declaration.choose(&[None, None, None, Some("plan"), Some("live")]);
    let declaration = declaration::declaration(&mut of_declaration, &model);
    let mut sample = Sample { modules, declaration, stage };
    sample.declaration = without_void(&sample);
    sample
}

/// "Giving [a void field] all the same is an input error": leaves out what is void.
fn without_void(sample: &Sample) -> Json {
    let files = sample.parsed();
    let void = sample.world(&files, &sample.declaration).void_but_given();
    let mut declaration = sample.declaration.clone();
    for pointer in void {
        remove(&mut declaration, &pointer);
    }
    declaration
}

/// Leaves a field out.
pub fn remove(declaration: &mut Json, pointer: &str) {
    let (record, field) = pointer.rsplit_once('/').expect("a pointer to a field");
    if let Some(Json::Object(fields)) = declaration.pointer_mut(record) {
        fields.shift_remove(field);
    }
}
