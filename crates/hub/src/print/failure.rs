//! A failure as people and scripts read it.

use serde_json::json;
use ybz_app::ErrorDto;

use super::words::{fill, sentences};

/// Says why a command failed: in words on standard error, with `--json` also as `{"err": …}` on standard output.
pub(crate) fn say(error: &ErrorDto, json: bool) {
    if json {
        super::json(&json!({ "err": error }));
    }
    super::note(in_words(error));
}

/// The sentences of a code with the values that they do not name themselves.
fn in_words(error: &ErrorDto) -> String {
    let code = &error.code;
    let known = sentences(code);
    let (chinese, english) = known.unwrap_or(("没有办成。", "It did not work."));
    let field = error.field.as_ref().map(|field| format!(" ({field})")).unwrap_or_default();
    let mut text = format!(
        "错误 [{code}]{field} {}\nerror [{code}]{field} {}",
        fill(chinese, &error.params),
        fill(english, &error.params)
    );
    for (name, value) in &error.params {
        if !chinese.contains(&format!("{{{name}}}")) {
            text.push_str(&format!("\n  {name}: {value}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_why_and_what_to_do_in_both_languages() {
        let error = ErrorDto::new("key_missing").with("file", "k.txt");
        let text = in_words(&error);
        assert!(text.starts_with("错误 [key_missing] 没有找到钥匙(k.txt)。"), "{text}");
        assert!(text.contains("\nerror [key_missing] The key was not found (k.txt)"), "{text}");
    }

    #[test]
    fn a_code_without_a_sentence_still_shows_everything() {
        let error = ErrorDto::new("brand_new").at("concern.text").with("max", 3);
        let text = in_words(&error);
        assert!(text.contains("[brand_new] (concern.text)") && text.ends_with("\n  max: 3"), "{text}");
    }
}
