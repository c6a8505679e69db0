//! A village that never has a network: it joins, delivers and gets its receipts by files on a stick.

use scenarios::Device;
use serde_json::{Value, json};

/// Makes a ticket, carries request and certificate, and compares the digits.
async fn join_by_stick(above: &Device, below: &Device, name: &str, kind: &str) {
    let ticket = above.ok("invite.office", json!({"name": name, "kind": kind})).await;
    carry_request(above, below, &ticket).await;
}

pub(crate) async fn carry_request(above: &Device, below: &Device, ticket: &Value) {
    let request = below.ok("request.make", json!({"ticket": ticket["text"], "name": "李乙二"})).await;
    let view = above.ok("request.open", json!({"base64": request["file"]["base64"]})).await;
    assert_eq!(view["pending"]["code"], request["code"], "both screens show the same digits: {view}");
    let certificate = above.ok("request.approve", json!({"id": view["pending"]["id"]})).await;
    let state = below.ok("request.take", json!({"base64": certificate["base64"]})).await;
    assert_eq!(state["state"], "joined", "{state}");
}

pub(crate) async fn export(from: &Device, to: &str) -> Value {
    from.ok("bundle.export", json!({"to": to})).await
}

pub(crate) async fn import(to: &Device, bundle: &Value) -> Value {
    to.ok("bundle.import", json!({"base64": bundle["file"]["base64"]})).await
}

async fn refused(to: &Device, base64: &str) -> String {
    to.call("bundle.import", json!({"base64": base64})).await.unwrap_err().code
}

