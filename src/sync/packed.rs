//! Updates as the server keeps them: many in one run of bytes, each with who wrote it
//! and when.

use super::protocol::{Reader, Writer};
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;

/// One update of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packed<'a> {
    pub seq: i64,
    pub by: &'a str,
    pub at: Moment,
    /// The client numbers under which it is the first.
    pub clients: Vec<u64>,
    pub bytes: &'a [u8],
}

/// Updates of one document, in their order.
pub fn pack<'a>(updates: impl ExactSizeIterator<Item = Packed<'a>>) -> Vec<u8> {
    let mut writer = Writer(Vec::with_capacity(128));
    writer.number(updates.len() as u64);
    for update in updates {
        writer.number(update.seq.max(0).unsigned_abs());
        writer.string(update.by);
        writer.number(update.at.0.max(0).unsigned_abs());
        writer.number(update.clients.len() as u64);
        update.clients.iter().for_each(|client| writer.number(*client));
        writer.bytes(update.bytes);
    }
    writer.0
}

/// What `pack` packed; nothing where the bytes are anything else.
pub fn unpack(bytes: &[u8]) -> Option<Vec<Packed<'_>>> {
    let mut reader = Reader(bytes);
    let many = reader.number()?;
    let updates = (0..many).map(|_| one(&mut reader)).collect::<Option<Vec<_>>>()?;
    reader.0.is_empty().then_some(updates)
}

fn one<'a>(reader: &mut Reader<'a>) -> Option<Packed<'a>> {
    let seq = reader.number()?.cast_signed();
    let by = text(reader)?;
    let at = Moment(reader.number()?.cast_signed());
    let many = reader.number()?;
    let clients = (0..many).map(|_| reader.number()).collect::<Option<Vec<_>>>()?;
    Some(Packed { seq, by, at, clients, bytes: reader.slice()? })
}

fn text<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    std::str::from_utf8(reader.slice()?).ok()
}

/// Puts one more document and its packed updates behind those of others.
pub fn put(row: &mut Vec<u8>, name: &DocumentName, updates: &[u8]) {
    let mut writer = Writer(std::mem::take(row));
    writer.string(&name.to_string());
    writer.bytes(updates);
    *row = writer.0;
}

/// The documents that were put one behind the other, with their updates; nothing where
/// the bytes are anything else.
pub fn documents(row: &[u8]) -> Option<Vec<(DocumentName, Vec<Packed<'_>>)>> {
    let mut reader = Reader(row);
    let mut all = Vec::new();
    while !reader.0.is_empty() {
        let name = text(&mut reader)?.parse().ok()?;
        all.push((name, unpack(reader.slice()?)?));
    }
    Some(all)
}

/// The part of a row that is about one document.
pub struct Part<'a> {
    /// The document's name; empty where it can't be read.
    pub document: &'a str,
    /// The part as it stands there: a row by itself.
    pub row: &'a [u8],
}

/// The parts of a row, of which some may be anything else. All of them together are the
/// row: what has no end is one part with what follows it.
pub fn parts(row: &[u8]) -> Vec<Part<'_>> {
    let mut rest = row;
    let mut all = Vec::new();
    while !rest.is_empty() {
        let mut reader = Reader(rest);
        let name = reader.slice();
        let updates = name.and_then(|_| reader.slice());
        let document = name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let length = if updates.is_some() { rest.len() - reader.0.len() } else { rest.len() };
        let (row, after) = rest.split_at(length);
        all.push(Part { document, row });
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::PlanId;
    use crate::domain::sections::SectionId;
    use proptest::prelude::*;

    type Said = (i64, String, i64, Vec<u64>, Vec<u8>);

    fn said() -> impl Strategy<Value = Vec<Said>> {
        let clients = prop::collection::vec(0..1_u64 << 53, 0..3);
        let bytes = prop::collection::vec(any::<u8>(), 0..99);
        prop::collection::vec((1..i64::MAX >> 1, ".{0,40}", 0..i64::MAX >> 1, clients, bytes), 0..9)
    }

    fn packed(said: &[Said]) -> Vec<Packed<'_>> {
        said.iter()
            .map(|(seq, by, at, clients, bytes)| Packed {
                seq: *seq,
                by,
                at: Moment(*at),
                clients: clients.clone(),
                bytes,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_whole_and_in_order(one in said(), other in said()) {
            let name = |section| DocumentName { plan: PlanId::new(uuid::Uuid::from_u128(7)), section };
            let all = [(name(SectionId::Progress), packed(&one)), (name(SectionId::Targets), packed(&other))];
            let mut row = Vec::new();
            for (name, updates) in &all {
                put(&mut row, name, &pack(updates.iter().cloned()));
            }
            prop_assert_eq!(documents(&row), Some(all.to_vec()));
            // Each part is a row by itself, whatever becomes of the one after it.
            row.pop();
            let parts = parts(&row);
            prop_assert_eq!(parts.len(), 2);
            prop_assert_eq!(parts[0].document, all[0].0.to_string());
            prop_assert_eq!(documents(parts[0].row), Some(all[..1].to_vec()));
            prop_assert_eq!(parts[1].document, all[1].0.to_string());
            prop_assert_eq!(documents(parts[1].row), None);
        }

        #[test]
        fn any_bytes_are_updates_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (unpack(&bytes), documents(&bytes));
            let again: Vec<u8> = parts(&bytes).iter().flat_map(|part| part.row).copied().collect();
            prop_assert_eq!(again, bytes);
        }
    }
}
