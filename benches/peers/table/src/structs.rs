//! Writes the typed structs of a pack's declarations in Rust, as somebody would write them by hand who decodes with `serde`:
//! `benches/peers/target/release/table --structs contestants/by-hand/src/plan.rs`.

use crate::common;
use hongxian::ir::{Enum, Field, Model, Record, Type};
use std::fmt::Write as _;
use std::path::Path;

const HEADER: &str =
    "//! A declaration for the plan's pack as typed structs. Long because generated, by `table --structs`.

#![allow(dead_code, reason = \"it is only decoded\")]
#![allow(clippy::enum_variant_names, clippy::struct_field_names, reason = \"the names are the model's\")]

use crate::declaration::{Amount, Date, Text};
use crate::prose::Prose;
use serde::Deserialize;
";
const KEYWORDS: [&str; 8] = ["type", "ref", "in", "use", "final", "where", "box", "mod"];

/// Writes them into a file.
pub fn write(path: &Path) {
    let engine = common::plan();
    let model = &engine.program().policy.model;
    let mut text = HEADER.to_owned();
    model.enums.iter().for_each(|declared| enumeration(&mut text, declared));
    model.records.iter().enumerate().for_each(|(at, declared)| record(&mut text, model, at, declared));
    std::fs::write(path, text).expect("the file can be written");
}

fn enumeration(text: &mut String, declared: &Enum) {
    let plain = declared.members.iter().all(|member| snake(&camel(&member.name)) == member.spelling);
    let all = if plain { "#[serde(rename_all = \"snake_case\")]\n" } else { "" };
    let _ = write!(text, "\n#[derive(Deserialize)]\n{all}pub enum {} {{\n", declared.name);
    for member in &declared.members {
        if !plain {
            let _ = writeln!(text, "    #[serde(rename = \"{}\")]", member.spelling);
        }
        let _ = writeln!(text, "    {},", camel(&member.name));
    }
    text.push_str("}\n");
}

fn record(text: &mut String, model: &Model, at: usize, declared: &Record) {
    let name = if at == model.root.index() { "Plan" } else { &declared.name };
    let lifetime = if borrows(model, declared) { "<'t>" } else { "" };
    let _ = write!(text, "\n#[derive(Deserialize)]\n#[serde(deny_unknown_fields)]\npub struct {name}{lifetime} {{\n");
    declared.fields.values().for_each(|declared| field(text, model, declared));
    text.push_str("}\n");
}

fn field(text: &mut String, model: &Model, declared: &Field) {
    let ty = spelled(model, declared, &declared.ty);
    let ty = if declared.required { ty } else { format!("Option<{ty}>") };
    if ty.contains("'t") {
        text.push_str("    #[serde(borrow)]\n");
    }
    let raw = if KEYWORDS.contains(&declared.name.as_str()) { "r#" } else { "" };
    let _ = writeln!(text, "    pub {raw}{}: {ty},", declared.name);
}

fn spelled(model: &Model, field: &Field, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Number if field.whole => "i64".to_owned(),
        Type::Number | Type::Ratio | Type::ExactDuration | Type::CalendarDuration => "f64".to_owned(),
        Type::Money(_) => "Amount".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Text | Type::Name | Type::Ref(_) => "Text<'t>".to_owned(),
        Type::Prose => "Prose<'t>".to_owned(),
        Type::Enum(id) => model.enumeration(*id).expect("an enum").name.clone(),
        Type::Record(id) => {
            let record = model.record(*id).expect("a record");
            format!("{}{}", record.name, if borrows(model, record) { "<'t>" } else { "" })
        }
        Type::List(element) => format!("Vec<{}>", spelled(model, field, element)),
    }
}

/// Whether a record holds a text, itself or in another one.
fn borrows(model: &Model, record: &Record) -> bool {
    record.fields.values().any(|field| holds_text(model, &field.ty))
}

fn holds_text(model: &Model, ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Name | Type::Prose | Type::Ref(_) => true,
        Type::Record(id) => model.record(*id).is_some_and(|record| borrows(model, record)),
        Type::List(element) => holds_text(model, element),
        _ => false,
    }
}

fn camel(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// As `serde` does it.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
