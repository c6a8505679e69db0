//! 谁来办: who has an item in hand, as it was opened or as events gave it since; and which books speak for whom.

use super::course::Course;
use super::item::Item;
use super::spec::{Kind, Side};
use crate::book::BookKind;

/// Who has an item in hand. Whatever nobody said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charge {
    /// 责任领导, 牵头
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 承办单位
    pub unit: String,
}

impl Side {
    /// Whose hand an event is from, by the kind of book in which it stands; none where events say nothing.
    pub fn of_book(kind: &BookKind) -> Option<Self> {
        if *kind == BookKind::tasks() {
            Some(Self::Unit)
        } else if *kind == BookKind::dispatch() || *kind == BookKind::desk() {
            Some(Self::Superior)
        } else {
            None
        }
    }

    /// Whether events in a book of one kind speak about items in a book of another, of the same office: about working papers
    /// only working papers do.
    pub fn speaks(event: &BookKind, item: &BookKind) -> bool {
        let both = Self::of_book(event).is_some() && Self::of_book(item).is_some();
        both && (*event == BookKind::desk()) == (*item == BookKind::desk())
    }
}

impl Kind {
    /// It gives the item to somebody until a day.
    fn gives(&self) -> bool {
        self.needs.contains("person") && self.needs.contains("due")
    }
}

impl Course<'_> {
    /// Who has the item in hand: the last to whom a counted event gave it, else whom the item names.
    pub fn charge(&self, item: &Item) -> Charge {
        let mut out = Charge { leader: item.leader.clone(), person: item.person.clone(), unit: item.unit.clone() };
        for event in self.events() {
            let Some(kind) = self.flow.event(&event.kind) else { continue };
            for (place, key) in [(&mut out.leader, "leader"), (&mut out.unit, "unit")] {
                let said = event.says(key).trim();
                if !said.is_empty() {
                    said.clone_into(place);
                }
            }
            if kind.gives() {
                event.person.trim().clone_into(&mut out.person);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::flow::course;
    use crate::ledger::flow::testing::{Superior, Unit, event, flow, id, story};

    #[test]
    fn the_last_one_to_whom_it_was_given_has_it_in_hand() {
        let case = flow("case");
        let item = Item { person: "丙".to_owned(), leader: "丁".to_owned(), ..Item::default() };
        assert_eq!(course(&case, &[]).charge(&item).person, "丙");
        let mut events = story(&case, &[(Superior, "assign", "2026-03-01"), (Unit, "take_up", "2026-03-02")]);
        events[0].data.insert("unit".to_owned(), "水利站".to_owned());
        let mut again = event(&case, 9, Superior, "assign", "2026-02-01", &[]);
        again.person = "戊".to_owned();
        again.after = [id(7)].into();
        let charge = course(&case, &events).charge(&item);
        assert_eq!((charge.person.as_str(), charge.unit.as_str(), charge.leader.as_str()), ("乙", "水利站", "丁"));
        // Taking it up names nobody; a second assignment, which is not possible from here, gives it to nobody.
        again.after = [events[1].id].into();
        events.push(again);
        assert_eq!(course(&case, &events).charge(&item).person, "乙");
    }

    #[test]
    fn working_papers_speak_about_working_papers_alone() {
        let [desk, tasks, dispatch] = [BookKind::desk(), BookKind::tasks(), BookKind::dispatch()];
        assert_eq!([&desk, &tasks, &dispatch].map(Side::of_book), [Some(Superior), Some(Unit), Some(Superior)]);
        assert_eq!(Side::of_book(&BookKind::visits()), None);
        assert!(Side::speaks(&desk, &desk) && Side::speaks(&tasks, &dispatch) && Side::speaks(&dispatch, &tasks));
        assert!(!Side::speaks(&tasks, &desk) && !Side::speaks(&desk, &dispatch));
        assert!(!Side::speaks(&tasks, &BookKind::visits()));
    }
}
