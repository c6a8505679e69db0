//! What happens, step by step. Every actor is a node of its own; every sentence of theirs is a process of its own.

use super::{
    ledgers::{self, Imported},
    month::{self, Month},
    node::{Node, Served, list, number, text},
    options::Options,
    progress::{Progress, say, seconds},
    report,
    table::table,
    world::World,
};
use crate::{Outcome, places::Places};
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

const DEPARTMENT: &str = "示范县委组织部";
const STREET: &str = "示范街道党工委";
/// The villages with ledgers, as the generator names them.
pub(super) const VILLAGES: [&str; 3] = ["示范一村", "示范二村", "示范三村"];
/// The village that never connects.
const ABSENT: &str = "示范四村";

/// What is left when the story is told.
pub(super) struct Scene {
    /// The department's node; it runs.
    pub(super) department: Served,
    /// The street's node; it runs.
    pub(super) street: (Node, Served),
    /// The villages' nodes; none runs.
    pub(super) villages: Vec<Node>,
    /// Which of them was killed.
    pub(super) killed: Option<usize>,
    report: report::Report,
}

impl Scene {
    /// Says where everything is.
    pub(super) fn close(&self, world: &World) {
        self.report.say_files(world);
    }
}

fn office(village: &str) -> String {
    format!("{village}党支部")
}

/// Tells it.
///
/// # Errors
/// The first thing that does not go as it must.
pub(super) fn play(progress: &mut Progress, places: &Places, world: &World, options: &Options) -> Outcome<Scene> {
    let department = world.node("department", DEPARTMENT);
    let street = world.node("street", STREET);
    let villages: Vec<Node> = VILLAGES
        .iter()
        .enumerate()
        .map(|(at, name)| world.node(&format!("village-{}", at + 1), &office(name)))
        .collect();

    let (above, beside, today) = progress.step("建账,加入上级", "books are made, offices join", || {
        found(world, &department, &street, &villages)
    })?;
    let mut date = today.split('-').map(|part| part.parse::<i64>().unwrap_or(1));
    let (now, this_month) = (date.next().unwrap_or(1), date.next().unwrap_or(1));
    let (year, months) = ledgers::months_before(now, this_month);
    progress.step("生成各村台账(虚构)", "invented ledgers", || {
        let dir = &world.ledgers;
        let files = ledgers::write(places, dir, options.seed, VILLAGES.len(), year, months)?;
        say(format!("{files} 个文件,{year}年1—{months}月,seed {}:{}", options.seed, dir.display()));
        Ok(())
    })?;
    let months =
        progress.step("三个村断网记一个月", "three villages record a month with no network", || {
            let work = |(at, node): (usize, &Node)| {
                let begin = Instant::now();
                let folder = world.ledgers.join(VILLAGES.get(at).copied().unwrap_or_default());
                let imported = ledgers::read(node, &folder, year)?;
                let month = month::record(node, options.seed, at, &today)?;
                offline(node, &imported, &month, begin.elapsed())?;
                Ok(month)
            };
            together(villages.iter().enumerate(), work)
        })?;
    if let Some(at) = options.kill
        && let Some(node) = villages.get(at)
    {
        progress.step("杀死一个村的进程", "one village's process is killed", || kill(node, &today))?;
    }
    let online: Vec<&Node> =
        villages.iter().enumerate().filter(|(at, _)| options.kill != Some(*at)).map(|(_, node)| node).collect();
    progress.step("重新联网,街道签收", "the network is back, the street receipts", || {
        together(online.iter(), |node| deliver(node)).map(drop)
    })?;
    progress.step("街道合并台账", "the street merges", || {
        report::merged(&street, &online)?;
        report::matrices(&street, now)
    })?;
    let expected = Expected {
        included: online.iter().map(|node| node.name.clone()).collect(),
        missing: missing(&villages, options.kill),
        year: now,
    };
    let report = progress.step("街道签名汇总,组织部取回并核验", "signed, pulled and verified", || {
        report::snapshot(world, &street, &department, &expected)
    })?;
    progress.step("隐私核对", "what stays in the village stays there", || {
        let secrets: Vec<String> = months.iter().flat_map(|month| month.secrets.clone()).collect();
        report::privacy(&report, &street, &villages, &secrets)
    })?;
    Ok(Scene { department: above, street: (street, beside), villages, killed: options.kill, report })
}

