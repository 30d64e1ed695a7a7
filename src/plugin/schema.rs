//! The options of a check, of the JSON Schema in which a plugin describes them. Only what can be held to is taken.

use crate::function::{Parameter, Type};
use serde_json::{Map, Value as Json};

/// The options that a schema describes, in its order; none where it is empty.
pub(super) fn options(schema: &str) -> Result<Vec<Parameter>, String> {
    if schema.trim().is_empty() {
        return Ok(Vec::new());
    }
    let schema: Json = serde_json::from_str(schema).map_err(|error| format!("its options are no JSON: {error}"))?;
    let object = object(&schema, "its options")?;
    only(object, &["$schema", "type", "title", "description", "properties", "required", "additionalProperties"])?;
    if object.get("type").and_then(Json::as_str) != Some("object") {
        return Err("expected `\"type\": \"object\"` in the schema of its options".to_owned());
    }
    let none = Map::new();
    let properties = match object.get("properties") {
        Some(properties) => self::object(properties, "`properties`")?,
        None => &none,
    };
    properties.iter().map(|(name, schema)| option(name, schema)).collect()
}

fn option(name: &str, schema: &Json) -> Result<Parameter, String> {
    let schema = object(schema, &format!("the option `{name}`"))?;
    only(schema, &["type", "format", "title", "description"])?;
    let word = |key: &str| schema.get(key).and_then(Json::as_str);
    let ty = ty(word("type").unwrap_or_default(), word("format")).ok_or_else(|| {
        let known = "`boolean`, `number`, `integer` or `string`, with a format of the contract";
        format!("expected {known} as the type of the option `{name}`")
    })?;
    let doc = word("description").or_else(|| word("title")).unwrap_or_default().to_owned();
    Ok(Parameter { name: name.to_owned(), ty, doc })
}

fn ty(word: &str, format: Option<&str>) -> Option<Type> {
    Some(match (word, format) {
        ("boolean", None) => Type::Bool,
        ("number" | "integer", None) => Type::Number,
        ("number", Some("ratio")) => Type::Ratio,
        ("number", Some("minutes")) => Type::ExactDuration,
        ("number" | "integer", Some("months")) => Type::CalendarDuration,
        ("number", Some(format)) => Type::Money(format.strip_prefix("money-")?.to_owned()),
        ("string", None) => Type::Text,
        ("string", Some("date")) => Type::Date,
        ("string", Some("name")) => Type::Name,
        _ => return None,
    })
}

fn object<'s>(schema: &'s Json, what: &str) -> Result<&'s Map<String, Json>, String> {
    schema.as_object().ok_or_else(|| format!("expected a JSON object as the schema of {what}"))
}

fn only(schema: &Map<String, Json>, known: &[&str]) -> Result<(), String> {
    match schema.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("the keyword `{}` of its options' schema is not known", key.escape_debug())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_in_the_order_of_the_schema() {
        let schema = r#"{"type": "object", "properties": {
            "similarity": {"type": "number", "format": "ratio", "description": "from which texts are alike"},
            "as_of": {"type": "string", "format": "date"},
            "least": {"type": "number", "format": "money-CNY"}}}"#;
        let options = options(schema).unwrap();
        let said: Vec<String> = options.iter().map(|it| format!("{}: {}", it.name, it.ty)).collect();
        assert_eq!(said, ["similarity: ratio", "as_of: date", "least: money in CNY"]);
        assert_eq!(options[0].doc, "from which texts are alike");
        assert_eq!(super::options(" "), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_be_held_to_is_refused() {
        for (schema, said) in [
            ("[]", "expected a JSON object as the schema of its options"),
            ("{}", "expected `\"type\": \"object\"` in the schema of its options"),
            (
                r#"{"type": "object", "minProperties": 1}"#,
                "the keyword `minProperties` of its options' schema is not known",
            ),
            (
                r#"{"type": "object", "properties": {"x": {"type": "number", "minimum": 1}}}"#,
                "the keyword `minimum` of its options' schema is not known",
            ),
            (
                r#"{"type": "object", "properties": {"x": {"type": "array"}}}"#,
                "expected `boolean`, `number`, `integer` or `string`, with a format of the contract as the type of the option `x`",
            ),
        ] {
            assert_eq!(options(schema).unwrap_err(), said, "{schema}");
        }
    }
}
