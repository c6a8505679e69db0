//! `ybz roles`: what each role may do, as the rules of this program say.

use super::Outcome;
use crate::args::Common;
use crate::exit::Exit;
use crate::print;

pub(super) fn run(common: &Common) -> Outcome {
    if common.json {
        print::json(&ybz_app::roles());
    } else {
        print::out(ybz_app::roles_table());
    }
    Ok(Exit::Done)
}
