//! Rules picked by their ids: `T17-*`, `fintech-plan/T1?-R1`.

use crate::failure::Failure;
use hongxian::diagnostic::nearest;
use hongxian::engine::Engine;
use hongxian::ir::{Policy, RuleId};

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
        Some((pack, id)) => matches(id, &rule.id) && pack_of(policy, rule).is_some_and(|name| matches(pack, name)),
        None => matches(glob, &rule.id),
    }
}

fn pack_of<'p>(policy: &'p Policy, rule: &hongxian::ir::Rule) -> Option<&'p str> {
    let module = policy.modules.get(rule.module.index())?;
    policy.packs.get(module.pack.index()).map(|pack| pack.name.as_str())
}

/// `*` stands for any characters, `?` for one. In the worst case as many steps as the product of the lengths.
pub fn matches(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<char>, Vec<char>) = (glob.chars().collect(), text.chars().collect());
    let (mut at, mut read, mut star) = (0, 0, None);
    while let Some(c) = text.get(read) {
        match glob.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(g) if *g == '?' || g == c => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                at = star_at + 1;
                read = taken + 1;
            }
        }
    }
    glob.get(at..).is_some_and(|rest| rest.iter().all(|g| *g == '*'))
}

fn nothing(glob: &str, policy: &Policy) -> Failure {
    let failure = Failure::new(format!("no rule matches `{glob}`"));
    if let Some(outside) = policy.outside.iter().find(|outside| matches(glob, &outside.id)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        let cases = [
            ("T17-R7", "T17-R7", true),
            ("T17-*", "T17-R7", true),
            ("*-R7", "T17-R7", true),
            ("T?7-R?", "T17-R7", true),
            ("T17", "T17-R7", false),
            ("*", "", true),
            ("?", "", false),
            ("*a*b*c", "xaxbxbc", true),
            ("规则-*", "规则-一", true),
        ];
        for (glob, text, expected) in cases {
            assert_eq!(matches(glob, text), expected, "{glob} {text}");
        }
        assert!(!matches(&"*a".repeat(50), &"a".repeat(49)), "no backtracking without bound");
    }
}
