//! Two branches took one member in, because a recall crossed an acceptance: the committee says which of them keeps it. It writes no
//! branch's books, so whoever is to write the member out is told by a word in its dispatch book.

use std::collections::BTreeSet;

use super::Word;
use crate::ids::RecordId;

/// State of a word that tells a branch that took a member in: another one has the member too, and keeps it.
pub const ELSEWHERE: &str = "elsewhere";
/// State of a word that takes such a word back, which it names.
pub const STAYS: &str = "stays";

/// Words that tell a branch to write out the member of a transfer and that were not taken back, the last one last. What takes one
/// back names it, so that of words which crossed none counts by its day.
pub fn told_elsewhere<'a>(transfer: &str, words: &'a [(RecordId, Word)]) -> Vec<&'a (RecordId, Word)> {
    let taken_back: BTreeSet<&str> =
        words.iter().filter(|(_, word)| word.state == STAYS).map(|(_, word)| word.pass.as_str()).collect();
    let stands = |(id, word): &&(RecordId, Word)| {
        word.transfer == transfer && word.state == ELSEWHERE && !taken_back.contains(id.to_string().as_str())
    };
    let mut told: Vec<_> = words.iter().filter(stands).collect();
    told.sort_by_key(|(id, word)| (&word.recorded_on, *id));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_tells_until_another_names_it_and_takes_it_back() {
        let word = |n: u8, state: &str, pass: &str| {
            let [transfer, state, pass] = ["t1", state, pass].map(str::to_owned);
            (RecordId([n; 16]), Word { transfer, state, pass, ..Word::default() })
        };
        let (first, second) = (word(1, ELSEWHERE, "p1"), word(2, ELSEWHERE, "p1"));
        let back = |of: u8| word(9, STAYS, &RecordId([of; 16]).to_string());
        let ids = |words: &[(RecordId, Word)]| -> Vec<u8> {
            told_elsewhere("t1", words).into_iter().map(|(id, _)| id.0[0]).collect()
        };
        assert_eq!(ids(&[second.clone(), first.clone()]), [1, 2]);
        assert_eq!(ids(&[back(1), first.clone(), second.clone()]), [2], "each is taken back by its name");
        assert_eq!(ids(&[first.clone(), back(1)]), [0u8; 0]);
        assert!(told_elsewhere("t2", &[first, second]).is_empty(), "of another transfer");
    }
}
