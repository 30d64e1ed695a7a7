//! The examples of `docs/language.md`: every policy block is read and checked, every JSON block that says what it gives
//! is judged, every line of a block of expressions has the truth that its comment says.

use super::blocks::{Block, blocks};
use crate::reference::{World, cases, judge};
use hongxian::engine::{Engine, Input, Invalid, Options, Refusal};
use hongxian::pack::PackFiles;
use hongxian::report::contract::{Outcome, Report};
use hongxian::source::SourceMap;
use hongxian::syntax::{self, ast};
use hongxian::testing::{self, Ended};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

/// The documentation's folder.
fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn reference() -> Vec<Block> {
    blocks(&fs::read_to_string(docs().join("language.md")).unwrap())
}

/// A file of the example's pack.
fn example(name: &str) -> String {
    fs::read_to_string(docs().join("examples").join(name)).unwrap()
}

/// The module that a policy block stands for. A fragment stands in a module that uses the example's model; a block of
/// expressions becomes one baseline for each line, whose outcome shows the truth.
fn module(block: &Block) -> String {
    if block.says("truth") {
        let rules = block.text.lines().enumerate().map(|(index, line)| {
            // Compared with `true`, so that `all` stands in front of nothing; presence can only be required.
            let expression = truth(line).0;
            let plain = [" is declared", " is proven"].iter().any(|test| expression.contains(test));
            let required = if plain { expression.to_owned() } else { format!("({expression}) == true") };
            format!("baseline L-{index} \"line {index}\" {{ cites 1.1#1 addressee product require {required} remedy \"none\" }}\n")
        });
        return format!("module example\nuse model\n{}", rules.collect::<String>());
    }
    if block.says("fragment") { format!("module example\nuse model\n{}", block.text) } else { block.text.clone() }
}

/// `expression // truth`
fn truth(line: &str) -> (&str, &str) {
    let (expression, truth) = line.rsplit_once("//").unwrap_or_else(|| panic!("no truth behind `{line}`"));
    (expression.trim(), truth.trim())
}

/// The base declaration with a JSON block merged over it: objects into each other, everything else in place of what
/// was there.
fn declaration(block: Option<&Block>) -> Json {
    let mut base: Json = serde_json::from_str(&example("product.json")).unwrap();
    if let Some(block) = block {
        let given = serde_json::from_str(&block.text).unwrap_or_else(|error| panic!("line {}: {error}", block.line));
        merge(&mut base, given);
    }
    base
}

