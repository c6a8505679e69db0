//! Filled forms opened with LibreOffice, which computes their formulas itself.

use std::path::Path;
use std::process::Command;

use super::*;

/// The sheets of a workbook as LibreOffice computes and shows them, by name; none where it is not installed.
fn opened(bytes: &[u8]) -> Option<BTreeMap<String, String>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("form.xlsx"), bytes).unwrap();
    // All sheets, as shown, in UTF-8.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";
    if !converted(folder.path(), filter) {
        return None;
    }
    let mut out = BTreeMap::new();
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if let Some(sheet) = name.strip_prefix("form-").and_then(|name| name.strip_suffix(".csv")) {
            out.insert(sheet.to_owned(), std::fs::read_to_string(file.path()).unwrap());
        }
    }
    assert!(!out.is_empty(), "LibreOffice opens what was filled");
    Some(out)
}

fn converted(folder: &Path, filter: &str) -> bool {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut command = Command::new("soffice");
    command.current_dir(folder).args([&profile, "--headless", "--norestore", "--convert-to", filter, "form.xlsx"]);
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => {
            eprintln!(
                "skipped: LibreOffice (soffice) is not installed; `cargo xtask test` installs libreoffice-calc-nogui"
            );
            false
        }
    }
}

fn fill(template: &Template, places: &[FillPlace], sheet: &Sheet) -> Vec<Filled> {
    let places = template.map(places).unwrap().places;
    template.fill(&places, sheet, "form", "xlsx").unwrap()
}

#[test]
fn a_form_made_by_hand_opens_with_values_and_computed_sums() {
    let out = fill(&form(&parts()), &pointed(), &sheet(2));
    std::fs::write("/tmp/q-lo/filled-hand.xlsx", &out[0].bytes).unwrap(); // TEMPORARY
    let Some(sheets) = opened(&out[0].bytes) else { return };
    let lines: Vec<&str> = sheets["记录表"].lines().collect();
    assert_eq!(lines[1], "会议日期,2026年3月5日,主持人:,某某<甲> & 乙");
    assert_eq!(lines[2], "编号,7,,");
    assert_eq!(lines[4], "1,党员1,,10.50");
    assert_eq!(lines[6], "2,党员2,,11.50");
    // The sum is not what stood in the file, and the other sheet follows it.
    assert_eq!(lines[12], "合计,,,22.00");
    assert_eq!(sheets["统计"].trim(), "合计,44");
}

#[test]
fn a_form_of_libreoffice_opens_with_values_and_computed_sums() {
    let template = Template::open(OF_OFFICE.to_vec()).unwrap();
    let name = "收缴登记表";
    let places = [
        place("office", name, "B2"),
        place("made_on", name, "E2"),
        place("column/roll/name", name, "B4"),
        place("column/roll/amount", name, "C4"),
    ];
    let out = fill(&template, &places, &sheet(5));
    assert_eq!(out.len(), 2);
    std::fs::write("/tmp/q-lo/filled-lo.xlsx", &out[0].bytes).unwrap(); // TEMPORARY
    let Some(first) = opened(&out[0].bytes) else { return };
    let lines: Vec<&str> = first[name].lines().collect();
    assert_eq!(lines[0].trim_end_matches(','), "党费收缴登记表");
    assert_eq!(lines[1], "单位:,甲村党支部,,制表日期,2026年4月1日");
    assert_eq!(lines[3], "1,党员1,10.50,,10.50");
    assert_eq!(lines[5], "3,党员3,12.50,,12.50");
    assert_eq!(lines[6], "合计,,34.50,0.00,34.50");
    assert_eq!(first["汇总"].trim(), "实缴合计,0.00");
    let second = opened(&out[1].bytes).unwrap();
    let lines: Vec<&str> = second[name].lines().collect();
    assert_eq!(lines[3], "1,党员4,13.50,,13.50");
    assert_eq!(lines[5], "3,,,,0.00", "what is left of the form is empty");
    assert_eq!(lines[6], "合计,,28.00,0.00,28.00");
}
