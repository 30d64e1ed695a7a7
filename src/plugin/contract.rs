//! What a component imports and exports, held against the contract before anything of it runs.

use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::ComponentItem;

/// The version of the contract, `hongxian:plugin`, that this engine speaks.
pub const CONTRACT: &str = "0.1.0";
const PACKAGE: &str = "hongxian:plugin/";

/// Something that a component imports or exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name, such as `hongxian:plugin/document@0.1.0`.
    pub name: String,
    /// Its functions, where it is an interface.
    pub functions: Vec<String>,
}

/// What a component imports and exports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// What it wants from its host.
    pub imports: Vec<Item>,
    /// What it offers.
    pub exports: Vec<Item>,
}

/// How a name stands to the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// Part of it.
    Known,
    /// Of the package, in a version that this engine does not speak.
    OtherVersion,
    /// Something else.
    Foreign,
}

impl Surface {
    pub(super) fn of(component: &Component, engine: &Engine) -> Self {
        let ty = component.component_type();
        let imports = ty.imports(engine).map(|(name, item)| Item::of(name, &item.ty, engine)).collect();
        let exports = ty.exports(engine).map(|(name, item)| Item::of(name, &item.ty, engine)).collect();
        Self { imports, exports }
    }
}

impl Item {
    fn of(name: &str, item: &ComponentItem, engine: &Engine) -> Self {
        let functions = match item {
            ComponentItem::ComponentInstance(instance) => instance
                .exports(engine)
                .filter(|(_, item)| matches!(item.ty, ComponentItem::ComponentFunc(_)))
                .map(|(name, _)| name.to_owned())
                .collect(),
            _ => Vec::new(),
        };
        Self { name: name.to_owned(), functions }
    }

    /// How it stands to the contract. Before 1.0, the minor version says what fits together.
    #[must_use]
    pub fn standing(&self) -> Import {
        let Some(rest) = self.name.strip_prefix(PACKAGE) else { return Import::Foreign };
        let series = |version: &str| version.rsplit_once('.').map(|(series, _)| series.to_owned());
        match rest.split_once('@') {
            Some((_, version)) if series(version) == series(CONTRACT) => Import::Known,
            _ => Import::OtherVersion,
        }
    }

    /// Whether it is an interface of the contract, in whatever version.
    pub(super) fn is_interface(&self, name: &str) -> bool {
        self.name.strip_prefix(PACKAGE).is_some_and(|rest| rest.split('@').next() == Some(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_series_fit_together() {
        for (name, standing) in [
            ("hongxian:plugin/document@0.1.0", Import::Known),
            ("hongxian:plugin/document@0.1.7", Import::Known),
            ("hongxian:plugin/document@0.2.0", Import::OtherVersion),
            ("hongxian:plugin/document@1.1.0", Import::OtherVersion),
            ("hongxian:plugin/document", Import::OtherVersion),
            ("wasi:clocks/wall-clock@0.2.0", Import::Foreign),
            ("hongxian:plugins/document@0.1.0", Import::Foreign),
        ] {
            let item = Item { name: name.to_owned(), functions: Vec::new() };
            assert_eq!(item.standing(), standing, "{name}");
        }
    }
}
