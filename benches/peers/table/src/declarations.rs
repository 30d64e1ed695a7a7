//! The declarations: those of `benches/common/`, plain and with one thing put otherwise, so that each rule fails in many.

use crate::common;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// From the project's folder, in which this runs.
const EDITS: &str = "benches/peers/table/edits.txt";

/// A file with one declaration on each line.
pub struct File {
    pub path: PathBuf,
    pub texts: Vec<String>,
}

impl File {
    fn write(folder: &Path, name: &str, texts: Vec<String>) -> Self {
        let path = folder.join(name);
        std::fs::write(&path, texts.join("\n")).expect("the folder of the build can be written to");
        Self { path, texts }
    }

    /// Bytes of one declaration, on average.
    pub fn bytes(&self) -> f64 {
        self.texts.iter().map(String::len).sum::<usize>() as f64 / self.texts.len() as f64
    }
}

/// So many declarations to be judged: one in four as it was made, the others with an edit each, in turn.
pub fn to_judge(folder: &Path, count: usize) -> File {
    let edits = edits();
    let each = |n: usize| {
        let text = common::declaration(n as u64, 1);
        if n.is_multiple_of(4) { text } else { edited(&text, &edits[(n - n / 4 - 1) % edits.len()]) }
    };
    File::write(folder, "to-judge.ndjson", (0..count).map(each).collect())
}

/// Declarations to take the time over, as they were made.
pub fn to_time(folder: &Path, scale: usize) -> File {
    let texts = (0..32).map(|seed| common::declaration(seed, scale)).collect();
    File::write(folder, &format!("to-time-{scale}.ndjson"), texts)
}

/// What is put where.
type Edit = Vec<(String, Value)>;

/// The lines of `edits.txt`.
fn edits() -> Vec<Edit> {
    let text = std::fs::read_to_string(EDITS).unwrap_or_else(|error| panic!("{EDITS}: {error}"));
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once(' ').expect("a rule, and an edit").1.split(" & ").map(edit).collect()).collect()
}

fn edit(text: &str) -> (String, Value) {
    let (pointer, value) = text.trim().split_once(" = ").unwrap_or_else(|| panic!("no edit: {text}"));
    (pointer.to_owned(), serde_json::from_str(value).unwrap_or_else(|error| panic!("{text}: {error}")))
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut declaration: Value = serde_json::from_str(text).expect("the generator writes JSON");
    for (pointer, value) in edit {
        put(&mut declaration, pointer, value);
    }
    declaration.to_string()
}

fn put(declaration: &mut Value, pointer: &str, value: &Value) {
    let Some((list, field)) = pointer.split_once("/*") else {
        *declaration.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer} in a declaration")) = value.clone();
        return;
    };
    let list = declaration.pointer_mut(list).and_then(Value::as_array_mut).unwrap_or_else(|| panic!("no list {list}"));
    list.iter_mut().for_each(|element| put(element, field, value));
}

/// The name of a declaration for people: its number and its text, cut.
pub fn shown(file: &File, number: usize) -> String {
    let mut shown = String::new();
    let _ = write!(shown, "{}:{}: {}", file.path.display(), number + 1, file.texts[number]);
    shown
}
