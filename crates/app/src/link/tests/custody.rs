//! A village's books in one file, from inside: what a cut-off taking over leaves, and how the same file goes on.

use serde_json::json;
use ybz_domain::ids::OfficeId;
use ybz_domain::parcel;
use ybz_sync::bundle::{self, Manifest, Packer};
use ybz_sync::wire::Frame;

use super::*;
use crate::cases::custody::{self, Parcel};
use crate::cases::household;
use crate::dto::custody::{HandBack, HandBackInput, TakeOverInput};

const CODE: &str = "0123-4567-89AB-CDEF-GHJK";

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// A street that keeps a village with one household, and the file for the village.
fn handed() -> (Place, OfficeId, HandBack) {
    let department = start("县委组织部", "organization-department");
    let street = start("河东街道", "committee");
    adopt(&department, &street, "河东街道", "committee");
    let above = cx(&street).office;
    let input = json!({"name": "示范二村", "kind": "branch", "custody": true});
    let made = office::init(&street.inner, serde_json::from_value(input).unwrap()).unwrap();
    let village: OfficeId = made.office.parse().unwrap();
    let at = Cx::of(&street.inner, village).unwrap();
    household::save(&at, serde_json::from_value(json!({"name": "钱乙二", "door": "3-1"})).unwrap()).unwrap();
    let file =
        custody::hand_back(&Cx::of(&street.inner, above).unwrap(), HandBackInput { office: made.office }).unwrap();
    (street, village, file)
}

fn opened(file: &HandBack) -> Parcel {
    let bytes = data_encoding::BASE64.decode(file.file.base64.as_bytes()).unwrap();
    postcard::from_bytes(&parcel::open(&file.code, &bytes).unwrap()).unwrap()
}

/// The same file with other frames, signed by a device.
fn with(street: &Place, parcel: &Parcel, keeps: impl Fn(&Frame) -> bool) -> String {
    let (_, manifest, frames) = bundle::read(&parcel.bundle).unwrap();
    let mut packer = Packer::default();
    for frame in frames.map(Result::unwrap).filter(|frame| !matches!(frame, Frame::Sent) && keeps(frame)) {
        packer.push(frame).unwrap();
    }
    let key = street.inner.store.device();
    let bundle = packer.sign(&key, |frames| Manifest { frames, ..manifest.clone() }).unwrap();
    let content = postcard::to_stdvec(&Parcel { carrier: parcel.carrier, bundle, addresses: Vec::new() }).unwrap();
    data_encoding::BASE64.encode(&parcel::close(CODE, [3; 24], &content).unwrap())
}

fn take(place: &Place, base64: String, code: &str) -> Result<String, String> {
    let input = TakeOverInput { base64, code: code.to_owned(), holder: String::new() };
    wait(custody::take_over(place.inner.clone(), None, input)).map(|taken| taken.office).map_err(|error| error.code)
}

#[test]
fn what_was_cut_off_is_no_office_here_and_the_same_file_goes_on() {
    let (street, village, file) = handed();
    let whole = opened(&file);
    let computer = place();
    // Half of it is here as after a crash: place and statements, and not every book.
    let half = with(&street, &whole, |frame| !matches!(frame, Frame::Changes(_) | Frame::Keys(_)));
    assert_eq!(take(&computer, half, CODE).unwrap_err(), "custody_incomplete");
    assert!(computer.inner.offices().unwrap().is_empty(), "nothing of it is shown");
    let mine = computer.inner.store.device().id();
    let before = computer.inner.store.membership().unwrap();
    assert!(before.certificate(&village, &mine).is_some_and(|known| known.reads_own()));

    assert_eq!(take(&computer, file.file.base64.clone(), &file.code), Ok(village.to_string()));
    let at = Cx::of(&computer.inner, village).unwrap();
    assert_eq!(household::list(&at, Default::default()).unwrap().rows[0].name, "钱乙二");
    let after = computer.inner.store.membership().unwrap();
    let devices = |membership: &ybz_domain::trust::Membership| membership.offices[&village].devices.len();
    assert_eq!(devices(&before), devices(&after), "its place was given once");
    assert!(after.forked.is_empty());
}

#[test]
fn a_file_of_somebody_who_did_not_keep_the_books_gives_no_place() {
    let (street, village, file) = handed();
    let whole = opened(&file);
    let stranger = start("别村", "branch");
    let computer = place();
    let forged = with(&stranger, &whole, |_| true);
    assert_eq!(take(&computer, forged, CODE).unwrap_err(), "custody_altered");
    // Another key than the one that was certified opens no office.
    let other = Parcel { carrier: [9; 32], ..opened(&file) };
    let forged = with(&street, &other, |_| true);
    assert_eq!(take(&computer, forged, CODE).unwrap_err(), "custody_altered");
    assert!(computer.inner.store.tree().unwrap().is_none(), "nothing was kept");
    let _ = village;
}

#[test]
fn the_file_names_no_sibling_of_the_village_and_holds_nothing_of_the_streets_own() {
    let (street, _, file) = handed();
    let above = cx(&street).office;
    let parcel = opened(&file);
    let frames: Vec<Frame> = bundle::read(&parcel.bundle).unwrap().2.map(Result::unwrap).collect();
    let Some(Frame::Listing(listing)) = frames.get(1) else { panic!("a listing") };
    assert!(!listing.books.is_empty());
    assert!(listing.books.iter().all(|entry| entry.key.office != above), "no book of the street");
}
