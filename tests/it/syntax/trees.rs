//! Surface trees of every shape that a text can have, without places.

use hongxian::source::{FileId, Span};
use hongxian::syntax::ast::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A tree without its places, comments and blank lines, for comparing.
pub fn without_places(file: &File) -> String {
    let bare = File { comments: Vec::new(), blank_lines: Vec::new(), ..file.clone() };
    let mut words = String::new();
    for (at, part) in format!("{bare:?}").split("Span { file: FileId(0), ").enumerate() {
        let part = if at == 0 { part } else { part.split_once(" }").unwrap().1 };
        words.push_str(part);
    }
    words
}

fn nowhere() -> Span {
    Span::new(FileId::new(0), 0, 0)
}

/// A file of a few items.
pub fn file() -> impl Strategy<Value = File> {
    (header(), vec(item(), 0..6)).prop_map(|(header, items)| File {
        file: FileId::new(0),
        header,
        items,
        comments: Vec::new(),
        blank_lines: Vec::new(),
    })
}

/// An expression as it may stand in a clause.
pub fn expr() -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![name_expr(), literal().prop_map(|it| made(ExprKind::Literal(it)))];
    leaf.prop_recursive(3, 24, 4, |inner| any_expr(&inner.boxed())).boxed()
}

// ------------------------------------------------------------------------------------------------- words and texts

/// Any word, keywords of the language among them.
fn word() -> BoxedStrategy<String> {
    let keywords = select(vec![
        "in", "is", "all", "any", "none", "at", "where", "when", "covers", "matches", "within", "before", "zh", "en",
        "let", "rule", "test", "stage", "require", "check", "key", "null", "of", "list", "days", "from", "to", "CNY",
        "product", "as_of", "title", "remove", "decision", "empty", "and", "not", "else", "tighten",
    ]);
    prop_oneof![3 => plain(), 1 => keywords.prop_map(str::to_owned)].boxed()
}

/// A word that means nothing to the language.
fn plain() -> BoxedStrategy<String> {
    let made = select(vec!["a", "b2", "_", "数据项", "items", "some_rather_long_name_that_fills_lines", "x1"]);
    prop_oneof![made.prop_map(str::to_owned), "[a-z]{3,9}_x"].boxed()
}

fn word_but(unwanted: &'static [&'static str]) -> BoxedStrategy<String> {
    word().prop_filter("a word that would be read otherwise", |word| !unwanted.contains(&word.as_str())).boxed()
}

fn named(words: BoxedStrategy<String>) -> BoxedStrategy<Name> {
    words.prop_map(|text| Name { text, span: nowhere() }).boxed()
}

fn name() -> BoxedStrategy<Name> {
    named(word())
}

fn plain_name() -> BoxedStrategy<Name> {
    named(plain())
}

fn words() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-z ]{0,20}",
        "[a-z ]{30,70}",
        "[数据项目安全，。（）]{0,30}",
        "[\"\\\\{}\n\t'/a数\u{202e}\u{7f}\r]{0,6}",
    ]
    .boxed()
}

fn text() -> BoxedStrategy<Text> {
    words().prop_map(|text| Text { text, span: nowhere() }).boxed()
}

fn label() -> BoxedStrategy<Label> {
    (text(), option::of(text())).prop_map(|(en, zh)| Label { en: Some(en), zh }).boxed()
}

fn field_label() -> BoxedStrategy<Label> {
    prop_oneof![label(), text().prop_map(|zh| Label { en: None, zh: Some(zh) })].boxed()
}

fn docs() -> BoxedStrategy<Vec<String>> {
    let line = prop_oneof![Just(String::new()), "( {0,3}|/|\"|数)[a-z\"/{]{1,12}"];
    prop_oneof![3 => Just(Vec::new()), 1 => vec(line, 1..3)].boxed()
}

fn message() -> BoxedStrategy<Message> {
    (message_text(), option::of(message_text())).prop_map(|(en, zh)| Message { en, zh }).boxed()
}

fn message_text() -> BoxedStrategy<MessageText> {
    let part = prop_oneof![words().prop_map(MessagePart::Text), expr().prop_map(MessagePart::Value)];
    let parts = vec(part, 0..4).prop_map(|mut parts| {
        parts.retain(|part| !matches!(part, MessagePart::Text(words) if words.is_empty()));
        parts.dedup_by(|b, a| matches!((a, b), (MessagePart::Text(_), MessagePart::Text(_))));
        MessageText { parts, span: nowhere() }
    });
    parts.boxed()
}

