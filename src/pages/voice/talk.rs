//! What the screens of one sitting share: whose it is, what is written, and
//! which screen is showing.

use crate::api::SittingPage;
use crate::device::{Device, Draft};
use crate::domain::people::{PersonId, Role, TeamMember};
use crate::domain::plan::DocumentName;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::values::Values;
use crate::domain::voice::{self, Look, Question, Wish};
use crate::sync::document::Edit;
use leptos::prelude::*;

/// Where the look and "I have finished" are kept in the document.
const LOOK: &str = "look";
const FINISHED: &str = "finished";

/// One question as the chosen look asks it.
#[derive(Clone, Copy)]
pub struct Asked {
    pub id: &'static str,
    pub question: &'static Question,
    pub prompt: &'static str,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.prompt) == (other.id, other.prompt)
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Screen {
    Welcome,
    /// Choosing a picture code.
    Code,
    Ask(Asked),
    Finish,
    /// "Stop for now".
    Stopped,
}

/// A way off the row of questions, and back to the same one.
#[derive(Clone, Copy, PartialEq)]
pub enum Detour {
    Code,
    Stopped,
}

#[derive(Clone, Copy)]
pub struct Talk {
    page: StoredValue<SittingPage>,
    pub device: Device,
    pub draft: Draft,
    pub look: Memo<Look>,
    /// The screen: 0 welcomes, then one for each question, then the end.
    pub at: RwSignal<usize>,
    pub detour: RwSignal<Option<Detour>>,
    /// Whether the young person has moved, so that headings take the focus. On
    /// the first screen they don't: a page that opens leaves the focus alone.
    moved: StoredValue<bool>,
}

impl Talk {
    pub fn new(page: SittingPage) -> Self {
        let device = Device::here();
        let name = DocumentName { plan: page.plan.clone(), section: SectionId::MyVoice };
        let draft = device.open(name, Values::default());
        let first = Look::at_age(page.age);
        let look = Memo::new(move |_| draft.fact(LOOK).and_then(|id| Look::from_id(&id)).unwrap_or(first));
        Self {
            page: StoredValue::new(page),
            device,
            draft,
            look,
            at: RwSignal::new(0),
            detour: RwSignal::new(None),
            moved: StoredValue::new(false),
        }
    }

    pub fn page<T>(self, read: impl FnOnce(&SittingPage) -> T) -> T {
        self.page.with_value(read)
    }

    /// The questions that the look asks, in their order.
    pub fn asked(self) -> Vec<Asked> {
        let look = self.look.get();
        questions().filter_map(|(id, question)| Some(Asked { id, question, prompt: question.prompt(look)? })).collect()
    }

    pub fn screen(self) -> Screen {
        match self.detour.get() {
            Some(Detour::Code) => return Screen::Code,
            Some(Detour::Stopped) => return Screen::Stopped,
            None => (),
        }
        let (at, asked) = (self.at.get(), self.asked());
        match at.checked_sub(1) {
            None => Screen::Welcome,
            Some(number) => asked.get(number).map_or(Screen::Finish, |asked| Screen::Ask(*asked)),
        }
    }

    /// Shows another screen, from its top.
    pub fn go(self, at: usize) {
        self.left();
        self.detour.set(None);
        self.at.set(at);
    }

    pub fn next(self) {
        let last = untrack(|| self.asked().len());
        let at = (self.at.get_untracked() + 1).min(last + 1);
        if at == last + 1 {
            self.draft.edit(Edit::Set { path: FINISHED.into(), value: "yes".into() });
        }
        self.go(at);
    }

    /// Back from a detour to where one was, else to the screen before.
    pub fn back(self) {
        let at = self.at.get_untracked();
        let back = if self.detour.get_untracked().is_some() { at } else { at.saturating_sub(1) };
        self.go(back);
    }

    pub fn turn_off(self, detour: Detour) {
        self.left();
        self.detour.set(Some(detour));
    }

