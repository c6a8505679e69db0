//! Canaries at rest: what a village records, its passphrase and its words are searched for in every file that the program
//! leaves: books, drafts, backups, restored books, temporary files, and what it printed before it was killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use scenarios::stage::Line;
use scenarios::{Device, open};
use serde_json::{Value, json};
use ybz_app::host::{self, KeyPlace, With};

/// Planted where residents, notes and money stand.
const PLANTED: [&str; 12] = [
    "户主金丝雀",
    "门牌金丝雀",
    "13987650001",
    "户备注金丝雀",
    "私密备注金丝雀",
    "未上报金丝雀",
    "草稿金丝雀",
    "98765432",
    "党员金丝雀",
    "议题金丝雀",
    "导入金丝雀",
    "482913482913",
];
const PASSPHRASE: &str = "口令金丝雀清晨五点半";
const CHILD: &str = "YBZ_AT_REST_CHILD";

/// How a word may stand in a file.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let wide = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let national = encoding_rs::GB18030.encode(word).0.into_owned();
    let base64 = data_encoding::BASE64.encode(word.as_bytes());
    // The end of base64 depends on what follows.
    let base64 = base64.trim_end_matches('=').as_bytes();
    let base64 = base64[..base64.len().saturating_sub(2)].to_vec();
    let hex = data_encoding::HEXLOWER.encode(word.as_bytes()).into_bytes();
    vec![word.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes), national, base64, hex]
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}

/// Where a secret is found, in files or their names.
fn found(files: &[PathBuf], secrets: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files {
        let mut bytes = std::fs::read(file).unwrap();
        bytes.extend(file.as_os_str().as_encoded_bytes());
        for (name, secret) in secrets {
            if bytes.windows(secret.len()).any(|window| window == secret.as_slice()) {
                out.push(format!("{name} in {}", file.display()));
            }
        }
    }
    out
}

/// The whole life of a village, in a process of its own that is killed at its end. A test like others without the variable.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let Line { department: _department, street, village } = Line::new().await;
    village.serve().await;
    record(&village).await;
    village.ok("key.set_passphrase", json!({"passphrase": PASSPHRASE})).await;
    let sheet = village.ok("key.recovery_sheet", json!({"current": PASSPHRASE})).await;
    let words: Vec<&str> = sheet["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    village.sync().await;
    street.ok("snapshot.make", json!({"year": 2026})).await;

    let stick = folder.join("stick");
    std::fs::create_dir(&stick).unwrap();
    let backup = village.ok("backup.make", json!({"folder": stick})).await;
    village.ok("backup.verify", json!({"file": backup["file"]})).await;
    let (there, boot) = (folder.join("restored"), folder.join("boot"));
    let place = KeyPlace::File(folder.join("key"));
    let by = words.join(" ");
    let today = scenarios::today();
    let with = With::Words(&by, PASSPHRASE);
    let file = PathBuf::from(backup["file"].as_str().unwrap());
    host::restore(&file, &there.join("data"), &place, with, &boot, today).unwrap();
    let again = open(&there).unwrap();
    again.call("visit.list", None, json!({})).await.unwrap();
    let wrong = again.call("key.recovery_sheet", None, json!({"current": "错口令金丝雀错口令"})).await;
    assert_eq!(wrong.unwrap_err().code, "wrong_passphrase");

    // A panic in the middle of private work says where, and not what.
    let busy = village.node.clone();
    let panicking = std::thread::spawn(move || {
        let _held = busy;
        panic!("while the books are open");
    });
    assert!(panicking.join().is_err());
    println!("\nwords {by}");
    // From here on it is killed in the middle of saving.
    loop {
        record_visit(&village, "户主金丝雀").await;
        println!("saved");
    }
}

async fn record_visit(village: &Device, household: &str) {
    let visit = json!({
        "date": "0305", "kind": "household", "place": "村部", "situationText": "路灯",
        "newHousehold": {"name": household, "door": "门牌金丝雀", "phone": "13987650001", "note": "户备注金丝雀"},
        "participants": ["党员金丝雀"],
        "concern": {"category": "roads", "text": "未上报金丝雀", "privateNote": "私密备注金丝雀 482913482913",
                    "nextStep": "看", "owner": "村干部", "deadline": "2026-03-31"},
    });
    village.ok("visit.save", visit).await;
}

