//! The status line: where the person's words are. It says what is a fact at this
//! moment, in the words of whoever reads it, always in the same place.

use super::pictures::Picture;
use crate::device::Device;
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
    let status = shown_status();
    let line = Memo::new(move |_| {
        let part = device
            .not_sent
            .with(|kept| kept.first().map(|kept| kept.document.section.section().title.replace("{name}'s ", "my ")));
        line(&status.get(), speaker, part.as_deref())
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
fn line(status: &Status, speaker: Speaker, part: Option<&str>) -> Line {
    use Speaker::{Carer, Professional, YoungPerson};
    let (icon, tone) = match status {
        Status::Nothing => ("", Tone::Quiet),
        Status::Writing | Status::OnDevice | Status::Sending => ("icon-device", Tone::Quiet),
        Status::Waiting(_) => ("icon-offline", Tone::Quiet),
        Status::InPlan(_) => ("icon-tick", Tone::Quiet),
        Status::NotSent(_) | Status::SignIn(_) | Status::Old(_) => ("icon-alert", Tone::Warn),
        Status::NotStored => ("icon-alert", Tone::Stop),
    };
    let words = match (status, speaker) {
        (Status::Nothing, _) => String::new(),
        (Status::Writing, _) => "Saving".into(),
        (Status::OnDevice, Professional) => "Saved on this device".into(),
        (Status::OnDevice, Carer) => "Saved on this phone".into(),
        (Status::OnDevice, YoungPerson) => "Saved on this tablet".into(),
        (Status::Waiting(0), Professional) => "Offline".into(),
        (Status::Waiting(0), Carer) => "No signal".into(),
        (Status::Waiting(some), Professional) => format!("Offline. {} waiting to send", changes(*some)),
        (Status::Waiting(some), Carer) => format!("No signal. {} will send later", changes(*some)),
        (Status::Waiting(_), YoungPerson) => "No internet. Your words are safe here".into(),
        (Status::Sending, _) => "Sending".into(),
        (Status::InPlan(at), Professional) => format!("Saved to the plan, {}", at.clock()),
        (Status::InPlan(at), Carer) => format!("Sent, {}", at.clock()),
        (Status::InPlan(_), YoungPerson) => "Safe in your plan".into(),
        (Status::NotSent(_), Professional) => {
            format!("Not sent: you can no longer edit {}. Copy or discard", part.unwrap_or("this"))
        }
        (Status::NotSent(_), Carer) => "Not sent. Open to fix".into(),
        (Status::NotSent(_), YoungPerson) => "Something's stuck. Ask a grown-up".into(),
        (Status::SignIn(_), YoungPerson) => "Ask a grown-up to sign in".into(),
        (Status::SignIn(some), _) => format!("Sign in to send {}", changes(*some)),
        (Status::NotStored, YoungPerson) => "Stop. Show this to an adult".into(),
        (Status::NotStored, _) => "Not saved. Copy your text now".into(),
        (Status::Old(_), YoungPerson) => "Ask a grown-up to connect this tablet".into(),
        (Status::Old(_), _) => "Send soon: this browser may clear it".into(),
    };
    Line { words, icon, tone }
}

fn changes(some: usize) -> String {
    if some == 1 { "1 change".into() } else { format!("{some} changes") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;

    const SPEAKERS: [Speaker; 3] = [Speaker::Professional, Speaker::Carer, Speaker::YoungPerson];

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
            Status::SignIn(3),
            Status::NotStored,
            Status::Old(1),
        ]
    }

    #[test]
    fn only_a_commit_is_called_saved_to_the_plan() {
        for status in every_status() {
            for speaker in SPEAKERS {
                let words = line(&status, speaker, None).words;
                let claims = ["to the plan", "Sent,", "in your plan"].iter().any(|claim| words.contains(claim));
                assert_eq!(claims, matches!(status, Status::InPlan(_)), "{status:?}: {words}");
            }
        }
    }

    #[test]
    fn a_line_has_one_of_the_drawings_that_are_there_or_none() {
        for status in every_status() {
            let icon = line(&status, Speaker::Carer, None).icon;
            assert_eq!(ICONS.contains(&icon), status != Status::Nothing, "{status:?}");
        }
    }

    #[test]
    fn nothing_is_called_saved_before_it_is_on_the_disk() {
        for status in [Status::Nothing, Status::Writing, Status::NotStored] {
            for speaker in SPEAKERS {
                let words = line(&status, speaker, None).words;
                assert!(!words.starts_with("Saved") && !words.contains("safe"), "{status:?}: {words}");
            }
        }
    }

    #[test]
    fn a_status_is_told_in_plain_words() {
        for status in every_status() {
            for speaker in SPEAKERS {
                let words = line(&status, speaker, Some("Targets")).words.to_lowercase();
                for banned in ["sync", "queue", "cache", "conflict", "submit", "pending", "failed", "error"] {
                    assert!(!words.contains(banned), "{words}");
                }
            }
        }
        let waiting = |some| line(&Status::Waiting(some), Speaker::Carer, None).words;
        assert_eq!(waiting(1), "No signal. 1 change will send later");
        assert_eq!(waiting(3), "No signal. 3 changes will send later");
    }

    #[test]
    fn only_words_about_to_be_lost_are_an_alarm() {
        for status in every_status() {
            let tone = line(&status, Speaker::Carer, None).tone;
            assert_eq!(tone == Tone::Stop, status == Status::NotStored, "{status:?}");
        }
    }
}
