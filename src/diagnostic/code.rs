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
}
