//! A policy that is all model.

use crate::decode::model::{field, model};
use hongxian::ir::{Deferred, Field, FieldId, Label, PackInfo, Policy, Type};

/// The policy.
pub fn policy() -> Policy {
    let mut model = model();
    model.handles.id = vec![vec![FieldId::new(0)]];
    model.handles.name = vec![vec![FieldId::new(1)]];
    model.handles.as_of = Some(vec![FieldId::new(2)]);
    let product = &mut model.records[0].fields;
    product["as_of"].label = Label { en: Some("As-of date".to_owned()), zh: Some("基准日".to_owned()) }.into();
    product["as_of"].doc = "The clock of the declaration.".to_owned().into();
    product["closed_on"].filing = true;
    product["network"].filing = true;
    let store = &mut model.records[1].fields;
    store["items"].filing = true;
    store["items"].confidential = true;
    let item = &mut model.records[3].fields;
    item["level"].filing = true;
    item.insert(
        "rate".to_owned(),
        Field { filing: true, null_word: Some("free".to_owned()), ..field("rate", Type::Ratio) },
    );
    item["owners"].filing = true;
    model.records[4].fields["name"].filing = true;
    Policy {
        packs: vec![PackInfo {
            name: "example".to_owned(),
            version: "1.0.0".to_owned(),
            title: Label { en: Some("Examples".to_owned()), zh: None }.into(),
            digest: "sha256:".to_owned(),
            plugins: Vec::new(),
            lapsed_on: None,
            extends: None,
            arguments: Deferred::default(),
            views: hongxian::ir::Views::default(),
        }],
        modules: Vec::new(),
        sources: Vec::new(),
        model,
        params: Vec::new(),
        lets: Vec::new(),
        functions: Vec::new(),
        rules: Vec::new(),
        outside: Deferred::default(),
    }
}
