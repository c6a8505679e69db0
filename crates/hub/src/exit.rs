//! How a command ends, as scripts see it.

/// Exit code of a command. Usage errors end with 2 before a command starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The work is done.
    Done,
    /// The work failed; a coded error says why.
    Failed,
    /// `sync`: the superior has not receipted everything.
    NotDelivered,
    /// `doctor`, `snapshot verify`: something does not hold.
    NotSound,
    /// Stopped by the person while waiting.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::NotDelivered => 3,
            Self::NotSound => 4,
            Self::Interrupted => 130,
        }
    }
}
