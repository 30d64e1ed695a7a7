//! Arguments that several commands take, each written once. What only looks alike, because it means something else in each
//! command, stays there.

use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use clap::ValueEnum;
use hongxian::engine::Engine;
use hongxian::pack::Modules;
use hongxian::render;
use hongxian::value::Date;
use std::path::PathBuf;

/// By which packs.
#[derive(Debug, clap::Args)]
pub struct Packs {
    /// A pack: a folder, or the name of one that is inside the program; may be given several times
    #[arg(long = "policy", value_name = "PATH")]
    pub named: Vec<PathBuf>,
}

impl Packs {
    /// The engine of the packs that are named, else of those of the settings, else of the embedded one.
    pub fn engine(&self, settings: &Settings, modules: Modules) -> Result<Engine, Failure> {
        packs::engine(&self.named, settings, modules)
    }
}

/// In which language.
#[derive(Debug, clap::Args)]
pub struct Language {
    /// The language [default: en]
    #[arg(long, value_enum)]
    lang: Option<Lang>,
}

impl Language {
    /// The language that is asked for; else that of the settings, else English.
    pub fn or_set(&self, settings: &Settings) -> render::Lang {
        let set = || settings.lang.as_deref().and_then(|word| Lang::from_str(word, false).ok());
        self.lang.or_else(set).map(Into::into).unwrap_or_default()
    }
}

/// On which day.
#[derive(Debug, clap::Args)]
pub struct AsOf {
    /// The evaluation date, YYYY-MM-DD, instead of the declaration's own
    #[arg(long = "as-of", value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
}

/// Reads a day.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a day of the calendar, YYYY-MM-DD".to_owned())
}

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// English
    En,
    /// 中文
    Zh,
}

impl From<Lang> for render::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}
