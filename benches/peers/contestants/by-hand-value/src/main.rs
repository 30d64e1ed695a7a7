//! The rules written in Rust over `serde_json::Value`: what many do who have no typed structs.

#[path = "../../by-hand/src/forms.rs"]
mod forms;

use contest::{About, Contestant, Verdicts, serve};
use forms::{is_address, is_number};
use serde_json::Value;

struct ByHand;

impl Contestant for ByHand {
    type Parsed<'t> = Value;

    fn parse<'t>(&mut self, text: &'t str) -> Value {
        serde_json::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, product: &Value) -> Verdicts {
        judge(product).into_iter().collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn money(value: &Value) -> f64 {
    text(value).parse().expect("an amount")
}

fn is(value: &Value) -> bool {
    value.as_bool().expect("true or false")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

/// The same day a year before, or the last of February where there is none.
fn year_before(date: &str) -> String {
    let before = format!("{:04}{}", date[..4].parse::<u32>().expect("a year") - 1, &date[4..]);
    if before.ends_with("-02-29") { before.replace("-29", "-28") } else { before }
}

/// Whether each rule holds.
fn judge(p: &Value) -> [bool; 30] {
    let (as_of, reviewed) = (text(&p["as_of"]), text(&p["risk"]["reviewed_on"]));
    [
        matches!(text(&p["category"]), "payment" | "credit" | "wealth"),
        is_number(text(&p["id"]).as_bytes()),
        is_address(text(&p["contact"]).as_bytes()),
        text(&p["operator"]).starts_with("Bank of "),
        text(&p["summary"]).starts_with("The product "),
        text(&p["launched_on"]) <= as_of,
        *year_before(as_of) <= *reviewed && reviewed <= as_of,
        number(&p["risk"]["level"]) <= 4.0,
        number(&p["risk"]["score"]) < 75.5,
        number(&p["risk"]["max_loss"]) <= 20.0,
        number(&p["users"]) <= 5_000_000.0 || is(&p["insured"]),
        money(&p["daily_limit"]) <= 50_000.0,
        list(&p["fees"]).all(|f| is(&f["disclosed"])),
        list(&p["fees"]).all(|f| number(&f["rate"]) <= 15.0),
        list(&p["fees"]).all(|f| money(&f["cap"]) <= 1_000.0),
        list(&p["items"]).all(|i| text(&i["class"]) != "C3" || is(&i["encrypted"])),
        list(&p["items"]).all(|i| text(&i["class"]) < "C2" || text(&i["sharing"]) != "raw"),
        list(&p["items"]).all(|i| number(&i["retention"]) <= 1_825.0),
        list(&p["partners"]).all(|p| is(&p["licensed"])),
        list(&p["partners"]).all(|p| matches!(text(&p["country"]), "CN" | "HK" | "SG")),
        list(&p["incidents"]).all(|n| is(&n["closed"]) || number(&n["severity"]) < 3.0),
        list(&p["controls"]).all(|c| is(&c["effective"])),
        list(&p["controls"]).all(|c| text(&c["code"]).starts_with("CTL-")),
        list(&p["channels"]).any(|c| matches!(text(c), "app" | "web")),
        list(&p["controls"]).any(|c| text(&c["kind"]) == "preventive"),
        list(&p["controls"]).any(|c| text(&c["kind"]) == "detective" && number(&c["coverage"]) >= 50.0),
        list(&p["partners"]).any(|p| text(&p["country"]) == "CN"),
        list(&p["fees"]).any(|f| number(&f["rate"]) == 0.0),
        list(&p["controls"]).filter(|c| text(&c["tested_on"]) >= "2024-01-01").count() >= 2,
        list(&p["partners"]).map(|p| number(&p["share"])).sum::<f64>() <= 100.0,
    ]
}

fn main() {
    serve(&About { name: "Rust by hand, `serde_json::Value`", of: Some("serde_json"), cannot: &[] }, || ByHand);
}
