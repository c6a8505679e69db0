//! A peer that follows no rule: keys and statements like anybody's, the real wire, and no machine that minds its manners.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use scenarios::Device;
use serde_json::Value;
use tokio::sync::mpsc;
use ybz_domain::accept::{Attestation, ParsedChange};
use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, Incarnation, OfficeId, Serial, TreeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Entry, Founding, Link, Role, Ticket, TicketKind, join_commitment};
use ybz_sync::driver::Raw;
use ybz_sync::wire::{Frame, Hello, HelloData, JoinGrant, JoinRequest, Statements, Versions, join_proof};
use ybz_sync::{Answer, Ask, BindOptions, Connection, Network, Report, Session, run_session};

/// The day of all stories.
pub const TODAY: Date = Date::constant(2026, 3, 20);

/// A node that listens, as a caller sees it.
#[derive(Debug, Clone)]
pub struct Victim {
    pub device: DeviceId,
    pub addresses: Vec<SocketAddr>,
}

impl Victim {
    /// A device that begins to listen.
    pub async fn listening(device: &Device) -> Self {
        let addresses = device.serve().await.iter().map(|text| text.parse().unwrap()).collect();
        let id = device.ok("node.overview", serde_json::json!({})).await["device"].as_str().unwrap().parse().unwrap();
        Self { device: id, addresses }
    }
}

/// See the module's documentation.
pub struct Puppet {
    pub key: DeviceKey,
    pub office: OfficeId,
    pub tree: Option<TreeId>,
    pub incarnation: Incarnation,
    /// What it says of itself in every hello.
    pub says: Statements,
    /// Its log, as it would be if it were honest.
    pub log: Vec<Signed<Entry>>,
    pub network: Network,
}

impl Puppet {
    /// A device with a key of its own, on loopback.
    pub async fn new(number: u8) -> Self {
        Self::with_key(DeviceKey::from_bytes(&[number; 32]), OfficeId([number; 16])).await
    }

    /// A device with this key.
    pub async fn with_key(key: DeviceKey, office: OfficeId) -> Self {
        let listen = Some("127.0.0.1:0".parse().unwrap());
        let options = BindOptions { secret: key.to_bytes(), listen, mdns: false, relay: None };
        Self {
            incarnation: Incarnation(key.id().0[..16].try_into().unwrap()),
            network: Network::bind(options).await.unwrap(),
            office,
            tree: None,
            says: Statements::default(),
            log: Vec::new(),
            key,
        }
    }

    pub fn id(&self) -> DeviceId {
        self.key.id()
    }

    /// A book of its office.
    pub fn book(&self, kind: BookKind) -> BookKey {
        BookKey::new(self.office, kind, 2026)
    }

    /// The actor that it may use in a book.
    pub fn actor(&self, book: &BookKey) -> ActorId {
        ActorId::bind(&self.id(), &book.id(), &self.incarnation)
    }

    /// Vouches for a change.
    pub fn attest(&self, book: BookId, change: &ParsedChange) -> Signed<Attestation> {
        let (seq, hash) = (change.meta.seq, change.meta.hash);
        Signed::sign(&self.key, &Attestation { book, nonce: self.incarnation, seq, hash })
    }

    /// The next entry of its log.
    pub fn issue(&mut self, body: Body) -> Signed<Entry> {
        let last = self.log.last().map(|last| Link::of(last, &last.peek().unwrap()));
        let entry = Entry {
            tree: self.tree,
            office: self.office,
            seq: last.as_ref().map_or(1, |link| link.seq + 1),
            previous: last.map(|link| link.hash()),
            on: TODAY,
            body,
        };
        let signed = Signed::sign(&self.key, &entry);
        self.log.push(signed.clone());
        signed
    }

    /// Takes up an invitation that asks nobody, for an office of its own or as a further device.
    pub async fn join(&mut self, ticket: &Value) -> JoinGrant {
        let ticket = Ticket::from_text(ticket["text"].as_str().unwrap()).unwrap();
        let (report, grant) = self.ask_to_join(&ticket).await;
        assert!(report.outcome.joined, "{report:?}");
        let grant = grant.expect("what was joined was granted");
        if let TicketKind::Device { .. } = ticket.kind {
            self.office = ticket.office;
        }
        self.tree = grant.tree;
        grant
    }

