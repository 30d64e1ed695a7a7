//! The grammar's rules in words that a reader of policies knows, and the keywords that may have been meant.

use crate::syntax::grammar::Rule;

/// At most so many things are said to be expected.
const SHOWN: usize = 4;

/// What may stand at a place.
pub(super) struct Expected {
    /// For the message, the narrowest first.
    pub words: Vec<String>,
    /// The keywords among it.
    pub keywords: Vec<String>,
    /// Whether an expression before it may go on.
    pub operator: bool,
    /// Whether what stands before may be over: then what follows is in the way, rather than something missing.
    pub between: bool,
}

/// What the parser says it wanted, told in words.
pub(super) fn expected(wanted: &[Rule]) -> Expected {
    let mut rest = wanted.to_vec();
    for unlikely in UNLIKELY {
        if rest.iter().any(|rule| !unlikely.contains(rule)) {
            rest.retain(|rule| !unlikely.contains(rule));
        }
    }
    let mut keywords: Vec<String> = rest.iter().filter_map(|rule| keyword(*rule)).collect();
    let mut groups = Vec::new();
    for group in GROUPS {
        if rest.iter().filter(|rule| group.rules.contains(rule)).count() >= group.least {
            rest.retain(|rule| !group.rules.contains(rule));
            groups.push(group.words.to_owned());
            keywords.extend(group.keywords.iter().map(|&word| word.to_owned()));
        }
    }
    if rest == [Rule::colon] {
        keywords.extend(BEFORE_COLON.iter().map(|&word| word.to_owned()));
    }
    let mut words: Vec<String> = rest.into_iter().map(name).chain(groups).collect();
    words.truncate(SHOWN);
    let operator = wanted.contains(&Rule::connective);
    Expected { words, keywords, operator, between: wanted.iter().any(|rule| BETWEEN.contains(rule)) }
}

/// `red_line` for `kw_red_line`
fn keyword(wanted: Rule) -> Option<String> {
    format!("{wanted:?}").strip_prefix("kw_").map(str::to_owned)
}

/// A single rule in words.
fn name(wanted: Rule) -> String {
    match THINGS.iter().find(|(thing, _)| *thing == wanted) {
        Some((_, words)) => (*words).to_owned(),
        None => keyword(wanted).map_or_else(|| "something else".to_owned(), |word| format!("`{word}`")),
    }
}

/// Not said where anything else is wanted, too: what may go on nearly everywhere, then what would make a keyword a name.
const UNLIKELY: &[&[Rule]] = &[
    &[Rule::EOI, Rule::dot, Rule::paren_open, Rule::bracket_open, Rule::unit, Rule::currency, Rule::percent],
    &[Rule::colon],
];

/// Keywords that read as names where they are misspelt, so that a colon is wanted after them.
const BEFORE_COLON: &[&str] = &["required", "confidential", "filing", "may_be_empty", "none_when", "proof", "remove"];

/// What begins something new.
const BETWEEN: &[Rule] = &[Rule::brace_close, Rule::item, Rule::items, Rule::field, Rule::member];

/// Rules that are one thing to a reader.
struct Group {
    words: &'static str,
    /// How many of the rules must be wanted: fewer are shown by themselves.
    least: usize,
    rules: &'static [Rule],
    /// Keywords that belong to it, where the parser names only the whole.
    keywords: &'static [&'static str],
}

