//! The pages of the codes of packs: the wrong example gives the code, the right one nothing.

use crate::pages::blocks;
use hongxian::pack::{Locators, Modules, PackFiles, load};
use hongxian::source::{FileId, SourceMap};

fn codes_of_manifest(manifest: &str) -> Vec<String> {
    let files: PackFiles = [("pack.toml", manifest), ("sources/guide.txt", "1.1#1\n"), ("plugins/codes.wasm", "abc")]
        .into_iter()
        .collect();
    let found = load(&files, "", Modules::All, &mut SourceMap::new()).err().unwrap_or_default();
    found.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

#[test]
fn manifests() {
    for code in ["E0501", "E0502", "E0503", "E0504", "E0505", "E0506", "E0509"] {
        let (wrong, right) = (blocks(code, "toml wrong"), blocks(code, "toml right"));
        assert_eq!((wrong.len(), right.len()), (1, 1), "{code}");
        assert!(codes_of_manifest(&wrong[0]).contains(&code.to_owned()), "{code} {:?}", codes_of_manifest(&wrong[0]));
        assert!(codes_of_manifest(&right[0]).is_empty(), "{code} {:?}", codes_of_manifest(&right[0]));
    }
}

#[test]
fn locator_tables() {
    let found = Locators::parse(FileId::new(0), &blocks("E0507", "text wrong")[0]).unwrap_err();
    assert!(found.iter().all(|diagnostic| diagnostic.code.as_str() == "E0507"));
    assert!(Locators::parse(FileId::new(0), &blocks("E0507", "text right")[0]).is_ok());
    assert!(blocks("E0508", "toml wrong").is_empty(), "a limit has no example");
}
