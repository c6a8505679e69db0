//! The numbers of the whole year, on its last day, on both computers and at the street.

use serde_json::{Value, json};

use super::{Story, count, one};

/// What both computers answer alike.
async fn both(story: &Story, name: &str, input: Value) -> Value {
    let here = story.computer.ok(name, input.clone()).await;
    assert_eq!(here, story.laptop.ok(name, input).await, "{name}");
    here
}

pub async fn dues(story: &Story) {
    let ledger = both(story, "dues.ledger", json!({"year": 2026})).await;
    for (name, due, paid) in [
        ("赵甲一", 73_800, 73_800),   // 6 × 45.00 + 6 × 78.00
        ("钱乙二", 90_024, 90_024),   // 12 × 75.02
        ("孙丙三", 1_200, 1_200),     // 12 × 1.00
        ("李丁四", 360_000, 360_000), // 12 × 300.00
        ("周戊五", 240, 200),         // 12 × 0.20, two of them not paid
        ("吴己六", 30_000, 30_000),   // 12 × 25.00
        ("郑庚七", 60_000, 60_000),   // 12 × 50.00
        ("王辛八", 10_000, 10_000),   // 4 × 15.00 + 8 × 5.00
        ("冯壬九", 180, 180),         // 9 × 0.20, to September
        ("陈癸十", 240, 240),         // 12 × 0.20
        ("褚子一", 180_000, 180_000), // 12 × 150.00
        ("卫丑二", 240_000, 240_000), // 12 × 200.00
        ("蒋寅三", 200, 200),         // 10 × 0.20, from March
        ("沈卯四", 150, 150),         // 3 × 0.50, from October
    ] {
        let row = one(&ledger["rows"], "name", name);
        assert_eq!((&row["dueFen"], &row["paidFen"]), (&json!(due), &json!(paid)), "{row}");
    }
    // The sum of the above, and 0.40 less.
    assert_eq!((&ledger["dueFen"], &ledger["paidFen"]), (&json!(1_046_034), &json!(1_045_994)));
    let cash = &ledger["cash"];
    // 10,459.94 for months of the year, 50.00 beyond, 1,000.00 for the centre.
    assert_eq!(
        (&cash["ownFen"], &cash["extraFen"], &cash["centreFen"], &cash["totalFen"]),
        (&json!(1_045_994), &json!(5_000), &json!(100_000), &json!(1_150_994)),
        "{cash}"
    );
    assert_eq!((&ledger["elsewhereFen"], &ledger["doubles"]), (&json!(0), &json!(0)));
    let notice = both(story, "dues.notice", json!({"fromMonth": "2026-01", "toMonth": "2026-12"})).await;
    assert_eq!((&notice["sumFen"], &notice["extraFen"]), (&json!(1_045_994), &json!(105_000)), "{notice}");
    let remitted = both(story, "dues.remittances", json!({"year": 2026})).await;
    let balance = |of: &str| {
        ["collectedFen", "remittedFen", "retainedFen", "inHandFen"].map(|field| remitted[of][field].as_i64().unwrap())
    };
    // 10,459.94 + 50.00; 2,574.76 + 2,680.21 went up, as much stayed.
    assert_eq!(balance("ordinary"), [1_050_994, 525_497, 525_497, 0]);
    assert_eq!(balance("centre"), [100_000, 100_000, 0, 0]);
    let arrears = both(story, "dues.arrears", json!({})).await;
    assert_eq!((arrears["rows"].as_array().unwrap().len(), &arrears["owedFen"]), (1, &json!(40)), "{arrears}");
    // 11 + 9 + 13 + 14 (with the double one and its reversal, and two of 蒋寅三) + 12 + 14 + 13 (with two extras) + 11 + 22 + 12
    // + 11 + 14 entries.
    let merged = story.street.ok("merged.list", json!({"ledger": "dues", "year": 2026})).await;
    assert_eq!(merged["total"], 156);
}

