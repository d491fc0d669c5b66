//! Where the meeting is, once whoever pointed there has gone.

use crate::sync::presence::{Line, Pointed, Sign, State};

/// The client number under which a room says where the meeting is by somebody who has gone.
/// No page has it.
pub(super) const NOBODY: u64 = 0;

/// Turns that a page may be ahead of the others: those that a room forgot, when the server
/// started anew, are fewer.
const AHEAD: u32 = 1_000;

/// Where the meeting is by somebody who pointed and has gone since, such as to a part of the
/// plan, or with their Wi-Fi: it stays there until somebody says otherwise.
pub struct Left(Line);

impl Default for Left {
    fn default() -> Self {
        Self(Line { client: NOBODY, clock: 0, state: None })
    }
}

fn points(line: Option<&Line>) -> Option<Pointed> {
    line?.state.as_ref()?.sign.as_ref()?.points
}

impl Left {
    /// What is said by nobody who is here.
    pub fn line(&self) -> Option<&Line> {
        Some(&self.0).filter(|line| line.state.is_some())
    }

    /// Keeps a client from pointing so far ahead of everybody that nobody could after it.
    pub fn bound<'a>(&self, line: &mut Line, others: impl Iterator<Item = &'a Line>) {
        let turn = |line: &Line| points(Some(line)).map(|pointed| pointed.turn);
        let most = others.filter_map(&turn).max().max(turn(&self.0)).unwrap_or_default().saturating_add(AHEAD);
        let sign = line.state.as_mut().and_then(|state| state.sign.as_mut());
        if let Some(pointed) = sign.and_then(|sign| sign.points.as_mut()) {
            pointed.turn = pointed.turn.min(most);
        }
    }

    /// Takes what a client said before and says now. Answers what is new by that.
    pub fn follow(&mut self, before: Option<&Line>, now: &Line) -> Option<Line> {
        let (pointed, points_now, stands) = (points(before), points(Some(now)), points(Some(&self.0)));
        let user = before.and_then(|before| before.state.as_ref()?.user.clone());
        let state = match (&now.state, pointed) {
            (None, Some(_)) if pointed > stands => {
                Some(State { user, sign: Some(Sign { points: pointed, ..Sign::default() }) })
            }
            // They point now, or no longer do.
            (Some(_), _) if points_now.is_some_and(|now| Some(now) >= stands) => None,
            (Some(_), Some(_)) if points_now.is_none() && pointed >= stands => None,
            _ => return None,
        };
        if self.0.state == state {
            return None;
        }
        self.0 = Line { clock: self.0.clock + 1, state, ..self.0 };
        Some(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::SectionId;
    use crate::sync::presence::Who;

    #[test]
    fn where_the_meeting_is_stays_when_whoever_pointed_goes() {
        let user = || Some(Who { id: "ruth".into(), name: "Ruth".into(), role: "carer".into(), look: 0 });
        let at = |client: u64, turn: Option<u32>| {
            let points = turn.map(|turn| Pointed { turn, at: SectionId::Targets });
            let sign = Some(Sign { points, ..Sign::default() });
            Line { client, clock: 1, state: Some(State { user: user(), sign }) }
        };
        let gone = |client| Line { client, clock: 2, state: None };
        let mut left = Left::default();
        let mut far = at(1, Some(u32::MAX));
        left.bound(&mut far, [&at(2, Some(7))].into_iter());
        assert_eq!(points(Some(&far)).unwrap().turn, 7 + AHEAD);
        assert_eq!(left.follow(None, &at(1, Some(4))), None, "she says so herself");
        let said = left.follow(Some(&at(1, Some(4))), &gone(1)).unwrap();
        assert_eq!((said.client, points(Some(&said))), (NOBODY, points(Some(&at(1, Some(4))))));
        assert_eq!(left.follow(None, &at(2, None)), None, "she is back, and says nothing of it");
        assert_eq!(left.follow(Some(&at(3, Some(2))), &gone(3)), None, "an older word");
        let said = left.follow(None, &at(2, Some(5))).unwrap();
        assert_eq!((said.state, said.clock), (None, 2));
        left.follow(Some(&at(2, Some(5))), &gone(2)).unwrap();
        assert_eq!(left.follow(Some(&at(5, Some(3))), &at(5, None)), None, "who gives way to it doesn't take it back");
        assert_eq!(left.follow(Some(&at(5, Some(5))), &at(5, None)).unwrap().state, None, "taken back");
    }
}
