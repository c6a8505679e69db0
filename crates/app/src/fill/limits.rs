//! What a form can have at most. A province's form is some hundred kilobytes; pictures in it count too.

/// Bytes of the file.
pub(super) const FILE_BYTES: usize = 4 * 1024 * 1024;
/// Parts of the package.
pub(super) const PARTS: usize = 1_000;
/// Bytes of one part that is read, once unpacked.
pub(super) const PART_BYTES: usize = 24 * 1024 * 1024;
/// Bytes of all parts that are read, once unpacked.
pub(super) const UNPACKED_BYTES: usize = 48 * 1024 * 1024;
/// Sheets of the workbook.
pub(super) const SHEETS: usize = 64;
/// Cells of all sheets, empty ones with a style included.
pub(super) const CELLS: usize = 200_000;
/// Rows of all sheets, as far as the file has them.
pub(super) const ROWS: usize = 100_000;
/// Merged areas of a sheet.
pub(super) const MERGES: usize = 20_000;
/// Rows that the merged areas of a sheet cover, each counted for itself.
pub(super) const MERGED_ROWS: u32 = 400_000;
/// Areas of several cells that one formula fills.
pub(super) const ARRAYS: usize = 2_000;
/// Stretches of rows in which those areas lie, each area counted for itself.
pub(super) const ARRAY_ROWS: u32 = 400_000;
/// Labels of a sheet that are tried for a proposal.
pub(super) const LABELS: usize = 2_000;
/// Labels that are tried for one field: a form that has more of them means something else.
pub(super) const LABELS_OF_FIELD: usize = 20;
/// Rows of a form that one table goes down.
pub(super) const TABLE_ROWS: u32 = 5_000;
/// Number formats and cell formats.
pub(super) const STYLES: usize = 70_000;
/// Texts of the table of shared ones.
pub(super) const STRINGS: usize = 200_000;
/// The last row of a sheet, from 1.
pub(super) const LAST_ROW: u32 = 1_048_576;
/// The last column of a sheet, from 1.
pub(super) const LAST_COLUMN: u32 = 16_384;
/// Characters of a cell, which is what Excel opens.
pub(super) const CELL_CHARS: usize = 32_767;
/// Places of a mapping.
pub(super) const PLACES: usize = 400;
/// Rows that are shown for pointing.
pub(super) const SHOWN_ROWS: u32 = 200;
/// Columns that are shown for pointing.
pub(super) const SHOWN_COLUMNS: u32 = 60;
/// Cells that are shown for pointing.
pub(super) const SHOWN_CELLS: usize = 12_000;
/// Characters of a cell that are shown for pointing.
pub(super) const SHOWN_CHARS: usize = 200;
/// Rows of a table whose end nothing in the form shows.
pub(super) const OPEN_ROWS: u32 = 500;
/// Workbooks of one filling.
pub(super) const FILES: usize = 400;
/// Bytes of all workbooks of one filling.
pub(super) const FILLED_BYTES: usize = 30 * 1024 * 1024;
