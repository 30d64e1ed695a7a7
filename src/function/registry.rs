//! The registry: typed functions under their names.

use super::signature::{BUILT_IN, Signature};
use crate::value::Value;
use indexmap::IndexMap;
use std::fmt;
use std::sync::Arc;

/// A function over scalars: pure, total and deterministic, or verdicts are not.
pub trait ScalarFunction: Send + Sync {
    /// Computes the result. The arguments are of the types that the signature says; what cannot be computed is an error
    /// with its reason, and the rule that asked is then an `error`, never a pass.
    fn call(&self, arguments: &[Value<'_>]) -> Result<Value<'static>, String>;
}

impl<F> ScalarFunction for F
where
    F: Fn(&[Value<'_>]) -> Result<Value<'static>, String> + Send + Sync,
{
    fn call(&self, arguments: &[Value<'_>]) -> Result<Value<'static>, String> {
        self(arguments)
    }
}

/// A call that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The function.
    pub function: String,
    /// Why.
    pub message: String,
}

/// Why a function was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterError {
    /// The name is no word, nor two words with a point between.
    Name(String),
    /// The name is already taken.
    Taken(String),
    /// A type names a currency that is not three capital letters.
    Currency(String),
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "expected a word or `namespace.word`, found `{name}`"),
            Self::Taken(name) => write!(f, "a function `{name}` is already registered"),
            Self::Currency(currency) => write!(f, "expected a currency of three capital letters, found `{currency}`"),
        }
    }
}

impl std::error::Error for RegisterError {}

/// The functions that an embedder lends to policies, called `name(x)` or `namespace.name(x)`.
#[derive(Clone, Default)]
pub struct Registry {
    functions: IndexMap<String, (Signature, Arc<dyn ScalarFunction>)>,
}

/// The signatures; what they do cannot be shown.
impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.signatures().map(ToString::to_string)).finish()
    }
}

impl Registry {
    /// No functions beyond those of the language.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a function in.
    ///
    /// ```
    /// use hongxian::function::{Registry, Signature, Type};
    /// use hongxian::value::Value;
    ///
    /// let mut registry = Registry::new();
    /// let signature = Signature {
    ///     name: "codes.five_long".into(),
    ///     params: vec![Type::Text],
    ///     result: Type::Bool,
    ///     doc: "whether a code has five characters".into(),
    /// };
    /// registry.register(signature, |arguments: &[Value<'_>]| match arguments {
    ///     [Value::Text(code)] => Ok(Value::Bool(code.as_str().chars().count() == 5)),
    ///     _ => Err("expected a text".into()),
    /// })?;
    /// # Ok::<(), hongxian::function::RegisterError>(())
    /// ```
    pub fn register(
        &mut self,
        signature: Signature,
        function: impl ScalarFunction + 'static,
    ) -> Result<(), RegisterError> {
        if !is_callable(&signature.name) {
            return Err(RegisterError::Name(signature.name));
        }
        if BUILT_IN.contains(&signature.name.as_str()) || self.functions.contains_key(&signature.name) {
            return Err(RegisterError::Taken(signature.name));
        }
        if let Some(wrong) = wrong_currency(&signature) {
            return Err(RegisterError::Currency(wrong));
        }
        self.functions.insert(signature.name.clone(), (signature, Arc::new(function)));
        Ok(())
    }

    /// A function's index by its name, namespace included.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.functions.get_index_of(name)
    }

    /// What a function takes and gives.
    #[must_use]
    pub fn signature(&self, index: usize) -> Option<&Signature> {
        self.functions.get_index(index).map(|(_, (signature, _))| signature)
    }

    /// All signatures, in the order of registration.
    pub fn signatures(&self) -> impl Iterator<Item = &Signature> {
        self.functions.values().map(|(signature, _)| signature)
    }

    /// Calls a function. An answer that is not of the type it promised is a fault too.
    pub fn call(&self, index: usize, arguments: &[Value<'_>]) -> Result<Value<'static>, Fault> {
        let Some((name, (signature, function))) = self.functions.get_index(index) else {
            return Err(Fault { function: index.to_string(), message: "no such function is registered".into() });
        };
        let fault = |message: String| Fault { function: name.clone(), message };
        let value = function.call(arguments).map_err(fault)?;
        if signature.result.admits(&value) {
            return Ok(value);
        }
        Err(fault(format!("promised `{}` and answered with something else", signature.result)))
    }
}

/// Whether a name is a word, or two words with a point between.
fn is_callable(name: &str) -> bool {
    let word = |word: &str| {
        word.chars().enumerate().all(|(at, c)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_numeric()))
            && !word.is_empty()
    };
    match name.split_once('.') {
        Some((namespace, function)) => word(namespace) && word(function),
        None => word(name),
    }
}

fn wrong_currency(signature: &Signature) -> Option<String> {
    let mut types = signature.params.iter().chain([&signature.result]);
    types.find_map(|ty| match ty {
        super::Type::Money(currency) if !is_currency(currency) => Some(currency.clone()),
        _ => None,
    })
}

fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::Type;
    use super::*;
    use crate::value::Number;

    fn signature(name: &str, result: Type) -> Signature {
        Signature { name: name.into(), params: vec![Type::Number], result, doc: String::new() }
    }

    fn echo(arguments: &[Value<'_>]) -> Result<Value<'static>, String> {
        match arguments {
            [Value::Number(number)] => Ok(Value::Number(number.clone())),
            _ => Err("expected a number".into()),
        }
    }

    #[test]
    fn names_are_words_and_taken_once() {
        let mut registry = Registry::new();
        for good in ["echo", "codes.echo", "代码.校验"] {
            assert_eq!(registry.register(signature(good, Type::Number), echo), Ok(()), "{good}");
            assert_eq!(registry.register(signature(good, Type::Number), echo), Err(RegisterError::Taken(good.into())));
        }
        assert_eq!(registry.register(signature("sum", Type::Number), echo), Err(RegisterError::Taken("sum".into())));
        for bad in ["", ".", "a.", "a.b.c", "1a", "a-b"] {
            assert_eq!(registry.register(signature(bad, Type::Number), echo), Err(RegisterError::Name(bad.into())));
        }
        let money = signature("m", Type::Money("yuan".into()));
        assert_eq!(registry.register(money, echo), Err(RegisterError::Currency("yuan".into())));
    }

    #[test]
    fn an_answer_of_another_type_is_a_fault() {
        let mut registry = Registry::new();
        registry.register(signature("whole", Type::CalendarDuration), echo).unwrap();
        let half = Number::parse_decimal("0.5").unwrap();
        assert!(registry.call(0, &[Value::Number(Number::from(2_i64))]).is_ok());
        assert_eq!(registry.call(0, &[Value::Number(half)]).unwrap_err().function, "whole");
        assert_eq!(registry.call(0, &[]).unwrap_err().message, "expected a number");
        assert!(registry.call(1, &[]).is_err());
    }
}
