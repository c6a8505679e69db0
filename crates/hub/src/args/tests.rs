use clap::error::ErrorKind;

use super::*;

fn parse(line: &str) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(std::iter::once("ybz").chain(line.split(' ')))
}

fn refused(line: &str) -> ErrorKind {
    parse(line).expect_err(line).kind()
}

#[test]
fn the_definition_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn every_documented_line_is_understood() {
    for line in [
        "init --data d --office 李家沟村党支部 --kind branch --region 110101001001",
        "init --data d --office 组织部 --kind organization-department",
        "invite --data d --office 村 --kind general-branch --auto-approve --out t.txt",
        "invite --data d --device",
        "invite --data d --device --role viewer --auto-approve",
        "invite bulk --data d 各村.xlsx --out 邀请 --phone 0830-9",
        "invite --data d bulk 各村.xlsx --dry-run",
        "join --data d ybz1abc",
        "request make --data d --ticket t.txt --out r.ybzq",
        "request approve --data d r.ybzq --code 123451234512345 --out c.ybzc",
        "request approve --data d r.ybzq --out c.ybzc",
        "request take --data d c.ybzc",
        "bundle targets --data d",
        "bundle export --data d --to 河东街道 --out /media/u --whole",
        "bundle import --data d a.ybzb --json",
        "serve --data d",
        "serve --data d --listen 0.0.0.0:4477 --ui 127.0.0.1:0",
        "serve --data d --ui",
        "serve --ui [::1]:0 --data d",
        "calendar --data d --from 2026-03-01 --to 2026-04-30 --unit 示范一村 --kind submission,term",
        "urge --data d --ledger meetings --month 2",
        "urge --data d --batch 00aa --unit 示范一村",
        "dispatch send 防汛检查 --data d --group 沿河各村 --to 示范一村 --deadline 2026-04-10",
        "dispatch list --data d --state late",
        "dispatch return 00aa --note 缺数字 --data d",
        "dispatch accept 00aa --keep-names --data d",
        "dispatch send 防汛检查 --data d --all --deadline 2026-04-10 --keep-names",
        "case answer 00aa 已换好 --keep-names --data d",
        "case answer-back 00aa --keep-names --data d",
        "case accept 00aa --due 2026-04-10 --keep-names --data d",
        "case pass 00aa up --title 路灯 --keep-names --data d",
        "flow do 00aa report --note 已改 --keep-names --data d",
        "decide --kind concern --data d",
        "dispatch group 沿河各村 --unit 示范一村 --unit 示范二村 --data d",
        "ledger matrix visits --data d",
        "ledger list concerns --sort -date --state closed --data d",
        "ledger groups dues --by month --data d",
        "ledger export meetings --month 3 --xlsx a.xlsx --data d",
        "undo list --data d --limit 5",
        "undo apply 12 --data d --back place --leave theme",
        "deleted list --data d --year 2026 --text 渠边",
        "deleted restore 0192 --data d --json",
        "at 2026-03-05 dues --data d --changed",
        "dues ledger --data d --year 2026",
        "dues notice --data d 2026-01 2026-03",
        "dues arrears --data d",
        "dues remit --data d",
        "rules list --data d",
        "rules template --data d",
        "rules check --data d pack.toml",
        "rules send --data d pack.toml --own",
        "sync --data d --timeout 5",
        "month check --data d",
        "month submit --data d 2026-03",
        "month list --data d 2026-03 --json",
        "month accept --data d 50aa",
        "month accept --data d 50aa --keep-names",
        "month return --data d 50aa --note 请补两次走访",
        "status --data d --json",
        "import --data d f.xlsx --kind roster --dry-run --json --answer which_person|名册|3|a=b",
        "rpc --data d visit.list",
        "rpc --data d visit.list {} --for 村",
        "rpc --data d visit.save -",
        "rpc --list",
        "snapshot make --data d --year 2026",
        "snapshot pull --data d",
        "snapshot list --data d",
        "snapshot verify f.ybzs --tree 00ff",
        "snapshot verify --data d 0123456789",
        "snapshot export --data d 0123456789 --format ybzs --out f.ybzs",
        "doctor --data d",
        "doctor --data d --repair",
        "doctor --data d --repair up/visits/2026",
        "household erase 0a --data d --yes",
        "redact up/visits 0a text place --data d",
        "who --data d up/visits/2026 0123456789abcdef0123456789abcdef --json",
        "ui-url --data d",
        "sample make --data d",
        "sample remove --data d --json",
        "--data d status",
    ] {
        parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}

#[test]
fn the_interface_is_never_shown_to_other_machines() {
    for address in ["0.0.0.0:80", "192.168.1.5:80", "[::]:80", "localhost", "127.0.0.1"] {
        assert_eq!(refused(&format!("serve --data d --ui {address}")), ErrorKind::ValueValidation, "{address}");
    }
}

#[test]
fn an_invitation_is_for_an_office_or_for_a_device_and_never_for_both() {
    assert_eq!(refused("invite --data d"), ErrorKind::MissingRequiredArgument);
    assert_eq!(refused("invite --data d --office 村"), ErrorKind::MissingRequiredArgument);
    assert_eq!(refused("invite --data d --office 村 --kind branch --device"), ErrorKind::ArgumentConflict);
    assert_eq!(refused("invite --data d --office 村 --kind branch --role clerk"), ErrorKind::ArgumentConflict);
    assert_eq!(refused("invite --data d --office 组织部 --kind organization-department"), ErrorKind::InvalidValue);
    assert_eq!(
        refused("invite bulk --data d 各村.xlsx"),
        ErrorKind::MissingRequiredArgument,
        "a folder for what is made"
    );
}

#[test]
fn a_region_code_has_twelve_digits() {
    assert_eq!(refused("init --data d --office 村 --kind branch --region 1101"), ErrorKind::ValueValidation);
}

#[test]
fn an_answer_is_cut_at_its_last_equals_sign() {
    let parsed = parse("import --data d f.csv --answer which_person|a=b|3|c=0f").unwrap();
    let Command::Import(import) = parsed.command else { panic!("import was asked for") };
    assert_eq!(import.answer, [("which_person|a=b|3|c".to_owned(), "0f".to_owned())]);
    assert_eq!(refused("import --data d f.csv --answer x="), ErrorKind::ValueValidation);
}

#[test]
fn a_call_is_named_unless_the_list_is_asked_for() {
    assert_eq!(refused("rpc --data d"), ErrorKind::MissingRequiredArgument);
}
