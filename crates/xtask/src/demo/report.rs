//! What the street and the department see, and whether it is true.

use super::{
    node::{Node, list, number, text},
    progress::say,
    story::{Expected, say_table, start},
    world::World,
};
use crate::{Outcome, command::command};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

/// The ledgers that the street merges.
const LEDGERS: [(&str, &str); 5] =
    [("visits", "夜谈走访"), ("concerns", "诉求"), ("meetings", "三会一课"), ("dues", "党费"), ("checklists", "清单")];
/// Reading in what was accepted is done long before that.
const READ_IN: Duration = Duration::from_secs(60);

/// How many records of a ledger a village has that its street must have too.
fn own(village: &Node, ledger: &str) -> Outcome<i64> {
    let all = json!({ "limit": 100_000 });
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    Ok(match ledger {
        "visits" => number(&village.call("visit.list", &all)?, "/total"),
        "meetings" => number(&village.call("meeting.list", &all)?, "/total"),
        "checklists" => number(&village.call("checklist.list", &all)?, "/total"),
        "concerns" => {
            let concerns = village.call("concern.list", &all)?;
            count(list(&concerns, "/rows").iter().filter(|row| text(row, "/state") != "kept").count())
        }
        _ => {
            let sheet = village.call("dues.sheet", &all)?;
            let months = list(&sheet, "/rows").iter().flat_map(|row| list(row, "/months"));
            count(months.map(|month| list(month, "/payments").len()).sum())
        }
    })
}

/// Waits until the street has read in what it receipted, and compares its merged ledgers with what the villages have.
///
/// # Errors
/// A ledger of which the street has more or less than its village.
pub(super) fn merged(street: &Node, villages: &[&Node]) -> Outcome {
    let mut lines = vec![vec!["合并台账".to_owned()]];
    if let Some(head) = lines.first_mut() {
        head.extend(LEDGERS.iter().map(|(_, name)| (*name).to_owned()));
    }
    let until = Instant::now() + READ_IN;
    for village in villages {
        let id = text(&village.call("node.overview", &json!({}))?, "/offices/0/id").to_owned();
        let mut line = vec![village.name.clone()];
        for (ledger, name) in LEDGERS {
            let here = own(village, ledger)?;
            let mut cursor = 0;
            loop {
                let there = street.call("merged.list", &json!({ "ledger": ledger, "office": id, "limit": 1 }))?;
                let there = number(&there, "/total");
                if there == here && here > 0 {
                    line.push(here.to_string());
                    break;
                }
                if Instant::now() > until || here == 0 {
                    return Err(format!("{name}: {} has {here}, {} has {there}", village.name, street.name));
                }
                let wait = json!({ "cursor": cursor, "timeoutMs": 500 });
                cursor = number(&street.call("changes.wait", &wait)?, "/cursor");
            }
        }
        lines.push(line);
    }
    say_table(&lines, 1);
    say("条数与各村自己的账一致 · as many records as each village has itself");
    Ok(())
}

/// Prints the matrix of each ledger.
///
/// # Errors
/// When the street does not answer.
pub(super) fn matrices(street: &Node, year: i64) -> Outcome {
    for (ledger, name) in [("visits", "夜谈走访"), ("meetings", "三会一课"), ("dues", "党费"), ("checklists", "清单")]
    {
        let matrix = street.call("matrix", &json!({ "ledger": ledger, "year": year }))?;
        let mut head = vec![format!("{name} {year}年"), "截至".to_owned()];
        head.extend((1..=12).map(|month| format!("{month}月")));
        let mut lines = vec![head];
        for row in list(&matrix, "/rows") {
            let as_of = match (text(row, "/asOf"), text(row, "/state")) {
                ("", "joined") => "未同步",
                ("", _) => "未加入",
                (as_of, _) => as_of,
            };
            let mut line = vec![text(row, "/name").to_owned(), as_of.to_owned()];
            line.extend(list(row, "/cells").iter().map(cell));
            lines.push(line);
        }
        say("");
        say_table(&lines, 2);
    }
    say(
        "◔ 有记录未提交(条数) ○ 规定应有,未录 ─ 不需要 ? 未同步 · ◔ recorded (how many) ○ missing ─ not due ? not synced",
    );
    Ok(())
}