fn date() -> BoxedStrategy<DateLiteral> {
    "20[0-9]{2}-0[1-9]-[12][0-9]".prop_map(|text| DateLiteral { text, span: nowhere() }).boxed()
}

fn number() -> BoxedStrategy<String> {
    "[0-9]{1,3}(_[0-9]{3})?(\\.[0-9]{1,2})?".boxed()
}

fn literal() -> BoxedStrategy<Literal> {
    let unit = select(vec!["days", "day", "months", "year", "hours", "minutes", "CNY", "EUR"]);
    prop_oneof![
        any::<bool>().prop_map(Literal::Bool),
        number().prop_map(Literal::Number),
        number().prop_map(Literal::Percent),
        (number(), unit).prop_map(|(number, unit)| Literal::Quantity { number, unit: unit.to_owned() }),
        date().prop_map(|date| Literal::Date(date.text)),
        words().prop_map(Literal::Text),
    ]
    .boxed()
}

fn regex() -> BoxedStrategy<Regex> {
    let piece = select(vec!["[0-9]+", "\\d", "\\\\", "/", "\"", "a b", "数", "{2}", "(x|y)"]);
    vec(piece, 1..5).prop_map(|pieces| Regex { pattern: pieces.concat(), span: nowhere() }).boxed()
}

// ---------------------------------------------------------------------------------------------------- expressions

fn made(kind: ExprKind) -> Expr {
    Expr { kind, span: nowhere() }
}

fn name_expr() -> BoxedStrategy<Expr> {
    word_but(&["and", "or", "not", "implies", "true", "false", "else", "matches"])
        .prop_map(|it| made(ExprKind::Name(it)))
        .boxed()
}

fn binary(kind: fn(Box<Expr>, Box<Expr>) -> ExprKind) -> impl Fn(Expr, Expr) -> Expr {
    move |left, right| made(kind(Box::new(left), Box::new(right)))
}

/// Everything from `implies` down; what nests is `inner`, within brackets.
fn any_expr(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let negation = prop_oneof![3 => closed(inner), 1 => open(inner)].boxed();
    let junction = (any::<bool>(), vec(closed(inner), 1..4), negation.clone()).prop_map(|(and, mut operands, last)| {
        operands.push(last);
        made(ExprKind::Junction(if and { Connective::And } else { Connective::Or }, operands))
    });
    let implies = (closed(inner), prop_oneof![negation.clone(), junction.clone()]);
    let implies = implies.prop_map(|(left, right)| binary(ExprKind::Implies)(left, right));
    prop_oneof![4 => negation, 2 => junction, 1 => implies].boxed()
}

fn primary(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    prop_oneof![
        6 => name_expr(),
        2 => literal().prop_map(|it| made(ExprKind::Literal(it))),
        1 => vec(inner.clone(), 0..4).prop_map(|items| made(ExprKind::List(items))),
        2 => inner.clone().prop_map(|it| made(ExprKind::Paren(Box::new(it)))),
    ]
    .boxed()
}

fn postfix(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    #[derive(Debug, Clone)]
    enum Suffix {
        Field(Name),
        Project(Name),
        Call(Vec<Expr>),
    }
    let suffix = prop_oneof![
        3 => name().prop_map(Suffix::Field),
        1 => name().prop_map(Suffix::Project),
        1 => vec(inner.clone(), 0..3).prop_map(Suffix::Call),
    ];
    let whole = (primary(inner), vec(suffix, 0..3)).prop_map(|(first, suffixes)| {
        suffixes.into_iter().fold(first, |of, suffix| {
            made(match suffix {
                Suffix::Field(name) => ExprKind::Field(Box::new(of), name),
                Suffix::Project(name) => ExprKind::Project(Box::new(of), name),
                Suffix::Call(arguments) => ExprKind::Call(Box::new(of), arguments),
            })
        })
    });
    whole.boxed()
}

