//! Scenes: who lives where, and who has sent what to whom, when a measurement begins.

use jiff::civil::Date;
use serde_json::json;
use ybz_app::Node;

use super::village::{Size, Village, join, rows};
use super::{Folders, Outcome, Peer, Random, call, clock, open, words};

/// The year of the village-year.
pub const YEAR: i16 = 2026;
/// Branches below the street of the storm.
pub const BRANCHES: usize = 50;

const STREET: &str = "street";
const VILLAGE: &str = "village";

/// The day on which measurements happen.
pub fn closing_day() -> Date {
    Date::constant(YEAR, 12, 31)
}

/// What stands when a measurement begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    /// A village with a year of which its street has nothing.
    FirstYear,
    /// Village and street are equal in six books.
    Equal,
    /// The same, and a month in the village that was recorded offline.
    OfflineMonth,
    /// A village with five years.
    FiveYears,
    /// A street with [`BRANCHES`] branches, each with an offline-month. The branches have no year before it, only a
    /// roster, assessments and a few households: a hub accepts by index and never loads what was there before.
    Storm,
}

impl Scene {
    fn name(self) -> &'static str {
        match self {
            Self::FirstYear => "first-year",
            Self::Equal => "equal",
            Self::OfflineMonth => "offline-month",
            Self::FiveYears => "five-years",
            Self::Storm => "storm",
        }
    }

    /// Puts the scene in place; the first time it is made, which takes minutes, and `say` hears of it.
    ///
    /// # Errors
    /// The call that failed, or the disk.
    pub async fn set(self, folders: &Folders, say: &dyn Fn(&str)) -> Outcome {
        if !folders.has(self.name()) {
            let before = match self {
                Self::FirstYear | Self::Storm => None,
                Self::Equal => Some(Self::FirstYear),
                Self::OfflineMonth | Self::FiveYears => Some(Self::Equal),
            };
            match before {
                Some(before) => Box::pin(before.set(folders, say)).await?,
                None => folders.clear()?,
            }
            say(&format!("making {}", self.name()));
            let stage = Stage { folders, scene: self };
            clock::seed_nodes(folders.seed, self.name());
            match self {
                Self::FirstYear => stage.first_year().await?,
                Self::Equal => stage.equal().await?,
                Self::OfflineMonth => stage.offline_month().await?,
                Self::FiveYears => stage.five_years().await?,
                Self::Storm => stage.storm(say).await?,
            }
            folders.keep(self.name())?;
        }
        folders.place(self.name())?;
        clock::set_today(closing_day());
        clock::seed_nodes(folders.seed, &format!("measured {}", self.name()));
        Ok(())
    }
}

/// Where a scene is made.
struct Stage<'a> {
    folders: &'a Folders,
    scene: Scene,
}

