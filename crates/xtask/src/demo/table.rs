//! Tables in a terminal, where a Chinese character is two columns wide.

/// Columns that a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Neither a figure nor a sign.
fn is_words(cell: Option<&String>) -> bool {
    cell.is_none_or(|cell| cell.chars().next().is_none_or(wide))
}

/// Ideographs, their punctuation, full-width forms.
fn wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}')
}

/// Lines with their columns aligned; the first line is the head. Columns after the first `left` stand to the right,
/// except one that holds words.
pub(super) fn table(lines: &[Vec<String>], left: usize) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let widest: Vec<usize> = (0..columns)
        .map(|at| lines.iter().filter_map(|line| line.get(at)).map(|cell| width(cell)).max().unwrap_or_default())
        .collect();
    let words: Vec<bool> =
        (0..columns).map(|at| at < left || lines.iter().all(|line| is_words(line.get(at)))).collect();
    let mut out = String::new();
    for line in lines {
        let mut row = String::new();
        for ((cell, widest), words) in line.iter().zip(&widest).zip(&words) {
            let gap = " ".repeat(widest.saturating_sub(width(cell)));
            row.push_str(&if *words { format!("{cell}{gap}  ") } else { format!("{gap}{cell}  ") });
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let text = table(&[line(&["村", "1月", "12月"]), line(&["示范一村", "◔4", "?"])], 1);
        assert_eq!(text, "村        1月  12月\n示范一村   ◔4     ?\n");
    }
}
