//! Plugins that do what they must not: contained, an `error` that says which resource it was, and the next declaration
//! judged as if nothing had happened.

use super::forge::{Forge, WIT, component, importing_a_clock, stale};
use hongxian::engine::{Engine, Input, Options};
use hongxian::function::limits::MAX_FINDINGS;
use hongxian::function::{Instance, Library};
use hongxian::pack::PackFiles;
use hongxian::plugin::{Host, Limits, LoadError};
use hongxian::report::contract::{Decision, Outcome, Report};
use hongxian::value::{Date, Text, Value};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const MANIFEST: &str = r#"
name = "test"
version = "1.0.0"
language = "2026"
title = { en = "Test" }
root = "Product"
source = [{ name = "plan", title = { en = "Plan" }, locators = "plan.txt" }]

[[plugin]]
name = "forged"
file = "forged.wasm"
sha256 = "SHA256"
[plugin.limits]
fuel = 30000000
memory_bytes = 8388608
"#;

const POLICY: &str = r#"module test
use plugin forged as x
record Product { id: text required, good: bool }
declaration { id product.id }
baseline B-1 "a function" { cites 1#1 addressee product require x.f(product.id) remedy "x" }
baseline B-2 "a check" { cites 1#1 addressee product require check x.c(product) remedy "x" }
baseline B-3 "neither" { cites 1#1 addressee product require product.good remedy "x" }
"#;

pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

pub fn pack(plugin: &[u8]) -> PackFiles {
    let mut files: PackFiles = [
        ("pack.toml", MANIFEST.replace("SHA256", &hex(plugin))),
        ("plan.txt", "1#1\n".into()),
        ("test.policy", POLICY.into()),
    ]
    .into_iter()
    .collect();
    files.insert("forged.wasm", plugin);
    files
}

pub fn engine(plugin: &[u8]) -> Engine {
    Engine::builder().pack(pack(plugin), "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
}

pub fn judge(engine: &Engine, id: &str) -> Report {
    let text = format!(r#"{{"id": "{id}", "good": true}}"#);
    let options = Options { as_of: Date::parse("2020-05-01"), list_passes: true, ..Options::default() };
    engine.evaluate(Input { name: "d.json", bytes: text.as_bytes() }, &options).unwrap()
}

fn outcomes(report: &Report) -> Vec<Outcome> {
    report.rules.iter().map(|rule| rule.outcome).collect()
}

/// A declaration that sets the attack off, one that does not, and the first again: all in one process, one after the other
/// and beside each other.
fn contained(what: &str, forge: &Forge, expected: [&str; 2]) {
    let engine = engine(&forge.component());
    let attacked = judge(&engine, "bad");
    let good = judge(&engine, "good");
    assert_eq!(outcomes(&good), [Outcome::Pass; 3], "{what}");
    assert_eq!(attacked, judge(&engine, "bad"), "{what}");
    beside_each_other(what, &engine, [&attacked, &good]);
    assert_eq!(attacked.decision, Some(Decision::Conditional), "{what}");
    assert_eq!(outcomes(&attacked)[2], Outcome::Pass, "{what}: the rule that asks no plugin");
    for (rule, (name, expected)) in attacked.rules.iter().zip(["forged.f", "forged.c"].into_iter().zip(expected)) {
        let message = &rule.findings[0].message.en;
        if expected.is_empty() {
            assert_eq!(rule.outcome, Outcome::Pass, "{what}: {message}");
        } else {
            assert_eq!(rule.outcome, Outcome::Error, "{what}: {message}");
            let said = message.split_once(": ").unwrap().1;
            assert_eq!(said, format!("`{name}` failed: {expected}"), "{what}");
        }
    }
}

/// Threads that judge the bad declaration and the good one with one engine, in either order, say what one alone said.
fn beside_each_other(what: &str, engine: &Engine, alone: [&Report; 2]) {
    let judged = || [judge(engine, "bad"), judge(engine, "good")];
    let reversed = || [judge(engine, "good"), judge(engine, "bad")];
    std::thread::scope(|scope| {
        let forth: Vec<_> = (0..2).map(|_| scope.spawn(judged)).collect();
        let back: Vec<_> = (0..2).map(|_| scope.spawn(reversed)).collect();
        for thread in forth {
            assert_eq!(thread.join().unwrap().each_ref(), alone, "{what}, beside others");
        }
        for thread in back {
            let [good, bad] = thread.join().unwrap();
            assert_eq!([&bad, &good], alone, "{what}, beside others");
        }
    });
}

#[test]
fn an_endless_loop() {
    let said = "used up its fuel of 30000000";
    contained("loop", &Forge::both("(loop $on (br $on))"), [said; 2]);
}

#[test]
fn a_memory_bomb() {
    let said = "used up its memory: wanted 13172736 bytes, of 8388608 at most";
    contained("memory", &Forge::both("(loop $on (drop (memory.grow (i32.const 100))) (br $on))"), [said; 2]);
}

#[test]
fn a_deep_recursion() {
    let mut forge = Forge::both("(drop (call $deep (i32.const 1)))");
    forge.beside = "(func $deep (param i32) (result i32) (i32.add (call $deep (local.get 0)) (i32.const 1)))".into();
    contained("recursion", &forge, ["used up its stack of 262144 bytes"; 2]);
}

#[test]
fn a_panic() {
    let mut forge = Forge::both("(call $log (i32.const 3) (i32.const 128) (i32.const 8)) (unreachable)");
    forge.said = b"panicked".to_vec();
    contained("panic", &forge, ["trapped: panicked (wasm trap: wasm `unreachable` instruction executed)"; 2]);
    let quiet = "trapped: wasm trap: wasm `unreachable` instruction executed";
    contained("quiet panic", &Forge::both("(unreachable)"), [quiet; 2]);
}

#[test]
fn a_huge_answer() {
    // An error of five megabytes; one beyond memory.
    let grown = "(drop (memory.grow (i32.const 100))) (i32.store (i32.const 256) (i32.const 1))";
    let call = format!(
        "{grown} (i32.store (i32.const 264) (i32.const 0)) (i32.store (i32.const 268) (i32.const 5000000)) (return (i32.const 256))"
    );
    let check = format!(
        "{grown} (i32.store (i32.const 260) (i32.const 0)) (i32.store (i32.const 264) (i32.const 5000000)) (call $drop (local.get $given)) (return (i32.const 256))"
    );
    let forge = Forge { call, check, ..Forge::default() };
    contained("answer", &forge, ["gave an answer of more than 4194304 bytes"; 2]);
}

#[test]
fn more_findings_than_anybody_reads() {
    // A list of zeros: pointers and messages are empty.
    let findings = |count: usize| {
        format!(
            "(i32.store (i32.const 256) (i32.const 0)) (i32.store (i32.const 260) (i32.const 20000)) \
             (i32.store (i32.const 264) (i32.const {count})) (call $drop (local.get $given)) (return (i32.const 256))"
        )
    };
    let forge = |count| Forge { check: findings(count), ..Forge::default() };
    contained("findings", &forge(MAX_FINDINGS + 1), ["", "expected at most 1000 findings, found 1001"]);
    contained("findings", &forge(1), ["", "expected a message with a finding, found none"]);
}

#[test]
fn invalid_utf8() {
    let call = "(i32.store (i32.const 256) (i32.const 1)) (i32.store (i32.const 264) (i32.const 128)) \
                (i32.store (i32.const 268) (i32.const 2)) (return (i32.const 256))";
    let check = "(i32.store (i32.const 256) (i32.const 1)) (i32.store (i32.const 260) (i32.const 128)) \
                 (i32.store (i32.const 264) (i32.const 2)) (call $drop (local.get $given)) (return (i32.const 256))";
    let forge = Forge { call: call.into(), check: check.into(), said: vec![0xff, 0xfe], ..Forge::default() };
    let said = "gave no answer that can be read: invalid utf-8 sequence of 1 bytes from index 0";
    contained("utf-8", &forge, [said; 2]);
}

#[test]
fn an_answer_of_another_type() {
    // A number: the second case of a value.
    let call = "(i32.store (i32.const 264) (i32.const 1)) (return (i32.const 256))";
    let forge = Forge { call: call.into(), ..Forge::default() };
    contained("type", &forge, ["promised `bool` and answered with something else", ""]);
    // A case that no value has.
    let call = "(i32.store (i32.const 264) (i32.const 99)) (return (i32.const 256))";
    let forge = Forge { call: call.into(), ..Forge::default() };
    let engine = engine(&forge.component());
    let attacked = judge(&engine, "bad");
    assert_eq!(outcomes(&attacked)[0], Outcome::Error);
    beside_each_other("a case that there is not", &engine, [&attacked, &judge(&engine, "good")]);
}

#[test]
fn a_host_kept_busy() {
    let check = "(loop $on (call $read (local.get $given) (i32.const 112) (i32.const 2) (i32.const 64)) (br $on))";
    let forge = Forge { check: check.into(), ..Forge::default() };
    contained("reads", &forge, ["", "used up what it may make the host do, 67108864"]);
    let check = "(loop $on (drop (call $at (local.get $given) (i32.const 112) (i32.const 0))) (br $on))";
    let forge = Forge { check: check.into(), ..Forge::default() };
    contained("handles", &forge, ["", "holds more than 100000 handles"]);
}

#[test]
fn a_handle_that_is_kept() {
    let forge = Forge { check: "(return (i32.const 48))".into(), ..Forge::default() };
    let engine = engine(&forge.component());
    let report = judge(&engine, "bad");
    assert_eq!(outcomes(&report), [Outcome::Pass, Outcome::Error, Outcome::Pass]);
    beside_each_other("a kept handle", &engine, [&report, &judge(&engine, "good")]);
}

#[test]
fn a_hundred_runs_are_one() {
    let host = Host::new(None).unwrap();
    let plugin = host.load(&Forge::default().component(), Limits::DEFAULT).unwrap();
    let engine = engine(&Forge::default().component());
    let mut seen = Vec::new();
    for _ in 0..100 {
        let mut running = plugin.start().unwrap();
        let answer = running.call(0, &[Value::Text(Text::Shared("good".into()))]).unwrap();
        seen.push((answer, running.fuel(), serde_json::to_string(&judge(&engine, "good")).unwrap()));
    }
    assert!(seen.iter().all(|run| run == &seen[0]), "{:?}", seen[0].1);
    assert!(seen[0].1 > 0);
}

fn refusal(bytes: &[u8]) -> LoadError {
    match Host::new(None).unwrap().load(bytes, Limits::DEFAULT) {
        Ok(plugin) => panic!("{:?}", plugin.description()),
        Err(error) => error,
    }
}

#[test]
fn what_is_no_plugin_is_not_loaded() {
    let core = wat::parse_str(Forge::default().text("0.1.0")).unwrap();
    assert_eq!(refusal(&core), LoadError::CoreModule);
    for bytes in [&b""[..], b"abc", b"\x7fELF", b"\0asm\x0d\0\x01\0junk"] {
        assert!(matches!(refusal(bytes), LoadError::NotComponent(_)), "{bytes:?}");
    }
    let most = 32 << 20;
    assert!(matches!(refusal(&vec![0; most]), LoadError::NotComponent(_)));
    assert_eq!(refusal(&vec![0; most + 1]), LoadError::TooLarge(most + 1));

    assert_eq!(refusal(&importing_a_clock()), LoadError::Import("wasi:clocks/wall-clock@0.2.0".into()));
    assert!(matches!(refusal(&stale()), LoadError::OtherVersion(name) if name.ends_with("@0.0.9")));

    let other = "package other:greeting; interface greet { hello: func(); } world w { export greet; }";
    let other = component("(module (func (export \"other:greeting/greet#hello\")))", &[other], "w");
    assert_eq!(refusal(&other), LoadError::NoChecks);

    // The same names with other types: a contract that somebody changed.
    let changed = WIT.replace("call: func(function: u32, ", "call: func(function: u32, extra: u32, ");
    let text = Forge::default().text("0.1.0").replace("(param $count i32)", "(param $count i32) (param i32)");
    assert!(matches!(refusal(&component(&text, &[&changed], "plugin")), LoadError::OtherTypes(_)));
}

#[test]
fn a_description_that_cannot_be_believed() {
    let said = |forge: &Forge| refusal(&forge.component()).to_string();
    let silent = "it could not be asked what it offers: ";
    let describe = |code: &str| Forge { describe: code.into(), ..Forge::default() };
    assert_eq!(said(&describe("(loop $on (br $on)) (i32.const 0)")), format!("{silent}used up its fuel of 200000000"));
    assert_eq!(
        said(&describe("(unreachable)")),
        format!("{silent}trapped: wasm trap: wasm `unreachable` instruction executed")
    );
    assert!(said(&describe("(i32.const 65535)")).starts_with(silent));
    let invalid = "what it says of itself is not valid: ";
    let functions = |functions: Vec<(&'static str, u32)>| Forge { functions, ..Forge::default() };
    assert_eq!(said(&functions(vec![("a-b", 0)])), format!("{invalid}expected a word as name, found `a-b`"));
    assert_eq!(said(&functions(vec![("c", 0)])), format!("{invalid}two functions or checks are called `c`"));
    assert_eq!(said(&functions(vec![("f", 0); 101])), format!("{invalid}expected at most 100 functions, found 101"));
    // A type that there is not.
    assert!(said(&functions(vec![("f", 200)])).starts_with(silent));
    // It promises a date, and answers with a truth: found out at the call.
    let engine = Engine::builder().pack(pack(&functions(vec![("f", 4)]).component()), "").build().unwrap_err();
    assert!(engine.to_string().contains("expected `bool`, found `date`"), "{engine}");
}

#[test]
fn the_manifest_holds_a_plugin_to_its_digest_and_lowers_its_limits() {
    let plugin = Forge::default().component();
    let errors = |change: &dyn Fn(&mut PackFiles)| {
        let mut files = pack(&plugin);
        change(&mut files);
        Engine::builder().pack(files, "").build().unwrap_err().to_string()
    };
    let manifest = |from: &str, to: &str| {
        let text = MANIFEST.replace("SHA256", &hex(&plugin)).replace(from, to);
        move |files: &mut PackFiles| files.insert("pack.toml", text.clone())
    };
    let changed = errors(&|files| files.insert("forged.wasm", [&plugin[..], b"x"].concat()));
    let found = hex(&[&plugin[..], b"x"].concat());
    assert_eq!(changed, format!("pack.toml:12:10: E0509: expected SHA-256 `{}`, found `{found}`", hex(&plugin)));
    let missing = errors(&|files| {
        files.files.shift_remove("forged.wasm");
    });
    assert_eq!(missing, "pack.toml:11:8: E0501: expected a file `forged.wasm` in the pack, found none");
    let more = errors(&manifest("fuel = 30000000", "fuel = 200000001"));
    assert_eq!(more, "pack.toml:14:8: E0505: expected at most 200000000 for `fuel`, found 200000001");
    let core = wat::parse_str(Forge::default().text("0.1.0")).unwrap();
    let text = MANIFEST.replace("SHA256", &hex(&core));
    let module = errors(&|files| {
        files.insert("forged.wasm", core.clone());
        files.insert("pack.toml", text.clone());
    });
    assert_eq!(
        module,
        "pack.toml:11:8: E0511: the plugin `forged` cannot be loaded: expected a component, found a core module"
    );
    // The digest is in the report, and a lower limit is the one that counts.
    let report = judge(&engine(&plugin), "good");
    let named = &report.packs[0].plugins[0];
    assert_eq!((named.name.as_str(), named.digest.as_str()), ("forged", format!("sha256:{}", hex(&plugin)).as_str()));
}
