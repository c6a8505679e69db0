//! Counts test cases in what test programs say.

/// The passed cases that `said` reports, in the words of any runner used here; none when it reports nothing.
pub(super) fn cases(said: &str) -> Option<u64> {
    said.lines().filter_map(|line| cases_of_line(&without_colours(line))).reduce(|sum, cases| sum + cases)
}

fn cases_of_line(line: &str) -> Option<u64> {
    let line = line.trim();
    // nextest: `Summary [ 1.2s] 12 tests run: 11 passed (1 slow), 1 skipped`
    // cargo test: `test result: ok. 3 passed; 0 failed; …`
    // vitest: `Tests  45 passed (45)`
    if line.contains(" tests run: ")
        || line.contains(" test run: ")
        || line.starts_with("test result: ")
        || line.starts_with("Tests ")
    {
        return number_before(line, "passed");
    }
    // node: `ℹ pass 2`
    if let Some(rest) = line.strip_prefix("ℹ pass ").or_else(|| line.strip_prefix("# pass ")) {
        return rest.parse().ok();
    }
    None
}

/// The number in front of the first `word`.
fn number_before(line: &str, word: &str) -> Option<u64> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    words.windows(2).find_map(|pair| match pair {
        [number, found] if *found == word => number.parse().ok(),
        _ => None,
    })
}

/// The line without terminal colour codes.
fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_in_use_is_understood() {
        for (said, expected) in [
            ("     Summary [   0.016s] 12 tests run: 11 passed (1 slow), 4 skipped", Some(11)),
            ("     Summary [   0.016s] 1 test run: 1 passed, 0 skipped", Some(1)),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [ 0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m",
                Some(2),
            ),
            ("test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.00s", Some(3)),
            (" Test Files  4 passed (4)\n      Tests  45 passed (45)\n", Some(45)),
            ("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m (7)", Some(7)),
            ("ℹ tests 2\nℹ suites 0\nℹ pass 2\nℹ fail 0", Some(2)),
            ("test result: ok. 3 passed; 0 failed\ntest result: ok. 4 passed; 0 failed", Some(7)),
            ("Finished `dev` profile\nthe bouncer let 3 passed by", None),
        ] {
            assert_eq!(cases(said), expected, "{said}");
        }
    }
}
