//! What a rule reads, through `let`s, functions, filters and references.

use hongxian::engine::Engine;
use hongxian::pack::PackFiles;

const MANIFEST: &str = r#"
name = "reads"
version = "1.0.0"
language = "2026"
title = { en = "Reads", zh = "读取" }
root = "Product"

[[source]]
name = "guide"
title = { en = "Guide", zh = "指引" }
locators = "guide.txt"
"#;

const MODULE: &str = r#"
module m

enum Kind { small < large }  zh "类"

record Paper {
    id: text
    issuer: text
    issued_on: date
    valid_until: date null means open
    self_issued: bool
}

record Item {
    name: name
    kind: Kind
    level: number whole 1..5
    paper: ref papers
}

record Product {
    id: text required
    items: list of Item
    papers: list of Paper key id
    used: bool
}

declaration { id product.id }

param important: number = 3 from project

let large_items = product.items where item: item.kind == large

fn is_important(item: Item) = item.level >= important

baseline R1 "Large items are papered" zh "大项有据" {
    cites 1#1
    addressee product
    when product.used
    for item in large_items where is_important(item) {
        require item.paper is proven
            else "{item.name} has no paper" zh "{item.name}无据"
        require item.paper.issuer != "nobody"
            else "nobody" zh "无人"
    }
    remedy "Paper them." zh "补充依据。"
}
"#;

#[test]
fn a_rule_reads_through_names() {
    let files: PackFiles =
        [("pack.toml", MANIFEST), ("m.policy", MODULE), ("guide.txt", "1#1\n")].into_iter().collect();
    let engine = Engine::builder().pack(files, "").build().unwrap_or_else(|invalid| panic!("{invalid}"));
    let policy = &engine.program().policy;
    let reads = policy.reads(&policy.rules[0]);
    let expected = [
        "product.used",
        "product.items[].kind",
        "product.items[].level",
        "product.items[].paper",
        "product.papers[].issuer",
    ];
    assert_eq!(reads.fields.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let names: Vec<_> = reads.params.iter().map(|id| policy.params[id.index()].name.as_str()).collect();
    assert_eq!(names, ["important"]);
}
