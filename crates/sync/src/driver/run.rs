//! Runs one session on one connection: reads when the machine wants a frame and there is credit, answers asks side by
//! side, writes in order, and ends a session that makes no progress.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use iroh::endpoint::{RecvStream, SendStream};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinSet;

use crate::driver::stream::{Body, ReadError, read_frame};
use crate::driver::{Connection, Traffic};
use crate::machine::{Answer, Ask, AskId, Effect, Event, Local, Outcome, Progress, Reason, Session, Side};
use crate::wire::Codec;

/// A session in which the peer owes something and nothing moves for this long is ended.
const STALLED: Duration = Duration::from_secs(30);
/// The application answers within this time, unless a person is asked; else the session is ended, so that it does not
/// hold its connection and its credit for ever.
const ANSWERING: Duration = Duration::from_secs(300);
/// A caller opens its stream within this time.
const OPENING: Duration = Duration::from_secs(10);
/// Time for the last bytes to go out.
const CLOSING: Duration = Duration::from_secs(3);

/// A connection on which no session began.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// The stream did not open.
    #[error("the peer opened no session: {0}")]
    NoStream(String),
}

/// How a session went.
#[derive(Debug, Clone)]
pub struct Report {
    /// Why it ended.
    pub reason: Reason,
    /// What it brought about.
    pub outcome: Outcome,
    /// Bytes on the wire, both ways.
    pub traffic: Traffic,
}

type Reading = Pin<Box<dyn Future<Output = (RecvStream, Result<Body, ReadError>)> + Send>>;

/// Runs a session to its end. `backend` answers asks; it is called in order, and its futures run side by side. `local`
/// brings changes at this side; its end stops nothing. `watch` sees how far the session is.
pub async fn run_session<B, F, W>(
    connection: &Connection,
    mut session: Session,
    backend: B,
    mut local: mpsc::Receiver<Local>,
    mut watch: W,
) -> Result<Report, DriverError>
where
    B: Fn(Ask) -> F,
    F: Future<Output = Answer> + Send + 'static,
    W: FnMut(Progress),
{
    let (send, receive) = open(connection).await?;
    let (frames, queue) = mpsc::unbounded_channel();
    let (written, mut writings) = mpsc::unbounded_channel();
    let writer = tokio::spawn(write(send, queue, written));
    let mut wire = Wire { codec: Codec::default(), frames, asks: JoinSet::new(), waits: JoinSet::new() };
    let mut stream = Some(receive);
    let mut reading: Option<Reading> = None;
    let mut held: Option<OwnedSemaphorePermit> = None;
    let mut local_open = true;
    let mut event = Event::Started;
    let reason = loop {
        let effects = session.handle(event);
        if let Some(reason) = wire.carry_out(effects, &backend, &mut watch) {
            break reason;
        }
        settle_credit(&mut held, session.backlog());
        if reading.is_none()
            && session.wants_frame()
            && let Some(stream) = stream.take()
        {
            reading = Some(Box::pin(read_frame(stream, session.max_frame(), Arc::clone(&connection.credit))));
        }
        event = tokio::select! {
            biased;
            Some(joined) = wire.asks.join_next() => answered(joined),
            Some(joined) = wire.waits.join_next() => answered(joined),
            Some(bytes) = writings.recv() => Event::Written(bytes),
            (back, result) = next(&mut reading) => {
                reading = None;
                match result {
                    Ok(Body { header, bytes, credit }) => {
                        stream = Some(back);
                        let frame = wire.codec.decode(header, &bytes);
                        merge(&mut held, credit);
                        match frame {
                            Ok(frame) => Event::Frame(frame),
                            Err(error) => Event::Garbled(error.to_string()),
                        }
                    }
                    Err(ReadError::Wire(error)) => Event::Garbled(error.to_string()),
                    Err(error) => {
                        tracing::debug!(peer = %connection.peer(), %error, "the session is cut");
                        Event::Cut
                    }
                }
            }
            change = local.recv(), if local_open => match change {
                Some(change) => Event::Local(change),
                None => { local_open = false; Event::Written(0) }
            },
            () = tokio::time::sleep(STALLED), if session.awaits_peer() => Event::Cut,
        };
    };
    // What is being stored is stored; what waits for a person is given up.
    wire.asks.detach_all();
    drop(held);
    let Wire { frames, .. } = wire;
    drop(frames);
    close(connection, writer, stream, reading, &reason).await;
    Ok(Report { reason, outcome: session.outcome(), traffic: connection.traffic() })
}

struct Wire {
    codec: Codec,
    frames: mpsc::UnboundedSender<(Vec<u8>, usize)>,
    asks: JoinSet<(AskId, Answer)>,
    waits: JoinSet<(AskId, Answer)>,
}

