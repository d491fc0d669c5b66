//! The topics of the carer's page, as the section declares them, and where the
//! answer to each one is.

use crate::domain::calendar::Moment;
use crate::domain::sections::{Field, Keeps, Kind};
use crate::domain::values::Values;
use crate::domain::words::{carer as words, status};
use crate::sync::outbox::Status;
use crate::ui::words::Words;

/// One topic: a long text, or a choice with a long text for more.
#[derive(Clone, Copy)]
pub struct Topic {
    pub lead: &'static Field,
    pub more: Option<&'static Field>,
}

pub struct Topics {
    pub all: Vec<Topic>,
    /// A yes or no that closes the page.
    pub last: Option<&'static Field>,
}

impl Topics {
    /// A field `x` and a field `x-more` are one topic.
    pub fn of(fields: &'static [Field]) -> Self {
        let is_more = |field: &Field| {
            field.id.strip_suffix("-more").is_some_and(|lead| fields.iter().any(|other| other.id == lead))
        };
        let last = fields.last().filter(|field| matches!(field.kind, Kind::YesNo));
        let all = fields
            .iter()
            // A table, which is that of the photos, is no question.
            .filter(|field| field.kind.keeps() != Keeps::Rows)
            .filter(|field| !is_more(field) && last.is_none_or(|last| last.id != field.id))
            .map(|lead| Topic { lead, more: fields.iter().find(|more| more.id.strip_suffix("-more") == Some(lead.id)) })
            .collect();
        Self { all, last }
    }

    /// The topic to begin with: the first that has no answer.
    pub fn first_open(&self, values: &Values) -> usize {
        self.all.iter().position(|topic| topic.said(values).is_empty()).unwrap_or(0)
    }
}

impl Topic {
    /// Everything that the topic says, to tell one answer from another; empty
    /// where nothing is said.
    pub fn said(&self, values: &Values) -> String {
        let part = |field: &Field| {
            let chosen = values.entries(field.id).iter().map(|entry| entry.value.as_str());
            chosen.chain([values.text(field.id).trim()]).collect::<Vec<_>>().join("\n").trim().to_string()
        };
        let more = self.more.map(part).unwrap_or_default();
        format!("{}\n{more}", part(self.lead)).trim().to_string()
    }
}

/// Where the answer to a topic is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    NotStarted,
    Saving,
    OnPhone,
    /// On its way for more than a moment, and on the phone until it has come.
    Sending,
    /// In the plan: the server commits before it answers.
    Sent(Option<Moment>),
    /// Kept beside the plan, which was closed before it came.
    Late,
    NotSent,
    NotStored,
}

/// An answer and where it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    said: String,
    pub kept: Kept,
}

impl Answer {
    /// `unsent` says that part of this answer is not with the server yet; the
    /// device's status then tells where it is instead.
    pub fn now(was: Option<&Answer>, said: String, unsent: bool, status: &Status) -> Self {
        let kept = match (unsent, status) {
            (true, Status::Writing) => Kept::Saving,
            (true, Status::Sending) => Kept::Sending,
            (true, Status::NotSent(_)) => Kept::NotSent,
            (true, Status::Late) => Kept::Late,
            (true, Status::NotStored) => Kept::NotStored,
            (true, _) => Kept::OnPhone,
            (false, _) if said.is_empty() => Kept::NotStarted,
            (false, status) => Kept::Sent(match (was.map(|was| (&was.kept, was.said == said)), status) {
                // It stays sent when it was, whatever is sent after it.
                (Some((Kept::Sent(at), true)), _) => *at,
                (Some((Kept::OnPhone | Kept::Saving | Kept::Sending, _)), Status::InPlan(at)) => Some(*at),
                _ => None,
            }),
        };
        Self { said, kept }
    }
}

impl Kept {
    pub fn words(self, spoken: Words) -> String {
        let word = match self {
            Kept::NotStarted => words::NOT_STARTED,
            Kept::Saving => words::SAVING,
            Kept::OnPhone => words::ON_PHONE,
            Kept::Sending => status::SENDING,
            Kept::Sent(None) => words::IN_PLAN,
            Kept::Sent(Some(at)) => return spoken.with(status::SENT_AT, &[("time", &at.clock())]),
            Kept::Late => status::LATE,
            Kept::NotSent => words::NOT_SENT,
            Kept::NotStored => words::NOT_SAVED,
        };
        spoken.say(word).into()
    }

    /// For the style sheet.
    pub fn id(self) -> &'static str {
        match self {
            Kept::NotStarted => "not-started",
            Kept::Saving | Kept::OnPhone | Kept::Sending => "on-phone",
            Kept::Sent(_) => "sent",
            Kept::NotSent | Kept::Late | Kept::NotStored => "stuck",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::SectionId;

    fn topics() -> Topics {
        Topics::of(SectionId::CarersView.section().fields)
    }

    #[test]
    fn the_carer_is_asked_five_things() {
        let topics = topics();
        assert_eq!(topics.all.len(), 5);
        assert_eq!(topics.last.map(|field| field.id), Some("share-with-child"));
        assert!(topics.all.iter().all(|topic| !topic.lead.id.ends_with("-more")));
        assert_eq!(topics.all.iter().filter(|topic| topic.more.is_some()).count(), 3);
    }

    #[test]
    fn the_page_opens_at_the_first_question_without_an_answer() {
        let mut values = Values::default();
        assert_eq!(topics().first_open(&values), 0);
        values.texts.insert("going-well".into(), "Breakfast club".into());
        values.texts.insert("homework-more".into(), "At the kitchen table".into());
        assert_eq!(topics().first_open(&values), 2);
    }

    #[test]
    fn an_answer_is_sent_when_nothing_of_it_is_unsent() {
        let at = Moment(1_774_746_000_000);
        let typed = Answer::now(None, "easy".into(), true, &Status::InPlan(at));
        assert_eq!(typed.kept, Kept::OnPhone, "whatever the status says of other things");
        let sent = Answer::now(Some(&typed), "easy".into(), false, &Status::InPlan(at));
        assert_eq!(sent.kept, Kept::Sent(Some(at)));
        let going = Answer::now(Some(&typed), "easy".into(), true, &Status::Sending);
        assert_eq!(going.kept, Kept::Sending);
        assert_eq!(Answer::now(Some(&going), "easy".into(), false, &Status::InPlan(at)).kept, Kept::Sent(Some(at)));
        assert_eq!(Answer::now(Some(&going), "easy".into(), true, &Status::Late).kept, Kept::Late);
        let later = Answer::now(Some(&sent), "easy".into(), false, &Status::Waiting(2));
        assert_eq!(later.kept, Kept::Sent(Some(at)));
        let changed = Answer::now(Some(&sent), "struggle".into(), true, &Status::Waiting(1));
        assert_eq!(changed.kept, Kept::OnPhone);
        assert_eq!(Answer::now(None, String::new(), false, &Status::Nothing).kept, Kept::NotStarted);
    }
}
