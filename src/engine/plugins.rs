//! The plugins of packs, loaded and lent to their policies. Without the feature `plugins` nothing is, and the checker
//! refuses the policy that uses one.

use crate::diagnostic::Diagnostic;
use crate::function::Registry;
use crate::pack::LoadedPack;

/// How plugins are loaded.
#[derive(Debug, Default)]
pub(super) struct Plugins {
    #[cfg(feature = "plugins")]
    pub(super) cache: Option<hosted::Cache>,
    /// Made when the first plugin is loaded: most packs have none.
    #[cfg(feature = "plugins")]
    pub(super) host: Option<crate::plugin::Host>,
}

#[cfg(not(feature = "plugins"))]
impl Plugins {
    #[expect(clippy::unused_self, reason = "the same as with the feature")]
    pub(super) fn lend(&self, _packs: &[LoadedPack], _registry: &mut Registry) -> Vec<Diagnostic> {
        Vec::new()
    }
}

#[cfg(feature = "plugins")]
pub(super) mod hosted {
    use super::{Diagnostic, LoadedPack, Plugins, Registry};
    use crate::diagnostic::Code;
    use crate::pack::{Placed, Plugin};
    use crate::plugin::{CodeCache, Host, Limits, LoadError};
    use std::fmt;
    use std::sync::Arc;

    /// A cache of compiled code.
    pub(in crate::engine) struct Cache(pub(in crate::engine) Arc<dyn CodeCache>);

    impl fmt::Debug for Cache {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Cache")
        }
    }

    impl Plugins {
        /// Loads every plugin of the packs; what is wrong with them.
        pub(in crate::engine) fn lend(&mut self, packs: &[LoadedPack], registry: &mut Registry) -> Vec<Diagnostic> {
            let mut found = Vec::new();
            for pack in packs {
                for plugin in &pack.manifest.plugins {
                    if let Err(diagnostic) = self.one(pack, plugin, registry) {
                        found.push(*diagnostic);
                    }
                }
            }
            found
        }

        fn one(&mut self, pack: &LoadedPack, plugin: &Plugin, registry: &mut Registry) -> Result<(), Box<Diagnostic>> {
            let limits = limits(plugin)?;
            let bytes = pack.files.get(&plugin.file.value).unwrap_or_default();
            let loaded =
                self.host().and_then(|host| host.load(bytes, limits)).map_err(|error| refused(plugin, &error))?;
            let pack = &pack.manifest.name.value;
            match registry.lend(Some(pack), &plugin.name.value, Arc::new(loaded)) {
                Ok(_) => Ok(()),
                Err(error) => Err(Box::new(Diagnostic::error(Code::PLUGIN_LOAD, plugin.name.span, error.to_string()))),
            }
        }

        fn host(&mut self) -> Result<&Host, LoadError> {
            if self.host.is_none() {
                let cache = self.cache.as_ref().map(|cache| Arc::clone(&cache.0));
                self.host = Some(Host::new(cache)?);
            }
            self.host.as_ref().ok_or_else(|| LoadError::Engine("none was made".to_owned()))
        }
    }

    fn refused(plugin: &Plugin, error: &LoadError) -> Box<Diagnostic> {
        let message = format!("the plugin `{}` cannot be loaded: {error}", plugin.name.value);
        let diagnostic = Diagnostic::error(Code::PLUGIN_LOAD, plugin.file.span, message);
        Box::new(match error {
            LoadError::CoreModule => diagnostic.help("`policy plugin build` makes a component of it"),
            LoadError::Import(name) if name.starts_with("wasi:") => {
                diagnostic.help("build it for a target without WASI, such as `wasm32-unknown-unknown`")
            }
            LoadError::OtherVersion(_) => diagnostic.help("build it against the `wasm-plugins/wit/` of this version"),
            _ => diagnostic,
        })
    }

    /// The engine's limits, lowered to those of the pack.
    fn limits(plugin: &Plugin) -> Result<Limits, Box<Diagnostic>> {
        let most = Limits::DEFAULT;
        let lower = |name: &str, given: &Option<Placed<u64>>, most: u64| match given {
            Some(given) if given.value > most => {
                let message = format!("expected at most {most} for `{name}`, found {}", given.value);
                let diagnostic = Diagnostic::error(Code::BAD_VALUE, given.span, message);
                Err(Box::new(diagnostic.help("a pack can only lower what a plugin may use")))
            }
            Some(given) => Ok(given.value),
            None => Ok(most),
        };
        Ok(Limits {
            fuel: lower("fuel", &plugin.limits.fuel, most.fuel)?,
            memory_bytes: lower("memory_bytes", &plugin.limits.memory_bytes, most.memory_bytes)?,
            findings: lower("findings", &plugin.limits.findings, most.findings)?,
        })
    }
}
