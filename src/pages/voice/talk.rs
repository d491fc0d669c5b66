//! What the screens of one sitting share: whose it is, what is written, and
//! which screen is showing.

use crate::api::SittingPage;
use crate::device::{Device, Draft};
use crate::domain::looks::{self, Looks};
use crate::domain::people::{PersonId, Role, TeamMember};
use crate::domain::plan::DocumentName;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::values::Values;
use crate::domain::voice::{self, Look, Question, Wish};
use crate::domain::words::{Word, voice as words};
use crate::sync::document::Edit;
use crate::ui::words::{Words, say};
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
    /// "How it looks".
    Looks,
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
    pub draft: Draft,
    pub look: Memo<Look>,
    /// How it looks beside that: as chosen here, else as the page came.
    pub looks: Memo<Looks>,
    /// Says everything in the language of this page.
    pub words: Words,
    /// The screen: 0 welcomes, then one for each question, then the end.
    pub at: RwSignal<usize>,
    pub detour: RwSignal<Option<Detour>>,
    /// Whether "How it looks" lies over all that, and how far down the page was then.
    looking: RwSignal<Option<f64>>,
    /// Whether the young person has moved, so that headings take the focus. On
    /// the first screen they don't: a page that opens leaves the focus alone.
    moved: StoredValue<bool>,
}

impl Talk {
    pub fn new(page: SittingPage) -> Self {
        let device = Device::here();
        let name = DocumentName { plan: page.plan.clone(), section: SectionId::MyVoice };
        let draft = device.open(name, Values::default());
        let before = StoredValue::new(page.looks.clone());
        let looks = Memo::new(move |_| {
            Looks::of(|fact| {
                let now = draft.values.with(|values| values.fact(fact).map(str::to_string));
                now.or_else(|| before.with_value(|before| before.get(fact).map(str::to_string)))
            })
        });
        let first = Look::at_age(page.age);
        let look = Memo::new(move |_| looks.with(|looks| looks.get(LOOK).and_then(Look::from_id)).unwrap_or(first));
        Self {
            page: StoredValue::new(page),
            draft,
            look,
            looks,
            words: Words::here(),
            at: RwSignal::new(0),
            detour: RwSignal::new(None),
            looking: RwSignal::new(None),
            moved: StoredValue::new(false),
        }
    }

    pub fn page<T>(self, read: impl FnOnce(&SittingPage) -> T) -> T {
        self.page.with_value(read)
    }

    /// The questions that the look asks, in their order.
    pub fn asked(self) -> Vec<Asked> {
        let look = self.look.get();
        // In the language of now: a question that is said anew is drawn anew.
        let language = self.words.0.get();
        let prompt = |question: &Question| Some(language.say(Word::declared(question.prompt(look)?)));
        questions().filter_map(|(id, question)| Some(Asked { id, question, prompt: prompt(question)? })).collect()
    }

    pub fn screen(self) -> Screen {
        if self.looking.get().is_some() {
            return Screen::Looks;
        }
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
        self.looking.set(None);
        self.detour.set(None);
        self.at.set(at);
    }

    /// Shows "How it looks", or goes back from it to the very place.
    pub fn look_or_back(self) {
        self.moved.set_value(true);
        match self.looking.get_untracked() {
            None => {
                self.looking.set(Some(window().scroll_y().unwrap_or_default()));
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            Some(down) => {
                self.looking.set(None);
                // Once the screen is there again.
                request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, down));
            }
        }
    }

    pub fn is_looking(self) -> bool {
        self.looking.with(Option::is_some)
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
        if self.looking.get_untracked().is_some() {
            return self.look_or_back();
        }
        let at = self.at.get_untracked();
        let back = if self.detour.get_untracked().is_some() { at } else { at.saturating_sub(1) };
        self.go(back);
    }

    pub fn turn_off(self, detour: Detour) {
        self.left();
        self.looking.set(None);
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

    /// Chooses how it looks; it does at once.
    pub fn choose_fact(self, fact: &'static str, value: &str) {
        self.set(fact, value.into());
    }

    /// Whether symbols stand beside words: always in pictures, unless they said otherwise.
    pub fn symbols(self) -> bool {
        let chosen = self.looks.with(|looks| looks.get(looks::SYMBOLS).map(|value| value == "yes"));
        chosen.unwrap_or_else(|| self.look.get() == Look::Pictures)
    }

    /// Whether a picture says its words when it is touched.
    pub fn speaks(self) -> bool {
        self.looks.with(|looks| looks.get(looks::TOUCH) == Some("yes"))
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

    /// Shares the answer as it is now; with nobody, takes it back.
    pub fn share(self, question: &str, with: Vec<PersonId>) {
        let wish = if with.is_empty() {
            Wish::default()
        } else {
            untrack(|| Wish { with, pick: self.pick(question), words: self.words(question) })
        };
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
        listed(self.words, &names)
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
        [most @ .., last] if !most.is_empty() => spoken.with(between, &[("most", &most.join(", ")), ("last", last)]),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, alternatives, listed};

    #[test]
    fn names_are_listed_as_one_says_them() {
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let all = |list: &[&str]| listed(Words::here(), &names(list));
        assert_eq!(all(&[]), "nobody");
        assert_eq!(all(&["Tom"]), "Tom");
        assert_eq!(all(&["Ms Osei", "Tom"]), "Ms Osei and Tom");
        assert_eq!(all(&["Ms Osei", "Tom", "Jo"]), "Ms Osei, Tom and Jo");
        assert_eq!(alternatives(Words::here(), &names(&["Ms Osei", "Tom", "Jo"])), "Ms Osei, Tom or Jo");
    }
}
