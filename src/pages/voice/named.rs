//! People as a young person knows them, and several in one sentence.

use crate::domain::people::Role;
use crate::domain::words::{Word, voice as words};
use crate::ui::words::{Words, say};

/// What somebody is, in words that a young person knows.
pub fn known_as(role: Role) -> &'static str {
    match role {
        Role::DesignatedTeacher => say(words::KNOWN_TEACHER),
        Role::VirtualSchool => say(words::KNOWN_VIRTUAL_SCHOOL),
        other => say(Word::declared(other.words())),
    }
}

/// "A", "A and B", "A, B and C".
pub fn listed(spoken: Words, names: &[String]) -> String {
    match names {
        [] => spoken.say(words::NOBODY).into(),
        names => joined(spoken, words::AND, names),
    }
}

/// "A", "A or B", "A, B or C".
pub fn alternatives(spoken: Words, names: &[String]) -> String {
    joined(spoken, words::OR, names)
}

fn joined(spoken: Words, between: Word, names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => {
            let most = most.join(spoken.language().comma());
            spoken.with(between, &[("most", &most), ("last", last)])
        }
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, alternatives, listed};

    #[test]
    fn names_are_listed_as_one_says_them() {
        let owner = leptos::prelude::Owner::new();
        owner.set();
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let all = |list: &[&str]| listed(Words::here(), &names(list));
        assert_eq!(all(&[]), "nobody");
        assert_eq!(all(&["Tom"]), "Tom");
        assert_eq!(all(&["Ms Osei", "Tom"]), "Ms Osei and Tom");
        assert_eq!(all(&["Ms Osei", "Tom", "Jo"]), "Ms Osei, Tom and Jo");
        assert_eq!(alternatives(Words::here(), &names(&["Ms Osei", "Tom", "Jo"])), "Ms Osei, Tom or Jo");
    }
}
