//! A process may end while its threads are in the database: nothing that stands at exit may pull it from under them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{commit, home, place, visit};

/// Set in the processes that this test starts.
const CHILD: &str = "YBZ_TEST_EXIT";
/// How they end: by the product's own call, or as any program does.
const WAYS: [&str; 2] = ["end_process", "exit"];
/// Processes that are ended.
const TIMES: usize = 40;

/// Ends this process while four threads write and read.
fn end_in_the_middle(way: &str) -> ! {
    let home = Arc::new(home());
    let begun = Arc::new(AtomicUsize::new(0));
    for thread in 0..4_u8 {
        let (home, begun) = (home.clone(), begun.clone());
        std::thread::spawn(move || {
            for round in 0..=u8::MAX {
                let number = thread.wrapping_mul(64).wrapping_add(round % 64);
                if round < 64 {
                    commit(&home, vec![visit(number, "老井边")]);
                }
                assert_eq!(place(&home, number), "老井边");
                begun.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    while begun.load(Ordering::SeqCst) < 8 {
        std::thread::yield_now();
    }
    if way == "exit" {
        std::process::exit(7);
    }
    ybz_store::end_process(7);
}

#[test]
fn a_process_ends_in_order_while_threads_are_in_the_database() {
    if let Ok(way) = std::env::var(CHILD) {
        end_in_the_middle(&way);
    }
    let this = std::env::current_exe().unwrap();
    let mut ends = std::collections::BTreeMap::new();
    // Elsewhere the system does not tell a handler the code.
    let ways = if cfg!(all(target_os = "linux", target_env = "gnu")) { &WAYS[..] } else { &WAYS[..1] };
    for way in ways.iter().cycle().take(TIMES) {
        let mut child = Command::new(&this);
        child.args(["--exact", "a_process_ends_in_order_while_threads_are_in_the_database", "--nocapture"]);
        // Memory that is freed is overwritten, so that whoever still uses it notices.
        let ended = child.env(CHILD, way).env("MALLOC_PERTURB_", "165").output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        *ends.entry(format!("{} {said}", ended.status)).or_insert(0) += 1;
    }
    assert_eq!(ends.into_iter().collect::<Vec<_>>(), [("exit status: 7 ".to_owned(), TIMES)]);
}
