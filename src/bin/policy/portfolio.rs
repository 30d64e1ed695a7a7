//! Many declarations, on several threads, in their order, with memory that does not grow with their number.

use crate::declarations::{Declarations, Unit};
use crate::failure::Failure;
use crate::interrupt;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How many declarations for each thread are in memory at once, at most; as many wait to be taken.
const AHEAD: usize = 8;

/// How many bytes of them begin a new round of work.
const ROUND: usize = 8 << 20;

/// How often an interrupt is looked for while nothing comes in.
const PATIENCE: Duration = Duration::from_millis(100);

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All declarations were taken, or whoever took them stopped.
    Done,
    /// The user stopped it after so many.
    Interrupted(usize),
}

/// Works on each declaration, on as many threads as there are jobs, and hands over what came of it in input order.
pub fn each<T: Send>(
    declarations: Declarations,
    jobs: usize,
    work: impl Fn(Unit) -> Result<T, Failure> + Sync,
    mut take: impl FnMut(T) -> Result<ControlFlow<()>, Failure>,
) -> Result<Ended, Failure> {
    if !declarations.several {
        for unit in declarations {
            if take(work(unit)?)?.is_break() {
                break;
            }
        }
        return Ok(Ended::Done);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Failure::new(format!("cannot start {jobs} threads: {error}")))?;
    let units = read_ahead(declarations, AHEAD * jobs);
    let mut count = 0;
    while let Some(round) = next_round(&units, AHEAD * jobs) {
        let done: Vec<_> = pool.install(|| round.into_par_iter().map(&work).collect());
        for one in done {
            count += 1;
            if take(one?)?.is_break() {
                return Ok(Ended::Done);
            }
        }
    }
    Ok(if interrupt::requested() { Ended::Interrupted(count) } else { Ended::Done })
}

/// Reads on a thread of its own, a little ahead of the work; it ends when nobody takes any more.
fn read_ahead(declarations: Declarations, ahead: usize) -> Receiver<Unit> {
    let (send, receive) = sync_channel(ahead);
    std::thread::spawn(move || {
        for unit in declarations {
            if send.send(unit).is_err() {
                break;
            }
        }
    });
    receive
}

/// The declarations of a round: what is there by now, at least one. `None` at the end, and when the user wants one.
fn next_round(units: &Receiver<Unit>, most: usize) -> Option<Vec<Unit>> {
    let mut round = vec![next(units)?];
    let mut bytes = 0;
    while round.len() < most && bytes < ROUND {
        let Ok(unit) = units.try_recv() else { break };
        bytes += unit.bytes.as_ref().map_or(0, Vec::len);
        round.push(unit);
    }
    Some(round)
}

fn next(units: &Receiver<Unit>) -> Option<Unit> {
    while !interrupt::requested() {
        match units.recv_timeout(PATIENCE) {
            Ok(unit) => return Some(unit),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    None
}
