//! What a carer wrote, in another language. It is of the wording that stood there when an
//! adult began it, and no longer of what the carer writes afterwards.

use super::sections::{Keeps, SectionId};
use super::values::Values;
use super::voice::{Translation, fingerprint};
use serde::{Deserialize, Serialize};

/// What stands beside a translation of words that were changed after it.
pub const EARLIER: &str = "This is of an earlier wording. The carer has changed it since.";

/// What one place of a section says in another language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Translated {
    pub path: String,
    /// The mark of the wording that it is of.
    pub wording: String,
    pub translation: Translation,
}

/// Whether a section is written in the languages of its writers: professionals write
/// theirs in English, and My voice is read as it was shared.
pub fn may_be_translated(section: SectionId) -> bool {
    section == SectionId::CarersView
}

/// Whether a place of a section is a text that may be translated.
pub fn is_place(section: SectionId, path: &str) -> bool {
    let field = section.section().field(path);
    may_be_translated(section) && field.is_some_and(|field| field.kind.keeps() == Keeps::Text)
}

/// The mark of what stands in a place now; none where nothing does.
pub fn wording(values: &Values, path: &str) -> Option<String> {
    Some(values.text(path)).filter(|words| !words.trim().is_empty()).map(fingerprint)
}

/// Whether something is such a mark.
pub fn is_wording(mark: &str) -> bool {
    mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_text_of_a_section_that_its_writers_write_in_their_language() {
        assert!(is_place(SectionId::CarersView, "worries"));
        assert!(!is_place(SectionId::CarersView, "sleep") && !is_place(SectionId::CarersView, "nothing"));
        assert!(!is_place(SectionId::Progress, "strengths"));
    }

    #[test]
    fn a_wording_has_a_mark_of_its_own_and_nothing_has_none() {
        let mut values = Values::default();
        assert_eq!(wording(&values, "worries"), None);
        values.texts.insert("worries".into(), " \n".into());
        assert_eq!(wording(&values, "worries"), None);
        values.texts.insert("worries".into(), "Він мало спить".into());
        let first = wording(&values, "worries").unwrap();
        assert!(is_wording(&first) && !is_wording("") && !is_wording("Він мало спить"));
        values.texts.insert("worries".into(), "Він мало спить, і не їсть".into());
        assert_ne!(wording(&values, "worries").unwrap(), first);
        values.texts.insert("worries".into(), "Він мало спить".into());
        assert_eq!(wording(&values, "worries").unwrap(), first, "taken back, it says the same again");
    }
}
