//! What the first look found wrong, in words.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::input::Input;
use crate::syntax::scan::Fault;
use std::ops::Range;

/// Every fault that the first look found, in order.
pub(in crate::syntax) fn faults(input: &Input<'_>) -> Vec<Diagnostic> {
    input.scan.faults.iter().map(|(fault, range)| diagnostic(input, *fault, range.clone())).collect()
}

fn diagnostic(input: &Input<'_>, fault: Fault, range: Range<usize>) -> Diagnostic {
    let span = input.span(range.start, range.end);
    let words = input.text.get(range).unwrap_or_default();
    let error = |message: String| Diagnostic::error(Code::SYNTAX, span, message);
    match fault {
        Fault::Lookalike(" ") => error("expected an ordinary blank, found one of another width".to_owned())
            .help("write the blank of the space bar, in half width"),
        Fault::Lookalike(ascii) => {
            error(format!("expected `{ascii}`, found the look-alike `{words}`")).help(format!("write `{ascii}`"))
        }
        Fault::CurlyQuotes => {
            let mut inside = words.chars();
            inside.next();
            inside.next_back();
            let help = format!("write `\"{}\"`", inside.as_str());
            error("expected straight quotes round a text, found typographic ones".to_owned()).help(help)
        }
        Fault::OpenString => {
            let help = match words.chars().find(|c| "”“„＂」』".contains(*c)) {
                Some(quote) => format!("close the text with `\"`, not with `{quote}`"),
                None => "close the text with `\"`; within it, a line ends as `\\n` and a quote is `\\\"`".to_owned(),
            };
            error("expected `\"` at the end of this text, found the end of the line".to_owned()).help(help)
        }
        Fault::DocBehind => error("a doc comment stands on a line of its own, above what it describes".to_owned())
            .help(format!("write `//{}` for a comment", words.trim_start_matches('/'))),
        Fault::TooDeep(limit) => {
            Diagnostic::error(Code::SYNTAX_LIMIT, span, format!("brackets stand at most {limit} deep in each other"))
                .help("give parts of it names of their own: `let part = …`")
        }
        Fault::Hidden(c) => error(format!("`{}` cannot be seen and is not allowed as it is", c.escape_unicode()))
            .help(format!("delete it, or write `{}` within quotes", c.escape_unicode())),
        Fault::Stray => error(format!("expected `{words}` only in texts and comments")),
    }
}
