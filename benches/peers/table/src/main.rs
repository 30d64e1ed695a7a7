//! Every engine over the same thirty rules: first whether they agree, then how long they take, then a table.
//!
//! `benches/peers/run` builds everything and runs this; see there.

#[path = "../../../common/mod.rs"]
mod common;
#[path = "../../../common/embedded.rs"]
mod embedded;

mod aims;
mod allocations;
mod contestant;
mod declarations;
mod markdown;
mod measure;
mod options;
mod structs;
mod verdicts;
mod whole;

use contestant::Contestant;
use options::Options;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A program among those that were built beside this one, and its arguments.
struct Entry(&'static str, &'static [&'static str]);

/// All of them; the first is ours, and the others are compared with it.
const ENTRIES: [Entry; 15] = [
    Entry("ours", &[]),
    Entry("by-hand", &[]),
    Entry("by-hand-sonic", &[]),
    Entry("by-hand-value", &[]),
    Entry("with-datalogic", &[]),
    Entry("with-jsonschema", &[]),
    Entry("with-zen", &[]),
    Entry("with-regorus", &[]),
    Entry("with-regorus", &["--interpreter"]),
    Entry("with-rhai", &[]),
    Entry("with-jaq", &[]),
    Entry("with-cel", &[]),
    Entry("with-cedar", &[]),
    Entry("with-opa", &[]),
    Entry("with-cfn-guard", &[]),
];

fn main() -> ExitCode {
    let options = Options::from(std::env::args().skip(1));
    if let Some(path) = &options.structs {
        structs::write(path);
        return ExitCode::SUCCESS;
    }
    let folder = beside("").join("declarations");
    std::fs::create_dir_all(&folder).expect("the folder of the build can be written to");
    let (mut contestants, absent) = contestants(&options);
    let to_judge = declarations::to_judge(&folder, options.count);
    if let Err(disagreement) = verdicts::compare(&mut contestants, &to_judge) {
        eprintln!("{disagreement}");
        return ExitCode::FAILURE;
    }
    let to_time = declarations::to_time(&folder, 1);
    let times = measure::all(&mut contestants, &to_time, &options);
    drop(contestants);
    let others = measure::others(&folder, &options);
    let page = markdown::page(&times, &others, &absent, &to_time, &options);
    println!("{page}");
    options.write.iter().for_each(|path| markdown::write(path, &page));
    ExitCode::SUCCESS
}

/// Those that were built and asked for, and the names of those that were not built.
fn contestants(options: &Options) -> (Vec<Contestant>, Vec<&'static str>) {
    let (mut running, mut absent) = (Vec::new(), Vec::new());
    for Entry(program, arguments) in ENTRIES.iter().filter(|entry| options.wants(entry.0)) {
        match Contestant::start(&beside(program), arguments) {
            Some(contestant) => running.push(contestant),
            None => absent.push(*program),
        }
    }
    assert!(running.first().is_some_and(|first| first.name == "hongxian"), "`ours` was not built");
    (running, absent)
}

/// A program in the folder of this one.
fn beside(program: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a program knows where it is");
    this.parent().unwrap_or(Path::new("")).join(program)
}
