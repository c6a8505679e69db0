//! Joining without a network: the request goes to the inviter in one file, the certificate comes back in another. The rules
//! are those of a session; each file is signed, and closed for the device it is meant for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ybz_domain::envelope::{self, EnvelopeError, EnvelopeKind, EnvelopeSeed};
use ybz_domain::ids::{DeviceId, Serial};
use ybz_domain::sign::{Signed, Statement};
use ybz_domain::trust::{Ticket, paper_code};
use ybz_sync::wire::{GrantPaper, JoinGrant, RequestPaper};

use super::bundle::{file_bytes, file_name};
use super::joining::BY_FILE;
use super::{join, joining};
use crate::ErrorDto;
use crate::cases::org;
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::request::{PaperInput, RequestFile, RequestView};
use crate::dto::snapshot::FileOutput;
use crate::dto::sync::{JoinInput, JoinState};
use crate::error::Answer;
use crate::join_start::{has_joined, prepare};
use crate::node::{Inner, blocking, store_error};

/// Bytes of a request or of a certificate.
const MAX_PAPER: usize = 4 * 1024 * 1024;

/// What the joiner keeps of a request until its certificate comes.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// The ticket, encoded, without its secret.
    ticket: Vec<u8>,
    /// The signed request, encoded: the same ticket makes the same file, and the same digits.
    request: Vec<u8>,
    code: String,
}

fn setting(slot: &Serial) -> String {
    format!("request_file/{slot}")
}

fn kept(node: &Inner, slot: &Serial) -> Answer<Option<Kept>> {
    let value = node.store.setting(&setting(slot)).map_err(store_error)?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

fn encode(value: &impl Serialize) -> Answer<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| ErrorDto::internal("request", &error))
}

fn seal(node: &Inner, kind: EnvelopeKind, to: &DeviceId, bytes: &[u8], name: String) -> Answer<FileOutput> {
    let seed = EnvelopeSeed { ephemeral: node.bytes(), content: node.bytes() };
    let bytes = envelope::close(kind, &[*to], seed, bytes).map_err(|_| ErrorDto::new("ticket_invalid").at("ticket"))?;
    Ok(FileOutput { name, base64: data_encoding::BASE64.encode(&bytes) })
}

fn closed(error: EnvelopeError) -> ErrorDto {
    match error {
        EnvelopeError::Form => ErrorDto::new("paper_not_one"),
        EnvelopeError::Newer => ErrorDto::new("paper_newer"),
        EnvelopeError::Truncated => ErrorDto::new("paper_truncated"),
        EnvelopeError::Foreign => ErrorDto::new("paper_not_for_us"),
        EnvelopeError::Altered | EnvelopeError::Devices(_) | EnvelopeError::TooLarge => ErrorDto::new("paper_altered"),
    }
}

/// Opens a file of a kind for this device: what was signed, with and without the signature.
fn unseal<T: Statement>(node: &Inner, kind: EnvelopeKind, base64: &str) -> Answer<(Signed<T>, T)> {
    let bytes = file_bytes(base64, MAX_PAPER)?;
    let bytes = envelope::open(kind, &node.store.device(), &bytes).map_err(closed)?;
    let altered = || ErrorDto::new("paper_altered");
    let signed: Signed<T> = postcard::from_bytes(&bytes).map_err(|_| altered())?;
    let statement = signed.open().map_err(|_| altered())?;
    Ok((signed, statement))
}

/// `request.make`: takes up a ticket and writes the request into a file. Made again with the same ticket it is the same.
pub(crate) async fn make(node: Arc<Inner>, office: Option<String>, input: JoinInput) -> Answer<RequestFile> {
    let ticket = Ticket::from_text(&input.ticket).map_err(|_| ErrorDto::new("ticket_invalid").at("ticket"))?;
    blocking(move || request(&node, office.as_deref(), ticket, input.name)).await
}

fn request(node: &Arc<Inner>, office: Option<&str>, ticket: Ticket, name: Option<String>) -> Answer<RequestFile> {
    if has_joined(node, office, &ticket)? {
        return Err(ErrorDto::new("already_joined"));
    }
    let device = node.store.device();
    let (ticket, request, _) = prepare(node, office, ticket, name)?;
    let known = kept(node, &ticket.slot)?.filter(|kept| same(kept, &request));
    let Kept { request, code, .. } = match known {
        Some(known) => known,
        None => {
            let signed = Signed::sign(&device, &RequestPaper { inviter: ticket.device, request });
            let code = paper_code(&ticket, &signed.hash());
            let open = Ticket { secret: [0; 16], ..ticket.clone() };
            let fresh = Kept { ticket: encode(&open)?, request: encode(&signed)?, code };
            let value = serde_json::to_value(&fresh).map_err(|error| ErrorDto::internal("request", &error))?;
            node.store.put_setting(&setting(&ticket.slot), &value).map_err(store_error)?;
            fresh
        }
    };
    let superior = ticket.office_name.clone();
    // An attempt over the network would go on saying that nobody answers.
    node.link.end_joining();
    node.link.set_join(Some(JoinState {
        state: BY_FILE.to_owned(),
        code: Some(code.clone()),
        superior: Some(superior.clone()),
        error: None,
    }));
    node.feed.publish(["join", "office"]);
    let own = Cx::new(node, office).map(|cx| cx.office_name()).unwrap_or_default();
    let name = file_name(&[&own, "申请加入", &superior, &node.today().to_string()], "ybzq");
    let file = seal(node, EnvelopeKind::Request, &ticket.device, &request, name)?;
    Ok(RequestFile { file, code, superior })
}

