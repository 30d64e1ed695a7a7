//! A pack as it lies in its folder: manifest, modules, locator tables, case files; and the files that stand beside
//! packs, waivers and reviews.
//!
//! It reads no disk (the caller hands over the files) and knows nothing of what modules mean: it parses them and stops.

mod case;
mod files;
mod load;
mod locators;
mod manifest;
mod reviews;
mod scope;
mod settings;
mod table;
mod views;
mod waivers;
mod wildcard;

pub use case::{CASE_SUFFIX, CaseChange, CaseFile, CaseRule};
pub use files::{BuiltIn, BuiltInFile, Content, MANIFEST, MAX_FILES, MAX_PACK_BYTES, PackFiles};
pub use load::{LoadedPack, Modules, load};
pub use locators::{Locator, Locators, MAX_LOCATORS};
pub use manifest::{Argument, LANGUAGE, Manifest, Plugin, PluginLimits, Source};
pub use reviews::{Judgement, Review, Reviews};
pub use scope::{Scope, Step};
pub use settings::Settings;
pub use table::{MAX_TOML_BYTES, Placed};
pub use views::{Family, FormPart, Section, Views};
pub use waivers::{Covers, Waiver, Waivers};
pub use wildcard::Glob;
