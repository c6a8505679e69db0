//! The node: one database, any number of offices, one network endpoint.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use serde_json::Value;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::rules::Rules;
use ybz_store::{DatabaseKey, OpenError, Options, Store};

use crate::ErrorDto;
use crate::area::{Area, area_of};
use crate::cx::{Call, Cx, KnownFlows, learn_flows, may_bring_packs};
use crate::error::Answer;
use crate::feed::{Feed, tags_of};
use crate::forget::{self, Forgetting};
use crate::keys::KeyPlace;
use crate::link::Link;
use crate::link::settle::settle;
use crate::sample::{self, Sample};
use crate::seat::{self, Seats, Who};
use crate::table::{Entry, Kind, Run, find};

/// Bytes that loaded books may take: small enough for a PC with 4 GB.
const CACHE_BYTES: usize = 24 * 1024 * 1024;

/// How long closing waits for reading in.
const READING_ENDS: Duration = Duration::from_secs(5);
/// How often closing looks whether reading in has ended.
const READING_LOOKED_AT: Duration = Duration::from_millis(20);

/// What a node needs to open.
pub struct OpenOptions {
    /// The data directory.
    pub data: PathBuf,
    /// Encrypts the database.
    pub key: DatabaseKey,
    /// Make the database when there is none.
    pub create: bool,
    /// Where the boot token stands, outside the data directory.
    pub boot: PathBuf,
    /// Today, and milliseconds since 1970.
    pub clock: fn() -> (Date, u64),
    /// Fills a slice with random bytes.
    pub random: fn(&mut [u8]),
}

/// Day, record and profile.
pub(crate) type Opened = std::collections::BTreeSet<(Date, RecordId, Option<String>)>;

/// Everything a node holds.
pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) rules: Rules,
    /// Templates of flows, of the program and of every rule pack that is here.
    pub(crate) flows: KnownFlows,
    pub(crate) clock: fn() -> (Date, u64),
    pub(crate) random: fn(&mut [u8]),
    /// Accounts of dues that were put together.
    pub(crate) accounts: crate::cases::dues::Accounts,
    /// What was opened of sealed records.
    pub(crate) unsealed: crate::cases::unsealed::Unsealed,
    /// The book on a day that was looked at last.
    pub(crate) past: crate::cases::past::LastPast,
    /// Held while a certificate is issued.
    pub(crate) issuing: std::sync::Mutex<()>,
    /// Held while numbers of receipts are drawn.
    pub(crate) receipts: std::sync::Mutex<()>,
    /// Held while a PIN is tried.
    pub(crate) choosing: std::sync::Mutex<()>,
    /// Held while the day's summary is taken, so that of two windows one shows it.
    pub(crate) reminding: std::sync::Mutex<()>,
    pub(crate) seats: Seats,
    /// Private records that were opened today, so that the local log tells each once.
    pub(crate) opened: std::sync::Mutex<Opened>,
    /// Texts that were put together, by book.
    pub(crate) texts: std::sync::Mutex<crate::cases::texts::Found>,
    /// Likely duplicates that were found, until books change.
    pub(crate) alike: std::sync::Mutex<crate::cases::alike::Kept>,
    /// One at a time brings the books in line with a removal.
    pub(crate) settling: std::sync::Mutex<()>,
    /// Held for reading by every edit of books; who retires holds it alone.
    pub(crate) writing: std::sync::RwLock<()>,
    pub(crate) feed: Feed,
    pub(crate) link: Link,
    pub(crate) forgetting: Forgetting,
    /// Calls that open an endpoint for themselves look around on the local network.
    around: AtomicBool,
    /// Where the system keeps the key, as the host says.
    key_place: std::sync::Mutex<Option<KeyPlace>>,
    /// The schedule of backups was changed.
    pub(crate) backups: Arc<tokio::sync::Notify>,
    /// The sample office, apart from everything else.
    pub(crate) sample: Sample,
}

/// An open node. Clones share it.
#[derive(Clone)]
pub struct Node(pub(crate) Arc<Inner>);

/// Commands that a device may give that writes no books: they write rows of this machine alone.
const UNGATED: [&str; 5] = ["draft.save", "device.acknowledge", "fill.add", "fill.map", "fill.remove"];

