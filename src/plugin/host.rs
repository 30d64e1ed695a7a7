//! Loading: from the bytes of a component to a library of the registry, or to the reason why not.

use super::cache::{self, CodeCache};
use super::contract::{CONTRACT, Import, Surface};
use super::instance::{NotStarted, Running};
use super::limits::{Limits, MAX_COMPONENT, MAX_STACK};
use super::state::{State, World};
use super::wit::exports::hongxian::plugin::checks as offered;
use super::{schema, values, wit};
use crate::function::{Check, Description, Function, Instance, Library, Parameter, Trouble};
use std::fmt;
use std::sync::Arc;
use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Engine, EngineWeak};

/// Loads plugins. Cheap to clone; what was compiled by one is shared by its clones.
#[derive(Clone)]
pub struct Host {
    engine: Engine,
    linker: Arc<Linker<State>>,
    cache: Option<Arc<dyn CodeCache>>,
}

/// The clock of a host and its plugins; it does not keep them alive.
pub struct Clock(EngineWeak);

impl Clock {
    /// Moves on by one tick; false where nobody is left to be ended.
    #[must_use]
    pub fn tick(&self) -> bool {
        let engine = self.0.upgrade();
        if let Some(engine) = &engine {
            engine.increment_epoch();
        }
        engine.is_some()
    }
}

/// A loaded plugin.
pub struct Plugin {
    pub(super) engine: Engine,
    pub(super) pre: wit::PluginPre<State>,
    pub(super) description: Arc<Description>,
    pub(super) limits: Limits,
    surface: Surface,
}

/// Why a file is no plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// This machine cannot run WebAssembly; why.
    Engine(String),
    /// The file has more bytes than a component may have.
    TooLarge(usize),
    /// A core module.
    CoreModule,
    /// No WebAssembly that this engine compiles; why.
    NotComponent(String),
    /// It imports something that the contract does not have.
    Import(String),
    /// It was built for another version of the contract: what it names.
    OtherVersion(String),
    /// It does not export what the contract wants.
    NoChecks,
    /// Something that it imports or exports has another type than in the contract; which.
    OtherTypes(String),
    /// It could not be asked what it is; why.
    Silent(String),
    /// What it says of itself breaks a limit; which.
    Description(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(why) => write!(f, "this machine runs no plugins: {why}"),
            Self::TooLarge(bytes) => write!(f, "expected at most {MAX_COMPONENT} bytes, found {bytes}"),
            Self::CoreModule => write!(f, "expected a component, found a core module"),
            Self::NotComponent(why) => write!(f, "expected a WebAssembly component, found something else: {why}"),
            Self::Import(name) => {
                write!(f, "it imports `{}`, and a plugin sees nothing but the declaration", name.escape_debug())
            }
            Self::OtherVersion(name) => {
                write!(f, "expected `hongxian:plugin` of version {CONTRACT}, found `{}`", name.escape_debug())
            }
            Self::NoChecks => write!(f, "expected an export `hongxian:plugin/checks@{CONTRACT}`, found none"),
            Self::OtherTypes(why) => write!(f, "its types are not those of the contract: {}", why.escape_debug()),
            Self::Silent(why) => write!(f, "it could not be asked what it offers: {why}"),
            Self::Description(wrong) => write!(f, "what it says of itself is not valid: {wrong}"),
        }
    }
}

impl std::error::Error for LoadError {}

impl Host {
    /// A host; with a cache, plugins are compiled once.
    ///
    /// # Errors
    ///
    /// Where this machine cannot run WebAssembly.
    pub fn new(cache: Option<Arc<dyn CodeCache>>) -> Result<Self, LoadError> {
        let engine = Engine::new(&config()).map_err(|error| LoadError::Engine(error.to_string()))?;
        let mut linker = Linker::new(&engine);
        wit::Plugin::add_to_linker::<State, World>(&mut linker, |state| state)
            .map_err(|error| LoadError::Engine(error.to_string()))?;
        Ok(Self { engine, linker: Arc::new(linker), cache })
    }

