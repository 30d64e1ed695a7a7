//! The texts of a declaration in which a product is described in words.

use hongxian_plugin::Node;

/// Texts that stand once.
const SINGLE: [&str; 4] = [
    "/service/functions",
    "/service/technology_summary",
    "/service/innovation_statement",
    "/institution/strategy/positioning",
];

/// Lists, and the text of each element.
const LISTED: [(&str, &str); 3] =
    [("/technologies", "/purpose"), ("/data/items", "/necessity"), ("/risk/register", "/control")];

/// A text and its place.
#[derive(Debug)]
pub struct Text {
    /// Where it stands.
    pub pointer: String,
    /// As it was written.
    pub as_written: String,
    /// Its letters and digits alone, in lower case: what it says, without how it is set.
    pub letters: String,
}

/// All of them that are declared, in a fixed order.
pub fn texts(product: &Node) -> Vec<Text> {
    let single = SINGLE.iter().map(|at| product.at(at));
    let listed = LISTED.iter().flat_map(|(list, text)| product.each(list).map(move |each| each.at(text)));
    single.chain(listed).filter_map(|place| text(&place)).collect()
}

fn text(place: &Node) -> Option<Text> {
    let as_written = place.text("")?;
    let letters = as_written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(Text { pointer: place.pointer(), as_written, letters })
}