fn arithmetic(operand: BoxedStrategy<Expr>, ops: [ArithmeticOp; 2]) -> impl Strategy<Value = Expr> {
    let more = vec((select(ops.to_vec()), operand.clone()), 0..2);
    (operand, more).prop_map(|(first, more)| {
        more.into_iter()
            .fold(first, |left, (op, right)| made(ExprKind::Arithmetic(op, Box::new(left), Box::new(right))))
    })
}

fn operand(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let negative = postfix(inner).prop_map(|it| made(ExprKind::Negate(Box::new(it))));
    let factor = prop_oneof![9 => postfix(inner), 1 => negative].boxed();
    let term = arithmetic(factor, [ArithmeticOp::Multiply, ArithmeticOp::Divide]).boxed();
    let sum = arithmetic(term, [ArithmeticOp::Add, ArithmeticOp::Subtract]).boxed();
    let coalesce = (sum.clone(), sum.clone()).prop_map(|(left, right)| binary(ExprKind::Coalesce)(left, right));
    prop_oneof![9 => postfix(inner), 2 => sum, 1 => coalesce].boxed()
}

fn quantifier() -> BoxedStrategy<Quantifier> {
    prop_oneof![
        Just(Quantifier::All),
        Just(Quantifier::Any),
        Just(Quantifier::None),
        (0..9_u64).prop_map(Quantifier::Exactly),
        (0..9_u64).prop_map(Quantifier::AtLeast),
        any::<u64>().prop_map(Quantifier::AtMost),
    ]
    .boxed()
}

fn nots(relation: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let count = prop_oneof![4 => Just(0_usize), 1 => 1..3_usize];
    let whole = (count, relation)
        .prop_map(|(count, relation)| (0..count).fold(relation, |operand, _| made(ExprKind::Not(Box::new(operand)))));
    whole.boxed()
}

/// `not* relation` after which anything may stand.
fn closed(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let one = || operand(inner).prop_map(Box::new);
    let two = || (one(), one());
    let compare = select(vec![
        CompareOp::Equal,
        CompareOp::NotEqual,
        CompareOp::Less,
        CompareOp::LessEqual,
        CompareOp::Greater,
        CompareOp::GreaterEqual,
    ]);
    let null = word_but(&["not", "declared", "absent", "proven", "empty"]);
    let test = prop_oneof![
        Just(PresenceTest::Declared),
        Just(PresenceTest::Absent),
        any::<bool>().prop_map(|independently| PresenceTest::Proven { independently }),
        Just(PresenceTest::Empty),
        named(null).prop_map(PresenceTest::Null),
    ];
    let relation = prop_oneof![
        operand(inner).prop_map(|operand| operand.kind),
        (compare, two()).prop_map(|(op, (left, right))| ExprKind::Compare(op, left, right)),
        (any::<bool>(), two()).prop_map(|(negated, (element, list))| ExprKind::In { element, negated, list }),
        (any::<bool>(), one(), test).prop_map(|(negated, of, test)| ExprKind::Is { of, negated, test }),
        (quantifier(), two()).prop_map(|(quantifier, (list, set))| ExprKind::QuantifiedIn { list, quantifier, set }),
        two().prop_map(|(left, right)| ExprKind::Covers(left, right)),
        two().prop_map(|(left, right)| ExprKind::StartsWith(left, right)),
        two().prop_map(|(left, right)| ExprKind::Contains(left, right)),
        (one(), regex()).prop_map(|(text, regex)| ExprKind::Matches(text, regex)),
        (one(), two()).prop_map(|(date, (period, before))| ExprKind::Within { date, period, before }),
    ];
    nots(relation.prop_map(made).boxed())
}

/// A quantifier with its body: what stands after it would belong to the body.
fn open(inner: &BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let list = operand(inner).prop_map(Box::new);
    let bound = (option::of(quantifier()), list, name(), closed(inner).prop_map(Box::new));
    let bound = bound.prop_map(|(quantifier, list, binder, body)| match quantifier {
        Some(quantifier) => made(ExprKind::Quantified { list, quantifier, binder, body }),
        None => made(ExprKind::Where { list, binder, predicate: body }),
    });
    nots(bound.boxed())
}

// ---------------------------------------------------------------------------------------------------- header, items

fn effective() -> BoxedStrategy<Effective> {
    (option::of(date()), option::of(date()))
        .prop_map(|(from, until)| Effective { from, until, span: nowhere() })
        .boxed()
}

