//! What is on its way about one document, and which answer is about which message. The
//! server answers in order; what reaches it after it closed the document, it may not
//! answer at all.

use crate::domain::calendar::Moment;
use std::collections::VecDeque;

#[derive(Clone, Debug, Default)]
pub struct Lane {
    in_flight: VecDeque<InFlight>,
    /// Why the server won't take this document's changes from this person.
    pub refused: Option<String>,
    /// Up to which change the server keeps beside the plan what came too late for it.
    pub late: u64,
}

/// One message on its way.
#[derive(Clone, Debug)]
enum InFlight {
    /// Everything of the document up to a number; up to none, where it builds on one
    /// that wasn't taken.
    Changes { up_to: u64, since: Moment },
    /// What the server has was asked for: when that is answered, all before is.
    Asked,
}

impl Lane {
    pub fn sent(&mut self, up_to: u64, since: Moment) {
        self.in_flight.push_back(InFlight::Changes { up_to, since });
    }

    pub fn asked(&mut self) {
        self.in_flight.push_back(InFlight::Asked);
    }

    /// What the server has has come: everything that left before is answered.
    pub fn met(&mut self) {
        let asked = self.in_flight.iter().position(|message| matches!(message, InFlight::Asked));
        self.in_flight.drain(..asked.map_or(0, |asked| asked + 1));
    }

    /// Takes the message that an answer is about, and answers how far it went.
    pub fn take_oldest(&mut self) -> Option<u64> {
        loop {
            match self.in_flight.pop_front()? {
                InFlight::Changes { up_to, .. } => return Some(up_to),
                // Asked while the server had it closed: no answer to that comes any more.
                InFlight::Asked => {}
            }
        }
    }

    /// What is in flight may arrive, and says nothing of what was before it.
    pub fn vouch_for_nothing(&mut self) {
        for message in &mut self.in_flight {
            if let InFlight::Changes { up_to, .. } = message {
                *up_to = 0;
            }
        }
    }

    /// The connection is gone: no answer comes any more.
    pub fn give_up(&mut self) {
        self.in_flight.clear();
    }

    /// Whether something has been on its way since before a moment.
    pub fn waits_since(&self, moment: Moment) -> bool {
        self.in_flight.iter().any(|message| matches!(message, InFlight::Changes { since, .. } if *since < moment))
    }
}
