//! What manifests say about groups and forms, held against the rules, the model and the sources: what leads nowhere would
//! silently show nothing.

use super::notes::{Notes, suggest};
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Family, FieldId, FormPart, PackId, Pick, PickStep, Rule, RuleId, SourceInfo, Type, Views};
use crate::pack::{self, LoadedPack, Placed, Scope, Step};
use crate::source::Span;

/// The views of each pack.
pub(super) fn lower(unit: &Unit<'_>, rules: &[Rule], sources: &[SourceInfo], notes: &mut Notes) -> Vec<Views> {
    let packs = unit.index.packs.iter().enumerate();
    packs.map(|(pack, loaded)| of_pack(unit, (PackId::new(pack), loaded), (rules, sources), notes)).collect()
}

fn of_pack(
    unit: &Unit<'_>,
    (id, pack): (PackId, &LoadedPack),
    (rules, sources): (&[Rule], &[SourceInfo]),
    notes: &mut Notes,
) -> Views {
    let declared = &pack.manifest.views;
    for section in &declared.sections {
        section_is_cited(section, sources.iter().filter(|source| source.pack == id), notes);
    }
    Views {
        sections: declared.sections.iter().map(|it| (it.locator.value.clone(), it.title.clone())).collect(),
        families: declared.families.iter().map(|it| family(it, rules, notes)).collect(),
        form: declared.form.iter().map(|part| form_part(unit, part, notes)).collect(),
        institution: declared.institution.as_ref().and_then(|scope| institution(unit, scope, notes)),
    }
}

fn section_is_cited<'s>(section: &pack::Section, mut sources: impl Iterator<Item = &'s SourceInfo>, notes: &mut Notes) {
    let key = &section.locator.value;
    if !sources.any(|source| source.locators.keys().any(|locator| begins(locator, key))) {
        let message = format!("no locator of this pack's sources begins with `{key}`");
        notes.report(Diagnostic::error(Code::BAD_VALUE, section.locator.span, message));
    }
}

/// Whether a locator is the section's or below it: `3.4` has `3.4.3#2`, and not `3.40`.
fn begins(locator: &str, section: &str) -> bool {
    locator.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#', '-', '/']))
}

fn family(declared: &pack::Family, rules: &[Rule], notes: &mut Notes) -> Family {
    for glob in &declared.rules {
        if !rules.iter().any(|rule| glob.value.matches(&rule.id)) {
            let message = format!("no loaded pack has a rule `{}`", glob.value);
            notes.report(Diagnostic::error(Code::NO_SUCH_RULE, glob.span, message));
        }
    }
    let fits = |rule: &Rule| declared.rules.iter().any(|glob| glob.value.matches(&rule.id));
    let own = rules.iter().enumerate().filter(|(_, rule)| fits(rule)).map(|(at, _)| RuleId::new(at));
    Family { title: declared.title.clone(), rules: own.collect() }
}

fn form_part(unit: &Unit<'_>, part: &pack::FormPart, notes: &mut Notes) -> FormPart {
    let fields = part.fields.iter().filter_map(|scope| pick(unit, scope, notes));
    FormPart { title: part.title.clone(), fields: fields.map(|(pick, _)| pick).collect() }
}

fn institution(unit: &Unit<'_>, scope: &Placed<Scope>, notes: &mut Notes) -> Option<Pick> {
    let (pick, ty) = pick(unit, scope, notes)?;
    if !matches!(ty, Type::Text | Type::Name) {
        let message = format!("expected a text for `institution`, found `{}`", unit.show(&ty));
        return notes.error(Code::BAD_VALUE, scope.span, message);
    }
    Some(pick)
}

/// The fields that a scope names, and the type of the last one.
fn pick(unit: &Unit<'_>, scope: &Placed<Scope>, notes: &mut Notes) -> Option<(Pick, Type)> {
    let mut ty = Type::Record(unit.root?);
    let mut steps: Vec<PickStep> = Vec::new();
    for step in &scope.value.steps {
        match step {
            Step::Field(name) => {
                let (id, next) = field(unit, &ty, name, scope.span, notes)?;
                ty = next;
                steps.push(PickStep { field: id, only: None });
            }
            Step::Element { field: name, value } => {
                if !matches!(ty, Type::List(_)) {
                    let message = format!("expected a list before `[{name}={value}]`, found `{}`", unit.show(&ty));
                    return notes.error(Code::BAD_VALUE, scope.span, message);
                }
                let (id, _) = field(unit, &ty, name, scope.span, notes)?;
                if let Some(last) = steps.last_mut() {
                    last.only = Some((id, value.clone()));
                }
            }
        }
    }
    Some((Pick { steps }, ty))
}

/// A field of a record, or of the records of a list.
fn field(unit: &Unit<'_>, ty: &Type, name: &str, at: Span, notes: &mut Notes) -> Option<(FieldId, Type)> {
    let inner = match ty {
        Type::List(element) => element.as_ref(),
        other => other,
    };
    let Type::Record(id) = inner else {
        let message = format!("expected a record before `{name}`, found `{}`", unit.show(ty));
        return notes.error(Code::BAD_VALUE, at, message);
    };
    let record = unit.record(*id)?;
    let Some(field) = record.field_id(name) else {
        let message = format!("`{}` has no field `{name}`", record.name);
        let diagnostic = Diagnostic::error(Code::NO_SUCH_FIELD, at, message);
        return notes.refuse(suggest(diagnostic, name, record.fields.keys().map(String::as_str)));
    };
    Some((field, record.field(field)?.ty.clone()))
}
