//! Skeletons: nothing in them is invented.

use super::policy::policy;
use crate::decode::model::{dump, layout};
use hongxian::decode::{Decoder, Limits};
use hongxian::schema::{NoSuchField, skeleton};
use hongxian::source::FileId;
use serde_json::json;

#[test]
fn what_identifies_and_what_a_filing_needs() {
    let text = skeleton(&policy(), &[("/tags".to_owned(), json!(["a"]))], &|_| false).unwrap();
    assert_eq!(
        text,
        r#"{
  "id": null,
  "title": null,
  "as_of": null,
  "closed_on": "",
  "network": null,
  "tags": [
    "a"
  ],
  "store": {
    "none_declared": null,
    "items": [
      {
        "name": null,
        "level": null,
        "class": null,
        "owners": [
          {
            "name": null
          }
        ]
      }
    ]
  }
}
"#
    );
}

#[test]
fn it_is_a_draft_that_declares_nothing() {
    let policy = policy();
    let text = skeleton(&policy, &[], &|_| false).unwrap();
    let decoder = Decoder::new(&policy.model, &layout(), Limits::DEFAULT);
    let declaration = decoder.decode_draft(text.as_bytes(), FileId::new(0)).unwrap();
    let answers: Vec<String> = dump(&declaration)
        .into_iter()
        .filter(|line| !["Unknown", "Record"].iter().any(|word| line.ends_with(word)) && !line.contains("Elements"))
        .collect();
    assert!(answers.is_empty(), "{answers:?}");
}

#[test]
fn what_does_not_apply_is_left_out() {
    let text = skeleton(&policy(), &[], &|pointer| pointer == "/store/items").unwrap();
    assert!(!text.contains("items") && text.contains("none_declared"));
    let text = skeleton(&policy(), &[], &|pointer| pointer == "/store").unwrap();
    assert!(!text.contains("store"));
}

#[test]
fn presets_name_fields() {
    let error = skeleton(&policy(), &[("/stor/items/0/level".to_owned(), json!(1))], &|_| false).unwrap_err();
    assert_eq!(
        error,
        NoSuchField { pointer: "/stor/items/0/level".to_owned(), near: Some("/store/items/0/level".to_owned()) }
    );
    let text = skeleton(&policy(), &[("/store/protection/digest".to_owned(), json!(true))], &|_| false).unwrap();
    assert!(text.contains("\"digest\": true"), "{text}");
}
