//! Forms of higher bodies: opened, shown, mapped, filled and opened again.

use rust_xlsxwriter::{Format, Formula, Workbook};

/// Parts of a form as they are unpacked, with their cells beside, and the workbook that is made.
pub const BOUND: usize = 256 << 20;

/// Everything that the bytes of a form come through.
pub fn run(data: &[u8]) {
    let _ = ybz_app::try_template(data);
}

/// A form with a label, a day, merged cells, a table and a sum.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet();
    let _ = sheet.merge_range(0, 0, 0, 3, "登记表", &Format::new());
    let _ = sheet.write(1, 0, "姓名").and_then(|sheet| sheet.write_blank(6, 1, &day));
    let _ = sheet.write(3, 2, "金额").and_then(|sheet| sheet.write(4, 2, 5));
    let _ = sheet.write_formula(9, 2, Formula::new("=SUM(C5:C9)")).and_then(|sheet| sheet.set_print_area(0, 0, 9, 3));
    book.save_to_buffer().into_iter().collect()
}
