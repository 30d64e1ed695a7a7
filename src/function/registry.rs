//! The registry: typed functions under their names, and the sessions in which they are called.

use super::describe::{Description, is_word};
use super::library::{Instance, Library, Resolved, Trouble, resolved};
use super::limits::{MAX_PARAMETERS, MAX_REASON, MAX_TEXT};
use super::reader::Reader;
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
    /// What a library or a function says of itself breaks a limit; how.
    Description(String),
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "expected a word or `namespace.word`, found `{name}`"),
            Self::Taken(name) => write!(f, "a function `{name}` is already registered"),
            Self::Currency(currency) => write!(f, "expected a currency of three capital letters, found `{currency}`"),
            Self::Description(wrong) => f.write_str(wrong),
        }
    }
}

impl std::error::Error for RegisterError {}

/// The functions that an embedder lends to policies, called `name(x)` or `namespace.name(x)`, and the libraries that
/// policies `use`.
#[derive(Clone, Default)]
pub struct Registry {
    functions: IndexMap<String, (Signature, Callee)>,
    libraries: Vec<Lent>,
}

/// What is called.
#[derive(Clone)]
enum Callee {
    Native(Arc<dyn ScalarFunction>),
    Library(LibraryId, usize),
}

/// A library under its name; of one pack, or for every pack.
#[derive(Clone)]
struct Lent {
    pack: Option<String>,
    name: String,
    library: Arc<dyn Library>,
    /// The index of its first function.
    first: usize,
}

/// A library of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LibraryId(usize);

impl LibraryId {
    /// The library at this index.
    #[must_use]
    pub const fn new(index: usize) -> Self {
        Self(index)
    }

    /// Its index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// The signatures; what they do cannot be shown.
impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.signatures().map(ToString::to_string)).finish()
    }
}

impl Registry {
    /// Whether nothing is lent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty() && self.libraries.is_empty()
    }

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
        if let Some(wrong) = signature.strange_currency() {
            return Err(RegisterError::Currency(wrong.to_owned()));
        }
        if signature.params.len() > MAX_PARAMETERS {
            return Err(RegisterError::Description(format!(
                "expected at most {MAX_PARAMETERS} parameters, found {}",
                signature.params.len()
            )));
        }
        self.functions.insert(signature.name.clone(), (signature, Callee::Native(Arc::new(function))));
        Ok(())
    }

    /// Takes a library in, as what policies of `pack` mean by `use plugin name as …`; where no pack is given, policies
    /// whose pack has none of that name.
    ///
    /// # Errors
    ///
    /// Where the name is no word or taken, or where what the library says of itself breaks a limit.
    pub fn lend(
        &mut self,
        pack: Option<&str>,
        name: &str,
        library: Arc<dyn Library>,
    ) -> Result<LibraryId, RegisterError> {
        if !is_word(name) {
            return Err(RegisterError::Name(name.to_owned()));
        }
        if self.libraries.iter().any(|lent| lent.pack.as_deref() == pack && lent.name == name) {
            return Err(RegisterError::Taken(name.to_owned()));
        }
        library.description().examine().map_err(RegisterError::Description)?;
        let (id, first) = (LibraryId(self.libraries.len()), self.functions.len());
        for (index, function) in library.description().functions.iter().enumerate() {
            let signature = function.signature(format!("{name}.{}", function.name));
            // No policy can write this key: the functions of a library are found through it.
            self.functions.insert(format!("{}/{}", id.0, function.name), (signature, Callee::Library(id, index)));
        }
        self.libraries.push(Lent { pack: pack.map(ToOwned::to_owned), name: name.to_owned(), library, first });
        Ok(id)
    }

    /// The library that policies of a pack mean by a name.
    #[must_use]
    pub fn library(&self, pack: &str, name: &str) -> Option<LibraryId> {
        let of = |pack: Option<&str>| {
            self.libraries.iter().position(|lent| lent.pack.as_deref() == pack && lent.name == name).map(LibraryId)
        };
        of(Some(pack)).or_else(|| of(None))
    }

    /// What a library says of itself.
    #[must_use]
    pub fn description(&self, library: LibraryId) -> Option<&Description> {
        self.libraries.get(library.0).map(|lent| lent.library.description())
    }

    /// The index of a function of a library, by its name.
    #[must_use]
    pub fn index_in(&self, library: LibraryId, name: &str) -> Option<usize> {
        let lent = self.libraries.get(library.0)?;
        let at = lent.library.description().functions.iter().position(|function| function.name == name)?;
        Some(lent.first + at)
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

    /// The signatures that are called by their own names: those of no library.
    pub fn native_signatures(&self) -> impl Iterator<Item = &Signature> {
        let native = |(signature, callee)| matches!(callee, &Callee::Native(_)).then_some(signature);
        self.functions.values().map(|(signature, callee)| (signature, callee)).filter_map(native)
    }

    /// Starts calling, for one declaration.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session { registry: self, open: Vec::new(), stuck: None }
    }
}

/// The calls of one declaration: each library has an instance of its own, opened at its first call.
pub struct Session<'r> {
    registry: &'r Registry,
    open: Vec<Option<Box<dyn Instance>>>,
    stuck: Option<Fault>,
}