fn cell(cell: &Value) -> String {
    match text(cell, "/state") {
        "recorded" => format!("◔{}", number(cell, "/count")),
        "missing" => "○".to_owned(),
        "not_due" => "─".to_owned(),
        _ => "?".to_owned(),
    }
}

/// The snapshot as the department holds it.
pub(super) struct Report {
    id: String,
    tree: String,
    digest: String,
    files: Vec<PathBuf>,
}

/// Has the street sign, the department pull, verify and export; prints the snapshot.
///
/// # Errors
/// Whatever does not hold.
pub(super) fn snapshot(world: &World, street: &Node, department: &Node, expected: &Expected) -> Outcome<Report> {
    let year = expected.year.to_string();
    let made = street.json(&["snapshot", "make", "--year", &year])?;
    let id = text(&made, "/id").to_owned();
    say(format!("{} 已签名,送往{}", street.name, department.name));
    street.json(&["sync", "--timeout", "60"])?;
    let cards = department.json(&["snapshot", "pull", "--timeout", "60"])?;
    let card = list(&cards, "").iter().find(|card| text(card, "/id") == id);
    let card = card.ok_or_else(|| format!("{} did not get the snapshot {id}: {cards}", department.name))?;
    if card.pointer("/verified") != Some(&Value::Bool(true)) {
        return Err(format!("{} could not verify the snapshot: {card}", department.name));
    }
    let view = department.call("snapshot.get", &json!({ "id": id }))?;
    print(&view);
    compare(&view, expected)?;

    let report = department.json_with(&["snapshot", "verify", &id], &[0, 4])?.0;
    say("");
    say(format!("{}核验 · verified by the department", department.name));
    holds(&report)?;
    let tree = text(&report, "/tree").to_owned();
    let mut files = Vec::new();
    for format in ["xlsx", "csv", "ybzs"] {
        let file = world.dir.join("snapshots").join(format!("{}-{year}.{format}", street.name));
        department.json(&["snapshot", "export", &id, "--format", format, "--out", &file.display().to_string()])?;
        files.push(file);
    }
    let signed = files.last().cloned().unwrap_or_default();
    let (offline, ok) = alone(world, &signed, &tree)?;
    if !ok || offline.pointer("/digest") != report.pointer("/digest") {
        return Err(format!("without any books, by the tree id alone, the file does not verify: {offline}"));
    }
    say("只凭文件和组织树编号再核一遍(不用账本):全部相符 · the file alone, against the tree id: everything holds");
    forged(world, &signed, &tree)?;
    say("改动文件里一个字节:核验不通过 · one byte changed: it does not verify");
    Ok(Report { digest: text(&report, "/digest").to_owned(), id, tree, files })
}

/// Prints each line of a verification and says whether all hold.
fn holds(report: &Value) -> Outcome {
    let mut lines = Vec::new();
    for check in list(report, "/checks") {
        let ok = check.pointer("/ok") == Some(&Value::Bool(true));
        let code = text(check, "/code");
        lines.push(vec![
            if ok { "✓" } else { "✗" }.to_owned(),
            format!("{} {code}", check_name(code)),
            shortened(text(check, "/subject")),
        ]);
    }
    say_table(&lines, 3);
    let ok = report.pointer("/ok") == Some(&Value::Bool(true));
    if ok && !lines.is_empty() { Ok(()) } else { Err(format!("the snapshot does not verify: {report}")) }
}

fn check_name(code: &str) -> &str {
    match code {
        "charter" => "根章程",
        "digest" => "摘要",
        "committee_signature" => "街道签名",
        "committee_certificate" => "街道证书",
        "branch_signature" => "支部签名",
        "branch_certificate" => "支部证书",
        "atoms" => "本村数字",
        "totals" => "合计",
        "missing_listed" => "缺报已列明",
        other => other,
    }
}

