//! What a library of functions says of itself. It is a stranger's word: nothing is believed before it was examined.

use super::limits::{MAX_CHECKS, MAX_DOC, MAX_FUNCTIONS, MAX_PARAMETERS, MAX_POINTER, MAX_READS, MAX_WORD};
use super::{Signature, Type};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A parameter of a function, or an option of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, for people.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What it means.
    pub doc: String,
}

/// A function over scalars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its name, a word.
    pub name: String,
    /// What it says, for people.
    pub doc: String,
    /// What it takes, in order.
    pub params: Vec<Parameter>,
    /// What it gives.
    pub result: Type,
}

/// A check of a whole declaration, or of a record in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its name, a word.
    pub name: String,
    /// What it looks for, for people.
    pub doc: String,
    /// What it may read: JSON Pointers from its subject, with `*` for every element of a list.
    pub reads: Vec<String>,
    /// The arguments behind its subject, in order.
    pub options: Vec<Parameter>,
}

/// What a library of functions and checks says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Its name, for people.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for.
    pub doc: String,
    /// Its functions.
    pub functions: Vec<Function>,
    /// Its checks.
    pub checks: Vec<Check>,
}

impl Function {
    /// Its signature under the name that policies call it by.
    pub(super) fn signature(&self, name: String) -> Signature {
        let params = self.params.iter().map(|param| param.ty.clone()).collect();
        Signature { name, params, result: self.result.clone(), doc: self.doc.clone() }
    }
}

impl Description {
    /// Examines it: counts, lengths, names, types.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it, in words.
    pub fn examine(&self) -> Result<(), String> {
        word("name", &self.name)?;
        line("version", &self.version, MAX_WORD)?;
        doc(&self.doc)?;
        at_most("functions", self.functions.len(), MAX_FUNCTIONS)?;
        at_most("checks", self.checks.len(), MAX_CHECKS)?;
        let mut names = HashSet::new();
        let every = self.functions.iter().map(|it| &it.name).chain(self.checks.iter().map(|it| &it.name));
        for name in every {
            word("name", name)?;
            if !names.insert(name) {
                return Err(format!("two functions or checks are called `{name}`"));
            }
        }
        self.functions.iter().try_for_each(Function::examine)?;
        self.checks.iter().try_for_each(Check::examine)
    }
}

impl Function {
    fn examine(&self) -> Result<(), String> {
        let in_it = |wrong| format!("`{}`: {wrong}", self.name);
        doc(&self.doc).map_err(in_it)?;
        self.result.examine().map_err(in_it)?;
        parameters(&self.params).map_err(in_it)
    }
}

impl Check {
    fn examine(&self) -> Result<(), String> {
        let in_it = |wrong| format!("`{}`: {wrong}", self.name);
        doc(&self.doc).map_err(in_it)?;
        at_most("pointers that it reads", self.reads.len(), MAX_READS).map_err(in_it)?;
        self.reads.iter().try_for_each(|pointer| is_pointer(pointer)).map_err(in_it)?;
        parameters(&self.options).map_err(in_it)
    }
}

fn parameters(params: &[Parameter]) -> Result<(), String> {
    at_most("parameters", params.len(), MAX_PARAMETERS)?;
    let mut names = HashSet::new();
    for param in params {
        word("name of a parameter", &param.name)?;
        doc(&param.doc)?;
        param.ty.examine()?;
        if !names.insert(&param.name) {
            return Err(format!("two parameters are called `{}`", param.name));
        }
    }
    Ok(())
}

impl Type {
    /// A currency is three capital letters.
    fn examine(&self) -> Result<(), String> {
        match self.strange_currency() {
            Some(currency) => Err(format!("expected a currency of three capital letters, found `{}`", shown(currency))),
            None => Ok(()),
        }
    }
}

fn at_most(what: &str, found: usize, most: usize) -> Result<(), String> {
    if found > most { Err(format!("expected at most {most} {what}, found {found}")) } else { Ok(()) }
}

fn word(what: &str, text: &str) -> Result<(), String> {
    line(what, text, MAX_WORD)?;
    if is_word(text) { Ok(()) } else { Err(format!("expected a word as {what}, found `{}`", shown(text))) }
}

/// A text on one line, not empty, without anything that cannot be seen.
fn line(what: &str, text: &str, most: usize) -> Result<(), String> {
    at_most(&format!("characters as {what}"), text.chars().count(), most)?;
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err(format!("expected a {what} on one line, found `{}`", shown(text)));
    }
    Ok(())
}

