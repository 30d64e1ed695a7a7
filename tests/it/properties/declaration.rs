//! Declarations of a generated model: with missing, `null`, blank and extreme values, and still valid.

use super::model::{ENUMS, EVIDENCE, Emptiness, Field, Kind, Model, PRODUCT, Ty};
use super::tape::Tape;
use serde_json::{Map, Value as Json};

/// Dates round the day of evaluation, month ends, and both ends of the calendar.
pub const DATES: [&str; 10] = [
    "2020-05-01",
    "2019-05-01",
    "2020-04-30",
    "2020-05-02",
    "2020-02-29",
    "2020-03-31",
    "2020-01-31",
    "2018-12-31",
    "0001-01-01",
    "9999-12-31",
];

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "2",
    "3",
    "0.1",
    "0.2",
    "-1",
    "12.5",
    "1e34",
    "-9999999999999999999999999999999999e34",
    "1e-34",
    "9007199254740993",
];

const WHOLE: [&str; 7] = ["0", "1", "2", "3", "5", "-1", "1e33"];

const TEXTS: [&str; 8] = ["a", "ab", "", " ", "数据", " a ", "Ａ  b", "x\"\\\n"];

/// Makes a declaration as JSON; fields that are void may still be given.
pub fn declaration(tape: &mut Tape, model: &Model) -> Json {
    record(tape, model, PRODUCT)
}

fn record(tape: &mut Tape, model: &Model, of: usize) -> Json {
    let mut fields = Map::new();
    for field in &model.records[of].fields {
        let said = match tape.below(12) {
            10 => Some(Json::Null),
            11 => None,
            _ => Some(value(tape, model, field)),
        };
        fields.extend(said.map(|said| (field.name.clone(), said)));
    }
    states_one_thing(&mut fields, &model.records[of].fields);
    Json::Object(fields)
}

/// "The statement beside items is an input error": where both are given, the items stay.
fn states_one_thing(given: &mut Map<String, Json>, fields: &[Field]) {
    for field in fields {
        let Emptiness::NoneWhen(flag) = &field.emptiness else { continue };
        let items = given.get(&field.name).and_then(Json::as_array).is_some_and(|items| !items.is_empty());
        if items && given.get(flag) == Some(&Json::Bool(true)) {
            given.insert(flag.clone(), Json::Bool(false));
        }
    }
}

fn value(tape: &mut Tape, model: &Model, field: &Field) -> Json {
    if field.null_word.is_some() && tape.chance(25) {
        return Json::Null;
    }
    match field.ty {
        Ty::Record(of) => record(tape, model, of),
        Ty::Records(of) => {
            list(
                tape,
                |tape, index| {
                    if of == EVIDENCE { evidence(tape, model, index) } else { record(tape, model, of) }
                },
            )
        }
        Ty::Scalars(kind) => list(tape, |tape, _| scalar(tape, kind.ty())),
        ty => scalar(tape, ty),
    }
}

/// Evidence: its ids are told apart, now and then one is not given. Every other one is good.
fn evidence(tape: &mut Tape, model: &Model, index: usize) -> Json {
    let id = Json::String(format!("e{index}"));
    if tape.chance(50) {
        let own = tape.chance(30);
        return serde_json::json!({
            "id": id, "issuer": "a", "issued_on": "2020-04-30", "valid_until": null, "self_issued": own
        });
    }
    let mut said = record(tape, model, EVIDENCE);
    if said.get("id").is_some() {
        said["id"] = id;
    }
    said
}

fn list(tape: &mut Tape, mut element: impl FnMut(&mut Tape, usize) -> Json) -> Json {
    let length = tape.choose(&[1, 2, 0, 3]);
    let element = |index| match tape.below(10) {
        9 => Json::Null,
        _ => element(tape, index),
    };
    Json::Array((0..length).map(element).collect())
}

fn number(text: &str) -> Json {
    serde_json::from_str(text).expect("a number")
}

fn scalar(tape: &mut Tape, ty: Ty) -> Json {
    let text = |text: &str| Json::String(text.to_owned());
    match ty {
        Ty::Bool => Json::Bool(tape.below(2) == 0),
        Ty::Number => number(tape.pick(&NUMBERS)),
        Ty::Whole => number(tape.pick(&WHOLE)),
        Ty::Ratio => number(tape.pick(&["0.5", "0", "0.005", "1", "0.125"])),
        Ty::Percent => number(tape.pick(&["50", "0", "0.5", "100", "12.5"])),
        Ty::Money => text(tape.pick(&["10.00", "0.00", "0.01", "99.99", "100000000000000000000.00"])),
        Ty::Date => text(tape.pick(&DATES)),
        Ty::Exact("days") => number(tape.pick(&["30", "0", "1", "3", "365", "4000000"])),
        Ty::Exact(_) => number(tape.pick(&["90", "0", "1", "1.5", "4320"])),
        Ty::Calendar(_) => number(tape.pick(&["1", "0", "2", "12", "24", "120000"])),
        Ty::Text | Ty::Name => text(tape.pick(&TEXTS)),
        Ty::Prose => match tape.below(3) {
            0 => text(tape.pick(&TEXTS)),
            1 => serde_json::json!({"en": tape.pick(&TEXTS)}),
            _ => serde_json::json!({"en": tape.pick(&TEXTS), "zh": tape.pick(&TEXTS)}),
        },
        Ty::Enum(of) => text(tape.choose(ENUMS[of].members).1),
        Ty::Ref => text(tape.pick(&["e0", "e0", "e0", "e1", "e1", "nowhere", " "])),
        Ty::Record(_) | Ty::Scalars(_) | Ty::Records(_) => unreachable!("no scalar"),
    }
}

/// Whether a list of this kind can be summed.
pub fn sums(kind: Kind) -> bool {
    matches!(kind, Kind::Number | Kind::Money)
}
