use std::sync::Arc;

use super::*;

const PASSPHRASE: &str = "老井边的槐树开花了";

fn options(folder: &Path) -> GateOptions {
    GateOptions {
        data: folder.join("data"),
        key_file: Some(folder.join("key")),
        boot: folder.join("boot"),
        clock: || (Date::constant(2026, 3, 20), 1_774_000_000_000),
    }
}

async fn ask(gate: &Gate, name: &str, input: Value) -> Answer<Value> {
    gate.call(name, None, input).await.map(|(value, _)| value)
}

/// An office whose key is under a passphrase, and its backup.
async fn village(folder: &Path) -> (Gate, String) {
    let gate = Gate::open(options(folder)).await;
    ask(&gate, "office.init", json!({"name": "示范一村", "kind": "branch"})).await.unwrap();
    ask(&gate, "key.set_passphrase", json!({"passphrase": PASSPHRASE})).await.unwrap();
    std::fs::create_dir(folder.join("stick")).unwrap();
    let made = ask(&gate, "backup.make", json!({"folder": folder.join("stick")})).await.unwrap();
    (gate, made["file"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locked_books_answer_nothing_but_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (gate, _) = village(folder.path()).await;
    assert!(!folder.path().join("key").exists(), "the passphrase alone opens it");
    let sheet = ask(&gate, "key.recovery_sheet", json!({"current": PASSPHRASE})).await.unwrap();
    let words: Vec<&str> = sheet["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    gate.node().await.unwrap().close().await;
    drop(gate);
    let gate = Gate::open(options(folder.path())).await;
    for (name, input, code) in [
        ("node.overview", json!({}), "passphrase_needed"),
        ("household.list", json!({}), "passphrase_needed"),
        ("node.unlock", json!({"passphrase": "猜一猜猜一猜"}), "wrong_passphrase"),
        ("key.recover", json!({"words": "不是词", "passphrase": "新的一句话八个字"}), "words_wrong"),
        ("key.recover", json!({"words": words.join(" "), "passphrase": "短"}), "passphrase_short"),
        ("backup.restore", json!({"file": "/nowhere", "passphrase": "x"}), "directory_not_empty"),
    ] {
        assert_eq!(ask(&gate, name, input).await.unwrap_err().code, code, "{name}");
    }
    let (_, opened) = gate.call("node.unlock", None, json!({"passphrase": PASSPHRASE})).await.unwrap();
    assert!(opened.is_some(), "whoever hosts it lets others in");
    let overview = ask(&gate, "node.overview", json!({})).await.unwrap();
    assert_eq!(overview["offices"][0]["name"], "示范一村");
    let (_, again) = gate.call("node.unlock", None, json!({"passphrase": PASSPHRASE})).await.unwrap();
    assert!(again.is_none(), "they are open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_takes_the_place_of_empty_books_and_of_no_others() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (old, file) = village(from.path()).await;
    let input = |passphrase: &str| json!({"file": file, "passphrase": passphrase});
    let refused = ask(&old, "backup.restore", input(PASSPHRASE)).await.unwrap_err();
    assert_eq!(refused.code, "books_are_open", "books with an office are not replaced");

    let gate = Arc::new(Gate::open(options(to.path())).await);
    for (input, code) in [
        (input("猜一猜猜一猜"), "wrong_passphrase"),
        (json!({"file": file}), "backup_of_another"),
        (json!({"file": file, "words": "不是词", "newPassphrase": PASSPHRASE}), "words_wrong"),
    ] {
        assert_eq!(ask(&gate, "backup.restore", input).await.unwrap_err().code, code);
        let overview = ask(&gate, "node.overview", json!({})).await.unwrap();
        assert_eq!(overview["offices"], json!([]), "empty books, as before");
    }
    // A page that waits for news holds the books, and lets them go.
    let node = gate.node().await.unwrap();
    let now = node.call("changes.wait", None, json!({"cursor": 0, "timeoutMs": 0})).await.unwrap();
    let waits = json!({"cursor": now["cursor"], "timeoutMs": 25_000});
    let waiting = tokio::spawn(async move { node.call("changes.wait", None, waits).await });
    let (_, opened) = gate.call("backup.restore", None, input(PASSPHRASE)).await.unwrap();
    waiting.await.unwrap().unwrap();
    assert!(opened.is_some());
    let overview = ask(&gate, "node.overview", json!({})).await.unwrap();
    assert_eq!(overview["offices"][0]["name"], "示范一村");
    assert!(!to.path().join("key").exists(), "the key of the empty books is gone");
}