    /// Takes up an invitation, whatever comes of it.
    pub async fn ask_to_join(&self, ticket: &Ticket) -> (Report, Option<JoinGrant>) {
        let nonce = [self.id().0[0]; 32];
        let mut statements = Statements::default();
        let office = match &ticket.kind {
            TicketKind::Office { kind, .. } => {
                statements.foundings.push(self.found(self.office, "示范二村", *kind));
                Some(self.office)
            }
            TicketKind::Device { .. } | TicketKind::Keeper { .. } => None,
        };
        let request = JoinRequest {
            versions: Versions::OURS,
            slot: ticket.slot,
            proof: join_proof(&ticket.slot, &ticket.secret, &ticket.device, &self.id()),
            commitment: join_commitment(&ticket.slot, &self.id(), &nonce),
            office,
            statements,
            holder: None,
            confirm: office.is_none(),
            restored: None,
        };
        let addresses: Vec<SocketAddr> = ticket.addresses.iter().map(|text| text.parse().unwrap()).collect();
        let connection = self.network.dial(ticket.device, &addresses).await.unwrap();
        let granted: Arc<Mutex<Option<JoinGrant>>> = Arc::default();
        let keep = granted.clone();
        let backend = move |ask| {
            std::future::ready(match ask {
                Ask::Joined(grant) => {
                    *keep.lock().unwrap() = Some(*grant);
                    Answer::Done
                }
                _ => Answer::Failed("nothing else".to_owned()),
            })
        };
        let (_open, local) = mpsc::channel(1);
        let session = Session::join(ticket.device, request, nonce);
        let report = run_session(&connection, session, backend, local, |_| {}).await.unwrap();
        let granted = granted.lock().unwrap().take();
        (report, granted)
    }

    /// A founding that it signs.
    pub fn found(&self, office: OfficeId, name: &str, kind: OfficeKind) -> Signed<Founding> {
        Signed::sign(&self.key, &Founding { office, name: name.to_owned(), kind, region: None, on: TODAY })
    }

    /// What it says first.
    pub fn hello(&self) -> HelloData {
        HelloData {
            tree: self.tree,
            statements: self.says.clone(),
            logs: Vec::new(),
            entries: Vec::new(),
            addresses: Vec::new(),
            incarnation: self.incarnation,
            counter: 0,
            seen: Vec::new(),
        }
    }

    /// Calls, and says nothing yet.
    pub async fn dial(&self, victim: &Victim) -> Connection {
        self.network.dial(victim.device, &victim.addresses).await.expect("the victim listens")
    }

    /// Calls and says hello.
    pub async fn call(&self, victim: &Victim) -> Call {
        self.call_saying(victim, self.hello()).await
    }

    /// Calls and says this hello.
    pub async fn call_saying(&self, victim: &Victim, data: HelloData) -> Call {
        let connection = self.dial(victim).await;
        let mut raw = Raw::open(&connection).await.unwrap();
        let hello = Hello { versions: Versions::OURS, live: false, digest: None, data };
        raw.say(Frame::Hello(Box::new(hello))).await;
        Call { raw, told: Told::default() }
    }
}

impl Puppet {
    /// Calls, says hello and hears the one refusal, and nothing beside it.
    pub async fn is_refused(&self, victim: &Victim) -> bool {
        let told = self.farewell(victim).await;
        matches!(told.as_deref(), Some([]))
    }

    /// What a victim tells it before the one refusal: its removal, if it was removed. None when it is not refused.
    pub async fn farewell(&self, victim: &Victim) -> Option<Vec<Signed<Entry>>> {
        let mut call = self.call(victim).await;
        let refused = call.until(|frame| !matches!(frame, Frame::Statements(_))).await
            && matches!(call.told.frames.last(), Some(Frame::Refused(_)));
        call.raw.finish();
        let over = !call.until(|_| true).await;
        let told = call.told.frames.iter().filter_map(|frame| match frame {
            Frame::Statements(statements) => Some(statements.entries.clone()),
            _ => None,
        });
        (refused && over).then(|| told.flatten().collect())
    }
}

/// A device's certificate.
pub fn enrol(device: DeviceId, role: Role) -> Body {
    let serial = Serial(device.0[..16].try_into().unwrap());
    Body::Enrol { serial, device, role, hub: false, confirmed: true, holder: None }
}

/// The end of it.
pub fn remove(device: DeviceId, cut: Vec<(BookId, ActorId, u64, ChangeHash)>) -> Body {
    Body::Remove { serial: Serial(device.0[..16].try_into().unwrap()), cut, last: None }
}

/// A session in which the puppet speaks, and what it was told.
pub struct Call {
    pub raw: Raw,
    pub told: Told,
}

/// What a victim said.
#[derive(Debug, Default)]
pub struct Told {
    pub frames: Vec<Frame>,
    /// It hung up.
    pub gone: bool,
}

impl Call {
    /// Hears until a frame is as wanted or the victim hangs up; tells whether it came.
    pub async fn until(&mut self, wanted: impl Fn(&Frame) -> bool) -> bool {
        loop {
            let Some(frame) = self.raw.hear().await else {
                self.told.gone = true;
                return false;
            };
            let found = wanted(&frame);
            self.told.frames.push(frame);
            if found {
                return true;
            }
        }
    }

    /// Hears everything until the victim hangs up, which it does at once: who only stops talking is left after 30 seconds.
    pub async fn ended(mut self) -> Told {
        let ended = tokio::time::timeout(std::time::Duration::from_secs(25), self.until(|_| false)).await;
        assert!(ended.is_ok(), "the victim waits for more: {:?}", self.told);
        self.told
    }
}
