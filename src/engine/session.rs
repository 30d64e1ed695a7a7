//! Many declarations, one after the other: a session keeps the memory of one for the next, and each thread has its own.

use super::{Decoded, Engine, Input, Options, Refusal};
use crate::decode::cells::Cells;
use crate::eval::{Outcome, StageAt};
use crate::ir::RuleId;
use crate::report;
use crate::report::contract::{Decision, Report};
use crate::value::Date;

/// Judges declarations one after the other. It is cheap to make and holds memory that is used again; threads share the
/// engine, and each has a session.
///
/// ```
/// use hongxian::engine::{Engine, Input, Options, lines};
/// use hongxian::pack::PackFiles;
///
/// # let files: PackFiles = [
/// #     ("pack.toml", "name = \"p\"\nversion = \"1\"\nlanguage = \"2026\"\nroot = \"P\"\n\n[[source]]\nname = \"s\"\nlocators = \"s.txt\"\n"),
/// #     ("s.txt", "1#1\n"),
/// #     ("m.policy", "module m\nrecord P { rate: number }\nred_line R-1 \"low\" {\n    cites 1#1\n    addressee product\n    require product.rate < 10\n    remedy \"lower it\"\n}\n"),
/// # ].into_iter().collect();
/// let engine = Engine::builder().pack(files, "").build()?;
/// let options = Options { as_of: hongxian::value::Date::parse("2026-01-01"), ..Options::default() };
/// let ndjson = b"{\"rate\": 3}\n{\"rate\": 12}\n";
///
/// let mut session = engine.session();
/// for line in lines(ndjson) {
///     let name = format!("portfolio.ndjson:{}", line.number);
///     let input = Input { name: &name, bytes: line.bytes };
///     let verdict = session.verdict(input, &options)?;
///     if verdict.is_open() {
///         println!("{}", session.evaluate(input, &options)?.summary.fail);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Session<'e> {
    pub(super) engine: &'e Engine,
    cells: Cells,
    pub(super) outcomes: Vec<(RuleId, Outcome)>,
}

/// What every rule came to, and the decision; nothing about why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement<'s> {
    /// The decision; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
    /// The rules in the order of the report, each with its outcome.
    pub outcomes: &'s [(RuleId, Outcome)],
    /// The evaluation date.
    pub as_of: Date,
}

/// What of judging a declaration is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is decoded.
    Decoded,
    /// A rule has its outcome.
    Rule(RuleId),
}

impl Judgement<'_> {
    /// Whether a rule does something else than to pass or not to apply: then a report has something to say.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.outcomes.iter().any(|(_, outcome)| !matches!(outcome, Outcome::Pass | Outcome::NotApplicable))
    }
}

impl Engine {
    /// Starts a session. The first one of an engine prepares its rules.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        let _prepared = self.closures();
        Session { engine: self, cells: Cells::default(), outcomes: Vec::new() }
    }
}