impl Session<'_> {
    /// Calls a function. An answer that is not of the type it promised is a fault too.
    pub fn call(&mut self, index: usize, arguments: &[Value<'_>]) -> Result<Value<'static>, Fault> {
        let Some((_, (signature, callee))) = self.registry.functions.get_index(index) else {
            return Err(Fault { function: index.to_string(), message: "no such function is registered".into() });
        };
        let fault = |message: String| Fault { function: signature.name.clone(), message: reason(&message) };
        arguments.iter().try_for_each(within_limits).map_err(fault)?;
        let value = match callee {
            Callee::Native(function) => function.call(arguments).map_err(fault)?,
            Callee::Library(library, function) => {
                let answer = self.instance(*library).map(|instance| instance.call(*function, arguments));
                self.settled(*library, &signature.name, answer)?
            }
        };
        if !signature.result.admits(&value) {
            return Err(fault(format!("promised `{}` and answered with something else", signature.result)));
        }
        within_limits(&value).map_err(fault)?;
        Ok(value)
    }

    /// Runs a check of a library. Its findings are resolved: a pointer that leads nowhere is a fault.
    pub fn check(&mut self, library: LibraryId, check: usize, reader: &mut Reader) -> Result<Vec<Resolved>, Fault> {
        let name = self.check_name(library, check);
        let answer = self.instance(library).map(|instance| {
            let most = instance.most_findings();
            instance.check(check, reader).map(|findings| (most, findings))
        });
        let (most, findings) = self.settled(library, &name, answer)?;
        resolved(findings, most, reader).map_err(|message| Fault { function: name, message: reason(&message) })
    }

    /// Runs a check, and resolves its findings, outside any registry: as the tests of a plugin do.
    ///
    /// # Errors
    ///
    /// What went wrong, in words.
    pub fn check_alone(
        instance: &mut dyn Instance,
        check: usize,
        reader: &mut Reader,
    ) -> Result<Vec<Resolved>, Trouble> {
        let most = instance.most_findings();
        let findings = instance.check(check, reader)?;
        resolved(findings, most, reader).map_err(Trouble::Fault)
    }

    /// The call that ended the run, where one did: there is no verdict then.
    #[must_use]
    pub const fn stuck(&self) -> Option<&Fault> {
        self.stuck.as_ref()
    }

    fn check_name(&self, library: LibraryId, check: usize) -> String {
        let lent = self.registry.libraries.get(library.0);
        let check = lent.and_then(|lent| lent.library.description().checks.get(check));
        let name = |of: Option<&String>| of.map_or("?", String::as_str).to_owned();
        format!("{}.{}", name(lent.map(|lent| &lent.name)), name(check.map(|check| &check.name)))
    }

    /// The library's instance, opened where there is none.
    fn instance(&mut self, library: LibraryId) -> Result<&mut Box<dyn Instance>, Trouble> {
        if let Some(stuck) = &self.stuck {
            return Err(Trouble::Fault(format!("not called: `{}` was stuck", stuck.function)));
        }
        if self.open.len() <= library.0 {
            self.open.resize_with(library.0 + 1, || None);
        }
        let none = || Trouble::Fault("no such library is registered".into());
        let lent = self.registry.libraries.get(library.0).ok_or_else(none)?;
        let slot = self.open.get_mut(library.0).ok_or_else(none)?;
        match slot {
            Some(instance) => Ok(instance),
            None => Ok(slot.insert(lent.library.open().map_err(Trouble::Fault)?)),
        }
    }

    /// The answer of a call. After a failure the instance is no longer to be trusted: the next call opens another.
    fn settled<T>(
        &mut self,
        library: LibraryId,
        function: &str,
        answer: Result<Result<T, Trouble>, Trouble>,
    ) -> Result<T, Fault> {
        let trouble = match answer.and_then(|answer| answer) {
            Ok(answer) => return Ok(answer),
            Err(trouble) => trouble,
        };
        if let Some(slot) = self.open.get_mut(library.0) {
            *slot = None;
        }
        let (message, stuck) = match trouble {
            Trouble::Fault(message) => (message, false),
            Trouble::Stuck(message) => (message, true),
        };
        let fault = Fault { function: function.to_owned(), message: reason(&message) };
        if stuck {
            self.stuck = Some(fault.clone());
        }
        Err(fault)
    }
}

/// A reason, cut to a length at which people read it.
fn reason(message: &str) -> String {
    match message.char_indices().nth(MAX_REASON) {
        Some((at, _)) => format!("{}…", message.get(..at).unwrap_or_default()),
        None => message.to_owned(),
    }
}

fn within_limits(value: &Value<'_>) -> Result<(), String> {
    match value {
        Value::Text(text) if text.as_str().len() > MAX_TEXT => {
            Err(format!("expected a text of at most {MAX_TEXT} bytes, found {}", text.as_str().len()))
        }
        _ => Ok(()),
    }
}

/// Whether a name is a word, or two words with a point between.
fn is_callable(name: &str) -> bool {
    match name.split_once('.') {
        Some((namespace, function)) => is_word(namespace) && is_word(function),
        None => is_word(name),
    }
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
        let mut session = registry.session();
        assert!(session.call(0, &[Value::Number(Number::from(2_i64))]).is_ok());
        assert_eq!(session.call(0, &[Value::Number(half)]).unwrap_err().function, "whole");
        assert_eq!(session.call(0, &[]).unwrap_err().message, "expected a number");
        assert!(session.call(1, &[]).is_err());
    }
}