/// Ids in a subject are cut, names are not.
fn shortened(subject: &str) -> String {
    let hexadecimal = subject.len() >= 32 && subject.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hexadecimal { format!("{}…", start(subject)) } else { subject.to_owned() }
}

fn print(view: &Value) {
    let inputs = list(view, "/inputs");
    say("");
    say(format!(
        "汇总 {} {}年 · {} 制 · {}/{} 已接收 · 口径 {}",
        text(view, "/officeName"),
        number(view, "/year"),
        text(view, "/madeOn"),
        number(view, "/included"),
        inputs.len(),
        text(view, "/ruleVersion")
    ));
    say(format!("编号 id  {}", text(view, "/id")));
    say(format!("签名设备 signed by  {}", text(view, "/signedBy")));
    say("");
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut lines = vec![head(&["支部", "状态", "截至", "账本指纹"])];
    for input in inputs {
        let state = match text(input, "/cause") {
            "" => "已接收",
            "never_joined" => "缺:未加入",
            "never_synced" => "缺:未同步",
            "stale" => "缺:过期",
            other => other,
        };
        let or = |text: &str| if text.is_empty() { "─".to_owned() } else { text.to_owned() };
        let heads = shortened(text(input, "/heads"));
        lines.push(vec![text(input, "/name").to_owned(), state.to_owned(), or(text(input, "/asOf")), or(&heads)]);
    }
    say_table(&lines, 4);
    say("");
    let rows = list(view, "/rows");
    let this_month = text(view, "/madeOn").get(..7).unwrap_or_default();
    let mut lines = vec![head(&["指标", "月份", "分子", "分母", "率", "来源村数", "口径"])];
    for row in rows.iter().filter(|row| text(row, "/month").is_empty() || text(row, "/month") >= this_month) {
        lines.push(figures(row));
    }
    say_table(&lines, 2);
    say(format!("共 {} 行,各月的都在下面的文件里 · all {} rows are in the files below", rows.len(), rows.len()));
}

fn figures(row: &Value) -> Vec<String> {
    let figure = |pointer: &str| row.pointer(pointer).and_then(Value::as_i64);
    let (above, below) = (figure("/numerator"), figure("/denominator"));
    // Money is counted in fen and read in yuan.
    let shown = |figure: i64| match text(row, "/metric") {
        "dues" => format!("{}.{:02}元", figure / 100, figure % 100),
        _ => figure.to_string(),
    };
    let rate = match (above, below) {
        (Some(above), Some(below)) if below > 0 => format!("{}.{}%", above * 100 / below, above * 1000 / below % 10),
        _ => "─".to_owned(),
    };
    let month = text(row, "/month");
    let definition = text(row, "/definition");
    vec![
        text(row, "/name").to_owned(),
        if month.is_empty() { "全年" } else { month }.to_owned(),
        above.map_or_else(|| "—(隐去)".to_owned(), shown),
        below.map_or_else(|| if above.is_none() { "—(隐去)".to_owned() } else { "─".to_owned() }, shown),
        rate,
        number(row, "/sources").to_string(),
        definition.trim_end_matches("(分)").to_owned(),
    ]
}

/// Present and missing branches must be those that the story made so.
fn compare(view: &Value, expected: &Expected) -> Outcome {
    let inputs = list(view, "/inputs");
    let mut included: Vec<&str> =
        inputs.iter().filter(|input| text(input, "/cause").is_empty()).map(|input| text(input, "/name")).collect();
    let mut missing: Vec<(&str, &str)> = inputs
        .iter()
        .filter(|input| !text(input, "/cause").is_empty())
        .map(|input| (text(input, "/name"), text(input, "/cause")))
        .collect();
    let mut wanted: Vec<&str> = expected.included.iter().map(String::as_str).collect();
    let mut absent: Vec<(&str, &str)> = expected.missing.iter().map(|(name, cause)| (name.as_str(), *cause)).collect();
    included.sort_unstable();
    missing.sort_unstable();
    wanted.sort_unstable();
    absent.sort_unstable();
    if included == wanted && missing == absent {
        return Ok(());
    }
    Err(format!("in the snapshot are {included:?}, missing {missing:?}; expected are {wanted:?}, missing {absent:?}"))
}

