//! The times. Contestants take turns within each round, so that a busy moment falls on all of them, and of each the lower
//! quartile of all rounds counts: what others on the machine do adds to most times, and a clock that is set now and then
//! may take from one.

use crate::common;
use crate::contestant::Contestant;
use crate::declarations::{self, File};
use crate::options::Options;
use crate::{allocations, beside, embedded, whole};
use cpu_time::ThreadTime;
use hongxian::engine::Engine;
use hongxian::pack::{Modules, PackFiles};
use std::path::Path;

/// A contestant's good times, in nanoseconds for one declaration.
pub struct Time {
    pub name: String,
    pub of: Option<String>,
    pub cannot: Vec<(u32, String)>,
    pub judge: f64,
    /// None where parsing and evaluating cannot be told apart.
    pub evaluate: Option<f64>,
    /// The middle one of the times to judge, over the good one: how busy the machine was.
    pub spread: f64,
}

/// Times every contestant.
pub fn all(contestants: &mut [Contestant], declarations: &File, options: &Options) -> Vec<Time> {
    contestants.iter_mut().for_each(|contestant| contestant.load(&declarations.path));
    let mut judge = vec![Vec::new(); contestants.len()];
    let mut evaluate = vec![Vec::new(); contestants.len()];
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        for (n, contestant) in contestants.iter_mut().enumerate() {
            judge[n].push(contestant.time(&format!("judge {}", options.millis)));
            if contestant.evaluates_alone {
                evaluate[n].push(contestant.time(&format!("evaluate {}", options.millis)));
            }
        }
    }
    let of = |(contestant, (judge, evaluate)): (&mut Contestant, (Vec<f64>, Vec<f64>))| Time {
        name: contestant.name.clone(),
        of: contestant.of.clone(),
        cannot: contestant.cannot.clone(),
        judge: good(&judge),
        evaluate: (!evaluate.is_empty()).then(|| good(&evaluate)),
        spread: part(&judge, 2) / good(&judge),
    };
    contestants.iter_mut().zip(judge.into_iter().zip(evaluate)).map(of).collect()
}

/// What is asked of this engine alone.
pub struct Others {
    /// Nanoseconds for one further rule: from 30 to 300, and from 300 to 3,000.
    pub further_rule: [f64; 2],
    /// Bytes of one declaration, and nanoseconds for it.
    pub growth: Vec<(f64, f64)>,
    /// Declarations in a second on two threads, over those on one.
    pub threads: f64,
    /// Nanoseconds for a complete declaration: by the plan's pack, and to decode it into typed structs.
    pub plan: Option<(f64, f64)>,
    /// Allocations for a declaration that passes, in a session that has seen others.
    pub allocations: f64,
    /// Nanoseconds to load the plan's pack: from inside the program, and from its files.
    pub load: [f64; 2],
    /// Milliseconds of whole processes, where their programs were given.
    pub processes: Vec<(String, f64)>,
}

/// Takes these times.
pub fn others(folder: &Path, options: &Options) -> Others {
    let plain = declarations::to_time(folder, 1);
    let large = (1..=3).map(|power| declarations::to_time(folder, 3_usize.pow(power)));
    let files: Vec<File> = std::iter::once(declarations::to_time(folder, 1)).chain(large).collect();
    Others {
        further_rule: further_rule(&plain, options),
        growth: growth(&files, options),
        threads: threads(&plain, options),
        plan: plan(options),
        allocations: allocations::steady(),
        load: load(options),
        processes: whole::processes(options),
    }
}

fn ours(arguments: &[&str], declarations: &File) -> Contestant {
    let mut ours = Contestant::start(&beside("ours"), arguments).expect("`ours` was built");
    ours.load(&declarations.path);
    ours
}

/// The good times of several things that take turns.
fn in_turn<const N: usize>(rounds: usize, mut run: impl FnMut(usize) -> f64) -> [f64; N] {
    let mut times: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..rounds {
        times.iter_mut().enumerate().for_each(|(n, times)| times.push(run(n)));
    }
    times.map(|times| good(&times))
}

fn further_rule(declarations: &File, options: &Options) -> [f64; 2] {
    let mut engines = [1, 10, 100].map(|copies| ours(&["--copies", &copies.to_string()], declarations));
    let what = format!("judge {}", options.millis);
    let [few, more, many] = in_turn(options.rounds, |n| engines[n].time(&what));
    [(more - few) / 270.0, (many - more) / 2_700.0]
}

fn growth(files: &[File], options: &Options) -> Vec<(f64, f64)> {
    let mut engines: Vec<Contestant> = files.iter().map(|file| ours(&[], file)).collect();
    let what = format!("judge {}", options.millis);
    let times: [f64; 4] = in_turn(options.rounds, |n| engines[n].time(&what));
    files.iter().zip(times).map(|(file, time)| (file.bytes(), time)).collect()
}

/// The best of many rounds: on a machine that others use, two processors are rarely free at once.
fn threads(declarations: &File, options: &Options) -> f64 {
    let mut engine = ours(&[], declarations);
    let mut best = [f64::INFINITY; 2];
    for _ in 0..options.rounds * 4 {
        for (n, best) in best.iter_mut().enumerate() {
            *best = best.min(engine.time(&format!("judge {} {}", options.millis, n + 1)));
        }
    }
    best[0] / best[1]
}

fn plan(options: &Options) -> Option<(f64, f64)> {
    let path = Path::new("policies/fintech-plan/fixtures/complete.json");
    let mut engines =
        [Contestant::start(&beside("ours"), &["--plan"])?, Contestant::start(&beside("by-hand"), &["--plan"])?];
    engines.iter_mut().for_each(|engine| engine.read(path));
    let [ours, typed] = in_turn(options.rounds, |n| engines[n].time(&format!("judge {}", options.millis)));
    Some((ours, typed))
}

/// From a pack to an engine that can judge, without the modules that hold only tests: the pack inside the program, as
/// `policy eval` loads it, and the texts of its files in memory.
fn load(options: &Options) -> [f64; 2] {
    let texts = common::plan_files();
    let from_texts = |files: PackFiles| -> Engine {
        Engine::builder().pack(files, "").modules(Modules::WithoutTests).build().expect("the plan's pack is valid")
    };
    in_turn(options.rounds, |n| {
        let files = texts.clone();
        let start = ThreadTime::now();
        let engine = if n == 0 { embedded::plan() } else { from_texts(files) };
        let time = start.elapsed().as_secs_f64() * 1e9;
        drop(engine);
        time
    })
}

/// The lower quartile.
fn good(times: &[f64]) -> f64 {
    part(times, 4)
}

/// The time than which one in so many is shorter.
fn part(times: &[f64], of: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / of]
}
