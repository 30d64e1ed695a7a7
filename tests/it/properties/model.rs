//! Small models: three enums, evidence, a record, an item, a product with lists, conditions, stated emptiness and
//! `null`s with a meaning.

use super::tape::Tape;
use std::fmt::{self, Display, Write};

/// A type of the generated models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ty {
    Bool,
    Number,
    Whole,
    Ratio,
    Percent,
    Money,
    Date,
    /// An exact duration in this unit.
    Exact(&'static str),
    /// A calendar duration in this unit.
    Calendar(&'static str),
    Text,
    Name,
    Prose,
    /// An enum, by its index in [`ENUMS`].
    Enum(usize),
    /// A reference to evidence.
    Ref,
    /// A record, by its index in [`Model::records`].
    Record(usize),
    /// A list of scalars.
    Scalars(Kind),
    /// A list of records.
    Records(usize),
}

/// What compares with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Number,
    Ratio,
    Money,
    Date,
    Exact,
    Calendar,
    Text,
    Name,
    Enum(usize),
}

/// An enum: its name, whether it is ordered, its members and their spelling in JSON.
pub struct EnumDef {
    pub name: &'static str,
    pub ordered: bool,
    pub members: &'static [(&'static str, &'static str)],
}

pub const LEVEL: usize = 0;
pub const KIND: usize = 1;

/// The enums of every model.
pub const ENUMS: [EnumDef; 3] = [
    EnumDef { name: "Level", ordered: true, members: &[("low", "low"), ("mid", "mid"), ("high", "high")] },
    EnumDef {
        name: "Kind",
        ordered: false,
        members: &[("person", "person"), ("company", "company"), ("five_g", "5g")],
    },
    EnumDef { name: "Phase", ordered: true, members: &[("plan", "plan"), ("trial", "trial"), ("live", "live")] },
];

/// When an empty list is known to be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Emptiness {
    Unknown,
    MayBe,
    /// Where this boolean beside it says so.
    NoneWhen(String),
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub ty: Ty,
    pub condition: Option<String>,
    pub null_word: Option<&'static str>,
    pub emptiness: Emptiness,
    pub key: bool,
}

/// A record.
#[derive(Debug, Clone)]
pub struct Record {
    pub name: &'static str,
    pub fields: Vec<Field>,
}

/// A model.
#[derive(Debug, Clone)]
pub struct Model {
    pub records: Vec<Record>,
}

pub const EVIDENCE: usize = 0;
pub const INNER: usize = 1;
pub const ITEM: usize = 2;
pub const PRODUCT: usize = 3;

impl Ty {
    /// What it compares with, where it is a scalar.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Bool => Some(Kind::Bool),
            Self::Number | Self::Whole => Some(Kind::Number),
            Self::Ratio | Self::Percent => Some(Kind::Ratio),
            Self::Money => Some(Kind::Money),
            Self::Date => Some(Kind::Date),
            Self::Exact(_) => Some(Kind::Exact),
            Self::Calendar(_) => Some(Kind::Calendar),
            Self::Text => Some(Kind::Text),
            Self::Name => Some(Kind::Name),
            Self::Enum(of) => Some(Kind::Enum(of)),
            Self::Prose | Self::Ref | Self::Record(_) | Self::Scalars(_) | Self::Records(_) => None,
        }
    }
}

impl Kind {
    /// The type of a field or list element of this kind.
    pub fn ty(self) -> Ty {
        match self {
            Self::Bool => Ty::Bool,
            Self::Number => Ty::Number,
            Self::Ratio => Ty::Ratio,
            Self::Money => Ty::Money,
            Self::Date => Ty::Date,
            Self::Exact => Ty::Exact("days"),
            Self::Calendar => Ty::Calendar("months"),
            Self::Text => Ty::Text,
            Self::Name => Ty::Name,
            Self::Enum(of) => Ty::Enum(of),
        }
    }
}

const RECORDS: [&str; 4] = ["Evidence", "Inner", "Item", "Product"];

