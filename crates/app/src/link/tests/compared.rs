//! Devices that were let in unseen, and digits that somebody searches for.

use ybz_sync::wire::JoinRequest;

use super::*;
use ybz_domain::trust::Role;

use crate::cases::{checklist, concern, household};
use crate::dto::ListInput;
use crate::join_start::has_joined;

fn ticket(of: &Place, input: serde_json::Value) -> Ticket {
    let invited = invite::device(&cx(of), serde_json::from_value(input).unwrap()).unwrap();
    Ticket::from_text(&invited.text).unwrap()
}

/// Asks with a ticket, and says what the inviter answers.
fn ask(inviter: &Place, device: &Place, ticket: &Ticket) -> (JoinRequest, [u8; 32], JoinAnswer) {
    let (_, request, nonce) = prepare(&device.inner, None, ticket.clone(), None).unwrap();
    let Answer::Join(answer) = join::asked(&inviter.inner, device.inner.store.device().id(), &request, None) else {
        panic!("an answer to a join");
    };
    (request, nonce, answer)
}

fn homes(place: &Place) -> usize {
    while place.inner.store.read_in(1000).unwrap().remaining > 0 {}
    household::list(&cx(place), ListInput::default()).unwrap().rows.len()
}

fn item(title: &str, keep: bool) -> crate::dto::checklist::ItemInput {
    let input =
        json!({"title": title, "origin": "own", "person": "李乙二", "deadline": "2026-04-01", "keepMatches": keep});
    serde_json::from_value(input).unwrap()
}

#[test]
fn a_clerk_let_in_unseen_is_confirmed_by_a_second_invitation_and_then_has_the_households() {
    let (village, clerk) = (start("示范一村", "branch"), place());
    let home = json!({"date": "2026-03-05", "kind": "household", "participants": ["赵甲一"],
        "newHousehold": {"name": "敬老院"}});
    visit::save(&cx(&village), serde_json::from_value(home).unwrap()).unwrap();
    let (me, office) = (clerk.inner.store.device().id(), cx(&village).office);
    let standing = |place: &Place| {
        place.inner.store.membership().unwrap().certificate(&office, &me).map(|known| (known.role, known.confirmed))
    };

    let unseen = ticket(&village, json!({"role": "clerk", "autoApprove": true}));
    let (_, _, JoinAnswer::Granted(grant)) = ask(&village, &clerk, &unseen) else { panic!("let in unseen") };
    join::keep_grant(&clerk.inner, &unseen, &grant).unwrap();
    let mut rng = Rng::new(4);
    session(&clerk, &village, Plan::SMOOTH, &mut rng);
    assert_eq!((homes(&clerk), standing(&clerk)), (0, Some((Role::Clerk, false))));
    // It can save all the same, by a person's word, which is logged without the text.
    let refused = checklist::save(&cx(&clerk), item("慰问敬老院", false)).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("households_unreadable", Some("title")));
    let saved = checklist::save(&cx(&clerk), item("慰问敬老院", true)).unwrap();
    let lines = clerk.inner.store.log_lines(0, 10).unwrap();
    assert!(lines.iter().any(|line| line.entry.code == "private_unchecked_kept"
        && line.entry.params == [("record".to_owned(), saved.id.clone())].into()));

    // The same invitation says that it has joined; another one is taken up.
    assert!(has_joined(&clerk.inner, None, &unseen).unwrap());
    let second = ticket(&village, json!({"role": "keeper", "ownBooks": true}));
    assert!(!has_joined(&clerk.inner, None, &second).unwrap(), "its digits are still to be compared");
    let (request, joiner, JoinAnswer::Challenge(inviter)) = ask(&village, &clerk, &second) else { panic!("digits") };
    let nonces = Nonces { inviter, joiner };
    assert_eq!(join::asked(&village.inner, me, &request, Some(nonces)), Answer::Join(JoinAnswer::Waiting));
    let [row] = &org::pending(&cx(&village)).unwrap()[..] else { panic!("one waits") };
    org::approve(&cx(&village), IdInput { id: row.id.clone() }).unwrap();
    let (_, _, JoinAnswer::Granted(grant)) = ask(&village, &clerk, &second) else { panic!("confirmed") };
    join::keep_grant(&clerk.inner, &second, &grant).unwrap();
    assert!(has_joined(&clerk.inner, None, &second).unwrap());
    for place in [&clerk, &village] {
        assert_eq!(standing(place), Some((Role::Clerk, true)), "it is confirmed, and what it was");
    }
    session(&clerk, &village, Plan::SMOOTH, &mut rng);
    session(&clerk, &village, Plan::SMOOTH, &mut rng);
    assert_eq!(homes(&clerk), 1, "now they open");
    assert_eq!(checklist::save(&cx(&clerk), item("慰问敬老院", false)).unwrap_err().code, "name_private_match");
}