impl Wire {
    fn carry_out<B, F, W>(&mut self, effects: Vec<Effect>, backend: &B, watch: &mut W) -> Option<Reason>
    where
        B: Fn(Ask) -> F,
        F: Future<Output = Answer> + Send + 'static,
        W: FnMut(Progress),
    {
        for effect in effects {
            match effect {
                Effect::Send(frame) => {
                    let weight = frame.weight();
                    match self.codec.encode(frame) {
                        // Without a reader the connection is gone, and reading says so.
                        Ok(encoded) => _ = self.frames.send((encoded.bytes, weight)),
                        Err(error) => return Some(Reason::Failed(error.to_string())),
                    }
                }
                Effect::Ask(id, ask) => {
                    let patient = matches!(ask, Ask::JoinDecision { .. });
                    let answer = backend(ask);
                    if patient {
                        self.waits.spawn(async move { (id, answer.await) })
                    } else {
                        self.asks.spawn(async move { (id, in_time(answer).await) })
                    };
                }
                Effect::Progress(progress) => watch(progress),
                Effect::End(reason) => return Some(reason),
            }
        }
        None
    }
}

async fn in_time(answer: impl Future<Output = Answer>) -> Answer {
    let late = |_| Answer::Failed("the application does not answer".to_owned());
    tokio::time::timeout(ANSWERING, answer).await.unwrap_or_else(late)
}

fn answered(joined: Result<(AskId, Answer), tokio::task::JoinError>) -> Event {
    match joined {
        Ok((id, answer)) => Event::Answer(id, answer),
        Err(error) => {
            tracing::error!(%error, "an answer was not given");
            Event::Cut
        }
    }
}

async fn next(reading: &mut Option<Reading>) -> (RecvStream, Result<Body, ReadError>) {
    match reading {
        Some(reading) => reading.await,
        None => std::future::pending().await,
    }
}

fn merge(held: &mut Option<OwnedSemaphorePermit>, credit: OwnedSemaphorePermit) {
    match held {
        Some(held) => held.merge(credit),
        None => *held = Some(credit),
    }
}

/// Keeps credit for what is not judged yet and gives the rest back.
fn settle_credit(held: &mut Option<OwnedSemaphorePermit>, backlog: usize) {
    if backlog == 0 {
        *held = None;
    } else if let Some(permit) = held {
        let spare = permit.num_permits().saturating_sub(backlog);
        drop(permit.split(spare));
    }
}

pub(super) async fn open(connection: &Connection) -> Result<(SendStream, RecvStream), DriverError> {
    let none = |why: String| DriverError::NoStream(why);
    let opened = async {
        match connection.side {
            Side::Dialer => connection.inner.open_bi().await,
            Side::Acceptor => connection.inner.accept_bi().await,
        }
    };
    let opened = tokio::time::timeout(OPENING, opened).await;
    opened.map_err(|_| none("no answer".to_owned()))?.map_err(|error| none(error.to_string()))
}

async fn write(
    mut stream: SendStream,
    mut queue: mpsc::UnboundedReceiver<(Vec<u8>, usize)>,
    written: mpsc::UnboundedSender<usize>,
) -> Option<SendStream> {
    while let Some((bytes, weight)) = queue.recv().await {
        let (mut bytes, mut weight) = (bytes, weight);
        // Small frames that wait together go together.
        while let Ok((more, more_weight)) = queue.try_recv() {
            bytes.extend_from_slice(&more);
            weight += more_weight;
        }
        stream.write_all(&bytes).await.ok()?;
        // The session may be over.
        let _ = written.send(weight);
    }
    stream.finish().ok()?;
    Some(stream)
}

/// Lets the last bytes out. An end finishes its stream when its session is over, so whoever reads the peer's end of
/// stream knows that nothing of its own is still needed there, and closes.
async fn close(
    connection: &Connection,
    writer: tokio::task::JoinHandle<Option<SendStream>>,
    stream: Option<RecvStream>,
    reading: Option<Reading>,
    reason: &Reason,
) {
    let orderly = async {
        // The stream is kept until the end: dropped, it would be reset.
        let _sent = writer.await;
        if matches!(reason, Reason::Cut | Reason::Failed(_) | Reason::Stopped | Reason::Violation(_)) {
            return;
        }
        let stream = match reading {
            Some(reading) => match reading.await {
                (stream, Ok(_)) => Some(stream),
                (_, Err(_)) => None,
            },
            None => stream,
        };
        if let Some(mut stream) = stream {
            // At most what a peer may still have sent before it knew.
            let _ = stream.read_to_end(crate::limits::MAX_FRAME).await;
        }
    };
    let _ = tokio::time::timeout(CLOSING, orderly).await;
    connection.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::Semaphore;

    #[tokio::test(start_paused = true)]
    async fn an_application_that_never_answers_ends_the_session() {
        assert_eq!(in_time(async { Answer::Done }).await, Answer::Done);
        let slow = async {
            tokio::time::sleep(ANSWERING / 2).await;
            Answer::Done
        };
        assert_eq!(in_time(slow).await, Answer::Done);
        assert!(matches!(in_time(std::future::pending()).await, Answer::Failed(_)));
    }

    #[test]
    fn credit_is_kept_for_what_is_not_judged_and_given_back_with_it() {
        let pool = Arc::new(Semaphore::new(1_000));
        let take = |count| Arc::clone(&pool).try_acquire_many_owned(count).unwrap();
        let mut held = None;
        merge(&mut held, take(600));
        settle_credit(&mut held, 150);
        assert_eq!(pool.available_permits(), 850, "a frame holds what it turned out to be");
        merge(&mut held, take(300));
        settle_credit(&mut held, 450);
        assert_eq!(pool.available_permits(), 550);
        settle_credit(&mut held, 0);
        assert_eq!(pool.available_permits(), 1_000);
    }
}
