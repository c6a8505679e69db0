use encoding_rs::GBK;

use super::*;
use crate::import::read;
use crate::import::sheet::Format;

const TEXT: &str = "示范一村党员名册,,,\n姓名,性别,出生年月,入党时间\n\n赵 甲,男,1980.5,2005.7.1\n钱乙二,女,\"1985年\n6月\",2026.13\n孙丙三,女,1990.1,2015.7\n";

fn assert_read(bytes: &[u8], format: Format) {
    let workbook = read("名册.csv", bytes).unwrap();
    assert_eq!((workbook.format, workbook.sheets[0].name.as_str()), (format, "名册"));
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(
        at(&plan.errors),
        ["名册 5 D 入党时间 month_out_of_range"],
        "the blank line counts and the line break inside quotes does not, as on the screen"
    );
    assert_eq!(plan.members.len(), 2);
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn utf8_with_and_without_mark_and_gbk_are_read() {
    assert_read(TEXT.as_bytes(), Format::CsvUtf8);
    assert_read(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), Format::CsvUtf8);
    assert_read(&GBK.encode(TEXT).0, Format::CsvGbk);
    assert_read(TEXT.replace('\n', "\r\n").as_bytes(), Format::CsvUtf8);
    assert_read(TEXT.replace(',', "\t").as_bytes(), Format::CsvUtf8);
    assert_read(TEXT.replace(',', ";").as_bytes(), Format::CsvUtf8);
}

fn refused(bytes: &[u8]) -> String {
    let error = read("名册.csv", bytes).expect_err("refused");
    assert!(error.params.contains_key("todo"), "{error:?} says what to do");
    error.code.to_owned()
}

#[test]
fn garbled_text_is_refused() {
    let wrong = GBK.decode(TEXT.as_bytes()).0.into_owned();
    assert_eq!(refused(wrong.as_bytes()), "garbled_text", "UTF-8 read as GBK and saved: {wrong}");
    let latin: String = GBK.encode(TEXT).0.iter().map(|byte| char::from(*byte)).collect();
    assert_eq!(refused(latin.as_bytes()), "garbled_text", "GBK read as Latin-1 and saved");
    let lossy = String::from_utf8_lossy(&GBK.encode(TEXT).0).into_owned();
    assert_eq!(refused(lossy.as_bytes()), "garbled_text", "GBK read as UTF-8 and saved");
    assert_eq!(refused("姓名,性别\n锟斤拷,男\n".as_bytes()), "garbled_text");
    assert_eq!(refused("姓名,性别\n张\u{7}三,男\n".as_bytes()), "garbled_text");
    let mut cut = TEXT.as_bytes().to_vec();
    cut.remove(1);
    assert_eq!(refused(&cut), "garbled_text", "UTF-8 with a lost byte is not taken for GBK");
    assert_eq!(refused(&[b"\xff\xfe", TEXT.as_bytes()].concat()), "encoding_not_read");
}

#[test]
fn names_that_are_valid_both_ways_are_not_refused() {
    // The GBK bytes of these words happen to be valid UTF-8; alone they are no proof.
    let workbook =
        read("a.csv", "姓名,性别,出生年月\n联通联,男,1980.5\n赵甲一,男,1980.5\n钱乙二,女,1980.5\n".as_bytes());
    assert!(workbook.is_ok(), "{workbook:?}");
}
