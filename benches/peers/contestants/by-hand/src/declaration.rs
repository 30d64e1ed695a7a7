//! The declaration as typed structs: every field, and nothing that is no field.

#![allow(dead_code, reason = "all fields are read from the text; the rules look at some")]

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::borrow::Cow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product<'t> {
    #[serde(borrow)]
    pub id: Cow<'t, str>,
    #[serde(borrow)]
    pub title: Cow<'t, str>,
    pub category: Category,
    pub status: Status,
    pub as_of: Date,
    pub launched_on: Date,
    #[serde(borrow)]
    pub contact: Cow<'t, str>,
    #[serde(borrow)]
    pub operator: Cow<'t, str>,
    #[serde(borrow)]
    pub summary: Cow<'t, str>,
    pub users: u64,
    pub daily_limit: Amount,
    pub insured: bool,
    #[serde(borrow)]
    pub risk: Risk<'t>,
    #[serde(borrow)]
    pub channels: Vec<Text<'t>>,
    #[serde(borrow)]
    pub fees: Vec<Fee<'t>>,
    #[serde(borrow)]
    pub items: Vec<Item<'t>>,
    #[serde(borrow)]
    pub partners: Vec<Partner<'t>>,
    #[serde(borrow)]
    pub incidents: Vec<Incident<'t>>,
    #[serde(borrow)]
    pub controls: Vec<Control<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk<'t> {
    pub level: u8,
    pub score: f64,
    pub stressed: bool,
    pub max_loss: f64,
    pub reviewed_on: Date,
    #[serde(borrow)]
    pub owner: Cow<'t, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub rate: f64,
    pub cap: Amount,
    pub disclosed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub class: Class,
    pub encrypted: bool,
    pub retention: u32,
    pub sharing: Sharing,
    #[serde(borrow)]
    pub purpose: Cow<'t, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub country: Country,
    pub licensed: bool,
    pub share: f64,
    pub since: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident<'t> {
    #[serde(borrow)]
    pub id: Cow<'t, str>,
    pub severity: u8,
    pub closed: bool,
    pub on: Date,
    pub hours: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control<'t> {
    #[serde(borrow)]
    pub code: Cow<'t, str>,
    pub kind: Kind,
    pub effective: bool,
    pub tested_on: Date,
    pub coverage: f64,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Payment,
    Credit,
    Wealth,
    Insurance,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Draft,
    Trial,
    Running,
    Closed,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    C1,
    C2,
    C3,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Sharing {
    None,
    Masked,
    Raw,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum Country {
    Cn,
    Hk,
    Sg,
    De,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Preventive,
    Detective,
    Corrective,
}

/// A text that stays in the declaration where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Text<'t>(#[serde(borrow)] pub Cow<'t, str>);

/// A day as a number: 20250630.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub u32);

impl Date {
    /// The same day a year before, or the last of February where there is none.
    pub const fn year_before(self) -> Self {
        let before = self.0 - 10_000;
        Self(if before % 10_000 == 229 { before - 1 } else { before })
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        day(text.as_bytes()).map(Self).ok_or_else(|| D::Error::custom("expected a date"))
    }
}

fn day(text: &[u8]) -> Option<u32> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let digits = text[..4].iter().chain(&text[5..7]).chain(&text[8..]);
    let mut number = 0;
    for digit in digits {
        number = number * 10 + u32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    let (month, day) = (number / 100 % 100, number % 100);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(number)
}

/// An amount in a text.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Amount(pub f64);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer)?.parse().map(Self).map_err(D::Error::custom)
    }
}
