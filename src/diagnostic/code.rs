//! The table of diagnostic codes. Each code has a page under `docs/diagnostics/`, shown by `policy explain CODE`,
//! whose wrong and right examples run as tests.

/// A diagnostic's code, for instance `E0201`. Stable: a code keeps its meaning for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

impl Code {
    /// The code as written, `E0201`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Self = Self($code);)*

            /// Every code with its title, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

// E01xx: syntax. E02xx: names. E03xx: types. E04xx: rules and the laws. E05xx: packs, overlays, waivers, reviews.
// E06xx: declarations. E07xx: tests. W0xxx: warnings.
codes! {
    /// The text does not follow the grammar.
    SYNTAX = "E0101";
    /// A text is nested deeper than the limit, or larger.
    SYNTAX_LIMIT = "E0102";
    /// Combination that needs parentheses: `and` with `or`, nested `implies`, chained comparisons.
    NEEDS_PARENTHESES = "E0103";
    /// A literal that is no number, date, string escape or regular expression.
    BAD_LITERAL = "E0104";
    /// Text that is not UTF-8.
    NOT_UTF8 = "E0105";

    /// A name that nothing in scope has.
    UNKNOWN_NAME = "E0201";
    /// A field that its record does not have.
    NO_SUCH_FIELD = "E0202";
    /// A type that is not declared.
    UNKNOWN_TYPE = "E0203";
    /// A member that its enum does not have.
    NO_SUCH_MEMBER = "E0204";
    /// A function that nobody defines.
    UNKNOWN_FUNCTION = "E0205";
    /// A module that cannot be used because there is none of that name.
    UNKNOWN_MODULE = "E0206";
    /// Two things under one name.
    DUPLICATE_NAME = "E0207";
    /// Two rules under one id.
    DUPLICATE_RULE = "E0208";
    /// Modules that use each other in a circle.
    MODULE_CYCLE = "E0209";
    /// `let`s and functions that are defined by each other in a circle.
    DEFINITION_CYCLE = "E0210";
    /// A name that several used modules declare.
    AMBIGUOUS_NAME = "E0211";
    /// A member of an enum that is also the name of something in scope.
    MEMBER_CLASH = "E0212";
    /// A word of the language where a name of one's own is wanted.
    RESERVED_NAME = "E0213";
    /// A local name that hides another name.
    SHADOWED_NAME = "E0214";
    /// A type, a function or a table where a value is wanted, or a value where a function is.
    NOT_A_VALUE = "E0215";

    /// An expression of another type than is wanted.
    TYPE_MISMATCH = "E0301";
    /// A comparison of things that never compare.
    NOT_COMPARABLE = "E0302";
    /// `<` between things that have no order.
    NO_ORDER = "E0303";
    /// Arithmetic between things that do not compute.
    BAD_OPERANDS = "E0304";
    /// Something else where a list is wanted.
    NOT_A_LIST = "E0305";
    /// `.field` of something that has no fields of its own.
    NOT_A_RECORD = "E0306";
    /// A call with too few or too many arguments.
    ARGUMENT_COUNT = "E0307";
    /// `is word` where the model gives `null` no such meaning.
    NULL_WORD = "E0308";
    /// A presence test, or `??`, of something that is no field of the declaration.
    NOT_A_FIELD = "E0309";
    /// `is proven` or `proof` where there is no proof to look up.
    NO_PROOF = "E0310";
    /// A regular expression that does not compile, or grows too large.
    BAD_REGEX = "E0311";
    /// A literal that is no value: a day that does not exist, a unit that is none, too many digits.
    BAD_VALUE_LITERAL = "E0312";
    /// An empty list of which nothing says what it is a list of.
    UNTYPED_LIST = "E0313";
    /// A value that a message cannot show.
    NOT_SHOWN = "E0314";
    /// A type that cannot stand here.
    MISPLACED_TYPE = "E0315";
    /// A record that contains itself.
    RECURSIVE_RECORD = "E0316";
    /// A modifier that does not fit its field.
    BAD_MODIFIER = "E0317";
    /// Conditional fields whose conditions depend on each other in a circle.
    CONDITION_CYCLE = "E0318";
    /// A `ref` to something that is no keyed list.
    BAD_REF = "E0319";
    /// Bounds that are none.
    BAD_BOUNDS = "E0320";
    /// An enum whose members are separated by both `<` and `,`.
    MIXED_ENUM = "E0321";
    /// A `declaration` block, or one of its clauses, that does not fit the model.
    BAD_HANDLES = "E0322";
    /// A parameter whose value is no constant.
    NOT_CONSTANT = "E0323";
    /// A table parameter that leaves members out.
    INCOMPLETE_TABLE = "E0324";

    /// A rule without a clause that it needs.
    MISSING_CLAUSE = "E0401";
    /// A clause that stands in a rule twice.
    REPEATED_CLAUSE = "E0402";
    /// A citation of a sentence that its source does not have.
    UNKNOWN_LOCATOR = "E0403";
    /// A citation of a source that the pack does not name.
    UNKNOWN_SOURCE = "E0404";
    /// An addressee that is none.
    UNKNOWN_ADDRESSEE = "E0405";
    /// An argument that the pack does not declare.
    UNKNOWN_ARGUMENT = "E0406";
    /// A stage that the model does not have, or an order of stages that it does not give.
    UNKNOWN_STAGE = "E0407";
    /// A period that ends before it begins.
    EMPTY_PERIOD = "E0408";
    /// A rule or a `for` that requires nothing.
    NOTHING_REQUIRED = "E0409";
    /// `all` directly under `require`.
    ALL_UNDER_REQUIRE = "E0410";
    /// Silence that would decide: presence as a condition, `is absent` or `??` in a red line, a baseline or the model.
    SILENCE_DECIDES = "E0411";
    /// A requirement that can never fail.
    NEVER_FAILS = "E0412";
    /// A requirement that can never hold.
    NEVER_HOLDS = "E0413";
    /// A condition that is always true, or never.
    CONSTANT_CONDITION = "E0414";
    /// A direction of tightening that does not fit the parameter's type.
    BAD_DIRECTION = "E0415";
    /// A direction of tightening in which some rule would be loosened.
    LOOSENING_DIRECTION = "E0416";
    /// An expression that is nested too deeply.
    TOO_DEEP = "E0417";
    /// An expression that is too large once its `let`s and functions are put in.
    TOO_LARGE = "E0418";
    /// Loops inside loops, too many of them.
    TOO_MANY_LOOPS = "E0419";

    /// A file that the pack needs is not in it.
    PACK_FILE = "E0501";
    /// A manifest, waivers or reviews file that is not TOML.
    TOML_SYNTAX = "E0502";
    /// A key that nobody reads.
    UNKNOWN_KEY = "E0503";
    /// A key that must be there.
    MISSING_KEY = "E0504";
    /// A key whose value is of the wrong kind or form.
    BAD_VALUE = "E0505";
    /// Two tables of a manifest that claim the same name or place.
    NAMED_TWICE = "E0506";
    /// A line of a locator table that is no locator, or stands there twice.
    LOCATORS = "E0507";
    /// A pack, or one of its files, that is larger than the limit.
    PACK_LIMIT = "E0508";
    /// A plugin whose bytes are not those that the manifest names.
    PLUGIN_DIGEST = "E0509";
    /// A plugin that the pack's manifest does not name.
    NO_SUCH_PLUGIN = "E0510";
    /// A plugin that cannot be loaded: no component, one that wants more than the contract gives, or one of another contract.
    PLUGIN_LOAD = "E0511";
    /// A check that reads what its subject does not have.
    CHECK_READS = "E0512";
    /// A pack that names another one which is not loaded with it.
    MISSING_PACK = "E0521";
    /// Two overlays of one pack, or an overlay of an overlay.
    TWO_OVERLAYS = "E0522";
    /// `tighten` or `raise` in a pack that extends none.
    NO_BASE = "E0523";
    /// `tighten` of a parameter that is none of the base's, or that nobody may tighten.
    NOT_TIGHTENABLE = "E0524";
    /// A new value that is not tighter.
    LOOSENED = "E0525";
    /// `raise` of a rule that is none of the base's.
    UNKNOWN_RULE = "E0526";
    /// `raise` to a kind that is no graver, or of a red line.
    NOT_RAISED = "E0527";
    /// An overlay that touches its base's model.
    MODEL_TOUCHED = "E0528";
    /// An overlay's extension that cannot be added to the model.
    BAD_EXTENSION = "E0529";
    /// A root record that is missing, or two of them.
    BAD_ROOT = "E0530";
    /// Plugins, which this build does not support.
    NO_PLUGINS = "E0531";
    /// Two packs, or two modules that are seen together, under one name.
    DUPLICATE_MODULE = "E0532";
    /// A waiver that names a red line.
    RED_LINE_WAIVED = "E0550";
    /// A waiver, review, test or family that names a rule that no loaded pack has.
    NO_SUCH_RULE = "E0551";

    /// A declaration that is not JSON.
    JSON_SYNTAX = "E0601";
    /// A declaration past a limit: bytes, nesting, elements, digits.
    DECLARATION_LIMIT = "E0602";
    /// A key that stands twice in one object.
    DUPLICATE_KEY = "E0603";
    /// A field that the model does not know.
    UNKNOWN_FIELD = "E0604";
    /// A value of another type than the field's.
    WRONG_TYPE = "E0605";
    /// A text that is no member of the field's enum.
    UNKNOWN_MEMBER = "E0606";
    /// A value of the right type that is out of bounds, does not match, or does not exist.
    INVALID_VALUE = "E0607";
    /// A field that identifies a declaration and is not given.
    MISSING_FIELD = "E0608";
    /// Two elements of a keyed list with one key.
    DUPLICATE_ID = "E0609";
    /// Elements beside the statement that there are none.
    NONE_BESIDE_ELEMENTS = "E0610";
    /// More is wrong than is listed.
    NOT_LISTED = "E0611";
    /// A field is given although its condition is false.
    FIELD_DOES_NOT_APPLY = "E0650";
    /// A declaration that cannot be read: no such file, no permission.
    UNREADABLE = "E0660";
    /// A text that is plainly something else than a declaration: a policy, YAML, nothing at all.
    NOT_A_DECLARATION = "E0661";
    /// No evaluation date: the declaration states none, and none was given.
    NO_DATE = "E0662";

    /// A test without a declaration, or without an expectation.
    TEST_INCOMPLETE = "E0701";
    /// A file that a test names and the pack does not have, or that cannot be read.
    TEST_FILE = "E0702";
    /// A path of a test that leads nowhere.
    TEST_PATH = "E0703";
    /// A value of a test that is not of its field's type.
    TEST_VALUE = "E0704";
    /// A decision or outcome that there is not.
    TEST_WORD = "E0705";
    /// A test whose declaration was not judged.
    TEST_REFUSED = "E0706";

    /// A `let`, function, parameter or local name that nothing uses.
    UNUSED = "W0001";
    /// A `use` of a module of which nothing is used.
    UNUSED_USE = "W0002";
    /// A type that nothing reaches.
    UNUSED_TYPE = "W0003";
    /// A rule that can never fail: it only asks whether something is declared.
    ONLY_PRESENCE = "W0004";
}