    /// The clock that ends what is stuck. A run in which nobody ticks has only its fuel.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock(self.engine.weak())
    }

    /// Loads a plugin.
    ///
    /// # Errors
    ///
    /// Why the bytes are no plugin.
    pub fn load(&self, bytes: &[u8], limits: Limits) -> Result<Plugin, LoadError> {
        if bytes.len() > MAX_COMPONENT {
            return Err(LoadError::TooLarge(bytes.len()));
        }
        let Some(cache) = &self.cache else { return self.compiled(bytes, limits).map(|(plugin, _)| plugin) };
        let name = cache::name(bytes, &self.engine);
        if let Some(entry) = cache.get(&name)
            && let Some((description, code)) = cache::unpack(&entry)
            && let Ok(component) = deserialized(&self.engine, code)
            && let Ok((pre, surface)) = self.linked(&component)
        {
            return Ok(self.plugin(pre, surface, description, limits));
        }
        let (plugin, component) = self.compiled(bytes, limits)?;
        let code = component.serialize().ok();
        if let Some(entry) = code.and_then(|code| cache::pack(&plugin.description, &code)) {
            cache.put(&name, &entry);
        }
        Ok(plugin)
    }

    /// What a component imports and exports, whether or not it is a plugin.
    ///
    /// # Errors
    ///
    /// Where the bytes are no component.
    pub fn surface(&self, bytes: &[u8]) -> Result<Surface, LoadError> {
        Ok(Surface::of(&self.component(bytes)?, &self.engine))
    }

    fn component(&self, bytes: &[u8]) -> Result<Component, LoadError> {
        // Magic, version, layer: layer 0 is a core module, 1 a component.
        match bytes.first_chunk() {
            Some([0, b'a', b's', b'm', _, _, 0, 0]) => Err(LoadError::CoreModule),
            Some([0, b'a', b's', b'm', ..]) => Component::from_binary(&self.engine, bytes)
                .map_err(|error| LoadError::NotComponent(error.root_cause().to_string())),
            _ => Err(LoadError::NotComponent("it does not begin as WebAssembly does".to_owned())),
        }
    }

    fn compiled(&self, bytes: &[u8], limits: Limits) -> Result<(Plugin, Component), LoadError> {
        let component = self.component(bytes)?;
        let (pre, surface) = self.linked(&component)?;
        let description = described(&self.engine, &pre, limits)?;
        Ok((self.plugin(pre, surface, description, limits), component))
    }

    fn plugin(&self, pre: wit::PluginPre<State>, surface: Surface, description: Description, limits: Limits) -> Plugin {
        Plugin { engine: self.engine.clone(), pre, surface, description: Arc::new(description), limits }
    }

    /// Holds a component against the contract.
    fn linked(&self, component: &Component) -> Result<(wit::PluginPre<State>, Surface), LoadError> {
        let surface = Surface::of(component, &self.engine);
        for item in &surface.imports {
            match item.standing() {
                Import::Known => {}
                Import::OtherVersion => return Err(LoadError::OtherVersion(item.name.clone())),
                Import::Foreign => return Err(LoadError::Import(item.name.clone())),
            }
        }
        match surface.exports.iter().find(|item| item.is_interface("checks")) {
            None => return Err(LoadError::NoChecks),
            Some(item) if item.standing() != Import::Known => return Err(LoadError::OtherVersion(item.name.clone())),
            Some(_) => {}
        }
        let other = |error: wasmtime::Error| LoadError::OtherTypes(format!("{error:#}"));
        let pre = self.linker.instantiate_pre(component).map_err(other)?;
        Ok((wit::PluginPre::new(pre).map_err(other)?, surface))
    }
}

/// Nothing that could make two runs differ, and a way to end each of them.
fn config() -> Config {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(MAX_STACK)
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        .wasm_backtrace_max_frames(None);
    config
}

/// Compiled code that was kept.
#[expect(unsafe_code, reason = "running machine code cannot be made safe by checking it; see below")]
fn deserialized(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: the code is what this program's own `serialize` gave for a component that it compiled: the cache's
    // contract is to give back only what it was given, kept where nobody else can write, and the digest of the entry has
    // shown that it is whole. wasmtime itself refuses code of another version or configuration.
    unsafe { Component::deserialize(engine, code) }
}

/// What a plugin says of itself, examined.
fn described(engine: &Engine, pre: &wit::PluginPre<State>, limits: Limits) -> Result<Description, LoadError> {
    let nothing = Description {
        name: String::new(),
        version: String::new(),
        doc: String::new(),
        functions: vec![],
        checks: vec![],
    };
    let mut running = Running::new(engine, pre, Arc::new(nothing), limits).map_err(|error| match error {
        NotStarted::Types(why) => LoadError::OtherTypes(why),
        NotStarted::Fault(why) => LoadError::Silent(why),
    })?;
    let given = running.describe().map_err(|trouble| match trouble {
        Trouble::Fault(message) | Trouble::Stuck(message) => LoadError::Silent(message),
    })?;
    let description = description(given).map_err(LoadError::Description)?;
    description.examine().map_err(LoadError::Description)?;
    Ok(description)
}

fn description(given: offered::Description) -> Result<Description, String> {
    let offered::Description { name, version, doc, functions, checks } = given;
    let functions = functions.into_iter().map(function).collect();
    let checks = checks.into_iter().map(check).collect::<Result<_, _>>()?;
    Ok(Description { name, version, doc, functions, checks })
}

fn function(given: offered::Function) -> Function {
    let offered::Function { name, doc, params, returns } = given;
    let params =
        params.into_iter().map(|offered::Parameter { name, ty, doc }| Parameter { name, ty: values::ty(ty), doc });
    Function { name, doc, params: params.collect(), result: values::ty(returns) }
}

fn check(given: offered::DeclarationCheck) -> Result<Check, String> {
    let offered::DeclarationCheck { name, doc, reads, options } = given;
    let options = schema::options(&options)?;
    Ok(Check { name, doc, reads, options })
}

impl Plugin {
    /// What it imports and exports.
    #[must_use]
    pub const fn surface(&self) -> &Surface {
        &self.surface
    }

    /// What it may use.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }
}

impl Library for Plugin {
    fn description(&self) -> &Description {
        &self.description
    }

    fn open(&self) -> Result<Box<dyn Instance>, String> {
        Ok(Box::new(self.start()?))
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("cache", &self.cache.is_some()).finish_non_exhaustive()
    }
}
