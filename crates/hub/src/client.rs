//! The way to the node: the one that runs on the directory, else the database itself.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ybz_app::dto::Nothing;
use ybz_app::dto::node::{NodeOverview, OfficeCard};
use ybz_app::dto::profile::{ChooseInput, ProfileState};
use ybz_app::host::KeyPlace;
use ybz_app::{DatabaseKey, ErrorDto, Node, OpenOptions, host};
use ybz_hub::socket::{Line, SocketKey};

use crate::args::Common;
use crate::secret;

/// What a command may find in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Books {
    /// They must be there.
    Kept,
    /// They are made when they are not there.
    KeptOrNew,
}

/// A node to talk to.
pub(crate) struct Client {
    at: At,
    /// A profile was named: calls are made as it.
    seated: bool,
}

/// Where the node is.
enum At {
    /// It runs in another process.
    There(Line),
    /// It was opened here, for this command.
    Here(Node),
}

/// The seat of a command that opened the books itself.
const SEAT: &str = "command";

/// Finds the key of a directory; a new directory gets a new one.
pub(crate) fn key(common: &Common, books: Books) -> Result<DatabaseKey, ErrorDto> {
    let data = common.data();
    let new = !data.join("ybz.db").exists();
    if new && books == Books::Kept {
        return Err(ErrorDto::new("not_initialised").with("data", data.display()));
    }
    match host::find_key(data, common.key_file(), new) {
        Err(error) if error.code == "passphrase_needed" => host::unlock(data, &secret::passphrase(common)?),
        found => found,
    }
}

/// Opens the database of a directory in this process.
pub(crate) async fn open(common: &Common, key: DatabaseKey, books: Books) -> Result<Node, ErrorDto> {
    let data = common.data();
    let options = OpenOptions {
        data: data.to_owned(),
        key,
        create: books == Books::KeptOrNew,
        boot: host::boot_dir(),
        clock: host::system_clock,
        random: host::system_random,
    };
    let opened = tokio::task::spawn_blocking(move || Node::open(options)).await;
    let opened =
        opened.unwrap_or_else(|error| Err(ErrorDto::new("internal").with("what", "open").with("detail", error)));
    let node = opened.map_err(|error| error.with("data", data.display()))?;
    node.key_kept_in(KeyPlace::of(data, common.key_file()));
    node.look_around(host::may_look_around());
    Ok(node)
}

impl Client {
    /// Reaches the running node, or opens the database here.
    ///
    /// # Errors
    /// What finding the key, the greeting or opening says.
    pub(crate) async fn reach(common: &Common, books: Books) -> Result<Self, ErrorDto> {
        let data = common.data();
        let key = key(common, books)?;
        let line = if data.is_dir() { Line::reach(data, &SocketKey::of(&key)).await? } else { None };
        let at = match line {
            Some(line) => At::There(line),
            None => At::Here(open(common, key, books).await?),
        };
        let mut client = Self { at, seated: false };
        if let Some(name) = &common.profile
            && let Err(error) = client.sit(name).await
        {
            client.close().await;
            return Err(error);
        }
        Ok(client)
    }

    /// A node that this command opened itself.
    pub(crate) fn here(node: Node) -> Self {
        Self { at: At::Here(node), seated: false }
    }

    /// Chooses the profile that `--profile` names.
    async fn sit(&mut self, name: &str) -> Result<(), ErrorDto> {
        let known: ProfileState = self.ask("profile.list", None, &Nothing {}).await?;
        let meant = known.profiles.into_iter().find(|profile| profile.name == name || profile.id == name);
        let meant = meant.ok_or_else(|| ErrorDto::new("not_found").at("profile").with("name", name))?;
        let pin = crate::pin::read()?;
        self.seated = true;
        self.ask::<Nothing>("profile.choose", None, &ChooseInput { id: meant.id, pin }).await.map(|_| ())
    }

    /// Whether the node runs in another process.
    pub(crate) fn runs(&self) -> bool {
        matches!(self.at, At::There(_))
    }

