//! `cargo xtask demo`: a department, a street, three villages and one that never connects, each a node of its own with
//! its own encrypted database, driven by separate `ybz` processes; then the app on that world.
//!
//! `ready` installs and builds, `world` is the folder, `node` runs `ybz`, `story` is what happens, `month` what a village
//! writes, `report` what the street and the department see, `table` how it is printed, `open` what comes after.

mod ledgers;
mod month;
mod node;
mod open;
mod options;
mod progress;
mod random;
mod ready;
mod report;
mod story;
mod table;
mod world;

use crate::{Outcome, places::Places};
use options::Options;
use progress::Progress;
use std::time::Instant;
use world::World;

/// Runs the demo as `arguments` ask for.
///
/// # Errors
/// The first thing that does not go as it must, with the command and its coded error.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{}", options::USAGE);
        return Ok(());
    }
    let options = Options::read(arguments)?;
    let places = Places::find()?;
    let begin = Instant::now();
    let mut progress = Progress::default();
    // First of all, so that a folder that is not ours, or in use, is said before minutes of building.
    let world = World::new(&places, &options)?;
    ready::all(&mut progress, &places)?;
    let built = Instant::now();
    let scene = story::play(&mut progress, &places, &world, &options)?;
    scene.close(&world);
    println!(
        "\n✓ 演示完成,全部核对相符 · everything verified   {}(其中准备和编译 {})",
        progress::seconds(begin.elapsed()),
        progress::seconds(built - begin)
    );
    if options.open { open::open(&places, scene) } else { Ok(()) }
}
