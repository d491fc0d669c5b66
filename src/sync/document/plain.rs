//! What an update of these documents is made of, looked at before it is taken in. Yjs can
//! say far more, down to documents within documents. None of it is ours: some would be
//! kept where nobody ever sees it, and values within values without end would take the
//! reader's whole stack, which ends the server for everybody.

use crate::sync::protocol::Reader;

/// How far values may stand in each other; ours do once.
const DEEPEST: usize = 8;

const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

/// Whether an update, in Yjs' first encoding, holds nothing but words, plain values, and
/// what is left of those, all of it at the root.
pub fn is_plain(update: &[u8]) -> bool {
    all(&mut Reader(update)).is_some()
}

fn all(reader: &mut Reader) -> Option<()> {
    for _writer in 0..reader.number()? {
        let blocks = reader.number()?;
        let (_client, _clock) = (reader.number()?, reader.number()?);
        for _ in 0..blocks {
            block(reader)?;
        }
    }
    Some(())
}

fn block(reader: &mut Reader) -> Option<()> {
    const GONE: u8 = 0;
    const LEFT_OUT: u8 = 10;
    let info = byte(reader)?;
    if matches!(info, GONE | LEFT_OUT) {
        return reader.number().map(drop);
    }
    let beside = [HAS_LEFT, HAS_RIGHT].into_iter().filter(|has| info & has != 0).count();
    for _ in 0..beside {
        let (_client, _clock) = (reader.number()?, reader.number()?);
    }
    if beside == 0 {
        const BY_NAME: u64 = 1;
        (reader.number()? == BY_NAME).then_some(())?;
        reader.slice()?;
        if info & HAS_KEY != 0 {
            reader.slice()?;
        }
    }
    content(reader, info & KIND)
}

fn content(reader: &mut Reader, kind: u8) -> Option<()> {
    match kind {
        // Deleted.
        1 => drop(reader.number()?),
        // Words.
        4 => drop(reader.slice()?),
        // Values.
        8 => {
            for _ in 0..reader.number()? {
                value(reader, DEEPEST)?;
            }
        }
        _ => return None,
    }
    Some(())
}

fn value(reader: &mut Reader, deeper: usize) -> Option<()> {
    let deeper = deeper.checked_sub(1)?;
    match byte(reader)? {
        // True, false, null and undefined.
        120 | 121 | 126 | 127 => {}
        // A whole number: as long as the highest bit says that it goes on.
        125 => while byte(reader)? >= 0x80 {},
        124 => skip(reader, 4)?,
        122 | 123 => skip(reader, 8)?,
        // Words, and bytes.
        116 | 119 => drop(reader.slice()?),
        117 => {
            for _ in 0..reader.number()? {
                value(reader, deeper)?;
            }
        }
        118 => {
            for _ in 0..reader.number()? {
                reader.slice()?;
                value(reader, deeper)?;
            }
        }
        _ => return None,
    }
    Some(())
}

fn byte(reader: &mut Reader) -> Option<u8> {
    let (&byte, rest) = reader.0.split_first()?;
    reader.0 = rest;
    Some(byte)
}

fn skip(reader: &mut Reader, bytes: usize) -> Option<()> {
    reader.0 = reader.0.get(bytes..)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use yrs::updates::decoder::Decode;
    use yrs::updates::encoder::Encode;
    use yrs::{Any, Array, Doc, Map, MapPrelim, ReadTxn, StateVector, Text, Transact, Update, WriteTxn};

    fn made(write: impl FnOnce(&mut yrs::TransactionMut)) -> Vec<u8> {
        let doc = Doc::with_client_id(7);
        write(&mut doc.transact_mut());
        doc.transact().encode_diff_v1(&StateVector::default())
    }

    #[test]
    fn words_and_values_of_every_kind_are_plain() {
        let values = [
            Any::Null,
            Any::Undefined,
            Any::from(true),
            Any::from(-5_i64),
            Any::from(1_i64 << 40),
            Any::from(0.1_f64),
            Any::from("words 🦊"),
            Any::from_json(r#"{"v":"Tuesdays","at":[1,2,{"deeper":null}]}"#).unwrap(),
        ];
        let update = made(|txn| {
            let text = txn.get_or_insert_text("text/changes");
            text.insert(txn, 0, "a word 🦊");
            text.remove_range(txn, 1, 3);
            let map = txn.get_or_insert_map("fact/x");
            for (at, value) in values.into_iter().enumerate() {
                map.insert(txn, at.to_string(), value);
            }
            map.remove(txn, "0");
        });
        assert!(is_plain(&update));
        let again = Update::merge_updates([Update::decode_v1(&update).unwrap()]).encode_v1();
        assert!(is_plain(&again));
        for end in 0..update.len() / 2 {
            let _ = is_plain(&update[..end]);
        }
    }

    #[test]
    fn nothing_else_is() {
        let nested = made(|txn| _ = txn.get_or_insert_map("fact/x").insert(txn, "in", MapPrelim::default()));
        let embedded = made(|txn| _ = txn.get_or_insert_text("text/x").insert_embed(txn, 0, Any::from(true)));
        let within = made(|txn| _ = txn.get_or_insert_array("rows/x").push_back(txn, Doc::new()));
        for (name, update) in [("a map in a map", nested), ("embedded", embedded), ("a document", within)] {
            assert!(!is_plain(&update), "{name}");
        }
    }

    #[test]
    fn values_in_each_other_without_end_are_refused_in_little_space() {
        // One writer, one block, client 7 from 0: at the root "x", one value.
        let mut update = vec![1, 1, 7, 0, 8, 1, 1, b'x', 1];
        for _ in 0..1_000_000 {
            update.extend([117, 1]);
        }
        update.extend([120, 0]);
        assert!(!is_plain(&update));
    }
}
