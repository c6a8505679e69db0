//! What a ledger can have at most. A village-year has 3,400 records; a county's yearly sheet stays far below these.

/// Bytes of the file as chosen.
pub(super) const FILE_BYTES: usize = 20 * 1024 * 1024;
/// Bytes of all parts of a packed file together, once unpacked.
pub(super) const UNPACKED_BYTES: usize = 160 * 1024 * 1024;
/// Parts of a packed file.
pub(super) const PARTS: usize = 2_000;
/// Sheets of a workbook.
pub(super) const SHEETS: usize = 64;
/// Rows of a sheet.
pub(super) const ROWS: usize = 100_000;
/// Columns of a sheet.
pub(super) const COLUMNS: usize = 512;
/// Cells of a workbook, counting the empty ones left of a filled one.
pub(super) const CELLS: usize = 3_000_000;
/// Bytes of text of a workbook.
pub(super) const TEXT_BYTES: usize = 64 * 1024 * 1024;
/// Merged cells that are followed.
pub(super) const MERGED_CELLS: usize = 500_000;
