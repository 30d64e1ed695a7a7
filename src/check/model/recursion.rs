//! Records do not contain themselves: declarations are of bounded depth, and so is all that is said about them.

use super::records::contained;
use crate::check::graph;
use crate::check::notes::Notes;
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Field, Record};

pub(super) fn refuse(unit: &Unit<'_>, notes: &mut Notes) {
    let inside = |record: &Record| {
        record.fields.values().filter_map(|field| contained(&field.ty)).map(crate::ir::RecordId::index).collect()
    };
    let edges: Vec<Vec<usize>> = unit.records.iter().map(inside).collect();
    for circle in graph::walk(&edges).circles {
        let steps: Vec<(&Record, &Field)> = circle
            .iter()
            .zip(circle.iter().cycle().skip(1))
            .filter_map(|(from, to)| {
                let record = unit.records.get(*from)?;
                let leads = |field: &&Field| contained(&field.ty).is_some_and(|inner| inner.index() == *to);
                Some((record, record.fields.values().find(leads)?))
            })
            .collect();
        let Some(((record, field), rest)) = steps.split_first() else { continue };
        let message = format!("`{}` contains itself", record.name);
        let diagnostic = Diagnostic::error(Code::RECURSIVE_RECORD, field.span, message);
        let diagnostic =
            rest.iter().fold(diagnostic, |d, (record, field)| d.also(field.span, format!("through `{}`", record.name)));
        notes
            .report(diagnostic.help("keep the records in one keyed list, and let them point at each other with `ref`"));
    }
}
