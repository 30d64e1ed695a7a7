//! Functions that an embedder lends: typed like those of the policy.

use super::{packs, print, show};
use hongxian::check::check;
use hongxian::function::{Registry, Signature, Type};
use hongxian::value::Value;

fn registry() -> Registry {
    let mut registry = Registry::new();
    let truth = |_: &[Value<'_>]| Ok(Value::Bool(true));
    for (name, params) in [
        ("codes.is_valid", vec![Type::Text]),
        ("near", vec![Type::Money("CNY".into()), Type::Ratio, Type::Name]),
        ("codes.older", vec![Type::Date, Type::CalendarDuration]),
    ] {
        let signature = Signature { name: name.into(), params, result: Type::Bool, doc: String::new() };
        registry.register(signature, truth).unwrap();
    }
    registry
}

fn said(require: &str) -> String {
    let text = format!(
        "module test\nuse model\nbaseline B-1 \"x\" {{ cites 1#1 addressee product require {require} remedy \"x\" }}\n"
    );
    let (packs, sources) = packs::load(&text);
    let checked = check(&packs, &registry());
    match checked.policy {
        Some(policy) => print::policy(&policy).lines().find(|line| line.contains("require")).unwrap().trim().to_owned(),
        None => show::all(&checked.diagnostics, &sources).lines().next().unwrap().to_owned(),
    }
}

#[test]
fn calls_are_typed() {
    let cases = [
        ("codes.is_valid(product.id)", "require (native 0 product.id)"),
        (
            "near(3 CNY, 1 / 2, \" a \")",
            "require (native 1 3:money(\"cny\") (Divide 1:number 2:number):ratio \"a\":name)",
        ),
        ("codes.older(as_of, 2 years)", "require (native 2 as_of 24:calendarduration)"),
        ("codes.is_valid(product.owner)", "error[E0301] expected `text`, found `name`"),
        ("codes.is_valid()", "error[E0307] `codes.is_valid` takes 1 argument, found 0"),
        ("codes.is_vald(product.id)", "error[E0205] no function is called `codes.is_vald`"),
        ("codes.older(as_of, 2 days)", "error[E0301] expected `duration in months`, found `duration in days`"),
    ];
    for (require, expected) in cases {
        assert_eq!(said(require), expected, "{require}");
    }
}

#[test]
fn a_policy_cannot_take_their_names() {
    let (packs, _) = packs::load("module test\nuse model\nfn near(x: number) = x > 1\n");
    let checked = check(&packs, &registry());
    assert_eq!(checked.diagnostics[0].code.as_str(), "E0213");
}
