//! What the commands that measure share: times in words, and where a rule stands.

use hongxian::engine::Engine;
use hongxian::ir::RuleId;

/// A rule's id, and the place where it is written.
pub fn place(engine: &Engine, rule: RuleId) -> (String, String) {
    let rule = engine.program().policy.rules.get(rule.index());
    rule.map_or_else(Default::default, |rule| {
        let sources = engine.sources();
        let line = sources.position(rule.span).line;
        (rule.id.clone(), format!("{}:{line}", sources.name(rule.span.file)))
    })
}

/// A time in the unit that suits it, to a tenth.
pub fn time(ns: u128) -> String {
    let (unit, size) = match ns {
        0..1_000 => return format!("{ns} ns"),
        1_000..1_000_000 => ("µs", 100),
        1_000_000..1_000_000_000 => ("ms", 100_000),
        _ => ("s", 100_000_000),
    };
    let tenths = ns / size;
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_have_their_unit() {
        let cases = [(7, "7 ns"), (1_250, "1.2 µs"), (12_345_678, "12.3 ms"), (2_000_000_000, "2.0 s")];
        for (ns, expected) in cases {
            assert_eq!(time(ns), expected);
        }
    }
}
