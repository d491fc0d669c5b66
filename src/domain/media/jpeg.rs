//! A photo as nothing but a picture. What cameras write beside it (where and when it
//! was taken, with what, a small copy of the whole) stands in segments of its own, so a
//! photo without them is one that has no other segments than those that draw it.

/// The longest side of a photo, in pixels.
pub const LONGEST_SIDE: u32 = 1600;

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Says how dense the pixels are, and nothing of where and when.
const JFIF: u8 = 0xe0;

/// The same picture without anything beside it; nothing where it is no JPEG, or one of
/// more than so many pixels. A photo that has nothing beside it stays as it is.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = vec![0xff, START];
    let mut left = bytes.strip_prefix(&[0xff, START])?;
    let mut seen = Seen::default();
    loop {
        let marker = match left {
            [0xff, marker, ..] => *marker,
            _ => return None,
        };
        if marker == END {
            plain.extend([0xff, END]);
            // What follows the end is no part of the picture.
            return (seen.size && seen.scan).then_some(plain);
        }
        let length = usize::from(u16::from_be_bytes([*left.get(2)?, *left.get(3)?]));
        let (segment, rest) = left.split_at_checked(2 + length.max(2))?;
        left = rest;
        if draws(marker, segment) {
            seen.see(marker, segment)?;
            plain.extend(segment);
        }
        if marker == SCAN {
            let (scan, rest) = left.split_at(scan_ends(left)?);
            plain.extend(scan);
            left = rest;
        }
    }
}

#[derive(Default)]
struct Seen {
    size: bool,
    scan: bool,
}

impl Seen {
    fn see(&mut self, marker: u8, segment: &[u8]) -> Option<()> {
        match marker {
            0xc0..=0xc2 => {
                let side = |at: usize| Some(u32::from(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?])));
                let (height, width) = (side(5)?, side(7)?);
                let fits = |side: u32| (1..=LONGEST_SIDE).contains(&side);
                self.size = !self.size && fits(height) && fits(width);
                self.size.then_some(())
            }
            SCAN => {
                self.scan = true;
                Some(())
            }
            _ => Some(()),
        }
    }
}

/// Whether a segment is needed to draw the picture: its size, its tables, its scans.
fn draws(marker: u8, segment: &[u8]) -> bool {
    match marker {
        // Of its first sixteen bytes; a small copy of the picture may follow them.
        JFIF => segment.len() == 18 && segment.get(4..9) == Some(b"JFIF\0") && segment.ends_with(&[0, 0]),
        0xc0..=0xc2 | 0xc4 | 0xdb | 0xdd | SCAN => true,
        _ => false,
    }
}

/// Where a scan's own bytes end: at the next marker that is no part of them.
fn scan_ends(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), body].concat()
    }

    fn photo(beside: &[Vec<u8>], width: u16, after: &[u8]) -> Vec<u8> {
        let [high, low] = width.to_be_bytes();
        let jfif = segment(JFIF, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let tables = segment(0xdb, &[1; 65]);
        let size = segment(0xc0, &[8, 0, 2, high, low, 1, 1, 0x11, 0]);
        let scan = [segment(SCAN, &[1, 1, 0, 0, 63, 0]), vec![1, 0xff, 0, 2, 0xff, 0xd0, 3]].concat();
        let parts = [vec![0xff, START], jfif, beside.concat(), tables, size, scan, vec![0xff, END], after.to_vec()];
        parts.concat()
    }

    #[test]
    fn a_plain_photo_stays_as_it_is() {
        let plain = photo(&[], 1600, &[]);
        assert_eq!(stripped(&plain), Some(plain.clone()));
    }

    #[test]
    fn what_a_camera_writes_beside_it_goes() {
        let plain = photo(&[], 4, &[]);
        let exif = segment(0xe1, b"Exif\0\0MM\0*GPS 51.5");
        let comment = segment(0xfe, b"taken at home");
        let thumbnail = segment(JFIF, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01".as_slice(), &[9; 3]].concat());
        for beside in
            [&[exif.clone()][..], &[comment], &[thumbnail], &[segment(0xe2, b"ICC"), segment(0xed, b"8BIM"), exif]]
        {
            let photo = photo(beside, 4, &[]);
            assert_ne!(photo, plain);
            assert_eq!(stripped(&photo).as_ref(), Some(&plain));
        }
        assert_eq!(stripped(&photo(&[], 4, b"hidden after the end")), Some(plain));
    }

    #[test]
    fn what_is_no_photo_is_nothing() {
        for wrong in [&b""[..], b"\xff\xd8", b"\xff\xd8\xff\xd9", b"GIF89a", b"\xff\xd8\xff\xe1\0\x01", b"<svg/>"] {
            assert_eq!(stripped(wrong), None, "{wrong:?}");
        }
        assert_eq!(stripped(&photo(&[], 1601, &[])), None, "too many pixels");
        assert_eq!(stripped(&photo(&[], 0, &[])), None);
        let cut = photo(&[], 4, &[]);
        assert_eq!(stripped(&cut[..cut.len() - 2]), None, "no end");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = stripped(&bytes);
            let _ = stripped(&[&[0xff, START], bytes.as_slice()].concat());
        }
    }
}
