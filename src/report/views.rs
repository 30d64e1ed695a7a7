//! How packs lay their rules out for people, in the shape of the contract: sections, families, modules, stages.

use super::contract::{self, Family, Module, Shown, StageName};
use super::{pick, shown};
use crate::compile::Program;
use crate::decode::declaration::Declaration;
use crate::ir::{self, Citation, ModuleId, PackId, PackInfo};

/// A pack, with its groups.
pub(super) fn pack(program: &Program, pack: &PackInfo, rules: &[contract::Rule]) -> contract::Pack {
    let labels = |(key, label): (&String, &ir::Label)| (key.clone(), shown::words(label, key));
    contract::Pack {
        name: pack.name.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        extends: pack.extends.and_then(|base| Some(program.policy.packs.get(base.index())?.name.clone())),
        plugins: pack
            .plugins
            .iter()
            .map(|(name, digest)| contract::Plugin { name: name.clone(), digest: digest.clone() })
            .collect(),
        title: shown::words(&pack.title, &pack.name),
        arguments: pack.arguments.iter().map(labels).collect(),
        sections: pack.views.sections.iter().map(labels).collect(),
        families: pack.views.families.iter().map(|own| family(program, own, rules)).collect(),
        sources: sources(program, pack),
    }
}

fn sources(program: &Program, pack: &PackInfo) -> Vec<contract::Source> {
    let id = program.policy.packs.iter().position(|other| std::ptr::eq(other, pack)).map(PackId::new);
    let own = program.policy.sources.iter().filter(|source| Some(source.pack) == id);
    let source = |source: &ir::SourceInfo| contract::Source {
        name: source.name.clone(),
        title: shown::words(&source.title, &source.name),
        default: source.default,
    };
    own.map(source).collect()
}

/// A family holds those of its rules that are red lines and were selected.
fn family(program: &Program, family: &ir::Family, rules: &[contract::Rule]) -> Family {
    let ids = family.rules.iter().filter_map(|id| program.policy.rules.get(id.index())).map(|rule| &rule.id);
    let held = |id: &&String| rules.iter().any(|rule| rule.id == **id && rule.kind == ir::RuleKind::RedLine);
    Family { title: shown::words(&family.title, ""), rules: ids.filter(held).cloned().collect() }
}

/// The modules that have rules or sentences outside.
pub(super) fn modules(program: &Program) -> Vec<Module> {
    let modules = program.policy.modules.iter().enumerate();
    modules.filter_map(|(at, module)| of_module(program, ModuleId::new(at), module)).collect()
}

fn of_module(program: &Program, id: ModuleId, module: &ir::ModuleInfo) -> Option<Module> {
    let policy = &program.policy;
    let rules = policy.rules.iter().filter(|rule| rule.module == id).map(|rule| (rule.id.as_str(), &*rule.cites));
    let outside = policy.outside.iter().filter(|entry| entry.module == id).map(|it| (it.id.as_str(), &*it.cites));
    let beyond = outside.clone().count();
    let (ids, cites): (Vec<&str>, Vec<&Vec<Citation>>) = rules.chain(outside).unzip();
    let pack = policy.packs.get(module.pack.index())?;
    let locators: Vec<&str> = cites.iter().flat_map(|cites| cites.iter()).map(|cite| cite.text.as_str()).collect();
    let first = ids.first()?;
    let prefix = first.split('-').next().unwrap_or_default();
    let shared = ids.iter().all(|id| id.split('-').next() == Some(prefix));
    Some(Module {
        name: module.name.clone(),
        pack: pack.name.clone(),
        title: shown::words(&module.title, &module.name),
        code: if shared { prefix.to_owned() } else { module.name.clone() },
        section: section(program, module.pack, &locators),
        locator: common(&locators),
        outside: u32::try_from(beyond).unwrap_or(u32::MAX),
    })
}

/// What all locators share: their whole parts before the sentence.
fn common(locators: &[&str]) -> String {
    let parts = |locator: &str| -> Vec<String> {
        locator.split('#').next().unwrap_or_default().split('.').map(ToOwned::to_owned).collect()
    };
    let mut locators = locators.iter().map(|locator| parts(locator));
    let first = locators.next().unwrap_or_default();
    let shared = locators.fold(first, |shared, other| {
        shared.into_iter().zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    shared.join(".")
}

/// The longest section of the module's pack, or of what that extends, that its first locator begins with.
fn section(program: &Program, pack: PackId, locators: &[&str]) -> Option<String> {
    let first = locators.first()?;
    let info = program.policy.packs.get(pack.index())?;
    let base = info.extends.and_then(|base| program.policy.packs.get(base.index()));
    let keys = std::iter::once(info).chain(base).flat_map(|pack| pack.views.sections.keys());
    let fits = |key: &&String| first.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(['.', '#']));
    keys.filter(fits).max_by_key(|key| key.len()).cloned()
}

/// The stages of the model.
pub(super) fn stages(program: &Program) -> Vec<StageName> {
    let stages = program.stage.and_then(|(_, stages)| program.policy.model.enumeration(stages));
    let members = stages.map(|stages| stages.members.as_slice()).unwrap_or_default();
    let name = |member: &ir::Member| StageName {
        name: member.spelling.clone(),
        title: shown::words(&member.label, &member.spelling),
    };
    members.iter().map(name).collect()
}

/// The stages of a rule; none where it applies at all.
pub(super) fn stages_of(program: &Program, rule: &ir::Rule) -> Vec<String> {
    let stages = program.stage.and_then(|(_, stages)| program.policy.model.enumeration(stages));
    let members = rule.stages.as_ref().map(|stages| stages.members.as_slice()).unwrap_or_default();
    let spelling = |id: &ir::MemberId| stages?.members.get(id.index()).map(|member| member.spelling.clone());
    members.iter().filter_map(spelling).collect()
}

/// Who declares: the first declared text of the first pack that names a field for it.
pub(super) fn institution(program: &Program, declaration: &Declaration<'_>) -> Option<String> {
    let picked = program.policy.packs.iter().find_map(|pack| pack.views.institution.as_ref())?;
    let places = pick::places(program, declaration, picked);
    places.into_iter().find_map(|place| match shown::at(program, declaration, place)? {
        Shown::Text(text) => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn locators_share_whole_parts() {
        for (locators, shared) in [
            (vec!["3.4.3#1", "3.4.3#2"], "3.4.3"),
            (vec!["3.4.3#1", "3.4.30#1"], "3.4"),
            (vec!["plan:1#1", "law:1#1"], ""),
            (vec![], ""),
        ] {
            assert_eq!(common(&locators), shared, "{locators:?}");
        }
    }
}