impl Session<'_> {
    /// What the rules come to for a declaration. Without waivers and reviews, and after the first declarations, this
    /// allocates nothing but numbers of more than eighteen digits and what the few rules need that closures have no form for.
    ///
    /// # Errors
    ///
    /// As [`Engine::evaluate`].
    pub fn verdict(&mut self, declaration: Input<'_>, options: &Options<'_>) -> Result<Judgement<'_>, Refusal> {
        self.watched(declaration, options, |_| ())
    }

    /// The same for who wants to know what takes how long: `watch` is called when something is done. Where there are
    /// waivers or reviews it is not called.
    ///
    /// # Errors
    ///
    /// As [`Engine::evaluate`].
    pub fn watched(
        &mut self,
        declaration: Input<'_>,
        options: &Options<'_>,
        watch: impl FnMut(Done),
    ) -> Result<Judgement<'_>, Refusal> {
        if options.settlements.is_some_and(|settlements| !settlements.is_empty()) {
            return self.settled(declaration, options);
        }
        let as_of = self.judge(declaration, options, watch, |decoded, _| decoded.setting.as_of)?;
        Ok(self.judgement(as_of, options))
    }

    /// Finds the outcomes, and looks at the declaration before its memory is used again.
    pub(super) fn judge<T>(
        &mut self,
        declaration: Input<'_>,
        options: &Options<'_>,
        mut watch: impl FnMut(Done),
        see: impl FnOnce(&Decoded<'_, '_>, &StageAt) -> T,
    ) -> Result<T, Refusal> {
        let engine = self.engine;
        let decoded = engine.decoded(std::mem::take(&mut self.cells), declaration, options)?;
        watch(Done::Decoded);
        self.outcomes.clear();
        let selects = |rule: RuleId| options.rules.is_none_or(|rules| rules.contains(&rule));
        let outcomes = &mut self.outcomes;
        let each = |rule, outcome| {
            outcomes.push((rule, outcome));
            watch(Done::Rule(rule));
        };
        let judged = engine.closures().judge(&engine.program, &decoded.declaration, decoded.setting, selects, each);
        let seen = judged.map(|stage| see(&decoded, &stage)).map_err(Refusal::Stuck);
        self.cells = decoded.declaration.into_cells();
        seen
    }

    /// Judges a declaration, and says why.
    ///
    /// # Errors
    ///
    /// As [`Engine::evaluate`].
    pub fn evaluate(&mut self, declaration: Input<'_>, options: &Options<'_>) -> Result<Report, Refusal> {
        let decoded = self.engine.decoded(std::mem::take(&mut self.cells), declaration, options)?;
        let report = self.engine.report(declaration, options, &decoded, None);
        self.cells = decoded.declaration.into_cells();
        report
    }

    /// Waivers and reviews look at findings, so the report is made.
    fn settled(&mut self, declaration: Input<'_>, options: &Options<'_>) -> Result<Judgement<'_>, Refusal> {
        let report = self.evaluate(declaration, options)?;
        let as_of = Date::parse(&report.as_of.date).unwrap_or(Date::LAST);
        self.outcomes.clear();
        let rules = report.rules.iter();
        self.outcomes.extend(rules.filter_map(|rule| Some((self.engine.rule(&rule.id)?, rule.outcome))));
        Ok(self.judgement(as_of, options))
    }

    fn judgement(&self, as_of: Date, options: &Options<'_>) -> Judgement<'_> {
        let rules = &self.engine.program.rules;
        let kinds = self.outcomes.iter().filter_map(|(rule, outcome)| Some((rules.get(rule.index())?.kind, *outcome)));
        let decision = options.rules.is_none().then(|| report::decision_of(kinds));
        Judgement { decision, outcomes: &self.outcomes, as_of }
    }
}

/// A line of NDJSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its number, from 1; blank lines count.
    pub number: usize,
    /// The line as it stands in the text, without its end.
    pub bytes: &'t [u8],
}

/// The lines of NDJSON that are not blank. Nothing is copied.
pub fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text);
    let all = std::iter::from_fn(move || {
        let text = rest?;
        match memchr::memchr(b'\n', text) {
            Some(at) => {
                rest = text.get(at + 1..);
                text.get(..at)
            }
            None => rest.take(),
        }
    });
    let numbered = all.enumerate().map(|(index, bytes)| Line { number: index + 1, bytes });
    numbered.filter(|line| !line.bytes.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_blank_ones_left_out() {
        let found = |text: &'static str| -> Vec<(usize, &str)> {
            lines(text.as_bytes()).map(|line| (line.number, std::str::from_utf8(line.bytes).unwrap())).collect()
        };
        assert_eq!(found("{}\n\n \r\n[]"), [(1, "{}"), (4, "[]")]);
        assert_eq!(found("1\r\n2\n"), [(1, "1\r"), (2, "2")]);
        assert_eq!(found(""), []);
    }
}