impl Node {
    /// Opens the database, or makes it when it is missing and `create` says so.
    ///
    /// # Errors
    /// `wrong_key`, `not_a_database`, `newer_schema`, `disk_full`, `directory_in_use`, `not_initialised`, `internal`.
    pub fn open(options: OpenOptions) -> Answer<Self> {
        let rules = Rules::builtin().map_err(|error| ErrorDto::internal("rules", &error))?;
        let (today, _) = (options.clock)();
        let store_options = Options {
            dir: options.data.clone(),
            key: options.key.clone(),
            boot_dir: options.boot,
            today,
            random: options.random,
            cache_bytes: CACHE_BYTES,
        };
        let opened = if options.create && !options.data.join("ybz.db").exists() {
            Store::create(store_options)
        } else {
            Store::open(store_options)
        };
        let store = opened.map_err(|error| open_error(&error))?;
        let link = Link::of(store.clone());
        let inner = Arc::new(Inner {
            store,
            rules,
            flows: KnownFlows::default(),
            clock: options.clock,
            random: options.random,
            accounts: crate::cases::dues::Accounts::default(),
            unsealed: crate::cases::unsealed::Unsealed::default(),
            past: crate::cases::past::LastPast::default(),
            issuing: std::sync::Mutex::default(),
            receipts: std::sync::Mutex::default(),
            choosing: std::sync::Mutex::default(),
            reminding: std::sync::Mutex::default(),
            seats: Seats::default(),
            opened: std::sync::Mutex::default(),
            texts: std::sync::Mutex::default(),
            alike: std::sync::Mutex::default(),
            feed: Feed::default(),
            settling: std::sync::Mutex::default(),
            writing: std::sync::RwLock::default(),
            link,
            forgetting: Forgetting::default(),
            around: AtomicBool::new(false),
            key_place: std::sync::Mutex::default(),
            backups: Arc::default(),
            sample: Sample::of(&options.data, options.clock, options.random),
        });
        let weak = Arc::downgrade(&inner);
        inner.store.on_change(move |_, tags| {
            if let Some(inner) = weak.upgrade() {
                if may_bring_packs(tags)
                    && let Err(error) = learn_flows(&inner)
                {
                    tracing::error!(code = %error.code, "templates of flows are not brought in line");
                }
                inner.changed(tags);
                if tags.contains("trust") {
                    settle(&inner);
                }
                forget::changed(&inner, tags);
            }
        });
        learn_flows(&inner)?;
        // What was not finished when the program ended.
        if let Err(error) = inner.store.finish_repairs() {
            tracing::error!(%error, "a repair that was cut short is not finished");
        }
        settle(&inner);
        forget::settle(&inner);
        inner.sample.reopen(&inner);
        Ok(Self(inner))
    }

    /// Runs one query or command of the table for an office; without one, for the only office of this node. No profile
    /// holds this call: it is for whoever has the key of the books.
    ///
    /// # Errors
    /// The coded error of the call; `not_found` for a name that is not in the table.
    pub async fn call(&self, name: &str, office: Option<&str>, input: Value) -> Answer<Value> {
        self.run(None, name, office, input).await
    }

    /// [`Node::call`] from a seat: one browser, or the window. Once there are profiles, the seat gets nothing before one
    /// was chosen there with its PIN, nothing while it is locked, and nothing that the profile does not see.
    ///
    /// # Errors
    /// Also `locked` and `profile_hides`.
    pub async fn call_from(&self, seat: &str, name: &str, office: Option<&str>, input: Value) -> Answer<Value> {
        let answer = self.run(Some(seat.to_owned()), name, office, input).await?;
        // Locked while it ran: what it found is not shown any more.
        let (inner, seat, name) = (self.0.clone(), seat.to_owned(), name.to_owned());
        blocking(move || seat::admit(&inner, Some(&seat), &name)).await?;
        Ok(answer)
    }

    async fn run(&self, seat: Option<String>, name: &str, office: Option<&str>, input: Value) -> Answer<Value> {
        let entry = find(name)?;
        let inner = self.0.clone();
        let office = office.filter(|id| !id.is_empty()).map(str::to_owned);
        if office.is_some() {
            let (look, asked) = (inner.clone(), office.clone());
            if blocking(move || Ok(look.sample.is(asked.as_deref()))).await? {
                sample::admit(entry)?;
                if sample::answers(entry) {
                    return blocking(move || sample::run(&inner, seat.as_deref(), entry, input)).await;
                }
            }
        }
        match entry.run {
            Run::Later(run) | Run::LaterNode(run) => {
                let look = inner.clone();
                blocking(move || seat::admit(&look, seat.as_deref(), entry.name)).await?;
                run(inner, office, input).await
            }
            Run::Node(run) => {
                blocking(move || {
                    seat::admit(&inner, seat.as_deref(), entry.name)?;
                    run(&inner, input)
                })
                .await
            }
            Run::Seat(run) => {
                blocking(move || {
                    seat::admit(&inner, seat.as_deref(), entry.name)?;
                    run(&inner, seat.as_deref(), input)
                })
                .await
            }
            Run::Books(run) => {
                blocking(move || {
                    let who = seat::admit(&inner, seat.as_deref(), entry.name)?;
                    let cx = asked(&inner, office.as_deref(), entry, who, &input)?;
                    if entry.kind == Kind::Command && !UNGATED.contains(&entry.name) {
                        cx.must_write()?;
                    }
                    let result = run(&cx, input);
                    if entry.kind == Kind::Command {
                        inner.link.wrote(&result);
                    }
                    result
                })
                .await
            }
        }
    }
}

