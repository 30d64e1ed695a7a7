//! Type-correct expressions over a generated model, as text. Every choice leads on to a smaller one, so it ends.

use super::declaration::{DATES, sums};
use super::model::{ENUMS, EVIDENCE, INNER, ITEM, KIND, Kind, LEVEL, Model, PRODUCT, Ty};
use super::tape::Tape;

/// What a local name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    Record(usize),
    Scalar(Kind),
}

/// A list that can stand in an expression, and what its elements are.
#[derive(Debug, Clone)]
struct List {
    text: String,
    of: Local,
}

/// Where an expression stands, and what that allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A `require` of a red line or baseline: presence is a claim.
    Claim,
    /// Anywhere else in a red line or baseline: presence would let silence decide.
    Condition,
    /// Guidance: presence, absence and defaults.
    Guidance,
}

/// Writes expressions.
pub struct Writer<'t> {
    pub tape: &'t mut Tape,
    pub model: &'t Model,
    pub place: Place,
    pub locals: Vec<(String, Local)>,
    /// How many locals there have been, so that each has its own name.
    pub named: usize,
    /// Whether lets, functions and parameters of the rules' module are there to be used.
    pub names: bool,
}

const KINDS: [Kind; 11] = [
    Kind::Bool,
    Kind::Number,
    Kind::Enum(LEVEL),
    Kind::Date,
    Kind::Enum(KIND),
    Kind::Name,
    Kind::Money,
    Kind::Exact,
    Kind::Calendar,
    Kind::Ratio,
    Kind::Text,
];

