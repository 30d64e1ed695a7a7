//! What somebody would write who has these thirty rules and nothing else to do: typed structs that hold every field,
//! and Rust. Numbers are binary floating point, dates are numbers such as 20250630, and forms are checked byte by byte.
//!
//! `by-hand --plan` has no rules: it only decodes a declaration for the plan's pack into typed structs.

mod declaration;
mod forms;
mod plan;
mod prose;
mod rules;

use contest::{About, Contestant, Verdicts, serve};
use declaration::Product;

struct ByHand;

impl Contestant for ByHand {
    type Parsed<'t> = Product<'t>;

    fn parse<'t>(&mut self, text: &'t str) -> Product<'t> {
        serde_json::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, product: &Product<'_>) -> Verdicts {
        rules::judge(product).into_iter().collect()
    }
}

/// A declaration for the plan's pack, decoded and no more.
struct Decoded;

impl Contestant for Decoded {
    type Parsed<'t> = plan::Plan<'t>;

    fn parse<'t>(&mut self, text: &'t str) -> plan::Plan<'t> {
        serde_json::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, _: &plan::Plan<'_>) -> Verdicts {
        Verdicts::default()
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--plan") {
        return serve(&About { name: "serde_json, typed structs", of: Some("serde_json"), cannot: &[] }, || Decoded);
    }
    serve(&About { name: "Rust by hand, typed structs", of: Some("serde_json"), cannot: &[] }, || ByHand);
}