/// Who must be in the snapshot, and who must be missing for which cause.
pub(super) struct Expected {
    /// Names.
    pub(super) included: Vec<String>,
    /// Names with causes.
    pub(super) missing: Vec<(String, &'static str)>,
    /// Of this year.
    pub(super) year: i64,
}

fn missing(villages: &[Node], killed: Option<usize>) -> Vec<(String, &'static str)> {
    let killed = killed.and_then(|at| villages.get(at)).map(|node| (node.name.clone(), "never_synced"));
    killed.into_iter().chain([(office(ABSENT), "never_joined")]).collect()
}

/// Makes the books of all, and has each join its superior by a ticket.
fn found(world: &World, department: &Node, street: &Node, villages: &[Node]) -> Outcome<(Served, Served, String)> {
    let made = department.json(&["init", "--office", DEPARTMENT, "--kind", "organization-department"])?;
    let words = list(&made, "/recoveryWords").len();
    if words != 24 {
        return Err(format!("{DEPARTMENT}: {words} recovery words instead of 24"));
    }
    let above = department.serve(&["--listen", "127.0.0.1:0"])?;
    let tree = text(&department.call("node.overview", &json!({}))?, "/offices/0/tree").to_owned();
    say(format!(
        "{DEPARTMENT}:恢复词 24 个(演示里不显示),组织树 {}…,在 {} 上运行",
        start(&tree),
        above.listen.join(" ")
    ));

    street.json(&["init", "--office", STREET, "--kind", "committee"])?;
    join(world, department, street, "committee")?;
    let beside = street.serve(&["--listen", "127.0.0.1:0", "--ui", "127.0.0.1:0"])?;
    say(format!("{STREET}:已加入{DEPARTMENT},在 {} 上运行", beside.listen.join(" ")));
    for node in villages {
        join(world, street, node, "branch")?;
        say(format!("{}:凭邀请建账并加入{STREET}", node.name));
    }
    let ticket = invite(world, street, &office(ABSENT), "branch")?;
    say(format!("{}:只收到邀请 {},从不联网", office(ABSENT), shown(&ticket)));
    let overview = street.call("node.overview", &json!({}))?;
    Ok((above, beside, text(&overview, "/today").to_owned()))
}

fn shown(path: &std::path::Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn invite(world: &World, superior: &Node, name: &str, kind: &str) -> Outcome<PathBuf> {
    let ticket = world.dir.join("tickets").join(format!("{name}.txt"));
    let file = ticket.display().to_string();
    superior.json(&["invite", "--office", name, "--kind", kind, "--auto-approve", "--out", &file])?;
    Ok(ticket)
}

fn join(world: &World, superior: &Node, node: &Node, kind: &str) -> Outcome {
    let ticket = invite(world, superior, &node.name, kind)?.display().to_string();
    let joined = node.json(&["join", &ticket])?;
    if text(&joined, "/state") == "joined" { Ok(()) } else { Err(format!("{} has not joined: {joined}", node.name)) }
}

/// Says what a village has, and makes sure that nobody else has it yet.
fn offline(node: &Node, imported: &Imported, month: &Month, took: Duration) -> Outcome {
    let status = node.call("sync.status", &json!({}))?;
    let unsent = number(&status, "/unsent");
    if unsent == 0 || !list(&status, "/addresses").is_empty() {
        return Err(format!("{} is not offline with changes to deliver: {status}", node.name));
    }
    let mut text = format!("{}({})\n", node.name, seconds(took));
    text.push_str(&format!("  导入 {} 个文件:{} 条", imported.files, imported.rows));
    text.push_str(&if imported.errors.is_empty() {
        "\n".to_owned()
    } else {
        format!(",{} 行有错未写入\n", imported.errors.len())
    });
    for error in imported.errors.iter().take(3) {
        text.push_str(&format!("    {error}\n"));
    }
    text.push_str(&format!(
        "  录入 {} 条命令:夜谈 {} 晚 {} 户次 · 会议 {} 次 · 党费 {} 人 {}.{:02} 元 · 清单 {} 件\n",
        month.commands,
        month.evenings,
        month.visits,
        month.meetings,
        month.paid,
        month.fen / 100,
        month.fen % 100,
        month.items
    ));
    text.push_str(&format!(
        "  诉求 {} 件,上报 {} 件;{} 件写了户主姓名,改为“该户”后才放行\n",
        month.concerns, month.handed_in, month.caught
    ));
    text.push_str(&format!("  蓝 {unsent}条待送 · 都在本机 {unsent} changes wait here"));
    say(text);
    Ok(())
}

/// Kills a process in the middle of saving; the books must not suffer.
fn kill(node: &Node, today: &str) -> Outcome {
    let visits = || node.call("visit.list", &json!({ "limit": 1 })).map(|page| number(&page, "/total"));
    let defaults = node.call("visit.defaults", &json!({}))?;
    let before = visits()?;
    let process = node.killed("visit.save", &month::last_visit(today, text(&defaults, "/candidates/0")))?;
    say(format!("{}:进程 {process} 正在存一条走访时被杀死 (SIGKILL),此后不再联网", node.name));
    node.json(&["doctor"])?;
    // Tries that were faster than the kill have saved theirs; what was acknowledged before is never fewer.
    let after = visits()?;
    if after < before {
        return Err(format!("{}: {before} visits before the kill, {after} after it", node.name));
    }
    say(format!("账本检查 ybz doctor:完好;杀死之前的 {before} 条走访都在"));
    Ok(())
}

/// Delivers all that a village has.
fn deliver(node: &Node) -> Outcome {
    let begin = Instant::now();
    let (done, code) = node.json_with(&["sync", "--timeout", "60"], &[0, 3])?;
    if code != 0 || done.pointer("/delivered") != Some(&Value::Bool(true)) {
        return Err(format!(
            "{}: ybz sync ended with {code}: [{}] {} unsent",
            node.name,
            text(&done, "/reason"),
            number(&done, "/status/unsent")
        ));
    }
    let receipt = |field: &str| text(&done, &format!("/status/lastReceipt/{field}")).to_owned();
    if text(&done, "/status/light") != "green" || receipt("by").is_empty() {
        return Err(format!("{}: delivered without a receipt: {}", node.name, done));
    }
    say(format!(
        "{}:送出 {} 条,绿 已全部签收 · {} {} · {}({})",
        node.name,
        number(&done, "/sent"),
        receipt("on"),
        receipt("at"),
        receipt("by"),
        seconds(begin.elapsed())
    ));
    Ok(())
}

/// Runs the same for several at once. The first error by order is the one that is told.
fn together<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> Outcome<R> + Sync,
) -> Outcome<Vec<R>> {
    thread::scope(|scope| {
        let running: Vec<_> = items.map(|item| scope.spawn(|| work(item))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a thread of the demo ended by a panic".to_owned())))
            .collect()
    })
}

/// The start of an id: enough to compare by eye.
pub(super) fn start(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// Prints a table below the title.
pub(super) fn say_table(lines: &[Vec<String>], left: usize) {
    say(table(lines, left));
}
