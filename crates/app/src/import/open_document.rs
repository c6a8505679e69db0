//! `.ods` before it is read: repeated cells and rows stand in the file as numbers and may be huge.

use super::error::ImportError;
use super::limits;

/// The value of an attribute inside one tag.
fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = tag.windows(name.len()).position(|window| window == name)?;
    let rest = tag.get(at + name.len()..)?;
    let quote = *rest.iter().find(|byte| matches!(byte, b'"' | b'\''))?;
    let mut parts = rest.split(|byte| *byte == quote);
    parts.next()?;
    parts.next()
}

fn repeats(tag: &[u8], name: &[u8]) -> usize {
    attribute(tag, name)
        .and_then(|value| std::str::from_utf8(value).ok())
        .map_or(1, |value| value.trim().parse().unwrap_or(usize::MAX))
}

/// Refuses a `content.xml` whose cells, written out, exceed the limits.
///
/// # Errors
/// `too_many_cells`.
pub(super) fn check(content: &[u8]) -> Result<(), ImportError> {
    let mut cells = 0usize;
    let mut text = 0usize;
    let mut widest = 0usize;
    let mut rows = 0usize;
    let (mut row_repeats, mut row_width, mut empty_run) = (1usize, 0usize, 0usize);
    let mut skipped_rows = 0usize;
    let mut value: Option<(usize, usize)> = None;
    for piece in content.split(|byte| *byte == b'<').skip(1) {
        let (tag, after) = match piece.iter().position(|byte| *byte == b'>') {
            Some(end) => (piece.get(..end).unwrap_or(piece), piece.get(end + 1..).unwrap_or(&[])),
            None => (piece, [].as_slice()),
        };
        let starts = |name: &[u8]| tag.starts_with(name);
        if starts(b"table:table-row") {
            row_repeats = repeats(tag, b"table:number-rows-repeated");
            (row_width, empty_run) = (0, 0);
        } else if starts(b"table:table-cell") || starts(b"table:covered-table-cell") {
            let times = repeats(tag, b"table:number-columns-repeated").min(16_384);
            let filled = [b"office:value-type".as_slice(), b"table:formula", b"value=", b"-value"]
                .iter()
                .any(|name| tag.windows(name.len()).any(|window| window == *name));
            if filled {
                row_width = row_width.saturating_add(empty_run).saturating_add(times);
                empty_run = 0;
                text = text.saturating_add(tag.len().saturating_mul(times));
                value = Some((times, row_repeats));
            } else {
                empty_run = empty_run.saturating_add(times);
                value = None;
            }
        } else if starts(b"/table:table-row") {
            if row_width == 0 {
                skipped_rows = skipped_rows.saturating_add(row_repeats.min(1_048_576));
            } else {
                rows = rows.saturating_add(row_repeats.min(1_048_576)).saturating_add(skipped_rows);
                skipped_rows = 0;
                widest = widest.max(row_width);
                cells = cells.saturating_add(row_width);
            }
        } else if starts(b"/table:table") && !starts(b"/table:table-") {
            cells = cells.saturating_add(rows.saturating_mul(widest));
            (rows, widest, skipped_rows) = (0, 0, 0);
        }
        if let Some((times, rows)) = value {
            text = text.saturating_add(after.len().saturating_mul(times).saturating_mul(rows.min(1_048_576)));
        }
        if cells > limits::CELLS || text > 2 * limits::TEXT_BYTES {
            return Err(ImportError::too_many_cells());
        }
    }
    Ok(())
}
