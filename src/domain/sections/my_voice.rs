//! My voice: the child's or young person's own words. Their wishes and feelings
//! must be heard (Children Act 1989, section 22(4)); nobody else writes here.

mod pictures;

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::looks;
use crate::domain::people::Role;
use crate::domain::phase::Phase;
use crate::domain::voice::{Answer, Question, SeenPlan};

static SCHOOL: Question = Question {
    pictures: "How does school feel?",
    both: "How does school feel right now?",
    words: "How is school for you at the moment?",
    answer: Answer::Faces,
};

static BEST: Question = Question {
    pictures: "",
    both: "What do you like best at school?",
    words: "What's the best thing about school for you?",
    answer: Answer::Pictures(pictures::LIKED),
};

/// The youngest say it by sorting, which they can from four on; a pile is no rating.
static SORT: Question = Question {
    pictures: "What is good at school? What is not?",
    both: "",
    words: "",
    answer: Answer::Sort(pictures::SCHOOL_DAY),
};

static FRIENDS: Question = Question {
    pictures: "",
    both: "",
    words: "How are break and lunch, and the people you spend them with?",
    answer: Answer::Faces,
};

static PROUD: Question = Question {
    pictures: "",
    both: "",
    words: "What have you done lately that you're proud of, big or small?",
    answer: Answer::JustWords,
};

static HARD: Question = Question {
    pictures: "",
    both: "What is hard for you at school?",
    words: "What's hard at school, or on the way there?",
    answer: Answer::Pictures(pictures::HARD),
};

static HELPS: Question = Question {
    pictures: "Who or what helps you?",
    both: "Who or what helps when things are hard?",
    words: "When things are hard, who do you go to, and what helps?",
    answer: Answer::Pictures(pictures::HELPFUL),
};

static SAFE: Question = Question {
    pictures: "",
    both: "Do you feel safe at school? Where can you go?",
    words: "Do you feel safe at school, and is there somewhere you can go?",
    answer: Answer::One(&[
        pick("yes", "Yes, I feel safe"),
        pick("mostly", "Most of the time"),
        pick("sometimes", "Only sometimes"),
        pick("no", "No, I don't"),
    ]),
};

static CHANGE: Question = Question {
    pictures: "What would make school better?",
    both: "What one thing would make school better?",
    words: "If you could change one thing about school, what would it be?",
    answer: Answer::Pictures(pictures::BETTER),
};

static DREAMS: Question = Question {
    pictures: "",
    both: "What would you love to do when you're older?",
    words: "What would you like to do one day? You can change your mind.",
    answer: Answer::JustWords,
};

static KNOW: Question = Question {
    pictures: "",
    both: "What should the grown-ups know about you?",
    words: "What do you wish the grown-ups knew, or did differently?",
    answer: Answer::JustWords,
};

static MEETING: Question = Question {
    pictures: "Do you want to come to your meeting?",
    both: "Do you want to come to your meeting?",
    words: "There's a meeting about your plan. How would you like to be part of it?",
    answer: Answer::One(&[
        pick("come", "Come to all of it"),
        pick("part", "Come to part of it"),
        pick("message", "Send a message"),
        pick("lead", "Help to lead it"),
        pick("no", "I don't want to come"),
    ]),
};

static THERE: Question = Question {
    pictures: "Who should be there?",
    both: "Who should be there?",
    words: "Who should be there?",
    answer: Answer::Pictures(pictures::PEOPLE),
};

static NOT_THERE: Question = Question {
    pictures: "Who should not be there?",
    both: "Anyone who shouldn't be there, or anything not to talk about?",
    words: "Anyone who shouldn't be there, or anything not to talk about in front of everyone?",
    answer: Answer::Pictures(pictures::PEOPLE),
};

static HELPER: Question = Question {
    pictures: "Who is helping you?",
    both: "Who helped you with this?",
    words: "Did anyone help you with this?",
    answer: Answer::One(&[
        pick("myself", "I did it myself"),
        pick("home", "Someone at home"),
        pick("school", "Someone at school"),
        pick("social-worker", "My social worker"),
        pick("someone-else", "Someone else"),
    ]),
};

const LOOKS: &[Pick] = &[pick("pictures", "Pictures"), pick("both", "Pictures and words"), pick("words", "Words")];

pub const SECTION: Section = Section {
    id: SectionId::MyVoice,
    title: "{name}'s voice",
    intro: "Your own words about school. Nobody else sees an answer until you share it, and you \
            choose who with.",
    writers: &[Role::YoungPerson],
    readers: &[Role::YoungPerson],
    asked: Role::YoungPerson,
    phases: Phase::ALL,
    fields: &[
        Field::question("school", "How school feels", &SCHOOL),
        Field::question("sort", "Good and not so good things", &SORT),
        Field::question("best", "The best thing about school", &BEST),
        Field::question("friends", "Break, lunch and friends", &FRIENDS),
        Field::question("proud", "Proud of", &PROUD),
        Field::question("hard", "What is hard", &HARD),
        Field::question("helps", "Who and what helps", &HELPS),
        Field::question("safe", "Feeling safe, and where to go", &SAFE),
        Field::question("change", "One thing to change", &CHANGE),
        Field::question("dreams", "Dreams", &DREAMS),
        Field::question("know", "What grown-ups should know", &KNOW),
        Field::question("meeting", "Wishes for the meeting", &MEETING),
        Field::question("there", "Who should be there", &THERE),
        Field::question("not-there", "Who shouldn't be there, and what not to talk about", &NOT_THERE),
        Field::question("helper", "Who helped with this", &HELPER),
        Field::choice("look", "How My voice looks", LOOKS).confirm(),
        Field::choice(looks::PALETTE, "Its colours", looks::PALETTES).confirm(),
        Field::choice(looks::SIZE, "How big its words are", looks::SIZES).confirm(),
        Field::choice(looks::SPACING, "The space between its words", looks::SPACINGS).confirm(),
        Field::choice(looks::FONT, "Its letters", looks::FONTS).confirm(),
        Field::yes_no(looks::STILL, "Nothing moves").confirm(),
        Field::yes_no(looks::SYMBOLS, "Symbols beside words").confirm(),
        Field::yes_no(looks::TOUCH, "Pictures speak when touched").confirm(),
        Field::choice(looks::LANGUAGE, "Its language", looks::LANGUAGES).confirm(),
        Field::yes_no("finished", "I have finished for now"),
        Field::told("seen-plan", "What they say to their plan", |text| SeenPlan::read(text).is_some()),
        Field::long("seen-plan-words", "What they say to their plan, in words"),
    ],
};
