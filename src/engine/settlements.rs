//! Waivers and reviews, read once and checked against the rules: each names a rule that there is, and none waives a red
//! line.

use super::{Engine, Input, Invalid};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::RuleKind;
use crate::pack::{Placed, Reviews, Waivers};
use crate::report::contract::FileDigest;
use crate::report::digest_of;
use crate::source::{FileId, Span};

/// Waivers and reviews that fit an engine's rules.
#[derive(Debug, Clone, Default)]
pub struct Settlements {
    pub(super) waivers: Waivers,
    pub(super) reviews: Reviews,
    /// The waivers files.
    pub(super) waived_in: Vec<FileDigest>,
    /// The reviews files.
    pub(super) reviewed_in: Vec<FileDigest>,
}

impl Settlements {
    /// Whether there is neither a waiver nor a review.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waivers.waivers.is_empty() && self.reviews.reviews.is_empty()
    }
}

impl Engine {
    /// Reads waivers files and reviews files.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in any of them; a waiver of a red line, with both places.
    pub fn settlements(&self, waivers: &[Input<'_>], reviews: &[Input<'_>]) -> Result<Settlements, Invalid> {
        let (waived_in, reviewed_in) = (digests(waivers), digests(reviews));
        let mut read = Settlements { waived_in, reviewed_in, ..Settlements::default() };
        let mut diagnostics = Vec::new();
        for (index, input) in waivers.iter().enumerate() {
            match text(input, self.sources.next(index)).and_then(|(file, text)| Waivers::parse(file, text)) {
                Ok(found) => read.waivers.waivers.extend(found.waivers),
                Err(found) => diagnostics.extend(found),
            }
        }
        for (index, input) in reviews.iter().enumerate() {
            let file = self.sources.next(waivers.len() + index);
            match text(input, file).and_then(|(file, text)| Reviews::parse(file, text)) {
                Ok(found) => read.reviews.reviews.extend(found.reviews),
                Err(found) => diagnostics.extend(found),
            }
        }
        diagnostics.extend(read.waivers.waivers.iter().filter_map(|waiver| self.not_waivable(&waiver.rule)));
        diagnostics.extend(read.reviews.reviews.iter().filter_map(|review| self.no_such_rule(&review.rule)));
        if diagnostics.is_empty() {
            return Ok(read);
        }
        let mut sources = self.sources.clone();
        for input in waivers.iter().chain(reviews) {
            sources.add(input.name, String::from_utf8_lossy(input.bytes));
        }
        Err(Invalid { sources, diagnostics })
    }

    fn not_waivable(&self, id: &Placed<String>) -> Option<Diagnostic> {
        let Some(rule) = self.rule(&id.value).and_then(|rule| self.program.policy.rules.get(rule.index())) else {
            return self.no_such_rule(id);
        };
        if rule.kind != RuleKind::RedLine {
            return None;
        }
        let message = format!("`{}` is a red line, and a red line can't be waived", id.value);
        let diagnostic = Diagnostic::error(Code::RED_LINE_WAIVED, id.span, message).also(rule.span, "the red line");
        let diagnostic = match &rule.raised {
            Some(raised) => diagnostic.also(raised.span, "raised to a red line here"),
            None => diagnostic,
        };
        Some(diagnostic.help("remove the waiver; what the red line asks for must be met"))
    }

    fn no_such_rule(&self, id: &Placed<String>) -> Option<Diagnostic> {
        if self.rule(&id.value).is_some() {
            return None;
        }
        let message = format!("no loaded pack has a rule `{}`", id.value);
        let diagnostic = Diagnostic::error(Code::NO_SUCH_RULE, id.span, message);
        let ids = self.program.policy.rules.iter().map(|rule| rule.id.as_str());
        Some(match nearest(&id.value, ids) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        })
    }
}

fn digests(files: &[Input<'_>]) -> Vec<FileDigest> {
    files.iter().map(|input| FileDigest { file: input.name.to_owned(), digest: digest_of(input.bytes) }).collect()
}

fn text<'a>(input: &Input<'a>, file: FileId) -> Result<(FileId, &'a str), Vec<Diagnostic>> {
    std::str::from_utf8(input.bytes).map(|text| (file, text)).map_err(|error| {
        let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let message = "expected UTF-8 text, found another encoding";
        vec![Diagnostic::error(Code::NOT_UTF8, Span::new(file, at, at), message)]
    })
}
