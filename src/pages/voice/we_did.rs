//! You said, we did: each thing they asked for with what comes of it, who decided, why
//! and by when; and what they say to that.

use super::finish::pictured;
use super::frame::Heading;
use super::talk::{Talk, questions};
use super::telling::{Asking, Tell, Way};
use crate::api::influence::{Came, Said};
use crate::domain::voice::{Back, InTheirs, Question, Verdict, back_of, back_words_of};
use crate::domain::words::Word;
use crate::domain::words::influence::{
    BY_WHEN, DECIDED, IN_YOURS, IS_THAT_OK, LAST_MEETING, NOT_OK, NOT_SURE, NOT_THIS_TIME, OK_WITH_ME, PARTLY,
    READ_REPLY, SAY_MORE_BACK, WE_DID, WE_DID_LEAD, YES_WE_WILL, YOU_SAID,
};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;

#[component]
pub fn WeDid(talk: Talk) -> impl IntoView {
    let aloud = format!("{}. {}", say(WE_DID), say(WE_DID_LEAD));
    // Which replies there are redraws the list; what is being answered stays.
    let came = Memo::new(move |_| talk.hearing.with(|heard| heard.came.clone()).unwrap_or_default());
    let key = |came: &Came| (came.answer.clone(), came.reply.at);
    view! {
        <Heading talk words=say(WE_DID) aloud reads="main h1, main > .lead"/>
        <p class="lead">{say(WE_DID_LEAD)}</p>
        <ul class="plain stack roomy">
            <For each=move || came.get() key=key children=move |came| view! { <Reply talk came/> }/>
        </ul>
    }
}

/// What a verdict is called, and the drawing of it. None is red, and none is a score.
fn verdict(verdict: Verdict) -> (Word, &'static str, &'static str) {
    match verdict {
        Verdict::Yes => (YES_WE_WILL, "reply-yes", "yes"),
        Verdict::Partly => (PARTLY, "reply-partly", "partly"),
        Verdict::NotThisTime => (NOT_THIS_TIME, "reply-not-now", "not-now"),
    }
}

/// The reply in their language, which they read first. It may come while they answer, so
/// it is followed by itself.
fn theirs(talk: Talk, came: &Came) -> AnyView {
    let (words, answer, at) = (Words::here(), came.answer.clone(), came.reply.at);
    let theirs = Memo::new(move |_| {
        let this = |came: &&Came| came.answer == answer && came.reply.at == at;
        talk.hearing.with(|heard| heard.came.iter().find(this)?.reply.theirs.clone()).flatten()
    });
    let said = move || {
        theirs.get().map(|InTheirs { language, words: theirs, by }| {
            let by = words.with(IN_YOURS, &[("who", &by)]);
            view! {
                <p class="why" lang=language.tag() dir="auto">{theirs}</p>
                <p class="soft">{by}</p>
            }
            .into_any()
        })
    };
    said.into_any()
}

#[component]
fn Reply(talk: Talk, came: Came) -> impl IntoView {
    let words = Words::here();
    let theirs = theirs(talk, &came);
    let (verdict, picture, kind) = verdict(came.reply.verdict);
    let decided = words.with(DECIDED, &[("who", &came.reply.by), ("day", &words.day(came.reply.at.day()))]);
    let due = came.reply.due.map(|day| words.with(BY_WHEN, &[("day", &words.day(day))]));
    // "Kev" says nothing without its question: he may be who should stay away.
    let asked = question(&came.asked.question)
        .map(|question| question.prompt(talk.look.get_untracked()).unwrap_or(question.plainest()));
    let asked = asked.map_or("", |prompt| say(Word::declared(prompt)));
    let in_theirs = came.reply.theirs.as_ref().map(|theirs| theirs.words.clone());
    let aloud = [
        format!("{asked} {}: {}", say(YOU_SAID), in_words(&came.asked)),
        say(verdict).to_string(),
        in_theirs.unwrap_or_default(),
        came.reply.why.clone(),
        decided.clone(),
        due.clone().unwrap_or_default(),
    ];
    let aloud = aloud.iter().map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty());
    let aloud = aloud.collect::<Vec<_>>().join(". ");
    view! {
        <li class="card came" data-verdict=kind>
            <div class="came-asked">
                <p><b>{asked}</b></p>
                <p class="soft">{say(YOU_SAID)}{came.before.then(|| format!(" {}", say(LAST_MEETING)))}</p>
                <Quoted said=came.asked.clone()/>
            </div>
            <div class="came-reply">
                <p class="verdict"><Picture id=picture class="picture"/><b>{say(verdict)}</b></p>
                <ReadAloud text=aloud label=say(READ_REPLY) reads=".came-asked > *, .came-reply > p"/>
                {theirs}
                <p class="why" lang="en-GB" dir="auto">{came.reply.why.clone()}</p>
                {due.map(|due| view! { <p><b>{due}</b></p> })}
                <p class="soft">{decided}</p>
            </div>
            <AnswerBack talk came/>
        </li>
    }
}

