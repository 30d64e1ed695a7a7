//! Where changes are made: in a rule, or in what rules share. The packs are made ready for it, so that the checker has
//! little to do and refuses nothing that is no matter of the rule itself.

use super::Survivor;
use crate::engine::Engine;
use crate::ir::{self, Code, Policy, Reads, RuleId, RuleKind, Type};
use crate::pack::{LoadedPack, PackFiles, Views};
use crate::report::contract::SourcePlace;
use crate::source::Span;
use crate::syntax::ast::{ClauseKind, File, Item, ItemKind, Name, ParamValue, Raise, Rule, TableEntry, Tighten};

/// A rule, or a `let`, a function or a parameter that rules read, at its place among the packs.
#[derive(Debug)]
pub struct Site {
    pack: usize,
    module: usize,
    item: usize,
    is_rule: bool,
    /// What is changed: `rule T17-R7`, `let important_items`.
    pub(super) what: String,
    /// Where it is declared.
    pub(super) span: Span,
    /// The rule, or the gravest of those that read it.
    pub(super) rules: Vec<String>,
    /// Their kind.
    pub(super) kind: RuleKind,
    /// Whether it is asked for its truth.
    pub(super) truth: bool,
}

impl Site {
    /// The item in packs that were made ready.
    pub(super) fn item<'p>(&self, packs: &'p [LoadedPack]) -> Option<&'p Item> {
        packs.get(self.pack)?.modules.get(self.module)?.items.get(self.item)
    }

    /// Puts another item in its place, in packs in which only its rules stand.
    pub(super) fn place(&self, packs: &mut [LoadedPack], kind: ItemKind) {
        let modules = packs.get_mut(self.pack).and_then(|pack| pack.modules.get_mut(self.module));
        let item = modules.and_then(|module| module.items.iter_mut().find(|item| named(&item.kind) == Some(self.span)));
        if let Some(item) = item {
            item.kind = kind;
        }
    }

    /// Whether it is a rule, and not what rules share.
    pub(super) const fn is_rule(&self) -> bool {
        self.is_rule
    }

    /// A mutant of it that no test noticed.
    pub(super) fn survivor(&self, at: SourcePlace, change: String) -> Survivor {
        let rule = self.rules.first().cloned().unwrap_or_default();
        let (within, rules) = (self.what.clone(), self.rules.clone());
        Survivor { rule, kind: self.kind.as_str(), at, change, within, rules }
    }

    /// The packs without rules other than its own.
    pub(super) fn alone(&self, packs: &[LoadedPack]) -> Vec<LoadedPack> {
        let stays = |item: &Item| match &item.kind {
            ItemKind::Rule(rule) => self.rules.contains(&rule.id.text),
            _ => true,
        };
        let mut packs = packs.to_vec();
        for module in packs.iter_mut().flat_map(|pack| &mut pack.modules) {
            module.items.retain(stays);
        }
        packs
    }
}

/// The name of what can be changed, as a place.
const fn named(kind: &ItemKind) -> Option<Span> {
    match kind {
        ItemKind::Rule(rule) => Some(rule.id.span),
        ItemKind::Param(param) => Some(param.name.span),
        ItemKind::Let(bound) => Some(bound.name.span),
        ItemKind::Function(function) => Some(function.name.span),
        _ => None,
    }
}

/// The rules that are picked, and what they read, in the order of the text.
pub(super) fn sites(engine: &Engine, packs: &[LoadedPack], selects: impl Fn(RuleId) -> bool) -> Vec<Site> {
    let readers = Readers::new(&engine.program().policy, selects);
    let mut sites = Vec::new();
    for (pack, loaded) in packs.iter().enumerate() {
        for (module, file) in loaded.modules.iter().enumerate() {
            for (item, it) in file.items.iter().enumerate() {
                let Some((what, name)) = what(&it.kind) else { continue };
                let (rules, truth) = readers.of(&it.kind);
                let Some(kind) = rules.iter().map(|(_, kind)| *kind).max() else { continue };
                let gravest = rules.iter().filter(|(_, own)| *own == kind).map(|(id, _)| (*id).to_owned());
                let (what, rules) = (format!("{what} {}", name.text), gravest.collect());
                let is_rule = matches!(it.kind, ItemKind::Rule(_));
                sites.push(Site { pack, module, item, is_rule, what, span: name.span, rules, kind, truth });
            }
        }
    }
    sites
}

const fn what(kind: &ItemKind) -> Option<(&'static str, &Name)> {
    match kind {
        ItemKind::Rule(rule) => Some(("rule", &rule.id)),
        ItemKind::Param(param) => Some(("param", &param.name)),
        ItemKind::Let(bound) => Some(("let", &bound.name)),
        ItemKind::Function(function) => Some(("fn", &function.name)),
        _ => None,
    }
}

/// The rules that were picked, and what each reads.
struct Readers<'p> {
    policy: &'p Policy,
    rules: Vec<(&'p str, RuleKind, Span, Reads)>,
}

impl<'p> Readers<'p> {
    fn new(policy: &'p Policy, picks: impl Fn(RuleId) -> bool) -> Self {
        let picked = policy.rules.iter().enumerate().filter(|(index, _)| picks(RuleId::new(*index)));
        let rules = picked.map(|(_, rule)| (rule.id.as_str(), rule.kind, rule.span, reads(policy, rule)));
        Self { policy, rules: rules.collect() }
    }

