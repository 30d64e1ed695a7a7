//! The decoder of a model: bytes in, a declaration or everything that is wrong with it out.

use super::cells::Cells;
use super::declaration::Declaration;
use super::hints;
use super::limits::Limits;
use super::pass::Pass;
use super::problems::Problems;
use super::shape::Shape;
use crate::compile::layout::Layout;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Model;
use crate::source::FileId;

/// Reads declarations of one model. Made once, used for any number of declarations, by any number of threads.
#[derive(Debug, Clone)]
pub struct Decoder {
    shape: Shape,
    limits: Limits,
}

impl Decoder {
    /// A decoder for a model and its layout.
    #[must_use]
    pub fn new(model: &Model, layout: &Layout, limits: Limits) -> Self {
        Self { shape: Shape::new(model, layout), limits }
    }

    /// How much a declaration may be.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// Reads a declaration; otherwise all that is wrong with it. Places are offsets in `text`, in the file `file`.
    pub fn decode<'t>(&self, text: &'t [u8], file: FileId) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        self.read(text, file, false, Cells::default())
    }

    /// As [`Self::decode`], in the memory of an earlier declaration ([`Declaration::into_cells`]).
    pub fn decode_in<'t>(
        &self,
        cells: Cells,
        text: &'t [u8],
        file: FileId,
    ) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        self.read(text, file, false, cells)
    }

    /// As [`Self::decode`], for a declaration that is still to be filled in: required fields may be missing.
    pub fn decode_draft<'t>(&self, text: &'t [u8], file: FileId) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        self.read(text, file, true, Cells::default())
    }

    fn read<'t>(
        &self,
        text: &'t [u8],
        file: FileId,
        draft: bool,
        cells: Cells,
    ) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        let limit = self.limits.bytes.min(u32::MAX as usize - 1);
        if text.len() > limit {
            let mut problems = Problems::new(file, 1);
            problems.error(Code::DECLARATION_LIMIT, 0..0, || {
                format!("expected at most {limit} bytes, found {}", text.len())
            });
            return Err(problems.finish(""));
        }
        let text = match simdutf8::compat::from_utf8(text) {
            Ok(text) => text,
            Err(error) => return Err(vec![hints::not_utf8(file, text, error.valid_up_to())]),
        };
        Pass::new(&self.shape, &self.limits, text, file, draft, cells).run()
    }
}

/// Reads one declaration; [`Decoder`] is the way for many.
pub fn decode<'t>(
    text: &'t [u8],
    file: FileId,
    model: &Model,
    layout: &Layout,
    limits: &Limits,
) -> Result<Declaration<'t>, Vec<Diagnostic>> {
    Decoder::new(model, layout, *limits).decode(text, file)
}