    fn left(self) {
        self.moved.set_value(true);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    pub fn choose_look(self, look: Look) {
        self.set(LOOK, look.id().into());
    }

    /// The pick of a question; empty where nothing is picked.
    pub fn pick(self, question: &str) -> String {
        self.draft.fact(&voice::pick_of(question)).unwrap_or_default()
    }

    /// Picks an answer; an empty pick is no answer.
    pub fn choose(self, question: &str, pick: String) {
        self.set(&voice::pick_of(question), pick);
    }

    pub fn words(self, question: &str) -> String {
        self.draft.text(&voice::words_of(question))
    }

    /// The wish to share an answer, as written; none where they never shared it.
    pub fn wish(self, question: &str) -> Option<Wish> {
        self.draft.fact(&voice::wish_of(question)).and_then(|text| Wish::read(&text))
    }

    /// The answer as it is now, as it would be shared.
    pub fn answer(self, question: &str) -> Wish {
        let media = |path: String| self.draft.fact(&path).and_then(|id| id.parse().ok());
        Wish {
            with: Vec::new(),
            pick: self.pick(question),
            words: self.words(question),
            drawing: media(voice::drawing_of(question)),
            recording: media(voice::recording_of(question)),
            picture_words: self.draft.text(&voice::picture_words_of(question)),
        }
    }

    /// Whether there is an answer, in whichever way.
    pub fn is_answered(self, question: &str) -> bool {
        let answer = self.answer(question);
        !answer.pick.is_empty()
            || !answer.words.trim().is_empty()
            || answer.drawing.is_some()
            || answer.recording.is_some()
            || !answer.picture_words.trim().is_empty()
    }

    /// Shares the answer as it is now; with nobody, takes it back.
    pub fn share(self, question: &str, with: Vec<PersonId>) {
        let wish = if with.is_empty() { Wish::default() } else { untrack(|| Wish { with, ..self.answer(question) }) };
        self.set(&voice::wish_of(question), wish.written());
    }

    fn set(self, path: &str, value: String) {
        let path = path.to_string();
        self.draft.edit(if value.is_empty() { Edit::Clear { path } } else { Edit::Set { path, value } });
    }

    /// Those an answer can be shared with: carers last, since the one at home may
    /// be who it is about.
    pub fn team(self) -> Vec<TeamMember> {
        let hidden = [Role::YoungPerson, Role::Administrator];
        let carer = |member: &TeamMember| member.role == Role::Carer;
        self.page(|page| {
            let team = page.team.iter().filter(|member| !hidden.contains(&member.role)).cloned();
            sorted(team, |a, b| carer(a) && !carer(b))
        })
    }

    /// The names of these people, in the team's order: "Ms Osei and Tom".
    pub fn names(self, people: &[PersonId]) -> String {
        let names: Vec<_> =
            self.team().into_iter().filter(|member| people.contains(&member.id)).map(|member| member.name).collect();
        listed(&names)
    }
}

/// Every question of My voice, whichever look asks it.
pub fn questions() -> impl Iterator<Item = (&'static str, &'static Question)> {
    SectionId::MyVoice.section().fields.iter().filter_map(|field| match field.kind {
        Kind::Question(question) => Some((field.id, question)),
        _ => None,
    })
}

/// What somebody is, in words that a young person knows.
pub fn known_as(role: Role) -> &'static str {
    match role {
        Role::DesignatedTeacher => "the teacher for your plan",
        Role::VirtualSchool => "makes sure school helps you",
        other => other.words(),
    }
}

/// "A", "A and B", "A, B and C".
pub fn listed(names: &[String]) -> String {
    match names {
        [] => "nobody".into(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn names_are_listed_as_one_says_them() {
        let names = |names: &[&str]| listed(&names.iter().map(|name| name.to_string()).collect::<Vec<_>>());
        assert_eq!(names(&[]), "nobody");
        assert_eq!(names(&["Tom"]), "Tom");
        assert_eq!(names(&["Ms Osei", "Tom"]), "Ms Osei and Tom");
        assert_eq!(names(&["Ms Osei", "Tom", "Jo"]), "Ms Osei, Tom and Jo");
    }
}
