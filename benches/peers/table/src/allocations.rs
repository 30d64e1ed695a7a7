//! How often judging asks for memory, once a session has what it needs.

use crate::common;
use hongxian::engine::{Engine, Input, Options, Session};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

/// The system's allocator, which counts what it is asked for.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;
static ASKED: AtomicU64 = AtomicU64::new(0);

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }
}

/// Allocations for one of a hundred declarations that pass, when as many were judged before.
pub fn steady() -> f64 {
    let engine = common::engine(1);
    let texts = passing(&engine);
    let mut session = engine.session();
    texts.iter().for_each(|text| _ = passes(&mut session, text));
    let before = ASKED.load(Ordering::Relaxed);
    texts.iter().for_each(|text| assert!(passes(&mut session, text), "it passed before"));
    (ASKED.load(Ordering::Relaxed) - before) as f64 / texts.len() as f64
}

fn passing(engine: &Engine) -> Vec<String> {
    let mut session = engine.session();
    let all = (0..).map(|seed| common::declaration(seed, 1));
    all.filter(|text| passes(&mut session, text)).take(100).collect()
}

fn passes(session: &mut Session<'_>, text: &str) -> bool {
    let input = Input { name: "declaration", bytes: text.as_bytes() };
    !session.verdict(input, &Options::default()).expect("the declaration is valid").is_open()
}
