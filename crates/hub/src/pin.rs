//! PINs: from the variable `YBZ_PIN`, else the first line of standard input. Never from the command line, which others see.

use std::io::BufRead;

use ybz_app::ErrorDto;

/// Reads a PIN.
///
/// # Errors
/// `required` at `pin`.
pub(crate) fn read() -> Result<String, ErrorDto> {
    let set = std::env::var("YBZ_PIN").ok().filter(|pin| !pin.is_empty());
    let pin = match set {
        Some(pin) => pin,
        None => {
            crate::print::note("PIN: ");
            let mut line = String::new();
            let read = std::io::stdin().lock().read_line(&mut line);
            read.map_err(|_| ErrorDto::new("required").at("pin"))?;
            line
        }
    };
    let pin = pin.trim();
    if pin.is_empty() { Err(ErrorDto::new("required").at("pin")) } else { Ok(pin.to_owned()) }
}