fn merge(base: &mut Json, over: Json) {
    match (base, over) {
        (Json::Object(base), Json::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Json::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

/// What the reference says of a declaration's rules: ids with outcomes.
fn judged(module: &str, declaration: &Json) -> Vec<(String, &'static str)> {
    let files: Vec<ast::File> =
        cases::parse(&[("model.policy", example("model.policy")), ("example.policy", module.to_owned())]);
    let as_of = declaration["as_of"].as_str().unwrap().parse().unwrap();
    let world = World { files: &files, root: "Product", extensions: &[], declaration, as_of, stage: None };
    judge(&world).rules.into_iter().map(|rule| (rule.id, cases::outcome(rule.outcome))).collect()
}

/// An example that is judged: a module, a declaration, and the outcome that some rules must have.
struct Judged {
    line: usize,
    module: String,
    declaration: Json,
    /// The waiver or review before it, where the JSON follows on one.
    settlement: Option<Block>,
    outcomes: Vec<(String, String)>,
}

/// Every example that is judged. A JSON block that gives something is judged by the last policy fragment before it that
/// has the rule, or by the example's own rules, and with the waiver or review that it follows on; a block of expressions
/// is judged over the last JSON block before it.
fn examples() -> Vec<Judged> {
    let blocks = reference();
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let before = &blocks[..index];
        if let Some([rule, outcome]) = block.after("gives") {
            let mut policies = before.iter().filter(|other| other.language() == "policy" && other.says("fragment"));
            let named = policies.rfind(|other| other.text.contains(&format!(" {rule} \"")));
            let settlement = before.last().filter(|other| other.language() == "toml").cloned();
            found.push(Judged {
                line: block.line,
                module: named.map_or_else(|| "module example\n".to_owned(), module),
                declaration: declaration(Some(block)),
                settlement,
                outcomes: vec![(rule.clone(), outcome.clone())],
            });
        }
        if block.says("truth") {
            let given = before.iter().rfind(|other| other.language() == "json" && other.section == block.section);
            let truths = block.text.lines().enumerate().map(|(index, line)| {
                let outcome = match truth(line).1 {
                    "true" => "pass",
                    "false" => "fail",
                    "unknown" => "unknown",
                    other => panic!("line {}: `{other}` is no truth", block.line + index),
                };
                (format!("L-{index}"), outcome.to_owned())
            });
            let (module, declaration, outcomes) = (module(block), declaration(given), truths.collect());
            found.push(Judged { line: block.line, module, declaration, settlement: None, outcomes });
        }
    }
    found
}

/// The files of a folder, by their path in it.
fn folder(path: &Path, prefix: &str, into: &mut PackFiles) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            folder(&path, &format!("{name}/"), into);
        } else {
            into.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// The example's pack with a further module.
fn engine(module: &str) -> Result<Engine, Invalid> {
    let mut files = PackFiles::new();
    folder(&docs().join("examples"), "", &mut files);
    files.insert("example.policy", module.as_bytes());
    Engine::builder().pack(files, "").build()
}

/// The example's pack with an overlay over it: the manifest and the module that stand in the reference.
fn overlay(module: &str) -> Result<Engine, Invalid> {
    let manifest = reference().into_iter().find(|block| block.language() == "toml" && block.text.contains("extends"));
    let (mut base, mut over) = (PackFiles::new(), PackFiles::new());
    folder(&docs().join("examples"), "", &mut base);
    over.insert("pack.toml", manifest.unwrap().text);
    over.insert("overlay.policy", module.as_bytes());
    Engine::builder().pack(base, "example/").pack(over, "our-bank/").build()
}

/// Judges an example. A waiver or review gets the digest of the facts that its rule read.
fn evaluate(engine: &Engine, input: Input<'_>, example: &Judged) -> Result<Report, Refusal> {
    let report = engine.evaluate(input, &Options::default())?;
    let Some(settlement) = &example.settlement else { return Ok(report) };
    let rule = report.rules.iter().find(|rule| rule.id == example.outcomes[0].0).unwrap();
    let text = settlement.text.replace("sha256:…", &rule.facts);
    let settled = [Input { name: "settled.toml", bytes: text.as_bytes() }];
    let (waivers, reviews) =
        if text.contains("[[waiver]]") { (&settled[..], &[][..]) } else { (&[][..], &settled[..]) };
    let settlements = engine.settlements(waivers, reviews).map_err(Refusal::Invalid)?;
    engine.evaluate(input, &Options { settlements: Some(&settlements), ..Options::default() })
}

fn spelt(outcome: Outcome) -> String {
    serde_json::to_value(outcome).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_policy_block_is_checked() {
    let mut wrong = Vec::new();
    for block in reference().iter().filter(|block| block.language() == "policy" && !block.says("excerpt")) {
        let text = module(block);
        let built = if block.says("overlay") { overlay(&text) } else { engine(&text) };
        match (block.after("wrong"), built) {
            (None, Ok(_)) => {}
            (None, Err(invalid)) => wrong.push(format!("line {}:\n{invalid}", block.line)),
            (Some([code, ..]), Err(invalid)) => {
                if !invalid.diagnostics.iter().any(|diagnostic| diagnostic.code.as_str() == code) {
                    wrong.push(format!("line {}: expected {code}:\n{invalid}", block.line));
                }
            }
            (Some(_), _) => wrong.push(format!("line {}: nothing is wrong with it", block.line)),
        }
    }
    assert!(wrong.is_empty(), "docs/language.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_engine_agrees_with_every_example() {
    let mut wrong = Vec::new();
    for example in examples() {
        let engine = match engine(&example.module) {
            Ok(engine) => engine,
            Err(invalid) => {
                wrong.push(format!("line {}:\n{invalid}", example.line));
                continue;
            }
        };
        let bytes = example.declaration.to_string();
        let input = Input { name: "product.json", bytes: bytes.as_bytes() };
        let report = match evaluate(&engine, input, &example) {
            Ok(report) => report,
            Err(refusal) => {
                wrong.push(format!("line {}: {refusal}", example.line));
                continue;
            }
        };
        for (id, expected) in &example.outcomes {
            let rule = report.rules.iter().find(|rule| rule.id == *id);
            let found = rule.map_or_else(|| "no such rule".to_owned(), |rule| spelt(rule.outcome));
            if found != *expected {
                wrong.push(format!("line {}: {id}: expected {expected}, found {found}", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/language.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_tests_of_the_examples_pass() {
    let with_tests =
        reference().into_iter().filter(|block| block.language() == "policy" && block.text.contains("test \""));
    for block in with_tests {
        let engine = engine(&module(&block)).unwrap_or_else(|invalid| panic!("line {}:\n{invalid}", block.line));
        for case in testing::cases(&engine) {
            assert_eq!(testing::run(&engine, &case), Ended::Passed, "line {}: {}", block.line, case.name());
        }
    }
}

#[test]
fn excerpts_stand_in_the_example() {
    for block in reference().iter().filter(|block| block.says("excerpt")) {
        assert!(example("model.policy").contains(&block.text), "line {}: not in the example's model", block.line);
    }
}

#[test]
fn every_policy_block_is_read() {
    let mut wrong = Vec::new();
    for block in reference().iter().filter(|block| block.language() == "policy" && !block.says("excerpt")) {
        let mut sources = SourceMap::new();
        let text = module(block);
        let file = sources.add(format!("docs/language.md:{}", block.line), text.clone());
        let found = syntax::parse(file, &text).err().unwrap_or_default();
        if !block.says("wrong") {
            wrong.extend(found.iter().map(|diagnostic| format!("line {}: {}", block.line, diagnostic.message)));
        }
    }
    assert!(wrong.is_empty(), "docs/language.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_reference_evaluator_agrees_with_every_example() {
    let mut wrong = Vec::new();
    let examples = examples();
    assert!(examples.len() > 20, "only {} examples were found", examples.len());
    for example in examples.iter().filter(|example| example.settlement.is_none()) {
        let found = judged(&example.module, &example.declaration);
        for (rule, expected) in &example.outcomes {
            let outcome = found.iter().find(|(id, _)| id == rule).map_or("no such rule", |(_, outcome)| outcome);
            if outcome != expected {
                wrong.push(format!("line {}: {rule}: expected {expected}, found {outcome}", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/language.md:\n{}", wrong.join("\n"));
}