pub async fn meetings(story: &Story) {
    let plan = both(story, "meeting.plan", json!({"year": 2026})).await;
    let held = |kind: &str| {
        let slots: Vec<&Value> = plan["slots"].as_array().unwrap().iter().filter(|slot| slot["kind"] == kind).collect();
        (slots.iter().filter(|slot| slot["state"] == "held").count(), slots.len())
    };
    for (kind, met, asked) in [
        ("members_meeting", 4, 4),
        ("committee_meeting", 12, 12),
        ("group_meeting", 23, 24), // the second group not in August
        ("lesson", 4, 4),
        ("theme_day", 12, 12),
        ("organization_life", 1, 1),
        ("appraisal", 1, 1),
        ("study_day", 12, 12),
    ] {
        assert_eq!(held(kind), (met, asked), "{kind}");
    }
    let missed: Vec<&Value> = plan["slots"].as_array().unwrap().iter().filter(|slot| slot["state"] != "held").collect();
    assert_eq!((&missed[0]["group"], &missed[0]["period"]), (&json!("第二党小组"), &json!("2026-08")), "{missed:?}");
    // 12 支委会, 12 of all, 23 of groups and one of them twice, 1 in December.
    let list = both(story, "meeting.list", json!({"year": 2026, "limit": 100})).await;
    assert_eq!(list["total"], 49);
    let merged = list["rows"].as_array().unwrap().iter().filter(|row| row["mergedInto"].is_string()).count();
    assert_eq!(merged, 1);
    let at_street = story.street.ok("merged.list", json!({"ledger": "meetings", "year": 2026, "limit": 100})).await;
    assert_eq!((&at_street["total"], count(&at_street["rows"], "state", "merged")), (&json!(49), 1));
}

pub async fn training(story: &Story) {
    let table = both(story, "training.table", json!({"year": 2026})).await;
    // Tenths of an hour. Twelve sessions of all: 8 × 2.0 + 4 × 3.0 = 28.0.
    for (name, sessions, training, concentrated, wanted, reached) in [
        ("赵甲一", 280, 440, 1, 560, true), // and 40.0 + 4.0
        ("钱乙二", 280, 440, 1, 560, true),
        ("孙丙三", 280, 440, 1, 560, true),
        ("李丁四", 280, 40, 0, 320, true), // just so
        ("周戊五", 260, 0, 0, 320, false), // not in November, nor at the county's
        ("吴己六", 280, 40, 0, 320, true),
        ("郑庚七", 280, 40, 0, 320, true),
        ("王辛八", 280, 40, 0, 320, true),
        ("冯壬九", 210, 0, 0, 320, false), // to September: 6 × 2.0 + 3 × 3.0
        ("陈癸十", 50, 0, 0, 320, false),  // January and December
        ("褚子一", 280, 40, 0, 320, true),
        ("卫丑二", 280, 40, 0, 320, true),
        ("蒋寅三", 190, 40, 0, 320, false), // from May: 5 × 2.0 + 3 × 3.0
        ("沈卯四", 70, 40, 0, 320, false),  // from October: 2 × 2.0 + 3.0
    ] {
        let row = one(&table["rows"], "name", name);
        let told = ["sessions", "training", "concentrated", "wanted"].map(|field| row[field].as_i64().unwrap());
        assert_eq!((told, &row["reached"]), ([sessions, training, concentrated, wanted], &json!(reached)), "{row}");
    }
    assert_eq!(table["rows"].as_array().unwrap().len(), 14);
}

pub async fn evenings(story: &Story) {
    // 12 tables; 10 months with two visits, 7 in April, 3 in October; 1 + 6 + 2 慰问.
    for (kind, total) in [("round_table", 12), ("household", 30), ("consolation", 9)] {
        let page = both(story, "visit.list", json!({"year": 2026, "state": kind})).await;
        assert_eq!(page["total"], total, "{kind}");
    }
    let merged = story.street.ok("merged.list", json!({"ledger": "visits", "year": 2026})).await;
    assert_eq!(merged["total"], 51);
    // January's is closed since the resident was told; of April's seven 5 are closed, 1 is in hand, 1 handed in; of October's
    // three 1 is closed, 1 handed in, 1 kept.
    let states = |rows: &Value| ["closed", "in_progress", "handed_in", "kept"].map(|state| count(rows, "state", state));
    let page = both(story, "concern.list", json!({"year": 2026, "limit": 100})).await;
    assert_eq!((states(&page["rows"]), &page["total"]), ([7, 1, 2, 1], &json!(11)), "{page}");
    let above = story.street.ok("answer.list", json!({"year": 2026, "limit": 100})).await;
    assert_eq!((states(&above["rows"]), &above["total"]), ([7, 1, 2, 0], &json!(10)), "{above}");
}

pub async fn items(story: &Story) {
    // 16 of the year, 10 of March, 2 out of a resolution; without the report they are done. Of three from above two were
    // accepted, one is being worked on.
    for (state, total) in [("done", 27), ("accepted", 2), ("in_progress", 1), ("open", 1), ("unfinished", 2)] {
        let page = both(story, "checklist.list", json!({"year": 2026, "state": state})).await;
        assert_eq!(page["total"], total, "{state}");
    }
    let below = story.street.ok("checklist.list", json!({"year": 2026, "below": true, "state": "unfinished"})).await;
    assert_eq!(below["total"], 2, "{below}");
}

