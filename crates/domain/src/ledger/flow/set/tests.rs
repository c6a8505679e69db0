use super::*;
use crate::ledger::flow::Deadline;
use crate::rules::{Pack, PackError, Rules};

const HEAD: &str = "version = \"街道 1\"\nvalid_from = \"2026-07-01\"\ncitation = \"示范街道〔2026〕5号\"\n";

fn case() -> Flow {
    Flows::builtin().unwrap().current("case").unwrap().clone()
}

fn refused(change: impl FnOnce(&mut Flow)) -> FlowError {
    let mut flow = case();
    change(&mut flow);
    flow.check().unwrap_err()
}

#[test]
fn the_templates_of_the_program_hold_and_name_their_rows_and_sources() {
    let flows = Flows::builtin().unwrap();
    let ids: Vec<&str> = flows.all().map(|flow| flow.id.as_str()).collect();
    assert_eq!(ids, ["case", "interview", "letter", "listed", "project", "rectification", "weak"]);
    let rows: std::collections::BTreeSet<&str> =
        flows.all().flat_map(|flow| flow.rows.iter().map(String::as_str)).collect();
    assert_eq!(rows, ["A1", "A10", "A11", "A5", "A6", "A7", "A9"].into());
    let ahead: Vec<&str> = flows.all().filter(|flow| flow.plans_ahead()).map(|flow| flow.id.as_str()).collect();
    assert!(ahead.contains(&"interview") && !ahead.contains(&"case"), "{ahead:?}");
    for flow in flows.all() {
        assert!(!flow.citation.is_empty() && flow.version == "2026.1", "{}", flow.id);
        // A template that travels in a pack reads back as it was.
        assert_eq!(&Flow::parse(&toml::to_string(flow).unwrap()).unwrap(), flow);
    }
}

#[test]
fn a_template_that_leaves_something_open_is_refused() {
    let way = |flow: &mut Flow, kind: &str, from: &str, to: &str| {
        let kind = flow.events.iter_mut().find(|one| one.id == kind).unwrap();
        kind.moves.insert(from.to_owned(), to.to_owned());
    };
    let unreachable = refused(|flow| {
        let state = flow.states[1].clone();
        flow.states.push(super::super::State { id: "nowhere".to_owned(), ..state });
        way(flow, "take_up", "nowhere", "handling");
    });
    assert_eq!(unreachable, FlowError::Unreachable("nowhere".to_owned()));
    assert_eq!(
        refused(|flow| {
            let state = flow.states[1].clone();
            flow.states.push(super::super::State { id: "stuck".to_owned(), ..state });
        }),
        FlowError::Stuck("stuck".to_owned())
    );
    assert_eq!(refused(|flow| flow.wins.retain(|one| one != "pass")), FlowError::Ambiguous("pass".to_owned()));
    assert_eq!(refused(|flow| flow.wins.push("return".to_owned())), FlowError::Ambiguous("return".to_owned()));
    // One event to two states could cross itself.
    assert_eq!(refused(|flow| way(flow, "answer", "accepted", "handling")), FlowError::Ambiguous("answer".to_owned()));
    assert_eq!(refused(|flow| flow.states[0].deadline.clear()), FlowError::Untimed("accepted".to_owned()));
    assert_eq!(refused(|flow| flow.deadlines[0].given = false), FlowError::NoLength("whole".to_owned()));
    assert_eq!(refused(|flow| flow.states[0].deadline = "none".to_owned()), FlowError::Unknown("none".to_owned()));
    assert_eq!(
        refused(|flow| flow.events.iter_mut().for_each(|kind| kind.again &= kind.id != "reopen")),
        FlowError::Circle("reopen".to_owned())
    );
    assert_eq!(refused(|flow| way(flow, "answer", "gone", "answered")), FlowError::Unknown("gone".to_owned()));
    let twice = refused(|flow| flow.events.push(flow.events[0].clone()));
    assert_eq!(twice, FlowError::Twice("assign".to_owned()));
    let both = refused(|flow| {
        flow.states[0].counts.insert("closed".to_owned());
    });
    assert_eq!(both, FlowError::Word("accepted".to_owned()));
}

#[test]
fn no_template_asks_for_who_a_resident_is() {
    for key in ["phone", "name", "door", "household"] {
        let refused = refused(|flow| {
            flow.events[0].may.insert(key.to_owned());
        });
        assert_eq!(refused, FlowError::Private(key.to_owned()));
    }
}