fn header() -> BoxedStrategy<Header> {
    let plugin = (plain_name(), plain_name()).prop_map(|(plugin, alias)| Use::Plugin { plugin, alias });
    let uses = vec(prop_oneof![plain_name().prop_map(Use::Module), plugin], 0..3);
    (docs(), name(), option::of(label()), option::of(effective()), uses)
        .prop_map(|(doc, name, title, effective, uses)| Header { doc, name, title, effective, uses, span: nowhere() })
        .boxed()
}

fn item() -> BoxedStrategy<Item> {
    let kind = prop_oneof![
        2 => param().prop_map(ItemKind::Param),
        2 => (name(), expr()).prop_map(|(name, value)| ItemKind::Let(Let { name, value })),
        1 => (name(), vec((name(), ty()), 0..3), expr())
            .prop_map(|(name, params, body)| ItemKind::Function(Function { name, params, body })),
        1 => enumeration().prop_map(ItemKind::Enum),
        2 => (name(), vec(field(), 0..5), option::of(field_label()))
            .prop_map(|(name, fields, label)| ItemKind::Record(Record { name, fields, label })),
        1 => declaration().prop_map(ItemKind::Declaration),
        3 => rule().prop_map(ItemKind::Rule),
        1 => outside().prop_map(ItemKind::Outside),
        2 => test().prop_map(ItemKind::Test),
        1 => (name(), param_value(), option::of(origin()))
            .prop_map(|(name, value, origin)| ItemKind::Tighten(Tighten { name, value, origin })),
        1 => (rule_id(), rule_kind()).prop_map(|(id, kind)| ItemKind::Raise(Raise { id, kind, kind_span: nowhere() })),
    ];
    (docs(), kind).prop_map(|(doc, kind)| Item { doc, kind, span: nowhere() }).boxed()
}

fn origin() -> BoxedStrategy<Origin> {
    let quoted = words().prop_map(|text| Origin { text, quoted: true, span: nowhere() });
    let bare = word().prop_map(|text| Origin { text, quoted: false, span: nowhere() });
    prop_oneof![quoted, bare].boxed()
}

fn param_value() -> BoxedStrategy<ParamValue> {
    let entry = (name(), expr()).prop_map(|(key, value)| TableEntry { key, value });
    let table = vec(entry, 0..4).prop_map(|entries| ParamValue::Table(entries, nowhere()));
    prop_oneof![3 => expr().prop_map(ParamValue::Expr), 1 => table].boxed()
}

fn param() -> BoxedStrategy<Param> {
    (name(), ty(), param_value(), origin(), option::of(name()), option::of(label()))
        .prop_map(|(name, ty, value, origin, direction, label)| Param { name, ty, value, origin, direction, label })
        .boxed()
}

fn enumeration() -> BoxedStrategy<Enum> {
    let member = (docs(), name(), option::of(text()), option::of(field_label()))
        .prop_map(|(doc, name, spelling, label)| Member { doc, name, spelling, label });
    let separator = select(vec![Separator::Less, Separator::Comma]);
    (name(), vec((separator, member), 1..5), option::of(field_label()))
        .prop_map(|(name, members, label)| {
            let (separators, members): (Vec<_>, Vec<_>) = members.into_iter().unzip();
            let separators = separators.into_iter().skip(1).collect();
            Enum { name, members, separators, label }
        })
        .boxed()
}

fn bounds() -> BoxedStrategy<Option<Bounds>> {
    let bound = || {
        (any::<bool>(), number()).prop_map(|(negative, number)| NumberLiteral {
            text: format!("{}{number}", if negative { "-" } else { "" }),
            span: nowhere(),
        })
    };
    let bounds = (option::of(bound()), option::of(bound()))
        .prop_map(|(low, high)| (low.is_some() || high.is_some()).then(|| Bounds { low, high, span: nowhere() }));
    bounds.boxed()
}

