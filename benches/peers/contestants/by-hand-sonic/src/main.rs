//! As `by-hand`, with another decoder, and structs that hold only the fields that a rule reads: what is between them is
//! skipped, and not looked at closely.

mod declaration;
#[path = "../../by-hand/src/forms.rs"]
mod forms;
#[path = "../../by-hand/src/rules.rs"]
mod rules;

use contest::{About, Contestant, Verdicts, serve};
use declaration::Product;

struct ByHand;

impl Contestant for ByHand {
    type Parsed<'t> = Product<'t>;

    fn parse<'t>(&mut self, text: &'t str) -> Product<'t> {
        sonic_rs::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, product: &Product<'_>) -> Verdicts {
        rules::judge(product).into_iter().collect()
    }
}

fn main() {
    serve(&About { name: "Rust by hand, only fields that are read", of: Some("sonic-rs"), cannot: &[] }, || ByHand);
}
