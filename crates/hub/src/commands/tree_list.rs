//! `ybz tree import`

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::import::ImportFile;
use ybz_app::dto::tree_list::{TreeListInput, TreeListOutput};

use super::{Outcome, bulk, files};
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a list.
const LARGEST: u64 = 8 * 1024 * 1024;

pub(super) async fn run(
    common: &Common,
    list: &Path,
    out: Option<&Path>,
    phone: String,
    dry_run: bool,
    answers: Vec<(String, String)>,
) -> Outcome {
    let name = list.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = ImportFile { name, base64: BASE64.encode(&files::read(list, LARGEST)?) };
    let input = TreeListInput { file, phone, answers: BTreeMap::from_iter(answers) };
    let mut client = Client::reach(common, Books::Kept).await?;
    let made = make(&mut client, common, &input, out, dry_run).await;
    client.close().await;
    let (made, done) = made?;
    if common.json {
        print::json(&serde_json::json!({
            "rows": made.rows, "faults": made.faults, "questions": made.questions, "made": done,
            "bodies": made.bodies, "custody": made.custody, "invited": made.invited,
        }));
    } else {
        say(&made, done);
    }
    let open = made.questions.iter().any(|question| question.answer.is_none());
    Ok(if open || !made.faults.is_empty() { Exit::NotSound } else { Exit::Done })
}

/// Looks first; makes it when nothing is open. Tells whether it was made.
async fn make(
    client: &mut Client,
    common: &Common,
    input: &TreeListInput,
    out: Option<&Path>,
    dry_run: bool,
) -> Result<(TreeListOutput, bool), ErrorDto> {
    let office = client.office(common).await?.id;
    let seen: TreeListOutput = client.ask("org.list_preview", Some(&office), input).await?;
    if dry_run || seen.questions.iter().any(|question| question.answer.is_none()) {
        return Ok((seen, false));
    }
    let folder = match out {
        Some(folder) => folder,
        // Tickets are told once: there has to be a place for them.
        None if seen.invited > 0 => return Err(ErrorDto::new("required").at("out")),
        None => Path::new("."),
    };
    if seen.invited > 0 {
        bulk::new_folder(folder)?;
    }
    let made: TreeListOutput = client.ask("org.list_import", Some(&office), input).await?;
    if let Some(packed) = &made.packed {
        let kept = made.files.iter().try_for_each(|file| super::bundle::keep(file, Some(folder)).map(|_| ()));
        if let Err(error) = kept {
            // What cannot be written as pages is told at least as one file beside.
            super::bundle::keep(packed, None)?;
            return Err(error);
        }
    }
    Ok((made, true))
}

fn say(made: &TreeListOutput, done: bool) {
    for row in &made.rows {
        let indent = "  ".repeat(usize::try_from(row.depth).unwrap_or_default());
        let action = match (row.action.as_str(), done) {
            ("self", _) => "本级 this office",
            ("body", true) => "已建 made",
            ("body", false) => "会建 would be made",
            ("custody", true) => "已代管 taken into custody",
            ("custody", false) => "会代管 would be taken into custody",
            ("invite", true) => "已邀请 invited",
            ("invite", false) => "会邀请 would be invited",
            ("there", _) => "已有 is there",
            ("open", _) => "以前的邀请还有效 has an open invitation",
            ("not_here", _) => "由它的上级建立 its superior makes it",
            ("asked", _) => "要先回答 is asked about",
            _ => "不建 left out",
        };
        print::out(format!("{indent}{} {} · {action}", row.cell, row.name));
    }
    for fault in &made.faults {
        print::out(format!("{} {} {}: {}", fault.sheet, fault.cell, fault.text, why(&fault.code)));
    }
    for question in made.questions.iter().filter(|question| question.answer.is_none()) {
        print::out(format!("? {} {} · {}", question.name, question.text, why(&question.code)));
        for choice in &question.choices {
            print::out(format!("    --answer '{}={}' {}", question.id, choice.value, choice.label));
        }
    }
    if done {
        print::note(format!(
            "组织 {} 个,代管 {} 个,邀请 {} 个。 {0} bodies, {1} in custody, {2} invitations.",
            made.bodies, made.custody, made.invited
        ));
    }
}

fn why(code: &str) -> &str {
    match code {
        "name_missing" => "没有名称 no name",
        "name_too_long" => "名称太长 the name is too long",
        "name_twice" => "同一上级下名称重复 the name is there twice",
        "kind_missing" | "kind_unknown" => "是哪一类? which kind?",
        "kind_not_below" => "这一类不能放在这个上级下面 this kind does not stand below that one",
        "parent_unknown" => "上级在名单里找不到,是哪个? which is its superior?",
        "parent_twice" => "上级名称不止一个,是哪个? which of these is its superior?",
        "level_gap" => "层级跳了一级,上级是哪个? a level is missing: which is its superior?",
        "level_unknown" => "层级看不懂 the level is not understood",
        "circle" => "上级绕成了圈 the superiors go round in a circle",
        "above_left_out" => "它的上级没有用上 what it stands below is left out",
        "region_form" => "区划代码应为12位数字 a region code has 12 digits",
        "region_twice" => "区划代码重复 the region code is there twice",
        "from_missing" => "没有成立日期 no first day",
        "date_unknown" => "日期看不懂 the day is not understood",
        "dates_reversed" => "撤销日期不晚于成立日期 it ends before it begins",
        "units_unusable" => "单位太多或名称太长 too many units, or a name too long",
        "basis_unknown" => "三缘是哪一种? place, trade or interest?",
        "custody_unknown" => "是否代管? is it taken into custody?",
        other => other,
    }
}