/// Something of theirs, as they gave it: pictures and words.
#[component]
pub fn Quoted(said: Said) -> impl IntoView {
    let question = question(&said.question);
    let picked = question.map(|question| pictured(question, &said.pick, Words::here().language()));
    let made = made(&said);
    let words = [said.words, said.made.picture_words].into_iter().filter(|words| !words.trim().is_empty());
    let quote = |words: String| view! { <blockquote class="their-words" dir="auto">{words}</blockquote> };
    view! {
        {picked}
        {(!made.is_empty()).then(|| view! { <p class="picked"><span>{made}</span></p> })}
        {words.map(quote).collect_view()}
    }
}

fn question(id: &str) -> Option<&'static Question> {
    questions().find(|(other, _)| *other == id).map(|(_, question)| question)
}

/// An answer of theirs, for listening to.
pub fn in_words(said: &Said) -> String {
    let language = Words::here().language();
    let picked = question(&said.question).map(|question| question.picked(&said.pick, language)).unwrap_or_default();
    [picked.as_str(), made(said), said.words.trim(), said.made.picture_words.trim()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

/// What they drew or recorded for it, by name: it is seen and heard where it was made.
fn made(said: &Said) -> &'static str {
    say(Word::declared(said.made.named()))
}

const WAYS: &[Way] =
    &[(OK, OK_WITH_ME, "face-good"), (UNSURE, NOT_SURE, "sym-not-sure"), (NOT, NOT_OK, "face-not-good")];
const OK: &str = "ok";
const NOT: &str = "not-ok";
const UNSURE: &str = "not-sure";

/// What they say to the reply.
#[component]
fn AnswerBack(talk: Talk, came: Came) -> impl IntoView {
    let (answer, to) = (came.answer, came.reply.at);
    let path = back_of(&came.asked.question);
    let asking = Asking {
        name: format!("back-{answer}"),
        question: IS_THAT_OK,
        ways: WAYS,
        say_more: SAY_MORE_BACK,
        words: back_words_of(&came.asked.question),
        path: path.clone(),
        hears: came.hears,
    };
    let id = |ok: Option<bool>| ok.map_or(UNSURE, |ok| if ok { OK } else { NOT });
    let before = came.reply.back.map(|back| (id(back.ok).to_string(), back.words));
    let written = {
        let (path, answer) = (path.clone(), answer.clone());
        Memo::new(move |_| {
            let back = Back::read(&talk.draft.fact(&path)?).filter(|back| back.answer == answer && back.to == to)?;
            Some((id(back.ok).to_string(), back.words))
        })
    };
    let said = Signal::derive(move || written.get().or_else(|| before.clone()));
    let tell = Callback::new(move |(id, words): (&'static str, String)| {
        let ok = (id != UNSURE).then_some(id == OK);
        let back = Back { answer: answer.clone(), to, ok, words };
        talk.set(&path, back.written());
    });
    view! { <Tell talk asking said tell/> }
}
