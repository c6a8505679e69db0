//! Opening: who are you, and may you be here? Until a peer has proved its place it gets one uniform refusal.

use ybz_domain::sign::Signed;
use ybz_domain::trust::{Link, Withheld};

use crate::catalog::{Catalog, Digest};
use crate::machine::{Admission, Ask, CatalogFor, Pending, Phase, Progress, Purpose, Reason, Session, Side};
use crate::wire::{Frame, Hello, HelloData, Statements, Versions};

impl Session {
    pub(super) fn start(&mut self) {
        if self.phase != Phase::Fresh {
            return;
        }
        self.phase = Phase::Opening;
        match (self.side, &self.purpose) {
            (Side::Acceptor, _) => {}
            (Side::Dialer, Purpose::Sync { .. }) => {
                self.ask(Pending::OwnHello, Ask::Hello { peer: self.peer, theirs: None });
            }
            (Side::Dialer, Purpose::Join(request, _)) => {
                let request = request.clone();
                self.phase = Phase::Joining;
                self.send(Frame::Join(request));
            }
        }
    }

    fn wants_live(&self) -> bool {
        matches!(self.purpose, Purpose::Sync { live: true })
    }

    /// Says statements that were not said in this session yet.
    pub(super) fn tell(&mut self, statements: Statements) {
        let Statements { mut charters, mut foundings, mut entries, mut withheld } = statements;
        charters.retain(|signed| self.told.insert(signed.hash()));
        foundings.retain(|signed| self.told.insert(signed.hash()));
        entries.retain(|signed| self.told.insert(signed.hash()));
        withheld.retain(|run| run.links().iter().map(Link::hash).filter(|link| self.told.insert(*link)).count() > 0);
        let new = Statements { charters, foundings, entries, withheld };
        if !new.is_empty() {
            self.send(Frame::Statements(Box::new(new)));
        }
    }

    /// Remembers what a hello says.
    fn note_told(&mut self, statements: &Statements) {
        self.told.extend(statements.charters.iter().map(Signed::hash));
        self.told.extend(statements.foundings.iter().map(Signed::hash));
        self.told.extend(statements.entries.iter().map(Signed::hash));
        self.told.extend(statements.withheld.iter().flat_map(Withheld::links).map(|link| link.hash()));
    }

    /// The dialer's hello is ready.
    pub(super) fn said_hello(&mut self, data: HelloData, digest: Option<Digest>) {
        self.note_told(&data.statements);
        self.send(Frame::Hello(Box::new(Hello { versions: Versions::OURS, live: self.wants_live(), digest, data })));
    }

    pub(super) fn opening_frame(&mut self, frame: Frame) {
        match (self.side, frame) {
            (_, Frame::Hello(hello)) => self.on_hello(*hello),
            (Side::Acceptor, Frame::Join(request)) => self.on_join(request),
            // Before it refuses, a neighbour may show what ended this side's place.
            (Side::Dialer, Frame::Statements(statements)) => self.ask(Pending::Learn, Ask::Learn(statements)),
            (Side::Dialer, Frame::Refused(versions)) => self.refused(versions),
            (_, frame) => self.violation(format!("a {} before hello", frame.name())),
        }
    }

    fn on_hello(&mut self, hello: Hello) {
        if Versions::OURS.common(hello.versions).is_none() {
            return self.refuse(Reason::Version(hello.versions));
        }
        self.live = hello.live && self.wants_live();
        let pending = Pending::Admit { theirs: Box::new(hello.data.clone()), digest: hello.digest };
        self.ask(pending, Ask::Admit { peer: self.peer, hello: Box::new(hello.data) });
    }

    /// The refusal says the same whatever the reason.
    pub(super) fn refuse(&mut self, reason: Reason) {
        if self.side == Side::Acceptor {
            self.send(Frame::Refused(Versions::OURS));
        }
        self.end(reason);
    }

    /// A peer whose place was ended is shown what ended it, and refused like anybody.
    pub(super) fn farewell(&mut self, statements: Statements) {
        if self.side == Side::Acceptor {
            self.tell(statements);
        }
        self.refuse(Reason::NotAdmitted);
    }

    /// The peer refused.
    pub(super) fn refused(&mut self, versions: Versions) {
        let reason = match Versions::OURS.common(versions) {
            Some(_) => Reason::Refused,
            None => Reason::Version(versions),
        };
        self.end(reason);
    }

    pub(super) fn admitted(&mut self, theirs: Box<HelloData>, digest: Option<Digest>, admission: Option<Admission>) {
        let Some(admission) = admission else { return self.refuse(Reason::NotAdmitted) };
        self.confirmed = admission.confirmed;
        match self.side {
            Side::Acceptor => {
                // What the peer lacks is part of the hello that answers its own.
                self.ask(Pending::AnswerHello { digest }, Ask::Hello { peer: self.peer, theirs: Some(theirs) });
            }
            Side::Dialer => {
                self.phase = Phase::Running;
                self.progress(Progress::Admitted);
                self.tell(admission.statements);
                self.round.begin();
                self.ask(Pending::Catalog(CatalogFor::Opening), Ask::Catalog);
            }
        }
    }

    /// The acceptor's hello is ready; its catalog comes next, so that hello and the answer to the digest go together.
    pub(super) fn answered_hello(&mut self, data: Box<HelloData>, digest: Option<Digest>) {
        self.ask(Pending::Catalog(CatalogFor::Hello(data, digest)), Ask::Catalog);
    }

    pub(super) fn catalog_known(&mut self, purpose: CatalogFor, catalog: Catalog) {
        if !self.load_catalog(catalog) {
            return;
        }
        match purpose {
            CatalogFor::Opening => {}
            CatalogFor::Summary => self.send(Frame::Summary(self.round.digest)),
            CatalogFor::Answer(theirs) => self.answer_summary(Some(theirs)),
            CatalogFor::Hello(data, theirs) => {
                self.note_told(&data.statements);
                let hello = Hello { versions: Versions::OURS, live: self.wants_live(), digest: None, data: *data };
                self.send(Frame::Hello(Box::new(hello)));
                self.phase = Phase::Running;
                self.progress(Progress::Admitted);
                self.answer_summary(theirs);
            }
        }
    }
}
