//! A plugin as a list of its functions and checks, and what the border asks of it.

use crate::border::{Value, ValueType, checks as wit};
use crate::check::Finding;
use crate::log;
use crate::node::Node;

/// Runs a check over its subject, with the record of its options and their names.
pub type Run = fn(&Node, &Node, &[&str]) -> Result<Vec<Finding>, String>;

/// A plugin. [`plugin!`](crate::plugin!) writes it.
#[derive(Debug)]
pub struct Plugin {
    /// The crate's name.
    pub name: &'static str,
    /// The crate's version.
    pub version: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its functions.
    pub functions: Vec<FunctionEntry>,
    /// Its checks.
    pub checks: Vec<CheckEntry>,
}

/// A function in the list.
#[derive(Debug)]
pub struct FunctionEntry {
    /// What policies call it.
    pub name: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// Its parameters, with what they mean.
    pub params: &'static [(&'static str, &'static str)],
    /// What it takes and gives.
    pub types: fn() -> (Vec<ValueType>, ValueType),
    /// Calls it.
    pub call: fn(Vec<Value>) -> Result<Value, String>,
}

/// A check in the list.
#[derive(Debug)]
pub struct CheckEntry {
    /// What policies call it.
    pub name: &'static str,
    /// What it looks for.
    pub doc: &'static str,
    /// What it may read.
    pub reads: &'static [&'static str],
    /// Its options, with what they mean.
    pub options: &'static [(&'static str, &'static str)],
    /// The types of its options.
    pub types: fn() -> Vec<ValueType>,
    /// Runs it.
    pub run: Run,
}