fn bytes(bundle: &Value) -> Vec<u8> {
    data_encoding::BASE64.decode(bundle["file"]["base64"].as_str().unwrap().as_bytes()).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

async fn record_a_month(village: &Device) {
    village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"], "group": "一组"})).await;
    for day in ["0302", "0305", "0309"] {
        let visit = json!({"date": day, "kind": "household", "participants": ["赵甲一"], "situationText": "一切正常",
            "newHousehold": {"name": format!("住户{day}"), "door": "3-1", "phone": "13900000001"}});
        village.ok("visit.save", visit).await;
    }
    let session = json!({"kinds": ["members_meeting"], "date": "0310", "topic": "三月党员大会", "minutes": "学习文件"});
    village.ok("meeting.save", session).await;
}

/// A department and a street that met over a network, and a village that never will.
async fn county() -> (Device, Device, Device) {
    let department = Device::with_office("县委组织部", "organization-department").await;
    let street = Device::with_office("河东街道", "committee").await;
    join_by_stick(&department, &street, "河东街道", "committee").await;
    let village = Device::with_office("示范一村", "branch").await;
    (department, street, village)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_village_without_a_network_joins_delivers_and_turns_green() {
    let (department, street, village) = county().await;
    record_a_month(&village).await;
    assert_eq!(village.ok("bundle.list_targets", json!({})).await, json!([]), "nobody to deliver to yet");
    join_by_stick(&street, &village, "示范一村", "branch").await;
    let targets = village.ok("bundle.list_targets", json!({})).await;
    assert_eq!((&targets[0]["name"], &targets[0]["relation"]), (&json!("河东街道"), &json!("superior")), "{targets}");
    assert_eq!(targets.as_array().unwrap().len(), 1, "nobody beyond the superior: {targets}");

    let status = village.ok("sync.status", json!({})).await;
    assert_eq!(status["light"], "blue", "{status}");
    let bundle = export(&village, "河东街道").await;
    assert_eq!(bundle["file"]["name"], format!("示范一村-送-河东街道-{}.ybzb", scenarios::TODAY));
    let status = village.ok("sync.status", json!({})).await;
    assert_eq!(status["light"], "blue", "a file that was written is not a receipt: {status}");

    let taken = import(&street, &bundle).await;
    assert_eq!(taken["from"], "示范一村");
    assert_eq!(taken["accepted"], bundle["changes"], "{taken}");
    assert_eq!(
        (&taken["refused"], &taken["waiting"], &taken["answer"]),
        (&json!(0), &json!(0), &json!(true)),
        "{taken}"
    );
    let visits = street.ok("merged.list", json!({"ledger": "visits"})).await;
    assert_eq!(visits["total"], 3, "the street reads them: {visits}");
    assert_eq!(street.ok("household.list", json!({})).await["total"], 0);
    let again = import(&street, &bundle).await;
    assert_eq!((&again["accepted"], &again["refused"]), (&json!(0), &json!(0)), "twice brings nothing new: {again}");

    let back = export(&street, "示范一村").await;
    assert_eq!(
        (&back["receipt"], &back["changes"]),
        (&json!(true), &json!(0)),
        "its own records do not go back: {back}"
    );
    let taken = import(&village, &back).await;
    assert_eq!(taken["receipt"], true, "{taken}");
    let status = village.ok("sync.status", json!({})).await;
    assert_eq!(status["light"], "green", "{status}");
    assert_eq!(status["lastReceipt"]["by"], "河东街道");

    // What was receipted is not told again; what comes after it is.
    assert_eq!(export(&village, "河东街道").await["changes"], 0);
    village.ok("member.save", json!({"name": "孙丁四", "kind": "full"})).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "blue");
    let more = export(&village, "河东街道").await;
    assert!(more["changes"].as_u64().unwrap() < bundle["changes"].as_u64().unwrap(), "{more}");
    assert_eq!(import(&street, &more).await["accepted"], more["changes"]);
    // An old receipt does not cover what is new.
    import(&village, &back).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "blue");
    import(&village, &export(&street, "示范一村").await).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "green");

    // The snapshot goes on by stick, with the village's sheet in it.
    street.ok("snapshot.make", json!({"year": 2026})).await;
    import(&department, &export(&street, "县委组织部").await).await;
    let cards = department.ok("snapshot.list", json!({})).await;
    assert_eq!((&cards[0]["officeName"], &cards[0]["verified"]), (&json!("河东街道"), &json!(true)), "{cards}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dispatched_goes_down_and_its_answer_comes_up() {
    let (_department, street, village) = county().await;
    join_by_stick(&street, &village, "示范一村", "branch").await;
    let offices = street.ok("org.tree", json!({})).await;
    let id = offices.as_array().unwrap().iter().find(|node| node["name"] == "示范一村").unwrap()["id"].clone();
    let task = json!({"title": "报送党员名册", "deadline": "2026-03-31", "to": [id]});
    street.ok("dispatch.send", task).await;
    let down = export(&street, "示范一村").await;
    assert_eq!(down["changes"], import(&village, &down).await["accepted"]);
    let list = village.ok("checklist.list", json!({})).await;
    assert_eq!(list["rows"][0]["title"], "报送党员名册", "{list}");
    // The village's answer says what it holds, so that the same is not told twice.
    import(&street, &export(&village, "河东街道").await).await;
    assert_eq!(export(&street, "示范一村").await["changes"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn altered_cut_and_foreign_files_bring_nothing() {
    let (_department, street, village) = county().await;
    join_by_stick(&street, &village, "示范一村", "branch").await;
    record_a_month(&village).await;
    let good = bytes(&export(&village, "河东街道").await);
    let before = street.ok("sync.status", json!({})).await;
    for at in [0, 5, 37, 40, good.len() / 2, good.len() - 1] {
        let mut altered = good.clone();
        altered[at] ^= 0x20;
        let code = refused(&street, &base64(&altered)).await;
        assert!(["bundle_altered", "bundle_not_one"].contains(&code.as_str()), "byte {at}: {code}");
    }
    for at in [3, 20, 120, good.len() / 2, good.len() - 1] {
        let code = refused(&street, &base64(&good[..at])).await;
        assert!(["bundle_truncated", "bundle_altered"].contains(&code.as_str()), "cut at {at}: {code}");
    }
    assert_eq!(refused(&street, &base64(b"some other file")).await, "bundle_not_one");
    assert_eq!(refused(&street, "not base64!").await, "file_damaged");
    assert_eq!(street.ok("sync.status", json!({})).await, before, "nothing of it was taken");

    // Another office, another tree, and its own maker.
    let sibling = Device::with_office("示范二村", "branch").await;
    join_by_stick(&street, &sibling, "示范二村", "branch").await;
    let stranger = Device::with_office("外县街道", "committee").await;
    for other in [&sibling, &stranger, &village] {
        assert_eq!(refused(other, &base64(&good)).await, "bundle_not_for_us");
    }
    let targets = sibling.ok("bundle.list_targets", json!({})).await;
    assert!(!targets.to_string().contains("示范一村"), "a sibling is nobody to deliver to: {targets}");
    let code = sibling.call("bundle.export", json!({"to": "示范一村"})).await.unwrap_err().code;
    assert_eq!(code, "bundle_no_target");
    assert_eq!(refused(&street, &base64(&bytes(&export(&street, "示范二村").await))).await, "bundle_not_for_us");
    assert!(import(&street, &json!({"file": {"base64": base64(&good)}})).await["accepted"].as_u64().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_device_of_the_addressee_opens_the_file_and_only_its_hub_receipts() {
    let (_department, street, village) = county().await;
    join_by_stick(&street, &village, "示范一村", "branch").await;
    let clerk = Device::new();
    let ticket = street.ok("invite.device", json!({"role": "clerk"})).await;
    carry_request(&street, &clerk, &ticket).await;
    record_a_month(&village).await;
    // The village knows of the second device only once somebody has told it.
    assert_eq!(export(&village, "河东街道").await["devices"], 1);
    import(&village, &export(&street, "示范一村").await).await;
    let bundle = export(&village, "河东街道").await;
    assert_eq!(bundle["devices"], 2);
    // The clerk learns from the street that there is a village.
    let colleagues = street.ok("bundle.list_targets", json!({})).await;
    let colleague = colleagues.as_array().unwrap().iter().find(|one| one["relation"] == "colleague").unwrap();
    assert_eq!(colleague["holder"], "李乙二");
    import(&clerk, &export(&street, colleague["id"].as_str().unwrap()).await).await;
    let taken = import(&clerk, &bundle).await;
    assert_eq!((&taken["accepted"], &taken["answer"]), (&bundle["changes"], &json!(false)), "{taken}");
    assert_eq!(export(&clerk, "示范一村").await["receipt"], false, "only a hub signs");
    import(&village, &export(&clerk, "示范一村").await).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "blue");
    // What the village delivered to the clerk reaches the hub by the clerk's own file.
    let passed = export(&clerk, clerk_target(&clerk).await.as_str()).await;
    assert_eq!(import(&street, &passed).await["accepted"], bundle["changes"]);
    import(&village, &export(&street, "示范一村").await).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "green");
}

async fn clerk_target(clerk: &Device) -> String {
    let targets = clerk.ok("bundle.list_targets", json!({})).await;
    let colleague = targets.as_array().unwrap().iter().find(|one| one["relation"] == "colleague").unwrap();
    colleague["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_compared_colleague_gets_the_private_books_by_stick_and_nobody_else_does() {
    let village = Device::with_office("示范一村", "branch").await;
    record_a_month(&village).await;
    let compared = Device::new();
    let ticket = village.ok("invite.device", json!({"role": "clerk", "ownBooks": true})).await;
    carry_request(&village, &compared, &ticket).await;
    let unseen = Device::new();
    let ticket = village.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let request = unseen.ok("request.make", json!({"ticket": ticket["text"], "name": "周丙三"})).await;
    let view = village.ok("request.open", json!({"base64": request["file"]["base64"]})).await;
    assert_eq!(view["pending"], Value::Null, "an invitation that asks nobody gives its certificate at once: {view}");
    unseen.ok("request.take", json!({"base64": view["certificate"]["base64"]})).await;
    let targets = village.ok("bundle.list_targets", json!({})).await;
    for (device, holder, households) in [(&compared, "李乙二", 3), (&unseen, "周丙三", 0)] {
        let target = targets.as_array().unwrap().iter().find(|one| one["holder"] == holder).unwrap();
        import(device, &export(&village, target["id"].as_str().unwrap()).await).await;
        assert_eq!(device.ok("visit.list", json!({})).await["total"], 3, "{holder}");
        assert_eq!(device.ok("household.list", json!({})).await["total"], households, "{holder}");
    }
    let list = compared.ok("household.list", json!({})).await;
    assert!(list.to_string().contains("住户0302"), "with the keys that open them: {list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_by_stick_records_also_where_a_household_was_erased_before() {
    let village = Device::with_office("示范一村", "branch").await;
    record_a_month(&village).await;
    let erased = village.ok("household.list", json!({})).await["rows"][0]["id"].clone();
    village.ok("household.erase", json!({"id": erased})).await;
    let colleague = Device::new();
    let ticket = village.ok("invite.device", json!({"role": "keeper"})).await;
    carry_request(&village, &colleague, &ticket).await;
    let targets = village.ok("bundle.list_targets", json!({})).await;
    let target = targets.as_array().unwrap().iter().find(|one| one["relation"] == "colleague").unwrap();
    import(&colleague, &export(&village, target["id"].as_str().unwrap()).await).await;
    assert_eq!(colleague.ok("household.list", json!({})).await["total"], 2);
    let visit = json!({"date": "0312", "kind": "round_table", "participants": ["赵甲一"], "publicPlace": true,
        "place": "村部", "situationText": "一切正常"});
    colleague.ok("visit.save", visit.clone()).await;
    let named = json!({"situationText": "住户0305 家里平安"});
    let mut named_visit = visit;
    named_visit.as_object_mut().unwrap().extend(named.as_object().unwrap().clone());
    let stopped = colleague.call("visit.save", named_visit).await.unwrap_err();
    assert_eq!(stopped.code, "name_private_match", "the others are known by name: {stopped}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_good_for_its_ticket_its_inviter_and_its_device() {
    let (department, street, village) = county().await;
    let ticket = street.ok("invite.office", json!({"name": "示范一村", "kind": "branch"})).await;
    let request = village.ok("request.make", json!({"ticket": ticket["text"]})).await;
    let state = village.ok("join.state", json!({})).await;
    assert_eq!((&state["state"], &state["code"]), (&json!("by_file"), &request["code"]), "{state}");
    let twice = village.ok("request.make", json!({"ticket": ticket["text"]})).await;
    assert_eq!(twice["code"], request["code"], "made again it shows the same digits");

    let file = json!({"base64": request["file"]["base64"]});
    let code = |error: ybz_app::ErrorDto| error.code;
    assert_eq!(department.call("request.open", file.clone()).await.map_err(code), Err("paper_not_for_us".to_owned()));
    // Whoever photographed the ticket asks too: other digits, and a person sees both.
    let thief = Device::with_office("示范一村", "branch").await;
    let stolen = thief.ok("request.make", json!({"ticket": ticket["text"]})).await;
    assert_ne!(stolen["code"], request["code"]);
    street.ok("request.open", json!({"base64": stolen["file"]["base64"]})).await;
    let view = street.ok("request.open", file.clone()).await;
    let pending = street.ok("join.pending", json!({})).await;
    assert_eq!(pending.as_array().unwrap().len(), 2, "{pending}");
    assert!(pending.as_array().unwrap().iter().all(|row| row["byFile"] == true));
    assert_eq!(view["pending"]["code"], request["code"]);

    let certificate = street.ok("request.approve", json!({"id": view["pending"]["id"]})).await;
    let late = street.call("request.open", json!({"base64": stolen["file"]["base64"]})).await;
    assert_eq!(late.map_err(code), Err("ticket_used".to_owned()), "a ticket is good once");
    let again = street.ok("request.open", file).await;
    assert!(again["certificate"]["base64"].is_string(), "a lost certificate is written again: {again}");
    let wrong = thief.call("request.take", json!({"base64": certificate["base64"]})).await;
    assert_eq!(wrong.map_err(code), Err("paper_not_for_us".to_owned()));
    let odd = village.call("request.take", json!({"base64": request["file"]["base64"]})).await;
    assert_eq!(odd.map_err(code), Err("paper_not_one".to_owned()));
    village.ok("request.take", json!({"base64": again["certificate"]["base64"]})).await;
    assert_eq!(village.ok("join.state", json!({})).await["state"], "joined");
    assert_eq!(village.ok("node.overview", json!({})).await["offices"][0]["superior"], "河东街道");
    village.ok("request.take", json!({"base64": certificate["base64"]})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_villages_is_invited_once_and_each_gets_a_page() {
    let (_department, street, village) = county().await;
    join_by_stick(&street, &village, "示范一村", "branch").await;
    let csv = "名称,类别,联系电话\n示范一村,支部,\n示范二村,,0830-1\n../../etc/<b>三村,,\n,支部,\n";
    let input = |dry: bool| json!({"file": {"name": "名单.csv", "base64": base64(csv.as_bytes())}, "phone": "0830-9", "dryRun": dry});
    let look = street.ok("invite.bulk", input(true)).await;
    let states = |out: &Value| -> Vec<String> {
        out["rows"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states(&look), ["joined", "invited", "invited"], "{look}");
    assert_eq!(
        (&look["faults"][0]["cell"], &look["faults"][0]["code"]),
        (&json!("A5"), &json!("name_missing")),
        "{look}"
    );
    assert_eq!((&look["files"], street.ok("invite.list", json!({})).await), (&json!([]), json!([])), "only looked at");

    let made = street.ok("invite.bulk", input(false)).await;
    let names: Vec<&str> =
        made["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "00-全部打印.html",
            "00-目录.xlsx",
            "01-示范二村-邀请.html",
            "01-示范二村-邀请.txt",
            "02-etcb三村-邀请.html",
            "02-etcb三村-邀请.txt"
        ],
        "names stay in their folder"
    );
    let content = |name: &str| {
        let file = made["files"].as_array().unwrap().iter().find(|file| file["name"] == name).unwrap();
        String::from_utf8(data_encoding::BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap()).unwrap()
    };
    let page = content("02-etcb三村-邀请.html");
    assert!(page.contains("&lt;b&gt;三村") && !page.contains("<b>三村"), "no name is markup");
    assert!(
        page.contains("<svg")
            && page.contains("0830-9")
            && page.contains(made["rows"][2]["expiresOn"].as_str().unwrap())
    );
    assert!(!page.contains("http://") || page.matches("http://").count() == page.matches("http://www.w3.org").count());
    assert_eq!(
        states(&street.ok("invite.bulk", input(false)).await),
        ["joined", "open", "open"],
        "nobody is invited twice"
    );
    assert_eq!(street.ok("invite.list", json!({})).await.as_array().unwrap().len(), 2);

    let second = Device::with_office("示范二村", "branch").await;
    carry_request(&street, &second, &json!({"text": content("01-示范二村-邀请.txt")})).await;
    assert_eq!(states(&street.ok("invite.bulk", input(false)).await), ["joined", "joined", "open"]);
}
