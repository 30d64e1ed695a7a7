//! The quick way through what most texts are: keys in the order of the model, values without escapes or surprises. It reads
//! fields as long as it knows every byte of them for certain, and stops before the first that needs a closer look: that one the
//! pass reads, and finds the words where something is wrong. Nothing is accepted here that the scanner would refuse.

#![expect(clippy::inline_always, reason = "one loop without calls is what makes it quick; measured")]

use super::cells::{Packed, PackedCell};
use crate::compile::Pattern;
use crate::value::{Date, Decimal, MemberId, compare_decimals, is_folded, leading_decimal, trimmed};
use std::sync::Arc;

/// A value, and what follows it.
type Read<'t, T> = Option<(T, &'t [u8])>;

/// Bytes that are looked for at one place. The first sixteen are compared at once.
#[derive(Debug, Clone)]
pub(super) struct Word {
    head: u128,
    mask: u128,
    bytes: Box<[u8]>,
}

impl Word {
    /// A name of a field with what stands behind it. Names of fields need no escapes.
    fn key(name: &str, behind: &str) -> Self {
        Self::new(&format!("\"{name}\"{behind}"))
    }

    fn new(text: &str) -> Self {
        let mut head = [0; 16];
        let mut mask = [0; 16];
        for ((head, mask), byte) in head.iter_mut().zip(&mut mask).zip(text.bytes()) {
            (*head, *mask) = (byte, 0xff);
        }
        Self { head: u128::from_le_bytes(head), mask: u128::from_le_bytes(mask), bytes: text.as_bytes().into() }
    }

    /// What follows it, where a text begins with it.
    #[inline(always)]
    fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let begins = match text.first_chunk() {
            Some(head) => {
                u128::from_le_bytes(*head) & self.mask == self.head
                    && (self.bytes.len() <= 16 || text.starts_with(&self.bytes))
            }
            None => text.starts_with(&self.bytes),
        };
        if begins { text.get(self.bytes.len()..) } else { None }
    }
}

/// Different words, to be found by what they begin with.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Which of the first sixteen bytes all words have.
    mask: u128,
    /// How far a hash is shifted to the right.
    shift: u32,
    /// For each hash, where its words begin; and where the last ones end.
    buckets: Box<[usize]>,
    sorted: Box<[(Word, usize)]>,
}

impl Words {
    /// Of words, each with the number that it is found under.
    fn new(mut words: Vec<(Word, usize)>) -> Self {
        let shared = words.iter().fold(u128::MAX, |mask, (word, _)| mask & word.mask);
        let bits = (words.len() * 2).next_power_of_two().trailing_zeros().max(1);
        let mut table = Self { mask: shared, shift: u64::BITS - bits, buckets: Box::default(), sorted: Box::default() };
        words.sort_by_key(|(word, at)| (table.bucket(word.head), *at));
        let start = |bucket| words.partition_point(|(word, _)| table.bucket(word.head) < bucket);
        table.buckets = (0..=1_usize << bits).map(start).collect();
        table.sorted = words.into();
        table
    }

    /// Of texts between quotes, each found under its position. One that JSON cannot spell as it stands is not found here.
    pub(super) fn quoted<'w>(texts: impl Iterator<Item = &'w str>) -> Self {
        let plain = texts.enumerate().filter(|(_, text)| plain_length(text.as_bytes()) == text.len());
        Self::new(plain.map(|(at, text)| (Word::new(&format!("\"{text}\"")), at)).collect())
    }

    /// The bucket of a word that begins with these bytes.
    #[inline(always)]
    fn bucket(&self, head: u128) -> usize {
        let [low, high] = halves(head & self.mask);
        let hash = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from(hash >> self.shift).unwrap_or(0)
    }

    /// Which of them a text begins with, and what follows it.
    #[inline(always)]
    fn strip<'t>(&self, text: &'t [u8]) -> Read<'t, usize> {
        let among = match text.first_chunk() {
            Some(head) => {
                let bucket = self.bucket(u128::from_le_bytes(*head));
                self.sorted.get(*self.buckets.get(bucket)?..*self.buckets.get(bucket + 1)?)?
            }
            None => &self.sorted,
        };
        among.iter().find_map(|(word, at)| Some((*at, word.strip(text)?)))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a word are what is wanted")]
const fn halves(word: u128) -> [u64; 2] {
    [word as u64, (word >> 64) as u64]
}

/// The fields of a record, in the order of the model.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// Their keys, with quotes.
    keys: Words,
    fields: Box<[Field]>,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its key, with quotes and colon.
    key: Word,
    /// From the record's own cell.
    offset: usize,
    kind: Kind,
    /// Whether it stands under a condition.
    conditional: bool,
}

impl Field {
    pub(super) fn new(name: &str, offset: usize, kind: Kind, conditional: bool) -> Self {
        Self { key: Word::key(name, ":"), offset, kind, conditional }
    }
}

