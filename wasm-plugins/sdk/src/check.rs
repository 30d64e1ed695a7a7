//! Checks of declarations: functions from a declaration, and scalars as options, to findings.

use crate::border::ValueType;
use crate::node::{Content, Node};
use crate::scalar::Scalar;

/// Something that a check found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The JSON Pointer of the place, from the root of the declaration.
    pub pointer: String,
    /// Further places that it rests on.
    pub related: Vec<String>,
    /// What is wrong, in English.
    pub en: String,
    /// What is wrong, in Chinese.
    pub zh: Option<String>,
}

impl Finding {
    /// A finding at a place.
    pub fn new(pointer: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), related: Vec::new(), en: en.into(), zh: None }
    }

    /// With its message in Chinese.
    #[must_use]
    pub fn zh(self, zh: impl Into<String>) -> Self {
        Self { zh: Some(zh.into()), ..self }
    }

    /// Resting on further places.
    #[must_use]
    pub fn related(self, pointers: impl IntoIterator<Item = String>) -> Self {
        Self { related: pointers.into_iter().collect(), ..self }
    }

    #[cfg(target_arch = "wasm32")]
    pub(crate) fn into_border(self) -> crate::border::checks::Finding {
        use crate::border::checks as wit;
        let message = wit::Label { en: self.en, zh: self.zh };
        wit::Finding { pointer: self.pointer, related: self.related, message }
    }
}

/// What a check may give: findings, or them or the reason why there are none.
pub trait Findings {
    /// The findings.
    fn into_result(self) -> Result<Vec<Finding>, String>;
}

impl Findings for Vec<Finding> {
    fn into_result(self) -> Result<Vec<Finding>, String> {
        Ok(self)
    }
}

impl Findings for Result<Vec<Finding>, String> {
    fn into_result(self) -> Result<Vec<Finding>, String> {
        self
    }
}

/// A function of the declaration and up to three options. Implemented for every such function; `Options` are their
/// types.
pub trait Check<Options> {
    /// What it takes behind the declaration, in order.
    fn types(&self) -> Vec<ValueType>;

    /// Runs it; the options are the fields of a record under these names.
    fn run(&self, subject: &Node, options: &Node, names: &[&str]) -> Result<Vec<Finding>, String>;
}

macro_rules! checks {
    ($(($($option:ident)*))*) => { $(
        impl<F, R, $($option),*> Check<($($option,)*)> for F
        where
            F: Fn(&Node, $($option),*) -> R,
            R: Findings,
            $($option: Scalar,)*
        {
            fn types(&self) -> Vec<ValueType> {
                vec![$($option::value_type()),*]
            }

            #[allow(non_snake_case, unused_mut, unused_variables, reason = "one pattern for any number of options")]
            fn run(&self, subject: &Node, options: &Node, names: &[&str]) -> Result<Vec<Finding>, String> {
                let mut names = names.iter();
                $(let $option = option::<$option>(options, names.next())?;)*
                self(subject, $($option),*).into_result()
            }
        }
    )* };
}

checks! { () (A) (A B) (A B C) }

fn option<T: Scalar>(options: &Node, name: Option<&&str>) -> Result<T, String> {
    let name = name.ok_or("an option has no name")?;
    match options.read(&format!("/{name}")) {
        Content::Scalar(value) => T::from_value(value),
        _ => Err(format!("expected a value for `{name}`")),
    }
}
