//! Bytes that no program wrote. The seed of a failing case is in its message.

use super::files_for_hostile as samples;
use super::*;
use crate::import::archive::{checksum, inflate, pack, unpack};
use crate::import::read;

/// splitmix64
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes[at] = random.next() as u8,
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes.truncate(at + 1),
            3 => {
                let end = (at + random.below(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].fill(if random.below(2) == 0 { 0xff } else { 0 });
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

/// Reads, inspects and plans whatever comes; only a panic or an endless run fails.
fn survive(name: &str, bytes: &[u8]) {
    let Ok(workbook) = read(name, bytes) else { return };
    let _ = super::super::inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
    let mappings: Vec<ImportMapping> = workbook.sheets.iter().filter_map(|sheet| propose(sheet, None, None)).collect();
    let _ = plan(&known(&["赵甲"]), &workbook, &mappings, &BTreeMap::new(), TODAY);
}

#[test]
fn mutated_files_never_panic() {
    for (name, bytes) in samples() {
        for seed in 0..150u64 {
            let bytes = mutated(&bytes, &mut Random(seed));
            let outcome = std::panic::catch_unwind(|| survive(name, &bytes));
            assert!(outcome.is_ok(), "{name} with seed {seed}");
        }
    }
}

#[test]
fn mutated_parts_inside_a_sound_package_never_panic() {
    for (name, bytes) in samples().into_iter().filter(|(name, _)| *name != "a.xls" && *name != "a.csv") {
        let parts = unpack(&bytes).unwrap().parts;
        for seed in 0..150u64 {
            let mut random = Random(seed);
            let mut parts = parts.clone();
            let chosen = random.below(parts.len());
            let part = parts.values_mut().nth(chosen).unwrap();
            *part = mutated(part, &mut random);
            let bytes = pack(&parts);
            let outcome = std::panic::catch_unwind(|| survive(name, &bytes));
            assert!(outcome.is_ok(), "{name} with seed {seed}");
        }
    }
}

#[test]
fn random_cells_never_panic() {
    let words = [
        "姓名",
        "时间",
        "1月",
        "户主",
        "√",
        "2026.13",
        "合计",
        "4,500元",
        "3月5日",
        "党费基数",
        "",
        "赵 甲",
        "会议类型",
        "（",
        "）",
        "：",
        "99999999999999999999",
        "二〇二六年十二月",
        "2026.3.5-",
        "-",
        "/",
        "第一党小组",
        "2026年",
        "点",
        "晚7点",
        "１２",
        "\u{3000}",
        "同志",
        "户",
        "家",
        "·",
        "20260305",
        "x".repeat(300).leak(),
    ];
    for seed in 0..1000u64 {
        let mut random = Random(seed);
        let rows: Vec<Vec<&str>> = (0..random.below(8) + 1)
            .map(|_| (0..random.below(8) + 1).map(|_| words[random.below(words.len())]).collect())
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let workbook = grid("表", &rows);
        let outcome = std::panic::catch_unwind(|| {
            let _ = super::super::inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
            let plan = plan(
                &known(&["赵甲", "赵甲"]),
                &workbook,
                &workbook.sheets.iter().filter_map(|sheet| propose(sheet, None, None)).collect::<Vec<_>>(),
                &BTreeMap::new(),
                TODAY,
            );
            assert_eq!(plan.errors.is_empty(), plan.skipped_rows == 0);
        });
        assert!(outcome.is_ok(), "seed {seed}: {rows:?}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    // A fixed-code block: one literal and then 100,000 copies of 258 bytes, each in 13 bits.
    let mut bits: Vec<bool> = vec![true, true, false];
    let literal: u32 = 0x30 + 0x61;
    bits.extend((0..8).rev().map(|at| literal >> at & 1 == 1));
    for _ in 0..100_000 {
        bits.extend((0..8).rev().map(|at| 0b1100_0101u32 >> at & 1 == 1));
        bits.extend([false; 5]);
    }
    bits.extend([false; 7]);
    let packed: Vec<u8> =
        bits.chunks(8).map(|chunk| chunk.iter().enumerate().map(|(at, bit)| u8::from(*bit) << at).sum()).collect();
    let sum = checksum(&vec![b'a'; 25_800_001]) as usize;
    assert_eq!(inflate(&packed, 1 << 20, sum).unwrap_err().code, "file_unpacks_too_large");
    assert_eq!(inflate(&packed, 30_000_000, sum).map(|out| out.len()), Ok(25_800_001));
    let cut = &packed[..packed.len() / 2];
    assert_eq!(inflate(cut, 30_000_000, sum).unwrap_err().code, "file_damaged", "cut off");

    // The same as a part of a workbook that declares ten bytes.
    let mut file = pack(&BTreeMap::from([("xl/workbook.xml".to_owned(), packed.clone())]));
    let central = file.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    file[central + 10] = 8;
    file[central + 24..central + 28].copy_from_slice(&10u32.to_le_bytes());
    assert_eq!(read("a.xlsx", &file).unwrap_err().code, "file_unpacks_too_large");
    file[central + 24..central + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(read("a.xlsx", &file).unwrap_err().code, "file_unpacks_too_large");
}

#[test]
fn a_protected_package_is_refused() {
    let mut file = pack(&BTreeMap::from([("xl/workbook.xml".to_owned(), b"x".to_vec())]));
    let central = file.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    file[central + 8] |= 1;
    assert_eq!(read("a.xlsx", &file).unwrap_err().code, "file_protected");
}

/// A chain of an old Excel file that leads into itself would be followed for ever.
#[test]
fn a_chain_in_a_circle_is_refused() {
    let mut file = include_bytes!("roster.xls").to_vec();
    let table = u32::from_le_bytes(file[76..80].try_into().unwrap()) as usize;
    let directory = u32::from_le_bytes(file[48..52].try_into().unwrap());
    let place = (table + 1) * 512 + directory as usize * 4;
    file[place..place + 4].copy_from_slice(&directory.to_le_bytes());
    assert_eq!(read("a.xls", &file).unwrap_err().code, "file_damaged");
}

#[test]
fn a_ledger_of_many_thousand_rows_is_planned() {
    let names: Vec<String> = (0..5_000u32)
        .map(|at| {
            (0..3).map(|place| char::from_u32(0x4e00 + (at >> (place * 5)) % 32 + place * 100).unwrap()).collect()
        })
        .collect();
    let mut rows: Vec<Vec<&str>> = vec![vec!["姓名", "月应缴", "2026年1月", "2026年2月", "2026年3月"]];
    rows.extend(names.iter().map(|name| vec![name.as_str(), "0.20", "√", "√", "√"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let people = known(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let plan = planned(&people, &grid("党费", &rows));
    assert_eq!(plan.payments.len(), 15_000);
}

#[test]
fn a_cell_far_away_in_an_old_file_is_refused() {
    let mut file = include_bytes!("roster.xls").to_vec();
    let cell = file.windows(4).rposition(|window| window == b"\xfd\x00\x0a\x00").unwrap();
    file[cell + 4..cell + 8].copy_from_slice(&[0xff; 4]);
    assert_eq!(read("a.xls", &file).unwrap_err().code, "too_many_cells");
}
