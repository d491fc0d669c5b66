//! Cells that a spreadsheet would run. A cell that begins like a formula is words to
//! Pep, and leaves Pep only in a spelling that no spreadsheet takes for a formula.
//! See OWASP, CSV injection.

/// What a spreadsheet takes for the beginning of a formula, in the wide spelling too.
const SIGNS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell's words as Pep keeps them: without the apostrophe that was put before them
/// so that they don't run, and without space round them.
pub fn taken(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(words) if runs(words) => words.trim(),
        _ => cell,
    }
}

/// A value as it may stand in a file for a spreadsheet: where it would run, with an
/// apostrophe before it.
pub fn exported(value: &str) -> String {
    if runs(value) { format!("'{value}") } else { value.to_string() }
}

/// Whether a spreadsheet could run a cell. Some look past space at its beginning.
fn runs(cell: &str) -> bool {
    let signs = |text: &str| text.starts_with(SIGNS);
    (signs(cell) || signs(cell.trim_start())) && !is_number(cell)
}

/// A number alone, such as -0.5, is no formula.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, after) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    plain(whole) && plain(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_run_is_words_with_an_apostrophe() {
        for (cell, out) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+44 20", "'+44 20"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("  =1", "'  =1"),
            ("－1", "'－1"),
            ("-", "'-"),
            ("-0.5", "-0.5"),
            ("+3", "+3"),
            ("7", "7"),
            ("Maths", "Maths"),
            ("", ""),
        ] {
            assert_eq!(exported(cell), out, "{cell:?}");
        }
    }

    #[test]
    fn the_apostrophe_of_an_export_is_no_part_of_the_words() {
        assert_eq!(taken("'=1+1"), "=1+1");
        assert_eq!(taken(" '-2+3 "), "-2+3");
        assert_eq!(taken("'Ello"), "'Ello");
        assert_eq!(taken("'-5"), "'-5", "a number was never neutralised");
        assert_eq!(exported(taken("'=1+1")), "'=1+1");
    }

    proptest! {
        #[test]
        fn no_exported_cell_begins_like_a_formula(cell in "[=+\\-@\t\r\n '＝0-9a.]{0,6}|.{0,12}") {
            let out = exported(&cell);
            let first = out.trim_start().chars().next();
            prop_assert!(is_number(&out) || first.is_none_or(|first| !SIGNS.contains(&first)), "{out:?}");
            prop_assert!(is_number(&out) || !out.starts_with(SIGNS), "{out:?}");
        }

        #[test]
        fn what_is_exported_comes_back_as_the_same_words(cell in "[=+\\-@ 0-9a.]{0,6}") {
            let out = exported(cell.trim());
            prop_assert_eq!(taken(&out), taken(cell.trim()));
        }
    }
}
