//! From frames to bytes and back. A header of four bytes carries the length, which is checked before anything is
//! allocated, and the mark of compressed frames, whose output is bounded whatever the frame claims.

use zstd::stream::raw::{CParameter, DParameter, Decoder, Encoder, InBuffer, Operation, OutBuffer};

use crate::limits::{MAX_FRAME, MAX_RAW};
use crate::wire::frame::Frame;
use crate::wire::pack::History;

/// Bytes before each frame.
pub const HEADER: usize = 4;
const BULK: u32 = 1 << 31;
const LEVEL: i32 = 3;
/// The window bounds what a decoder remembers: 1 MiB.
const WINDOW_LOG: u32 = 20;

/// Bytes that are no frame. The session ends; nothing in them is acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The header's length is above what may come now.
    #[error("a frame of {found} bytes where at most {most} may come")]
    TooLong {
        /// As the header says.
        found: usize,
        /// What may come.
        most: usize,
    },
    /// The bytes do not decode.
    #[error("bytes that are no frame")]
    Garbled,
    /// A compressed frame grows above the bound.
    #[error("a compressed frame that grows above the bound")]
    Bomb,
    /// A frame of this side does not fit; a fault of this program.
    #[error("a frame of this side that does not fit: {0}")]
    Unfit(&'static str),
}

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Bytes that follow.
    pub length: usize,
    /// They are compressed and may grow to [`MAX_RAW`].
    pub bulk: bool,
}

impl Header {
    /// Reads a header; `most` bytes may follow.
    pub fn read(bytes: [u8; HEADER], most: usize) -> Result<Self, WireError> {
        let number = u32::from_be_bytes(bytes);
        let length = usize::try_from(number & !BULK).unwrap_or(usize::MAX);
        let most = most.min(MAX_FRAME);
        if length > most {
            return Err(WireError::TooLong { found: length, most });
        }
        Ok(Self { length, bulk: number & BULK != 0 })
    }
}

/// A frame as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Header and body.
    pub bytes: Vec<u8>,
    /// Bytes before compression: what the machine counts.
    pub raw: usize,
}

struct Deflate {
    encoder: Encoder<'static>,
    history: History,
}

struct Inflate {
    decoder: Decoder<'static>,
    history: History,
}

/// One session's coder for both directions. Contexts exist during a burst only: an idle session holds none.
#[derive(Default)]
pub struct Codec {
    deflate: Option<Deflate>,
    inflate: Option<Inflate>,
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec")
            .field("sending", &self.deflate.is_some())
            .field("receiving", &self.inflate.is_some())
            .finish()
    }
}

impl Codec {
    /// Encodes a frame.
    pub fn encode(&mut self, mut frame: Frame) -> Result<Encoded, WireError> {
        let unfit = || WireError::Unfit("does not encode");
        let bulk = frame.is_bulk();
        let ends = matches!(frame, Frame::Sent);
        let (body, raw) = if bulk {
            let deflate = match &mut self.deflate {
                Some(deflate) => deflate,
                none => none.insert(Deflate::new().ok_or(WireError::Unfit("no compressor"))?),
            };
            if let Frame::Changes(changes) = &mut frame {
                if changes.changes.iter().map(Vec::len).sum::<usize>() > MAX_RAW {
                    return Err(WireError::Unfit("more changes than fit a frame"));
                }
                for chunk in &mut changes.changes {
                    *chunk = deflate.history.pack(chunk);
                }
            }
            let raw = postcard::to_stdvec(&frame).map_err(|_| unfit())?;
            if raw.len() > MAX_RAW {
                return Err(WireError::Unfit("above the bound of compressed frames"));
            }
            (deflate.run(&raw).ok_or_else(unfit)?, raw.len())
        } else {
            let body = postcard::to_stdvec(&frame).map_err(|_| unfit())?;
            let raw = body.len();
            (body, raw)
        };
        if ends {
            self.deflate = None;
        }
        let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= MAX_FRAME);
        let length = length.ok_or(WireError::Unfit("above the bound of a frame"))?;
        let mut bytes = Vec::with_capacity(HEADER + body.len());
        bytes.extend_from_slice(&(length | if bulk { BULK } else { 0 }).to_be_bytes());
        bytes.extend_from_slice(&body);
        Ok(Encoded { bytes, raw })
    }

    /// Decodes the body that follows a header.
    pub fn decode(&mut self, header: Header, body: &[u8]) -> Result<Frame, WireError> {
        let frame = if header.bulk {
            let inflate = match &mut self.inflate {
                Some(inflate) => inflate,
                none => none.insert(Inflate::new().ok_or(WireError::Unfit("no decompressor"))?),
            };
            let raw = inflate.run(body)?;
            let mut frame = exact(&raw)?;
            if let Frame::Changes(changes) = &mut frame {
                let mut grown = 0;
                for chunk in &mut changes.changes {
                    *chunk = inflate.history.unpack(chunk).map_err(|_| WireError::Garbled)?;
                    grown += chunk.len();
                    // A distance of one byte becomes a hash of 32.
                    if grown > MAX_RAW {
                        return Err(WireError::Bomb);
                    }
                }
            }
            frame
        } else {
            exact(body)?
        };
        if frame.is_bulk() != header.bulk {
            return Err(WireError::Garbled);
        }
        if matches!(frame, Frame::Sent) {
            self.inflate = None;
        }
        Ok(frame)
    }
}

