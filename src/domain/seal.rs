//! What a signature is for: a section's content, written so that the same content
//! is always the same text. Who wrote it, when, and how it merged are left out.

use super::calendar::Moment;
use super::people::PlanId;
use super::sections::SectionId;
use super::values::Values;
use std::fmt::Write;

/// The sections that a signature can be for. My voice is the young person's own,
/// and nobody signs it.
pub fn is_signed(section: SectionId) -> bool {
    section != SectionId::MyVoice
}

/// A section's content as a text to be hashed. Each value stands with its length
/// before it, so that no words can pass for the start of another value.
pub fn canonical(section: SectionId, values: &Values) -> String {
    let mut text = format!("pep 1 {}\n", section.id());
    for (path, words) in values.texts.iter().filter(|(_, words)| !words.is_empty()) {
        line(&mut text, "text", path, words);
    }
    for (path, entries) in &values.facts {
        let mut kept: Vec<_> = entries.iter().map(|entry| entry.value.as_str()).collect();
        kept.sort_unstable();
        kept.into_iter().for_each(|value| line(&mut text, "fact", path, value));
    }
    for field in values.rows.keys() {
        values.rows(field).for_each(|row| line(&mut text, "row", field, &row.id.to_string()));
    }
    text
}

/// A correction beside an agreed plan, as a text to be hashed.
pub fn correction(plan: &PlanId, section: SectionId, by: &str, at: Moment, words: &str) -> String {
    format!("pep addendum 1\n{plan}\n{}\n{by}\n{}\n{words}", section.id(), at.0)
}

fn line(text: &mut String, kind: &str, path: &str, value: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{kind} {path} {} {value}", value.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::Entry;
    use proptest::prelude::*;

    fn values(texts: &[(String, String)], facts: &[(String, Vec<String>)], by: &str, at: i64) -> Values {
        let entry = |value: &String| Entry { by: by.into(), at: Moment(at), value: value.clone() };
        Values {
            texts: texts.iter().cloned().collect(),
            facts: facts.iter().map(|(path, kept)| (path.clone(), kept.iter().map(entry).collect())).collect(),
            ..Values::default()
        }
    }

    proptest! {
        #[test]
        fn the_same_content_is_the_same_text_whoever_wrote_it_and_when(
            texts in proptest::collection::vec(("[a-z]{1,4}", ".{0,8}"), 0..5),
            facts in proptest::collection::vec(("[a-z]{1,4}", proptest::collection::vec("[a-z]{0,3}", 0..3)), 0..4),
        ) {
            let one = values(&texts, &facts, "tom", 1);
            let turned: Vec<_> = facts.iter().map(|(path, kept)| (path.clone(), kept.iter().rev().cloned().collect())).collect();
            let other = values(&texts, &turned, "ruth", 2);
            prop_assert_eq!(canonical(SectionId::Targets, &one), canonical(SectionId::Targets, &other));
        }

        #[test]
        fn other_words_are_another_text(path in "[a-z]{1,4}", words in ".{0,12}", more in ".{1,6}") {
            let one = values(&[(path.clone(), words.clone())], &[], "tom", 1);
            let other = values(&[(path, format!("{words}{more}"))], &[], "tom", 1);
            prop_assert_ne!(canonical(SectionId::Targets, &one), canonical(SectionId::Targets, &other));
        }
    }

    #[test]
    fn words_cannot_pass_for_another_value() {
        let pair = |path: &str, words: &str| (path.to_string(), words.to_string());
        let one = values(&[pair("a", "x\ntext b 1 y")], &[], "tom", 1);
        let two = values(&[pair("a", "x"), pair("b", "y")], &[], "tom", 1);
        assert_ne!(canonical(SectionId::Targets, &one), canonical(SectionId::Targets, &two));
        assert_ne!(canonical(SectionId::Targets, &one), canonical(SectionId::Actions, &one));
    }
}
