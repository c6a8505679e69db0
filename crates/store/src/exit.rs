//! How a process that used SQLCipher ends.
//!
//! OpenSSL and SQLCipher both leave handlers with the system that free their memory when the process ends, and neither
//! waits for threads that are still inside: those would go on in freed memory, and the process would end with a corrupted
//! heap instead of its exit code.

use std::io::Write;

/// Starts OpenSSL without its handler. To be called before anything else uses it: who comes first decides.
pub(crate) fn begin() {
    openssl_sys::init();
}

/// Ends the process at once with an exit code, past all handlers, after what was printed is written. SQLCipher offers no way
/// to leave its handlers out.
///
/// Threads that still run simply stop. What was acknowledged is on disk, and what was begun is rolled back when the
/// database is opened next, as after a power cut; the caller closes in order whatever deserves it before.
pub fn end_process(code: u8) -> ! {
    // Whoever read is gone; there is nobody to tell.
    let _ = std::io::stdout().lock().flush();
    let _ = std::io::stderr().lock().flush();
    signal_hook::low_level::exit(code.into())
}
