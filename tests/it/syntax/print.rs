//! The formatter.

use hongxian::source::FileId;
use hongxian::syntax::{ast, parse, print};

fn read(text: &str) -> ast::File {
    parse(FileId::new(0), text).unwrap_or_else(|faults| panic!("{text}\n{}", super::plain::plain(text, &faults)))
}

#[test]
fn files_print_as_they_are_formatted() {
    for path in std::env::var("PRINT").unwrap_or_default().split_whitespace() {
        let text = std::fs::read_to_string(path).unwrap();
        let out = print(&read(&text));
        std::fs::write("/tmp/out1.policy", &out).unwrap();
        std::fs::write("/tmp/out2.policy", print(&read(&out))).unwrap();
        println!("{path}: {}", print(&read(&out)) == out);
    }
}
