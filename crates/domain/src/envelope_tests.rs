use super::*;

fn device(byte: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[byte; 32])
}

fn closed(devices: &[u8], content: &[u8]) -> Vec<u8> {
    let devices: Vec<DeviceId> = devices.iter().map(|byte| device(*byte).id()).collect();
    let seed = EnvelopeSeed { ephemeral: [7; 32], content: [8; 32] };
    close(EnvelopeKind::Bundle, &devices, seed, content).unwrap()
}

#[test]
fn each_device_it_is_for_opens_it_and_no_other() {
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
        let content: Vec<u8> = (0..length).map(|n| n as u8).collect();
        let bytes = closed(&[1, 2], &content);
        assert_eq!(open(EnvelopeKind::Bundle, &device(1), &bytes).unwrap(), content, "{length} bytes");
        assert_eq!(open(EnvelopeKind::Bundle, &device(2), &bytes).unwrap(), content);
        assert_eq!(open(EnvelopeKind::Bundle, &device(3), &bytes), Err(EnvelopeError::Foreign));
    }
    let bytes = closed(&[1], b"content");
    assert_eq!(open(EnvelopeKind::Request, &device(1), &bytes), Err(EnvelopeError::Form), "each kind is its own");
}

#[test]
fn no_byte_is_altered_and_nothing_is_cut_off_unseen() {
    let bytes = closed(&[1, 2], &[9; 300]);
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x41;
        assert!(open(EnvelopeKind::Bundle, &device(1), &altered).is_err(), "byte {at}");
        let cut = open(EnvelopeKind::Bundle, &device(1), &bytes[..at]).unwrap_err();
        assert!(matches!(cut, EnvelopeError::Truncated | EnvelopeError::Altered), "cut at {at}: {cut}");
    }
    let long = closed(&[1], &vec![9; 3 * PIECE]);
    let whole = long.len();
    for gone in [PIECE + TAG, 2 * (PIECE + TAG), 3 * (PIECE + TAG)] {
        let cut = open(EnvelopeKind::Bundle, &device(1), &long[..whole - gone]);
        assert_eq!(cut, Err(EnvelopeError::Truncated), "a cut between pieces shows");
    }
    let mut swapped = long.clone();
    let first = whole - 3 * (PIECE + TAG);
    let (a, b) = swapped[first..].split_at_mut(PIECE + TAG);
    a.swap_with_slice(&mut b[..PIECE + TAG]);
    assert_eq!(open(EnvelopeKind::Bundle, &device(1), &swapped), Err(EnvelopeError::Altered));
    let mut more = bytes.clone();
    more.push(0);
    assert!(open(EnvelopeKind::Bundle, &device(1), &more).is_err(), "nothing trails it");
}

#[test]
fn its_form_is_frozen() {
    let bytes = closed(&[1, 2], b"a bundle of version 1");
    let hash = blake3::hash(&bytes).to_hex();
    assert_eq!(
        (bytes.len(), hash.as_str()),
        (HEAD + 2 * SLOT + CHECK + 21 + TAG, GOLDEN),
        "version 1 is read for ever"
    );
    assert_eq!(&bytes[..5], b"ybzb\x01");
    let mut newer = bytes.clone();
    newer[4] = 2;
    assert_eq!(open(EnvelopeKind::Bundle, &device(1), &newer), Err(EnvelopeError::Newer));
}

const GOLDEN: &str = "348c197b7e9dbe5c7490fd11177b62c63a789c241d7091e524762c29e220114c";

#[test]
fn it_names_nobody_and_is_for_some_device() {
    let bytes = closed(&[1], b"content");
    let id = device(1).id();
    assert!(!bytes.windows(32).any(|window| window == id.as_bytes()), "who opens it cannot be seen");
    let seed = || EnvelopeSeed { ephemeral: [7; 32], content: [8; 32] };
    assert_eq!(close(EnvelopeKind::Bundle, &[], seed(), b""), Err(EnvelopeError::Devices(0)));
    let many = vec![id; MAX_DEVICES + 1];
    assert_eq!(close(EnvelopeKind::Bundle, &many, seed(), b""), Err(EnvelopeError::Devices(MAX_DEVICES + 1)));
    for weak in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        let refused = close(EnvelopeKind::Bundle, &[DeviceId(weak)], seed(), b"");
        assert_eq!(refused, Err(EnvelopeError::Devices(1)), "a key that agrees with everybody is no device");
    }
}
