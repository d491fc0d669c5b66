//! Files of rows, as spreadsheets and schools' systems write them: from bytes to cells,
//! and from cells to a file that no spreadsheet runs.

use crate::domain::register::{self, MOST_BYTES, MOST_ROWS};
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// What may stand between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// So many rows tell what stands between the cells, and may stand before the first.
const LOOK_AT: usize = 10;
/// Far more than any school's system has.
const MOST_COLUMNS: usize = 300;

/// A file's rows; an empty line is an empty row, so that rows have the numbers that a
/// spreadsheet gives them. Or a sentence.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    if bytes.len() > MOST_BYTES {
        return Err("This file is larger than 5 MB. Export less at once, such as one year group".into());
    }
    let text = decoded(bytes);
    // A spreadsheet's own file, and not one of rows.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") || text.contains('\0') {
        return Err("This isn't a CSV file. In the spreadsheet, choose “Save as” and CSV, and take that file".into());
    }
    let rows = rows(&text, delimiter(&text), usize::MAX)?;
    if rows.len() > MOST_ROWS + LOOK_AT {
        return Err(format!("This file has more than {MOST_ROWS} rows. Export less at once, such as one year group"));
    }
    if rows.iter().any(|row| row.len() > MOST_COLUMNS) {
        return Err(format!("This file has a row with more than {MOST_COLUMNS} columns. Take out what isn't needed"));
    }
    Ok(rows)
}

/// The text of a file: in the encoding that its first bytes name, in UTF-8, or else in
/// the one that Windows programs in England write.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((named, _)) = Encoding::for_bom(bytes) {
        return named.decode(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// What stands between the cells: that which makes the most of the first rows.
fn delimiter(text: &str) -> u8 {
    let cells = |delimiter: u8| {
        let first = rows(text, delimiter, LOOK_AT).unwrap_or_default();
        first.iter().map(Vec::len).max().unwrap_or(0)
    };
    // Of equals the first: a comma.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| cells(*delimiter)).unwrap_or(b',')
}

fn rows(text: &str, delimiter: u8, most: usize) -> Result<Vec<Vec<String>>, String> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    loop {
        let before = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) if rows.len() < most.min(MOST_ROWS + LOOK_AT + 1) => {}
            Ok(_) => return Ok(rows),
            Err(error) => {
                tracing::debug!(%error, "a file of rows could not be read");
                return Err("This file can't be read as rows and columns. Export it again as CSV".into());
            }
        }
        // The reader passes over empty lines: what it went on by, and the row hasn't.
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let lines = usize::try_from(reader.position().line() - before).unwrap_or(0);
        let empty = lines.saturating_sub(breaks + 1).min(MOST_ROWS + LOOK_AT + 1);
        rows.resize(rows.len() + empty, Vec::new());
        rows.push(record.iter().map(str::to_string).collect());
    }
}

/// A file of rows. Every cell that a spreadsheet would run is words in it: this is the
/// only way for rows to leave Pep.
pub fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let mut writer = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| register::exported(cell))).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_text(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_all_taken() {
        for text in ["a,b,c\n1,2,3", "a;b;c\r\n1;2;3\r\n", "a\tb\tc\n1\t2\t3\n", "a,\"b\",c\r1,\"2\",3"] {
            assert_eq!(read_text(text), [["a", "b", "c"], ["1", "2", "3"]], "{text:?}");
        }
        // A title with commas in it doesn't make a file of semicolons one of commas.
        assert_eq!(read_text("Hazelbank, Year 8\na;b;c;d\n")[1], ["a", "b", "c", "d"]);
        assert_eq!(read_text("alone\n1"), [["alone"], ["1"]]);
    }

    #[test]
    fn quotes_and_line_breaks_belong_to_their_cell() {
        let rows = read_text("a,b\n\"one\ntwo\",\"says \"\"hi\"\", twice\"\nc,d\n");
        assert_eq!(rows[1], ["one\ntwo", "says \"hi\", twice"]);
        assert_eq!(rows[2], ["c", "d"]);
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_gives_them() {
        let rows = read_text("\n\na,b\n\n\"one\ntwo\",2\n\n\nlast,3\n\n");
        let at = |word: &str| rows.iter().position(|row| row.first().is_some_and(|cell| cell == word)).unwrap() + 1;
        assert_eq!((at("a"), at("one\ntwo"), at("last")), (3, 5, 8), "{rows:?}");
    }

    #[test]
    fn every_usual_encoding_says_the_same() {
        let words = "name,said\nSiân,“café” £5";
        let with_bom = [b"\xEF\xBB\xBF", words.as_bytes()].concat();
        let windows = WINDOWS_1252.encode(words).0.into_owned();
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [words.as_bytes(), &with_bom, &windows, &utf16] {
            let rows = read(bytes).unwrap();
            assert_eq!(rows, [["name", "said"], ["Siân", "“café” £5"]]);
        }
    }

    #[test]
    fn what_is_no_file_of_rows_is_refused_with_what_to_do() {
        assert!(read(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().contains("larger than 5 MB"));
        assert!(read(b"PK\x03\x04rest").unwrap_err().contains("isn't a CSV file"));
        assert!(read(b"a\0b").unwrap_err().contains("isn't a CSV file"));
        assert!(read("a,b\n".repeat(MOST_ROWS + 20).as_bytes()).unwrap_err().contains("more than 5000 rows"));
        let gap = format!("a,b{}c,d", "\n".repeat(1_000_000));
        assert!(read(gap.as_bytes()).unwrap_err().contains("more than 5000 rows"));
        assert!(read("a,".repeat(400).as_bytes()).unwrap_err().contains("more than 300 columns"));
        assert_eq!(read(b"").unwrap(), Vec::<Vec<String>>::new());
        assert_eq!(read("a,b\n".repeat(MOST_ROWS + 1).as_bytes()).unwrap().len(), MOST_ROWS + 1, "and its header");
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }

        #[test]
        fn nothing_that_is_written_runs(cells in prop::collection::vec("[=+@\\-\t\r\n' \",;0-9a]{0,6}", 1..6)) {
            let file = written(std::slice::from_ref(&cells)).unwrap();
            let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_slice());
            let row: Vec<String> = reader.records().next().unwrap().unwrap().iter().map(str::to_string).collect();
            for (cell, out) in cells.iter().zip(&row) {
                let runs = out.starts_with(['=', '+', '-', '@', '\t', '\r']) && out.parse::<f64>().is_err();
                prop_assert!(!runs, "{out:?}");
                let kept = out.strip_prefix('\'').filter(|_| out != cell).unwrap_or(out);
                prop_assert_eq!(kept, cell);
            }
        }
    }
}
