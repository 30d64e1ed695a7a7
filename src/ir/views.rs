//! How a pack lays its rules and the declarations out for people: groups of rules, parts of a form. No verdict depends
//! on any of it.

use super::{Deferred, FieldId, Label};
use crate::ir::RuleId;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What a pack's manifest says about groups and forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Views {
    /// Groups of modules, by the beginning of the locators that their rules cite: `3.4`.
    pub sections: Deferred<IndexMap<String, Label>>,
    /// Groups of red lines.
    pub families: Deferred<Vec<Family>>,
    /// The parts of the form in which a declaration is filed, in order.
    pub form: Deferred<Vec<FormPart>>,
    /// The field that names who declares.
    pub institution: Option<Pick>,
}

/// Red lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// What they are about.
    pub title: Label,
    /// The rules that it may hold, in the order of the report. Those of them that are red lines it does hold.
    pub rules: Vec<RuleId>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPart {
    /// Its title.
    pub title: Label,
    /// What stands in it, in order.
    pub fields: Vec<Pick>,
}

/// A way from the root record to fields, through every element of a list or those that a selector picks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// The steps; never empty.
    pub steps: Vec<PickStep>,
}

/// A step of a [`Pick`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickStep {
    /// The field.
    pub field: FieldId,
    /// Of a list: only elements whose field has this text.
    pub only: Option<(FieldId, String)>,
}