fn ty() -> BoxedStrategy<Type> {
    let currency = named(select(vec!["CNY", "EUR"]).prop_map(str::to_owned).boxed());
    let others = word_but(&["list", "table", "ref", "number", "ratio", "money", "duration"]);
    let base = prop_oneof![
        3 => named(others).prop_map(TypeKind::Named),
        1 => vec(name(), 1..3).prop_map(TypeKind::Ref),
        1 => (any::<bool>(), bounds()).prop_map(|(whole, bounds)| TypeKind::Number { whole, bounds }),
        1 => (any::<bool>(), bounds()).prop_map(|(percent, bounds)| TypeKind::Ratio { percent, bounds }),
        1 => (option::of(currency), bounds()).prop_map(|(currency, bounds)| TypeKind::Money { currency, bounds }),
        1 => (option::of(name()), bounds()).prop_map(|(unit, bounds)| TypeKind::Duration { unit, bounds }),
    ];
    let made = |kind| Type { kind, span: nowhere() };
    let leaf = base.prop_map(made);
    leaf.prop_recursive(2, 4, 1, move |inner| {
        let inner = inner.prop_map(Box::new);
        prop_oneof![
            inner.clone().prop_map(move |item| made(TypeKind::List(item))),
            (name(), inner).prop_map(move |(key, value)| made(TypeKind::Table { key, value })),
        ]
    })
    .boxed()
}

fn field() -> BoxedStrategy<Field> {
    let kind = prop_oneof![
        Just(ModifierKind::Required),
        Just(ModifierKind::Confidential),
        Just(ModifierKind::Filing),
        name().prop_map(ModifierKind::Proof),
        name().prop_map(ModifierKind::NullMeans),
        name().prop_map(ModifierKind::NoneWhen),
        Just(ModifierKind::MayBeEmpty),
        name().prop_map(ModifierKind::Key),
        regex().prop_map(ModifierKind::Matches),
    ];
    // `matches` after a condition would belong to the condition, and two labels in a row may read as one.
    let modifiers = (vec(kind, 0..3), option::of(expr()), option::of(field_label()));
    let modifiers = modifiers.prop_map(|(mut kinds, when, label)| {
        kinds.extend(when.map(ModifierKind::When));
        kinds.extend(label.map(ModifierKind::Label));
        kinds.into_iter().map(|kind| Modifier { kind, span: nowhere() }).collect()
    });
    (docs(), name(), ty(), modifiers)
        .prop_map(|(doc, name, ty, modifiers)| Field { doc, name, ty, modifiers, span: nowhere() })
        .boxed()
}

fn declaration() -> BoxedStrategy<Declaration> {
    (vec(path(), 0..3), vec(path(), 0..2), option::of(path()), option::of(expr()))
        .prop_map(|(id, name, as_of, stage)| Declaration { id, name, as_of, stage })
        .boxed()
}

// ---------------------------------------------------------------------------------------------------- rules, tests

fn rule_kind() -> BoxedStrategy<RuleKind> {
    select(vec![RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance]).boxed()
}

fn rule_id() -> BoxedStrategy<Name> {
    named(prop_oneof![Just("T17-R7".to_owned()), "[a-z]{2}-[0-9a-z]{1,3}-x", plain()].boxed())
}

fn locator() -> BoxedStrategy<Locator> {
    (option::of(plain()), "[0-9]{1,2}(\\.[0-9]){0,2}(#[0-9])?|第三条")
        .prop_map(|(source, text)| Locator { source, text, span: nowhere() })
        .boxed()
}

fn about() -> BoxedStrategy<ClauseKind> {
    let stage = (any::<bool>(), vec(named(word_but(&["from"])), 1..3)).prop_map(|(from, mut names)| {
        names.truncate(if from { 1 } else { names.len() });
        ClauseKind::Stage { from, names }
    });
    prop_oneof![
        vec(locator(), 1..3).prop_map(ClauseKind::Cites),
        name().prop_map(ClauseKind::Addressee),
        name().prop_map(ClauseKind::Argument),
        stage,
        effective().prop_map(ClauseKind::Effective),
        expr().prop_map(ClauseKind::When),
        label().prop_map(ClauseKind::Note),
    ]
    .boxed()
}

fn require() -> BoxedStrategy<Require> {
    let call = (plain_name(), name(), vec(expr(), 0..2)).prop_map(|(plugin, function, arguments)| {
        let of = Box::new(made(ExprKind::Name(plugin.text)));
        made(ExprKind::Call(Box::new(made(ExprKind::Field(of, function))), arguments))
    });
    let condition = prop_oneof![4 => expr().prop_map(|it| (false, it)), 1 => call.prop_map(|it| (true, it))];
    (condition, option::of(message()))
        .prop_map(|((check, condition), message)| Require { check, condition, message, span: nowhere() })
        .boxed()
}

