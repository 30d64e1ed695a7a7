//! Whole processes: `policy eval` beside `jaq` on the same file, and beside `true`.

use crate::options::Options;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often each is started; the best time counts.
const STARTS: usize = 100;
/// What is judged.
const PRODUCT: &str = "examples/icbc-iot-supply-chain.json";

/// Milliseconds of each process whose program was given.
pub fn processes(options: &Options) -> Vec<(String, f64)> {
    let policy = options.policy.as_deref().map(|policy| (policy, vec!["eval", PRODUCT]));
    let jaq = options.jaq.as_deref().map(|jaq| (jaq, vec![".", PRODUCT]));
    let all = [policy, jaq, Some((Path::new("/bin/true"), Vec::new()))];
    let runs: Vec<(&Path, Vec<&str>)> = all.into_iter().flatten().collect();
    let mut best = vec![f64::INFINITY; runs.len()];
    for _ in 0..STARTS {
        for (best, (program, arguments)) in best.iter_mut().zip(&runs) {
            *best = best.min(millis(program, arguments));
        }
    }
    let shown = |(program, arguments): &(&Path, Vec<&str>)| {
        let name = program.file_name().unwrap_or_default().to_string_lossy();
        std::iter::once(&*name).chain(arguments.iter().copied()).collect::<Vec<_>>().join(" ")
    };
    runs.iter().map(shown).zip(best).collect()
}

fn millis(program: &Path, arguments: &[&str]) -> f64 {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    start.elapsed().as_secs_f64() * 1e3
}
