//! The status line: where the person's words are. It says what is a fact at this
//! moment, in the words of whoever reads it, always in the same place.

use super::pictures::Picture;
use super::words::Words;
use crate::device::Device;
use crate::domain::plan::DocumentName;
use crate::domain::words::{Language, fill, status as words};
use crate::sync::outbox::Status;
use leptos::prelude::*;
use std::time::Duration;

/// Whose words the line speaks in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    Professional,
    Carer,
    YoungPerson,
}

/// How loud a status is. Being offline is never an alarm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tone {
    Quiet,
    /// Needs a person.
    Warn,
    /// Words are about to be lost.
    Stop,
}

impl Tone {
    fn id(self) -> &'static str {
        match self {
            Tone::Quiet => "quiet",
            Tone::Warn => "warn",
            Tone::Stop => "stop",
        }
    }
}

/// The drawings that a line may have.
const ICONS: [&str; 4] = ["icon-device", "icon-offline", "icon-tick", "icon-alert"];

/// One status line, ready to show.
#[derive(Clone, PartialEq, Debug)]
struct Line {
    words: String,
    icon: &'static str,
    tone: Tone,
}

/// The device's status for pages: as it is, but nothing at first, so that the
/// first render in the browser is what the server rendered.
pub fn shown_status() -> ReadSignal<Status> {
    let device = Device::here();
    let (shown, show) = signal(Status::Nothing);
    Effect::new(move |_| show.set(device.status.get()));
    shown
}

/// Where this device's words are, in the words of the speaker.
#[component]
pub fn StatusLine(speaker: Speaker) -> impl IntoView {
    let device = Device::here();
    let (status, spoken) = (shown_status(), Words::here());
    let line = Memo::new(move |_| {
        let part = device.not_sent.with(|kept| kept.first().map(|kept| part(&kept.document)));
        line(&status.get(), speaker, part.as_deref(), spoken.0.get())
    });
    let announced = announced(line);
    view! {
        <p class="status" data-tone=move || line.with(|line| line.tone.id())>
            {icons(line)}
            // The line itself changes several times a second while someone types;
            // a screen reader hears the calmer copy below.
            <span aria-hidden="true">{move || line.with(|line| line.words.clone())}</span>
            <span class="visually-hidden" role="status">
                {move || announced.get()}
            </span>
            <span class="visually-hidden" role="alert">
                {move || line.with(|line| if line.tone == Tone::Stop { line.words.clone() } else { String::new() })}
            </span>
        </p>
    }
}

/// What a part of a plan is called, also on another child's page.
fn part(of: &DocumentName) -> String {
    let title = of.section.section().title.replace("{name}'s ", "my ");
    let at = window().location().pathname().unwrap_or_default();
    let is_of_another = at.starts_with("/plans/") && !at.contains(&of.plan.to_string());
    if is_of_another { format!("{title} in another plan") } else { title }
}

/// All of them are there, and one shows: the line changes with every key, and each
/// drawing that is put into a page is read from its sheet anew.
fn icons(line: Memo<Line>) -> Vec<AnyView> {
    let icon =
        |id: &'static str| view! { <i hidden=move || line.with(|line| line.icon != id)><Picture id/></i> }.into_any();
    ICONS.into_iter().map(icon).collect()
}

/// What is announced: a status that has stood for a while, so that typing isn't
/// talked over; one that needs a person at once. A claim that no longer holds is
/// withdrawn in silence.
fn announced(line: Memo<Line>) -> ReadSignal<String> {
    let (announced, announce) = signal(String::new());
    let mut settle = debounce(Duration::from_millis(1500), move |words| announce.set(words));
    Effect::new(move |_| {
        let line = line.get();
        if announced.get_untracked() != line.words {
            announce.set(if line.tone == Tone::Warn { line.words.clone() } else { String::new() });
        }
        // The alert beside it speaks for a stop.
        settle(if line.tone == Tone::Stop { String::new() } else { line.words });
    });
    announced
}

/// `part` is the section that holds a refused change.
fn line(status: &Status, speaker: Speaker, part: Option<&str>, spoken: Language) -> Line {
    let (icon, tone) = match status {
        Status::Nothing => ("", Tone::Quiet),
        Status::Writing | Status::OnDevice | Status::Sending => ("icon-device", Tone::Quiet),
        Status::Waiting(_) => ("icon-offline", Tone::Quiet),
        Status::InPlan(_) => ("icon-tick", Tone::Quiet),
        Status::NotSent(_) | Status::Late | Status::SignIn(_) | Status::Old(_) => ("icon-alert", Tone::Warn),
        Status::NotStored => ("icon-alert", Tone::Stop),
    };
    // A tablet has no words but the young person's.
    let speaker = if crate::TABLET { Speaker::YoungPerson } else { speaker };
    let words = match speaker {
        Speaker::Professional => to_professional(status, part),
        Speaker::Carer => to_carer(status, spoken),
        Speaker::YoungPerson => to_young_person(status, spoken),
    };
    Line { words, icon, tone }
}

fn to_professional(status: &Status, part: Option<&str>) -> String {
    match status {
        Status::Nothing => String::new(),
        Status::Writing => "Saving".into(),
        Status::OnDevice => "Saved on this device".into(),
        Status::Waiting(0) => "Offline".into(),
        Status::Waiting(some) => format!("Offline. {} waiting to send", changes(*some)),
        Status::Sending => "Sending".into(),
        Status::InPlan(at) => format!("Saved to the plan, {}", at.clock()),
        Status::NotSent(_) => {
            format!("Not sent: you can no longer edit {}. Copy or discard", part.unwrap_or("this"))
        }
        Status::Late => "A plan was closed before your words came. They are kept beside it".into(),
        Status::SignIn(some) => format!("Sign in to send {}", changes(*some)),
        Status::NotStored => "Not saved. Copy your text now".into(),
        Status::Old(by) => format!("Send by {}: this browser may clear it", words::WEEK[by.day().in_week()].english()),
    }
}

