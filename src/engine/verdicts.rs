//! Verdicts for sums and tables: what a declaration came to and which it was, in values that outlive it.

use super::{Engine, Input, Options, Refusal, Session};
use crate::report::verdict::{About, Roll, Verdict};
use std::sync::Arc;

impl Engine {
    /// The rules that judge under these options, as the verdicts of a run name them.
    #[must_use]
    pub fn roll(&self, options: &Options<'_>) -> Arc<Roll> {
        Arc::new(Roll::new(&self.program, options.rules))
    }
}

impl Session<'_> {
    /// What a declaration comes to, by the rules of [`Engine::roll`] under the same options; for the public, without what
    /// the model marks confidential. Where there are waivers or reviews, the report is made for it.
    ///
    /// # Errors
    ///
    /// As [`Engine::evaluate`].
    pub fn told(
        &mut self,
        declaration: Input<'_>,
        options: &Options<'_>,
        roll: &Arc<Roll>,
        public: bool,
    ) -> Result<Verdict, Refusal> {
        if options.settlements.is_some_and(|settlements| !settlements.is_empty()) {
            let report = if public {
                self.engine.evaluate_public(declaration, options)?.0
            } else {
                self.evaluate(declaration, options)?
            };
            return Ok(Verdict { roll: Arc::clone(roll), ..Verdict::from(&report) });
        }
        let program = &self.engine.program;
        let verdict = self.judge(
            declaration,
            options,
            |_| (),
            |decoded, stage| {
                let (file, line, as_of) = (declaration.name, options.line, decoded.setting.as_of);
                Verdict::new(program, &decoded.declaration, roll, &About { file, line, as_of, stage, public })
            },
        )?;
        let outcomes = self.outcomes.iter().map(|(_, outcome)| *outcome).collect();
        Ok(verdict.with(outcomes, options.rules.is_some()))
    }
}