/// The request that was made before asks for the same; only what was drawn for it differs.
fn same(kept: &Kept, now: &ybz_sync::wire::JoinRequest) -> bool {
    let before = postcard::from_bytes::<Signed<RequestPaper>>(&kept.request).ok().and_then(|signed| signed.peek().ok());
    before.is_some_and(|before| ybz_sync::wire::JoinRequest { commitment: now.commitment, ..before.request } == *now)
}

/// `request.open`: reads a request at the inviting office. It waits among the others until a person has compared the digits.
pub(crate) fn open(cx: &Cx<'_>, input: PaperInput) -> Answer<RequestView> {
    org::must_keep(cx)?;
    let (signed, paper) = unseal::<RequestPaper>(cx.node, EnvelopeKind::Request, &input.base64)?;
    let slot = cx.node.store.ticket(&paper.request.slot).map_err(store_error)?;
    let slot = slot.filter(|slot| slot.ticket.office == cx.office && paper.inviter == cx.device().id());
    let slot = slot.ok_or_else(|| ErrorDto::new("ticket_invalid"))?;
    match join::asked_on_paper(cx.node, signed.signer, &paper.request, signed.hash())? {
        Some(grant) => {
            let certificate = Some(certificate(cx, &slot.ticket.slot, signed.signer, *grant)?);
            Ok(RequestView { pending: None, certificate })
        }
        None => {
            let id = format!("{}/{}/", slot.ticket.slot, signed.signer);
            let waits = org::pending(cx)?.into_iter().find(|row| row.by_file && row.id.starts_with(&id));
            Ok(RequestView { pending: waits, certificate: None })
        }
    }
}

/// `request.approve`: the digits were compared; the certificate is issued and given as a file.
pub(crate) fn approve(cx: &Cx<'_>, input: IdInput) -> Answer<FileOutput> {
    let (slot, device) = org::asks(cx, &input.id)?;
    org::approve(cx, input)?;
    let grant = join::granted(cx.node, &slot, device)?;
    certificate(cx, &slot.ticket.slot, device, *grant)
}

fn certificate(cx: &Cx<'_>, slot: &Serial, joiner: DeviceId, grant: JoinGrant) -> Answer<FileOutput> {
    // The office whose device it is: one below the inviter, or the inviter itself.
    let membership = cx.node.store.membership().map_err(store_error)?;
    let offices = membership.offices_of(&joiner);
    let office = offices.iter().map(|(office, _)| *office).find(|office| membership.parent(office) == Some(cx.office));
    let joined = office.map_or_else(
        || cx.office_name(),
        |office| membership.offices.get(&office).map(|view| view.name.clone()).unwrap_or_default(),
    );
    let signed = Signed::sign(&cx.device(), &GrantPaper { slot: *slot, joiner, grant });
    let name = file_name(&[&joined, "证书", &cx.today_text()], "ybzc");
    seal(cx.node, EnvelopeKind::Grant, &joiner, &encode(&signed)?, name)
}

/// `request.take`: keeps the certificate that came for a request of this device; then it has joined.
pub(crate) async fn take(node: Arc<Inner>, _: Option<String>, input: PaperInput) -> Answer<JoinState> {
    blocking(move || {
        let (signed, paper) = unseal::<GrantPaper>(&node, EnvelopeKind::Grant, &input.base64)?;
        let unknown = || ErrorDto::new("certificate_unknown");
        let kept = kept(&node, &paper.slot)?.ok_or_else(unknown)?;
        let ticket: Ticket = postcard::from_bytes(&kept.ticket).map_err(|_| unknown())?;
        if signed.signer != ticket.device || paper.joiner != node.store.device().id() {
            return Err(ErrorDto::new("paper_altered"));
        }
        join::keep_grant(&node, &ticket, &paper.grant)?;
        node.link.set_join(Some(joining::joined(ticket.office_name)));
        node.feed.publish(["join", "office", "sync"]);
        Ok(node.link.join_state())
    })
    .await
}