impl Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::Whole => f.write_str("number whole"),
            Self::Ratio => f.write_str("ratio"),
            Self::Percent => f.write_str("ratio in percent"),
            Self::Money => f.write_str("money in CNY"),
            Self::Date => f.write_str("date"),
            Self::Exact(unit) | Self::Calendar(unit) => write!(f, "duration in {unit}"),
            Self::Text => f.write_str("text"),
            Self::Name => f.write_str("name"),
            Self::Prose => f.write_str("prose"),
            Self::Enum(of) => f.write_str(ENUMS[*of].name),
            Self::Ref => f.write_str("ref evidence"),
            Self::Record(of) => f.write_str(RECORDS[*of]),
            Self::Scalars(of) => write!(f, "list of {}", of.ty()),
            Self::Records(of) => write!(f, "list of {}", RECORDS[*of]),
        }
    }
}

/// Makes a model.
pub fn model(tape: &mut Tape) -> Model {
    let mut maker = Maker { tape, fields: Vec::new(), product: Vec::new() };
    let scalars = maker.tape.below(5) + 3;
    maker.scalars(scalars);
    maker.field("phase", Ty::Enum(2));
    // What stands above may be asked for from everywhere; what comes now may ask, but is not asked.
    let product = std::mem::take(&mut maker.fields);
    maker.product.clone_from(&product);
    let evidence = maker.evidence();
    let inner = maker.inner();
    let item = maker.item();
    maker.fields = product;
    maker.collections();
    let product = std::mem::take(&mut maker.fields);
    let fields = [evidence, inner, item, product];
    Model { records: RECORDS.into_iter().zip(fields).map(|(name, fields)| Record { name, fields }).collect() }
}

struct Maker<'t> {
    tape: &'t mut Tape,
    fields: Vec<Field>,
    /// The fields of the product that conditions of other records may ask for.
    product: Vec<Field>,
}

impl Maker<'_> {
    fn field(&mut self, name: impl Into<String>, ty: Ty) -> &mut Field {
        let (name, emptiness) = (name.into(), Emptiness::Unknown);
        self.fields.push(Field { name, ty, condition: None, null_word: None, emptiness, key: false });
        self.fields.last_mut().expect("just pushed")
    }

    /// Scalar fields with conditions and words for `null`.
    fn scalars(&mut self, count: usize) {
        for _ in 0..count {
            let (stem, ty) = self.tape.choose(&[
                ("flag", Ty::Bool),
                ("number", Ty::Number),
                ("level", Ty::Enum(LEVEL)),
                ("day", Ty::Date),
                ("kind", Ty::Enum(KIND)),
                ("数", Ty::Whole),
                ("title", Ty::Name),
                ("fee", Ty::Money),
                ("wait", Ty::Exact("minutes")),
                ("pause", Ty::Exact("hours")),
                ("keep", Ty::Exact("days")),
                ("term", Ty::Calendar("months")),
                ("life", Ty::Calendar("years")),
                ("share", Ty::Ratio),
                ("percent", Ty::Percent),
                ("note", Ty::Text),
                ("story", Ty::Prose),
            ]);
            let condition = if self.tape.chance(25) { self.condition() } else { None };
            let nullable =
                !matches!(ty, Ty::Bool | Ty::Prose) && self.tape.chance(if ty == Ty::Date { 50 } else { 15 });
            let name = format!("{stem}{}", self.fields.len());
            let field = self.field(name, ty);
            field.condition = condition;
            field.null_word = nullable.then_some("open");
        }
    }

    /// A condition on fields that stand before: siblings by bare name, the product's by path.
    fn condition(&mut self) -> Option<String> {
        let siblings = self.fields.iter().map(|field| (field.name.clone(), field.ty));
        let product = self.product.iter().map(|field| (format!("product.{}", field.name), field.ty));
        let tests: Vec<_> = siblings.chain(product).filter_map(|(path, ty)| test_of(&path, ty)).collect();
        if tests.is_empty() {
            return None;
        }
        let one = self.tape.choose(&tests);
        let other = self.tape.choose(&tests);
        Some(match self.tape.below(6) {
            0..=2 => one,
            3 => format!("not ({one})"),
            4 => format!("({one}) and ({other})"),
            _ => format!("({one}) or ({other})"),
        })
    }

    fn evidence(&mut self) -> Vec<Field> {
        self.field("id", Ty::Text);
        self.field("issuer", Ty::Name);
        self.field("issued_on", Ty::Date);
        self.field("valid_until", Ty::Date).null_word = Some("unlimited");
        self.field("self_issued", Ty::Bool);
        std::mem::take(&mut self.fields)
    }

    fn inner(&mut self) -> Vec<Field> {
        let scalars = self.tape.below(4) + 1;
        self.scalars(scalars);
        if self.tape.chance(30) {
            self.list("marks", Ty::Scalars(Kind::Enum(KIND)));
        }
        std::mem::take(&mut self.fields)
    }

    fn item(&mut self) -> Vec<Field> {
        let scalars = self.tape.below(4) + 2;
        self.scalars(scalars);
        if self.tape.chance(40) {
            self.list("tags", Ty::Scalars(Kind::Enum(KIND)));
        }
        if self.tape.chance(40) {
            self.field("proof_ref", Ty::Ref);
        }
        if self.tape.chance(30) {
            let condition = self.condition();
            self.field("part", Ty::Record(INNER)).condition = condition;
        }
        std::mem::take(&mut self.fields)
    }

    fn collections(&mut self) {
        self.list("items", Ty::Records(ITEM));
        let condition = if self.tape.chance(40) { self.condition() } else { None };
        self.field("inner", Ty::Record(INNER)).condition = condition;
        let kind = self.tape.choose(&[Kind::Number, Kind::Name, Kind::Date, Kind::Money, Kind::Enum(LEVEL)]);
        self.list("values", Ty::Scalars(kind));
        self.list("tags", Ty::Scalars(Kind::Enum(KIND)));
        let condition = if self.tape.chance(20) { self.condition() } else { None };
        self.field("proof_ref", Ty::Ref).condition = condition;
        self.list("evidence", Ty::Records(EVIDENCE));
        // A list that references lead into is never conditional here: the engine follows them whatever its condition.
        let evidence = self.fields.last_mut().expect("just pushed");
        (evidence.key, evidence.condition) = (true, None);
    }

    /// A list, with what is said about its emptiness and where it stands.
    fn list(&mut self, name: &str, ty: Ty) {
        let emptiness = match self.tape.below(3) {
            0 => Emptiness::Unknown,
            1 => Emptiness::MayBe,
            _ => {
                let flag = format!("no_{name}");
                self.field(&flag, Ty::Bool);
                Emptiness::NoneWhen(flag)
            }
        };
        let condition = if self.tape.chance(15) { self.condition() } else { None };
        let field = self.field(name, ty);
        (field.emptiness, field.condition) = (emptiness, condition);
    }
}

