//! The scope of a waiver: a JSON Pointer that picks elements by a field's value, `/data/items[name=Card number]/sharing_mode`. An index
//! would mean another element after the next change of the list, so it can't be written.

use std::fmt;

/// A step of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `/items`
    Field(String),
    /// `[name=Card number]`: the element whose field has this text.
    Element {
        /// The field.
        field: String,
        /// Its value, as text.
        value: String,
    },
}

/// Which part of a declaration: everything at or below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// From the root; never empty.
    pub steps: Vec<Step>,
}

impl Scope {
    /// Reads a scope; otherwise says what is wrong. A `]` within a value is part of it unless `/` or the end follows.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let Some(after) = rest.strip_prefix('/') else {
                return Err(format!("expected a JSON Pointer such as `/data/items[name=…]`, found `{text}`"));
            };
            let end = after.find(['/', '[']).unwrap_or(after.len());
            let (key, tail) = after.split_at(end);
            steps.push(Step::Field(field(key)?));
            rest = tail;
            if let Some(selector) = tail.strip_prefix('[') {
                let (step, tail) = element(selector)?;
                steps.push(step);
                rest = tail;
            }
        }
        if steps.is_empty() { Err("expected a JSON Pointer, found none".to_owned()) } else { Ok(Self { steps }) }
    }
}

fn field(key: &str) -> Result<String, String> {
    if key.is_empty() {
        return Err("expected a field between the slashes, found none".to_owned());
    }
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("expected an element picked by a field, as in `[name=…]`, found the index `{key}`"));
    }
    Ok(key.replace("~1", "/").replace("~0", "~"))
}

/// `name=value]`, and what follows.
fn element(selector: &str) -> Result<(Step, &str), String> {
    let close = selector
        .match_indices(']')
        .map(|(at, _)| at)
        .find(|at| selector.get(at + 1..).is_some_and(|tail| tail.is_empty() || tail.starts_with('/')));
    let inside = close.and_then(|close| selector.get(..close)?.split_once('='));
    match (inside, close.and_then(|close| selector.get(close + 1..))) {
        (Some((name, value)), Some(tail)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((Step::Element { field: name.trim().to_owned(), value: value.trim().to_owned() }, tail))
        }
        _ => Err(format!("expected `[field=value]`, found `[{selector}`")),
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|step| match step {
            Step::Field(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Element { field, value } => write!(f, "[{field}={value}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes() {
        for good in ["/data", "/data/items[name=Card number]/sharing_mode", "/a[b=c]d]/e", "/a~1b/c~0", "/零[名=一]"]
        {
            assert_eq!(Scope::parse(good).unwrap().to_string(), good);
        }
        assert_eq!(
            Scope::parse("/a[b=c]d]/e").unwrap().steps[1],
            Step::Element { field: "b".to_owned(), value: "c]d".to_owned() }
        );
        for bad in
            ["", "data", "/", "/a//b", "/items/0", "/items[0]", "/items[name=]", "/items[name=x", "/items[name=x]y"]
        {
            assert!(Scope::parse(bad).is_err(), "{bad}");
        }
    }
}
