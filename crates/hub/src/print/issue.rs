//! What is wrong with one cell of a sheet, and what to do about it.

use std::collections::BTreeMap;

use ybz_app::dto::import::ImportIssue;

/// The sentence of an issue, what stands in the cell, what to do, and the code.
pub(crate) fn sentence(issue: &ImportIssue) -> String {
    let what = WHAT.iter().find(|(code, _)| *code == issue.code).map_or("不合要求", |(_, what)| what);
    let mut text = super::words::fill(what, &issue.params);
    let shown = ["found", "recorded", "counted", "field", "name"];
    let quoted: Vec<String> = shown
        .iter()
        .filter(|name| !what.contains(&format!("{{{name}}}")))
        .filter_map(|name| Some(format!("{}“{}”", label(name), value(&issue.params, name)?)))
        .collect();
    if !quoted.is_empty() {
        text.push_str(&format!("({})", quoted.join(",")));
    }
    let (chinese, english) = todo(issue.params.get("todo").map_or("", String::as_str));
    format!("{text}。{chinese} [{} · {english}]", issue.code)
}

fn value<'a>(params: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    params.get(name).map(String::as_str).filter(|value| !value.is_empty())
}

fn label(name: &str) -> &'static str {
    match name {
        "found" => "写着",
        "recorded" => "账上是",
        "counted" => "数出",
        "field" => "栏目",
        _ => "",
    }
}

fn todo(code: &str) -> (&'static str, &'static str) {
    match code {
        "map_columns" => ("请在窗口里对应各列,或用 --kind 指明", "map the columns in the window, or use --kind"),
        "set_year" => ("请用 --year 指明年份", "say the year with --year"),
        "import_roster_first" => ("请先导入名册,或改姓名", "import the roster first, or correct the name"),
        "remove_row" => ("请删去这一行,或不管它", "remove the row, or leave it"),
        "replace_formula" => ("请把公式改成数值", "replace the formula by its value"),
        "check_cell" => ("请核对", "check the cell"),
        "complete_later" => ("已照样导入,以后补全", "imported as it is; complete it later"),
        "reopen_period" => ("要导入,先解锁这一期", "open the period again to import it"),
        "change_in_app" => ("账上的不变;要改请在程序里改", "the books stay; change them in the program"),
        _ => ("请在表里改好再导入", "correct the sheet and import again"),
    }
}

#[rustfmt::skip]
const WHAT: &[(&str, &str)] = &[
    ("amount_missing_for_tick", "打了勾,但没有应缴金额"),
    ("amount_negative", "金额是负的"),
    ("amount_not_understood", "看不懂金额"),
    ("amount_too_large", "金额太大"),
    ("amount_too_many_decimals", "金额多于两位小数"),
    ("assessment_differs_kept", "核定的金额和账上不同"),
    ("cell_is_error", "公式出错"),
    ("class_assumed", "没写类别,先按正式党员"),
    ("class_missing", "没写类别"),
    ("class_not_understood", "看不懂类别"),
    ("column_mapped_twice", "两列对应了同一栏"),
    ("column_not_mapped", "缺少必需的列"),
    ("concern_completed", "诉求缺责任人或时限,先补上,请核对"),
    ("count_differs", "人数和名单不符"),
    ("date_in_future", "日期在今天之后"),
    ("date_incomplete", "日期不完整"),
    ("date_is_range", "写的是一段时间,不是一天"),
    ("date_missing", "没有日期"),
    ("date_needs_day", "日期缺“日”"),
    ("date_not_understood", "看不懂日期"),
    ("day_out_of_range", "没有这一天"),
    ("header_not_found", "没有找到表头"),
    ("household_missing", "没有写哪一户"),
    ("joined_before_18", "入党时不满十八岁"),
    ("kind_assumed_full", "没写类别,先按正式党员"),
    ("kind_not_understood", "看不懂类别"),
    ("mark_differs_kept", "出勤和账上不同"),
    ("mark_not_understood", "看不懂出勤记号"),
    ("marked_twice", "同一人记了两次"),
    ("meeting_kind_missing", "看不出是哪种会"),
    ("month_out_of_range", "月份不在 1 到 12 之间"),
    ("monthly_missing", "没写每月应缴,先不定标准"),
    ("name_missing", "没有姓名"),
    ("name_left_out", "街道能看到的地方写了“{name}”,已改为“该户”"),
    ("name_not_understood", "看不懂姓名"),
    ("names_not_listed", "只有人数,没有名单"),
    ("not_a_member", "不是党员"),
    ("number_lost_zero", "表格软件可能丢了数字末尾的 0"),
    ("paid_differs_kept", "已缴和账上不同"),
    ("payment_was_reversed", "这一笔已经冲正过"),
    ("id_number_birth", "身份证号里的出生日期不对,这一格先不填"),
    ("id_number_check", "身份证号最后一位对不上,这一格先不填"),
    ("id_number_contradicts", "身份证号和这一行的别的栏对不上,这一格先不填"),
    ("id_number_form", "身份证号不是 18 位,这一格先不填"),
    ("id_number_rounded", "身份证号被表格软件当成了数字,末几位已丢,这一格先不填"),
    ("id_number_taken", "身份证号已经是“{name}”的,这一格先不填"),
    ("period_closed", "{period} 已锁定,这一条不导入"),
    ("person_unknown", "名册里没有这个人"),
    ("phone_not_understood", "看不懂电话,这一格先不填"),
    ("private_differs_kept", "和账上不同"),
    ("private_left_out", "这台电脑不能存身份证号和电话,先不填"),
    ("post_not_known", "不认识的职务"),
    ("quarter_sum_differs", "这一季写的和各月加起来({sum} 元)不同,只记各月的"),
    ("row_repeated", "和前面的行重复"),
    ("sex_not_understood", "看不懂性别"),
    ("sheet_not_found", "没有这张工作表"),
    ("text_left_out", "这一处没有导入"),
    ("text_too_long", "写得太长,最多 {max} 字"),
    ("text_without_label", "旁边没有项目名,不知道填到哪一项"),
    ("name_similar", "和名册里的人读音相近"),
    ("value_differs_kept", "和账上不同"),
    ("value_twice", "一页里同一项写了两个不同的内容"),
    ("visit_same_day", "这户同一天已有走访"),
    ("year_missing", "日期没有年份"),
    ("year_out_of_range", "年份不对"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(code: &str, params: &[(&str, &str)]) -> ImportIssue {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ImportIssue { sheet: "名册".into(), row: 4, column: "C 出生年月".into(), code: code.into(), params }
    }

    #[test]
    fn an_issue_says_what_stands_there_and_what_to_do() {
        let text = sentence(&issue("month_out_of_range", &[("found", "1975.13"), ("todo", "correct_cell")]));
        assert_eq!(
            text,
            "月份不在 1 到 12 之间(写着“1975.13”)。请在表里改好再导入 [month_out_of_range · correct the sheet and import again]"
        );
    }

    #[test]
    fn an_unknown_code_is_shown_with_its_values() {
        let text = sentence(&issue("brand_new", &[("found", "x")]));
        assert!(text.contains("brand_new") && text.contains("“x”"), "{text}");
    }
}
