//! 党建大考: 40 units report, each three problems; a street puts them together as 11 common problems, and each becomes a task of the
//! year for all 40, whoever reported it. Weak branches are counted and never ranked.

use scenarios::Device;
use serde_json::{Value, json};

use crate::rounds::{act, below, live, office, sound, state};

/// Units of which the street keeps the books itself, so that forty of them need no forty nodes.
const KEPT: usize = 39;

/// Somebody of a unit of which the street keeps the books.
async fn kept(street: &Device, office: &str, name: &'static str, input: Value) -> Value {
    street.node.call(name, Some(office), input).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The street, which keeps the books of 39 units beside its own; its calls name the office.
struct Street {
    device: Device,
    id: String,
    units: Vec<String>,
}

impl Street {
    async fn ok(&self, name: &'static str, input: Value) -> Value {
        kept(&self.device, &self.id, name, input).await
    }

    /// The village reaches the street for a moment: both have what the other had.
    async fn meets(&self, village: &Device) {
        self.device.serve().await;
        let card = self.ok("tree.card", json!({})).await;
        village.ok("tree.take", json!({"base64": card["base64"]})).await;
        let outcome = village.meet(&self.device).await;
        assert_eq!(outcome["delivered"], true, "{outcome}");
        self.device.node.close().await;
        village.until("sync.status", json!({}), |status| status["reading"] == 0).await;
        let mut cursor = 0;
        while self.ok("sync.status", json!({})).await["reading"] != 0 {
            let changes = self.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 5000})).await;
            cursor = changes["cursor"].as_u64().unwrap_or_default();
        }
    }

    async fn err(&self, name: &'static str, input: Value) -> String {
        self.device.node.call(name, Some(&self.id), input).await.unwrap_err().code
    }
}

/// The words of a report: problem number `n` of all. Those whose numbers fall alike are of one kind; nine are nobody else's.
fn words(n: usize) -> String {
    if n < 111 { format!("第{}类问题", n % 11 + 1) } else { format!("个别问题{}", n - 110) }
}

fn report(n: usize) -> Value {
    json!({"flow": "rectification", "title": words(n), "category": format!("类{}", n % 11 + 1), "on": "2026-01-10"})
}