    /// Runs a call of the table, value in and value out.
    pub(crate) async fn call(&mut self, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
        match (&mut self.at, self.seated) {
            (At::There(line), false) => line.call(name, office, input).await,
            (At::There(line), true) => line.call_from(name, office, input).await,
            (At::Here(node), false) => node.call(name, office, input).await,
            (At::Here(node), true) => node.call_from(SEAT, name, office, input).await,
        }
    }

    /// Runs a call of the table with its types.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &mut self,
        name: &str,
        office: Option<&str>,
        input: &impl Serialize,
    ) -> Result<T, ErrorDto> {
        let odd = |error: serde_json::Error| ErrorDto::new("internal").with("what", name).with("detail", error);
        let answer = self.call(name, office, serde_json::to_value(input).map_err(odd)?).await?;
        serde_json::from_value(answer).map_err(odd)
    }

    /// The offices of the node.
    pub(crate) async fn overview(&mut self) -> Result<NodeOverview, ErrorDto> {
        self.ask("node.overview", None, &Nothing {}).await
    }

    /// The office that `--for` names by its name or id, or the only one.
    ///
    /// # Errors
    /// `not_initialised` without any, `office_unknown` for a name that none or several have, `office_not_chosen`.
    pub(crate) async fn office(&mut self, common: &Common) -> Result<OfficeCard, ErrorDto> {
        choose(self.overview().await?.offices, common.meant.as_deref())
    }

    /// Ends what was begun here; a node that runs elsewhere goes on.
    pub(crate) async fn close(self) {
        if let At::Here(node) = self.at {
            node.close().await;
        }
    }
}

fn choose(offices: Vec<OfficeCard>, meant: Option<&str>) -> Result<OfficeCard, ErrorDto> {
    let known = offices.iter().map(|office| office.name.as_str()).collect::<Vec<_>>().join("、");
    if offices.is_empty() || (meant.is_none() && offices.iter().all(|office| office.sample)) {
        return Err(ErrorDto::new("not_initialised"));
    }
    let (code, meant_by) = match meant {
        Some(meant) => ("office_unknown", meant),
        None => ("office_not_chosen", ""),
    };
    // The sample is meant only by who names it.
    let fits = |office: &OfficeCard| match meant {
        Some(meant) => office.id == meant || office.name == meant,
        None => !office.sample,
    };
    let mut fitting = offices.into_iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(ErrorDto::new(code).with("office", meant_by).with("known", known)),
    }
}

#[cfg(test)]
mod tests {
    use ybz_app::dto::node::OfficeKindDto;

    use super::*;

    fn card(id: &str, name: &str) -> OfficeCard {
        OfficeCard {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: OfficeKindDto::Branch,
            role: "keeper".to_owned(),
            custody: false,
            own_books: true,
            superior: None,
            tree: None,
            region: None,
            sample: false,
        }
    }

    #[test]
    fn the_only_office_needs_no_name_and_several_do() {
        assert_eq!(choose(vec![card("01", "甲")], None).unwrap().id, "01");
        let two = || vec![card("01", "甲"), card("02", "乙")];
        assert_eq!(choose(two(), None).unwrap_err().code, "office_not_chosen");
        assert_eq!(choose(two(), Some("乙")).unwrap().id, "02");
        assert_eq!(choose(two(), Some("01")).unwrap().name, "甲");
        let error = choose(two(), Some("丙")).unwrap_err();
        assert_eq!((error.code.as_str(), error.params["known"].as_str()), ("office_unknown", "甲、乙"));
        assert_eq!(choose(vec![], None).unwrap_err().code, "not_initialised");
    }

    #[test]
    fn the_sample_is_meant_only_by_its_name() {
        let sample = || OfficeCard { sample: true, ..card("02", "示例村党支部") };
        assert_eq!(choose(vec![card("01", "甲"), sample()], None).unwrap().id, "01");
        assert_eq!(choose(vec![card("01", "甲"), sample()], Some("示例村党支部")).unwrap().id, "02");
        assert_eq!(choose(vec![sample()], None).unwrap_err().code, "not_initialised");
    }

    #[test]
    fn a_name_that_two_offices_have_is_not_guessed() {
        let twins = vec![card("01", "甲"), card("02", "甲")];
        assert_eq!(choose(twins, Some("甲")).unwrap_err().code, "office_unknown");
    }
}
