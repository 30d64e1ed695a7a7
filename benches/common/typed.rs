//! The declarations of the bench as structs written by hand: what `serde_json` fills, to compare with. It checks less: numbers
//! are floats, dates are texts, nothing has bounds.

use serde::Deserialize;
use std::borrow::Cow;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Payment,
    Credit,
    Wealth,
    Insurance,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Trial,
    Running,
    Closed,
}

#[derive(Debug, Deserialize)]
pub enum Class {
    C1,
    C2,
    C3,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    None,
    Masked,
    Raw,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Country {
    Cn,
    Hk,
    Sg,
    De,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Preventive,
    Detective,
    Corrective,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk<'t> {
    pub level: Option<u8>,
    pub score: Option<f64>,
    pub stressed: Option<bool>,
    pub max_loss: Option<f64>,
    #[serde(borrow)]
    pub reviewed_on: Option<Cow<'t, str>>,
    #[serde(borrow)]
    pub owner: Option<Cow<'t, str>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub rate: Option<f64>,
    #[serde(borrow)]
    pub cap: Option<Cow<'t, str>>,
    pub disclosed: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub class: Option<Class>,
    pub encrypted: Option<bool>,
    pub retention: Option<f64>,
    pub sharing: Option<Sharing>,
    #[serde(borrow)]
    pub purpose: Option<Cow<'t, str>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner<'t> {
    #[serde(borrow)]
    pub name: Cow<'t, str>,
    pub country: Option<Country>,
    pub licensed: Option<bool>,
    pub share: Option<f64>,
    #[serde(borrow)]
    pub since: Option<Cow<'t, str>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident<'t> {
    #[serde(borrow)]
    pub id: Cow<'t, str>,
    pub severity: Option<u8>,
    pub closed: Option<bool>,
    #[serde(borrow)]
    pub on: Option<Cow<'t, str>>,
    pub hours: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control<'t> {
    #[serde(borrow)]
    pub code: Cow<'t, str>,
    pub kind: Option<Kind>,
    pub effective: Option<bool>,
    #[serde(borrow)]
    pub tested_on: Option<Cow<'t, str>>,
    pub coverage: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product<'t> {
    #[serde(borrow)]
    pub id: Cow<'t, str>,
    #[serde(borrow)]
    pub title: Cow<'t, str>,
    pub category: Option<Category>,
    pub status: Option<Status>,
    #[serde(borrow)]
    pub as_of: Option<Cow<'t, str>>,
    #[serde(borrow)]
    pub launched_on: Option<Cow<'t, str>>,
    #[serde(borrow)]
    pub contact: Option<Cow<'t, str>>,
    #[serde(borrow)]
    pub operator: Option<Cow<'t, str>>,
    #[serde(borrow)]
    pub summary: Option<Cow<'t, str>>,
    pub users: Option<u64>,
    #[serde(borrow)]
    pub daily_limit: Option<Cow<'t, str>>,
    pub insured: Option<bool>,
    #[serde(borrow)]
    pub risk: Option<Risk<'t>>,
    #[serde(borrow)]
    pub channels: Option<Vec<Cow<'t, str>>>,
    #[serde(borrow)]
    pub fees: Option<Vec<Fee<'t>>>,
    #[serde(borrow)]
    pub items: Option<Vec<Item<'t>>>,
    #[serde(borrow)]
    pub partners: Option<Vec<Partner<'t>>>,
    #[serde(borrow)]
    pub incidents: Option<Vec<Incident<'t>>>,
    #[serde(borrow)]
    pub controls: Option<Vec<Control<'t>>>,
}
