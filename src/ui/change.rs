//! What someone changed, in words.

use super::apart::capital;
use super::rows::article;
use crate::domain::calendar::Moment;
use crate::domain::sections::{Keeps, Kind, SectionId};
use leptos::prelude::*;

/// One change to one place of a section, by a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    pub section: SectionId,
    pub path: String,
    pub by: String,
    pub at: Moment,
    pub was: String,
    pub became: String,
}

impl Told {
    /// "Jo Bell changed “What helps in class”".
    pub fn sentence(&self, child: &str) -> String {
        format!("{} {}", capital(&self.by), self.deed(child))
    }

    fn deed(&self, child: &str) -> String {
        let verb = match (self.was.is_empty(), self.became.is_empty()) {
            (true, _) => "added",
            (_, true) => "removed",
            _ => "changed",
        };
        let section = self.section.section();
        if let Some(field) = section.at(&self.path) {
            return format!("{verb} “{}”", field.label.replace("{name}", child));
        }
        // A row that came or went has a path of its own, without a column.
        let field = self.path.split('/').next().and_then(|field| section.field(field));
        match field.map(|field| field.kind) {
            Some(Kind::Rows { one, .. }) => format!("{verb} {} {one}", article(one)),
            _ => format!("{verb} something in {}", section.titled(child)),
        }
    }

    /// A value of this place in the words of the page; nothing for a whole row.
    fn words(&self, value: &str) -> Option<String> {
        let field = self.section.section().at(&self.path)?;
        let words = match field.kind.keeps() {
            // Two values kept apart come joined.
            Keeps::Fact => value.split(" / ").map(|value| field.kind.words(value)).collect::<Vec<_>>().join(" / "),
            _ => value.to_string(),
        };
        Some(words).filter(|words| !words.trim().is_empty())
    }
}

/// A change as one line with its time.
pub fn line(told: &Told, child: &str) -> AnyView {
    view! {
        <span>{told.sentence(child)}</span>
        " "
        <span class="soft small">{told.at.spoken()}</span>
    }
    .into_any()
}

/// A change with what stood there and what stands there now.
pub fn whole(told: &Told, child: &str) -> AnyView {
    let was = told.words(&told.was).map(|words| view! { <p class="was"><span>"Before: "</span>{words}</p> });
    let became = told.words(&told.became).map(|words| view! { <p class="became"><span>"Now: "</span>{words}</p> });
    view! {
        <p>{line(told, child)}</p>
        {was}
        {became}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, was: &str, became: &str) -> Told {
        Told {
            section: SectionId::CarersView,
            path: path.into(),
            by: "Jo Bell".into(),
            at: Moment(0),
            was: was.into(),
            became: became.into(),
        }
    }

    #[test]
    fn a_change_is_told_in_words() {
        let share = told("share-with-child", "no", "yes");
        assert_eq!(share.sentence("Amira"), "Jo Bell changed “May Amira read this?”");
        assert_eq!(share.words("yes"), Some("Yes".into()));
        assert_eq!(share.words("yes / no"), Some("Yes / No".into()));
        assert!(told("sleep-more", "", "Fine").sentence("Amira").starts_with("Jo Bell added “Tell us more"));
        assert!(told("sleep-more", "Fine", "").sentence("Amira").starts_with("Jo Bell removed"));
    }

    #[test]
    fn a_row_that_came_is_told_by_its_name() {
        let row = "targets/00000000-0000-0000-0000-000000000000";
        let told = Told { section: SectionId::Targets, by: "the young person".into(), ..told(row, "", "there") };
        assert_eq!(told.sentence("Amira"), "The young person added a target");
        assert_eq!(told.words("there"), None);
    }
}