    /// The rules on which a change of an item tells, and whether the item is asked for its truth.
    fn of(&self, item: &ItemKind) -> (Vec<(&'p str, RuleKind)>, bool) {
        match item {
            ItemKind::Rule(rule) => (self.that(|span, _| span == rule.id.span), false),
            ItemKind::Param(param) => {
                let at = self.policy.params.iter().position(|it| it.span == param.name.span);
                (self.that(|_, reads| reads.params.iter().any(|id| Some(id.index()) == at)), false)
            }
            ItemKind::Let(bound) => {
                let at = self.policy.lets.iter().position(|it| it.span == bound.name.span);
                let code = at.and_then(|at| self.policy.lets.get(at)).map(|it| &*it.code);
                (self.that(|_, reads| reads.lets.iter().any(|id| Some(id.index()) == at)), truth(code))
            }
            ItemKind::Function(function) => {
                let at = self.policy.functions.iter().position(|it| it.span == function.name.span);
                let code = at.and_then(|at| self.policy.functions.get(at)).map(|it| &*it.code);
                (self.that(|_, reads| reads.functions.iter().any(|id| Some(id.index()) == at)), truth(code))
            }
            _ => (Vec::new(), false),
        }
    }

    fn that(&self, reaches: impl Fn(Span, &Reads) -> bool) -> Vec<(&'p str, RuleKind)> {
        let rules = self.rules.iter().filter(|(_, _, span, reads)| reaches(*span, reads));
        rules.map(|(id, kind, ..)| (*id, *kind)).collect()
    }
}

/// What a rule reads; where it asks for the stage, what this hangs on, too.
fn reads(policy: &Policy, rule: &ir::Rule) -> Reads {
    let mut reads = policy.reads(rule);
    if rule.stages.is_some() {
        let stage = policy.stage_reads();
        reads.params.extend(stage.params);
        reads.lets.extend(stage.lets);
        reads.functions.extend(stage.functions);
    }
    reads
}

fn truth(code: Option<&Code>) -> bool {
    code.is_some_and(|code| code.body.ty == Type::Bool)
}

/// The packs as they are judged: what overlays tighten and raise stands where it is declared. Directions of parameters and
/// the letters of arguments are gone, since a mutant is not to be refused for them; tests and what only lays out, too.
pub(super) fn ready(packs: &[LoadedPack]) -> Vec<LoadedPack> {
    packs.iter().map(|pack| one(pack, packs)).collect()
}

fn one(pack: &LoadedPack, packs: &[LoadedPack]) -> LoadedPack {
    let name = &pack.manifest.name.value;
    let over = || packs.iter().filter(|it| it.manifest.extends.as_ref().is_some_and(|base| base.value == *name));
    let laid: Vec<&Item> = over().flat_map(|pack| &pack.modules).flat_map(|module| &module.items).collect();
    let mut manifest = pack.manifest.clone();
    manifest.views = Views::default();
    manifest.arguments.clear();
    let modules = pack.modules.iter().map(|module| File {
        items: module.items.iter().filter_map(|item| settled(item, &laid)).collect(),
        comments: Vec::new(),
        blank_lines: Vec::new(),
        ..module.clone()
    });
    LoadedPack {
        manifest,
        digest: pack.digest.clone(),
        modules: modules.collect(),
        locators: pack.locators.clone(),
        prefix: pack.prefix.clone(),
        files: PackFiles::new(),
    }
}

/// An item with what overlays make of it; nothing where no verdict hangs on it.
fn settled(item: &Item, laid: &[&Item]) -> Option<Item> {
    let mut item = item.clone();
    match &mut item.kind {
        ItemKind::Tighten(_) | ItemKind::Raise(_) | ItemKind::Outside(_) | ItemKind::Test(_) => return None,
        ItemKind::Param(param) => {
            param.direction = None;
            for tighten in laid.iter().filter_map(|item| tightens(item, &param.name.text)) {
                param.value = over(&param.value, &tighten.value);
            }
        }
        ItemKind::Rule(rule) => {
            let raised = laid.iter().filter_map(|item| raises(item, rule)).map(|raise| raise.kind);
            rule.kind = raised.fold(rule.kind, Ord::max);
            rule.clauses.retain(|clause| !matches!(clause.kind, ClauseKind::Argument(_)));
        }
        _ => {}
    }
    Some(item)
}

fn tightens<'i>(item: &'i Item, name: &str) -> Option<&'i Tighten> {
    match &item.kind {
        ItemKind::Tighten(tighten) if tighten.name.text == name => Some(tighten),
        _ => None,
    }
}

fn raises<'i>(item: &'i Item, rule: &Rule) -> Option<&'i Raise> {
    match &item.kind {
        ItemKind::Raise(raise) if raise.id.text == rule.id.text => Some(raise),
        _ => None,
    }
}

/// A value over another; of tables, row by row.
fn over(before: &ParamValue, after: &ParamValue) -> ParamValue {
    match (before, after) {
        (ParamValue::Table(before, _), ParamValue::Table(after, span)) => {
            let has = |key: &str| after.iter().any(|row| row.key.text == key);
            let kept = before.iter().filter(|row| !has(&row.key.text) && !has("_")).cloned();
            ParamValue::Table(kept.chain(after.iter().cloned()).collect::<Vec<TableEntry>>(), *span)
        }
        _ => after.clone(),
    }
}
