//! Rules picked by their ids: `T17-*`, `fintech-plan/T1?-R1`.

use crate::failure::Failure;
use hongxian::diagnostic::nearest;
use hongxian::engine::Engine;
use hongxian::ir::{Policy, RuleId};
use hongxian::pack::Glob;

/// How many ids a message names.
const NAMED: usize = 5;

/// The rules that the globs pick, in their order; none where there are no globs. A glob that picks nothing is an error.
pub fn rules(engine: &Engine, globs: &[String]) -> Result<Option<Vec<RuleId>>, Failure> {
    let policy = &engine.program().policy;
    if let Some(glob) = globs.iter().find(|glob| !policy.rules.iter().any(|rule| picks(glob, policy, rule))) {
        return Err(nothing(glob, policy));
    }
    let picked = policy.rules.iter().enumerate().filter(|(_, rule)| globs.iter().any(|glob| picks(glob, policy, rule)));
    Ok((!globs.is_empty()).then(|| picked.map(|(index, _)| RuleId::new(index)).collect()))
}

fn picks(glob: &str, policy: &Policy, rule: &hongxian::ir::Rule) -> bool {
    match glob.split_once('/') {
        Some((pack, id)) => {
            Glob::new(id).matches(&rule.id) && pack_of(policy, rule).is_some_and(|name| Glob::new(pack).matches(name))
        }
        None => Glob::new(glob).matches(&rule.id),
    }
}

/// The pack that a rule stands in.
pub fn pack_of<'p>(policy: &'p Policy, rule: &hongxian::ir::Rule) -> Option<&'p str> {
    let module = policy.modules.get(rule.module.index())?;
    policy.packs.get(module.pack.index()).map(|pack| pack.name.as_str())
}

fn nothing(glob: &str, policy: &Policy) -> Failure {
    let failure = Failure::new(format!("no rule matches `{glob}`"));
    if let Some(outside) = policy.outside.iter().find(|outside| Glob::new(glob).matches(&outside.id)) {
        return failure.help(format!("`{}` is outside: no declaration can show it", outside.id));
    }
    let ids: Vec<&str> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    let plain = glob.rsplit('/').next().unwrap_or(glob).replace(['*', '?'], "");
    let near = near(&plain, &ids);
    if near.is_empty() {
        let some: Vec<&str> = ids.into_iter().take(NAMED).collect();
        return failure.help(format!("ids look like {}", some.join(", ")));
    }
    failure.help(format!("near it: {}", near.join(", ")))
}

/// Ids like a word: those that differ only in case or begin like it, else the one spelt most like it.
fn near<'i>(word: &str, ids: &[&'i str]) -> Vec<&'i str> {
    let lower = word.to_lowercase();
    let alike = ids.iter().copied().filter(|id| !lower.is_empty() && id.to_lowercase().starts_with(&lower));
    let alike: Vec<&str> = alike.take(NAMED).collect();
    if alike.is_empty() { nearest(word, ids.iter().copied()).into_iter().collect() } else { alike }
}
