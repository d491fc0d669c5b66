//! What is said aloud about others: who came, went and is elsewhere. Pure words; when
//! they are said is for the page.

use super::change::places;
use crate::device::Other;
use crate::domain::calendar::Moment;
use crate::domain::history::Sum;
use crate::domain::sections::SectionId;
use crate::sync::presence::Present;

/// How much of it a person wants to hear.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
pub enum Level {
    Off,
    /// Who comes and goes.
    Quiet,
    /// And where they are, and what they write on the page that is shown.
    All,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Off, Level::Quiet, Level::All];

    pub fn id(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Quiet => "quiet",
            Level::All => "all",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Level::Off => "Nothing",
            Level::Quiet => "Who comes and goes",
            Level::All => "That, where they are, and where they write",
        }
    }

    pub fn read(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.id() == id)
    }
}

/// "Ruth Abara, social worker, in Targets".
pub fn person(present: &Present, child: &str) -> String {
    let who = &present.who;
    if let Some(lost) = present.lost {
        return format!("{}, {}, without a connection since {}", who.name, who.role, lost.clock());
    }
    match present.section {
        Some(section) => format!("{}, {}, in {}", who.name, who.role, section.section().titled(child)),
        None => format!("{}, {}", who.name, who.role),
    }
}

/// Everybody who is here, in one sentence.
pub fn everybody(present: Option<&[Present]>, child: &str) -> String {
    match present {
        None => "Who is here is not known without a connection".into(),
        Some([]) => "Only you are here".into(),
        Some(present) => {
            let people: Vec<_> = present.iter().map(|present| person(present, child)).collect();
            let here = if present.iter().all(|present| present.lost.is_some()) { "only you; " } else { "" };
            format!("Here now: {here}{}", people.join("; "))
        }
    }
}

/// What came from people who had no connection, each person's together: of each part of the
/// plan what came last.
pub fn returned(brought: &[Present]) -> Vec<Vec<&Present>> {
    let mut people: Vec<Vec<&Present>> = Vec::new();
    for one in brought {
        match people.iter_mut().find(|parts| parts.iter().any(|part| part.who.id == one.who.id)) {
            Some(parts) => match parts.iter_mut().find(|part| part.section == one.section) {
                Some(part) => *part = one,
                None => parts.push(one),
            },
            None => people.push(vec![one]),
        }
    }
    people
}

/// "Ada Smith is back online, with changes in “Targets” and “Attendance”".
pub fn back(parts: &[&Present], child: &str) -> Option<String> {
    let titles: Vec<_> = parts.iter().filter_map(|part| Some(part.section?.section().titled(child))).collect();
    Some(format!("{} is back online, with changes in {}", parts.first()?.who.name, places(&titles)))
}

/// What changed between two looks at who is here, as far as it is wanted.
pub fn changes(before: &[Present], now: &[Present], level: Level, child: &str) -> Vec<String> {
    let find = |all: &[Present], id: &str| all.iter().find(|present| present.who.id == id).cloned();
    let mut said = Vec::new();
    if level == Level::Off {
        return said;
    }
    for present in now {
        match find(before, &present.who.id) {
            Some(was) if was.lost.is_none() && present.lost.is_some() => {
                said.push(format!("{} lost the connection", present.who.name));
            }
            // Nobody came by losing their connection, whom this page had not seen.
            None | Some(_) if present.lost.is_some() => {}
            was if was.as_ref().is_none_or(|was| was.lost.is_some()) => {
                said.push(format!("{}, is here", person(present, child)));
            }
            Some(was) if level == Level::All && was.section != present.section => {
                let place = present.section.map(|section| section.section().titled(child));
                let place = place.map_or("the plan’s first page".into(), |title| title);
                said.push(format!("{} is in {place}", present.who.name));
            }
            _ => {}
        }
    }
    let left = before.iter().filter(|present| present.lost.is_none() && find(now, &present.who.id).is_none());
    said.extend(left.map(|present| format!("{} left", present.who.name)));
    said
}