fn doc(text: &str) -> Result<(), String> {
    at_most("characters of description", text.chars().count(), MAX_DOC)?;
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err("expected a description without control characters".to_owned());
    }
    Ok(())
}

fn is_pointer(text: &str) -> Result<(), String> {
    at_most("bytes of a pointer", text.len(), MAX_POINTER)?;
    if text.is_empty() || text.starts_with('/') {
        return Ok(());
    }
    Err(format!("expected a JSON Pointer such as `/items/*/name`, found `{}`", shown(text)))
}

/// Whether a text is a word of the language: letters, digits and `_`, no digit first.
pub(super) fn is_word(text: &str) -> bool {
    let good = |(at, c): (usize, char)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_numeric());
    !text.is_empty() && text.chars().enumerate().all(good)
}

/// A stranger's text as it may be shown: short, and with everything strange escaped.
fn shown(text: &str) -> String {
    text.chars().take(MAX_WORD).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> Description {
        let param = Parameter { name: "x".into(), ty: Type::Text, doc: String::new() };
        Description {
            name: "codes".into(),
            version: "1.0.0".into(),
            doc: "Codes.\nOf all kinds.".into(),
            functions: vec![Function {
                name: "valid".into(),
                doc: String::new(),
                params: vec![param.clone()],
                result: Type::Bool,
            }],
            checks: vec![Check {
                name: "all".into(),
                doc: String::new(),
                reads: vec![String::new(), "/items/*/name".into()],
                options: vec![param],
            }],
        }
    }

    fn wrong(change: impl FnOnce(&mut Description)) -> String {
        let mut changed = description();
        change(&mut changed);
        changed.examine().unwrap_err()
    }

    #[test]
    fn what_is_good_is_taken() {
        assert_eq!(description().examine(), Ok(()));
    }

    #[test]
    fn limits_hold_at_the_limit_and_one_past_it() {
        let mut full = description();
        full.name = "x".repeat(MAX_WORD);
        full.doc = "红".repeat(MAX_DOC);
        full.checks[0].reads = vec!["/x".into(); MAX_READS];
        full.checks[0].reads[0] = format!("/{}", "x".repeat(MAX_POINTER - 1));
        let function = full.functions[0].clone();
        let named = |index: usize| Function { name: format!("f{index}"), ..function.clone() };
        full.functions = (0..MAX_FUNCTIONS).map(named).collect();
        assert_eq!(full.examine(), Ok(()));

        assert_eq!(wrong(|it| it.name.push_str(&"x".repeat(60))), "expected at most 64 characters as name, found 65");
        assert_eq!(
            wrong(|it| it.doc = "红".repeat(2_001)),
            "expected at most 2000 characters of description, found 2001"
        );
        assert_eq!(
            wrong(|it| it.checks[0].reads = vec!["/x".into(); 257]),
            "`all`: expected at most 256 pointers that it reads, found 257"
        );
        assert_eq!(
            wrong(|it| it.checks[0].reads = vec![format!("/{}", "x".repeat(MAX_POINTER))]),
            "`all`: expected at most 1000 bytes of a pointer, found 1001"
        );
        assert_eq!(
            wrong(|it| it.functions = (0..=MAX_FUNCTIONS).map(named).collect()),
            "expected at most 100 functions, found 101"
        );
        assert_eq!(
            wrong(|it| it.functions[0].params = vec![it.functions[0].params[0].clone(); 17]),
            "`valid`: expected at most 16 parameters, found 17"
        );
    }

    #[test]
    fn strange_words_are_refused_and_shown_escaped() {
        assert_eq!(wrong(|it| it.name = "a-b".into()), "expected a word as name, found `a-b`");
        assert_eq!(wrong(|it| it.version = "1\u{1b}[2J".into()), "expected a version on one line, found `1\\u{1b}[2J`");
        assert_eq!(wrong(|it| it.doc = "\u{7}".into()), "expected a description without control characters");
        assert_eq!(wrong(|it| it.checks[0].name = "valid".into()), "two functions or checks are called `valid`");
        assert_eq!(
            wrong(|it| it.functions[0].result = Type::Money("yuan".into())),
            "`valid`: expected a currency of three capital letters, found `yuan`"
        );
        assert_eq!(
            wrong(|it| it.checks[0].reads = vec!["items".into()]),
            "`all`: expected a JSON Pointer such as `/items/*/name`, found `items`"
        );
    }
}
