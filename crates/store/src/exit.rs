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

/// Lets a process that ends in the ordinary way pass over SQLCipher's handlers as well, where the system tells its code. To
/// be called when SQLCipher stands: the last handler that was left is the first to be called.
///
/// The programs of this product end with [`end_process`]; this is for every other one, a test for instance, whose
/// background threads outlast `main`.
pub(crate) fn pass_over_handlers() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(handler::leave);
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the C library's own call for a handler that is told the exit code; no crate wraps it")]
mod handler {
    use std::ffi::{c_int, c_void};

    unsafe extern "C" {
        // on_exit(3). What it answers, whether there was room, changes nothing for the caller.
        fn on_exit(handler: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }

    extern "C" fn end(code: c_int, _: *mut c_void) {
        signal_hook::low_level::exit(code)
    }

    pub(super) fn leave() {
        // SAFETY: the handler is a function of this program that uses no argument, and no program text is ever unloaded.
        unsafe {
            on_exit(end, std::ptr::null_mut());
        }
    }
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