async fn prepare() -> (Street, Device) {
    live("2026-01-10");
    let department = office("县委组织部", "organization-department").await;
    department.serve().await;
    let device = below(&department, "河东街道", "committee").await;
    department.node.close().await;
    let id = device.office_id().await;
    device.serve().await;
    let village = below(&device, "示范四十村", "branch").await;
    device.node.close().await;
    let mut units = Vec::new();
    for n in 1..=KEPT {
        let input = json!({"name": format!("示范{n:02}村"), "kind": "branch", "custody": true});
        units.push(device.ok("office.init", input).await["office"].as_str().unwrap().to_owned());
    }
    (Street { device, id, units }, village)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eleven_common_problems_of_forty_reports_are_the_years_tasks_of_all_forty() {
    let (street, village) = prepare().await;
    // Forty reports of three problems each: those kept at the street, and one written offline in its own village.
    for (unit, office) in street.units.iter().enumerate() {
        for n in 0..3 {
            kept(&street.device, office, "flow.open", report(unit * 3 + n)).await;
        }
    }
    for n in 0..3 {
        village.ok("flow.open", report(KEPT * 3 + n)).await;
    }
    let before = street.ok("common.list", json!({})).await;
    assert_eq!([&before["problems"], &before["units"]], [&json!(117), &json!(39)], "one village has not come yet");
    street.meets(&village).await;
    let list = street.ok("common.list", json!({})).await;
    assert_eq!([&list["problems"], &list["units"], &list["left"]], [&json!(120), &json!(40), &json!(120)]);

    // Eleven groups, made by a person who looks for the words; nine problems are nobody else's.
    for kind in 1..=11 {
        let found =
            street.ok("common.problems", json!({"group": "none", "category": format!("类{kind}"), "limit": 200})).await;
        let rows = found["rows"].as_array().unwrap();
        let alike: Vec<&Value> =
            rows.iter().filter(|row| row["item"]["title"] == format!("第{kind}类问题")).map(|row| &row["id"]).collect();
        // 111 problems over 11 kinds: 0, 11, … 110 are eleven of the first, and ten of each other.
        assert_eq!(alike.len(), if kind == 1 { 11 } else { 10 }, "{kind}");
        street.ok("common.group", json!({"title": format!("共性问题{kind}"), "parts": alike})).await;
    }
    let list = street.ok("common.list", json!({})).await;
    let groups = list["groups"].as_array().unwrap();
    assert_eq!((groups.len(), &list["left"]), (11, &json!(9)));
    assert_eq!(groups.iter().map(|group| group["problems"].as_u64().unwrap()).sum::<u64>(), 111);
    assert_eq!(groups[0]["units"].as_array().unwrap().len(), 11);
    assert_eq!([&groups[0]["tasks"], &groups[0]["tasksMissing"]], [&json!(0), &json!(40)]);
    assert_eq!(street.ok("common.problems", json!({"group": "none"})).await["total"], 9);

    // Each group is a task for all: 11 for each of 40. Sent twice it is one.
    assert_eq!(street.ok("common.tasks", json!({"leader": "陈书记"})).await, json!({"made": 440, "before": 0}));
    assert_eq!(street.ok("common.tasks", json!({})).await, json!({"made": 0, "before": 440}));
    street.meets(&village).await;
    let mine = village.ok("flow.list", json!({"flows": ["listed"], "limit": 50})).await;
    assert_eq!(mine["total"], 11, "the village has three of the problems and all of the tasks");
    for row in mine["rows"].as_array().unwrap() {
        assert_eq!([&row["due"], &row["text"], &row["leader"]], [&json!("2026-12-31"), &json!(""), &json!("陈书记")]);
        assert!(row["title"].as_str().unwrap().starts_with("共性问题"), "nobody learns who reported it: {row}");
    }

    // Both go on apart: the village does one of them, the street takes a group back. Its tasks stay with the units.
    let task = &mine["rows"].as_array().unwrap().iter().find(|row| row["title"] == "共性问题3").unwrap()["id"];
    act(&village, task, "begin", json!({})).await;
    act(&village, task, "report", json!({"note": "全年做到"})).await;
    let last = &groups.iter().find(|group| group["title"] == "共性问题11").unwrap()["id"];
    let third = &groups.iter().find(|group| group["title"] == "共性问题3").unwrap()["id"];
    street.ok("common.undo", json!({"id": last})).await;
    street.meets(&village).await;
    let seen = street.ok("flow.get", json!({"id": task})).await["seen"].clone();
    street.ok("flow.act", json!({"id": task, "event": "accept", "seen": seen})).await;
    let list = street.ok("common.list", json!({})).await;
    assert_eq!((list["groups"].as_array().unwrap().len(), &list["left"]), (10, &json!(19)), "as if it had not been");
    let of = |id: &Value| list["groups"].as_array().unwrap().iter().find(|group| group["id"] == *id).cloned();
    let group = of(third).unwrap();
    assert_eq!([&group["tasks"], &group["tasksClosed"]], [&json!(40), &json!(1)]);
    assert!(of(last).is_none());
    street.meets(&village).await;
    assert_eq!(state(&village, task).await, "accepted");
    assert_eq!(village.ok("flow.list", json!({"flows": ["listed"]})).await["total"], 11, "tasks that were sent stay");

    // A problem is moved from one group to another, and a group takes only problems that are here.
    let of_third = street.ok("common.problems", json!({"group": third})).await;
    let part = of_third["rows"][0]["id"].clone();
    street.ok("common.part", json!({"id": third, "parts": [part], "inside": false})).await;
    assert_eq!(street.ok("common.problems", json!({"group": third})).await["total"], 9);
    assert_eq!(
        street.err("common.group", json!({"title": "x", "parts": [task]})).await,
        "not_found",
        "a task is no problem"
    );
    sound(&[&street.device, &village]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn weak_branches_get_a_first_secretary_a_helper_and_a_plan_and_nobody_is_ranked() {
    let (street, village) = prepare().await;
    let list = street.ok("weak.list", json!({})).await;
    assert_eq!([&list["bodies"], &list["percent"], &list["says"]], [&json!(40), &json!(10), &json!(4)]);
    assert_eq!(list["rows"], json!([]));
    let far = village.office_id().await;
    let add = json!({"offices": [far, street.units[6]], "why": "班子不健全,三会一课没有坚持"});
    assert_eq!(street.ok("weak.add", add.clone()).await, json!({"made": 2, "before": 0}));
    assert_eq!(street.ok("weak.add", add).await, json!({"made": 0, "before": 2}));
    let list = street.ok("weak.list", json!({})).await;
    let names: Vec<&str> =
        list["rows"].as_array().unwrap().iter().map(|row| row["item"]["officeName"].as_str().unwrap()).collect();
    assert_eq!(names, ["示范07村", "示范四十村"], "in the order of the tree");
    let id = list["rows"][1]["item"]["id"].clone();
    let seen = street.ok("flow.get", json!({"id": id})).await["seen"].clone();
    let data = json!({"first_secretary": "林小军", "helper": "区水利局", "plan": "补选班子,恢复组织生活"});
    street.ok("flow.act", json!({"id": id, "event": "support", "seen": seen, "data": data})).await;
    street.meets(&village).await;
    let own = village.ok("weak.list", json!({"own": true})).await;
    let row = &own["rows"][0];
    assert_eq!(
        [&row["firstSecretary"], &row["helper"], &row["plan"]],
        [&json!("林小军"), &json!("区水利局"), &json!("补选班子,恢复组织生活")]
    );
    live("2026-11-20");
    act(&village, &id, "report", json!({"note": "班子已补齐"})).await;
    street.meets(&village).await;
    let seen = street.ok("flow.get", json!({"id": id})).await["seen"].clone();
    let accept = json!({"id": id, "event": "accept", "seen": seen, "person": "周督查", "role": "组织科"});
    street.ok("flow.act", accept).await;
    street.meets(&village).await;
    assert_eq!(state(&village, &id).await, "accepted");
    sound(&[&street.device, &village]);
}
