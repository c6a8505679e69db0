//! Templates are data: what a committee sets otherwise holds for what is opened afterwards, and for nothing before.

use super::*;

const PACK: &str = "version = \"街道 3\"\nvalid_from = \"2026-03-01\"\ncitation = \"河东街道〔2026〕3号\"\n\
[[flow_patch]]\nid = \"rectification\"\ncitation = \"河东街道〔2026〕3号\"\n\
[[flow_patch.deadline]]\nid = \"two_months\"\nmonths = 1\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_that_a_committee_sets_holds_for_what_is_opened_afterwards() {
    let (Line { street, village, .. }, below) = line().await;
    let open = |title: &str| json!({"flow": "rectification", "to": [below], "title": title, "on": "2026-03-02"});
    let before = street.ok("flow.open", open("台账缺页")).await["items"][0]["id"].clone();
    street.ok("rules.send", json!({"text": PACK, "own": false, "to": []})).await;
    let templates = street.ok("flow.templates", json!({"office": below})).await;
    let changed: Vec<&str> = templates
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["builtin"] == false)
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(changed, ["rectification"], "{templates}");
    let after = street.ok("flow.open", open("台账又缺页")).await["items"][0]["id"].clone();
    let own = street
        .ok("flow.open", json!({"flow": "rectification", "desk": true, "title": "本级", "on": "2026-03-02"}))
        .await;
    village.sync().await;
    for (id, by, citation) in [
        (&before, "2026-05-02", "党建约谈：约谈后两个月内完成整改并书面报告"),
        (&after, "2026-04-02", "河东街道〔2026〕3号"),
    ] {
        for device in [&street, &village] {
            let view = stands(device, id, "found").await;
            let due = &view["row"]["deadline"];
            assert_eq!((&due["by"], &due["citation"]), (&json!(by), &json!(citation)), "{view}");
        }
    }
    let own = seen(&street, &own["items"][0]["id"]).await;
    assert_eq!(own["row"]["deadline"]["by"], "2026-04-02", "its own papers hold to what it set");
    assert_eq!(
        street.call("flow.open", json!({"flow": "magic", "title": "x"})).await.unwrap_err().code,
        "flow_unknown"
    );
    let elsewhere = json!({"flow": "case", "to": ["00000000000000000000000000000000"], "title": "x"});
    let error = street.call("flow.open", elsewhere).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("office_unknown", Some("to.0")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_filtered_and_sorted_and_a_viewer_only_reads() {
    let (Line { street, village, .. }, below) = line().await;
    for (title, due) in [("三", "2026-04-03"), ("一", "2026-03-10"), ("二", "2026-03-30")] {
        let item = json!({"flow": "listed", "to": [below], "title": title, "due": due, "on": "2026-03-01", "category": "服务清单"});
        street.ok("flow.open", item).await;
    }
    village.sync().await;
    let page = village.until("flow.list", json!({"flows": ["listed"]}), |page| page["total"] == 3).await;
    let titles = |page: &Value| -> String {
        page["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
    };
    assert_eq!(titles(&page), "一二三", "what is due first comes first");
    assert_eq!(titles(&village.ok("flow.list", json!({"sort": "-due"})).await), "三二一");
    let overdue = village.ok("flow.list", json!({"overdue": true})).await;
    assert_eq!((titles(&overdue), &overdue["rows"][0]["deadline"]["days"]), ("一".to_owned(), &json!(10)), "{overdue}");
    assert_eq!(titles(&village.ok("flow.list", json!({"dueTo": "2026-03-30"})).await), "一二");
    assert_eq!(village.ok("flow.list", json!({"category": "别的"})).await["total"], 0);
    assert_eq!(titles(&village.ok("flow.list", json!({"offset": 1, "limit": 1})).await), "二");
    let id = &page["rows"][0]["id"];
    act(&village, id, "begin", json!({})).await;
    act(&village, id, "report", json!({"note": "已完成"})).await;
    assert_eq!(titles(&village.ok("flow.list", json!({"states": ["reported"]})).await), "一");
    assert_eq!(village.call("flow.list", json!({"sort": "magic"})).await.unwrap_err().code, "invalid_input");
    village.serve().await;
    let reader = village.further(json!({"role": "viewer"})).await;
    reader.sync().await;
    let page = reader.until("flow.list", json!({}), |page| page["total"] == 3).await;
    let view = seen(&reader, &page["rows"][1]["id"]).await;
    assert_eq!((&view["may"], &view["side"]), (&json!([]), &Value::Null), "{view}");
    assert_eq!(refused(&reader, &page["rows"][1]["id"], "begin", json!({})).await.0, "viewer_cannot_write");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_goes_on_under_the_template_that_holds_where_it_goes() {
    let (Line { department, street, village }, below) = line().await;
    let pack = "version = \"县 1\"\nvalid_from = \"2026-03-01\"\ncitation = \"县〔2026〕1号\"\n\
                [[flow_patch]]\nid = \"case\"\ncitation = \"县〔2026〕1号\"\n";
    department.ok("rules.send", json!({"text": pack, "own": false, "to": []})).await;
    street.sync().await;
    let set = |list: &Value| list["packs"].as_array().unwrap().iter().any(|pack| pack["version"] == "县 1");
    street.until("rules.list", json!({}), set).await;
    let case = street.ok("case.accept", json!({"title": "水管漏水", "due": "2026-04-20"})).await["id"].clone();
    let known = |view: &Value| view["row"]["known"] == true;
    assert_eq!(street.until("flow.get", json!({"id": case}), known).await["row"]["version"], "县 1");
    let pass = json!({"way": "down", "to": below, "title": "水管漏水", "due": "2026-04-10", "person": "赵甲一"});
    let down = street.ok("case.pass", with_seen(&street, &case, pass).await).await["id"].clone();
    let other = street.ok("case.accept", json!({"title": "管网老化", "due": "2026-04-20"})).await["id"].clone();
    let pass = json!({"way": "up", "title": "管网老化"});
    let up = street.ok("case.pass", with_seen(&street, &other, pass).await).await["id"].clone();
    street.sync().await;
    village.sync().await;
    // The village has no pack of the county, and the county knows the one that it sent.
    let below = stands(&village, &down, "assigned").await;
    assert_eq!((&below["row"]["version"], &below["row"]["known"]), (&json!("2026.1"), &json!(true)));
    let above = stands(&department, &up, "accepted").await;
    assert_eq!((&above["row"]["version"], &above["row"]["known"]), (&json!("县 1"), &json!(true)));
}
