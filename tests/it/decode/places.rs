//! Where cells stand: offsets and pointers, also of what is absent, also in text that is not ASCII.

use super::model::{COMPLETE, decode, layout, places};
use hongxian::compile::layout::TableId;
use hongxian::decode::declaration::{Cell, Content, List, Place};
use hongxian::source::{Position, position};

#[test]
fn every_pointer_leads_to_the_value_at_the_offset() {
    let declaration = decode(COMPLETE).unwrap();
    let json: serde_json::Value = serde_json::from_str(COMPLETE).unwrap();
    let layout = layout();
    let mut given = 0;
    for (place, _) in places(&declaration, &layout) {
        let pointer = declaration.pointer(&layout, place);
        let cell = declaration.cell(&layout, place);
        let Some(value) = json.pointer(&pointer) else {
            assert_eq!(cell.at, Cell::NOWHERE, "{pointer}");
            continue;
        };
        given += 1;
        let rest = &COMPLETE[cell.at as usize..];
        let found = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>().next().unwrap().unwrap();
        assert_eq!(&found, value, "{pointer}");
        assert_eq!(declaration.offset(&layout, place), cell.at);
    }
    assert!(given > 40, "{given}");
}

#[test]
fn absent_fields_are_at_their_nearest_present_parent() {
    let text = "\u{feff}{ \"id\": \"A-1\", \"title\": \"一二\", \"store\":\n{\"items\": [{\"name\": \"甲\"},\n  {\"name\": \"乙\", \"owners\": [null]}] }}";
    let declaration = decode(text).unwrap();
    let layout = layout();
    let found = |wanted: &str| {
        let (place, _) = places(&declaration, &layout)
            .into_iter()
            .find(|(place, _)| declaration.pointer(&layout, *place) == wanted)
            .unwrap_or_else(|| panic!("{wanted}"));
        let Position { line, column } = position(text, declaration.offset(&layout, place) as usize);
        (line, column)
    };
    assert_eq!(found(""), (1, 1), "a byte-order mark does not count");
    assert_eq!(found("/title"), (1, 25));
    assert_eq!(found("/as_of"), (1, 1));
    assert_eq!(found("/evidence"), (1, 1));
    assert_eq!(found("/store"), (2, 1));
    assert_eq!(found("/store/protection"), (2, 1));
    assert_eq!(found("/store/protection/digest"), (2, 1));
    assert_eq!(found("/store/items/0/level"), (2, 12));
    assert_eq!(found("/store/items/0/owners"), (2, 12));
    assert_eq!(found("/store/items/1/name"), (3, 12));
    assert_eq!(found("/store/items/1/owners/0"), (3, 28));
    assert_eq!(found("/store/items/1/owners/0/name"), (3, 28));
}

#[test]
fn what_is_declared() {
    let declaration = decode(COMPLETE).unwrap();
    let layout = layout();
    let declared = |wanted: &str| {
        let all = places(&declaration, &layout);
        let (place, _) = all.into_iter().find(|(place, _)| declaration.pointer(&layout, *place) == wanted).unwrap();
        match declaration.cell(&layout, place).content {
            Content::Record => declaration.record_is_declared(&layout, place),
            Content::List(list) => declaration.list_is_declared(&layout, place, list),
            _ => false,
        }
    };
    for (pointer, expected) in [
        ("", true),
        ("/store", true),
        ("/store/protection", true),
        ("/store/items/0/owners/0", true),
        ("/store/items/1/owners/0", false),
        ("/store/items/1/owners", true),
        ("/store/items/0/owners/0/roles", true),
    ] {
        assert_eq!(declared(pointer), expected, "{pointer}");
    }
    let blank = decode(r#"{"id": "A-1", "tags": [null, " "], "store": {"protection": {}, "items": []}}"#).unwrap();
    let all = places(&blank, &layout);
    let (store, _) = all.iter().find(|(place, _)| blank.pointer(&layout, *place) == "/store").unwrap();
    assert!(!blank.record_is_declared(&layout, *store));
    let (tags, _) = all.iter().find(|(place, _)| blank.pointer(&layout, *place) == "/tags").unwrap();
    assert!(!blank.list_is_declared(&layout, *tags, List::Elements { first: 0, len: 2 }));
    assert!(blank.list_is_declared(&layout, *tags, List::Empty));
    assert!(blank.record_is_declared(&layout, Place::ROOT));
    let nowhere = Place { table: TableId::new(99), row: 7, column: 3 };
    assert_eq!(blank.cell(&layout, nowhere), Cell::ABSENT);
}