/// What the street's snapshot says, beside what the branch signed: both are sums of one branch with records and of one
/// without.
pub async fn figures(story: &Story) {
    let view = story.street.ok("snapshot.preview", json!({"year": 2026})).await;
    assert_eq!((&view["included"], &view["membersOnce"]), (&json!(2), &json!(15)), "{view}");
    let rows = view["rows"].as_array().unwrap();
    let by_month = |metric: &str| -> Vec<(u64, Option<i64>, Option<i64>)> {
        let of = rows.iter().filter(|row| row["metric"] == metric);
        let month = |row: &Value| row["month"].as_str().map_or(0, |month| month[5..].parse().unwrap());
        of.map(|row| (month(row), row["numerator"].as_i64(), row["denominator"].as_i64())).collect()
    };
    let counts =
        |counts: &[(u64, i64)]| -> Vec<_> { counts.iter().map(|(month, n)| (*month, Some(*n), None)).collect() };
    let shares = |all: [(i64, i64); 12]| -> Vec<_> {
        (1..).zip(all).map(|(month, (n, of))| (month, Some(n), Some(of))).collect()
    };
    // 13 here, 2 next door.
    assert_eq!(by_month("members"), counts(&[(0, 15)]));
    let quarterly = counts(&[(3, 1), (6, 1), (9, 1), (12, 1)]);
    assert_eq!((by_month("members_meeting"), by_month("lesson")), (quarterly.clone(), quarterly));
    let monthly: Vec<(u64, i64)> = (1..=12).map(|month| (month, 1)).collect();
    assert_eq!((by_month("committee_meeting"), by_month("theme_day")), (counts(&monthly), counts(&monthly)));
    let groups: Vec<(u64, i64)> = (1..=12).map(|month| (month, if month == 8 { 1 } else { 2 })).collect();
    assert_eq!(by_month("group_meeting"), counts(&groups));
    // 支委会 3, groups 6 and 6, all 12; from May 13 and 7 in the first group; August without the second; October 6 and 7;
    // December 13 more for the appraisal.
    let attendance = [
        (27, 27),
        (24, 27),
        (25, 27),
        (25, 27),
        (27, 29),
        (27, 29),
        (27, 29),
        (21, 23),
        (27, 29),
        (27, 29),
        (26, 29),
        (41, 42),
    ];
    assert_eq!(by_month("attendance"), shares(attendance));
    // 861.62; 0.20 more from March (蒋寅三); 10.00 less from May (relief); 33.00 more from July; then 0.50 for 0.20.
    let dues = [
        (86_162, 86_162),
        (86_162, 86_162),
        (86_182, 86_182),
        (86_182, 86_182),
        (85_182, 85_182),
        (85_182, 85_182),
        (88_482, 88_482),
        (88_482, 88_482),
        (88_482, 88_482),
        (88_512, 88_512),
        (88_492, 88_512),
        (88_492, 88_512),
    ];
    assert_eq!(by_month("dues"), shares(dues));
    // A table and two visits; 慰问 in January, February and June; seven visits in April, three in October.
    let visits = [(1, 4), (2, 9), (3, 3), (4, 8), (5, 3), (6, 5), (7, 3), (8, 3), (9, 3), (10, 4), (11, 3), (12, 3)];
    assert_eq!(by_month("visits"), counts(&visits));
    let due = [(1, 2, 2), (2, 1, 1), (3, 12, 12), (4, 3, 3), (6, 3, 3), (7, 2, 2), (9, 2, 2), (12, 4, 6)];
    let due: Vec<_> = due.iter().map(|(month, n, of)| (*month, Some(*n), Some(*of))).collect();
    assert_eq!(by_month("checklist"), due);

    // Residents: below five hidden, else to the nearest five. Six households in February, seven in April, two or three else.
    let shown = |metric: &str| -> Vec<_> { by_month(metric).into_iter().filter(|(_, n, _)| n.is_some()).collect() };
    assert_eq!((shown("households"), by_month("households").len()), (counts(&[(2, 5), (4, 5)]), 12));
    assert_eq!((shown("consolations"), by_month("consolations").len()), (counts(&[(2, 5)]), 3));
    // April: 5 of 7; January 1 of 1 and October 1 of 2 are hidden.
    assert_eq!((shown("concerns"), by_month("concerns").len()), (vec![(4, Some(5), Some(5))], 3));
    assert_eq!((shown("talks"), by_month("talks").len()), (counts(&[(3, 5)]), 2));
    assert_eq!((by_month("pairings"), by_month("aid")), (counts(&[(0, 5)]), vec![(10, None, None)]));
}
