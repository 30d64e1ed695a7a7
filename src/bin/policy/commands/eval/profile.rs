//! Where the time of a run goes: decoding, each rule, reports, writing. It stands beside the run: each declaration is judged
//! once more for it, and what the run says is not touched.

use crate::commands::timing::{place, time};
use hongxian::engine::{Done, Engine, Input, Options, Session};
use hongxian::ir::RuleId;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many rules are shown.
const MOST: usize = 20;
/// How often the clock is read to find what reading it costs.
const READINGS: usize = 1_000;

/// What took how long, over all threads.
#[derive(Default)]
struct Spent {
    declarations: u32,
    bytes: usize,
    decode: Duration,
    /// None where a rule was not asked.
    rules: Vec<Option<Duration>>,
    reports: Duration,
    reported: u32,
}

impl Spent {
    fn new(engine: &Engine) -> Self {
        Self { rules: vec![None; engine.program().policy.rules.len()], ..Self::default() }
    }

    fn add_rule(&mut self, rule: usize, took: Duration) {
        if let Some(sum) = self.rules.get_mut(rule) {
            *sum = Some(sum.unwrap_or_default() + took);
        }
    }
}

/// A profile that is being taken.
pub struct Profile<'e> {
    engine: &'e Engine,
    /// What one reading of the clock takes.
    reading: Duration,
    /// What each thread spent.
    spent: Vec<Mutex<(Session<'e>, Spent)>>,
}

impl<'e> Profile<'e> {
    /// Begins one on so many threads.
    pub fn new(engine: &'e Engine, threads: usize) -> Self {
        let spent = || (engine.session(), Spent::new(engine));
        let spent = (0..threads.max(1)).map(|_| Mutex::new(spent())).collect();
        Self { engine, reading: reading(), spent }
    }

    /// Times a declaration's verdict. One that is not valid is not counted: the run says what is wrong with it.
    pub fn verdict(&self, thread: usize, input: Input<'_>, options: &Options<'_>) {
        let Some(own) = self.spent.get(thread) else { return };
        let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
        let (session, spent) = &mut *own;
        let options = Options { settlements: None, ..*options };
        let (mut decode, mut rules) = (Duration::ZERO, Vec::with_capacity(spent.rules.len()));
        let mut last = Instant::now();
        let watch = |done| {
            let now = Instant::now();
            let took = (now - last).saturating_sub(self.reading);
            match done {
                Done::Decoded => decode = took,
                Done::Rule(rule) => rules.push((rule, took)),
            }
            last = Instant::now();
        };
        if session.watched(input, &options, watch).is_err() {
            return;
        }
        spent.declarations += 1;
        spent.bytes += input.bytes.len();
        spent.decode += decode;
        for (rule, took) in rules {
            spent.add_rule(rule.index(), took);
        }
    }

    /// Times the making of a report.
    pub fn report<T>(&self, thread: usize, work: impl FnOnce() -> T) -> T {
        let before = Instant::now();
        let made = work();
        let took = before.elapsed();
        if let Some(own) = self.spent.get(thread) {
            let (_, spent) = &mut *own.lock().unwrap_or_else(PoisonError::into_inner);
            spent.reports += took;
            spent.reported += 1;
        }
        made
    }

    /// What took how long, slowest rules first.
    pub fn shown(&self) -> String {
        let spent = self.sum();
        let mut rules: Vec<(usize, Duration)> =
            spent.rules.iter().enumerate().filter_map(|(rule, took)| Some((rule, (*took)?))).collect();
        let evaluate: Duration = rules.iter().map(|(_, took)| *took).sum();
        let judging = spent.decode + evaluate;
        let mut text = format!(
            "Profile of {} declarations, {} bytes, {} rules; times of all threads together\n\n",
            spent.declarations,
            spent.bytes,
            rules.len()
        );
        let parts = [("decode", spent.decode), ("evaluate", evaluate)];
        for (what, took) in parts {
            let _ = writeln!(text, "  {what:10} {:>12}  {:>6}", time(took.as_nanos()), share(took, judging));
        }
        if spent.reported > 0 {
            let (took, made) = (time(spent.reports.as_nanos()), spent.reported);
            let _ = writeln!(
                text,
                "  {:10} {took:>12}          of {made}, decoded and judged again with reasons",
                "reports"
            );
        }
        text += "\nRules, slowest first; share of evaluate\n";
        rules.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
        for (rule, took) in rules.into_iter().take(MOST) {
            let (id, at) = place(self.engine, RuleId::new(rule));
            let _ = writeln!(text, "  {id:10} {:>12}  {:>6}  {at}", time(took.as_nanos()), share(took, evaluate));
        }
        text
    }

    fn sum(&self) -> Spent {
        let mut all = Spent::new(self.engine);
        for own in &self.spent {
            let (_, own) = &*own.lock().unwrap_or_else(PoisonError::into_inner);
            all.declarations += own.declarations;
            all.bytes += own.bytes;
            all.decode += own.decode;
            all.reports += own.reports;
            all.reported += own.reported;
            for (rule, took) in own.rules.iter().enumerate() {
                if let Some(took) = took {
                    all.add_rule(rule, *took);
                }
            }
        }
        all
    }
}

/// What one reading of the clock takes: the shortest of many.
fn reading() -> Duration {
    let readings = (0..READINGS).map(|_| Instant::now().elapsed());
    readings.min().unwrap_or_default()
}

/// `12.3 %`
fn share(part: Duration, of: Duration) -> String {
    let thousandths = (part.as_nanos() * 1_000).checked_div(of.as_nanos()).unwrap_or(0);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