/// Lists the functions and the checks of a plugin, each under its doc comment. Types are those of the functions; behind a
/// parameter may stand what it means.
///
/// ```
/// use hongxian_plugin::{Decimal, Finding, Node, plugin};
///
/// plugin! {
///     //! Titles of products.
///     functions {
///         /// Whether a title is longer than so many characters.
///         is_longer(title: "the title", length: "in characters")
///     }
///     checks {
///         /// Titles that end with a full stop.
///         full_stops() reads "/title"
///     }
/// }
///
/// fn is_longer(title: String, length: Decimal) -> Result<bool, String> {
///     let length = length.whole().ok_or("expected a whole number")?;
///     Ok(title.chars().count() as i64 > length)
/// }
///
/// fn full_stops(product: &Node) -> Vec<Finding> {
///     let title = product.text("/title").unwrap_or_default();
///     if title.ends_with('.') { vec![Finding::new("/title", "the title ends with a full stop")] } else { vec![] }
/// }
/// # assert_eq!(full_stops(&Node::declaration(r#"{"title": "Loan."}"#)).len(), 1);
/// ```
#[macro_export]
macro_rules! plugin {
    (
        $(#![doc = $about:literal])*
        $(functions { $($(#[doc = $doc:literal])* $name:ident($($param:ident $(: $means:literal)?),* $(,)?))* })?
        $(checks { $($(#[doc = $found:literal])* $check:ident($($option:ident $(: $sets:literal)?),* $(,)?)
            reads $($read:literal),+ $(,)?)* })?
    ) => {
        /// What this plugin offers.
        #[must_use]
        pub fn plugin() -> $crate::Plugin {
            $crate::Plugin {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                doc: concat!($($about),*),
                functions: vec![$($($crate::FunctionEntry {
                    name: stringify!($name),
                    doc: concat!($($doc),*),
                    params: &[$((stringify!($param), concat!($($means)?))),*],
                    types: || $crate::Function::types(&$name),
                    call: |arguments| $crate::Function::call(&$name, arguments),
                }),*)?],
                checks: vec![$($($crate::CheckEntry {
                    name: stringify!($check),
                    doc: concat!($($found),*),
                    reads: &[$($read),+],
                    options: &[$((stringify!($option), concat!($($sets)?))),*],
                    types: || $crate::Check::types(&$check),
                    run: |subject, options, names| $crate::Check::run(&$check, subject, options, names),
                }),*)?],
            }
        }

        #[cfg(target_arch = "wasm32")]
        mod border {
            use $crate::border::{Value, checks, document};

            struct Component;

            impl checks::Guest for Component {
                fn describe() -> checks::Description {
                    $crate::border::describe(&super::plugin())
                }

                fn call(function: u32, arguments: Vec<Value>) -> Result<Value, String> {
                    $crate::border::call(&super::plugin(), function, arguments)
                }

                fn check(check: u32, arguments: &document::Node) -> Result<Vec<checks::Finding>, String> {
                    $crate::border::check(&super::plugin(), check, arguments)
                }
            }

            $crate::bindings::export!(Component with_types_in $crate::bindings);
        }
    };
}

/// Answers `describe`.
#[doc(hidden)]
pub fn describe(plugin: &Plugin) -> wit::Description {
    log::report_panics();
    wit::Description {
        name: plugin.name.replace('-', "_"),
        version: plugin.version.to_owned(),
        doc: sentence(plugin.doc),
        functions: plugin.functions.iter().map(function).collect(),
        checks: plugin.checks.iter().map(declaration_check).collect(),
    }
}

/// Answers `call`.
#[doc(hidden)]
pub fn call(plugin: &Plugin, function: u32, arguments: Vec<Value>) -> Result<Value, String> {
    log::report_panics();
    let entry = plugin.functions.get(function as usize).ok_or("there is no such function")?;
    (entry.call)(arguments)
}

/// Answers `check`.
#[doc(hidden)]
#[cfg(target_arch = "wasm32")]
pub fn check(
    plugin: &Plugin,
    check: u32,
    arguments: &crate::border::document::Node,
) -> Result<Vec<wit::Finding>, String> {
    log::report_panics();
    let entry = plugin.checks.get(check as usize).ok_or("there is no such check")?;
    let names: Vec<&str> = entry.options.iter().map(|(name, _)| *name).collect();
    let found = (entry.run)(&Node(arguments.at("/0")), &Node(arguments.at("/1")), &names)?;
    Ok(found.into_iter().map(Finding::into_border).collect())
}

fn function(entry: &FunctionEntry) -> wit::Function {
    let (params, returns) = (entry.types)();
    let params = entry.params.iter().zip(params).map(|((name, doc), ty)| wit::Parameter {
        name: (*name).to_owned(),
        ty,
        doc: sentence(doc),
    });
    wit::Function { name: entry.name.to_owned(), doc: sentence(entry.doc), params: params.collect(), returns }
}

fn declaration_check(entry: &CheckEntry) -> wit::DeclarationCheck {
    wit::DeclarationCheck {
        name: entry.name.to_owned(),
        doc: sentence(entry.doc),
        reads: entry.reads.iter().map(|&read| read.to_owned()).collect(),
        options: schema(entry.options, &(entry.types)()),
    }
}

/// Doc comments come with a blank before each line.
fn sentence(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The JSON Schema of a check's options; nothing where it has none.
fn schema(options: &[(&str, &str)], types: &[ValueType]) -> String {
    if options.is_empty() {
        return String::new();
    }
    let properties: Vec<String> = options.iter().zip(types).map(|((name, doc), ty)| property(name, doc, ty)).collect();
    format!("{{\"type\": \"object\", \"properties\": {{{}}}}}", properties.join(", "))
}

fn property(name: &str, doc: &str, ty: &ValueType) -> String {
    let (kind, format) = match ty {
        ValueType::Bool => ("boolean", String::new()),
        ValueType::Number => ("number", String::new()),
        ValueType::Ratio => ("number", "ratio".to_owned()),
        ValueType::Money(currency) => ("number", format!("money-{currency}")),
        ValueType::Date => ("string", "date".to_owned()),
        ValueType::Minutes => ("number", "minutes".to_owned()),
        ValueType::Months => ("number", "months".to_owned()),
        ValueType::Text => ("string", String::new()),
        ValueType::Name => ("string", "name".to_owned()),
    };
    let format = if format.is_empty() { format } else { format!(", \"format\": \"{format}\"") };
    let doc = if doc.is_empty() { String::new() } else { format!(", \"description\": \"{}\"", escaped(doc)) };
    format!("\"{name}\": {{\"type\": \"{kind}\"{format}{doc}}}")
}

/// As a JSON string has it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
