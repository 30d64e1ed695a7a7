//! The digest of a pack: over what it is made of, and nothing else.

use hongxian::pack::{Modules, PackFiles, load};
use hongxian::source::SourceMap;

const MANIFEST: &str = r#"
name = "p"
version = "1"
language = "2026"
title = { en = "p" }
root = "R"
[[source]]
name = "s"
title = { en = "s" }
locators = "s.txt"
"#;

fn digest(files: &[(&str, &str)]) -> String {
    let files: PackFiles = files.iter().copied().collect();
    load(&files, "", Modules::All, &mut SourceMap::new()).unwrap().digest
}

#[test]
fn it_covers_manifest_modules_and_tables() {
    let base = [("pack.toml", MANIFEST), ("s.txt", "1\n"), ("a.policy", "module a")];
    let first = digest(&base);
    assert_eq!(first.len(), "sha256:".len() + 64);
    let mut other_order = base;
    other_order.reverse();
    assert_eq!(digest(&other_order), first, "the order of the files is of no matter");
    let mut with_fixture = base.to_vec();
    with_fixture.push(("fixtures/x.json", "{}"));
    assert_eq!(digest(&with_fixture), first, "other files do not count");
    for (at, changed) in [(0, format!("{MANIFEST}\n")), (1, "2\n".to_owned()), (2, "module b".to_owned())] {
        let mut files = base;
        files[at].1 = &changed;
        assert_ne!(digest(&files), first, "{at}");
    }
    let mut renamed = base;
    renamed[2].0 = "b.policy";
    assert_ne!(digest(&renamed), first, "a name counts");
}
