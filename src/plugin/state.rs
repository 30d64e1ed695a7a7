//! What an instance sees of the world: handles to its arguments, and a log. There is nothing else.

use super::limits::{
    HOST_CALL, MAX_HANDLES, MAX_HOST_WORK, MAX_INSTANCES, MAX_LINE, MAX_LINES, MAX_TABLE_ELEMENTS, MAX_TABLES,
};
use super::trouble::Refused;
use super::values;
use super::wit::hongxian::plugin::document::{Content, Host as DocumentHost, HostNode};
use super::wit::hongxian::plugin::log::{Host as LogHost, Level};
use super::wit::hongxian::plugin::values::Host as ValuesHost;
use crate::function::{Handle, Reader, Scalar, Seen};
use wasmtime::component::{HasData, Resource, ResourceTable};
use wasmtime::{Error, ResourceLimiter, Result, StoreLimits, StoreLimitsBuilder};

/// A handle of a plugin.
#[derive(Debug, Clone, Copy)]
pub struct NodeHandle(pub(super) Handle);

/// A line of a plugin's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `debug`, `info`, `warning` or `error`.
    pub level: &'static str,
    /// What it says; from the plugin, so to be shown with care.
    pub message: String,
}

/// The state of one instance.
pub(super) struct State {
    pub(super) bounds: Bounds,
    pub(super) handles: ResourceTable,
    pub(super) reader: Reader,
    pub(super) lines: Vec<Line>,
    work: u64,
}

/// Memory and tables, and whether a limit of theirs was hit.
pub(super) struct Bounds {
    limits: StoreLimits,
    pub(super) hit: Option<String>,
}

/// Names the state for the linker.
pub(super) struct World;

impl HasData for World {
    type Data<'a> = &'a mut State;
}

impl State {
    pub(super) fn new(memory_bytes: u64) -> Self {
        let memory = usize::try_from(memory_bytes).unwrap_or(usize::MAX);
        let limits = StoreLimitsBuilder::new()
            .memory_size(memory)
            .table_elements(MAX_TABLE_ELEMENTS)
            .instances(MAX_INSTANCES)
            .tables(MAX_TABLES)
            .memories(MAX_TABLES)
            .trap_on_grow_failure(true)
            .build();
        let mut handles = ResourceTable::new();
        handles.set_max_capacity(MAX_HANDLES);
        let bounds = Bounds { limits, hit: None };
        Self { bounds, handles, reader: Reader::default(), lines: Vec::new(), work: MAX_HOST_WORK }
    }

    /// Forgets what the last call used of the host.
    pub(super) fn begin(&mut self) {
        self.work = MAX_HOST_WORK;
        self.lines.clear();
        self.bounds.hit = None;
    }

    /// Counts what a call makes the host do.
    fn spend(&mut self, bytes: usize) -> Result<()> {
        let cost = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(HOST_CALL);
        match self.work.checked_sub(cost) {
            Some(left) => {
                self.work = left;
                Ok(())
            }
            None => Err(refused(format!("used up what it may make the host do, {MAX_HOST_WORK}"))),
        }
    }

    fn handle(&self, node: &Resource<NodeHandle>) -> Result<Handle> {
        Ok(self.handles.get(node)?.0)
    }

    fn keep(&mut self, handle: Handle) -> Result<Resource<NodeHandle>> {
        self.handles.push(NodeHandle(handle)).map_err(|_| refused(format!("holds more than {MAX_HANDLES} handles")))
    }
}

fn refused(message: String) -> Error {
    Error::from(Refused(message))
}

impl ResourceLimiter for Bounds {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        let grown = self.limits.memory_growing(current, desired, maximum);
        if grown.is_err() {
            self.hit = Some(format!("used up its memory: wanted {desired} bytes"));
        }
        grown
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        let grown = self.limits.table_growing(current, desired, maximum);
        if grown.is_err() {
            self.hit = Some(format!("used up its tables: wanted {desired} elements"));
        }
        grown
    }

    fn instances(&self) -> usize {
        self.limits.instances()
    }

    fn tables(&self) -> usize {
        self.limits.tables()
    }

    fn memories(&self) -> usize {
        self.limits.memories()
    }
}

impl ValuesHost for State {}

impl DocumentHost for State {}

impl HostNode for State {
    fn read(&mut self, node: Resource<NodeHandle>, at: String) -> Result<Content> {
        self.spend(at.len())?;
        let from = self.handle(&node)?;
        let at = self.reader.at(from, &at).map_err(refused)?;
        let (content, bytes) = match self.reader.read(at) {
            Seen::Absent => (Content::Absent, 0),
            Seen::Void => (Content::Void, 0),
            Seen::Null => (Content::Null, 0),
            Seen::Scalar(scalar) => (Content::Scalar(crossing(scalar)?), size(scalar)),
            Seen::Record => (Content::Record, 0),
            Seen::List(length) => (Content::List(u32::try_from(length).unwrap_or(u32::MAX)), 0),
        };
        self.spend(bytes)?;
        Ok(content)
    }

    fn at(&mut self, node: Resource<NodeHandle>, at: String) -> Result<Resource<NodeHandle>> {
        self.spend(at.len())?;
        let from = self.handle(&node)?;
        let at = self.reader.at(from, &at).map_err(refused)?;
        self.keep(at)
    }

    fn keys(&mut self, node: Resource<NodeHandle>) -> Result<Vec<String>> {
        let at = self.handle(&node)?;
        let keys: Vec<String> = self.reader.keys(at).into_iter().map(ToOwned::to_owned).collect();
        self.spend(keys.iter().map(|key| key.len() + 24).sum())?;
        Ok(keys)
    }

    fn pointer(&mut self, node: Resource<NodeHandle>) -> Result<Option<String>> {
        let at = self.handle(&node)?;
        let pointer = self.reader.pointer(at);
        self.spend(pointer.as_ref().map_or(0, String::len))?;
        Ok(pointer)
    }

    fn to_json(&mut self, node: Resource<NodeHandle>) -> Result<String> {
        let at = self.handle(&node)?;
        let text = self.reader.to_json(at).map_err(refused)?;
        // It was looked for, found and copied.
        self.spend(text.len().saturating_mul(4))?;
        Ok(text)
    }

    fn from_json(&mut self, text: String) -> Result<Result<Resource<NodeHandle>, String>> {
        self.spend(text.len().saturating_mul(16))?;
        match self.reader.from_json(&text) {
            Ok(handle) => Ok(Ok(self.keep(handle)?)),
            Err(wrong) => Ok(Err(wrong)),
        }
    }

    fn drop(&mut self, node: Resource<NodeHandle>) -> Result<()> {
        self.handles.delete(node)?;
        Ok(())
    }
}

impl LogHost for State {
    fn write(&mut self, level: Level, message: String) -> Result<()> {
        self.spend(message.len())?;
        // The last word before a trap is wanted most.
        if self.lines.len() < MAX_LINES || matches!(level, Level::Error) {
            self.lines.truncate(MAX_LINES);
            self.lines.push(Line { level: word(level), message: message.chars().take(MAX_LINE).collect() });
        }
        Ok(())
    }
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::Debug => "debug",
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn crossing(scalar: &Scalar) -> Result<super::wit::hongxian::plugin::values::Value> {
    values::lower(&scalar.value, &scalar.ty).map_err(refused)
}

fn size(scalar: &Scalar) -> usize {
    match &scalar.value {
        crate::value::Value::Text(text) => text.as_str().len(),
        _ => 0,
    }
}
