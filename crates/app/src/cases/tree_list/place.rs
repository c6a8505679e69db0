//! What stands below what: by the name of the superior, by a column of levels, or by how far the names stand in.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::OfficeId;

use super::read::{List, Row};
use crate::cases::bulk::list::key;

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// Right below this office.
    Own,
    /// Below another row.
    Row(usize),
    /// Below an office that is known already.
    Known(OfficeId),
    /// Nobody has said yet.
    Asked,
    /// A person left it out.
    Skipped,
}

/// What has to be asked about where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unclear {
    pub(super) row: usize,
    /// `parent_unknown`, `parent_twice`, `level_gap`.
    pub(super) code: &'static str,
    /// Rows that may be meant; none: any.
    pub(super) rows: Vec<usize>,
}

/// Where every row stands, as far as the list says.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) above: Vec<Above>,
    pub(super) unclear: Vec<Unclear>,
    /// Rows whose level is no number.
    pub(super) unreadable: BTreeSet<usize>,
}

/// Places the rows. `own` is the key of this office's name, `known` the offices below it by theirs.
pub(super) fn place(list: &List, own: &str, known: &BTreeMap<String, OfficeId>) -> Placed {
    let by_name = list.has_above && list.rows.iter().any(|row| !row.above.text.is_empty());
    let mut placed = if by_name {
        by_names(&list.rows, own, known)
    } else if list.has_levels {
        by_levels(&list.rows)
    } else {
        by_indents(&list.rows)
    };
    // The office itself may stand at the head of its list.
    for row in 0..list.rows.len() {
        if let Some(Above::Row(head)) = placed.above.get(row)
            && is_self(&list.rows, &placed, *head, own)
            && let Some(above) = placed.above.get_mut(row)
        {
            *above = Above::Own;
        }
    }
    placed
}

/// Whether a row is this office: it bears its name and stands below nothing else.
pub(super) fn is_self(rows: &[Row], placed: &Placed, row: usize, own: &str) -> bool {
    rows.get(row).is_some_and(|row| key(&row.name.text) == own) && placed.above.get(row) == Some(&Above::Own)
}

fn by_names(rows: &[Row], own: &str, known: &BTreeMap<String, OfficeId>) -> Placed {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_key.entry(key(&row.name.text)).or_default().push(at);
    }
    let mut placed = Placed::default();
    for (at, row) in rows.iter().enumerate() {
        let named = key(&row.above.text);
        // The name of this office is this office, whatever else may be called so.
        let above = if named.is_empty() || named == own {
            Above::Own
        } else {
            let fitting: Vec<usize> = by_key.get(&named).into_iter().flatten().copied().collect();
            match (fitting.as_slice(), known.get(&named)) {
                ([only], _) => Above::Row(*only),
                ([], Some(office)) => Above::Known(*office),
                (several, _) => {
                    let code = if several.is_empty() { "parent_unknown" } else { "parent_twice" };
                    placed.unclear.push(Unclear { row: at, code, rows: several.to_vec() });
                    Above::Asked
                }
            }
        };
        placed.above.push(above);
    }
    placed
}

/// A level as a number: `2`, `二级`, `第2级`.
fn level(text: &str) -> Option<u32> {
    let text = key(text);
    let text = text.trim_start_matches('第').trim_end_matches(['级', '层']);
    if let Ok(number) = text.parse::<u32>() {
        return Some(number).filter(|number| *number < 64);
    }
    let place = "一二三四五六七八九".chars().position(|sign| text.chars().eq([sign]))?;
    u32::try_from(place + 1).ok()
}

fn by_levels(rows: &[Row]) -> Placed {
    let mut placed = Placed::default();
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(level) = level(&row.level.text) else {
            placed.unreadable.insert(at);
            placed.above.push(Above::Skipped);
            continue;
        };
        open.retain(|(higher, _)| *higher < level);
        placed.above.push(match open.last() {
            None => Above::Own,
            Some((higher, parent)) if higher + 1 == level => Above::Row(*parent),
            // A level is missing between the two: what stands there is not said.
            Some(_) => {
                placed.unclear.push(Unclear { row: at, code: "level_gap", rows: Vec::new() });
                Above::Asked
            }
        });
        open.push((level, at));
    }
    placed
}

fn by_indents(rows: &[Row]) -> Placed {
    let mut placed = Placed::default();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        open.retain(|(less, _)| *less < row.indent);
        placed.above.push(open.last().map_or(Above::Own, |(_, parent)| Above::Row(*parent)));
        open.push((row.indent, at));
    }
    placed
}

/// Rows that stand below themselves, round some corners.
pub(super) fn circles(above: &[Above]) -> BTreeSet<usize> {
    let mut round = BTreeSet::new();
    for start in 0..above.len() {
        let mut seen = BTreeSet::new();
        let mut at = start;
        while let Some(Above::Row(next)) = above.get(at) {
            if *next == start {
                round.insert(start);
                break;
            }
            if !seen.insert(*next) {
                break;
            }
            at = *next;
        }
    }
    round
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::tree_list::read::read;

    fn list(text: &str) -> List {
        read(&crate::import::read("组织.csv", text.as_bytes()).unwrap()).unwrap()
    }

    fn placed(text: &str) -> (Vec<Above>, Vec<(usize, &'static str)>) {
        let placed = place(&list(text), "河东街道党工委", &BTreeMap::new());
        (placed.above, placed.unclear.into_iter().map(|one| (one.row, one.code)).collect())
    }

    #[test]
    fn names_levels_and_indents_say_what_stands_below_what() {
        use Above::{Own, Row};
        let tree = vec![Own, Own, Row(1), Own];
        let names = "名称,上级\n河东街道党工委,\n甲村党总支,河东街道党工委\n一组党支部,甲村党总支\n乙村党支部,\n";
        assert_eq!(placed(names), (tree.clone(), vec![]));
        let levels = "名称,层级\n河东街道党工委,1\n甲村党总支,二级\n一组党支部,3\n乙村党支部,2\n";
        assert_eq!(placed(levels), (tree.clone(), vec![]));
        let indents = "名称\n河东街道党工委\n　甲村党总支\n　　一组党支部\n　乙村党支部\n";
        assert_eq!(placed(indents), (tree, vec![]));
    }

    #[test]
    fn what_a_list_leaves_open_is_asked() {
        let names = "名称,上级\n甲村,\n甲村,\n一组,甲村\n二组,丁村\n";
        assert_eq!(placed(names).1, [(2, "parent_twice"), (3, "parent_unknown")]);
        let levels = "名称,层级\n甲村,1\n一组,3\n二组,高\n";
        let found = place(&list(levels), "", &BTreeMap::new());
        assert_eq!(found.unclear[0].code, "level_gap");
        assert_eq!(found.unreadable, [2].into());
    }

    #[test]
    fn a_circle_is_found_and_what_hangs_below_it_is_not_in_it() {
        let names = "名称,上级\n甲,丙\n乙,甲\n丙,乙\n丁,丙\n戊,戊\n";
        let above = placed(names).0;
        assert_eq!(circles(&above), [0, 1, 2, 4].into());
    }
}
