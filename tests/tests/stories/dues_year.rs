//! 党费 over a year: an override from above that arrives offline, two devices that collect the same month, a back-payment over
//! the turn of the year, relief with its two decisions. Every number is counted by hand.

use scenarios::Device;
use scenarios::stage::street;
use serde_json::{Value, json};

async fn member(office: &Device, name: &str, joined: &str, kind: &str) -> Value {
    office.ok("member.save", json!({"name": name, "kind": kind, "joined": joined})).await["id"].clone()
}

fn pay(member: &Value, month: &str, fen: i64) -> Value {
    json!({"member": member, "month": month, "amountFen": fen})
}

fn cell(sheet: &Value, member: &Value, month: usize) -> (i64, i64, bool) {
    let row = sheet["rows"].as_array().unwrap().iter().find(|row| row["member"] == *member).unwrap();
    let cell = &row["months"][month - 1];
    (cell["dueFen"].as_i64().unwrap(), cell["paidFen"].as_i64().unwrap(), cell["double"].as_bool().unwrap())
}

fn row<'a>(page: &'a Value, name: &str) -> &'a Value {
    page["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

/// 街道 2026-1: farmers pay 0.50, half a fen is dropped.
const PACK: &str = r#"version = "河东街道 2026-1"
valid_from = "2026-02-01"
citation = "河东街道党工委〔2026〕3号"
[dues]
rounding = "down"
farmer_min_fen = 50
farmer_max_fen = 50
[[article]]
id = "dues_farmer"
citation = "河东街道党工委〔2026〕3号"
text = "农民党员每月交纳党费0.5元。"
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_assessed_in_one_action_with_the_arithmetic_and_the_article_of_each() {
    let village = Device::with_office("示范一村", "branch").await;
    let salaried = member(&village, "赵甲一", "2001-07", "full").await;
    let round = member(&village, "钱乙二", "2001-07", "full").await;
    let farmer = member(&village, "孙丙三", "2001-07", "full").await;
    let shop = member(&village, "李丁四", "2001-07", "full").await;
    let new = member(&village, "周戊五", "2026-03-02", "probationary").await;
    let plan = village.ok("dues.year_preview", json!({"year": 2026})).await;
    assert_eq!(plan["rows"].as_array().unwrap().len(), 5);
    assert_eq!(row(&plan, "赵甲一")["fault"], "required", "a class is a person's word: {plan}");
    let rows = json!([
        {"member": salaried, "class": "salaried", "baseFen": 450_000},
        {"member": round, "class": "annual_salary", "baseFen": 500_100},
        {"member": farmer, "class": "farmer", "fixedFen": 100},
        {"member": shop, "class": "self_employed", "quarterFen": 4_500_000},
        {"member": new, "class": "student"},
    ]);
    let plan = village.ok("dues.year_preview", json!({"year": 2026, "rows": rows})).await;
    // 45.00 + 75.02 + 1.00 + 300.00 + 0.20
    assert_eq!((plan["monthlyFen"].as_i64(), plan["ready"].as_i64()), (Some(42_122), Some(5)), "{plan}");
    assert_eq!(row(&plan, "赵甲一")["arithmetic"], "4,500.00 × 1% = 45.00");
    assert_eq!(row(&plan, "钱乙二")["arithmetic"], "5,001.00 × 1.5% = 75.02");
    assert_eq!(row(&plan, "李丁四")["arithmetic"], "45,000.00 ÷ 3 → 15,000.00 × 2% = 300.00");
    assert_eq!(row(&plan, "周戊五")["fromMonth"], "2026-03", "from the month of admission");
    assert!(row(&plan, "孙丙三")["rule"]["citation"].as_str().unwrap().ends_with("第六条"), "{plan}");
    let out = village.ok("dues.assess_year", json!({"year": 2026, "rows": rows})).await;
    assert_eq!(out, json!({"assessed": 5, "unchanged": 0, "leftOut": 0}));
    let again = village.call("dues.assess_year", json!({"year": 2026})).await.unwrap_err();
    assert_eq!(again.code, "nobody_to_assess", "the same is not recorded twice");

    // From July on another base; a farmer's amount is out of the rule's range.
    let change = json!({"member": salaried, "fromMonth": "2026-07", "class": "salaried", "baseFen": 520_000});
    let changed = village.ok("dues.assess", change).await;
    assert_eq!((changed["monthlyFen"].as_i64(), changed["withinYear"].as_bool()), (Some(7_800), Some(true)));
    let over = json!({"member": farmer, "fromMonth": "2026-07", "class": "farmer", "fixedFen": 500});
    assert_eq!(village.call("dues.assess", over).await.unwrap_err().field.as_deref(), Some("fixedFen"));
    let hardship = json!({"member": farmer, "fromMonth": "2026-07", "class": "hardship", "fixedFen": 0});
    assert_eq!(village.call("dues.assess", hardship).await.unwrap_err().code, "hardship_is_relief");

    let ledger = village.ok("dues.ledger", json!({"year": 2026})).await;
    // 6 × 45.00 + 6 × 78.00 = 738.00
    assert_eq!(row(&ledger, "赵甲一")["dueFen"], 73_800);
    assert_eq!(row(&ledger, "赵甲一")["baseFen"], 520_000);
    assert_eq!(
        row(&ledger, "赵甲一")["monthly"],
        json!([{"from": 1, "to": 6, "fen": 4_500}, {"from": 7, "to": 12, "fen": 7_800}])
    );
    // 738.00 + 12 × 75.02 + 12 × 1.00 + 12 × 300.00 + 10 × 0.20
    assert_eq!(ledger["dueFen"], 73_800 + 90_024 + 1_200 + 360_000 + 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relief_without_both_decisions_is_incomplete_and_the_full_due_stands() {
    let village = Device::with_office("示范一村", "branch").await;
    let one = member(&village, "赵甲一", "2001-07", "full").await;
    let relief = |approved: &str, id: Value| json!({"id": id, "member": one, "fromMonth": "2026-02", "monthlyFen": 0, "decidedOn": "2026-01-20", "approvedOn": approved});
    assert_eq!(village.call("dues.relief", relief("", Value::Null)).await.unwrap_err().code, "not_assessed");
    village.ok("dues.assess", json!({"member": one, "fromMonth": "2026-01", "class": "farmer", "fixedFen": 100})).await;
    let id = village.ok("dues.relief", relief("", Value::Null)).await["id"].clone();
    let sheet = village.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!(cell(&sheet, &one, 2), (100, 0, false));
    assert_eq!(sheet["rows"][0]["incomplete"], true, "{sheet}");
    assert_eq!(
        village.call("dues.relief", relief("2026-01-10", id.clone())).await.unwrap_err().code,
        "approval_before_decision"
    );
    village.ok("dues.relief", relief("2026-02-05", id.clone())).await;
    let sheet = village.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!((cell(&sheet, &one, 1).0, cell(&sheet, &one, 2).0), (100, 0));
    assert_eq!(sheet["rows"][0]["incomplete"], false);
    assert_eq!(village.call("dues.relief", relief("2026-02-06", id)).await.unwrap_err().code, "relief_decided");
    // January alone: what was decided for February is owed no more.
    assert_eq!(sheet["owedFen"], 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_override_arrives_offline_holds_from_its_day_and_leaves_what_was_assessed_before() {
    let (_department, street) = street().await;
    street.serve().await;
    let village = Device::below(&street, "示范一村", "branch").await;
    let old = member(&village, "赵甲一", "2001-07", "full").await;
    let farmer = |from: &str, fen: i64| json!({"member": old, "fromMonth": from, "class": "farmer", "fixedFen": fen});
    village.ok("dues.assess", farmer("2026-01", 100)).await;
    village.sync().await;

    let broken = street.call("rules.send", json!({"text": PACK.replace("farmer_min_fen", "farmer_least")})).await;
    assert_eq!(broken.unwrap_err().code, "rules_not_understood");
    let seen = street.ok("rules.preview", json!({"text": PACK})).await;
    assert_eq!((seen["farmerMinFen"].as_i64(), seen["rounding"].as_str()), (Some(50), Some("down")));
    assert_eq!(street.ok("rules.send", json!({"text": PACK})).await, json!({"sent": 1, "already": 0}));
    assert_eq!(street.ok("rules.send", json!({"text": PACK})).await, json!({"sent": 0, "already": 1}));
    let other = PACK.replace("0.5元", "五角");
    assert_eq!(street.call("rules.send", json!({"text": other})).await.unwrap_err().code, "rules_version_used");

    // Nothing holds before it arrives.
    assert_eq!(village.ok("rules.list", json!({})).await["current"]["source"], "builtin");
    village.sync().await;
    let rules = village.until("rules.list", json!({}), |list| list["packs"][0]["holds"] == true).await;
    assert_eq!(rules["current"]["version"], "河东街道 2026-1", "{rules}");
    assert_eq!(rules["packs"][0]["from"], "河东街道");
    assert_eq!(rules["current"]["citation"], "河东街道党工委〔2026〕3号");
    assert_eq!(
        village.call("rules.send", json!({"text": PACK, "own": true})).await.unwrap_err().code,
        "rules_of_superior"
    );

    // January by the built-in data still, February by the street's.
    let new = member(&village, "钱乙二", "2001-07", "full").await;
    let base = |from: &str| json!({"member": new, "fromMonth": from, "class": "salaried", "baseFen": 500_100});
    assert_eq!(village.ok("dues.assess_preview", base("2026-01")).await["monthlyFen"], 7_502);
    let by_street = village.ok("dues.assess_preview", base("2026-02")).await;
    assert_eq!(
        (by_street["monthlyFen"].as_i64(), &by_street["rule"]["version"]),
        (Some(7_501), &json!("河东街道 2026-1"))
    );
    assert_eq!(village.call("dues.assess", farmer("2026-02", 100)).await.unwrap_err().code, "amount_out_of_range");
    village.ok("dues.assess", farmer("2026-02", 50)).await;
    let standings = village.ok("dues.member", json!({"member": old, "year": 2026})).await["standings"].clone();
    assert_eq!((&standings[0]["monthlyFen"], &standings[0]["rule"]["version"]), (&json!(100), &json!("2026.1")));
    assert_eq!(
        (&standings[1]["monthlyFen"], &standings[1]["rule"]["version"]),
        (&json!(50), &json!("河东街道 2026-1"))
    );
    assert_eq!(standings[1]["rule"]["text"], "农民党员每月交纳党费0.5元。");
    // A branch that joined later is named as one that lacks it.
    Device::below(&street, "示范二村", "branch").await;
    let sent = street.ok("rules.sent", json!({})).await;
    assert_eq!((&sent[0]["sent"], &sent[0]["missing"]), (&json!(1), &json!(["示范二村"])), "{sent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_without_superior_sets_its_own_rules_by_the_same_check() {
    let village = Device::with_office("示范一村", "branch").await;
    let template = village.ok("rules.template", json!({})).await["text"].clone();
    assert_eq!(
        village.call("rules.preview", json!({"text": template})).await.unwrap_err().params["detail"],
        "citation",
        "the document it rests on is a person's word"
    );
    village.ok("rules.send", json!({"text": PACK, "own": true})).await;
    let rules = village.ok("rules.list", json!({})).await;
    assert_eq!((&rules["current"]["source"], &rules["current"]["reliefFen"]), (&json!("own"), &json!(20)), "{rules}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_devices_collect_one_month_and_a_person_settles_it() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    let one = member(&computer, "赵甲一", "2001-07", "full").await;
    let two = member(&computer, "钱乙二", "2001-07", "full").await;
    for who in [&one, &two] {
        computer
            .ok("dues.assess", json!({"member": who, "fromMonth": "2026-01", "class": "farmer", "fixedFen": 100}))
            .await;
    }
    laptop.sync().await;
    laptop.until("dues.sheet", json!({"year": 2026}), |sheet| sheet["rows"][1]["monthlyFen"] == 100).await;
    let month = json!({"entries": [pay(&one, "2026-03", 100), pay(&two, "2026-03", 100)]});
    let here = computer.ok("dues.collect", month.clone()).await;
    let there = laptop.ok("dues.collect", month).await;
    let numbers: std::collections::BTreeSet<&str> = [&here, &there]
        .iter()
        .flat_map(|out| out["receipts"].as_array().unwrap())
        .map(|receipt| receipt["number"].as_str().unwrap())
        .collect();
    assert_eq!(numbers.len(), 4, "receipts of devices that have not met differ: {here} {there}");
    laptop.sync().await;
    let twice = |sheet: &Value| cell(sheet, &one, 3) == (100, 200, true) && cell(sheet, &two, 3) == (100, 200, true);
    for device in [&computer, &laptop] {
        device.until("dues.sheet", json!({"year": 2026}), twice).await;
    }
    let today = computer.ok("today", json!({})).await;
    let due = today["due"].as_array().unwrap();
    assert!(due.iter().any(|item| item["code"] == "dues_double" && item["params"]["count"] == "2"), "{today}");

    // One is reversed; of the other both are right.
    let sheet = computer.ok("dues.sheet", json!({"year": 2026})).await;
    let of = |member: &Value| -> Vec<Value> {
        let row = sheet["rows"].as_array().unwrap().iter().find(|row| row["member"] == *member).unwrap();
        row["months"][2]["payments"].as_array().unwrap().iter().map(|payment| payment["id"].clone()).collect()
    };
    computer.ok("dues.reverse", json!({"payment": of(&one)[1], "reason": "两台电脑各记了一次"})).await;
    let stale = computer.call("dues.both_right", json!({"payments": [of(&two)[0]]})).await;
    assert_eq!(stale.unwrap_err().code, "dues_not_double");
    computer.ok("dues.both_right", json!({"payments": of(&two), "note": "补上月少交的"})).await;
    laptop.sync().await;
    let settled =
        |sheet: &Value| cell(sheet, &one, 3) == (100, 100, false) && cell(sheet, &two, 3) == (100, 200, false);
    for device in [&computer, &laptop] {
        device.until("dues.sheet", json!({"year": 2026}), settled).await;
    }
    // Another payment for the month is asked about again.
    laptop.ok("dues.collect", json!({"entries": [pay(&two, "2026-03", 100)]})).await;
    assert_eq!(cell(&laptop.ok("dues.sheet", json!({"year": 2026})).await, &two, 3), (100, 300, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_back_payment_over_the_turn_of_the_year_counts_for_its_month_and_stands_in_the_book_of_its_day() {
    let village = Device::with_office("示范一村", "branch").await;
    let one = member(&village, "赵甲一", "2001-07", "full").await;
    village
        .ok("dues.assess", json!({"member": one, "fromMonth": "2025-08", "class": "salaried", "baseFen": 450_000}))
        .await;
    let collect = |on: &str, entries: Value| json!({"on": on, "entries": entries});
    // August in August; seven months unpaid then, to February.
    village.ok("dues.collect", collect("2025-08-20", json!([pay(&one, "2025-08", 4_500)]))).await;
    let arrears = village.ok("dues.arrears", json!({})).await;
    assert_eq!((&arrears["rows"][0]["run"], &arrears["rows"][0]["remind"]), (&json!(6), &json!(true)), "{arrears}");
    // September to March: 7 × 45.00
    assert_eq!(arrears["owedFen"], 31_500);
    let back = village
        .ok(
            "dues.collect",
            collect(
                "2026-03-10",
                json!([
                    pay(&one, "2025-09", 4_500),
                    pay(&one, "2025-08", 4_500),
                    pay(&one, "2025-12", 4_500),
                    pay(&one, "2026-01", 4_500)
                ]),
            ),
        )
        .await;
    assert_eq!(back["beyond"], json!(["2025-08"]), "seven months back is beyond what is normal, and taken: {back}");
    assert_eq!(back["receipts"][0]["amountFen"], 18_000, "one receipt for what is paid at once");
    // Voluntary extras: 50.00, and 1,000.00 at once for the centre.
    let extra = |fen: i64| json!({"member": one, "amountFen": fen, "extra": true});
    village.ok("dues.collect", collect("2026-03-11", json!([extra(5_000)]))).await;
    village.ok("dues.collect", collect("2026-03-12", json!([extra(100_000)]))).await;

    let old = village.ok("dues.ledger", json!({"year": 2025})).await;
    // August twice, September, December; of these 135.00 came in 2026. Five months were owed.
    assert_eq!(
        (old["paidFen"].as_i64(), old["elsewhereFen"].as_i64(), old["dueFen"].as_i64()),
        (Some(18_000), Some(13_500), Some(22_500))
    );
    assert_eq!((old["cash"]["totalFen"].as_i64(), old["doubles"].as_i64()), (Some(4_500), Some(1)));
    let new = village.ok("dues.ledger", json!({"year": 2026})).await;
    assert_eq!((new["rows"][0]["paidFen"].as_i64(), new["rows"][0]["backFen"].as_i64()), (Some(4_500), Some(13_500)));
    // 45.00 + 135.00 + 50.00 + 1,000.00
    assert_eq!(new["cash"]["totalFen"], 123_000);
    let notice = |from: &str, to: &str| json!({"fromMonth": from, "toMonth": to});
    let published = village.ok("dues.notice", notice("2025-01", "2025-12")).await;
    assert_eq!((&published["sumFen"], &published["rows"][0]["name"]), (&json!(18_000), &json!("赵甲一")));
    assert!(!published.to_string().contains("450000"), "a base is on no notice: {published}");
    assert_eq!(village.ok("dues.notice", notice("2026-01", "2026-12")).await["extraFen"], 105_000);

    // 上缴: 2026 has 185.00 + 45.00 ordinary in hand; half goes up, half stays, and 1,000.00 goes up whole.
    let remit = |slip: &str, fen: i64, kept: i64, centre: bool| json!({"on": "2026-03-15", "fromMonth": "2026-03", "amountFen": fen, "retainedFen": kept, "slip": slip, "centre": centre});
    village.ok("dues.remit", remit("0001", 11_500, 11_500, false)).await;
    assert_eq!(village.call("dues.remit", remit("0001", 1, 0, false)).await.unwrap_err().code, "slip_used");
    assert_eq!(
        village.call("dues.remit", remit("0002", 90_000, 10_000, true)).await.unwrap_err().code,
        "centre_retains_nothing"
    );
    village.ok("dues.remit", remit("0002", 100_000, 0, true)).await;
    let sheet = village.ok("dues.remittances", json!({"year": 2026})).await;
    let balance = &sheet["ordinary"];
    assert_eq!(
        (&balance["openingFen"], &balance["collectedFen"], &balance["inHandFen"]),
        (&json!(4_500), &json!(23_000), &json!(4_500)),
        "{sheet}"
    );
    assert_eq!((&sheet["centre"]["inHandFen"], &sheet["rows"][0]["differenceFen"]), (&json!(0), &json!(0)), "{sheet}");
    village.ok("dues.remit_reverse", json!({"payment": sheet["rows"][0]["id"], "reason": "金额填错"})).await;
    let sheet = village.ok("dues.remittances", json!({"year": 2026})).await;
    assert_eq!(
        (&sheet["ordinary"]["inHandFen"], &sheet["centre"]["inHandFen"]),
        (&json!(27_500), &json!(0)),
        "{sheet}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relative_or_another_member_may_hand_it_in_with_consent_and_an_organization_may_not() {
    let village = Device::with_office("示范一村", "branch").await;
    let one = member(&village, "赵甲一", "2001-07", "full").await;
    let hand = |way: &str, by: &str, consent: bool| json!({"entries": [{"member": one, "month": "2026-03", "amountFen": 100, "way": way, "handedBy": by, "consent": consent}]});
    for (input, code) in [
        (hand("", "钱乙二", true), "dues_way_missing"),
        (hand("relative", "钱乙二", false), "dues_consent_missing"),
        (hand("organization", "示范一村", true), "dues_not_by_organization"),
        (hand("member", "示范一村", true), "dues_not_by_organization"),
        (hand("member", "河东街道党工委", true), "dues_not_by_organization"),
    ] {
        assert_eq!(village.call("dues.collect", input.clone()).await.unwrap_err().code, code, "{input}");
    }
    village.ok("dues.collect", hand("relative", "钱乙二", true)).await;
    let payment = village.ok("dues.sheet", json!({"year": 2026})).await["rows"][0]["months"][2]["payments"][0].clone();
    assert_eq!((&payment["way"], &payment["handedBy"]), (&json!("relative"), &json!("钱乙二")), "{payment}");
    // A quarter at once, which the branch consented to, is one receipt and three entries.
    let quarter: Vec<Value> = ["2026-04", "2026-05", "2026-06"].iter().map(|month| pay(&one, month, 100)).collect();
    let out = village.ok("dues.collect", json!({"entries": quarter, "quarterly": true})).await;
    assert_eq!((out["receipts"].as_array().unwrap().len(), &out["receipts"][0]["amountFen"]), (1, &json!(300)));
    let sheet = village.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!(sheet["rows"][0]["months"][4]["payments"][0]["quarterly"], true);
    // A reason, as a code, ends the count of months without one.
    village.ok("dues.assess", json!({"member": one, "fromMonth": "2025-06", "class": "farmer", "fixedFen": 100})).await;
    assert_eq!(village.ok("dues.arrears", json!({})).await["rows"][0]["remind"], true);
    village
        .ok("dues.reason", json!({"member": one, "fromMonth": "2025-06", "toMonth": "2026-02", "code": "away"}))
        .await;
    let row = village.ok("dues.arrears", json!({})).await["rows"][0].clone();
    assert_eq!(
        (&row["remind"], &row["months"][0]["reason"], row["owedFen"].as_i64()),
        (&json!(false), &json!("away"), Some(900)),
        "{row}"
    );
}
