//! Who is here, and where: what a page says of its person, and the awareness
//! messages in which that travels. A client says where; who it is, the server writes.

use super::protocol::{Reader, Writer};
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use litemap::LiteMap;
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
    pub points: Option<Pointed>,
}

/// What somebody says the meeting is at. Of several the greatest counts, on every page:
/// whoever points last, and of two at once always the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Pointed {
    /// One more than of all that were seen before.
    pub turn: u32,
    pub at: SectionId,
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

/// Somebody who is in the plan now, or was and may be back, and as much of where as the reader may know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Present {
    pub who: Who,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// They were here until then, and lost their connection: they may be writing on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Moment>,
}

impl Present {
    /// Somebody who is here; where isn't said.
    pub fn of(who: Who) -> Self {
        Self { who, section: None, path: None, lost: None }
    }
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

/// Somebody else who has the same document open, and where they are in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Other {
    /// This load of their page.
    pub client: u64,
    pub who: Who,
    pub sign: Sign,
}

/// Who else has which document open, as far as this page's connection says.
pub struct Company {
    /// What came over connections before this one says nothing any more.
    since: u32,
    heard: LiteMap<DocumentName, Vec<Heard>>,
}

/// What was heard of a client last; nobody where it has gone, or has nothing to tell here.
struct Heard {
    client: u64,
    clock: u64,
    other: Option<Other>,
}

impl Company {
    /// Nobody.
    pub fn new() -> Self {
        Self { since: 0, heard: LiteMap::new() }
    }

    /// It isn't known any more who is here. What the connections before this one brought,
    /// and is only looked at by now, brings nobody back.
    pub fn forget(&mut self, since: u32) {
        self.since = since;
        self.heard.clear();
    }

    /// A document is closed: who has it open isn't heard any more.
    pub fn close(&mut self, name: &DocumentName) {
        self.heard.remove(name);
    }

    /// Takes lines about a document that a connection brought, by its number. Of each
    /// client the latest counts, in whichever order they come. Answers who else is there
    /// by then; nothing where the connection has gone since. `own` is the person's id and
    /// this load of their page.
    pub fn hear(&mut self, over: u32, name: &DocumentName, lines: Vec<Line>, own: (&str, u64)) -> Option<Vec<Other>> {
        if over < self.since {
            return None;
        }
        let all = self.heard.entry(name.clone()).or_default();
        for Line { client, clock, state } in lines {
            if let Some(known) = all.iter().position(|known| known.client == client) {
                if all[known].clock > clock {
                    continue;
                }
                all.remove(known);
            }
            let State { user, sign } = state.unwrap_or_default();
            let signed = user.zip(sign).filter(|_| client != own.1);
            let other =
                signed.and_then(|(who, sign)| Some(Other { client, sign: as_seen(who.id == own.0, sign)?, who }));
            all.push(Heard { client, clock, other });
        }
        Some(all.iter().filter_map(|heard| heard.other.clone()).collect())
    }
}

/// Nobody is told where they are themselves on another page of theirs; but what they point
/// at there, such as for the screen that everybody sees, counts here too.
fn as_seen(is_own: bool, sign: Sign) -> Option<Sign> {
    match is_own {
        true => sign.points.map(|points| Sign { points: Some(points), ..Sign::default() }),
        false => Some(sign),
    }
}

impl Default for Company {
    fn default() -> Self {
        Self::new()
    }
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
        let points = prop::option::of(any::<u32>().prop_map(|turn| Pointed { turn, at: SectionId::Attendance }));
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

    fn line(client: u64, clock: u64, name: &str) -> Line {
        let who = Who { id: name.to_lowercase(), name: name.into(), role: "carer".into(), look: 0 };
        Line { client, clock, state: Some(State { user: Some(who), sign: Some(Sign::default()) }) }
    }

    fn gone(client: u64, clock: u64) -> Line {
        Line { client, clock, state: None }
    }

    /// What comes of lines that a connection brought about one document.
    fn heard(company: &mut Company, over: u32, lines: Vec<Line>) -> Option<Vec<String>> {
        let plan = crate::domain::people::PlanId::new(uuid::Uuid::from_u128(1));
        let name = DocumentName { plan, section: SectionId::Targets };
        let others = company.hear(over, &name, lines, ("ruth", 9))?;
        Some(others.into_iter().map(|other| other.who.name).collect())
    }

    #[test]
    fn who_has_gone_is_not_brought_back_by_what_came_late() {
        let mut company = Company::new();
        let both = vec![line(1, 4, "Tom"), line(2, 7, "Jo"), line(3, 1, "Ruth")];
        assert_eq!(heard(&mut company, 1, both).unwrap(), ["Tom", "Jo"]);
        assert_eq!(heard(&mut company, 1, vec![gone(1, 5)]).unwrap(), ["Jo"]);
        assert_eq!(heard(&mut company, 1, vec![line(1, 4, "Tom"), gone(2, 6)]).unwrap(), ["Jo"]);
        assert_eq!(heard(&mut company, 1, vec![line(1, 6, "Tom")]).unwrap(), ["Jo", "Tom"]);
    }

    #[test]
    fn what_somebody_points_at_counts_on_their_other_pages() {
        let (plan, section) = (crate::domain::people::PlanId::new(uuid::Uuid::from_u128(1)), SectionId::MeetingRecord);
        let points = Some(Pointed { turn: 1, at: SectionId::Targets });
        let at = |client: u64| {
            let mut line = line(client, 1, "Ruth");
            let spot = Some(Spot { path: "agreed".into(), ..Spot::default() });
            line.state.as_mut().unwrap().sign = Some(Sign { spot, points, overview: false });
            line
        };
        let lines = vec![at(9), at(3), line(4, 1, "Ruth")];
        let others = Company::new().hear(1, &DocumentName { plan, section }, lines, ("ruth", 9)).unwrap();
        let signs: Vec<_> = others.iter().map(|other| (other.client, other.sign.points, &other.sign.spot)).collect();
        assert_eq!(signs, [(3, points, &None)], "neither this page's own, nor where they are there");
    }

    #[test]
    fn after_the_connection_has_gone_nothing_that_it_brought_says_who_is_here() {
        let mut company = Company::new();
        assert_eq!(heard(&mut company, 1, vec![line(1, 4, "Tom")]).unwrap(), ["Tom"]);
        company.forget(2);
        assert_eq!(heard(&mut company, 1, vec![line(1, 5, "Tom")]), None);
        // The next one says anew who is here, as they said it last.
        assert_eq!(heard(&mut company, 3, vec![line(2, 7, "Jo")]).unwrap(), ["Jo"]);
        assert_eq!(heard(&mut company, 3, vec![line(1, 4, "Tom")]).unwrap(), ["Jo", "Tom"]);
    }

    #[test]
    fn a_state_is_of_limited_length() {
        let spot = Spot { path: "a".repeat(LONGEST_PATH + 1), ..Spot::default() };
        let state = State { user: None, sign: Some(Sign { spot: Some(spot), ..Sign::default() }) };
        assert_eq!(read(&written(&[Line { client: 1, clock: 1, state: Some(state) }])), None);
    }
}