impl Stage<'_> {
    fn random(&self, whose: &str) -> Random {
        Random::new(self.folders.seed, &format!("{} {whose}", self.scene.name()))
    }

    fn serve(&self, device: &str, today: Date, part: &str) -> Outcome<Peer> {
        let seed = self.random(&format!("{device} {part}")).number();
        Peer::start(&self.folders.live(device), today, seed)
    }

    async fn load(&self, device: &str) -> Outcome<Village> {
        Village::load(&self.folders.live(device), self.random(device)).await
    }

    /// A street below a department that is asleep afterwards.
    async fn street(&self, today: Date) -> Outcome {
        clock::set_today(today);
        let department = open(&self.folders.live("department"))?;
        call(&department, "office.init", json!({"name": "县委组织部", "kind": "organization-department"})).await?;
        close(department).await?;
        let mut department = self.serve("department", today, "founding")?;
        let invitation = json!({"name": "河东街道", "kind": "committee", "autoApprove": true});
        let ticket = department.call("invite.office", invitation)?;
        let street = open(&self.folders.live(STREET))?;
        call(&street, "office.init", json!({"name": "河东街道", "kind": "committee"})).await?;
        join(&street, &ticket).await?;
        close(street).await?;
        department.stop()
    }

    /// Founds a village and takes it under the street.
    async fn village(&self, street: &mut Peer, device: &str, name: &str, size: Size) -> Outcome<Village> {
        let village = Village::found(&self.folders.live(device), name, size, YEAR, self.random(device)).await?;
        let ticket = street.call("invite.office", json!({"name": name, "kind": "branch", "autoApprove": true}))?;
        village.join(&ticket).await?;
        Ok(village)
    }

    async fn first_year(&self) -> Outcome {
        let founded = Date::constant(YEAR - 1, 12, 30);
        self.street(founded).await?;
        let mut street = self.serve(STREET, founded, "founding")?;
        let mut village = self.village(&mut street, VILLAGE, "示范一村", Size::WHOLE).await?;
        street.stop()?;
        village.year(YEAR).await?;
        close(village.node).await
    }

    /// The year is delivered; the street dispatches twelve items, and the village works on them.
    async fn equal(&self) -> Outcome {
        clock::set_today(closing_day());
        let mut village = self.load(VILLAGE).await?;
        let mut street = self.serve(STREET, closing_day(), "year")?;
        deliver(&village.node, &street).await?;
        let tree = street.call("org.tree", json!({}))?;
        let below = tree.as_array().into_iter().flatten().find(|office| office["name"] == "示范一村");
        let office = below.map(|office| office["id"].clone()).ok_or("the street does not know the village")?;
        let mut random = self.random(STREET);
        for _ in 0..12 {
            let item = json!({
                "to": [office], "title": words::chore(&mut random), "measure": words::wish(&mut random),
                "deadline": closing_day().to_string(),
            });
            street.call("dispatch.send", item)?;
        }
        deliver(&village.node, &street).await?;
        call(&village.node, "sync.now", json!({"timeoutS": 1})).await?;
        let listed = call(&village.node, "checklist.list", json!({"state": "origin:superior", "limit": 100})).await?;
        for row in rows(&listed) {
            for state in ["in_progress", "in_progress", "in_progress", "done"] {
                let step = json!({"id": row["id"], "note": words::step(&mut random), "state": state});
                village.save("checklist.progress", step).await?;
            }
        }
        deliver(&village.node, &street).await?;
        read_in(&mut street)?;
        street.stop()?;
        close(village.node).await
    }

    async fn offline_month(&self) -> Outcome {
        let mut village = self.load(VILLAGE).await?;
        village.offline_month(YEAR).await?;
        close(village.node).await
    }

    async fn five_years(&self) -> Outcome {
        let mut village = self.load(VILLAGE).await?;
        for year in YEAR - 4..YEAR {
            village.year(year).await?;
        }
        close(village.node).await
    }

    async fn storm(&self, say: &dyn Fn(&str)) -> Outcome {
        let founded = Date::constant(YEAR - 1, 12, 30);
        self.street(founded).await?;
        let mut street = self.serve(STREET, founded, "founding")?;
        for number in 0..BRANCHES {
            let device = branch(number);
            let mut village = self.village(&mut street, &device, &format!("示范{}村", number + 1), Size::LIGHT).await?;
            clock::set_today(Date::constant(YEAR, 1, 3));
            village.assess().await?;
            deliver(&village.node, &street).await?;
            village.offline_month(YEAR).await?;
            close(village.node).await?;
            say(&format!("{} of {BRANCHES} branches", number + 1));
        }
        read_in(&mut street)?;
        street.stop()
    }
}

/// Device of a branch of the storm.
pub fn branch(number: usize) -> String {
    format!("branch-{number:02}")
}

/// Rounds until the street has receipted everything.
async fn deliver(node: &Node, street: &Peer) -> Outcome {
    let line = node.line(&street.addresses).await.map_err(|error| error.to_string())?;
    let mut delivered = Err("the street does not receipt".to_owned());
    for _ in 0..3 {
        delivered = match node.round(&line).await {
            Ok(round) if round.delivered => Ok(()),
            Ok(_) => continue,
            Err(error) => Err(error.to_string()),
        };
        if delivered.is_ok() {
            break;
        }
    }
    line.close().await;
    delivered
}

/// Lets a street read in what waits. Its department is asleep, but the answer comes after reading in.
fn read_in(street: &mut Peer) -> Outcome {
    street.call("sync.now", json!({"timeoutS": 1})).map(|_| ())
}

/// Closes a node: its folder is at rest afterwards.
async fn close(node: Node) -> Outcome {
    node.shutdown().await;
    drop(node);
    Ok(())
}
