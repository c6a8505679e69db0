//! `ledger/dues-year`: a year's assessment of 60 members in one action, command to durable and projected.

use std::time::Instant;

use scenarios::Device;
use scenarios::workload::{Outcome, call};
use serde_json::{Value, json};

use crate::figure::{RUNS, print, since};

/// Members of the branch.
const MEMBERS: usize = 60;

/// What a member is assessed on: four in six by a base, which is sealed.
fn row(number: usize, member: &Value) -> Value {
    let base = 280_000 + number * 17_300;
    match number % 6 {
        0 | 1 => json!({"member": member, "class": "salaried", "baseFen": base}),
        2 => json!({"member": member, "class": "retired", "baseFen": base}),
        3 => json!({"member": member, "class": "self_employed", "quarterFen": base * 3}),
        4 => json!({"member": member, "class": "student"}),
        _ => json!({"member": member, "class": "farmer", "fixedFen": 20 + number % 81}),
    }
}

pub(crate) async fn dues_year() -> Outcome {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let branch = Device::with_office("示范一村", "branch").await;
        let mut rows = Vec::with_capacity(MEMBERS);
        for number in 0..MEMBERS {
            let input = json!({"name": format!("党员{number}"), "kind": "full", "joined": "2001-07"});
            rows.push(row(number, &call(&branch.node, "member.save", input).await?["id"]));
        }
        // The year before makes keys and books; a branch has them.
        call(&branch.node, "dues.assess_year", json!({"year": 2025, "rows": rows})).await?;
        let started = Instant::now();
        let out = call(&branch.node, "dues.assess_year", json!({"year": 2026, "rows": rows})).await?;
        times.push(since(started));
        if out["assessed"] != MEMBERS {
            return Err(format!("not all were assessed: {out}"));
        }
    }
    print("ledger/dues-year", "wall_ms", times, 200);
    Ok(())
}
