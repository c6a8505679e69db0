//! A8, 大党委: a branch for the flood season, one of people away, one of five firms, a school outside the line, groups and
//! stations, an alliance; the tree as it was on past days, at the street and in the village.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

async fn add(device: &Device, input: Value) -> String {
    device.ok("body.save", input).await["id"].as_str().unwrap().to_owned()
}

async fn change(device: &Device, body: &str, on: &str, kind: &str, to: &str) -> Value {
    device.ok("body.change", json!({"body": body, "on": on, "kind": kind, "to": to, "note": "2026年第3号"})).await
}

async fn names(device: &Device, on: &str) -> Vec<(String, u64)> {
    let tree = device.ok("body.tree", json!({"on": on})).await;
    let lines = tree["lines"].as_array().unwrap().iter();
    lines.map(|line| (line["name"].as_str().unwrap().to_owned(), line["depth"].as_u64().unwrap())).collect()
}

fn lines(wanted: &[(&str, u64)]) -> Vec<(String, u64)> {
    wanted.iter().map(|(name, depth)| ((*name).to_owned(), *depth)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_past_day_shows_the_tree_of_that_day_here_and_in_what_the_village_delivered() {
    let Line { street, village, .. } = Line::new().await;
    // Both sides record without a network.
    street.node.shutdown().await;
    let flood = json!({"name": "防汛临时党支部", "kind": "temporary", "from": "2025-06-01", "until": "2025-10-01"});
    let flood = add(&street, flood).await;
    let alliance = json!({
        "name": "沿河联盟", "kind": "alliance", "basis": "place", "from": "2025-03-01", "units": ["某学校", "某医院"],
    });
    let alliance = add(&street, alliance).await;
    change(&street, &alliance, "2025-07-01", "renamed", "沿江联盟").await;
    change(&street, &alliance, "2025-08-01", "left", "某医院").await;
    change(&street, &flood, "2025-09-15", "extended", "2025-11-01").await;
    let group = add(&village, json!({"name": "第一党小组", "kind": "group", "from": "2025-01-01"})).await;
    let station =
        json!({"name": "红心驿站", "kind": "station", "from": "2025-05-01", "above": group, "basis": "interest"});
    let station = add(&village, station).await;
    change(&village, &station, "2025-12-01", "moved", "").await;
    let error = village.call("body.change", json!({"body": group, "kind": "moved", "to": group})).await.unwrap_err();
    assert_eq!(error.code, "body_circle");

    street.serve().await;
    village.learns_where(&street).await;
    assert_eq!(village.sync().await["delivered"], true);
    // The village came below the street when it joined, and its own bodies are shown since then.
    street.until("body.tree", json!({}), |tree| tree.to_string().contains("红心驿站")).await;
    let today = names(&street, "").await;
    assert_eq!(
        today,
        lines(&[("河东街道", 0), ("沿江联盟", 1), ("示范一村", 1), ("第一党小组", 2), ("红心驿站", 2)]),
        "the branch for the flood is over"
    );
    assert_eq!(names(&street, "2025-06-30").await, lines(&[("河东街道", 0), ("防汛临时党支部", 1), ("沿河联盟", 1)]));
    assert_eq!(names(&street, "2025-10-15").await.len(), 3, "extended in time");
    assert_eq!(names(&street, "2025-02-28").await, lines(&[("河东街道", 0)]));
    assert_eq!(
        names(&village, "2025-06-01").await,
        lines(&[("示范一村", 0), ("第一党小组", 1), ("红心驿站", 2)]),
        "before it moved"
    );
    assert_eq!(names(&village, "2025-12-01").await, lines(&[("示范一村", 0), ("第一党小组", 1), ("红心驿站", 1)]));

    // History stays, a mistake is struck out and not removed.
    let list = street.ok("body.list", json!({})).await;
    let row =
        |list: &Value, id: &str| list["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    let flood_row = row(&list, &flood);
    assert_eq!((&flood_row["state"], &flood_row["until"]), (&json!("ended"), &json!("2025-11-01")), "{flood_row}");
    assert_eq!(row(&list, &alliance)["units"], json!(["某学校"]));
    assert_eq!(row(&list, &alliance)["changes"].as_array().unwrap().len(), 2);
    let wrong = row(&list, &flood)["changes"][0]["id"].clone();
    street.ok("body.void", json!({"id": wrong})).await;
    let list = street.ok("body.list", json!({})).await;
    assert_eq!(row(&list, &flood)["until"], "2025-10-01");
    assert_eq!(row(&list, &flood)["changes"][0]["void"], true);
    assert_eq!(names(&street, "2025-10-15").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_about_bodies_are_shown_with_their_source() {
    let Line { street, village, .. } = Line::new().await;
    let units: Vec<String> = (1..=6).map(|number| format!("企业{number}")).collect();
    let joint =
        json!({"name": "园区联合党支部", "kind": "joint", "basis": "trade", "from": "2026-01-01", "units": units});
    add(&street, joint).await;
    let list = street.ok("body.list", json!({})).await;
    let note = &list["rows"][0]["notes"][0];
    assert_eq!((&note["code"], &note["has"], &note["says"]), (&json!("units_many"), &json!(6), &json!(5)), "{list}");
    assert!(note["rule"]["citation"].as_str().unwrap().contains("支部工作条例"), "{note}");

    // The village is run as a temporary branch, and its books have dues nevertheless.
    let office = village.office_id().await;
    let saved = village.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    let paid = json!([{"member": saved["id"], "month": "2026-02", "amountFen": 500}]);
    village.ok("dues.collect", json!({"on": "2026-03-05", "entries": paid})).await;
    village.sync().await;
    let camp = json!({"name": "工地临时党支部", "kind": "temporary", "from": "2026-01-01", "office": office});
    let camp = add(&street, camp).await;
    let list = street
        .until("body.list", json!({}), |list| {
            list["rows"].as_array().unwrap().iter().any(|row| row["id"] == camp && row["notes"] != json!([]))
        })
        .await;
    let row = list["rows"].as_array().unwrap().iter().find(|row| row["id"] == camp).unwrap();
    let note = &row["notes"][0];
    assert_eq!((&note["code"], &note["duty"], &note["has"]), (&json!("kept_from"), &json!("dues"), &json!(1)), "{row}");
    assert!(note["rule"]["text"].as_str().unwrap().contains("不收缴党费"), "{note}");
    // One full member is fewer than a branch has.
    fn village_line(tree: &Value) -> &Value {
        tree["lines"].as_array().unwrap().iter().find(|line| line["name"] == "示范一村").unwrap()
    }
    // Its roster is another book than its dues, and comes by itself.
    let known = |tree: &Value| village_line(tree)["fullMembers"] == 1;
    let tree = street.until("body.tree", json!({"sizes": true}), known).await;
    assert_eq!(village_line(&tree)["notes"][0]["code"], "few_members", "{tree}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_outside_the_line_promises_and_both_sides_comment_and_review() {
    let Line { street, .. } = Line::new().await;
    let school = json!({"name": "某中学", "kind": "attached", "basis": "place", "from": "2026-01-10"});
    let school = add(&street, school).await;
    let say = |kind: &'static str, to: &'static str, note: &'static str| {
        let input = json!({"body": school, "on": "2026-03-01", "kind": kind, "to": to, "note": note});
        street.call("body.change", input)
    };
    say("promised", "", "暑期开放操场").await.unwrap();
    say("comment_by", "", "街道协调及时").await.unwrap();
    say("comment_on", "", "按承诺开放").await.unwrap();
    say("review_by", "good", "").await.unwrap();
    say("review_on", "fair", "").await.unwrap();
    assert_eq!(say("review_on", "", "").await.unwrap_err().code, "required");
    assert_eq!(say("promised", "", "").await.unwrap_err().field.as_deref(), Some("note"));
    let list = street.ok("body.list", json!({})).await;
    let kinds: Vec<&str> =
        list["rows"][0]["changes"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 5);
    assert_eq!(list["rows"][0]["name"], "某中学", "what was said changes nothing of it");
    // A group is no unit outside the line.
    let group = add(&street, json!({"name": "机关党小组", "kind": "group", "from": "2026-01-01"})).await;
    let error =
        street.call("body.change", json!({"body": group, "kind": "promised", "note": "有事"})).await.unwrap_err();
    assert_eq!(error.code, "body_not_attached");
    let early = json!({"body": group, "on": "2025-12-31", "kind": "renamed", "to": "一组"});
    assert_eq!(street.call("body.change", early).await.unwrap_err().code, "body_not_then");
}