fn to_carer(status: &Status, spoken: Language) -> String {
    let counted = |one, some, count: usize| match count {
        1 => spoken.say(one).into(),
        count => fill(spoken.say(some), &[("count", &count.to_string())]),
    };
    match status {
        Status::Nothing => String::new(),
        Status::Writing => spoken.say(words::SAVING).into(),
        Status::OnDevice => spoken.say(words::ON_PHONE).into(),
        Status::Waiting(0) => spoken.say(words::NO_SIGNAL).into(),
        Status::Waiting(some) => counted(words::NO_SIGNAL_ONE, words::NO_SIGNAL_SOME, *some),
        Status::Sending => spoken.say(words::SENDING).into(),
        Status::InPlan(at) => fill(spoken.say(words::SENT_AT), &[("time", &at.clock())]),
        Status::NotSent(_) => spoken.say(words::NOT_SENT).into(),
        Status::Late => spoken.say(words::LATE).into(),
        Status::SignIn(some) => counted(words::SIGN_IN_ONE, words::SIGN_IN_SOME, *some),
        Status::NotStored => spoken.say(words::NOT_SAVED).into(),
        Status::Old(by) => fill(spoken.say(words::SEND_BY), &[("day", spoken.say(words::WEEK[by.day().in_week()]))]),
    }
}

fn to_young_person(status: &Status, spoken: Language) -> String {
    let word = match status {
        Status::Nothing => return String::new(),
        Status::Writing => words::SAVING,
        Status::OnDevice => words::ON_DEVICE,
        Status::Waiting(_) => words::NO_INTERNET,
        Status::Sending => words::SENDING,
        Status::InPlan(_) => words::SAFE_IN_PLAN,
        // Of their own words nothing is kept beside a plan.
        Status::NotSent(_) | Status::Late => words::STUCK,
        Status::SignIn(_) => words::ASK_TO_SIGN_IN,
        Status::NotStored => words::SHOW_AN_ADULT,
        Status::Old(_) => words::ASK_TO_CONNECT,
    };
    spoken.say(word).into()
}

fn changes(some: usize) -> String {
    if some == 1 { "1 change".into() } else { format!("{some} changes") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;

    const SPEAKERS: [Speaker; 3] = [Speaker::Professional, Speaker::Carer, Speaker::YoungPerson];

    fn told(status: &Status, speaker: Speaker, part: Option<&str>) -> Line {
        line(status, speaker, part, Language::English)
    }

    fn every_status() -> Vec<Status> {
        let at = Moment(1_774_746_000_000);
        vec![
            Status::Nothing,
            Status::Writing,
            Status::OnDevice,
            Status::Waiting(3),
            Status::Sending,
            Status::InPlan(at),
            Status::NotSent(1),
            Status::Late,
            Status::SignIn(3),
            Status::NotStored,
            Status::Old(at),
        ]
    }

    #[test]
    fn only_a_commit_is_called_saved_to_the_plan() {
        for status in every_status() {
            for speaker in SPEAKERS {
                let words = told(&status, speaker, None).words;
                let claims = ["to the plan", "In the plan", "in your plan"].iter().any(|claim| words.contains(claim));
                assert_eq!(claims, matches!(status, Status::InPlan(_)), "{status:?}: {words}");
            }
        }
    }

    #[test]
    fn a_line_has_one_of_the_drawings_that_are_there_or_none() {
        for status in every_status() {
            let icon = told(&status, Speaker::Carer, None).icon;
            assert_eq!(ICONS.contains(&icon), status != Status::Nothing, "{status:?}");
        }
    }

    #[test]
    fn nothing_is_called_saved_before_it_is_on_the_disk() {
        for status in [Status::Nothing, Status::Writing, Status::NotStored] {
            for speaker in SPEAKERS {
                let words = told(&status, speaker, None).words;
                assert!(!words.starts_with("Saved") && !words.contains("safe"), "{status:?}: {words}");
            }
        }
    }

    #[test]
    fn a_status_is_told_in_plain_words() {
        for status in every_status() {
            for speaker in SPEAKERS {
                let words = told(&status, speaker, Some("Targets")).words.to_lowercase();
                for banned in ["sync", "queue", "cache", "conflict", "submit", "pending", "failed", "error"] {
                    assert!(!words.contains(banned), "{words}");
                }
            }
        }
        let waiting = |some| told(&Status::Waiting(some), Speaker::Carer, None).words;
        assert_eq!(waiting(1), "No signal. 1 change will send later");
        assert_eq!(waiting(3), "No signal. 3 changes will send later");
    }

    #[test]
    fn an_old_draft_is_told_with_the_day_to_send_it_by() {
        // Sunday 29 March 2026.
        let old = Status::Old(Moment(1_774_746_000_000));
        assert_eq!(told(&old, Speaker::Carer, None).words, "Send by Sunday: this phone may clear it");
        assert_eq!(told(&old, Speaker::Professional, None).words, "Send by Sunday: this browser may clear it");
    }

    #[test]
    fn only_words_about_to_be_lost_are_an_alarm() {
        for status in every_status() {
            let tone = told(&status, Speaker::Carer, None).tone;
            assert_eq!(tone == Tone::Stop, status == Status::NotStored, "{status:?}");
        }
    }
}
