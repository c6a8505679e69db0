//! Files that people choose: sheets and lists, whatever their ending says.

use rust_xlsxwriter::Workbook;

/// What a workbook may unpack to, with its cells beside: far above what any input of this size gives.
pub const BOUND: usize = 256 << 20;

/// Reads the file under every ending.
pub fn run(data: &[u8]) {
    for name in ["名册.xlsx", "名册.xls", "名册.csv"] {
        let _ = ybz_app::inspect_file(name, data);
    }
}

const ROWS: [[&str; 5]; 4] = [
    ["姓名", "性别", "出生年月", "入党时间", "党员类别"],
    ["赵甲一", "男", "1961-03", "1985-07-01", "正式党员"],
    ["钱乙二", "女", "1990.12", "2020年7月1日", "预备党员"],
    ["合计", "", "2", "", ""],
];

/// A roster as people keep it.
pub fn seeds() -> Vec<Vec<u8>> {
    let text = ROWS.map(|row| row.join(",")).join("\r\n");
    let mut out = vec![text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes()];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(ROWS) {
        for (column, cell) in (0..).zip(cells) {
            let _ = sheet.write(row, column, cell);
        }
    }
    out.extend(book.save_to_buffer());
    out
}
