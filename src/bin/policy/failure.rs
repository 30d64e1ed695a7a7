//! Why a command could not do its job, in words that help; shown like a diagnostic.

use hongxian::diagnostic::{Code, Diagnostic, nearest};
use hongxian::engine::Invalid;
use hongxian::render::{self, visible};
use hongxian::source::SourceMap;
use std::path::Path;

/// What went wrong.
#[derive(Debug)]
pub enum Failure {
    /// Something with the way the command was called, or with the world.
    Message {
        /// In one line.
        message: String,
        /// What would help.
        help: Vec<String>,
    },
    /// A text is wrong.
    Diagnostics(Vec<Diagnostic>, SourceMap),
}

impl Failure {
    /// A failure without help.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message { message: message.into(), help: Vec::new() }
    }

    /// Adds help.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::Message { help, .. } = &mut self {
            help.push(text.into());
        }
        self
    }

    /// A file or folder that cannot be read, with the sibling that may have been meant.
    pub fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        let failure = Self::new(format!("cannot read `{}`: {}", path.display(), reason(error)));
        match sibling(path) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure,
        }
    }

    /// A file that cannot be written.
    pub fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot write `{}`: {}", path.display(), reason(error)))
    }

    /// As a diagnostic, for a failure that belongs to one declaration only.
    pub fn into_diagnostic(self, code: Code) -> Diagnostic {
        match self {
            Self::Message { message, help } => Diagnostic { help, ..Diagnostic::placeless(code, message) },
            Self::Diagnostics(found, _) => {
                let first = found.into_iter().next();
                first.unwrap_or_else(|| Diagnostic::placeless(code, "not valid"))
            }
        }
    }

    /// As it is shown on standard error.
    pub fn shown(&self, options: &render::Options) -> String {
        match self {
            Self::Diagnostics(found, sources) => render::diagnostics::human(found, sources, options),
            Self::Message { message, help } => {
                let palette = render::style::Palette::new(options.colour);
                let (error, hint) = (palette.pointer(), palette.help());
                let help = help.iter().map(|line| format!("  = {hint}help{hint:#}: {}\n", render::visible_lines(line)));
                format!("{error}error{error:#}: {}\n", visible(message)) + &help.collect::<String>()
            }
        }
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        Self::Diagnostics(invalid.diagnostics, invalid.sources)
    }
}

/// The system's reason, as our messages are written.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::NotADirectory => "part of the path is a file".to_owned(),
        std::io::ErrorKind::StorageFull => "no space is left there".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// The path beside a missing one that is spelt most like it.
fn sibling(path: &Path) -> Option<String> {
    if path.exists() {
        return None;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let names: Vec<String> = std::fs::read_dir(parent.unwrap_or(Path::new(".")))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let near = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(parent.map_or_else(|| near.into(), |parent| parent.join(near)).display().to_string())
}
