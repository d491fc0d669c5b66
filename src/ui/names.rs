//! The names of those who write in a plan, for words about what they wrote.

use super::words::Words;
use crate::domain::access::YOUNG_PERSON;
use crate::domain::people::TeamMember;
use crate::domain::sorted::sorted;
use crate::domain::words::answering as words;
use crate::domain::words::voice::AND;
use leptos::prelude::*;

/// Whose device this is, once it is known: nobody while the page first shows.
#[derive(Clone, Copy)]
pub struct You(pub RwSignal<Option<String>>);

/// Who is who on one page. A page provides it to the parts that it shows.
#[derive(Clone, Copy)]
pub struct Names {
    child: StoredValue<String>,
    team: StoredValue<Vec<TeamMember>>,
    you: RwSignal<Option<String>>,
    /// The words of the page.
    pub said: Words,
}

impl Names {
    pub fn new(child: String, team: Vec<TeamMember>) -> Self {
        Self {
            child: StoredValue::new(child),
            team: StoredValue::new(team),
            you: use_context::<You>().map_or_else(|| RwSignal::new(None), |you| you.0),
            said: Words::here(),
        }
    }

    /// Those of the page that this part is on.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self::new(String::new(), Vec::new()))
    }

    pub fn child(self) -> String {
        self.child.get_value()
    }

    /// A label or hint with the child's name in it.
    pub fn about(self, words: &str) -> String {
        self.child.with_value(|child| words.replace("{name}", child))
    }

    /// The name of a writer, as documents keep them: "You", "Tom Ng", or the child's.
    pub fn of(self, by: &str) -> String {
        if self.you.with(|you| you.as_deref() == Some(by)) {
            return self.said.say(words::YOU).into();
        }
        if by == YOUNG_PERSON {
            return self.child();
        }
        let known = self.team.with_value(|team| {
            team.iter().find(|member| member.id.to_string() == by).map(|member| member.name.clone())
        });
        known.unwrap_or_else(|| self.said.say(words::SOMEONE_LEFT).into())
    }

    /// Several writers in a row: "You and Tom Ng", "You, Tom Ng and Jo Bell".
    pub fn all<'a>(self, by: impl Iterator<Item = &'a str>) -> String {
        // Whoever reads comes first.
        let you = self.said.say(words::YOU);
        let mut names = sorted(by.map(|by| self.of(by)), |a, b| a != you && b == you);
        match names.pop() {
            Some(last) if names.is_empty() => last,
            Some(last) => {
                let most = names.join(self.said.language().comma());
                self.said.with(AND, &[("most", &most), ("last", &last)])
            }
            None => String::new(),
        }
    }
}