#[test]
fn a_committee_lays_its_own_deadline_figures_and_words_over_a_template() {
    let patch = "[[flow_patch]]\nid = \"rectification\"\ncitation = \"示范街道〔2026〕5号\"\n\
        [[flow_patch.deadline]]\nid = \"two_months\"\nfrom = \"list\"\n\
        [[flow_patch]]\nid = \"interview\"\ncitation = \"示范街道〔2026〕5号\"\n[flow_patch.figures]\nunits_max = 5\n";
    let (pack, _) = Pack::apply(&format!("{HEAD}{patch}"), &Rules::builtin().unwrap()).unwrap();
    let flows = pack.flows_over(&Flows::builtin().unwrap()).unwrap();
    let flow = flows.current("rectification").unwrap();
    let Deadline { from, months, citation, .. } = flow.deadline("two_months").unwrap();
    assert_eq!((from.as_str(), *months, citation.as_str()), ("list", Some(2), "示范街道〔2026〕5号"));
    assert_eq!(flow.version, "街道 1");
    assert_eq!(flows.current("interview").unwrap().figure("units_max"), 5);
    // What was opened before keeps the rules that it was opened under.
    let before = flows.find("rectification", "2026.1").unwrap();
    assert_eq!(before.deadline("two_months").unwrap().from, "start");
    assert_eq!(flows.current("case").unwrap().version, "2026.1", "what the pack does not name stays");
    assert!(flows.find("case", "街道 9").is_none(), "a pack that is not here is not guessed");
}

#[test]
fn a_pack_brings_a_flow_of_its_own_as_a_whole_or_not_at_all() {
    let own = Flow { id: "patrol".to_owned(), version: "街道 1".to_owned(), ..case() };
    let body = |flow: &Flow| {
        let text = toml::to_string(&std::collections::BTreeMap::from([("flow", vec![flow])])).unwrap();
        Pack::apply(&format!("{HEAD}{text}"), &Rules::builtin().unwrap())
    };
    let (pack, _) = body(&own).unwrap();
    assert_eq!(pack.flows_over(&Flows::builtin().unwrap()).unwrap().current("patrol"), Some(&own));
    let mut broken = own.clone();
    broken.wins.clear();
    assert!(matches!(body(&broken), Err(PackError::Unsound(_))));
    let other = Flow { version: "别的".to_owned(), ..own };
    assert!(matches!(body(&other), Err(PackError::Unsound(_))), "its version is the pack's");
    for patch in [
        "[[flow_patch]]\nid = \"patrol\"\ncitation = \"x\"\n",
        "[[flow_patch]]\nid = \"interview\"\ncitation = \"x\"\n[flow_patch.figures]\nscore = 1\n",
        "[[flow_patch]]\nid = \"interview\"\ncitation = \"x\"\n[flow_patch.words]\ntopics = []\n",
        "[[flow_patch]]\nid = \"rectification\"\ncitation = \"x\"\n[[flow_patch.deadline]]\nid = \"two_months\"\nmonths = 0\n",
    ] {
        let applied = Pack::apply(&format!("{HEAD}{patch}"), &Rules::builtin().unwrap());
        assert!(matches!(applied, Err(PackError::Unsound(_))), "{patch}");
    }
}

#[test]
fn versions_of_packs_are_remembered_and_nothing_is_opened_under_them() {
    let builtin = Flows::builtin().unwrap();
    let patch = FlowPatch { id: "case".to_owned(), citation: "示范".to_owned(), ..FlowPatch::default() };
    let laid = builtin.laid_over("街道 1", &[], &[patch]).unwrap();
    let mut known = builtin.clone();
    known.remember(&laid);
    assert_eq!(known.current("case").unwrap().version, "2026.1");
    assert_eq!(known.find("case", "街道 1").unwrap().citation, "示范");
    assert_eq!(known.find("case", "2026.1"), builtin.find("case", "2026.1"), "what is known stays as it is");
    assert_eq!(known.find("case", "街道 2"), None);
}

#[test]
fn what_an_office_says_for_itself_serves_its_items_alone_and_hides_nothing() {
    let builtin = Flows::builtin().unwrap();
    let named = |version: &str, name: &str| {
        let flow = Flow { version: version.to_owned(), name: name.to_owned(), ..case() };
        builtin.laid_over(version, &[flow], &[]).unwrap()
    };
    let (one, other) = (OfficeId([1; 16]), OfficeId([2; 16]));
    let mut known = builtin.clone();
    known.remember(&named("街道 1", "街道的"));
    known.remember_for(one, &named("街道 1", "村里改的"));
    known.remember_for(one, &named("村 1", "村里的"));
    known.remember_for(other, &named("村 1", "邻村的"));
    let name = |office, version| known.find_for(office, "case", version).map(|flow| flow.name.as_str());
    assert_eq!((name(&one, "街道 1"), name(&other, "街道 1")), (Some("街道的"), Some("街道的")));
    assert_eq!((name(&one, "村 1"), name(&other, "村 1")), (Some("村里的"), Some("邻村的")));
    assert_eq!((known.find("case", "村 1"), name(&OfficeId([3; 16]), "村 1")), (None, None));
    assert_eq!(known.current("case"), builtin.current("case"), "nothing new is opened under them");
    assert_eq!(
        known.scoped().filter(|(office, _)| office.is_some()).count(),
        2,
        "what is known anyway is not kept twice"
    );
    assert_eq!(known.versions().count(), builtin.versions().count() + 3);
}
