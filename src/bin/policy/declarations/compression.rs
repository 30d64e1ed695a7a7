//! Compressed files, known by their first bytes and not by their names.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Read};

/// A reader that another thread can have.
pub type Reader = Box<dyn BufRead + Send>;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The first byte of a frame of Zstandard that is to be skipped is one of sixteen; these follow it.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];

/// What is in a file, decompressed where it is compressed by gzip or Zstandard.
pub fn decompressed(mut reader: Reader) -> io::Result<Reader> {
    let head = reader.fill_buf()?;
    if head.starts_with(GZIP) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(reader))));
    }
    if head.starts_with(ZSTD) || head.get(1..).is_some_and(|rest| rest.starts_with(SKIPPABLE)) {
        return Ok(Box::new(BufReader::new(Frames::new(reader))));
    }
    Ok(reader)
}

/// The frames of a Zstandard file, one after the other, each with its checksum held against its content.
struct Frames {
    reader: Reader,
    decoder: FrameDecoder,
}

impl Frames {
    fn new(reader: Reader) -> Self {
        Self { reader, decoder: FrameDecoder::new() }
    }

    /// Begins the next frame, and says whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.reader.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.reader) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.reader).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    fn check(&self) -> io::Result<()> {
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(io::Error::other("a checksum differs")),
            _ => Ok(()),
        }
    }
}

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(into);
            }
            if !self.decoder.is_finished() {
                let more = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.reader, more).map_err(io::Error::other)?;
                continue;
            }
            self.check()?;
            if !self.begin()? {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        decompressed(Box::new(Cursor::new(bytes.to_vec())))?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &str) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn what_is_compressed_is_decompressed_part_by_part() {
        let long = "{\"数\": 1}\n".repeat(50_000);
        for compress in [gzip, zstd] {
            let parts = [compress(&long), compress("b\n")].concat();
            assert_eq!(read(&parts).unwrap(), format!("{long}b\n"));
            read(&parts[..parts.len() - 9]).unwrap_err();
        }
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9][..], &zstd("a")].concat();
        assert_eq!(read(&skipped).unwrap(), "a");
        assert_eq!(read(b"{}").unwrap(), "{}");
        assert_eq!(read(b"").unwrap(), "");
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        for compress in [gzip, zstd] {
            let mut bytes = compress(&"一二三四五六七八九十".repeat(99));
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x40;
            read(&bytes).unwrap_err();
        }
    }
}
