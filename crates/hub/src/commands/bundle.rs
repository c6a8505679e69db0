//! `ybz bundle`: deliveries as files.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::bundle::{
    BundleExport, BundleExportInput, BundleImport, BundleImportInput, BundleRelation, BundleTarget,
};
use ybz_app::dto::snapshot::FileOutput;

use super::{Outcome, files};
use crate::args::{Bundle, Common};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a bundle: as base64 it fits into one call.
const LARGEST: u64 = 45 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: Bundle) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let outcome = with_books(&mut client, common, command).await;
    client.close().await;
    outcome
}

async fn with_books(client: &mut Client, common: &Common, command: Bundle) -> Outcome {
    let office = client.office(common).await?.id;
    let office = Some(office.as_str());
    match command {
        Bundle::Targets => {
            let targets: Vec<BundleTarget> = client.ask("bundle.list_targets", office, &Nothing {}).await?;
            if common.json {
                print::json(&targets);
            } else {
                targets.iter().for_each(|target| print::out(of_target(target)));
            }
        }
        Bundle::Export { to, out, whole } => {
            let made: BundleExport = client.ask("bundle.export", office, &BundleExportInput { to, whole }).await?;
            let file = keep(&made.file, out.as_deref())?;
            if common.json {
                print::json(&serde_json::json!({
                    "file": file.display().to_string(), "to": made.to, "devices": made.devices, "books": made.books,
                    "changes": made.changes, "receipt": made.receipt, "bytes": made.bytes,
                }));
            } else {
                let receipt = if made.receipt { ",含签收 with a receipt" } else { "" };
                print::out(format!(
                    "已写入 Written: {}\n给 {}({} 台电脑能打开),{} 条{receipt}。对方读入并把回执带回来以前,不算送达。\n\
                     For {} ({} devices open it), {} changes. Nothing is delivered before its receipt is back.",
                    file.display(),
                    made.to,
                    made.devices,
                    made.changes,
                    made.to,
                    made.devices,
                    made.changes,
                ));
            }
        }
        Bundle::Import { file } => {
            let input = BundleImportInput { base64: BASE64.encode(&files::read(&file, LARGEST)?) };
            let taken: BundleImport = client.ask("bundle.import", office, &input).await?;
            if common.json {
                print::json(&taken);
            } else {
                say(&taken);
            }
            if taken.refused > 0 || taken.waiting > 0 {
                return Ok(Exit::NotSound);
            }
        }
    }
    Ok(Exit::Done)
}

fn of_target(target: &BundleTarget) -> String {
    let relation = match target.relation {
        BundleRelation::Superior => "上级 superior",
        BundleRelation::Subordinate => "下级 subordinate",
        BundleRelation::Colleague => "本单位的电脑 device of this office",
    };
    let holder = target.holder.as_ref().map(|holder| format!(" · {holder}")).unwrap_or_default();
    format!("{} · {relation}{holder} · {}", target.name, target.id)
}

fn say(taken: &BundleImport) {
    print::out(format!(
        "{} 在 {} 做的文件:读入 {} 条 From {}, made on {}: {} changes are new",
        taken.from, taken.on, taken.accepted, taken.from, taken.on, taken.accepted
    ));
    if taken.receipt {
        print::out("里面有上级的签收。 It brought a receipt.");
    }
    if taken.waiting > 0 {
        print::out("有的内容接不上:先读入以前做的文件。 Some of it builds on an earlier file: import that first.");
    }
    if taken.refused > 0 {
        print::out(format!("有 {} 条没有接收,见 ybz status。 {} changes were refused.", taken.refused, taken.refused));
    }
    if taken.answer {
        print::out(format!(
            "请给对方做一个回去的文件,签收在里面: ybz bundle export --to {}\n\
             Make a file in return: the receipt is in it.",
            taken.from_id
        ));
    }
}

/// Writes a file under the name meant, or under the suggested one in a folder; of one day there may be several.
pub(super) fn keep(file: &FileOutput, out: Option<&Path>) -> Result<PathBuf, ErrorDto> {
    let bytes = BASE64.decode(file.base64.as_bytes());
    let bytes = bytes.map_err(|error| ErrorDto::new("internal").with("what", "base64").with("detail", error))?;
    let folder = match out {
        Some(file) if !file.is_dir() => {
            files::write_new(file, &bytes)?;
            return Ok(file.to_owned());
        }
        Some(folder) => folder,
        None => Path::new("."),
    };
    // The suggested name is a name, never a way to another folder.
    let name = Path::new(&file.name).file_name().map(Path::new).unwrap_or(Path::new("bundle.ybzb"));
    let (stem, ending) = (name.file_stem().unwrap_or_default(), name.extension().unwrap_or_default());
    for number in 1..100 {
        let name = match number {
            1 => name.to_owned(),
            number => PathBuf::from(format!("{}-{number}.{}", stem.to_string_lossy(), ending.to_string_lossy())),
        };
        let path = folder.join(name);
        match files::write_new(&path, &bytes) {
            Err(error) if error.code == "file_exists" => {}
            written => return written.map(|()| path),
        }
    }
    Err(ErrorDto::new("file_exists").with("file", folder.join(name).display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_a_day_gets_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| FileOutput { name: name.to_owned(), base64: BASE64.encode(b"x") };
        let names: Vec<_> = ["a-2026.ybzb", "a-2026.ybzb", "../b.ybzb"]
            .map(|name| keep(&file(name), Some(folder.path())).unwrap().strip_prefix(folder.path()).unwrap().to_owned())
            .into();
        assert_eq!(names, [Path::new("a-2026.ybzb"), Path::new("a-2026-2.ybzb"), Path::new("b.ybzb")]);
        let named = folder.path().join("c.ybzb");
        assert_eq!(keep(&file("a.ybzb"), Some(&named)).unwrap(), named);
        assert_eq!(keep(&file("a.ybzb"), Some(&named)).unwrap_err().code, "file_exists", "nothing is written over");
    }
}