async fn record(village: &Device) {
    let member = village.ok("member.save", json!({"name": "党员金丝雀", "kind": "full"})).await;
    let assess = json!({"member": member["id"], "fromMonth": "2026-01", "class": "salaried", "baseFen": 98_765_432});
    village.ok("dues.assess", assess).await;
    record_visit(village, "户主金丝雀").await;
    let draft = json!({"form": "visit", "key": "new", "value": {"text": "草稿金丝雀"}});
    village.ok("draft.save", draft).await;
    let meeting = json!({"kinds": ["members_meeting"], "date": "0305", "topic": "议题金丝雀", "minutes": "议题金丝雀"});
    village.ok("meeting.save", meeting).await;
    let roster = "姓名,性别,类别\n导入金丝雀,男,正式党员\n";
    let sheet = json!({"name": "名册.csv", "base64": data_encoding::BASE64.encode(roster.as_bytes())});
    let inspection = village.ok("import.inspect", sheet.clone()).await;
    let mapped = &inspection["sheets"][0];
    let columns: serde_json::Map<String, Value> = mapped["columns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|column| !column["field"].is_null())
        .map(|column| (column["index"].to_string(), column["field"].clone()))
        .collect();
    let mappings = json!([{"sheet": mapped["name"], "kind": "roster", "columns": columns}]);
    village.ok("import.commit", json!({"file": sheet, "mappings": mappings})).await;
    let members = village.ok("member.list", json!({"text": "导入金丝雀"})).await;
    assert_eq!(members["total"], 1, "{members}");
}

#[test]
fn nothing_that_was_planted_is_found_in_any_file_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let errors = folder.path().join("stderr.txt");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "at_rest::child", "--nocapture", "--test-threads", "1"])
        .env(CHILD, folder.path())
        .envs(["TMPDIR", "HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"].map(|name| (name, temporary.as_os_str())))
        .env("RUST_BACKTRACE", "full")
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut words = None;
    let mut saved = 0;
    while saved < 3 {
        let Some(line) = lines.next() else {
            let mut text = String::new();
            std::fs::File::open(&errors).unwrap().read_to_string(&mut text).unwrap();
            panic!("the child ended: {text}");
        };
        let line = line.unwrap();
        words = words.or(line.strip_prefix("words ").map(str::to_owned));
        saved += usize::from(line == "saved");
    }
    child.kill().unwrap();
    child.wait().unwrap();

    let words = words.expect("the words came before the visits");
    let three: Vec<&str> = words.split(' ').take(3).collect();
    let mut plain: Vec<String> = PLANTED.iter().map(|word| (*word).to_owned()).collect();
    plain.extend([PASSPHRASE.to_owned(), "错口令金丝雀".to_owned()]);
    plain.extend([" ", "\n", ",", "\",\""].map(|between| three.join(between)));
    let mut secrets: Vec<(String, Vec<u8>)> =
        plain.iter().flat_map(|word| forms(word).into_iter().map(move |form| (word.clone(), form))).collect();
    // The key of all stories, as bytes and as text.
    secrets.push(("the key".to_owned(), vec![7; 32]));
    secrets.push(("the key".to_owned(), "07".repeat(32).into_bytes()));

    let control = folder.path().join("control");
    for (name, secret) in &secrets {
        std::fs::write(&control, [b"before ", secret.as_slice(), b" after"].concat()).unwrap();
        assert!(!found(std::slice::from_ref(&control), &secrets).is_empty(), "the search is real: {name}");
    }
    std::fs::remove_file(&control).unwrap();

    let all = files(folder.path());
    let ending = |end: &str| all.iter().filter(|file| file.to_string_lossy().ends_with(end)).count();
    assert!(ending("ybz.db") >= 4 && ending("ybz.db-wal") >= 3, "the books were open when it was killed: {all:?}");
    assert_eq!(ending(".ybzbackup"), 1, "{all:?}");
    assert_eq!((ending("ybz.copy"), ending(".part")), (0, 0), "copies beside the books are gone: {all:?}");
    let leaked = found(&all, &secrets);
    assert!(leaked.is_empty(), "{leaked:#?}");
}
