//! Rules over a generated model, as the text of a module.

use super::expression::{Local, Place, Writer};
use super::model::Model;
use super::tape::Tape;
use std::fmt::Write;

/// Writes a module with one to three rules.
pub fn rules(tape: &mut Tape, model: &Model) -> String {
    let force = tape.pick(&["", "", "", "effective from 2020-05-01\n", "effective until 2020-04-30\n"]);
    let mut text = format!("module rules\n{force}use model\n\n");
    text += "param limit: number = 2 from project\n";
    text += "param wanted: list of Kind = [person, five_g] from project\n";
    text += "param rank_of: table Level -> number = { low: 1, mid: 2, _: 3 } from project\n";
    text += "fn above_limit(n: number) = n > limit\n";
    let mut writer = Writer { tape, model, place: Place::Condition, locals: Vec::new(), named: 0, names: false };
    let usual = writer.boolean(1);
    writeln!(text, "let usual = {usual}").unwrap();
    let chosen = writer.under(Local::Record(super::model::ITEM), |writer, name| {
        format!("product.items where {name}: ({})", writer.boolean(1))
    });
    writeln!(text, "let chosen_items = {chosen}").unwrap();
    writer.named = 10;
    writer.locals.push(("item".to_owned(), Local::Record(super::model::ITEM)));
    writeln!(text, "fn sound(item: Item) = {}", writer.boolean(1)).unwrap();
    writer.locals.clear();
    text += "fn holds(kinds: list of Kind, kind: Kind) = (kind in kinds) and (kinds covers wanted)\n";
    writer.names = true;
    for number in 0..=writer.tape.below(3) {
        text += "\n";
        text += &rule(&mut writer, number);
    }
    text
}

fn rule(writer: &mut Writer<'_>, number: usize) -> String {
    let kind = writer.tape.pick(&["red_line", "baseline", "guidance"]);
    let (claim, condition) = match kind {
        "guidance" => (Place::Guidance, Place::Guidance),
        _ => (Place::Claim, Place::Condition),
    };
    let mut text = format!("{kind} R-{number} \"rule {number}\" {{\n    cites     1#1\n    addressee product\n");
    if writer.tape.chance(20) {
        let stages = writer.tape.pick(&["trial", "plan, live", "from trial", "from plan"]);
        writeln!(text, "    stage     {stages}").unwrap();
    }
    if writer.tape.chance(10) {
        let dates = writer.tape.pick(&["from 2020-05-01", "until 2020-04-30", "from 2019-01-01 until 2020-05-01"]);
        writeln!(text, "    effective {dates}").unwrap();
    }
    writer.place = condition;
    if writer.tape.chance(30) {
        writeln!(text, "    when      {}", writer.boolean(1)).unwrap();
    }
    for _ in 0..=writer.tape.below(3) {
        text += &item(writer, (claim, condition), 2);
    }
    writer.place = condition;
    if writer.tape.chance(20) {
        let when = if writer.tape.chance(60) { format!("when {} ", writer.boolean(1)) } else { String::new() };
        writeln!(text, "    review    {when}\"somebody looks at it\"").unwrap();
    }
    text += "    remedy    \"declare it\"\n}\n";
    text
}

/// A requirement, or a `for` with requirements in it.
fn item(writer: &mut Writer<'_>, places: (Place, Place), depth: usize) -> String {
    let (claim, condition) = places;
    writer.place = condition;
    if depth > 0
        && writer.tape.chance(35)
        && let Some((list, of)) = writer.head()
    {
        return writer.under(of, |writer, name| {
            let filter = if writer.tape.chance(50) { format!(" where {}", writer.boolean(1)) } else { String::new() };
            let body: Vec<_> = (0..=writer.tape.below(2)).map(|_| item(writer, places, depth - 1)).collect();
            format!("    for {name} in {list}{filter} {{\n{}    }}\n", body.concat())
        });
    }
    writer.place = claim;
    let claimed = not_all_alone(writer.boolean(3));
    let message = if writer.tape.chance(30) { " else \"it is {product.phase}\"" } else { "" };
    format!("    require {claimed}{message}\n")
}

/// `all` directly under `require` is an error: `for` says it better.
fn not_all_alone(claim: String) -> String {
    if claim.starts_with('(') && claim.contains(" all ") {
        format!("({claim}) or (product.phase == live)")
    } else {
        claim
    }
}
