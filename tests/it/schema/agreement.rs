//! The decoder and the schema agree on any declaration, as far as a schema can say it.

use super::json::validator;
use crate::chance::cases;
use crate::decode::model::{diagnostics, model};
use hongxian::decode::Limits;
use hongxian::ir::{Field, Model, Record, Type};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(model);

/// Values that suit few fields.
fn anything() -> BoxedStrategy<Value> {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(7),
        json!(-1),
        json!(0.5),
        json!("x"),
        json!("2020-01-01"),
        json!("2019-02-29"),
        json!("20-1-1"),
        json!("1.50"),
        json!("1_0"),
        json!("5g"),
        json!("A-1"),
        json!([]),
        json!(["x"]),
        json!([null]),
        json!({}),
        json!({"zh": "x", "de": null}),
        json!({"none": true}),
    ])
    .boxed()
}

fn scalar(field: &Field, ty: &Type) -> BoxedStrategy<Value> {
    let values = match ty {
        Type::Bool => vec![json!(true), json!(false)],
        Type::Number => vec![json!(1), json!(5), json!(3.0)],
        Type::Ratio => vec![json!(0), json!(12.5), json!(100)],
        Type::Money(_) => vec![json!("0"), json!("1000000.00"), json!("12.5")],
        Type::Date => vec![json!("2020-02-29"), json!("0001-01-01"), json!("9999-12-31")],
        Type::ExactDuration => vec![json!(0), json!(1.5)],
        Type::CalendarDuration => vec![json!(0), json!(24)],
        Type::Text if field.pattern.is_some() => vec![json!("A-1"), json!("B-22"), json!("a-1"), json!("A-1 ")],
        Type::Prose => vec![json!("x"), json!({"zh": "x"}), json!({"zh-Hant": "x", "en": null}), json!({"Z": "x"})],
        Type::Enum(id) => MODEL.enumeration(*id).unwrap().members.iter().map(|member| json!(member.spelling)).collect(),
        _ => vec![json!("x"), json!("一 二")],
    };
    prop::sample::select(values).boxed()
}

fn value(field: &'static Field, ty: &'static Type) -> BoxedStrategy<Value> {
    let good = match ty {
        Type::Record(id) => record(MODEL.record(*id).unwrap()),
        Type::List(element) => {
            let key = field.key.map(|key| match element.as_ref() {
                Type::Record(id) => MODEL.record(*id).unwrap().field(key).unwrap().name.clone(),
                _ => String::new(),
            });
            prop::collection::vec(value(field, element), 0..3)
                .prop_map(move |elements| keyed(elements, key.as_deref()))
                .boxed()
        }
        scalar_type => scalar(field, scalar_type),
    };
    prop_oneof![40 => good, 1 => anything(), 1 => Just(Value::Null)].boxed()
}

/// Gives elements different keys: that they differ is what a schema can't say.
fn keyed(mut elements: Vec<Value>, key: Option<&str>) -> Value {
    for (index, element) in elements.iter_mut().enumerate() {
        if let Some(slot) = key.and_then(|key| element.get_mut(key)).filter(|slot| slot.is_string()) {
            *slot = json!(format!("K {index}"));
        }
    }
    Value::Array(elements)
}

fn record(record: &'static Record) -> BoxedStrategy<Value> {
    let mut strategy = Just(Map::new()).boxed();
    for field in record.fields.values() {
        let present = if field.required { 40 } else { 1 };
        let given = prop_oneof![present => value(field, &field.ty).prop_map(Some), 1 => Just(None)];
        strategy = (strategy, given)
            .prop_map(|(mut object, value)| {
                object.extend(value.map(|value| (field.name.clone(), value)));
                object
            })
            .boxed();
    }
    let stranger = prop_oneof![60 => Just(None), 1 => anything().prop_map(Some)];
    (strategy, stranger)
        .prop_map(|(mut object, stranger)| {
            object.extend(stranger.map(|value| ("stranger".to_owned(), value)));
            Value::Object(object)
        })
        .boxed()
}

#[test]
fn on_generated_declarations() {
    let validator = validator();
    let config = cases(3000);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let root = MODEL.record(MODEL.root).unwrap();
    let accepted_count = std::cell::Cell::new(0);
    runner
        .run(&record(root), |declaration| {
            let text = declaration.to_string();
            let decoded = diagnostics(text.as_bytes(), Limits::DEFAULT);
            let errors: Vec<String> = validator.iter_errors(&declaration).map(|error| error.to_string()).collect();
            let said =
                decoded.as_ref().err().map(|found| found.iter().map(|one| one.message.clone()).collect::<Vec<_>>());
            prop_assert_eq!(said.is_none(), errors.is_empty(), "{} decoder: {:?} schema: {:?}", text, said, errors);
            accepted_count.set(accepted_count.get() + usize::from(said.is_none()));
            Ok(())
        })
        .unwrap();
    let accepted = accepted_count.get();
    assert!((300..2900).contains(&accepted), "{accepted} accepted: too one-sided to show anything");
}