/// A simple test of a field, for conditions.
fn test_of(path: &str, ty: Ty) -> Option<String> {
    match ty {
        Ty::Bool => Some(path.to_owned()),
        Ty::Enum(LEVEL) => Some(format!("{path} >= mid")),
        Ty::Enum(KIND) => Some(format!("{path} == person")),
        Ty::Enum(_) => Some(format!("{path} != plan")),
        Ty::Number | Ty::Whole => Some(format!("{path} > 1")),
        Ty::Date => Some(format!("{path} < 2020-02-29")),
        _ => None,
    }
}

impl Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("module model\n\n")?;
        for of in &ENUMS {
            let members = of
                .members
                .iter()
                .map(|(name, json)| if name == json { (*name).to_owned() } else { format!("{name} as \"{json}\"") });
            let separator = if of.ordered { " < " } else { ", " };
            writeln!(f, "enum {} {{ {} }}", of.name, members.collect::<Vec<_>>().join(separator))?;
        }
        for record in &self.records {
            writeln!(f, "\nrecord {} {{", record.name)?;
            for field in &record.fields {
                writeln!(f, "    {field}")?;
            }
            f.write_str("}\n")?;
        }
        // The stage is a field, or follows from one.
        let ranked = self.records[PRODUCT].fields.iter().find(|field| field.ty == Ty::Enum(LEVEL));
        if let Some(level) = ranked {
            f.write_str("\nparam phase_of: table Level -> Phase = { low: plan, mid: trial, _: live } from project\n")?;
            return writeln!(f, "\ndeclaration {{\n    stage phase_of(product.{})\n}}", level.name);
        }
        f.write_str("\ndeclaration {\n    stage product.phase\n}\n")
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.ty)?;
        if let Some(word) = self.null_word {
            write!(f, " null means {word}")?;
        }
        match &self.emptiness {
            Emptiness::Unknown => {}
            Emptiness::MayBe => f.write_str(" may_be_empty")?,
            Emptiness::NoneWhen(flag) => write!(f, " none_when {flag}")?,
        }
        if self.key {
            f.write_str(" key id")?;
        }
        match &self.condition {
            Some(condition) => write!(f, " when {condition}"),
            None => f.write_char(' '),
        }
    }
}
