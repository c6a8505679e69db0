//! `.xls` before it is read: follows every chain and record the reader would follow, and refuses what never ends or
//! would not fit into memory.

use std::collections::BTreeMap;

use super::error::ImportError;
use super::limits;

const END_OF_CHAIN: u32 = 0xffff_fffe;
const LAST_SECTOR: u32 = 0xffff_fffa;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let [a, b] = *bytes.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes([a, b]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..at.checked_add(4)?)?.first_chunk::<4>()?))
}

fn size(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// A compound file whose chains all end.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<(String, u32, usize)>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini_stream: Vec::new(), entries: Vec::new() };
        let sectors = bytes.len() / sector + 1;
        let mut tables: Vec<u32> = (76..512).step_by(4).filter_map(|at| u32_at(bytes, at)).collect();
        let mut next = u32_at(bytes, 68)?;
        let mut followed = 0usize;
        while next < LAST_SECTOR {
            followed += 1;
            if followed > sectors {
                return None;
            }
            let table = file.sector(next)?;
            tables.extend((0..table.len() / 4).filter_map(|place| u32_at(table, place * 4)));
            next = tables.pop()?;
        }
        let mut fat = Vec::new();
        for table in tables.into_iter().filter(|table| *table < 0xffff_fffc) {
            if fat.len() > sectors.saturating_mul(2) + sector {
                return None;
            }
            let table = file.sector(table)?;
            fat.extend((0..table.len() / 4).filter_map(|place| u32_at(table, place * 4)));
        }
        if !ends(&fat) {
            return None;
        }
        file.fat = fat;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        for entry in directory.chunks_exact(128) {
            let name: Vec<u16> =
                (0..32).filter_map(|place| u16_at(entry, place * 2)).take_while(|unit| *unit != 0).collect();
            let high = if sector == 4096 { u32_at(entry, 124)? } else { 0 };
            let length = if high == 0 { size(u32_at(entry, 120)?) } else { usize::MAX };
            file.entries.push((String::from_utf16_lossy(&name), u32_at(entry, 116)?, length));
        }
        let (_, root_start, root_length) = file.entries.first().cloned()?;
        let mini_sectors = size(u32_at(bytes, 64)?);
        if mini_sectors > 0 {
            if root_length > bytes.len() || mini_sectors > sectors {
                return None;
            }
            file.mini_stream = file.chain(root_start, root_length)?;
            let mini = file.chain(u32_at(bytes, 60)?, mini_sectors * sector)?;
            file.mini_fat = (0..mini.len() / 4).filter_map(|place| u32_at(&mini, place * 4)).collect();
        }
        Some(file)
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = size(id).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id != END_OF_CHAIN {
            let sector = self.sector(id)?;
            out.extend_from_slice(sector.get(..sector.len().min(length - out.len()))?);
            if out.len() >= length {
                break;
            }
            if out.len() > self.bytes.len() {
                return None;
            }
            id = *self.fat.get(size(id))?;
        }
        Some(out)
    }

    fn mini_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id != END_OF_CHAIN && out.len() < length {
            let from = size(id).checked_mul(64)?;
            let end = (from + 64).min(self.mini_stream.len());
            let sector = self.mini_stream.get(from..end)?;
            if sector.is_empty() {
                return None;
            }
            out.extend_from_slice(sector.get(..sector.len().min(length - out.len()))?);
            id = *self.mini_fat.get(size(id))?;
        }
        Some(out)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, start, length) = self.entries.iter().find(|entry| entry.0.eq_ignore_ascii_case(name))?;
        if *length > self.bytes.len() {
            return None;
        }
        if *length < 4096 { self.mini_chain(*start, *length) } else { self.chain(*start, *length) }
    }

    fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.0.eq_ignore_ascii_case(name))
    }
}

/// Whether no chain of the table leads into a circle.
fn ends(table: &[u32]) -> bool {
    // 0: not seen; otherwise the number of the walk that saw it.
    let mut seen = vec![0usize; table.len()];
    for start in 0..table.len() {
        let mut at = start;
        let walk = start + 1;
        while let Some(mark) = seen.get_mut(at) {
            if *mark == walk {
                return false;
            }
            if *mark != 0 {
                break;
            }
            *mark = walk;
            match table.get(at) {
                Some(next) if *next < LAST_SECTOR => at = size(*next),
                _ => break,
            }
        }
    }
    true
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    more: Vec<&'a [u8]>,
}

fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0usize;
    let mut next = move || {
        let kind = u16_at(stream, at)?;
        let length = usize::from(u16_at(stream, at + 2)?);
        let data = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, data))
    };
    let mut ahead = next();
    std::iter::from_fn(move || {
        let (kind, data) = ahead.take()?;
        let mut more = Vec::new();
        ahead = next();
        while let Some((0x3c, piece)) = ahead {
            more.push(piece);
            ahead = next();
        }
        Some(Record { kind, data, more })
    })
}

