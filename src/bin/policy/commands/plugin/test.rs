//! `policy plugin test`: a plugin's cases, as data.

use super::{host, load, read};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use hongxian::function::{Description, Instance, Library, Parameter, Reader, Resolved, Scalar, Session, Trouble, Type};
use hongxian::plugin::{Plugin, Running};
use hongxian::render::visible;
use hongxian::value::{Date, Number, Text, Value, fold_name};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::path::PathBuf;

/// Runs the cases of a plugin, each in a fresh instance, and prints the fuel that each took
///
/// Cases are JSON: {"cases": [CASE, …]}. A case calls a function or runs a check:
///   {"call": "is_valid", "arguments": ["A-1"], "gives": true}
///   {"check": "twins", "declaration": {"items": [{"name": "a"}]}, "options": {"least": 2},
///    "finds": [{"pointer": "/items/0/name", "message": "part of what it says"}]}
/// `"fails": "part of the reason"` instead of `gives` or `finds` wants a failure, `"unknown": true` a
/// check that read what was not declared and found nothing. In a declaration without a model a text
/// is a text and a number a number.
///
/// Examples:
///   policy plugin test digits.wasm
///   policy plugin test digits.wasm other-cases.json
///
/// Exit codes:
///   0  every case came out as it says
///   1  some did not
///   2  the plugin or the cases could not be read
#[expect(clippy::doc_markdown, clippy::doc_link_with_quotes, reason = "what is shown is JSON, not markdown")]
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    #[command(flatten)]
    plugin: Tested,
}

/// A plugin, and what is asked of it.
#[derive(Debug, clap::Args)]
pub struct Tested {
    /// The component
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The cases; `cases.json` beside the component where this is missing
    #[arg(value_name = "CASES")]
    cases: Option<PathBuf>,
}

impl Tested {
    /// Its cases.
    pub(super) fn cases(&self) -> Result<Vec<Case>, Failure> {
        let path = self.cases.clone().unwrap_or_else(|| self.file.with_file_name("cases.json"));
        let cases: Cases = serde_json::from_slice(&read(&path)?)
            .map_err(|error| Failure::new(format!("`{}` has no cases: {error}", path.display())))?;
        Ok(cases.cases)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    #[serde(default)]
    about: String,
    #[serde(default)]
    call: Option<String>,
    #[serde(default)]
    arguments: Vec<Json>,
    #[serde(default)]
    gives: Option<Json>,
    #[serde(default)]
    check: Option<String>,
    #[serde(default)]
    declaration: Json,
    #[serde(default)]
    options: Map<String, Json>,
    #[serde(default)]
    finds: Vec<Wanted>,
    #[serde(default)]
    unknown: bool,
    #[serde(default)]
    fails: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    pointer: String,
    #[serde(default)]
    message: String,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let plugin = load(&host()?, &arguments.plugin.file)?;
    let cases = arguments.plugin.cases()?;
    let mut failed = 0;
    for case in &cases {
        let mut running = plugin.start().map_err(Failure::new)?;
        let wrong = case.judge(&plugin, &mut running)?;
        let verdict = if wrong.is_some() { "wrong" } else { "ok" };
        terminal.print(&format!("{verdict:<5}  {}  fuel {}\n", visible(&case.title()), running.fuel()))?;
        for line in running.log() {
            terminal.print(&format!("       {}: {}\n", line.level, visible(&line.message)))?;
        }
        if let Some(wrong) = wrong {
            terminal.print(&format!("       {}\n", visible(&wrong)))?;
            failed += 1;
        }
    }
    terminal.tell(&format!("{} cases, {failed} wrong\n", cases.len()));
    Ok(if failed == 0 { Exit::Good } else { Exit::Found })
}

impl Case {
    pub(super) fn title(&self) -> String {
        let what = self.call.as_deref().or(self.check.as_deref()).unwrap_or("?");
        if self.about.is_empty() { what.to_owned() } else { format!("{what}: {}", self.about) }
    }

    /// Runs it; what came out otherwise than it says.
    fn judge(&self, plugin: &Plugin, running: &mut Running) -> Result<Option<String>, Failure> {
        let description = plugin.description();
        Ok(match self.asked(description)? {
            Asked::Call(index, arguments) => self.called(running.call(index, &arguments), description, index),
            Asked::Check(index, mut reader) => {
                let found = Session::check_alone(running, index, &mut reader);
                self.checked(found, &reader)
            }
        })
    }

    /// What it asks of a plugin.
    pub(super) fn asked(&self, description: &Description) -> Result<Asked, Failure> {
        let wrong = |why: String| Failure::new(format!("the case `{}` cannot be run: {why}", self.title()));
        match (&self.call, &self.check) {
            (Some(name), None) => {
                let (index, function) = named(&description.functions, name, |it| &it.name)
                    .ok_or_else(|| wrong(no_such("function", name)))?;
                let arguments = scalars(&self.arguments, &function.params).map_err(wrong)?;
                Ok(Asked::Call(index, arguments))
            }
            (None, Some(name)) => {
                let (index, check) =
                    named(&description.checks, name, |it| &it.name).ok_or_else(|| wrong(no_such("check", name)))?;
                let given: Option<Vec<Json>> =
                    check.options.iter().map(|option| self.options.get(&option.name).cloned()).collect();
                let given = given.filter(|given| given.len() == self.options.len());
                let given =
                    given.ok_or_else(|| wrong("expected all options of the check, and no others".to_owned()))?;
                let values = scalars(&given, &check.options).map_err(wrong)?;
                let options = check.options.iter().zip(values);
                let options = options
                    .map(|(option, value)| (option.name.as_str().into(), Scalar { value, ty: option.ty.clone() }));
                let reader = Reader::loose(&self.declaration.to_string(), options.collect()).map_err(wrong)?;
                Ok(Asked::Check(index, Box::new(reader)))
            }
            _ => Err(wrong("expected either `call` or `check`".to_owned())),
        }
    }

