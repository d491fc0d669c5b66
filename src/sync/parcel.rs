//! Several frames in one body, for networks on which messages travel by plain HTTP:
//! each frame after its length.

use super::protocol::{Reader, Writer};

/// Puts one more frame into a parcel.
pub fn put(parcel: &mut Vec<u8>, frame: &[u8]) {
    let mut writer = Writer(std::mem::take(parcel));
    writer.bytes(frame);
    *parcel = writer.0;
}

/// The first frame of a parcel and what follows it; nothing where there is none, or
/// only a part of one.
pub fn first(parcel: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = Reader(parcel);
    let frame = reader.slice()?;
    Some((frame, reader.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn frames_come_out_whole_and_in_order(frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..9)) {
            let mut parcel = Vec::new();
            frames.iter().for_each(|frame| put(&mut parcel, frame));
            let mut left = parcel.as_slice();
            for frame in frames {
                let (found, rest) = first(left).unwrap();
                prop_assert_eq!(found, frame.as_slice());
                left = rest;
            }
            prop_assert!(first(left).is_none());
        }

        #[test]
        fn any_bytes_are_a_parcel_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut left = bytes.as_slice();
            while let Some((_, rest)) = first(left) {
                prop_assert!(rest.len() < left.len());
                left = rest;
            }
        }
    }
}