impl Node {
    /// Lets calls that need the network while this node does not serve, such as `sync.now`, find neighbours without a known
    /// address on the local network. Off until a host says so.
    pub fn look_around(&self, on: bool) {
        self.0.around.store(on, Ordering::Relaxed);
    }

    /// The key of the books, for the greeting of commands.
    pub fn key(&self) -> DatabaseKey {
        self.0.store.key()
    }

    /// Tells where the system keeps the key, so that `key.*` can take it from there and put it back.
    pub fn key_kept_in(&self, place: KeyPlace) {
        *self.0.key_place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }

    /// Ends sessions and the endpoint, and waits a few seconds for what was accepted to be read in; what is not, is read in
    /// when the node serves again.
    pub async fn close(&self) {
        self.shutdown().await;
        let inner = self.0.clone();
        let idle = async {
            // Whoever holds the turn reads in; it comes back here when the reader is done.
            while inner.link.reading_turn().is_none() {
                tokio::time::sleep(READING_LOOKED_AT).await;
            }
        };
        if tokio::time::timeout(READING_ENDS, idle).await.is_err() {
            tracing::info!("what was accepted is read in the next time");
        }
    }
}

/// The context in which an entry is answered on an office's books, for whoever was let in.
pub(crate) fn asked<'a>(
    inner: &'a Arc<Inner>,
    office: Option<&str>,
    entry: &'static Entry,
    who: Arc<Who>,
    input: &Value,
) -> Answer<Cx<'a>> {
    let mut cx = Cx::new(inner, office)?;
    // Totals are made of everything or they are wrong; whoever may not see them was stopped before.
    cx.who = if area_of(entry.name) == Some(Area::Totals) { Arc::default() } else { who };
    cx.call = Call { name: entry.name, keep: input.get("keepMatches") == Some(&Value::Bool(true)) };
    Ok(cx)
}

/// Runs work that waits for the disk where it does not hold up the network.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(ErrorDto::internal("task", &error)))
}

impl Inner {
    /// Whether neighbours may be looked for on the local network.
    pub(crate) fn looks_around(&self) -> bool {
        self.around.load(Ordering::Relaxed)
    }

    pub(crate) fn key_place(&self) -> Option<KeyPlace> {
        self.key_place.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn today(&self) -> Date {
        (self.clock)().0
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    /// Offices whose books this node keeps, in the order in which they came.
    pub(crate) fn offices(&self) -> Answer<Vec<OfficeId>> {
        let local = self.store.local_offices().map_err(store_error)?;
        Ok(local.into_iter().map(|local| local.office).collect())
    }

    fn changed(&self, tags: &std::collections::BTreeSet<String>) {
        self.accounts.changed(tags);
        self.unsealed.changed(tags);
        self.past.changed(tags);
        let mut out: Vec<&str> = Vec::new();
        for tag in tags {
            match tag.as_str() {
                "trust" => out.extend(["office", "join", "sync"]),
                "drafts" => out.push("draft"),
                "settings" => out.push("settings"),
                "log" => out.push("log"),
                "profiles" => out.extend(["profile", "log"]),
                "joins" => out.extend(["join", "office"]),
                "carriers" => out.push("snapshot"),
                "keys" => out.extend(["household", "visit", "concern"]),
                kind if kind.contains('/') => out.extend(tags_of(kind)),
                _ => out.push("sync"),
            }
        }
        self.feed.publish(out);
        self.link.local_change(tags);
    }
}

/// Why books did not open, as a coded error.
pub(crate) fn open_error(error: &OpenError) -> ErrorDto {
    let code = match error {
        OpenError::Missing { .. } => "not_initialised",
        OpenError::Exists { .. } => "already_initialised",
        OpenError::InUse { .. } => "directory_in_use",
        OpenError::WrongKey { .. } => "wrong_key",
        OpenError::NotADatabase { .. } => "not_a_database",
        OpenError::NewerSchema { .. } => "newer_schema",
        OpenError::DiskFull { .. } => "disk_full",
        OpenError::Io { .. } | OpenError::Store(_) => "internal",
    };
    ErrorDto::new(code).with("detail", error)
}

/// A store's failure as a coded error.
pub(crate) fn store_error(error: ybz_store::StoreError) -> ErrorDto {
    match error {
        ybz_store::StoreError::DiskFull => ErrorDto::new("disk_full"),
        ybz_store::StoreError::Cancelled => ErrorDto::new("import_cancelled"),
        ybz_store::StoreError::TicketTaken(_) => ErrorDto::new("ticket_used"),
        // What was looked at is not what stands there now.
        ybz_store::StoreError::Moved(_) => ErrorDto::new("changed_since"),
        other => ErrorDto::internal("store", &other),
    }
}