/// Bytes of each string of the shared string table, roughly: as many as the reader will hold, or more.
fn string_sizes(record: &Record<'_>) -> Vec<usize> {
    let mut pieces = std::iter::once(record.data.get(8..).unwrap_or(&[])).chain(record.more.iter().copied());
    let mut data: &[u8] = pieces.next().unwrap_or(&[]);
    let mut sizes = Vec::new();
    loop {
        if data.is_empty() {
            match pieces.next() {
                Some(piece) => data = piece,
                None => return sizes,
            }
            continue;
        }
        let (Some(count), Some(flags)) = (u16_at(data, 0), data.get(2).copied()) else { return sizes };
        sizes.push(usize::from(count) * 3);
        let mut head = 3usize;
        let mut tail = 0usize;
        if flags & 8 != 0 {
            tail += usize::from(u16_at(data, head).unwrap_or(0)) * 4;
            head += 2;
        }
        if flags & 4 != 0 {
            tail = tail.saturating_add(size(u32_at(data, head).unwrap_or(0)));
            head += 4;
        }
        data = data.get(head..).unwrap_or(&[]);
        let mut wide = flags & 1 != 0;
        let mut left = usize::from(count);
        loop {
            let width = if wide { 2 } else { 1 };
            let here = left.min(data.len() / width);
            data = data.get(here * width..).unwrap_or(&[]);
            left -= here;
            if left == 0 {
                break;
            }
            let Some((first, rest)) = pieces.next().and_then(<[u8]>::split_first) else { return sizes };
            wide = first & 1 != 0;
            data = rest;
        }
        while tail > data.len() {
            tail -= data.len();
            match pieces.next() {
                Some(piece) => data = piece,
                None => return sizes,
            }
        }
        data = data.get(tail..).unwrap_or(&[]);
    }
}

#[derive(Default)]
struct Area {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Area {
    fn add(&mut self, row: u16, column: u16) {
        let widen = |range: Option<(u16, u16)>, value: u16| {
            Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        };
        self.rows = widen(self.rows, row);
        self.columns = widen(self.columns, column);
    }

    fn cells(&self) -> usize {
        let span = |range: Option<(u16, u16)>| range.map_or(0, |(low, high)| usize::from(high - low) + 1);
        span(self.rows) * span(self.columns)
    }
}

/// Checks an `.xls` file.
///
/// # Errors
/// `file_protected`, `file_not_a_sheet` (another document in the same container), `too_many_cells`, `file_damaged`.
pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let file = Compound::open(bytes).ok_or_else(ImportError::damaged)?;
    if file.has("EncryptedPackage") {
        return Err(ImportError::new("file_protected", "remove_password"));
    }
    if !file.has("Workbook") && !file.has("Book") {
        return Err(ImportError::new("file_not_a_sheet", "choose_xlsx"));
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(ImportError::damaged)?;
    let mut starts = Vec::new();
    let mut sizes = Vec::new();
    for record in records(&stream) {
        match record.kind {
            0x2f if u16_at(record.data, 0) != Some(0) => {
                return Err(ImportError::new("file_protected", "remove_password"));
            }
            0x85 => starts.push(size(u32_at(record.data, 0).ok_or_else(ImportError::damaged)?)),
            0xfc => sizes = string_sizes(&record),
            0x0a => break,
            _ => {}
        }
    }
    if starts.len() > limits::SHEETS {
        return Err(ImportError::new("too_many_sheets", "split_file").with("max", limits::SHEETS));
    }
    let (mut cells, mut text, mut steps) = (0usize, 0usize, 0usize);
    for start in starts {
        let sheet = stream.get(start..).ok_or_else(ImportError::damaged)?;
        let mut area = Area::default();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut depth = 0usize;
        for record in records(sheet) {
            steps += 1;
            match record.kind {
                0x0809 => depth += 1,
                0x0a if depth <= 1 => break,
                0x0a => depth -= 1,
                0x0200 => declared(record.data)?,
                0x06 | 0x0203 | 0x0204 | 0xd6 | 0x0205 | 0x027e | 0xfd => {
                    if let Some((row, column)) = u16_at(record.data, 0).zip(u16_at(record.data, 2)) {
                        area.add(row, column);
                    }
                    if record.kind == 0xfd {
                        *counts.entry(u32_at(record.data, 6).unwrap_or(0)).or_default() += 1;
                    }
                }
                0xbd => {
                    let last = u16_at(record.data, record.data.len().saturating_sub(2));
                    if let Some(((row, first), last)) = u16_at(record.data, 0).zip(u16_at(record.data, 2)).zip(last) {
                        area.add(row, first);
                        area.add(row, last.max(first));
                    }
                }
                _ => {}
            }
        }
        cells = cells.saturating_add(area.cells());
        text = counts.iter().fold(text, |sum, (place, count)| {
            let length = sizes.get(size(*place)).copied().unwrap_or(0);
            sum.saturating_add(length.saturating_mul(*count))
        });
        // Sheets that start inside one another would be read again and again.
        if cells > limits::CELLS || text > 2 * limits::TEXT_BYTES || steps > 4 * limits::CELLS {
            return Err(ImportError::too_many_cells());
        }
    }
    Ok(())
}

/// The reader reserves room for the declared area of a sheet.
fn declared(data: &[u8]) -> Result<(), ImportError> {
    let bounds = if data.len() >= 14 {
        (u32_at(data, 0), u32_at(data, 4), u16_at(data, 8), u16_at(data, 10))
    } else {
        let wide = |at| u16_at(data, at).map(u32::from);
        (wide(0), wide(2), u16_at(data, 4), u16_at(data, 6))
    };
    let (Some(top), Some(bottom), Some(left), Some(right)) = bounds else { return Ok(()) };
    let rows = size(bottom.saturating_sub(top));
    let columns = usize::from(right.saturating_sub(if left > 0xff || right < left { 0 } else { left }));
    if bottom < top || rows.saturating_mul(columns) > 65_536 * 256 {
        return Err(ImportError::too_many_cells());
    }
    Ok(())
}
