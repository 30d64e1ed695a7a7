//! Declarations as the user names them: files, folders, patterns, standard input; one in a file or one on each line.

mod compression;
mod documents;
mod named;
mod plain;

pub use documents::{Documents, Unit};
pub use named::{Kind, STDIN, below, kind, linked_folder, named, neither};
pub use plain::not_a_declaration;

use crate::failure::Failure;
use hongxian::diagnostic::Diagnostic;
use hongxian::source::SourceMap;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a file has in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// One on each line in *.ndjson and *.jsonl; elsewhere as the first line says
    #[default]
    Auto,
    /// One declaration
    Json,
    /// One declaration on each line
    Ndjson,
}

/// All declarations of a run, read one by one.
pub struct Declarations {
    waiting: VecDeque<PathBuf>,
    open: Option<Documents>,
    layout: Layout,
    limit: usize,
    progress: Progress,
    /// Whether there may be more than one.
    pub several: bool,
}

/// How far reading has come.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    read: Arc<AtomicU64>,
    /// Bytes of all files as they lie on the disk; unknown where one is no file.
    pub total: Option<u64>,
}

impl Progress {
    /// Bytes that were read.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

impl Declarations {
    /// The declarations in these files, none of them with more than `limit` bytes.
    pub fn new(files: Vec<PathBuf>, layout: Layout, limit: usize) -> Self {
        let sizes = files.iter().map(|file| std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file));
        let total = sizes.map(|file| file.map(|file| file.len())).sum();
        let progress = Progress { total, ..Progress::default() };
        let mut all = Self { several: files.len() > 1, waiting: files.into(), open: None, layout, limit, progress };
        if !all.several {
            all.open = all.waiting.pop_front().map(|file| all.documents(&file));
            all.several = all.open.as_ref().is_some_and(Documents::is_lines);
        }
        all
    }

    /// How far reading has come, for who shows it.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    fn documents(&self, file: &Path) -> Documents {
        Documents::open(file, self.layout, self.limit, Arc::clone(&self.progress.read))
    }
}

impl Iterator for Declarations {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some(unit) = self.open.as_mut().and_then(Iterator::next) {
                return Some(unit);
            }
            let next = self.waiting.pop_front()?;
            self.open = Some(self.documents(&next));
        }
    }
}

/// Reads the one declaration of a file.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let unit = Declarations::new(vec![path.to_owned()], Layout::Json, limit).next();
    let bytes = unit.map_or_else(|| Ok(Vec::new()), |unit| unit.bytes);
    bytes.map_err(|diagnostic: Box<Diagnostic>| Failure::Diagnostics(vec![*diagnostic], SourceMap::new()))
}
