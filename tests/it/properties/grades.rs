//! On which grade a pass rests says what was needed, not in which order it was written.

use super::engine::{build, evaluate, files};
use hongxian::report::contract::{Grade, Outcome};

const MODEL: &str = "module model
record Evidence {
    id: text
    issuer: name
    issued_on: date
    valid_until: date null means open_ended
    self_issued: bool
}
record Product {
    evidence: list of Evidence key id
    test_ref: ref evidence
    log_ref: ref evidence
    logged: bool proof log_ref
}
";

/// Requirements, and the weakest that they need: a fact of a record that is read by itself is merely stated.
const REQUIREMENTS: &[(&str, Grade)] = &[
    ("product.test_ref is proven", Grade::Independent),
    ("product.log_ref is proven", Grade::SelfEvidenced),
    ("product.logged", Grade::SelfEvidenced),
    ("product.test_ref is proven and product.log_ref is proven", Grade::SelfEvidenced),
    ("product.test_ref is proven and product.test_ref.issued_on >= 2019-01-01", Grade::Asserted),
    ("product.test_ref is proven and product.logged", Grade::SelfEvidenced),
];

#[test]
fn a_grade_does_not_depend_on_the_order_of_writing() {
    let swapped = |requirement: &str| match requirement.split_once(" and ") {
        Some((one, other)) => format!("{other} and {one}"),
        None => requirement.to_owned(),
    };
    let swapped = REQUIREMENTS.iter().map(|(requirement, _)| swapped(requirement));
    let rules: Vec<String> = (REQUIREMENTS.iter().map(|(requirement, _)| (*requirement).to_owned()).chain(swapped))
        .enumerate()
        .map(|(at, requirement)| {
            let head = format!("red_line R-{at} \"r\" {{\n    cites 1#1\n    addressee product\n");
            format!("{head}    require {requirement}\n    remedy \"do it\"\n}}\n")
        })
        .collect();
    let rules = rules.concat();
    let modules = [("model.policy", MODEL.to_owned()), ("rules.policy", format!("module rules\nuse model\n{rules}"))];
    let engine = build(files(&modules)).unwrap_or_else(|invalid| panic!("{invalid}"));
    let proof = |id: &str, self_issued: bool| serde_json::json!({"id": id, "issuer": "Test House", "issued_on": "2020-03-01", "valid_until": null, "self_issued": self_issued});
    let declaration = serde_json::json!({
        "evidence": [proof("E-1", false), proof("E-2", true)], "test_ref": "E-1", "log_ref": "E-2", "logged": true
    });
    let report = evaluate(&engine, declaration.to_string().as_bytes(), "2025-06-30", None).unwrap();
    let expected = REQUIREMENTS.iter().chain(REQUIREMENTS);
    for (rule, (requirement, grade)) in report.rules.iter().zip(expected) {
        assert_eq!((rule.outcome, rule.proof), (Outcome::Pass, Some(*grade)), "{}: {requirement}", rule.id);
    }
    assert_eq!(report.rules.len(), 2 * REQUIREMENTS.len());
}