/// Nothing may trail a frame, save in the first ones, where a newer program may say more.
fn exact(bytes: &[u8]) -> Result<Frame, WireError> {
    let (frame, trailing) = postcard::take_from_bytes::<Frame>(bytes).map_err(|_| WireError::Garbled)?;
    let first = matches!(frame, Frame::Hello(_) | Frame::Join(_) | Frame::Refused(_));
    if trailing.is_empty() || first { Ok(frame) } else { Err(WireError::Garbled) }
}

impl Deflate {
    fn new() -> Option<Self> {
        let mut encoder = Encoder::new(LEVEL).ok()?;
        encoder.set_parameter(CParameter::WindowLog(WINDOW_LOG)).ok()?;
        Some(Self { encoder, history: History::default() })
    }

    fn run(&mut self, raw: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0; zstd::zstd_safe::compress_bound(raw.len()) + 64];
        let mut input = InBuffer::around(raw);
        let mut output = OutBuffer::around(out.as_mut_slice());
        while input.pos() < raw.len() {
            let (read, written) = (input.pos(), output.pos());
            self.encoder.run(&mut input, &mut output).ok()?;
            if (read, written) == (input.pos(), output.pos()) {
                return None;
            }
        }
        if self.encoder.flush(&mut output).ok()? != 0 {
            return None;
        }
        let written = output.pos();
        out.truncate(written);
        Some(out)
    }
}

