//! Everything that is declared, by pack and module, and what a name means where it stands.
//!
//! It knows names and where they stand, not types or values.

use crate::function::{LibraryId, Registry};
use crate::ir::{EnumId, FunctionId, LetId, ModuleId, PackId, ParamId, RecordId};
use crate::pack::LoadedPack;
use crate::source::Span;
use crate::syntax::ast;
use indexmap::IndexMap;

/// What a name of a module stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Definition {
    Enum(EnumId),
    Record(RecordId),
    Param(ParamId),
    Let(LetId),
    Function(FunctionId),
}

impl Definition {
    /// What people call such a thing.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Enum(_) => "an enum",
            Self::Record(_) => "a record",
            Self::Param(_) => "a parameter",
            Self::Let(_) => "a `let`",
            Self::Function(_) => "a function",
        }
    }
}

/// Something declared, with its module and its doc comment.
#[derive(Debug)]
pub(super) struct Declared<'a, T> {
    pub(super) module: ModuleId,
    pub(super) item: &'a ast::Item,
    pub(super) node: &'a T,
}

// Derived, these would ask the same of `T`.
impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// A definition and where its name stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) definition: Definition,
    pub(super) span: Span,
}

/// `use m`, resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    pub(super) module: ModuleId,
    pub(super) span: Span,
}

/// `use plugin p as alias`, resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct UsedPlugin<'a> {
    pub(super) alias: &'a ast::Name,
    /// None where it could not be found, which has been said.
    pub(super) library: Option<LibraryId>,
}

/// A module and the names that it declares.
#[derive(Debug)]
pub(super) struct Module<'a> {
    pub(super) pack: PackId,
    pub(super) file: &'a ast::File,
    pub(super) names: IndexMap<&'a str, Named>,
    pub(super) uses: Vec<Used>,
    /// The plugins that it uses.
    pub(super) plugins: Vec<UsedPlugin<'a>>,
    /// Whether something that it uses could not be found: then an unknown name is no news.
    pub(super) incomplete: bool,
}

/// How packs stand to each other.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// The pack that it extends.
    pub(super) base: Option<PackId>,
    /// The packs whose modules it may use, itself first.
    pub(super) visible: Vec<PackId>,
    /// Whether a pack that it names is not there.
    pub(super) incomplete: bool,
}

/// What a name means.
#[derive(Debug)]
pub(super) enum Meaning {
    /// One thing, of the module that is named second.
    One(Named, ModuleId),
    /// Things of several used modules.
    Several(Vec<(Named, ModuleId)>),
    /// Nothing.
    Nothing,
}

/// Everything that is declared.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) packs: &'a [LoadedPack],
    pub(super) registry: &'a Registry,
    pub(super) relations: Vec<Relations>,
    pub(super) modules: Vec<Module<'a>>,
    pub(super) enums: Vec<Declared<'a, ast::Enum>>,
    pub(super) records: Vec<Declared<'a, ast::Record>>,
    pub(super) params: Vec<Declared<'a, ast::Param>>,
    /// Each uses only earlier ones and functions that come before it in `order`.
    pub(super) lets: Vec<Declared<'a, ast::Let>>,
    /// Each calls only earlier ones.
    pub(super) functions: Vec<Declared<'a, ast::Function>>,
    /// `let`s and functions, each after those that it uses; those in a circle are left out.
    pub(super) order: Vec<Definition>,
    pub(super) declarations: Vec<Declared<'a, ast::Declaration>>,
    pub(super) rules: Vec<Declared<'a, ast::Rule>>,
    pub(super) outside: Vec<Declared<'a, ast::Outside>>,
    pub(super) tightens: Vec<Declared<'a, ast::Tighten>>,
    pub(super) raises: Vec<Declared<'a, ast::Raise>>,
}

impl<'a> Index<'a> {
    pub(super) fn module(&self, id: ModuleId) -> Option<&Module<'a>> {
        self.modules.get(id.index())
    }

    /// The pack that a module is of.
    pub(super) fn pack_of(&self, module: ModuleId) -> PackId {
        self.module(module).map_or_else(|| PackId::new(0), |module| module.pack)
    }

    pub(super) fn pack(&self, id: PackId) -> Option<&'a LoadedPack> {
        self.packs.get(id.index())
    }

    /// The pack that a pack extends.
    pub(super) fn base(&self, pack: PackId) -> Option<PackId> {
        self.relations.get(pack.index())?.base
    }

    /// The packs whose modules a pack may use, itself first.
    pub(super) fn visible(&self, pack: PackId) -> &[PackId] {
        self.relations.get(pack.index()).map_or(&[], |relations| &relations.visible)
    }

    /// What a name means in a module: its own, else what the modules declare that it uses.
    pub(super) fn meaning(&self, module: ModuleId, name: &str) -> Meaning {
        let Some(from) = self.module(module) else { return Meaning::Nothing };
        if let Some(named) = from.names.get(name) {
            return Meaning::One(*named, module);
        }
        let mut found = self.imported(from, name);
        match (found.next(), found.next()) {
            (None, _) => Meaning::Nothing,
            (Some((named, owner)), None) => Meaning::One(named, owner),
            (Some(first), Some(second)) => Meaning::Several([first, second].into_iter().chain(found).collect()),
        }
    }

    fn imported<'i>(&'i self, from: &'i Module<'a>, name: &'i str) -> impl Iterator<Item = (Named, ModuleId)> + 'i {
        from.uses
            .iter()
            .filter_map(move |used| self.module(used.module)?.names.get(name).map(|named| (*named, used.module)))
    }

    /// Every name that a module sees.
    pub(super) fn names(&self, module: ModuleId) -> impl Iterator<Item = (&'a str, Definition)> + '_ {
        let own = self.module(module);
        let used = own.into_iter().flat_map(|module| &module.uses).filter_map(|used| self.module(used.module));
        own.into_iter()
            .chain(used)
            .flat_map(|module| module.names.iter().map(|(name, named)| (*name, named.definition)))
    }

    /// A definition's name.
    pub(super) fn name(&self, definition: Definition) -> Option<&'a ast::Name> {
        match definition {
            Definition::Enum(id) => self.enums.get(id.index()).map(|it| &it.node.name),
            Definition::Record(id) => self.records.get(id.index()).map(|it| &it.node.name),
            Definition::Param(id) => self.params.get(id.index()).map(|it| &it.node.name),
            Definition::Let(id) => self.lets.get(id.index()).map(|it| &it.node.name),
            Definition::Function(id) => self.functions.get(id.index()).map(|it| &it.node.name),
        }
    }
}
