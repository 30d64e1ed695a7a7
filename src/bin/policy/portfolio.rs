//! Many declarations, on several threads, in their order, with memory that does not grow with their number.

use crate::declarations::{Declarations, Unit};
use crate::failure::Failure;
use crate::interrupt;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How many declarations for each thread are worked on in one round, at most; as many wait.
const AHEAD: usize = 64;

/// How many bytes of declarations are in memory at once, unless one alone has more.
const BYTES: usize = 32 << 20;

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

/// Works on each declaration, on as many threads as there are jobs, and hands over what came of it in input order. The work
/// is told on which of the threads it is done; `seen` is called when what was taken may be shown.
pub fn each<T: Send>(
    declarations: Declarations,
    jobs: usize,
    work: impl Fn(usize, Unit) -> Result<T, Failure> + Sync,
    mut take: impl FnMut(T) -> Result<ControlFlow<()>, Failure>,
    mut seen: impl FnMut() -> Result<(), Failure>,
) -> Result<Ended, Failure> {
    if !declarations.several {
        for unit in declarations {
            if take(work(0, unit)?)?.is_break() {
                break;
            }
        }
        return Ok(Ended::Done);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Failure::new(format!("cannot start {jobs} threads: {error}")))?;
    let here = |unit| work(rayon::current_thread_index().unwrap_or(0), unit);
    let queue = Queue::begin(declarations, AHEAD * jobs);
    let mut count = 0;
    while let Some((round, bytes)) = queue.round(AHEAD * jobs) {
        let done: Vec<_> = pool.install(|| round.into_par_iter().map(here).collect());
        queue.done(bytes);
        for one in done {
            count += 1;
            if take(one?)?.is_break() {
                return Ok(Ended::Done);
            }
        }
        seen()?;
    }
    Ok(if interrupt::requested() { Ended::Interrupted(count) } else { Ended::Done })
}

/// Declarations that were read and wait for work.
struct Queue {
    units: Receiver<Unit>,
    room: Arc<Room>,
}

impl Queue {
    /// Reads on a thread of its own, a little ahead of the work; it ends when nobody takes any more.
    fn begin(declarations: Declarations, ahead: usize) -> Self {
        let (send, units) = sync_channel(ahead);
        let room = Arc::new(Room::default());
        let own = Arc::clone(&room);
        std::thread::spawn(move || {
            for unit in declarations {
                if !own.enter(size(&unit)) || send.send(unit).is_err() {
                    break;
                }
            }
        });
        Self { units, room }
    }

    /// The declarations of a round, at least one, and their size: what is there by now. `None` at the end, and when the user
    /// wants one.
    fn round(&self, most: usize) -> Option<(Vec<Unit>, usize)> {
        let mut round = vec![self.next()?];
        round.extend(self.units.try_iter().take(most.saturating_sub(1)));
        let bytes = round.iter().map(size).sum();
        Some((round, bytes))
    }

    /// So many bytes are in memory no more.
    fn done(&self, bytes: usize) {
        self.room.leave(bytes);
    }

    fn next(&self) -> Option<Unit> {
        while !interrupt::requested() {
            match self.units.recv_timeout(PATIENCE) {
                Ok(unit) => return Some(unit),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        None
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.room.close();
    }
}

fn size(unit: &Unit) -> usize {
    unit.bytes.as_ref().map_or(0, Vec::len)
}

/// Room for [`BYTES`] bytes.
#[derive(Default)]
struct Room {
    taken: Mutex<Taken>,
    changed: Condvar,
}

#[derive(Default)]
struct Taken {
    bytes: usize,
    closed: bool,
}

impl Room {
    /// Waits until there is room, or nobody is there any more: then false. What is too large enters alone.
    fn enter(&self, bytes: usize) -> bool {
        let full = |taken: &mut Taken| taken.bytes > 0 && taken.bytes + bytes > BYTES && !taken.closed;
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.changed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        taken.bytes += bytes;
        !taken.closed
    }

    fn leave(&self, bytes: usize) {
        self.change(|taken| taken.bytes -= bytes.min(taken.bytes));
    }

    fn close(&self) {
        self.change(|taken| taken.closed = true);
    }

    fn change(&self, how: impl FnOnce(&mut Taken)) {
        how(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_holds_its_bytes_and_one_that_is_larger_alone() {
        let room = Arc::new(Room::default());
        assert!(room.enter(BYTES + 1), "alone");
        let own = Arc::clone(&room);
        let waiting = std::thread::spawn(move || own.enter(1));
        std::thread::sleep(Duration::from_millis(20));
        assert!(!waiting.is_finished());
        room.leave(BYTES + 1);
        assert!(waiting.join().unwrap());
        assert!(room.enter(BYTES - 1), "at the limit");
        let own = Arc::clone(&room);
        let waiting = std::thread::spawn(move || own.enter(1));
        room.close();
        assert!(!waiting.join().unwrap(), "nobody is there any more");
    }
}
