//! Waivers: who accepts which outcome of which rule for which product, on which facts, until when. It knows no rules; whether a
//! waiver is valid, and for what, is settled after the verdict.

use super::scope::Scope;
use super::table::{Placed, Table, document};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::Date;

/// The outcome that a waiver covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Covers {
    /// `fail`
    Fail,
    /// `unknown`
    Unknown,
}

/// One `[[waiver]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// `rule`: its id.
    pub rule: Placed<String>,
    /// `product`: the id of the declaration.
    pub product: Placed<String>,
    /// `covers`
    pub covers: Placed<Covers>,
    /// `scope`: the findings that it covers; all of the rule where absent.
    pub scope: Option<Placed<Scope>>,
    /// `facts`: digest of the facts that the rule read.
    pub facts: Placed<String>,
    /// `reason`
    pub reason: Placed<String>,
    /// `control`: what compensates.
    pub control: Placed<String>,
    /// `approver`
    pub approver: Placed<String>,
    /// `role` of the approver.
    pub role: Placed<String>,
    /// `granted`: the first day.
    pub granted: Placed<Date>,
    /// `expires`: the last day.
    pub expires: Placed<Date>,
    /// Where it stands.
    pub span: Span,
}

/// A waivers file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    /// Its waivers, in order.
    pub waivers: Vec<Waiver>,
}

impl Waivers {
    /// Reads a waivers file.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut waivers = Vec::new();
        let found = document(file, text, "a waivers file", |table| {
            waivers = table.tables("waiver", "a waiver", waiver);
        });
        // A waiver that lacks something has been reported: with nothing found, none is missing.
        if found.is_empty() { Ok(Self { waivers: waivers.into_iter().flatten().collect() }) } else { Err(found) }
    }
}

fn waiver(table: &mut Table<'_>) -> Option<Waiver> {
    let rule = table.required_text("rule", "\"T17-R7\"");
    let product = table.required_text("product", "\"the id of the declaration\"");
    let covers = table.choice("covers", &[("fail", Covers::Fail), ("unknown", Covers::Unknown)]);
    let scope = table.text("scope").and_then(|text| match Scope::parse(&text.value) {
        Ok(scope) => Some(Placed::new(scope, text.span)),
        Err(message) => {
            table.wrong(text.span, message);
            None
        }
    });
    let facts = table.facts();
    let reason = table.required_text("reason", "\"…\"");
    let control = table.required_text("control", "\"what compensates\"");
    let approver = table.required_text("approver", "\"…\"");
    let approver_role = table.required_text("role", "\"…\"");
    let granted = table.required_date("granted");
    let expires = table.required_date("expires");
    let (granted, expires) = (granted?, expires?);
    if expires.value < granted.value {
        table.wrong(
            expires.span,
            format!("expected a day from {} for `expires`, found {}", granted.value, expires.value),
        );
    }
    let span = table.span();
    Some(Waiver {
        rule,
        product,
        covers: covers?,
        scope,
        facts,
        reason,
        control,
        approver,
        role: approver_role,
        granted,
        expires,
        span,
    })
}
