//! 6+X清单责任书: six lists for all and one or two of the unit's own choice, a letter that is signed, a public pledge, a yearly review.

use serde_json::{Value, json};

use crate::rounds::{Three, act, live, refused, sound, state};

fn figures(row: &Value) -> Vec<&str> {
    row["offs"].as_array().unwrap().iter().map(|off| off["figure"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_lists_are_common_one_or_two_are_chosen_and_the_letter_is_signed_pledged_and_reviewed() {
    let names = ["示范一村", "示范二村", "示范三村"];
    let three = Three::on("2026-01-08", &names).await;
    let (street, one, two) = (&three.street, &three.villages[0], &three.villages[1]);
    let base = ["班子建设", "党员管理", "组织生活", "党费收缴", "服务群众", "廉洁自律"];

    // A letter with five lists is not as the rule says; what is sent says so.
    let five = json!({"to": [three.villages[2].office_id().await], "base": base[..5]});
    assert_eq!(street.ok("letter.send", five).await["made"], 1);
    assert_eq!(
        street.ok("letter.send", json!({"base": base})).await,
        json!({"made": 2, "before": 1}),
        "one that was sent stays"
    );
    let list = street.ok("letter.list", json!({"below": true})).await;
    assert_eq!([&list["baseLists"], &list["chosenMin"], &list["chosenMax"]], [&json!(6), &json!(1), &json!(2)]);
    assert_eq!(list["missing"], json!([]));
    let rows = list["rows"].as_array().unwrap();
    let offices: Vec<&str> = rows.iter().map(|row| row["item"]["officeName"].as_str().unwrap()).collect();
    let third = &rows[offices.iter().position(|name| *name == "示范三村").unwrap()];
    assert_eq!(figures(third), ["base_lists"]);
    assert_eq!([&third["offs"][0]["has"], &third["offs"][0]["says"]], [&json!(5), &json!(6)]);
    assert_eq!(third["offs"][0]["citation"], list["citation"], "what is said names its source");
    let first = &rows[offices.iter().position(|name| *name == "示范一村").unwrap()];
    assert_eq!(
        (&first["base"], figures(first)),
        (&json!(base), vec![]),
        "before it chooses nothing is wrong with its choice"
    );

    // Offline each village chooses: one as the rule says, one too many, of which one is common anyway.
    three.meet(0).await;
    three.meet(1).await;
    live("2026-01-20");
    let mine = one.ok("letter.list", json!({})).await;
    let id = mine["rows"][0]["item"]["id"].clone();
    act(one, &id, "choose", json!({"data": {"chosen": "产业发展、人居环境"}})).await;
    let theirs = two.ok("letter.list", json!({})).await["rows"][0]["item"]["id"].clone();
    act(two, &theirs, "choose", json!({"data": {"chosen": "产业发展、人居环境、乡风文明、党费收缴"}})).await;
    let own = two.ok("letter.list", json!({})).await;
    let off = &own["rows"][0]["offs"][0];
    assert_eq!([&off["figure"], &off["has"], &off["says"]], [&json!("chosen_max"), &json!(3), &json!(2)]);
    three.meet(0).await;
    three.meet(1).await;

    // The street signs the first and sends the second back; the second's choice is none until it chooses again.
    assert_eq!(refused(street, &id, "sign", json!({"person": "陈书记"})).await, "required", "both sign");
    act(street, &id, "sign", json!({"person": "陈书记", "data": {"signed_by": "王春生"}, "on": "2026-01-20"})).await;
    act(street, &theirs, "send_back", json!({"note": "最多选两张"})).await;
    three.meet(0).await;
    three.meet(1).await;
    let own = two.ok("letter.list", json!({})).await;
    assert_eq!([&own["rows"][0]["chosen"], &own["rows"][0]["offs"]], [&json!([]), &json!([])]);
    act(two, &theirs, "choose", json!({"data": {"chosen": "乡风文明"}})).await;
    live("2026-02-01");
    act(one, &id, "pledge", json!({"person": "王春生", "data": {"published_at": "村党务公开栏"}})).await;
    act(one, &id, "progress", json!({"note": "产业清单已列3项"})).await;
    three.meet(0).await;
    three.meet(1).await;
    let list = street.ok("letter.list", json!({"below": true})).await;
    let of = |name: &str| {
        let rows = list["rows"].as_array().unwrap();
        rows.iter().find(|row| row["item"]["officeName"] == name).unwrap().clone()
    };
    let first = of("示范一村");
    assert_eq!(
        [&first["signedBy"], &first["signedForUnit"], &first["signedOn"]],
        [&json!("陈书记"), &json!("王春生"), &json!("2026-01-20")]
    );
    assert_eq!([&first["pledgedOn"], &first["publishedAt"]], [&json!("2026-02-01"), &json!("村党务公开栏")]);
    assert_eq!((of("示范二村")["chosen"].clone(), figures(&of("示范二村"))), (json!(["乡风文明"]), vec![]));

    // On paper: a page for each unit at the street, its own at the village; eight lists, and room to sign.
    let sheet = street.ok("sheet.get", json!({"kind": "letter", "year": 2026})).await;
    assert_eq!((sheet["parts"].as_array().unwrap().len(), &sheet["landscape"]), (3, &json!(false)));
    let sheet = one.ok("sheet.get", json!({"kind": "letter", "record": id})).await;
    let part = &sheet["parts"][0];
    assert_eq!((&sheet["title"], &part["heading"]), (&json!("2026年6+X清单责任书"), &json!("示范一村")));
    assert_eq!(part["tables"][0]["rows"].as_array().unwrap().len(), 8);
    assert_eq!(part["signatures"].as_array().unwrap().len(), 3);
    assert!(
        part["notes"][0].as_str().unwrap().contains("6张共性清单加1至2张自选清单"),
        "the rule stands on it: {part}"
    );

    // The year's review closes it.
    live("2026-12-20");
    act(street, &id, "review", json!({"note": "八张清单全部落实"})).await;
    three.meet(0).await;
    assert_eq!(state(one, &id).await, "reviewed");
    sound(&[street, one, two]);
}