impl Writer<'_> {
    /// An expression of type `bool`, never a constant.
    pub fn boolean(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.test();
        }
        match self.tape.below(16) {
            0..=2 => self.test(),
            3 | 4 => self.junction("and", depth),
            5 | 6 => self.junction("or", depth),
            7 => self.apart(|writer| format!("not ({})", writer.boolean(depth - 1))),
            8 => {
                let left = self.apart(|writer| writer.boolean(depth - 1));
                format!("({left}) implies ({})", self.boolean(depth - 1))
            }
            9..=11 => self.quantified(depth),
            12 => self.counted(depth),
            13 => self.called(depth),
            14 => self.emptiness(depth),
            _ => self.membership(depth),
        }
    }

    /// What stands here is a condition, not a claim.
    fn apart(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        let place = self.place;
        if place == Place::Claim {
            self.place = Place::Condition;
        }
        let text = write(self);
        self.place = place;
        text
    }

    fn junction(&mut self, word: &str, depth: usize) -> String {
        let parts: Vec<_> = (0..self.tape.below(2) + 2).map(|_| format!("({})", self.boolean(depth - 1))).collect();
        parts.join(&format!(" {word} "))
    }

    /// A test of one or two scalars.
    fn test(&mut self) -> String {
        match self.tape.below(14) {
            0..=5 => self.comparison(),
            6 => self.choose_path(Kind::Bool).unwrap_or_else(|| self.comparison()),
            7 => self.null_word(),
            8 | 12 | 13 => self.presence(),
            9 => self.text_test(),
            10 => self.within(),
            _ => self.one_of(),
        }
    }

    fn comparison(&mut self) -> String {
        let local = !self.locals.is_empty() && self.tape.below(100) < 70;
        let near = |path: &String| !local || !path.starts_with("product.");
        let kinds: Vec<_> = KINDS.into_iter().filter(|kind| self.paths(*kind).iter().any(near)).collect();
        let kinds = if kinds.is_empty() { vec![Kind::Enum(2)] } else { kinds };
        let kind = self.tape.choose(&kinds);
        let ordered = match kind {
            Kind::Bool | Kind::Text | Kind::Name => false,
            Kind::Enum(of) => ENUMS[of].ordered,
            _ => true,
        };
        let ops: &[&str] = if ordered { &["==", "<", ">=", "!=", ">", "<="] } else { &["==", "!="] };
        let op = self.tape.pick(ops);
        let path = self.choose_path(kind).expect("this kind has a path");
        match kind {
            Kind::Bool => format!("{path} {op} {}", self.tape.pick(&["true", "false"])),
            _ if self.tape.chance(15) => format!("{} {op} {path}", self.operand(kind, 1)),
            _ if self.tape.chance(30) => format!("{} {op} {}", self.computed(kind, path), self.operand(kind, 1)),
            _ => format!("{path} {op} {}", self.operand(kind, 1)),
        }
    }

    /// A value made from a path.
    fn computed(&mut self, kind: Kind, path: String) -> String {
        match kind {
            Kind::Number => {
                let op = self.tape.pick(&["+", "-", "*", "/"]);
                let other = self.operand(kind, 0);
                match self.tape.below(4) {
                    0 => format!("({path} {op} {other})"),
                    1 => format!("({other} {op} {path})"),
                    2 => format!("({path} * {path} * {path} {op} {other})"),
                    _ => format!("(-{path})"),
                }
            }
            Kind::Money => match self.tape.below(3) {
                0 => format!("({path} + {})", self.operand(kind, 0)),
                1 => format!("({path} - {})", self.operand(kind, 0)),
                _ => format!("({path} * {})", self.operand(Kind::Number, 0)),
            },
            Kind::Date => {
                let op = self.tape.pick(&["-", "+"]);
                let period = match self.tape.below(4) {
                    0 => "1 month".to_owned(),
                    1 => "30 days".to_owned(),
                    2 => "2 years".to_owned(),
                    _ => self.choose_path(Kind::Calendar).unwrap_or_else(|| "12 months".to_owned()),
                };
                format!("({path} {op} {period})")
            }
            Kind::Exact | Kind::Calendar => format!("({path} + {})", self.operand(kind, 0)),
            _ => path,
        }
    }

    /// A value of a kind: a literal, a path, or something computed.
    fn operand(&mut self, kind: Kind, depth: usize) -> String {
        match self.tape.below(8) {
            0..=4 => self.literal(kind),
            5 if depth > 0 => self.derived(kind),
            6 if self.place == Place::Guidance => match self.choose_field(kind) {
                Some(path) => format!("({path} ?? {})", self.literal(kind)),
                None => self.literal(kind),
            },
            _ => self.choose_path(kind).unwrap_or_else(|| self.literal(kind)),
        }
    }

    /// A value of a kind that is computed from values of other kinds.
    fn derived(&mut self, kind: Kind) -> String {
        let text = match kind {
            Kind::Number => match self.tape.below(3) {
                0 => self.choose_path(Kind::Text).map(|text| format!("length({text})")),
                1 => self.pair(Kind::Money).map(|(a, b)| format!("({a} / {b})")),
                _ => self.some_list(1, |_| true).map(|list| format!("count({})", list.text)),
            },
            Kind::Ratio => self.pair(Kind::Number).map(|(a, b)| format!("({a} / {b})")),
            Kind::Exact => self.pair(Kind::Date).map(|(a, b)| format!("({a} - {b})")),
            Kind::Date => Some("as_of".to_owned()),
            _ => None,
        };
        text.unwrap_or_else(|| self.literal(kind))
    }

    fn pair(&mut self, kind: Kind) -> Option<(String, String)> {
        Some((self.choose_path(kind)?, self.choose_path(kind)?))
    }

    pub fn literal(&mut self, kind: Kind) -> String {
        let choices: &[&str] = match kind {
            Kind::Bool => &["true", "false"],
            Kind::Number => &["1", "0", "2", "3", "0.3", "-1", "12.5", "1_000", "9999999999999999999999999999999999"],
            Kind::Ratio => &["50%", "0%", "0.5%", "12.5%", "100%"],
            Kind::Money => &["10 CNY", "0 CNY", "0.01 CNY", "99.99 CNY"],
            Kind::Date => &DATES,
            Kind::Exact => &["30 days", "0 days", "90 minutes", "1 hour", "365 days"],
            Kind::Calendar => &["1 month", "0 months", "12 months", "2 years"],
            Kind::Text | Kind::Name => &["\"a\"", "\"ab\"", "\" a\"", "\"Ａ b\"", "\"数据\""],
            Kind::Enum(of) => return self.member(of),
        };
        self.tape.pick(choices).to_owned()
    }

    fn member(&mut self, of: usize) -> String {
        let (member, _) = self.tape.choose(ENUMS[of].members);
        if self.tape.chance(25) { format!("{}.{member}", ENUMS[of].name) } else { member.to_owned() }
    }

    fn members(&mut self, kind: Kind) -> String {
        let elems: Vec<_> = (0..=self.tape.below(3)).map(|_| self.operand(kind, 0)).collect();
        format!("[{}]", elems.join(", "))
    }

    fn one_of(&mut self) -> String {
        let kind = self.tape.choose(&[Kind::Enum(LEVEL), Kind::Enum(KIND), Kind::Number, Kind::Name, Kind::Date]);
        let Some(path) = self.choose_path(kind) else { return self.comparison() };
        let word = self.tape.pick(&["in", "not in"]);
        let set = match self.some_list(1, |of| of == Local::Scalar(kind)) {
            Some(list) if self.tape.chance(50) => list.text,
            _ => self.members(kind),
        };
        format!("{path} {word} {set}")
    }

    fn null_word(&mut self) -> String {
        let words: Vec<_> = self.fields().into_iter().filter_map(|(path, _, word)| Some((path, word?))).collect();
        if words.is_empty() {
            return self.comparison();
        }
        let (path, word) = self.tape.choose(&words);
        format!("{path} is {}{word}", self.tape.pick(&["", "not "]))
    }

    fn presence(&mut self) -> String {
        let of: Vec<_> = self.fields().into_iter().map(|(path, ty, _)| (path, ty)).collect();
        let references: Vec<_> = of.iter().filter(|(_, ty)| *ty == Ty::Ref).map(|(path, _)| path.clone()).collect();
        let proven = !references.is_empty() && self.tape.chance(50);
        let (path, tests) = match self.place {
            Place::Condition => return self.comparison(),
            Place::Claim if proven => (self.tape.choose(&references), ["proven", "proven independently"].as_slice()),
            Place::Claim => (self.tape.choose(&of).0, ["declared"].as_slice()),
            Place::Guidance if proven => (
                self.tape.choose(&references),
                ["proven", "not proven", "proven independently", "not proven independently"].as_slice(),
            ),
            Place::Guidance => {
                (self.tape.choose(&of).0, ["declared", "absent", "not declared", "not absent"].as_slice())
            }
        };
        format!("{path} is {}", self.tape.pick(tests))
    }

    fn text_test(&mut self) -> String {
        let kind = self.tape.choose(&[Kind::Text, Kind::Name]);
        let Some(path) = self.choose_path(kind) else { return self.comparison() };
        match self.tape.below(3) {
            0 => format!("{path} matches /{}/", self.tape.pick(&["a", "[a-z ]+", ".*数.*", "a|ab"])),
            1 => format!("{path} starts_with {}", self.literal(kind)),
            _ => format!("{path} contains {}", self.literal(kind)),
        }
    }

    fn within(&mut self) -> String {
        let Some(path) = self.choose_path(Kind::Date) else { return self.comparison() };
        let period = match self.tape.below(3) {
            0 => self.literal(Kind::Calendar),
            1 => self.choose_path(Kind::Calendar).unwrap_or_else(|| "2 years".to_owned()),
            _ => self.tape.pick(&["30 days", "1 day", "365 days"]).to_owned(),
        };
        let before = match self.tape.below(3) {
            0 => "as_of".to_owned(),
            1 => self.choose_path(Kind::Date).expect("a date has a path"),
            _ => self.literal(Kind::Date),
        };
        format!("{path} within {period} before {before}")
    }

    fn quantified(&mut self, depth: usize) -> String {
        let Some(list) = self.some_list(depth, |_| true) else { return self.test() };
        let quantifier = self.tape.pick(&["any", "none", "all", "at least 1", "at most 1", "exactly 1", "at least 2"]);
        if let Local::Scalar(kind) = list.of
            && self.tape.chance(40)
        {
            return format!("({} {quantifier} in {})", list.text, self.members(kind));
        }
        let body = self
            .apart(|writer| writer.under(list.of, |writer, name| format!("{name}: ({})", writer.boolean(depth - 1))));
        format!("({} {quantifier} {body})", list.text)
    }

    /// Writes something in which a fresh local is there to be used.
    pub fn under(&mut self, of: Local, write: impl FnOnce(&mut Self, &str) -> String) -> String {
        let name = format!("x{}", self.named);
        self.named += 1;
        self.locals.push((name.clone(), of));
        let text = write(self, &name);
        self.locals.pop();
        text
    }

    fn counted(&mut self, depth: usize) -> String {
        let op = self.tape.pick(&["==", "<", ">=", "!=", ">", "<="]);
        let summed = |of| matches!(of, Local::Scalar(kind) if sums(kind));
        let ranked = |of| matches!(of, Local::Scalar(Kind::Number | Kind::Money | Kind::Date));
        match self.tape.below(4) {
            0 | 1 => {
                let Some(list) = self.some_list(depth, |_| true) else { return self.test() };
                let distinct = matches!(list.of, Local::Scalar(_)) && self.tape.chance(40);
                let list = if distinct { format!("distinct({})", list.text) } else { list.text };
                format!("count({list}) {op} {}", self.tape.pick(&["1", "0", "2", "3"]))
            }
            2 => {
                let Some(list) = self.some_list(depth, summed) else { return self.test() };
                let Local::Scalar(kind) = list.of else { return self.test() };
                format!("sum({}) {op} {}", list.text, self.operand(kind, 0))
            }
            _ => {
                let Some(list) = self.some_list(depth, ranked) else { return self.test() };
                let Local::Scalar(kind) = list.of else { return self.test() };
                format!("{}({}) {op} {}", self.tape.pick(&["min", "max"]), list.text, self.operand(kind, 0))
            }
        }
    }

    fn emptiness(&mut self, depth: usize) -> String {
        match self.some_list(depth, |_| true) {
            Some(list) => format!("{} is {}empty", list.text, self.tape.pick(&["", "not "])),
            None => self.test(),
        }
    }

    fn membership(&mut self, depth: usize) -> String {
        let Some(list) = self.some_list(depth, |of| matches!(of, Local::Scalar(_))) else { return self.test() };
        let Local::Scalar(kind) = list.of else { return self.test() };
        let set = match self.some_list(1, |of| of == list.of) {
            Some(set) if self.tape.chance(40) => set.text,
            _ => self.members(kind),
        };
        format!("{} covers {set}", list.text)
    }

    /// A use of what the rules' module defines.
    fn called(&mut self, depth: usize) -> String {
        if self.tape.chance(35) {
            return self.asked_outside();
        }
        if !self.names {
            return self.test();
        }
        match self.tape.below(6) {
            4 => match self.locals.iter().rev().find(|(_, of)| *of == Local::Record(ITEM)).cloned() {
                Some((name, _)) => format!("sound({name})"),
                None => self.test(),
            },
            5 => match self.some_list(1, |of| of == Local::Scalar(Kind::Enum(KIND))) {
                Some(list) => format!("holds({}, {})", list.text, self.literal(Kind::Enum(KIND))),
                None => self.test(),
            },
            0 => format!("above_limit({})", self.operand_of_path(Kind::Number)),
            1 => format!("rank_of({}) > {}", self.operand_of_path(Kind::Enum(LEVEL)), self.literal(Kind::Number)),
            2 => "usual".to_owned(),
            _ => {
                let path = self.operand_of_path(Kind::Enum(KIND));
                if depth > 1 {
                    format!("({path} in wanted) or ({})", self.boolean(depth - 1))
                } else {
                    format!("{path} in wanted")
                }
            }
        }
    }

    /// A call of a function from outside.
    fn asked_outside(&mut self) -> String {
        match self.tape.below(9) {
            0 => format!("is_even({})", self.operand_of_path(Kind::Number)),
            1 => format!("outside.a_day({})", self.operand_of_path(Kind::Exact)),
            2 => format!("outside.differ({}, {})", self.operand_of_path(Kind::Bool), self.operand_of_path(Kind::Bool)),
            3 => {
                format!(
                    "outside.starts_alike({}, {})",
                    self.operand_of_path(Kind::Text),
                    self.operand_of_path(Kind::Name)
                )
            }
            4 => self.compared_with("outside.owed", Kind::Money, ">="),
            5 => self.compared_with("outside.nearest", Kind::Ratio, "=="),
            6 => self.compared_with("outside.first_of_month", Kind::Date, "<"),
            7 => self.compared_with("outside.at_most_a_year", Kind::Calendar, ">="),
            _ => self.compared_with("outside.initial", Kind::Name, "=="),
        }
    }

    /// A call that takes and gives values of one kind, compared with such a value.
    fn compared_with(&mut self, function: &str, kind: Kind, op: &str) -> String {
        let given = self.operand_of_path(kind);
        let given = if self.tape.chance(30) { self.computed(kind, given) } else { given };
        format!("{function}({given}) {op} {}", self.operand(kind, 0))
    }

    fn operand_of_path(&mut self, kind: Kind) -> String {
        self.choose_path(kind).unwrap_or_else(|| self.literal(kind))
    }

    /// A list to quantify over, of elements that are wanted.
    fn some_list(&mut self, depth: usize, wanted: impl Fn(Local) -> bool) -> Option<List> {
        let lists: Vec<_> = self.lists().into_iter().filter(|list| wanted(list.of)).collect();
        if lists.is_empty() {
            return None;
        }
        let list = self.tape.choose(&lists);
        if depth == 0 || !self.tape.chance(25) {
            return Some(list);
        }
        let chosen = self
            .apart(|writer| writer.under(list.of, |writer, name| format!("{name}: ({})", writer.boolean(depth - 1))));
        Some(List { text: format!("({} where {chosen})", list.text), of: list.of })
    }

    /// A list as it can stand in the head of a `for`.
    pub fn head(&mut self) -> Option<(String, Local)> {
        self.some_list(1, |_| true).map(|list| (list.text, list.of))
    }

    /// All lists that can be named here, and their projections.
    fn lists(&self) -> Vec<List> {
        let mut lists = Vec::new();
        for (path, ty, _) in self.fields() {
            match ty {
                Ty::Records(of) => {
                    lists.push(List { text: path.clone(), of: Local::Record(of) });
                    self.projections(&path, of, &mut lists);
                }
                Ty::Scalars(kind) => lists.push(List { text: path, of: Local::Scalar(kind) }),
                _ => {}
            }
        }
        if self.names {
            lists.push(List { text: "wanted".to_owned(), of: Local::Scalar(Kind::Enum(KIND)) });
            lists.push(List { text: "chosen_items".to_owned(), of: Local::Record(ITEM) });
        }
        lists
    }

    fn projections(&self, path: &str, of: usize, lists: &mut Vec<List>) {
        for field in &self.model.records[of].fields {
            let text = format!("{path}[].{}", field.name);
            match field.ty {
                Ty::Scalars(kind) => lists.push(List { text, of: Local::Scalar(kind) }),
                Ty::Record(inner) => {
                    self.projections(&text, inner, lists);
                    lists.push(List { text, of: Local::Record(inner) });
                }
                ty => lists.extend(ty.kind().map(|kind| List { text, of: Local::Scalar(kind) })),
            }
        }
    }

    /// A path to a value of a kind, or a local of that kind.
    fn choose_path(&mut self, kind: Kind) -> Option<String> {
        let paths = self.paths(kind);
        self.prefer_local(paths)
    }

    /// One of several paths; mostly one that begins with a local, so that the bodies of quantifiers speak of elements.
    fn prefer_local(&mut self, paths: Vec<String>) -> Option<String> {
        let local: Vec<_> = paths.iter().filter(|path| !path.starts_with("product.")).cloned().collect();
        let of = if !local.is_empty() && self.tape.below(100) < 70 { local } else { paths };
        (!of.is_empty()).then(|| self.tape.choose(&of))
    }

    /// The same, of fields alone.
    fn choose_field(&mut self, kind: Kind) -> Option<String> {
        let fields = self.fields().into_iter().filter(|(_, ty, _)| ty.kind() == Some(kind));
        let paths = fields.map(|(path, ..)| path).collect();
        self.prefer_local(paths)
    }

    fn paths(&self, kind: Kind) -> Vec<String> {
        let locals =
            self.locals.iter().rev().filter(|(_, of)| *of == Local::Scalar(kind)).map(|(name, _)| name.clone());
        let fields = self.fields().into_iter().filter(|(_, ty, _)| ty.kind() == Some(kind)).map(|(path, ..)| path);
        locals.chain(fields).collect()
    }

    /// Every field that can be named here, of whatever type, with its word for `null`.
    fn fields(&self) -> Vec<(String, Ty, Option<&'static str>)> {
        let mut fields = Vec::new();
        for (name, local) in self.locals.iter().rev() {
            if let Local::Record(of) = local {
                self.fields_below(name, *of, &mut fields);
            }
        }
        self.fields_below("product", PRODUCT, &mut fields);
        fields
    }

    fn fields_below(&self, path: &str, of: usize, fields: &mut Vec<(String, Ty, Option<&'static str>)>) {
        for field in &self.model.records[of].fields {
            let path = format!("{path}.{}", field.name);
            match field.ty {
                Ty::Record(INNER) => self.fields_below(&path, INNER, fields),
                Ty::Ref => self.fields_below(&path, EVIDENCE, fields),
                _ => {}
            }
            fields.push((path, field.ty, field.null_word));
        }
    }
}
