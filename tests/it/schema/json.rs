//! The schema itself.

use super::policy::policy;
use crate::decode::model::COMPLETE;
use hongxian::schema::json_schema;
use hongxian::source::SourceMap;
use serde_json::{Value, json};

/// The schema, with the text that conditions are shown from.
pub fn schema() -> Value {
    let mut sources = SourceMap::new();
    sources.add("model.policy", "subject == person");
    let mut policy = policy();
    let condition = policy.model.records[3].fields["class"].condition.as_mut().unwrap();
    condition.span.end = 17;
    json_schema(&policy, &sources)
}

/// A validator of it, formats included.
pub fn validator() -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

#[test]
fn it_is_a_schema() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[test]
fn it_accepts_a_complete_declaration() {
    let declaration: Value = serde_json::from_str(COMPLETE).unwrap();
    let found: Vec<String> =
        validator().iter_errors(&declaration).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_it_says() {
    let schema = schema();
    let at = |pointer: &str| schema.pointer(pointer).cloned().unwrap_or_else(|| panic!("{pointer}\n{schema:#}"));
    assert_eq!(at("/$id"), "urn:hongxian:declaration:example:1.0.0");
    assert_eq!(at("/required"), json!(["id"]));
    assert_eq!(
        at("/properties/as_of"),
        json!({
            "type": ["string", "null"],
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "title": "As-of date / 基准日",
            "description": "The clock of the declaration.",
            "x-label": {"en": "As-of date", "zh": "基准日"}
        })
    );
    assert_eq!(at("/properties/id"), json!({"type": "string", "pattern": "^(?:[A-Z]+-[0-9]+)$"}));
    assert_eq!(at("/properties/closed_on/x-null-means"), "open");
    assert_eq!(at("/properties/network/anyOf/0/$ref"), "#/$defs/Network");
    assert_eq!(at("/$defs/Network/x-labels/5g"), json!({"zh": "第五代"}));
    assert_eq!(
        at("/$defs/Item/properties/fee"),
        json!({"type": ["number", "null"], "minimum": 0, "maximum": 100, "x-unit": "percent"})
    );
    assert_eq!(at("/$defs/Item/properties/amount/x-unit"), "CNY");
    assert_eq!(at("/$defs/Item/properties/amount/x-maximum"), "1000000");
    assert_eq!(at("/$defs/Item/properties/proof/x-ref"), "evidence");
    assert_eq!(at("/$defs/Item/properties/class/description"), "Applies only where `subject == person`.");
    assert_eq!(at("/$defs/Item/required"), json!(["name"]), "a conditional field can't be");
    assert_eq!(at("/$defs/Store/properties/items/x-none-when"), "none_declared");
    assert_eq!(at("/$defs/Store/properties/items/x-key"), "name");
    assert_eq!(at("/$defs/Store/properties/items/x-confidential"), true);
}

#[test]
fn patterns_that_others_read_otherwise_are_only_noted() {
    let mut policy = policy();
    for (pattern, portable) in [("[0-9]{4}", true), ("(?:a|b)+", true), ("(?i)abc", false), ("[[:alpha:]]+", false)] {
        policy.model.records[0].fields["id"].pattern = Some(pattern.to_owned());
        let schema = json_schema(&policy, &SourceMap::new());
        assert_eq!(schema.pointer("/properties/id/pattern").is_some(), portable, "{pattern}");
        jsonschema::draft202012::meta::validate(&schema).unwrap();
    }
}

#[test]
fn records_of_one_name_are_told_apart() {
    let mut policy = policy();
    policy.model.records[4].name = "Item".to_owned();
    let schema = json_schema(&policy, &SourceMap::new());
    assert!(schema.pointer("/$defs/Item_2/properties/roles").is_some());
    assert_eq!(schema.pointer("/$defs/Item/properties/owners/items/anyOf/0/$ref").unwrap(), "#/$defs/Item_2");
}
