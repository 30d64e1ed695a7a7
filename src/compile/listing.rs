//! The program as text: one node a line, operands by number. Snapshots show it; nothing reads it back.

use super::program::{Message, Node, NodeId, Piece, Program, Read, RecordAt, Requirement};
use crate::value::Value;
use std::fmt;

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}", self.index())
    }
}

/// Several operands, separated by blanks.
struct Operands<'a>(&'a [NodeId]);

impl fmt::Display for Operands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, node) in self.0.iter().enumerate() {
            write!(f, "{}{node}", if index == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl fmt::Display for RecordAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.base, self.offset)
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.record, self.offset)?;
        if let Some(condition) = self.condition {
            write!(f, " when r{}", condition.index())?;
        }
        match self.proof.as_deref() {
            Some((offset, _)) => write!(f, " proof {}+{offset}", self.record),
            None => Ok(()),
        }
    }
}

fn constant(value: &Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => format!("{:?}", text.as_str()),
        Value::Member(member) => format!("#{}", member.index()),
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(value) => write!(f, "const {}", constant(value)),
            Self::List(items) => write!(f, "list {}", Operands(items)),
            Self::Root => write!(f, "root"),
            Self::AsOf => write!(f, "as_of"),
            Self::Local(local) => write!(f, "local {}", local.index()),
            Self::Record(at) => write!(f, "record {at}"),
            Self::Scalar(read) => write!(f, "scalar {read}"),
            Self::Rows(read) => write!(f, "rows {read}"),
            Self::Conditional(read) => write!(f, "conditional {read}"),
            Self::Follow(reference, _) => write!(f, "follow {reference}"),
            Self::Lookup(rows, key) => write!(f, "lookup {key} of {}", Operands(rows)),
            Self::Map { list, binder, body, flatten } => {
                write!(f, "map{} {list} local {}: {body}", if *flatten { " joined" } else { "" }, binder.index())
            }
            Self::Filter { list, binder, predicate } => {
                write!(f, "filter {list} local {}: {predicate}", binder.index())
            }
            Self::Quantify { quantifier, list, binder, body } => {
                write!(f, "{quantifier:?} {list} local {}: {body}", binder.index())
            }
            Self::Aggregate(aggregate, list) => write!(f, "{aggregate:?} {list}"),
            Self::Length(text) => write!(f, "length {text}"),
            Self::Not(inner) => write!(f, "not {inner}"),
            Self::Junction(connective, operands) => write!(f, "{connective:?} {}", Operands(operands)),
            Self::Implies(a, b) => write!(f, "implies {a} {b}"),
            Self::Compare(op, a, b) => write!(f, "{op:?} {a} {b}"),
            Self::Arithmetic(op, a, b) => write!(f, "{op:?} {a} {b}"),
            Self::Shift { date, by, calendar, back } => {
                let unit = if *calendar { "months" } else { "minutes" };
                write!(f, "shift {date} {} {by} {unit}", if *back { "back" } else { "on" })
            }
            Self::DaysBetween(a, b) => write!(f, "days {a} {b}"),
            Self::Negate(inner) => write!(f, "negate {inner}"),
            Self::In(element, list) => write!(f, "in {element} {list}"),
            Self::Covers(list, set) => write!(f, "covers {list} {set}"),
            Self::Matches(text, pattern) => write!(f, "matches {text} pattern {pattern}"),
            Self::StartsWith(text, prefix) => write!(f, "starts_with {text} {prefix}"),
            Self::Contains(text, part) => write!(f, "contains {text} {part}"),
            Self::Within { date, from, until } => write!(f, "within {date} {from} {until}"),
            Self::Declared(of, silence) => write!(f, "declared {of} else {silence:?}"),
            Self::Proven { reference, independently, .. } => {
                write!(f, "proven {reference}{}", if *independently { " independently" } else { "" })
            }
            Self::Empty(list) => write!(f, "empty {list}"),
            Self::IsNull(of) => write!(f, "null {of}"),
            Self::Coalesce(path, default) => write!(f, "coalesce {path} {default}"),
            Self::Call(routine, arguments) => write!(f, "call r{} {}", routine.index(), Operands(arguments)),
            Self::Native(function, arguments) => write!(f, "native {function} {}", Operands(arguments)),
        }
    }
}

fn message(message: &Message) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(node) => format!("{{{node}}}"),
    };
    message.en.iter().map(piece).collect()
}

fn requirement(f: &mut fmt::Formatter<'_>, item: &Requirement, indent: usize) -> fmt::Result {
    match item {
        Requirement::Require { condition, message: said, .. } => {
            write!(f, "{:indent$}require {condition}", "")?;
            match said {
                Some(said) => writeln!(f, " else {:?}", message(said)),
                None => writeln!(f),
            }
        }
        Requirement::Check(check) => {
            let options: Vec<NodeId> = check.options.iter().map(|(_, option)| *option).collect();
            write!(f, "{:indent$}check {}.{} of {}", "", check.library, check.check, check.subject)?;
            if !options.is_empty() {
                write!(f, " with {}", Operands(&options))?;
            }
            writeln!(f)
        }
        Requirement::For { binder, list, filter, body } => {
            write!(f, "{:indent$}for local {} in {list}", "", binder.index())?;
            if let Some(filter) = filter {
                write!(f, " where {filter}")?;
            }
            writeln!(f)?;
            body.iter().try_for_each(|item| requirement(f, item, indent + 2))
        }
    }
}

/// Nodes, routines, rules.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, node) in self.nodes.iter().enumerate() {
            writeln!(f, "{} = {node}", NodeId::new(index))?;
        }
        for (index, routine) in self.routines.iter().enumerate() {
            writeln!(f, "r{index} {}/{} = {}", routine.name, routine.locals, routine.body)?;
        }
        for code in &self.rules {
            let id = self.policy.rules.get(code.rule.index()).map_or("", |rule| rule.id.as_str());
            writeln!(f, "{:?} {id}/{}", code.kind, code.locals)?;
            if let Some((when, _)) = code.when {
                writeln!(f, "  when {when}")?;
            }
            code.body.iter().try_for_each(|item| requirement(f, item, 2))?;
            if let Some(review) = &code.review {
                let when = review.condition.map_or_else(String::new, |condition| format!(" when {condition}"));
                writeln!(f, "  review{when} {:?}", message(&review.message))?;
            }
        }
        Ok(())
    }
}