impl Fields {
    /// Fields with their names.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, fields: Vec<Field>) -> Self {
        let keys = names.enumerate().map(|(at, name)| (Word::key(name, ""), at)).collect();
        Self { keys: Words::new(keys), fields: fields.into() }
    }

    /// The field whose key a text begins with, and what follows its colon. Most texts keep the order of the model, and have no
    /// blank before the colon.
    #[inline(always)]
    fn strip<'f, 't>(&'f self, text: &'t [u8], likely: usize) -> Option<(usize, &'f Field, &'t [u8])> {
        if let Some(field) = self.fields.get(likely)
            && let Some(rest) = field.key.strip(text)
        {
            return Some((likely, field, rest));
        }
        let (at, rest) = self.keys.strip(text)?;
        Some((at, self.fields.get(at)?, past_space(rest).strip_prefix(b":")?))
    }
}

/// What a field holds, as far as it can be read here.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// `true`, `false`
    Bool,
    /// `-12.50`
    Number(Numeric),
    /// `"-12.50"`
    Amount(Between),
    /// `"2020-05-01"`
    Date,
    /// A member of an enum, by its spelling with quotes.
    Member(Arc<Words>),
    /// A text as it stands.
    Text,
    /// A text that is compared without regard to width and white space.
    Name,
    /// A text of a form.
    Matching(Pattern),
    /// Everything else.
    Other,
}

impl Kind {
    /// A value that is plainly of this kind, and what follows it.
    #[inline]
    pub(super) fn read<'t>(&self, text: &'t [u8]) -> Read<'t, Packed> {
        let mut cell = PackedCell::ABSENT;
        let rest = self.fill(text, &mut cell)?;
        Some((cell.content, rest))
    }

    /// Puts a value that is plainly of this kind into a cell. What follows it; none where it is not.
    #[inline(always)]
    fn fill<'t>(&self, text: &'t [u8], cell: &mut PackedCell) -> Option<&'t [u8]> {
        match self {
            Self::Bool => {
                let (value, rest) = boolean(text)?;
                cell.content = Packed::Bool(value);
                Some(rest)
            }
            Self::Number(numeric) => {
                let (number, rest) = leading_decimal(text)?;
                if !ends(*rest.first()?) {
                    return None;
                }
                cell.content = packed(numeric.product(number)?);
                Some(rest)
            }
            Self::Amount(between) => {
                let (number, rest) = leading_decimal(text.strip_prefix(b"\"")?)?;
                let rest = rest.strip_prefix(b"\"")?;
                if !between.holds(number) {
                    return None;
                }
                cell.content = packed(number);
                Some(rest)
            }
            Self::Date => {
                let (date, rest) = date(text)?;
                cell.content = Packed::Date(date);
                Some(rest)
            }
            Self::Member(words) => {
                let (at, rest) = words.strip(text)?;
                cell.content = Packed::Member(MemberId::new(at));
                Some(rest)
            }
            Self::Text | Self::Name => {
                let (text, rest) = string(text)?;
                if matches!(self, Self::Name) && !is_folded(text) {
                    return None;
                }
                cell.content = Packed::Text { len: u32::try_from(text.len()).unwrap_or(u32::MAX) };
                Some(rest)
            }
            Self::Matching(pattern) => {
                let (text, rest) = string(text)?;
                if !pattern.matches_bytes(text) {
                    return None;
                }
                cell.content = Packed::Text { len: u32::try_from(text.len()).unwrap_or(u32::MAX) };
                Some(rest)
            }
            Self::Other => None,
        }
    }
}

/// How far a run of fields came.
pub(super) struct Run<'t> {
    /// What has not been read: it begins after a value or a key, or where it began before.
    pub(super) rest: &'t [u8],
    /// The field that is expected next.
    pub(super) likely: usize,
    pub(super) stands: Stands,
}

/// Behind what a run of fields ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// The bracket of the object: nothing was read yet.
    Bracket,
    /// A value.
    Value,
    /// The key of the field that is expected next, which has not been given before.
    Key,
}

impl<'t> Run<'t> {
    /// Reads fields of a record into its cells, until one needs a closer look. `end` is where the text ends; `conditional` is
    /// told the offsets of those that stand under a condition.
    #[inline]
    pub(super) fn fields(
        &mut self,
        fields: &Fields,
        end: usize,
        cells: &mut [PackedCell],
        mut conditional: impl FnMut(usize),
    ) {
        while let Some(key) = self.next()
            && let Some((index, field, value)) = fields.strip(key, self.likely)
            && let Some(cell) = cells.get_mut(field.offset)
            && cell.at == PackedCell::ABSENT.at
        {
            let value = past_space(value);
            let Some(rest) = field.kind.fill(value, cell) else {
                *self = Self { rest: value, likely: index, stands: Stands::Key };
                return;
            };
            cell.at = u32::try_from(end.wrapping_sub(value.len())).unwrap_or(u32::MAX);
            if field.conditional {
                conditional(field.offset);
            }
            *self = Self { rest, likely: index.wrapping_add(1), stands: Stands::Value };
        }
    }

