//! What the screens of one sitting share: whose it is, what is written, and
//! which screen is showing.

use super::heard::Hearing;
use super::named::listed;
use crate::api::SittingPage;
use crate::device::{Device, Draft};
use crate::domain::looks::{self, Looks};
use crate::domain::people::{PersonId, Role, TeamMember};
use crate::domain::plan::DocumentName;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::values::Values;
use crate::domain::voice::{self, Look, Question};
use crate::domain::words::Word;
use crate::sync::document::Edit;
use crate::ui::field::focus_on;
use crate::ui::speech::quiet;
use crate::ui::words::Words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The id of the button that shares an answer.
pub fn share_button(question: &str) -> String {
    format!("share-{question}")
}

/// Where the look and "I have finished" are kept in the document.
const LOOK: &str = "look";
const FINISHED: &str = "finished";
/// Where this device keeps the question that they are at.
const PLACE: &str = "place";

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
    /// "How it looks".
    Looks,
    Ask(Asked),
    Finish,
    Off(Detour),
}

/// A way off the row of questions, and back to the same one.
#[derive(Clone, Copy, PartialEq)]
pub enum Detour {
    /// Choosing a picture code.
    Code,
    /// What they said so far.
    SoFar,
    /// What came of what they asked for.
    WeDid,
    /// The plan that was made for them.
    SeenPlan,
    /// "Stop for now".
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
    /// What is said of a language that is on its way, or couldn't come.
    pub coming: RwSignal<Option<&'static str>>,
    /// The screen: 0 welcomes, then one for each question, then the end.
    pub at: RwSignal<usize>,
    /// The question where they left off, until they have moved on from the first screen.
    left_off: RwSignal<Option<String>>,
    pub detour: RwSignal<Option<Detour>>,
    /// What they hear of what they said.
    pub hearing: Hearing,
    /// They have just finished, for the first time.
    pub first_finish: RwSignal<bool>,
    /// Whether "How it looks" lies over all that, and how far down the page was then.
    looking: RwSignal<Option<f64>>,
    /// The questions that were answered, in whichever look. They stay to be seen, changed
    /// and taken back also in a look that wouldn't ask them.
    pub answered: RwSignal<Vec<&'static str>>,
    /// Who may see the answer to this question is being chosen, and nothing of that shared.
    ticked: StoredValue<Option<&'static str>>,
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
        let talk = Self {
            page: StoredValue::new(page),
            answered: RwSignal::new(Vec::new()),
            draft,
            look,
            looks,
            words: Words::here(),
            coming: RwSignal::new(None),
            at: RwSignal::new(0),
            left_off: RwSignal::new(None),
            detour: RwSignal::new(None),
            hearing: Hearing::new(),
            first_finish: RwSignal::new(false),
            looking: RwSignal::new(None),
            ticked: StoredValue::new(None),
            moved: StoredValue::new(false),
        };
        Effect::new(move |_| talk.note_answered());
        talk
    }

    pub fn page<T>(self, read: impl FnOnce(&SittingPage) -> T) -> T {
        self.page.with_value(read)
    }

    /// The questions that the look asks, in their order.
    pub fn asked(self) -> Vec<Asked> {
        let look = self.look.get();
        // In the language of now: a question that is said anew is drawn anew.
        let language = self.words.0.get();
        let stays = |id| self.answered.with(|answered| answered.contains(&id));
        let asked = |(id, question): (&'static str, &'static Question)| {
            let prompt = question.prompt(look).or_else(|| stays(id).then(|| question.plainest()))?;
            Some(Asked { id, question, prompt: language.say(Word::declared(prompt)) })
        };
        let pages = questions().filter(|(id, _)| voice::asked_with(id).is_none());
        pages.filter_map(asked).collect()
    }

    /// The questions that are asked on the page of this one.
    pub fn asked_with(self, asked: Asked) -> Vec<Asked> {
        let (look, language) = (self.look.get(), self.words.0.get());
        let with = questions().filter(|(id, _)| voice::asked_with(id) == Some(asked.id));
        with.map(|(id, question)| {
            let prompt = question.prompt(look).unwrap_or(question.plainest());
            Asked { id, question, prompt: language.say(Word::declared(prompt)) }
        })
        .collect()
    }

    pub fn screen(self) -> Screen {
        if self.looking.get().is_some() {
            return Screen::Looks;
        }
        if let Some(detour) = self.detour.get() {
            return Screen::Off(detour);
        }
        let (at, asked) = (self.at.get(), self.asked());
        match at.checked_sub(1) {
            None => Screen::Welcome,
            Some(number) => asked.get(number).map_or(Screen::Finish, |asked| Screen::Ask(*asked)),
        }
    }

    /// Keeps on this device at which question they are, and finds where they left off.
    pub fn keep_place(self, screen: Memo<Screen>) {
        let device = Device::here();
        Effect::new(move |_| {
            let place = match screen.get() {
                Screen::Ask(asked) => asked.id,
                Screen::Finish => "",
                _ => return,
            };
            self.left_off.set(None);
            device.keep(PLACE, place);
        });
        Effect::new(move |_| {
            let place = device.kept(PLACE);
            spawn_local(async move {
                let place = place.await;
                // Whoever has begun by then has a place already.
                if self.at.try_get_untracked() == Some(0) {
                    self.left_off.set(place);
                }
            });
        });
    }

    /// The screen of the question where they left off; none where that is the first.
    pub fn left_off(self) -> Option<usize> {
        let id = self.left_off.get()?;
        let number = self.asked().iter().position(|asked| asked.id == id)?;
        (number > 0).then_some(number + 1)
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
        quiet();
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
        // Someone is ticked, and it isn't shared yet: only now they would believe it was.
        if let Some(question) = self.ticked.get_value() {
            self.ticked.set_value(None);
            return focus_on(share_button(question));
        }
        if self.detour.get_untracked().is_some() {
            return self.go(self.at.get_untracked());
        }
        let last = untrack(|| self.asked().len());
        let next = untrack(|| self.left_off()).unwrap_or(self.at.get_untracked() + 1);
        let at = next.min(last + 1);
        let finished = untrack(|| self.draft.fact(FINISHED)).as_deref() == Some("yes");
        self.first_finish.set(at == last + 1 && !finished);
        if at == last + 1 && !finished {
            self.set(FINISHED, "yes".into());
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

    /// Notes that somebody is ticked for an answer and it isn't shared with them, or no longer.
    pub fn tick(self, question: &'static str, is_new: bool) {
        self.ticked.try_update_value(|ticked| {
            if is_new {
                *ticked = Some(question);
            } else if *ticked == Some(question) {
                *ticked = None;
            }
        });
    }

    fn left(self) {
        quiet();
        self.moved.set_value(true);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Chooses a look, and stays at the question: where the look doesn't ask it, at the
    /// one before it.
    pub fn choose_look(self, look: Look) {
        self.staying(|| self.set(LOOK, look.id().into()));
    }

    /// Follows which questions are answered. One whose answer was just taken out doesn't
    /// vanish from under the finger.
    fn note_answered(self) {
        let found = self
            .draft
            .values
            .with(|values| questions().map(|(id, _)| id).filter(|id| is_answered(values, id)).collect::<Vec<_>>());
        let more: Vec<_> =
            self.answered.with_untracked(|known| found.into_iter().filter(|id| !known.contains(id)).collect());
        if !more.is_empty() {
            self.staying(|| self.answered.update(|known| known.extend(more)));
        }
    }

    /// Does what changes which questions there are, and stays at the same one; where it
    /// is gone, at the one before it.
    fn staying(self, change: impl FnOnce()) {
        let before = untrack(|| self.asked());
        change();
        let now = untrack(|| self.asked());
        let order = |id| questions().position(|(other, _)| other == id);
        let at = match self.at.get_untracked() {
            0 => 0,
            at => match before.get(at - 1) {
                Some(asked) => now.iter().filter(|one| order(one.id) <= order(asked.id)).count().max(1),
                None => now.len() + 1,
            },
        };
        if at != self.at.get_untracked() {
            self.at.set(at);
        }
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

    pub(super) fn set(self, path: &str, value: String) {
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

fn is_answered(values: &Values, question: &str) -> bool {
    let fact = |path: String| values.fact(&path).is_some_and(|fact| !fact.is_empty());
    fact(voice::pick_of(question))
        || fact(voice::wish_of(question))
        || fact(voice::drawing_of(question))
        || fact(voice::recording_of(question))
        || !values.text(&voice::words_of(question)).trim().is_empty()
}