fn for_block() -> BoxedStrategy<For> {
    let leaf = (name(), postfix(&expr()), option::of(expr()), vec(require().prop_map(ForItem::Require), 0..3));
    let made = |(binder, list, filter, body)| For { binder, list, filter, body, span: nowhere() };
    leaf.prop_map(made)
        .prop_recursive(1, 3, 2, move |inner| {
            let item = prop_oneof![inner.prop_map(ForItem::For), require().prop_map(ForItem::Require)];
            (name(), postfix(&expr()), option::of(expr()), vec(item, 0..3)).prop_map(made)
        })
        .boxed()
}

fn rule() -> BoxedStrategy<Rule> {
    let review = (option::of(expr()), message())
        .prop_map(|(condition, message)| ClauseKind::Review(Review { condition, message, span: nowhere() }));
    let asked = prop_oneof![
        4 => require().prop_map(ClauseKind::Require),
        1 => for_block().prop_map(ClauseKind::For),
        1 => review,
        1 => message().prop_map(ClauseKind::Remedy),
    ];
    let clauses = vec(prop_oneof![about(), asked], 0..7).prop_map(clauses);
    (rule_kind(), rule_id(), label(), clauses)
        .prop_map(|(kind, id, title, clauses)| Rule { kind, id, title, clauses })
        .boxed()
}

fn clauses(kinds: Vec<ClauseKind>) -> Vec<Clause> {
    kinds.into_iter().map(|kind| Clause { kind, span: nowhere() }).collect()
}

fn outside() -> BoxedStrategy<Outside> {
    let kind = prop_oneof![
        vec(locator(), 1..3).prop_map(ClauseKind::Cites),
        name().prop_map(ClauseKind::Addressee),
        label().prop_map(ClauseKind::Note),
    ];
    (rule_id(), label(), vec(kind, 0..3).prop_map(clauses))
        .prop_map(|(id, title, clauses)| Outside { id, title, clauses })
        .boxed()
}

fn path() -> BoxedStrategy<Path> {
    let step = prop_oneof![
        3 => name().prop_map(PathStep::Field),
        1 => any::<u64>().prop_map(|index| PathStep::Index(index, nowhere())),
        1 => (name(), text()).prop_map(|(name, text)| PathStep::Key(name, text)),
    ];
    (name(), vec(step, 0..4)).prop_map(|(root, steps)| Path { root, steps, span: nowhere() }).boxed()
}

fn value() -> BoxedStrategy<Value> {
    let made = |kind| Value { kind, span: nowhere() };
    let leaf = prop_oneof![
        Just(ValueKind::Null),
        (any::<bool>(), literal()).prop_map(|(negative, literal)| ValueKind::Literal { negative, literal }),
        word_but(&["null", "true", "false"]).prop_map(ValueKind::Word),
    ];
    leaf.prop_map(made)
        .prop_recursive(2, 8, 3, move |inner| {
            let key = prop_oneof![name(), named(words())];
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(ValueKind::List),
                vec((key, inner), 0..4).prop_map(ValueKind::Object),
            ]
            .prop_map(made)
        })
        .boxed()
}

fn test() -> BoxedStrategy<Test> {
    let change = prop_oneof![
        path().prop_map(Change::Remove),
        (path(), value()).prop_map(|(path, value)| Change::Set(path, value)),
    ];
    let clause = prop_oneof![
        2 => (text(), vec(change, 0..4))
            .prop_map(|(file, changes)| TestClause::Given { file, changes, span: nowhere() }),
        1 => date().prop_map(TestClause::AsOf),
        1 => name().prop_map(TestClause::Stage),
        1 => text().prop_map(TestClause::Waivers),
        1 => text().prop_map(TestClause::Reviews),
        1 => name().prop_map(TestClause::ExpectDecision),
        2 => (rule_id(), name(), option::of(path()))
            .prop_map(|(id, outcome, at)| TestClause::ExpectRule { id, outcome, at, span: nowhere() }),
    ];
    (text(), vec(clause, 0..5)).prop_map(|(name, clauses)| Test { name, clauses }).boxed()
}