    /// Where the next key stands.
    #[inline(always)]
    fn next(&self) -> Option<&'t [u8]> {
        Some(past_space(if self.stands == Stands::Bracket { self.rest } else { self.rest.strip_prefix(b",")? }))
    }
}

/// `true`, `false`
#[inline(always)]
fn boolean(text: &[u8]) -> Read<'_, bool> {
    let (value, rest) = match text {
        [b't', b'r', b'u', b'e', rest @ ..] => (true, rest),
        [b'f', b'a', b'l', b's', b'e', rest @ ..] => (false, rest),
        _ => return None,
    };
    ends(*rest.first()?).then_some((value, rest))
}

/// `"2020-05-01"`
#[inline(always)]
fn date(text: &[u8]) -> Read<'_, Date> {
    let (quoted, rest) = text.split_first_chunk::<12>()?;
    let [b'"', date @ .., b'"'] = quoted else { return None };
    Some((Date::of_bytes(*date.first_chunk()?)?, rest))
}

/// What stands between the quotes of a text without escapes that is not blank.
#[inline(always)]
fn string(text: &[u8]) -> Read<'_, &[u8]> {
    let inner = text.strip_prefix(b"\"")?;
    // No character of the blocks that E4 to E9 lead to is white space.
    if !matches!(inner.first()?, b'!' | b'#'..=b'~' | 0xe4..=0xe9) {
        return None;
    }
    let (text, rest) = inner.split_at_checked(plain_length(inner))?;
    Some((text, rest.strip_prefix(b"\"")?))
}

/// Whether a byte ends a number or a word, and has a place behind it.
#[inline(always)]
const fn ends(byte: u8) -> bool {
    matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')
}

/// Bounds that are decimals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
}

impl Between {
    #[inline(always)]
    fn holds(&self, number: Decimal) -> bool {
        self.low.is_none_or(|low| compare_decimals(low, number).is_le())
            && self.high.is_none_or(|high| compare_decimals(number, high).is_le())
    }
}

/// A kind of number whose bounds and factor are decimals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeric {
    pub(super) between: Between,
    pub(super) whole: bool,
    pub(super) factor: Decimal,
    pub(super) whole_product: bool,
}

impl Numeric {
    /// What a number comes to; none where it is out of bounds, or does not fit.
    #[inline(always)]
    fn product(&self, number: Decimal) -> Option<Decimal> {
        if !self.between.holds(number) || (self.whole && number.1 > 0) {
            return None;
        }
        let product = match self.factor {
            (1, 0) => number,
            (1, places) => trimmed(number.0, number.1.wrapping_add(places)),
            (times, places) => trimmed(number.0.checked_mul(times)?, number.1.wrapping_add(places)),
        };
        (product.1 <= 18 && (product.1 == 0 || !self.whole_product)).then_some(product)
    }
}

#[inline(always)]
const fn packed((mantissa, scale): Decimal) -> Packed {
    Packed::Decimal { scale, mantissa: mantissa.to_ne_bytes() }
}

/// What follows the white space at the start.
#[inline(always)]
pub(super) fn past_space(text: &[u8]) -> &[u8] {
    match text {
        [..=b' ', ..] => behind_space(text),
        _ => text,
    }
}

/// The same, where a blank or a control character stands at the start: mostly one blank, or a line end and an indentation.
#[inline]
fn behind_space(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let [b' ' | b'\n' | b'\r' | b'\t', behind @ ..] = rest {
        rest = match behind {
            [b'!'..=u8::MAX, ..] => return behind,
            _ => behind.get(blanks(behind)..).unwrap_or_default(),
        };
    }
    rest
}

/// How many of the next eight bytes are blanks, from the first on.
#[inline(always)]
fn blanks(text: &[u8]) -> usize {
    const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
    text.first_chunk().map_or(0, |chunk| (u64::from_le_bytes(*chunk) ^ BLANKS).trailing_zeros() as usize / 8)
}

/// How many bytes from the start are neither a quote, nor a backslash, nor a control character. Eight at a time.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    chunks.len() * 8 + rest.iter().take_while(|byte| **byte >= 0x20 && **byte != b'"' && **byte != b'\\').count()
}

/// The high bit of each byte that needs a look; the lowest set one is exact.
#[inline(always)]
pub(super) const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    // Where a byte has its high bit, these have it as well, and it is not special.
    (word.wrapping_sub(ONES * 0x20) | quote.wrapping_sub(ONES) | backslash.wrapping_sub(ONES)) & !word & HIGH
}
