//! The grammar of `grammar/policy.pest`, as pest compiles it. Nothing of pest leaves `syntax`.

/// Turns text into pairs.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/policy.pest"]
pub(super) struct Grammar;

/// One thing of the grammar that was found in a text.
pub(super) type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// What pest says where a text does not follow the grammar.
pub(super) type PestError = pest::error::Error<Rule>;
