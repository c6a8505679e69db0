//! Joining without a network: what a joiner asks and an inviter answers, each signed, because no connection proves who
//! speaks. Both travel in envelopes (`ybz_domain::envelope`) that only the other one opens.

use serde::{Deserialize, Serialize};
use ybz_domain::ids::{DeviceId, Serial};
use ybz_domain::sign::Statement;

use crate::wire::frame::{JoinGrant, JoinRequest};

/// A joiner's request, signed by its device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPaper {
    /// The device that it is meant for.
    pub inviter: DeviceId,
    /// As it would be said in a session.
    pub request: JoinRequest,
}

impl Statement for RequestPaper {
    const TAG: &'static str = "ybz request paper 1";
}

/// The answer, signed by the inviter's device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantPaper {
    /// The ticket's slot.
    pub slot: Serial,
    /// The device that joins.
    pub joiner: DeviceId,
    /// As it would be said in a session.
    pub grant: JoinGrant,
}

impl Statement for GrantPaper {
    const TAG: &'static str = "ybz grant paper 1";
}