/// What others wrote in a section, as two looks at where they are tell it: whoever typed
/// in a place, and types there no more.
pub fn wrote(before: &[Other], now: &[Other], section: SectionId, child: &str, at: Moment) -> Vec<Sum> {
    let typing = |other: &Other| other.sign.spot.clone().filter(|spot| spot.typing).map(|spot| spot.path);
    let mut sums = Vec::new();
    for other in before {
        let Some(path) = typing(other) else { continue };
        let goes_on = now.iter().any(|now| now.client == other.client && typing(now).as_ref() == Some(&path));
        // A cell counts as the table that it is in, as in what the server sums up.
        let field = path.split('/').next().and_then(|field| section.section().field(field));
        if let (Some(field), false) = (field, goes_on) {
            let places = vec![field.label.replace("{name}", child)];
            sums.push(Sum { section, by: other.who.name.clone(), at, places, paths: vec![path] });
        }
    }
    sums
}

/// What waits to be read out: once in each pause at the most, and nothing in a pause before
/// which somebody typed.
#[derive(Default)]
pub struct Waiting {
    news: Vec<String>,
    pauses: bool,
    typed: bool,
}

impl Waiting {
    pub fn types(&mut self) {
        self.typed = true;
    }

    /// Something is to be said. Where a pause begins now, what is said at its beginning: it
    /// may be nothing.
    pub fn hears(&mut self, news: Vec<String>) -> Option<String> {
        // What is said again is said once, as the last of it.
        self.news.retain(|old| !news.contains(old));
        self.news.extend(news);
        self.turn()
    }

    /// The pause is over. Where another begins, what is said at its beginning.
    pub fn pause_ends(&mut self) -> Option<String> {
        self.pauses = false;
        self.turn()
    }

