//! The service categories of a declaration: the field of the model that takes them.

use crate::failure::Failure;
use hongxian::diagnostic::nearest;
use hongxian::ir::{Enum, Model, RecordId, Type};
use serde_json::Value;

/// The pointer of the field that takes categories, with these in it.
pub fn preset(model: &Model, categories: &[String]) -> Result<(String, Value), Failure> {
    let (pointer, members, is_list) =
        find(model, model.root, "").ok_or_else(|| Failure::new("the model has no field `category`"))?;
    let known: Vec<&str> = members.members.iter().map(|member| member.spelling.as_str()).collect();
    if let Some(wrong) = categories.iter().find(|category| !known.contains(&category.as_str())) {
        let failure = Failure::new(format!("there is no category `{wrong}`"));
        return Err(match nearest(wrong, known.iter().copied()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(format!("categories: {}", known.join(", "))),
        });
    }
    match (is_list, categories) {
        (false, [one]) => Ok((pointer, Value::from(one.as_str()))),
        (false, _) => Err(Failure::new(format!("`{pointer}` takes one category"))),
        (true, _) => Ok((pointer, Value::from(categories.to_vec()))),
    }
}

/// The first field called `category` or `categories` that takes members of an enum, not below a list.
fn find<'m>(model: &'m Model, record: RecordId, path: &str) -> Option<(String, &'m Enum, bool)> {
    let fields = &model.record(record)?.fields;
    let own = fields.iter().filter(|(name, _)| matches!(name.as_str(), "category" | "categories"));
    let own = own.filter_map(|(name, field)| {
        let (ty, is_list) = match &field.ty {
            Type::List(element) => (element.as_ref(), true),
            scalar => (scalar, false),
        };
        let Type::Enum(id) = ty else { return None };
        Some((format!("{path}/{name}"), model.enumeration(*id)?, is_list))
    });
    let mut below = fields.iter().filter_map(|(name, field)| {
        let Type::Record(inner) = field.ty else { return None };
        find(model, inner, &format!("{path}/{name}"))
    });
    own.into_iter().next().or_else(|| below.next())
}
