//! What each pack of the project says of each declaration in it, held against the pack's own snapshots: the same files
//! that `policy test --snapshots` reads and writes.

use super::{packs, policies, shipped};
use hongxian::testing::snapshot::{orphans, reviewed, snapshots};

#[test]
fn packs_say_of_their_declarations_what_was_reviewed() {
    for name in packs() {
        let engine = shipped(&[&name]);
        let pack = engine.packs().iter().find(|pack| pack.manifest.name.value == name).unwrap();
        let snapshots = snapshots(&engine, pack);
        assert_eq!(orphans(pack, &snapshots), Vec::<String>::new(), "{name}");
        for snapshot in &snapshots {
            let file = snapshot.path.trim_start_matches("snapshots/").trim_end_matches(".snap").to_owned();
            insta::with_settings!({
                snapshot_path => policies().join(&name).join("snapshots"),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(file, snapshot.contents);
            });
            let text = std::fs::read_to_string(policies().join(&name).join(&snapshot.path)).unwrap();
            assert_eq!(reviewed(&text), snapshot.contents, "{name}: {}", snapshot.path);
        }
    }
}

#[test]
fn a_snapshot_reads_as_it_was_written() {
    let engine = shipped(&["fintech-plan"]);
    for snapshot in snapshots(&engine, &engine.packs()[0]) {
        assert_eq!(reviewed(&snapshot.text()), snapshot.contents);
        assert_eq!(reviewed(&snapshot.text().replace('\n', "\r\n")), snapshot.contents);
    }
}
