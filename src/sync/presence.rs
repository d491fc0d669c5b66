//! Who is here, and where: what a page says of its person, and the awareness
//! messages in which that travels. A client says where; who it is, the server writes.

use super::protocol::{Reader, Writer};
use crate::domain::sections::SectionId;
use serde::{Deserialize, Serialize};

/// Where a person is in the document that their page shows.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sign {
    /// On the plan's first page: the document is open, but isn't what they look at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overview: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// What the meeting is at, said by whoever leads through it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<SectionId>,
}

/// A field that somebody is in, and what they have selected there, in UTF-16 units.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Spot {
    pub path: String,
    #[serde(default)]
    pub from: u32,
    #[serde(default)]
    pub to: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub typing: bool,
}

/// A person, as others see them in a plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Who {
    pub id: String,
    pub name: String,
    /// The words for what they are to the child.
    pub role: String,
    /// Which colour and pattern stand for them: of those who are in one plan, as far as
    /// there are enough, each has another.
    #[serde(default)]
    pub look: u8,
}

/// Somebody who is in the plan now, and as much of where as the reader may know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Present {
    pub who: Who,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// The state of one client: JSON, so that other Yjs clients can read it too.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// Written by the server. What a client puts here is not passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Who>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Sign>,
}

/// One client's line in an awareness message; without a state, it has gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub client: u64,
    pub clock: u64,
    pub state: Option<State>,
}

/// More clients than this are in no message.
const MOST_LINES: u64 = 512;
/// The longest state, and the longest path of a field in one, in bytes.
const LONGEST: usize = 2_048;
const LONGEST_PATH: usize = 200;

/// Reads an awareness message; nothing where the bytes are none. A state that says
/// nothing to us is one of somebody who is here, and no more.
pub fn read(bytes: &[u8]) -> Option<Vec<Line>> {
    let mut reader = Reader(bytes);
    let count = reader.number()?;
    if count > MOST_LINES {
        return None;
    }
    (0..count).map(|_| line(&mut reader)).collect()
}

fn line(reader: &mut Reader) -> Option<Line> {
    let (client, clock, json) = (reader.number()?, reader.number()?, reader.string()?);
    if json.len() > LONGEST {
        return None;
    }
    let state = (json != "null").then(|| serde_json::from_str::<State>(&json).unwrap_or_default());
    let far = |state: &State| {
        state.sign.as_ref().and_then(|sign| sign.spot.as_ref()).is_some_and(|spot| spot.path.len() > LONGEST_PATH)
    };
    if state.as_ref().is_some_and(far) {
        return None;
    }
    Some(Line { client, clock, state })
}

pub fn written(lines: &[Line]) -> Vec<u8> {
    let mut writer = Writer(Vec::with_capacity(64));
    writer.number(lines.len() as u64);
    for line in lines {
        writer.number(line.client);
        writer.number(line.clock);
        let json = line.state.as_ref().and_then(|state| serde_json::to_string(state).ok());
        writer.string(json.as_deref().unwrap_or("null"));
    }
    writer.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state() -> impl Strategy<Value = State> {
        let spot = ("[a-z/]{1,40}", any::<u32>(), any::<u32>(), any::<bool>());
        let spot = spot.prop_map(|(path, from, to, typing)| Spot { path, from, to, typing });
        let points = prop_oneof![Just(None), Just(Some(SectionId::Attendance))];
        let sign = (any::<bool>(), prop::option::of(spot), points);
        let sign = sign.prop_map(|(overview, spot, points)| Sign { overview, spot, points });
        let user = prop::option::of((".{0,40}", ".{0,40}", ".{0,20}"));
        let user = user.prop_map(|user| user.map(|(id, name, role)| Who { id, name, role, look: 3 }));
        (user, prop::option::of(sign)).prop_map(|(user, sign)| State { user, sign })
    }

    proptest! {
        #[test]
        fn who_is_here_reads_back_as_written(
            lines in prop::collection::vec((any::<u32>(), any::<u32>(), prop::option::of(state())), 0..8)
        ) {
            let lines: Vec<_> = lines
                .into_iter()
                .map(|(client, clock, state)| Line { client: client.into(), clock: clock.into(), state })
                .collect();
            prop_assert_eq!(read(&written(&lines)), Some(lines));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }

    #[test]
    fn another_programs_state_is_somebody_who_is_here() {
        let json = r##"{"user":{"name":"Anyone","color":"#f00"},"cursor":{"anchor":1}}"##;
        let mut writer = Writer(Vec::new());
        [1, 7, 3].into_iter().for_each(|number| writer.number(number));
        writer.string(json);
        assert_eq!(read(&writer.0), Some(vec![Line { client: 7, clock: 3, state: Some(State::default()) }]));
    }

    #[test]
    fn a_state_is_of_limited_length() {
        let spot = Spot { path: "a".repeat(LONGEST_PATH + 1), ..Spot::default() };
        let state = State { user: None, sign: Some(Sign { spot: Some(spot), ..Sign::default() }) };
        assert_eq!(read(&written(&[Line { client: 1, clock: 1, state: Some(state) }])), None);
    }
}