impl Inflate {
    fn new() -> Option<Self> {
        let mut decoder = Decoder::new().ok()?;
        decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG)).ok()?;
        Some(Self { decoder, history: History::default() })
    }

    /// Grows the output as it comes, never by what the frame claims, and never above the bound.
    fn run(&mut self, body: &[u8]) -> Result<Vec<u8>, WireError> {
        let mut out = Vec::new();
        let mut piece = [0; 16 * 1024];
        let mut input = InBuffer::around(body);
        loop {
            let before = input.pos();
            let mut output = OutBuffer::around(piece.as_mut_slice());
            self.decoder.run(&mut input, &mut output).map_err(|_| WireError::Garbled)?;
            let written = output.pos();
            out.extend(piece.iter().take(written));
            if out.len() > MAX_RAW {
                return Err(WireError::Bomb);
            }
            let full = written == piece.len();
            if input.pos() == body.len() && !full {
                return Ok(out);
            }
            if input.pos() == before && written == 0 {
                return Err(WireError::Garbled);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::frame::{Blob, Changes, Versions};
    use ybz_domain::ids::BookId;

    fn decode(codec: &mut Codec, bytes: &[u8]) -> Result<Frame, WireError> {
        let (header, body) = bytes.split_first_chunk::<HEADER>().ok_or(WireError::Garbled)?;
        let header = Header::read(*header, MAX_FRAME)?;
        codec.decode(header, body.get(..header.length).ok_or(WireError::Garbled)?)
    }

    fn blob(bytes: Vec<u8>) -> Frame {
        Frame::Blob(Box::new(Blob { digest: [1; 32], at: 0, bytes, last: true }))
    }

    #[test]
    fn frames_come_back_and_later_ones_lean_on_earlier_ones_until_all_is_sent() {
        let (mut here, mut there) = (Codec::default(), Codec::default());
        let text: Vec<u8> = (0..40_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut sizes = Vec::new();
        for frame in [blob(text.clone()), blob(text.clone()), Frame::Sent, blob(text)] {
            let encoded = here.encode(frame.clone()).unwrap();
            sizes.push(encoded.bytes.len());
            assert_eq!(decode(&mut there, &encoded.bytes).unwrap(), frame);
        }
        assert!(sizes[1] * 10 < sizes[0], "the second of two equal frames is found in the window");
        assert_eq!(sizes[3], sizes[0], "a burst ends its stream");
        let empty = Frame::Changes(Box::new(Changes {
            book: BookId([1; 32]),
            changes: vec![Vec::new()],
            attestations: Vec::new(),
            more: false,
        }));
        assert_eq!(decode(&mut there, &here.encode(empty.clone()).unwrap().bytes).unwrap(), empty);
    }

    #[test]
    fn a_length_above_the_bound_is_refused_by_its_header_alone() {
        assert_eq!(
            Header::read([0x7f, 0xff, 0xff, 0xff], MAX_FRAME),
            Err(WireError::TooLong { found: 0x7fff_ffff, most: MAX_FRAME })
        );
        assert!(Header::read([0, 0x10, 0, 0], MAX_FRAME).is_ok());
        assert!(Header::read([0, 0x10, 0, 0], 65_536).is_err(), "a stranger's frames are short");
    }

    #[test]
    fn a_bomb_is_cut_off_at_the_bound() {
        let mut encoder = zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
        encoder.window_log(WINDOW_LOG).unwrap();
        std::io::Write::write_all(&mut encoder, &vec![0u8; 64 * MAX_RAW]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < MAX_FRAME);
        let header = Header { length: bomb.len(), bulk: true };
        assert_eq!(Codec::default().decode(header, &bomb), Err(WireError::Bomb));
        let mut wide = zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
        wide.window_log(27).unwrap();
        std::io::Write::write_all(&mut wide, &[0u8; 1000]).unwrap();
        let wide = wide.finish().unwrap();
        let header = Header { length: wide.len(), bulk: true };
        assert_eq!(Codec::default().decode(header, &wide), Err(WireError::Garbled), "no window above ours is set up");
    }

    #[test]
    fn garbage_cuts_and_false_marks_are_no_frames() {
        let good = Codec::default().encode(blob(vec![7; 5_000])).unwrap().bytes;
        for at in 0..good.len() {
            let mut altered = good.clone();
            altered[at] ^= 0x55;
            let _ = decode(&mut Codec::default(), &altered);
            assert!(decode(&mut Codec::default(), &good[..at]).is_err(), "cut at {at}");
        }
        let body = postcard::to_stdvec(&blob(vec![1])).unwrap();
        let plain = Header { length: body.len(), bulk: false };
        assert_eq!(Codec::default().decode(plain, &body), Err(WireError::Garbled), "bulk must be compressed");
        let mut long = postcard::to_stdvec(&Frame::Sent).unwrap();
        long.push(0);
        let header = Header { length: long.len(), bulk: false };
        assert_eq!(Codec::default().decode(header, &long), Err(WireError::Garbled), "nothing trails a frame");
    }

    #[test]
    fn the_newest_common_version_is_spoken() {
        let versions = |oldest, newest| Versions { oldest, newest };
        assert_eq!(versions(1, 2).common(versions(2, 3)), Some(2));
        assert_eq!(versions(1, 1).common(versions(2, 3)), None);
        assert_eq!(Versions::OURS.common(Versions::OURS), Some(1));
    }
}
