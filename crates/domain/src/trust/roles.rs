//! What each role may do, told as a table: asked of the rules themselves on a model tree, and never written by hand.

use jiff::civil::Date;

use crate::book::{BookKey, BookKind, Scope};
use crate::date::CLOCK_FLOOR;
use crate::ids::{DeviceId, OfficeId, Serial};
use crate::office::OfficeKind;
use crate::trust::audience::{BRANCH, COMMITTEE, CONFIRMED, device, model};
use crate::trust::entry::{Body, Entry, Role};
use crate::trust::membership::{Certificate, Membership};
use crate::trust::scope::{Reader, may_read, may_write};

/// How a device stands in its office, as far as the rules tell devices apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its role.
    pub role: Role,
    /// Compared by six digits on another device of the office.
    pub compared: bool,
    /// A keeper let it read `own/` books.
    pub granted: bool,
}

impl Standing {
    /// Every standing that differs in what it may do, the one that may most first.
    pub fn all() -> Vec<Self> {
        let of = |role, compared, granted| Self { role, compared, granted };
        vec![
            of(Role::Keeper, true, false),
            of(Role::Keeper, false, false),
            of(Role::Clerk, true, true),
            of(Role::Clerk, true, false),
            of(Role::Clerk, false, true),
            of(Role::Custodian, true, true),
            of(Role::Custodian, true, false),
            of(Role::Viewer, true, true),
        ]
    }

    fn certificate(self) -> Certificate {
        let Self { role, compared, granted } = self;
        let custody = role == Role::Custodian;
        Certificate { role, confirmed: compared, granted, custody, serial: Some(OWN), ..Certificate::bare() }
    }
}

/// What a device may do with a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// It gets the book.
    pub read: bool,
    /// Its changes count.
    pub write: bool,
}

/// A kind of book, with what each of [`Standing::all`] may do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// The kind.
    pub kind: BookKind,
    /// `down/` only: the office writes it for a subordinate; else it gets it from its superior.
    pub sent: bool,
    /// One for each standing.
    pub rights: Vec<Rights>,
}

/// What devices do with certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Certify a device of the own office.
    Enrol,
    /// Let a device of the own office read `own/` books.
    Grant,
    /// Adopt an office as direct subordinate.
    Adopt,
    /// Remove a clerk, custodian or viewer of the own office.
    Remove,
    /// Remove a keeper of the own office.
    RemoveKeeper,
    /// Remove a keeper of a direct subordinate.
    RemoveBelow,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 6] =
        [Self::Enrol, Self::Grant, Self::Adopt, Self::Remove, Self::RemoveKeeper, Self::RemoveBelow];

    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Grant => "grant",
            Self::Adopt => "adopt",
            Self::Remove => "remove",
            Self::RemoveKeeper => "remove_keeper",
            Self::RemoveBelow => "remove_below",
        }
    }

    fn body(self) -> Body {
        let remove = |serial| Body::Remove { serial, cut: Vec::new(), last: None };
        match self {
            Self::Enrol => Body::Enrol {
                serial: NEW,
                device: DeviceId([99; 32]),
                role: Role::Clerk,
                hub: false,
                confirmed: true,
                holder: None,
            },
            Self::Grant => Body::Grant { serial: CLERK },
            Self::Adopt => Body::Adopt {
                serial: NEW,
                office: OfficeId([99; 16]),
                name: String::new(),
                kind: OfficeKind::Branch,
                keeper: DeviceId([99; 32]),
                valid_from: CLOCK_FLOOR,
            },
            Self::Remove => remove(CLERK),
            Self::RemoveKeeper => remove(KEEPER),
            Self::RemoveBelow => remove(BELOW),
        }
    }
}

/// An act, with whether each of [`Standing::all`] may do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRow {
    /// The act.
    pub act: Act,
    /// One for each standing.
    pub may: Vec<bool>,
}

const OWN: Serial = Serial([1; 16]);
const CLERK: Serial = Serial([2; 16]);
const KEEPER: Serial = Serial([3; 16]);
const BELOW: Serial = Serial([4; 16]);
const NEW: Serial = Serial([9; 16]);
const YEAR: i16 = 2026;
const ON: Date = CLOCK_FLOOR;
const ME: u8 = 10;

/// The model tree, with a device of that standing at the committee.
fn tree(standing: Standing) -> (Membership, Reader) {
    let mut tree = model();
    let me = Reader { office: COMMITTEE, device: device(COMMITTEE, ME) };
    let other = |role, serial| Certificate { role, confirmed: true, serial: Some(serial), ..Certificate::bare() };
    if let Some(office) = tree.offices.get_mut(&COMMITTEE) {
        office.devices.insert(me.device, standing.certificate());
        office.devices.insert(device(COMMITTEE, ME + 1), other(Role::Clerk, CLERK));
        office.devices.insert(device(COMMITTEE, ME + 2), other(Role::Keeper, KEEPER));
    }
    if let Some(below) = tree.offices.get_mut(&BRANCH).and_then(|view| view.devices.get_mut(&device(BRANCH, CONFIRMED)))
    {
        below.serial = Some(BELOW);
    }
    (tree, me)
}

