//! Whether what an update made of a section is what its declaration allows.

use crate::domain::sections::Section;
use crate::domain::values::{Entry, Values};

/// Judges a section before and after one person's update. A fact may only be set
/// in the writer's own name, to a value that its kind takes; anyone who may write
/// may remove what stood.
pub fn judge(section: &'static Section, before: &Values, after: &Values, by: &str) -> Result<(), String> {
    for (path, entries) in &after.facts {
        let stood = before.entries(path);
        for entry in entries.iter().filter(|entry| !stood.contains(entry)) {
            judge_fact(section, path, entry, by)?;
        }
    }
    let own = |(path, kept): (&String, &String)| kept == by || before.kept.get(path) == Some(kept);
    match after.kept.iter().all(own) {
        true => Ok(()),
        false => Err(OTHERS.into()),
    }
}

const OTHERS: &str = "An answer can only be given in your own name";

fn judge_fact(section: &'static Section, path: &str, entry: &Entry, by: &str) -> Result<(), String> {
    if entry.by != by {
        return Err(OTHERS.into());
    }
    let field = section.at(path).ok_or_else(|| "There is no such field in this part of the plan".to_string())?;
    field.kind.check(&entry.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::sections::SectionId;

    fn values(by: &str, value: &str) -> Values {
        let entry = Entry { by: by.into(), at: Moment(1), value: value.into() };
        Values { facts: [("share-with-child".to_string(), vec![entry])].into_iter().collect(), ..Values::default() }
    }

    #[test]
    fn nobody_answers_in_anothers_name() {
        let section = SectionId::CarersView.section();
        let none = Values::default();
        assert_eq!(judge(section, &none, &values("jo", "yes"), "jo"), Ok(()));
        assert!(judge(section, &none, &values("jo", "yes"), "tom").is_err());
        // What stood before isn't the newcomer's doing.
        assert_eq!(judge(section, &values("jo", "yes"), &values("jo", "yes"), "tom"), Ok(()));
    }

    #[test]
    fn nobody_keeps_both_in_anothers_name() {
        let section = SectionId::CarersView.section();
        let kept = |by: &str| Values {
            kept: [("share-with-child".to_string(), by.to_string())].into_iter().collect(),
            ..Values::default()
        };
        assert_eq!(judge(section, &Values::default(), &kept("jo"), "jo"), Ok(()));
        assert!(judge(section, &Values::default(), &kept("jo"), "tom").is_err());
        assert_eq!(judge(section, &kept("jo"), &kept("jo"), "tom"), Ok(()));
    }

    #[test]
    fn a_value_that_its_kind_refuses_is_refused() {
        let section = SectionId::CarersView.section();
        assert!(judge(section, &Values::default(), &values("jo", "perhaps"), "jo").is_err());
    }
}