#[test]
fn a_household_that_is_called_like_a_place_keeps_nobody_from_saving() {
    let village = start("示范一村", "branch");
    let with = |keep: bool| {
        let input = json!({"date": "2026-03-05", "kind": "household", "participants": ["赵甲一"], "keepMatches": keep,
            "newHousehold": {"name": "敬老院"}, "place": "敬老院", "concern": {"category": "water", "text": "水管漏水",
            "nextStep": "修", "owner": "李乙二", "deadline": "2026-04-01"}});
        visit::save(&cx(&village), serde_json::from_value(input).unwrap())
    };
    let logged = || {
        let lines = village.inner.store.log_lines(0, 50).unwrap();
        assert!(lines.iter().all(|line| !format!("{:?}", line.entry).contains("敬老院")), "the log never has the text");
        let kept = lines.into_iter().filter(|line| line.entry.code == "private_match_kept");
        kept.map(|line| line.entry.params["record"].clone()).collect::<Vec<_>>()
    };
    let refused = with(false).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("name_private_match", Some("place")));
    assert!(logged().is_empty() && homes(&village) == 0, "nothing is saved by halves");
    let visited = with(true).unwrap().id;
    assert_eq!(visit::get(&cx(&village), IdInput { id: visited.clone() }).unwrap().row.place, "敬老院");
    assert_eq!(logged(), [visited]);

    assert_eq!(checklist::save(&cx(&village), item("去敬老院", false)).unwrap_err().code, "name_private_match");
    let own = checklist::save(&cx(&village), item("去敬老院", true)).unwrap().id;
    assert_eq!(logged()[0], own);
    let on_item = |keep: bool| {
        let input = json!({"id": own, "note": "到过敬老院", "state": "done", "keepMatches": keep});
        checklist::add_progress(&cx(&village), serde_json::from_value(input).unwrap())
    };
    assert_eq!(on_item(false).unwrap_err().field.as_deref(), Some("note"));
    assert_eq!(on_item(true).unwrap().id, logged()[0]);

    let kept = concern::list(&cx(&village), ListInput::default()).unwrap().rows[0].id.clone();
    let hand_in = json!({"items": [{"id": kept, "text": "水管漏水"}]});
    concern::hand_in(&cx(&village), serde_json::from_value(hand_in).unwrap()).unwrap();
    let handed = concern::list(&cx(&village), ListInput::default()).unwrap().rows[0].id.clone();
    let on_concern = |keep: bool| {
        let input = json!({"id": handed, "note": "敬老院修好了", "close": true, "keepMatches": keep});
        concern::add_progress(&cx(&village), serde_json::from_value(input).unwrap())
    };
    assert_eq!(on_concern(false).unwrap_err().field.as_deref(), Some("note"));
    assert_eq!(on_concern(true).unwrap().id, logged()[0]);
    assert_eq!(logged().len(), 4);
    let plain = checklist::save(&cx(&village), item("修路", true)).unwrap().id;
    assert!(!logged().contains(&plain), "the word alone, where nothing is found, leaves no line");
}

#[test]
fn digits_cannot_be_searched_for_with_a_photographed_ticket() {
    let (village, stranger) = (start("示范一村", "branch"), place());
    let invited = ticket(&village, json!({"role": "clerk"}));
    let peer = stranger.inner.store.device().id();
    let closed = || invite::list(&cx(&village)).unwrap()[0].closed.clone();
    // Its first digits are shown, and cost nothing.
    let (request, joiner, JoinAnswer::Challenge(inviter)) = ask(&village, &stranger, &invited) else {
        panic!("digits")
    };
    join::asked(&village.inner, peer, &request, Some(Nonces { inviter, joiner }));
    for round in 0..invite::MAX_DRAWN {
        assert_eq!(closed(), None, "round {round}");
        let (request, joiner, JoinAnswer::Challenge(inviter)) = ask(&village, &stranger, &invited) else {
            panic!("round {round}: digits")
        };
        // Now it hangs up unseen, now it has others shown in the place of those before.
        if round % 2 == 0 {
            let answer = join::asked(&village.inner, peer, &request, Some(Nonces { inviter, joiner }));
            assert_eq!(answer, Answer::Join(JoinAnswer::Waiting));
        }
    }
    assert_eq!(closed().as_deref(), Some("too_many_attempts"));
    let honest = place();
    for device in [&stranger, &honest] {
        assert!(matches!(ask(&village, device, &invited).2, JoinAnswer::Refused));
    }
    assert_eq!(org::pending(&cx(&village)).unwrap().len(), 1, "who waits can still be refused");
    // Another invitation is not touched by it.
    let again = ticket(&village, json!({"role": "clerk"}));
    assert!(matches!(ask(&village, &honest, &again).2, JoinAnswer::Challenge(_)));
}