const GROUPS: &[Group] = &[
    Group {
        words: "a state such as `declared`",
        least: 4,
        rules: &[Rule::kw_not, Rule::kw_declared, Rule::kw_absent, Rule::kw_proven, Rule::kw_empty, Rule::word],
        keywords: &[],
    },
    Group {
        words: "an expression",
        least: 1,
        rules: &[Rule::relation, Rule::operand, Rule::kw_not],
        keywords: &["not"],
    },
    Group {
        words: "an operator such as `and`",
        least: 1,
        rules: &[Rule::operator, Rule::arithmetic_op, Rule::connective],
        keywords: &[
            "and",
            "or",
            "implies",
            "not",
            "in",
            "is",
            "all",
            "any",
            "none",
            "exactly",
            "at",
            "where",
            "covers",
            "matches",
            "starts_with",
            "contains",
            "within",
        ],
    },
    Group {
        words: "a clause",
        least: 3,
        rules: &[
            Rule::kw_cites,
            Rule::kw_addressee,
            Rule::kw_argument,
            Rule::kw_stage,
            Rule::kw_effective,
            Rule::kw_when,
            Rule::kw_note,
            Rule::kw_for,
            Rule::kw_require,
            Rule::kw_review,
            Rule::kw_remedy,
            Rule::kw_id,
            Rule::kw_name,
            Rule::kw_as_of,
            Rule::kw_given,
            Rule::kw_waivers,
            Rule::kw_reviews,
            Rule::kw_expect,
        ],
        keywords: &[],
    },
    Group {
        words: "a line of the header such as `use`",
        least: 2,
        rules: &[Rule::kw_title, Rule::kw_use, Rule::kw_effective],
        keywords: &[],
    },
    Group {
        words: "an item such as `let`",
        least: 1,
        rules: &[Rule::item],
        keywords: &[
            "param",
            "let",
            "fn",
            "enum",
            "record",
            "declaration",
            "red_line",
            "baseline",
            "guidance",
            "outside",
            "test",
            "tighten",
            "raise",
        ],
    },
    Group {
        words: "a modifier such as `required`",
        least: 1,
        rules: &[Rule::modifier],
        keywords: &[
            "required",
            "confidential",
            "filing",
            "when",
            "proof",
            "null",
            "none_when",
            "may_be_empty",
            "key",
            "matches",
            "en",
            "zh",
        ],
    },
    Group {
        words: "`red_line`, `baseline` or `guidance`",
        least: 1,
        rules: &[Rule::rule_kind],
        keywords: &["red_line", "baseline", "guidance"],
    },
    Group { words: "`module` and the module's name", least: 1, rules: &[Rule::header], keywords: &["module"] },
];

const THINGS: &[(Rule, &str)] = &[
    (Rule::word, "a name"),
    (Rule::rule_id, "a rule's id such as `T17-R7`"),
    (Rule::string, "a text in quotes"),
    (Rule::integer, "a whole number"),
    (Rule::number, "a number"),
    (Rule::bound_high, "a number"),
    (Rule::bounds, "bounds such as `0..100`"),
    (Rule::date, "a date such as `2019-08-22`"),
    (Rule::regex, "a pattern such as `/[0-9]+/`"),
    (Rule::locator, "a locator such as `3.4.3#2`"),
    (Rule::currency, "a currency such as `CNY`"),
    (Rule::unit, "a unit such as `days`"),
    (Rule::type_, "a type such as `text`"),
    (Rule::field, "a field"),
    (Rule::member, "a member"),
    (Rule::member_sep, "`<`"),
    (Rule::field_label, "a label such as `zh \"…\"`"),
    (Rule::value, "a value"),
    (Rule::literal, "a number, a date or a text"),
    (Rule::path, "a path such as `product.name`"),
    (Rule::postfix, "a name"),
    (Rule::comma, "`,`"),
    (Rule::colon, "`:`"),
    (Rule::dot, "`.`"),
    (Rule::equals, "`=`"),
    (Rule::items, "an item such as `let`"),
    (Rule::arrow, "`->`"),
    (Rule::range, "`..`"),
    (Rule::brace_open, "`{`"),
    (Rule::brace_close, "`}`"),
    (Rule::paren_open, "`(`"),
    (Rule::paren_close, "`)`"),
    (Rule::bracket_open, "`[`"),
    (Rule::bracket_close, "`]`"),
    (Rule::EOI, "the end of the file"),
];