    fn called(
        &self,
        answer: Result<Value<'static>, Trouble>,
        description: &Description,
        index: usize,
    ) -> Option<String> {
        let answer = match (answer, &self.fails) {
            (Err(trouble), fails) => return failed(trouble, fails.as_deref()),
            (Ok(answer), None) => answer,
            (Ok(answer), Some(_)) => return Some(format!("expected a failure, found {answer:?}")),
        };
        let result = description.functions.get(index).map(|function| &function.result)?;
        let wanted = self.gives.as_ref().map(|gives| scalar(gives, result));
        match wanted {
            Some(Ok(wanted)) if wanted == answer => None,
            Some(Ok(wanted)) => Some(format!("expected {}, found {}", shown(&wanted), shown(&answer))),
            Some(Err(wrong)) => Some(wrong),
            None => Some(format!("the case does not say what it gives; it gave {}", shown(&answer))),
        }
    }

    fn checked(&self, found: Result<Vec<Resolved>, Trouble>, reader: &Reader) -> Option<String> {
        let found = match (found, &self.fails) {
            (Err(trouble), fails) => return failed(trouble, fails.as_deref()),
            (Ok(_), Some(_)) => return Some("expected a failure, found none".to_owned()),
            (Ok(found), None) => found,
        };
        let pointer =
            |found: &Resolved| found.places.first().map(|place| reader.pointer_of(*place)).unwrap_or_default();
        let fits = found.len() == self.finds.len()
            && found
                .iter()
                .zip(&self.finds)
                .all(|(found, wanted)| pointer(found) == wanted.pointer && found.en.contains(&wanted.message));
        if !fits {
            let found: Vec<String> = found.iter().map(|found| format!("{}: {}", pointer(found), found.en)).collect();
            return Some(format!("it found {}", if found.is_empty() { "nothing".into() } else { found.join("; ") }));
        }
        let unknown = found.is_empty() && reader.missed_places().next().is_some();
        match (unknown, self.unknown) {
            (true, false) => Some("it read what was not declared and found nothing, which is unknown".to_owned()),
            (false, true) => Some("expected it to read what was not declared, and it did not".to_owned()),
            _ => None,
        }
    }
}

/// What a case asks.
pub(super) enum Asked {
    Call(usize, Vec<Value<'static>>),
    Check(usize, Box<Reader>),
}

fn no_such(what: &str, name: &str) -> String {
    format!("the plugin has no {what} `{name}`")
}

fn named<'d, T>(all: &'d [T], name: &str, of: impl Fn(&T) -> &String) -> Option<(usize, &'d T)> {
    all.iter().enumerate().find(|(_, it)| of(it) == name)
}

fn failed(trouble: Trouble, wanted: Option<&str>) -> Option<String> {
    let (Trouble::Fault(reason) | Trouble::Stuck(reason)) = trouble;
    match wanted {
        Some(part) if reason.contains(part) => None,
        Some(part) => Some(format!("expected a failure with `{part}`, found: {reason}")),
        None => Some(format!("it failed: {reason}")),
    }
}

fn scalars(given: &[Json], params: &[Parameter]) -> Result<Vec<Value<'static>>, String> {
    if given.len() != params.len() {
        return Err(format!("expected {} arguments, found {}", params.len(), given.len()));
    }
    given.iter().zip(params).map(|(json, param)| scalar(json, &param.ty)).collect()
}

/// A scalar of a type, in JSON: numbers as numbers or texts, dates as texts, durations in minutes or months.
fn scalar(json: &Json, ty: &Type) -> Result<Value<'static>, String> {
    let wrong = || format!("expected a `{ty}`, found {json}");
    let text = |text: &str| Value::Text(Text::Shared(text.into()));
    Ok(match (ty, json) {
        (Type::Bool, Json::Bool(value)) => Value::Bool(*value),
        (Type::Text, Json::String(value)) => text(value),
        (Type::Name, Json::String(value)) => text(&fold_name(value)),
        (Type::Date, Json::String(value)) => Value::Date(Date::parse(value).ok_or_else(wrong)?),
        (Type::Bool | Type::Text | Type::Name | Type::Date, _) => return Err(wrong()),
        (_, Json::Number(number)) => Value::Number(Number::parse_json(&number.to_string()).map_err(|_| wrong())?),
        (_, Json::String(number)) => Value::Number(Number::parse_decimal(number).map_err(|_| wrong())?),
        _ => return Err(wrong()),
    })
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => format!("{:?}", text.as_str()),
        Value::Member(member) => member.index().to_string(),
    }
}
