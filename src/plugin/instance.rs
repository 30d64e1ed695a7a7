//! An instance: the calls of one declaration, each within its fuel.

use super::host::Plugin;
use super::limits::{EPOCH_TICKS, Limits, MAX_CROSSING, MAX_HANDLES};
use super::state::{Line, NodeHandle, State};
use super::wit::exports::hongxian::plugin::checks::{Description as Described, Finding};
use super::{trouble, values, wit};
use crate::function::{CheckFinding, Description, Handle, Instance, Reader, Trouble};
use crate::value::Value;
use std::sync::Arc;
use wasmtime::component::Resource;
use wasmtime::{Engine, Store};

/// A running instance of a plugin.
pub struct Running {
    store: Store<State>,
    plugin: wit::Plugin,
    description: Arc<Description>,
    limits: Limits,
    fuel: u64,
}

/// Why there is no instance.
pub(super) enum NotStarted {
    /// What it exports has other types than in the contract.
    Types(String),
    /// It broke a limit, or trapped.
    Fault(String),
}

impl Running {
    /// Starts one.
    pub(super) fn new(
        engine: &Engine,
        pre: &wit::PluginPre<State>,
        description: Arc<Description>,
        limits: Limits,
    ) -> Result<Self, NotStarted> {
        let mut store = Store::new(engine, State::new(limits.memory_bytes));
        store.limiter(|state| &mut state.bounds);
        store.set_epoch_deadline(EPOCH_TICKS);
        store.set_hostcall_fuel(MAX_CROSSING);
        store.set_max_component_handles(MAX_HANDLES);
        let started = store.set_fuel(limits.fuel).and_then(|()| pre.instantiate(&mut store));
        match started {
            Ok(plugin) => Ok(Self { store, plugin, description, limits, fuel: 0 }),
            Err(error) if trouble::is_of_types(&error, store.data()) => Err(NotStarted::Types(format!("{error:#}"))),
            Err(error) => {
                let (Trouble::Fault(message) | Trouble::Stuck(message)) = trouble::of(&error, store.data(), &limits);
                Err(NotStarted::Fault(format!("could not be started: {message}")))
            }
        }
    }

    /// The fuel that the last call used.
    #[must_use]
    pub const fn fuel(&self) -> u64 {
        self.fuel
    }

    /// What the last call wrote to the log.
    #[must_use]
    pub fn log(&self) -> &[Line] {
        &self.store.data().lines
    }

    /// What the plugin says of itself.
    pub(super) fn describe(&mut self) -> Result<Described, Trouble> {
        self.run(|plugin, store| plugin.hongxian_plugin_checks().call_describe(store))
    }

    /// Makes one call, with all its fuel.
    fn run<T>(
        &mut self,
        call: impl FnOnce(&wit::Plugin, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, Trouble> {
        self.store.data_mut().begin();
        let answer = self.store.set_fuel(self.limits.fuel).and_then(|()| call(&self.plugin, &mut self.store));
        self.fuel = self.limits.fuel.saturating_sub(self.store.get_fuel().unwrap_or_default());
        answer.map_err(|error| trouble::of(&error, self.store.data(), &self.limits))
    }

    fn checked(&mut self, check: u32, handle: u32) -> Result<Vec<Finding>, Trouble> {
        let answer = self.run(|plugin, store| {
            let arguments: Resource<NodeHandle> = Resource::new_borrow(handle);
            plugin.hongxian_plugin_checks().call_check(store, check, arguments)
        })?;
        answer.map_err(Trouble::Fault)
    }
}

impl Instance for Running {
    fn call(&mut self, function: usize, arguments: &[Value<'_>]) -> Result<Value<'static>, Trouble> {
        let description = Arc::clone(&self.description);
        let none = || Trouble::Fault("has no such function".to_owned());
        let described = description.functions.get(function).ok_or_else(none)?;
        let index = u32::try_from(function).map_err(|_| none())?;
        let crossing = arguments.iter().zip(&described.params).map(|(value, param)| values::lower(value, &param.ty));
        let crossing = crossing.collect::<Result<Vec<_>, _>>().map_err(Trouble::Fault)?;
        let answer = self.run(|plugin, store| plugin.hongxian_plugin_checks().call_call(store, index, &crossing))?;
        let value = answer.map_err(Trouble::Fault)?;
        let wrong = || Trouble::Fault(format!("promised `{}` and answered with something else", described.result));
        values::lift(value, &described.result).ok_or_else(wrong)
    }

    fn check(&mut self, check: usize, reader: &mut Reader) -> Result<Vec<CheckFinding>, Trouble> {
        let check = u32::try_from(check).map_err(|_| Trouble::Fault("has no such check".to_owned()))?;
        let state = self.store.data_mut();
        std::mem::swap(&mut state.reader, reader);
        let pushed = state.handles.push(NodeHandle(Handle::ARGUMENTS));
        let answer = match pushed {
            Ok(arguments) => {
                let answer = self.checked(check, arguments.rep());
                // After a trap the instance is gone, and its handles with it.
                let _gone_already = self.store.data_mut().handles.delete(arguments);
                answer
            }
            Err(_) => Err(Trouble::Fault(format!("holds more than {MAX_HANDLES} handles"))),
        };
        std::mem::swap(&mut self.store.data_mut().reader, reader);
        Ok(answer?.into_iter().map(finding).collect())
    }

    fn most_findings(&self) -> usize {
        usize::try_from(self.limits.findings).unwrap_or(usize::MAX)
    }
}

fn finding(finding: Finding) -> CheckFinding {
    let Finding { pointer, related, message } = finding;
    CheckFinding { pointer, related, en: message.en, zh: message.zh }
}

impl Plugin {
    /// A fresh instance.
    ///
    /// # Errors
    ///
    /// Why it could not be started.
    pub fn start(&self) -> Result<Running, String> {
        let running = Running::new(&self.engine, &self.pre, Arc::clone(&self.description), self.limits);
        running.map_err(|(NotStarted::Types(why) | NotStarted::Fault(why))| why)
    }
}
