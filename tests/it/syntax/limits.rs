//! Every limit, at it and one past it, on a small stack.

use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::source::FileId;
use hongxian::syntax::{Limits, ast, parse, print};
use std::time::{Duration, Instant};

const LIMITS: Limits = Limits::DEFAULT;

/// Parses on a stack of 2 MB, as threads have it by default, prints the tree there, reads it again and drops it.
fn outcome(text: String) -> Result<usize, Vec<Code>> {
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let work = move || {
        let parsed: Result<ast::File, Vec<Diagnostic>> = parse(FileId::new(0), &text);
        let printed = parsed.inspect(|file| {
            let printed = print(file);
            let again = parse(FileId::new(0), &printed).unwrap();
            assert_eq!(print(&again), printed);
        });
        printed.map(|file| file.items.len()).map_err(|faults| faults.iter().map(|fault| fault.code).collect())
    };
    small.spawn(work).unwrap().join().unwrap()
}

fn module(item: &str) -> String {
    format!("module m\n{item}\n")
}

fn at_and_past(limit: usize, text: impl Fn(usize) -> String) {
    let start = Instant::now();
    assert_eq!(outcome(module(&text(limit))), Ok(1), "at the limit: {}", text(2));
    assert_eq!(outcome(module(&text(limit + 1))), Err(vec![Code::SYNTAX_LIMIT]), "one past: {}", text(2));
    assert_eq!(outcome(module(&text(limit * 100))), Err(vec![Code::SYNTAX_LIMIT]), "far past: {}", text(2));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?} for {}", start.elapsed(), text(2));
}

#[test]
fn bytes() {
    let text = |length: usize| format!("module m\n//{}\n", "x".repeat(length - 12));
    assert_eq!(outcome(text(LIMITS.bytes)), Ok(0));
    assert_eq!(outcome(text(LIMITS.bytes + 1)), Err(vec![Code::SYNTAX_LIMIT]));
}

#[test]
fn nesting() {
    at_and_past(LIMITS.nesting, |n| format!("let x = {}y{}", "(".repeat(n), ")".repeat(n)));
    at_and_past(LIMITS.nesting, |n| format!("let x = {}y{}", "[".repeat(n), "]".repeat(n)));
    at_and_past(LIMITS.nesting, |n| format!("let x = {}y{}", "f(".repeat(n), ")".repeat(n)));
    at_and_past(LIMITS.nesting, |n| {
        let (pairs, one) = (n / 2, n % 2);
        let (open, close) = ("not (a any b: -(".repeat(pairs), "))".repeat(pairs));
        format!("let x = {}{open}y{close}{}", "(".repeat(one), ")".repeat(one))
    });
    at_and_past(LIMITS.nesting - 2, |n| {
        format!("test \"t\" {{ given \"f\" with {{ a: {}1{} }} }}", "[".repeat(n), "]".repeat(n))
    });
    at_and_past(LIMITS.nesting - 1, |n| {
        format!("guidance R \"t\" {{ {}require a{} }}", "for x in y { ".repeat(n), " }".repeat(n))
    });
}

#[test]
fn depth() {
    at_and_past(LIMITS.depth, |n| format!("let x = {}y", "not ".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = y{}", ".z".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = y{}", " + z".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = y{}", " * z".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = y{}", " ?? z".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = {}y", "a any b: ".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("let x = {}y", "a where b: ".repeat(n)));
    at_and_past(LIMITS.depth, |n| format!("fn f(x: {}text) = x", "list of ".repeat(n - 1)));
    at_and_past(LIMITS.depth, |n| format!("fn f(x: {}text) = x", "table A -> ".repeat(n - 1)));
}

#[test]
fn what_does_not_nest_is_not_limited() {
    let many = 5_000;
    assert_eq!(outcome(module(&format!("let x = a{}", " and b".repeat(many)))), Ok(1));
    assert_eq!(outcome(module(&format!("let x = [{}]", "1, ".repeat(many)))), Ok(1));
    assert_eq!(outcome(module(&"let x = y\n".repeat(many))), Ok(many));
}

#[test]
fn mistakes() {
    let text = |n: usize| "let x =\n".repeat(n);
    assert_eq!(outcome(module(&text(LIMITS.mistakes))), Err(vec![Code::SYNTAX; LIMITS.mistakes]));
    let past = outcome(module(&text(LIMITS.mistakes + 1))).unwrap_err();
    assert_eq!((past.len(), past.last()), (LIMITS.mistakes + 1, Some(&Code::SYNTAX_LIMIT)));
}

/// A parser that looks twice at everything would take minutes for these.
#[test]
fn strange_texts_take_no_longer_than_others() {
    let start = Instant::now();
    for piece in
        ["\"", "“”", "“", "{x} ", "let x ", "let x\n", "redline\n", "a and b or ", "/ ", "\u{202e}", "x\\", "\n"]
    {
        let many = piece.repeat(30_000 / piece.len());
        for text in [format!("let x = {many}"), format!("guidance R \"{many}\" {{ remedy \"{many}\" }}")] {
            drop(outcome(module(&text)));
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn in_messages_too() {
    let text = |n| {
        let (open, close) = ("(".repeat(n), ")".repeat(n));
        let fors = "for x in y { ".repeat(LIMITS.nesting - 1);
        let ends = " }".repeat(LIMITS.nesting - 1);
        format!("guidance R \"t\" {{ {fors}require a else \"{{{open}b{close}}}\"{ends} }}")
    };
    at_and_past(LIMITS.nesting, text);
}
