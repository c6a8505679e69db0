//! Exports of a snapshot: XLSX, CSV (UTF-8 with BOM, which Excel needs), and the signed file.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::ErrorDto;
use crate::cases::snapshot as snapshots;
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::snapshot::{FileOutput, SnapshotExportInput, SnapshotRow, SnapshotView};
use crate::error::Answer;

const HEADERS: [&str; 8] = ["指标", "月份", "分子", "分母", "率", "来源村数", "与上次差", "口径"];
const HIDDEN: &str = "—(隐去)";

/// `snapshot.export`
pub(crate) fn snapshot(cx: &Cx<'_>, input: SnapshotExportInput) -> Answer<FileOutput> {
    let view = snapshots::get(cx, IdInput { id: input.id.clone() })?;
    let bytes = match input.format.as_str() {
        "ybzs" => {
            let (signed, _) = snapshots::find(cx, &input.id)?;
            postcard::to_stdvec(&signed).map_err(|error| ErrorDto::internal("export", &error))?
        }
        "csv" => csv_of(&view)?,
        "xlsx" => xlsx_of(&view).map_err(|error| ErrorDto::internal("export", &error))?,
        other => return Err(ErrorDto::new("invalid_input").at("format").with("value", other)),
    };
    cx.note("export", &[("format", input.format.clone()), ("year", view.year.to_string())])?;
    let office: String = view.office_name.chars().filter(|c| !"/\\:*?\"<>|".contains(*c)).collect();
    Ok(FileOutput {
        name: format!("汇总-{office}-{}-{}.{}", view.year, view.made_on, input.format),
        base64: data_encoding::BASE64.encode(&bytes),
    })
}

/// Cells of a row. A hidden cell and its partner look alike; a count has no denominator and no rate.
fn cells(row: &SnapshotRow) -> [String; 8] {
    let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    let hidden = row.numerator.is_none();
    let numerator = if hidden { HIDDEN.to_owned() } else { number(row.numerator) };
    let denominator = if hidden { HIDDEN.to_owned() } else { number(row.denominator) };
    let rate = match (row.numerator, row.denominator) {
        (Some(numerator), Some(denominator)) if denominator > 0 => percent(numerator, denominator),
        _ => String::new(),
    };
    let difference = match (row.numerator, row.previous) {
        (Some(now), Some(before)) => (now - before).to_string(),
        _ => String::new(),
    };
    [
        row.name.clone(),
        row.month.clone().unwrap_or_default(),
        numerator,
        denominator,
        rate,
        row.sources.to_string(),
        difference,
        row.definition.clone(),
    ]
}

/// A rate with one decimal, rounded half up.
fn percent(numerator: i64, denominator: i64) -> String {
    let tenths = (i128::from(numerator) * 2000 + i128::from(denominator)) / (2 * i128::from(denominator));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Lines above the table: who, when, which branches are missing.
fn head(view: &SnapshotView) -> Vec<[String; 2]> {
    let mut head = vec![
        ["机构".to_owned(), view.office_name.clone()],
        ["年度".to_owned(), view.year.to_string()],
        ["生成日期".to_owned(), view.made_on.clone()],
        ["编号".to_owned(), view.id.clone().unwrap_or_default()],
        ["规则版本".to_owned(), view.rule_version.clone()],
    ];
    for input in &view.inputs {
        let state = match input.cause.as_deref() {
            None => format!("已纳入,截至 {}", input.as_of.as_deref().unwrap_or_default()),
            Some("never_joined") => "缺报:未加入".to_owned(),
            Some(_) => match &input.as_of {
                Some(last) => format!("缺报:自{last}未同步"),
                None => "缺报:从未同步".to_owned(),
            },
        };
        head.push([input.name.clone(), state]);
    }
    head
}

fn csv_of(view: &SnapshotView) -> Answer<Vec<u8>> {
    let failed = |error: csv::Error| ErrorDto::internal("export", &error);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(b"\xef\xbb\xbf".to_vec());
    for line in head(view) {
        writer.write_record(line.iter().map(|cell| plain(cell))).map_err(failed)?;
    }
    writer.write_record(HEADERS).map_err(failed)?;
    for row in &view.rows {
        writer.write_record(cells(row).iter().map(|cell| plain(cell))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ErrorDto::internal("export", &error))
}

/// A text that a spreadsheet would run as a formula is quoted. Numbers with a sign stay numbers.
fn plain(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

fn xlsx_of(view: &SnapshotView) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet().set_name("汇总")?;
    let mut at = 0u32;
    for [name, value] in head(view) {
        sheet.write_string(at, 0, &name)?.write_string(at, 1, &value)?;
        at += 1;
    }
    at += 1;
    for (column, title) in (0u16..).zip(HEADERS) {
        sheet.write_string_with_format(at, column, title, &bold)?;
    }
    for row in &view.rows {
        at += 1;
        for (column, cell) in (0u16..).zip(cells(row)) {
            match cell.parse::<f64>() {
                Ok(number) if (2..=6).contains(&column) => sheet.write_number(at, column, number)?,
                _ => sheet.write_string(at, column, &cell)?,
            };
        }
    }
    sheet.set_column_width(0, 18)?.set_column_width(1, 24)?.set_column_width(7, 40)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_round_half_up_and_hidden_cells_look_alike() {
        assert_eq!(percent(55, 56), "98.2%");
        assert_eq!(percent(1, 8), "12.5%");
        assert_eq!(percent(1, 16), "6.3%");
        let row = SnapshotRow {
            metric: "concerns".to_owned(),
            name: "诉求办结".to_owned(),
            month: Some("2026-03".to_owned()),
            numerator: None,
            denominator: None,
            sources: 0,
            previous: None,
            definition: String::new(),
        };
        let [_, _, numerator, denominator, rate, ..] = cells(&row);
        assert_eq!((numerator.as_str(), denominator.as_str(), rate.as_str()), (HIDDEN, HIDDEN, ""));
    }

    #[test]
    fn a_name_that_looks_like_a_formula_is_quoted() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("-5"), "-5");
    }
}