    fn turn(&mut self) -> Option<String> {
        if self.pauses || self.news.is_empty() {
            return None;
        }
        self.pauses = true;
        match std::mem::take(&mut self.typed) {
            true => Some(String::new()),
            false => Some(std::mem::take(&mut self.news).join(". ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::presence::{Sign, Spot, Who};

    fn present(name: &str, section: Option<SectionId>) -> Present {
        let who = Who { id: name.to_lowercase(), name: name.into(), role: "social worker".into(), look: 0 };
        Present { section, ..Present::of(who) }
    }

    #[test]
    fn who_is_here_is_one_sentence() {
        assert_eq!(everybody(Some(&[]), "Amira"), "Only you are here");
        let here = [present("Ruth", Some(SectionId::Targets)), present("Jo", None)];
        assert!(everybody(Some(&here), "Amira").starts_with("Here now: Ruth, social worker, in "));
        assert!(everybody(None, "Amira").contains("not known"));
    }

    #[test]
    fn each_hears_as_much_as_they_want() {
        let before = [present("Ruth", None), present("Jo", None)];
        let now = [present("Ruth", Some(SectionId::Targets)), present("Sam", None)];
        assert!(changes(&before, &now, Level::Off, "Amira").is_empty());
        assert_eq!(changes(&before, &now, Level::Quiet, "Amira"), ["Sam, social worker, is here", "Jo left"]);
        let lost = [present("Ruth", None), Present { lost: Some(Moment(0)), ..present("Jo", None) }];
        assert_eq!(changes(&before, &lost, Level::Quiet, "Amira"), ["Jo lost the connection"]);
        assert_eq!(changes(&lost, &before, Level::Quiet, "Amira"), ["Jo, social worker, is here"]);
        assert!(changes(&before[..1], &lost, Level::All, "Amira").is_empty());
        assert!(changes(&lost, &before[..1], Level::All, "Amira").is_empty());
        let all = changes(&before, &now, Level::All, "Amira");
        assert_eq!(all.len(), 3);
        assert!(all[0].starts_with("Ruth is in "), "{all:?}");
    }

    #[test]
    fn who_is_back_with_changes_is_one_sentence_for_each_person() {
        let (targets, attendance) = (Some(SectionId::Targets), Some(SectionId::Attendance));
        let path = |path: &str| Some(path.to_string());
        let again = Present { path: path("changes"), ..present("Ruth", targets) };
        let brought = [present("Ruth", targets), present("Jo", attendance), present("Ruth", attendance), again.clone()];
        let people = returned(&brought);
        assert_eq!(people.len(), 2);
        assert_eq!(people[0], [&again, &present("Ruth", attendance)], "the latest place of each part");
        let title = |section: SectionId| format!("“{}”", section.section().titled("Amira"));
        let (targets, attendance) = (title(SectionId::Targets), title(SectionId::Attendance));
        let sentence = format!("Ruth is back online, with changes in {targets} and {attendance}");
        assert_eq!(back(&people[0], "Amira"), Some(sentence));
        assert_eq!(back(&people[1], "Amira"), Some(format!("Jo is back online, with changes in {attendance}")));
        assert_eq!(returned(&[]), Vec::<Vec<&Present>>::new());
    }

    #[test]
    fn one_thing_is_read_out_in_ten_seconds_at_the_most_and_nothing_while_somebody_types() {
        const PAUSE: u32 = 10;
        let typing = 20..35;
        let (mut waiting, mut ends, mut said) = (Waiting::default(), None, Vec::new());
        for second in 0..60 {
            if typing.contains(&second) {
                waiting.types();
            }
            let over = if ends == Some(second) { waiting.pause_ends() } else { None };
            let news = if second % 3 == 0 { waiting.hears(vec![second.to_string()]) } else { None };
            for words in [over, news].into_iter().flatten() {
                ends = Some(second + PAUSE);
                said.push((second, words));
            }
        }
        assert!(said.windows(2).all(|two| two[1].0 - two[0].0 >= PAUSE), "{said:?}");
        said.retain(|(_, words)| !words.is_empty());
        assert!(said.iter().all(|(second, _)| !typing.contains(second)), "{said:?}");
        let last = said.last().unwrap().0;
        let all: Vec<_> = said.into_iter().map(|(_, words)| words).collect();
        let wanted: Vec<_> = (0..last).filter(|second| second % 3 == 0).map(|second| second.to_string()).collect();
        assert!(last > typing.end && all.join(". ") == wanted.join(". "), "each once, in its order: {all:?}");
    }

    #[test]
    fn what_somebody_wrote_is_told_once_they_rest_move_on_or_leave() {
        let other = |path: &str, typing: bool| {
            let spot = Spot { path: path.into(), typing, ..Spot::default() };
            let sign = Sign { spot: Some(spot), ..Sign::default() };
            Other { client: 7, who: present("Ruth", None).who, sign }
        };
        let told = |before: &[Other], now: &[Other]| {
            let sums = wrote(before, now, SectionId::Progress, "Amira", Moment(1));
            sums.into_iter().flat_map(|sum| sum.paths).collect::<Vec<_>>()
        };
        let types = [other("helps", true)];
        assert!(told(&[], &types).is_empty() && told(&types, &types).is_empty(), "while they type, nothing");
        for now in [vec![other("helps", false)], vec![other("gaps", true)], vec![]] {
            assert_eq!(told(&types, &now), ["helps"]);
        }
        assert!(told(&[other("helps", false)], &[]).is_empty(), "who only looked");
        assert!(told(&[other("no-such-place", true)], &[]).is_empty());
    }

    #[test]
    fn what_is_said_again_while_it_waits_is_said_once() {
        let mut waiting = Waiting::default();
        let news = |words: &[&str]| words.iter().map(|words| words.to_string()).collect::<Vec<_>>();
        assert_eq!(waiting.hears(news(&["One"])), Some("One".into()));
        assert_eq!(waiting.hears(news(&["Ruth left", "Two"])), None);
        assert_eq!(waiting.hears(news(&["Ruth is here", "Ruth left"])), None);
        assert_eq!(waiting.pause_ends(), Some("Two. Ruth is here. Ruth left".into()));
    }

    #[test]
    fn a_level_is_kept_by_its_id() {
        for level in Level::ALL {
            assert_eq!(Level::read(level.id()), Some(level));
        }
    }
}
