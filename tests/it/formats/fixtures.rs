//! Declarations that go through every format: what was published of a product, one that is admitted, three that break
//! rules, and one that cannot be read.

use hongxian::engine::{Engine, Input, Options, Refusal};
use hongxian::pack::PackFiles;
use hongxian::render::diagnostics::problems;
use hongxian::render::format::{Format, Item, Run, write};
use hongxian::render::{self, Detail, Lang};
use hongxian::report::contract::{REJECTED, Rejected, RejectedDeclaration, Report};
use hongxian::report::digest_of;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A declaration with what it came to.
pub struct Fixture {
    pub name: &'static str,
    pub text: String,
    pub result: Result<Report, Rejected>,
}

impl Fixture {
    pub fn item(&self) -> Item<'_> {
        match &self.result {
            Ok(report) => Item::Report(report, &self.text),
            Err(rejected) => Item::Rejected(rejected),
        }
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The plan, read once.
pub static PLAN: LazyLock<Engine> = LazyLock::new(|| {
    let pack = pack(&root().join("policies/fintech-plan"));
    Engine::builder().pack(pack, "").build().unwrap_or_else(|invalid| panic!("{invalid}"))
});

/// A pack's files.
pub fn pack(folder: &Path) -> PackFiles {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files(folder).iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// What a text of the project says.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The complete declaration with changes: pointer and new value.
pub fn changed(changes: &[(&str, Value)]) -> String {
    let mut json: Value = serde_json::from_str(&read("policies/fintech-plan/fixtures/complete.json")).unwrap();
    for (pointer, value) in changes {
        *json.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value.clone();
    }
    serde_json::to_string_pretty(&json).unwrap()
}

/// Judges a declaration with the reviews of the complete one.
pub fn judge(engine: &Engine, name: &str, text: &str) -> Result<Report, Rejected> {
    judge_with(engine, name, text, &Options::default())
}

pub fn judge_with(engine: &Engine, name: &str, text: &str, options: &Options<'_>) -> Result<Report, Rejected> {
    let reviews = read("policies/fintech-plan/fixtures/complete.reviews.toml");
    let input = Input { name: "reviews.toml", bytes: reviews.as_bytes() };
    let settlements = engine.settlements(&[], &[input]).unwrap();
    let options = Options { settlements: Some(&settlements), ..*options };
    engine.evaluate(Input { name, bytes: text.as_bytes() }, &options).map_err(|refusal| match refusal {
        Refusal::Invalid(invalid) => Rejected {
            schema: REJECTED,
            declaration: RejectedDeclaration {
                file: name.to_owned(),
                line: None,
                digest: Some(digest_of(text.as_bytes())),
            },
            diagnostics: problems(&invalid.diagnostics, &invalid.sources),
        },
        other => panic!("{other}"),
    })
}

pub static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let texts = [
        ("icbc", read("examples/icbc-iot-supply-chain.json")),
        ("admitted", read("policies/fintech-plan/fixtures/complete.json")),
        ("crosses-red-lines", read("examples/crosses-red-lines.json")),
        ("shares-c3", changed(&[("/data/items/1/sharing_mode", "raw".into())])),
        ("misses-a-baseline", changed(&[("/transaction/confidentiality", false.into())])),
        ("not-valid", r#"{"declaration": {"id": 7}, "colour": "red"}"#.to_owned()),
    ];
    let fixture = |(name, text): (&'static str, String)| {
        let result = judge(&PLAN, &format!("{name}.json"), &text);
        Fixture { name, text, result }
    };
    texts.into_iter().map(fixture).collect()
});

/// A run in one language.
pub fn run(lang: Lang, several: bool) -> Run {
    Run { options: render::Options { lang, detail: Detail::Normal, ..render::Options::default() }, several }
}

/// One declaration in one format.
pub fn shown(format: &Format, lang: Lang, fixture: &Fixture) -> String {
    write(format, run(lang, false), &[fixture.item()])
}
