//! The offices of this node: overview, and starting one.

use std::collections::BTreeSet;
use std::sync::Arc;

use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Certificate, Charter, Founding, RecoveryKey, tree_id};

use ybz_store::{LocalOffice, SideWrites};

use super::custody;

use crate::ErrorDto;
use crate::cases::frame;
use crate::cx::Cx;
use crate::dto::Nothing;
use crate::dto::node::{InitInput, InitOutput, NodeOverview, OfficeCard, OfficeKindDto};
use crate::error::{Answer, required};
use crate::node::{Inner, store_error};

impl From<OfficeKindDto> for OfficeKind {
    fn from(kind: OfficeKindDto) -> Self {
        match kind {
            OfficeKindDto::OrganizationDepartment => Self::OrganizationDepartment,
            OfficeKindDto::Committee => Self::Committee,
            OfficeKindDto::GeneralBranch => Self::GeneralBranch,
            OfficeKindDto::Branch => Self::Branch,
        }
    }
}

impl From<OfficeKind> for OfficeKindDto {
    fn from(kind: OfficeKind) -> Self {
        match kind {
            OfficeKind::OrganizationDepartment => Self::OrganizationDepartment,
            OfficeKind::Committee => Self::Committee,
            OfficeKind::GeneralBranch => Self::GeneralBranch,
            OfficeKind::Branch => Self::Branch,
        }
    }
}

/// `node.overview`
pub(crate) fn overview(node: &Arc<Inner>, _: Nothing) -> Answer<NodeOverview> {
    let today = node.today();
    let device = node.store.device().id();
    let mut years: BTreeSet<i16> = [today.year()].into();
    let mut offices = Vec::new();
    for office in node.offices()? {
        let cx = Cx::of(node, office)?;
        years.extend(cx.years()?);
        offices.push(card(&cx)?);
    }
    // What is kept for others stands behind this machine's own: whoever has chosen nothing sees that, whatever is taken into custody.
    offices.sort_by_key(|office| office.custody);
    // The sample stands last, so that nothing takes it for the office of this machine.
    if let Some((sample, of)) = node.sample.card()? {
        years.extend(of);
        offices.push(sample);
    }
    Ok(NodeOverview {
        device: device.to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        offices,
        today: today.to_string(),
        clock_plausible: frame::clock_ok(node)?,
        years: years.into_iter().collect(),
    })
}

/// An office as the overview tells it.
pub(crate) fn card(cx: &Cx<'_>) -> Answer<OfficeCard> {
    let device = cx.device().id();
    let certificate = cx.membership().certificate(&cx.office, &device);
    Ok(OfficeCard {
        id: cx.office.to_string(),
        name: cx.office_name(),
        kind: cx.kind().into(),
        role: certificate.map_or("viewer", |known| known.role.as_str()).to_owned(),
        custody: cx.in_custody(),
        own_books: certificate.is_some_and(Certificate::reads_own),
        superior: cx.superior_name(),
        tree: cx.tree().map(|tree| tree.to_string()),
        region: cx.founding()?.and_then(|founding| founding.region),
        sample: false,
    })
}

/// Region code: 12 digits, 6 (GB/T 2260) + 3 (GB/T 10114) + 3.
fn region(text: Option<&str>) -> Answer<Option<String>> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(code) if code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(code.to_owned())),
        Some(code) => Err(ErrorDto::new("invalid_input").at("region").with("value", code)),
    }
}

/// `office.init`: an office records from its first minute, before it has joined anything. An organization department
/// founds a tree; its recovery words are shown once and not stored.
pub(crate) fn init(node: &Arc<Inner>, input: InitInput) -> Answer<InitOutput> {
    let name = required("name", &input.name, 60)?;
    let kind = OfficeKind::from(input.kind);
    if input.custody {
        return custody::found(node, name, kind, region(input.region.as_deref())?, input.superior.as_deref());
    }
    let key = node.store.device();
    let office = OfficeId(node.bytes());
    let founding =
        Founding { office, name: name.clone(), kind, region: region(input.region.as_deref())?, on: node.today() };
    let founding = Signed::sign(&key, &founding);
    let mut words = None;
    let mut charter = None;
    if kind == OfficeKind::OrganizationDepartment {
        if node.store.tree().map_err(store_error)?.is_some() {
            return Err(ErrorDto::new("already_initialised").at("kind"));
        }
        let entropy: [u8; 32] = node.bytes();
        let content = Charter { version: 1, previous: None, office, name, keepers: vec![key.id()], ended: Vec::new() };
        charter = Some(RecoveryKey::from_entropy(&entropy).sign(&content));
        let phrase = bip39::Mnemonic::from_entropy(&entropy).map_err(|error| ErrorDto::internal("words", &error))?;
        words = Some(phrase.words().map(str::to_owned).collect());
    }
    let tree = charter.as_ref().map(tree_id);
    let side = SideWrites {
        tree,
        charters: charter.into_iter().collect(),
        foundings: vec![founding],
        local_offices: vec![LocalOffice { office, joined: node.today() }],
        ..SideWrites::default()
    };
    node.store.commit(node.today(), Vec::new(), side).map_err(store_error)?;
    Ok(InitOutput { office: office.to_string(), recovery_words: words })
}
