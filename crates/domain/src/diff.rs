//! What became of a text, clause by clause: enough for a person to see at a glance what was written and what was taken out.

/// Pairs of clauses that are compared at most; beyond that the whole middle counts as rewritten.
const PAIRS: usize = 4_000_000;

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Stands as before.
    Same,
    /// Was taken out.
    Removed,
    /// Was written.
    Added,
}

impl Part {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// Compares two texts. The parts without the added ones make `before`, those without the removed ones `after`.
pub fn diff(before: &str, after: &str) -> Vec<(Part, String)> {
    let (old, new) = (clauses(before), clauses(after));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old.iter().skip(start).rev().zip(new.iter().skip(start).rev()).take_while(|(a, b)| a == b).count();
    let middle = |all: &[&str]| -> Vec<String> {
        all.iter().skip(start).take(all.len() - start - end).map(|part| (*part).to_owned()).collect()
    };
    let mut out = Parts::default();
    old.iter().take(start).for_each(|part| out.push(Part::Same, part));
    between(&middle(&old), &middle(&new), &mut out);
    old.iter().skip(old.len() - end).for_each(|part| out.push(Part::Same, part));
    out.finish()
}

/// Sentences and parts of sentences with the mark that ends them.
fn clauses(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', ',', ',', ';', ';', '!', '!', '?', '?', '、', ':', ':', '\n', ' ']).collect()
}

/// The longest common row of clauses stands; the others were taken out or written.
fn between(old: &[String], new: &[String], out: &mut Parts) {
    let width = new.len() + 1;
    let too_many = (old.len() + 1).saturating_mul(width) > PAIRS;
    let mut common = if too_many { Vec::new() } else { vec![0u32; (old.len() + 1) * width] };
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or_default();
    if !too_many {
        for (i, a) in old.iter().enumerate().rev() {
            for (j, b) in new.iter().enumerate().rev() {
                let longest = if a == b {
                    at(&common, i + 1, j + 1) + 1
                } else {
                    at(&common, i + 1, j).max(at(&common, i, j + 1))
                };
                if let Some(cell) = common.get_mut(i * width + j) {
                    *cell = longest;
                }
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b && !too_many => {
                out.push(Part::Same, a);
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || too_many || at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                out.push(Part::Removed, a);
                i += 1;
            }
            (_, Some(b)) => {
                out.push(Part::Added, b);
                j += 1;
            }
            (_, None) => return,
        }
    }
}

/// Parts as they come; what was taken out and what was written in its place stand together.
#[derive(Default)]
struct Parts {
    done: Vec<(Part, String)>,
    removed: String,
    added: String,
}

impl Parts {
    fn push(&mut self, part: Part, text: &str) {
        match part {
            Part::Removed => self.removed.push_str(text),
            Part::Added => self.added.push_str(text),
            Part::Same => {
                self.settle();
                self.add(Part::Same, text);
            }
        }
    }

    fn add(&mut self, part: Part, text: &str) {
        match self.done.last_mut() {
            Some((last, before)) if *last == part => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.done.push((part, text.to_owned())),
        }
    }

    /// A clause that was changed keeps its beginning and its end.
    fn settle(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let same = |(a, b): &(char, char)| a == b;
        let front: usize = removed.chars().zip(added.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
        let (head, removed) = removed.split_at(front);
        let added = added.get(front..).unwrap_or_default();
        let back: usize =
            removed.chars().rev().zip(added.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
        let (removed, tail) = removed.split_at(removed.len() - back);
        let added = added.get(..added.len() - back).unwrap_or_default();
        self.add(Part::Same, head);
        self.add(Part::Removed, removed);
        self.add(Part::Added, added);
        self.add(Part::Same, tail);
    }

    fn finish(mut self) -> Vec<(Part, String)> {
        self.settle();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let parts = diff(before, after);
        let joined = |not: Part| -> String {
            parts.iter().filter(|(part, _)| *part != not).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!((joined(Part::Added), joined(Part::Removed)), (before.to_owned(), after.to_owned()));
        parts
            .iter()
            .map(|(part, text)| match part {
                Part::Same => text.clone(),
                Part::Removed => format!("[-{text}]"),
                Part::Added => format!("[+{text}]"),
            })
            .collect()
    }

    #[test]
    fn what_was_written_and_taken_out_stands_in_its_place() {
        assert_eq!(told("", ""), "");
        assert_eq!(told("", "学习文件。"), "[+学习文件。]");
        assert_eq!(told("学习文件。", ""), "[-学习文件。]");
        assert_eq!(told("开会。学习。表决。", "开会。讨论。学习。表决。"), "开会。[+讨论。]学习。表决。");
        assert_eq!(told("开会。到会30人。散会。", "开会。到会31人。散会。"), "开会。到会3[-0][+1]人。散会。");
        assert_eq!(told("甲。乙。丙。", "乙。丁。"), "[-甲。]乙。[-丙][+丁]。");
        assert_eq!(told("aa", "aaa"), "aa[+a]");
    }

    #[test]
    fn long_texts_are_compared_within_bounds() {
        let long = |word: &str| (0..4_000).map(|n| format!("{word}{n}。")).collect::<String>();
        let (one, two) = (long("甲"), long("乙"));
        let parts = diff(&format!("头。{one}尾。"), &format!("头。{two}尾。"));
        assert_eq!(parts.first().map(|(part, _)| *part), Some(Part::Same));
        assert!(parts.iter().any(|(part, text)| *part == Part::Added && text.len() > 10_000));
    }
}
