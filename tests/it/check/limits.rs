//! Every limit of the checker: at it, and one past it.

use super::checked;
use hongxian::check::{MAX_EXPANDED_DEPTH, MAX_EXPANDED_SIZE, MAX_EXPRESSION_DEPTH, MAX_LOOPS};
use hongxian::diagnostic::Code;
use std::fmt::Write;
use std::time::{Duration, Instant};

const HEAD: &str = "module test\nuse model\n";

/// The codes of what is wrong with a module over the built-in model.
fn codes(text: &str) -> Vec<Code> {
    let (checked, _) = checked(&format!("{HEAD}{text}\n"));
    checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).map(|diagnostic| diagnostic.code).collect()
}

/// `n` is accepted, one more is refused with the code.
fn at_and_past(n: usize, code: Code, text: impl Fn(usize) -> String) {
    assert_eq!(codes(&text(n)), [], "at the limit");
    assert_eq!(codes(&text(n + 1)), [code], "one past it");
}

#[test]
fn written_depth() {
    at_and_past(MAX_EXPRESSION_DEPTH, Code::TOO_DEEP, |terms| format!("let total = {}", vec!["1"; terms].join(" + ")));
}

#[test]
fn expanded_depth() {
    // Each `let` adds its `not` and itself; the first is `product.logged`.
    let lets = usize::try_from((MAX_EXPANDED_DEPTH - 2) / 2).unwrap();
    at_and_past(lets, Code::TOO_DEEP, |lets| {
        (1..=lets).fold("let a0 = product.logged\n".to_owned(), |mut text, at| {
            let _ = writeln!(text, "let a{at} = not a{}", at - 1);
            text
        })
    });
}

#[test]
fn expanded_size() {
    // The list and the count are parts too.
    let items = usize::try_from(MAX_EXPANDED_SIZE - 2).unwrap();
    at_and_past(items, Code::TOO_LARGE, |items| format!("let size = count([{}])", vec!["1"; items].join(",")));
}

#[test]
fn expanded_size_through_functions_that_call_twice() {
    let text = (1..=50).fold("fn f0(x: number) = x > 1\n".to_owned(), |mut text, at| {
        let _ = writeln!(text, "fn f{at}(x: number) = f{0}(x) and f{0}(x + 1)", at - 1);
        text
    });
    let rule = "baseline B-1 \"x\" { cites 1#1 addressee product require f50(1) remedy \"x\" }";
    let start = Instant::now();
    assert_eq!(codes(&format!("{text}{rule}")), [Code::TOO_LARGE]);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn loops() {
    let nested = |loops: usize| {
        let wrap = |body: String, at| format!("(product.items[].name any _x{at}: {body})");
        (1..loops).rev().fold("product.logged".to_owned(), wrap)
    };
    // Each quantifier over a projection is one loop: the projection stands beside its body, not round it.
    let most = usize::try_from(MAX_LOOPS).unwrap();
    at_and_past(most, Code::TOO_MANY_LOOPS, |loops| format!("let looped = product.items any _x0: {}", nested(loops)));
}

#[test]
fn loops_through_functions_and_fors() {
    let helper = "fn near(a: Item, b: Item) = a.tags any x: (b.tags any y: x == y)\n";
    let rule = |body: &str| format!("{helper}baseline B-1 \"x\" {{ cites 1#1 addressee product {body} remedy \"x\" }}");
    let two = "for a in product.items { for b in product.items { require near(a, b) } }";
    let four = "for a in product.items { for b in product.items { for _c in product.items { for _d in product.items { require near(a, b) } } } }";
    assert_eq!(codes(&rule(two)), []);
    assert_eq!(codes(&rule(four)), [Code::TOO_MANY_LOOPS]);
}

#[test]
fn regexes() {
    at_and_past(3, Code::BAD_REGEX, |power| {
        format!("let matched = product.id matches /(?s).{{1,{}}}/", 10_usize.pow(u32::try_from(power).unwrap()))
    });
}

#[test]
fn deep_chains_need_no_stack() {
    let lets = (1..5_000).fold("let a0 = product.logged\n".to_owned(), |mut text, at| {
        let _ = writeln!(text, "let a{at} = not a{}", at - 1);
        text
    });
    assert_eq!(codes(&lets), [Code::TOO_DEEP], "only the first one past the limit is named");
    let ring = (0..5_000).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "let a{at} = not a{}", (at + 1) % 5_000);
        text
    });
    assert_eq!(codes(&ring), [Code::DEFINITION_CYCLE]);
}
