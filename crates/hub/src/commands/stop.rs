//! How the system or the person ends a program that goes on.

use std::io;

use ybz_app::ErrorDto;

/// Listens for the wish to stop, from the moment it is made.
pub(super) struct Stop(system::Signals);

impl Stop {
    /// Starts to listen.
    ///
    /// # Errors
    /// `internal` when the system does not let it.
    pub(super) fn listen() -> Result<Self, ErrorDto> {
        let failed = |error: io::Error| ErrorDto::new("internal").with("what", "signal").with("detail", error);
        system::Signals::listen().map(Self).map_err(failed)
    }

    /// Waits until someone wants the program to stop.
    pub(super) async fn wait(&mut self) {
        self.0.wait().await;
    }
}

#[cfg(unix)]
mod system {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) struct Signals([Signal; 3]);

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
            let [interrupt, terminate, hangup] = kinds.map(signal);
            Ok(Self([interrupt?, terminate?, hangup?]))
        }

        pub(super) async fn wait(&mut self) {
            let [interrupt, terminate, hangup] = &mut self.0;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
        }
    }
}

#[cfg(windows)]
mod system {
    use std::io;

    use tokio::signal::windows::{
        CtrlBreak, CtrlC, CtrlClose, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown,
    };

    pub(super) struct Signals(CtrlC, CtrlBreak, CtrlClose, CtrlShutdown);

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self(ctrl_c()?, ctrl_break()?, ctrl_close()?, ctrl_shutdown()?))
        }

        pub(super) async fn wait(&mut self) {
            tokio::select! {
                _ = self.0.recv() => {}
                _ = self.1.recv() => {}
                _ = self.2.recv() => {}
                _ = self.3.recv() => {}
            }
        }
    }
}