/// `ybz snapshot verify FILE --tree TREE` with no data directory and no key; whether everything holds.
fn alone(world: &World, file: &Path, tree: &str) -> Outcome<(Value, bool)> {
    let mut command = command(world.ybz(), &["snapshot", "verify"], &world.dir);
    command.arg(file).args(["--tree", tree, "--json"]).env_remove("YBZ_DATA").env_remove("YBZ_KEY_FILE");
    let output = command.stderr(Stdio::null()).output().map_err(|error| format!("ybz does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let value =
        serde_json::from_str(said.trim()).map_err(|error| format!("ybz snapshot verify said {said}: {error}"))?;
    Ok((value, output.status.success()))
}

/// A copy with one byte changed must not verify, wherever that byte is.
fn forged(world: &World, signed: &Path, tree: &str) -> Outcome {
    let failed = |error: std::io::Error| format!("{}: {error}", signed.display());
    let bytes = fs::read(signed).map_err(failed)?;
    let copy = world.dir.join("snapshots").join("forged.ybzs");
    for share in [1, 2, 3] {
        let mut bytes = bytes.clone();
        let at = bytes.len() * share / 4;
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1;
        }
        fs::write(&copy, bytes).map_err(failed)?;
        let (said, ok) = alone(world, &copy, tree)?;
        if ok || said.pointer("/ok") == Some(&Value::Bool(true)) {
            return Err(format!("with byte {at} changed the snapshot still verifies: {said}"));
        }
    }
    fs::remove_file(&copy).map_err(failed)
}

/// Looks for private words at the street, and for names of members in what the department has.
///
/// # Errors
/// Where one was found.
pub(super) fn privacy(report: &Report, street: &Node, villages: &[Node], secrets: &[String]) -> Outcome {
    for (ledger, _) in LEDGERS {
        let rows = street.call("merged.list", &json!({ "ledger": ledger, "limit": 100_000 }))?.to_string();
        if let Some(secret) = secrets.iter().find(|secret| rows.contains(secret.as_str())) {
            return Err(format!("{}: {ledger} holds a private note: {secret}", street.name));
        }
    }
    let mut names = Vec::new();
    for village in villages {
        for (call, limit) in [("member.list", 1000), ("household.list", 1000)] {
            let rows = village.call(call, &json!({ "limit": limit }))?;
            names.extend(list(&rows, "/rows").iter().map(|row| text(row, "/name").to_owned()));
        }
    }
    names.retain(|name| name.chars().count() > 1);
    for file in report.files.iter().filter(|file| file.extension().is_some_and(|ending| ending != "xlsx")) {
        let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let holds = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        if let Some(name) = names.iter().chain(secrets).find(|name| holds(name)) {
            return Err(format!("{} holds {name}", file.display()));
        }
    }
    say(format!("{} 条私密备注在街道都找不到;{} 个党员和户主的姓名在汇总文件里都找不到", secrets.len(), names.len()));
    say(format!(
        "{} private notes are not at the street, {} names are not in the snapshot",
        secrets.len(),
        names.len()
    ));
    Ok(())
}

impl Report {
    /// Says where everything is and how to check it again.
    pub(super) fn say_files(&self, world: &World) {
        println!("\n━━ 文件在哪里 · where the files are");
        say(format!("演示文件夹 world     {}", world.dir.display()));
        say(format!("各村台账 ledgers     {}", world.ledgers.display()));
        say(format!("账本和钥匙 books     {}", world.dir.join("nodes").display()));
        for file in &self.files {
            say(format!("汇总 snapshot        {}", file.display()));
        }
        say("");
        say(format!("汇总编号 id      {}", self.id));
        say(format!("摘要 digest      {}", self.digest));
        say(format!("组织树 tree id   {}", self.tree));
        say("随时可再核一遍,不用账本、不用联网 · verify again, without books or network:");
        let file = self.files.last().cloned().unwrap_or_default();
        say(format!("  {} snapshot verify {} --tree {}", world.ybz().display(), file.display(), self.tree));
    }
}
