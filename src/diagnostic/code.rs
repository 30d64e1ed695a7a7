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

    /// A field is given although its condition is false.
    FIELD_DOES_NOT_APPLY = "E0650";
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
    /// A field that is given although its condition says that it does not apply.
    VOID_FIELD_GIVEN = "E0611";
    /// More is wrong than is listed.
    NOT_LISTED = "E0612";
    /// A waiver that names a red line.
    RED_LINE_WAIVED = "E0550";
    /// A waiver, review or test that names a rule that no loaded pack has.
    NO_SUCH_RULE = "E0551";

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
}