/// What each standing may do with each kind of book, at an office that has a superior and subordinates.
pub fn rights() -> Vec<BookRow> {
    let trees: Vec<_> = Standing::all().into_iter().map(tree).collect();
    let row = |kind: &BookKind, sent: bool| {
        let rights = trees.iter().map(|(tree, me)| {
            let key = match (kind.scope(), sent) {
                (Scope::Down, true) => {
                    BookKey { superior: Some(COMMITTEE), ..BookKey::new(BRANCH, kind.clone(), YEAR) }
                }
                (Scope::Down, false) => {
                    BookKey { superior: tree.parent(&COMMITTEE), ..BookKey::new(COMMITTEE, kind.clone(), YEAR) }
                }
                _ => BookKey::new(COMMITTEE, kind.clone(), YEAR),
            };
            Rights { read: may_read(tree, *me, &key), write: may_write(tree, *me, &key) }
        });
        BookRow { kind: kind.clone(), sent, rights: rights.collect() }
    };
    let mut out = Vec::new();
    for kind in BookKind::known() {
        out.push(row(&kind, false));
        if kind.scope() == Scope::Down {
            out.push(row(&kind, true));
        }
    }
    out
}

/// What each standing may do with certificates, at an office that has a superior and subordinates.
pub fn acts() -> Vec<ActRow> {
    let trees: Vec<_> = Standing::all().into_iter().map(tree).collect();
    let may = |act: Act| {
        let entry = |tree: &Membership| Entry {
            tree: tree.tree,
            office: COMMITTEE,
            seq: 1,
            previous: None,
            on: ON,
            body: act.body(),
        };
        trees.iter().map(|(tree, me)| tree.may_issue(&me.device, &entry(tree))).collect()
    };
    Act::ALL.into_iter().map(|act| ActRow { act, may: may(act) }).collect()
}

/// The whole as tables for the documents.
pub fn markdown() -> String {
    let words = |standing: &Standing| {
        let Standing { role, compared, granted } = standing;
        let compared = if *compared { "compared" } else { "not compared" };
        let granted = if *granted { ", granted" } else { "" };
        format!("{} ({compared}{granted})", role.as_str())
    };
    let heads: Vec<String> = Standing::all().iter().map(words).collect();
    let line = |first: &str, cells: &[String]| format!("| {first} | {} |\n", cells.join(" | "));
    let rule = vec!["---".to_owned(); heads.len()];
    let mut text = line("Book", &heads) + &line("---", &rule);
    for BookRow { kind, sent, rights } in rights() {
        let name = match (kind.scope(), sent) {
            (Scope::Down, true) => format!("`{kind}` to a subordinate"),
            (Scope::Down, false) => format!("`{kind}` from the superior"),
            _ => format!("`{kind}`"),
        };
        let cell = |rights: &Rights| match (rights.read, rights.write) {
            (true, true) => "read, write".to_owned(),
            (true, false) => "read".to_owned(),
            (false, true) => "write".to_owned(),
            (false, false) => "–".to_owned(),
        };
        text.push_str(&line(&name, &rights.iter().map(cell).collect::<Vec<_>>()));
    }
    text.push('\n');
    text.push_str(&line("Act", &heads));
    text.push_str(&line("---", &rule));
    for ActRow { act, may } in acts() {
        let cell = |may: &bool| if *may { "yes" } else { "–" }.to_owned();
        text.push_str(&line(act.as_str(), &may.iter().map(cell).collect::<Vec<_>>()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables in `docs/roles.md` are these; `YBZ_WRITE_TYPES=1` writes them anew.
    #[test]
    fn the_tables_in_the_documents_are_what_the_rules_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/roles.md");
        let kept = std::fs::read_to_string(path).unwrap();
        let (before, rest) = kept.split_once("<!-- rules -->\n").unwrap();
        let (found, after) = rest.split_once("<!-- end -->").unwrap();
        let made = markdown();
        if std::env::var_os("YBZ_WRITE_TYPES").is_some() {
            std::fs::write(path, format!("{before}<!-- rules -->\n{made}<!-- end -->{after}")).unwrap();
        } else {
            assert_eq!(found, made, "write docs/roles.md anew with YBZ_WRITE_TYPES=1");
        }
    }

    #[test]
    fn own_books_go_to_compared_keepers_and_to_whom_they_let_in_and_never_to_a_viewer() {
        let standings = Standing::all();
        for row in rights().iter().filter(|row| row.kind.scope() == Scope::Own) {
            for (standing, rights) in standings.iter().zip(&row.rights) {
                let may = standing.compared
                    && (standing.role == Role::Keeper || (standing.role != Role::Viewer && standing.granted));
                assert_eq!((rights.read, rights.write), (may, may), "{standing:?} {}", row.kind);
            }
        }
    }

    #[test]
    fn a_viewer_writes_nothing_and_only_keepers_issue() {
        let standings = Standing::all();
        for row in rights() {
            for (standing, rights) in standings.iter().zip(&row.rights) {
                assert!(!rights.write || (rights.read && standing.role.writes()), "{standing:?} {}", row.kind);
            }
        }
        for row in acts() {
            for (standing, may) in standings.iter().zip(&row.may) {
                assert!(!*may || standing.role.issues(), "{standing:?} {:?}", row.act);
            }
        }
        let remove_keeper = acts().into_iter().find(|row| row.act == Act::RemoveKeeper).unwrap();
        assert!(remove_keeper.may.iter().all(|may| !may), "only the superior removes a keeper");
    }
}
