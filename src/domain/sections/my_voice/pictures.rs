//! The answers that are offered as pictures, few enough to see at once. Each id is the
//! name of a drawing, unless the page has another for it; the words beside it differ from
//! question to question.

use crate::domain::sections::Pick;
use crate::domain::sections::field::pick;
use crate::domain::voice::FREE_TIME;

/// What a school day has in it, to be sorted.
pub const SCHOOL_DAY: &[Pick] = &[
    pick("play", "Playtime"),
    pick("lunch", "Lunch"),
    pick("friends", "Friends"),
    pick("teacher", "My teacher"),
    pick("reading", "Reading"),
    pick("writing", "Writing"),
    pick("maths", "Maths"),
    pick("pe", "PE"),
    pick("noise", "The noise"),
    pick("mornings", "Mornings"),
];

pub const LIKED: &[Pick] = &[
    pick("play", "Playing"),
    pick(FREE_TIME, "Free time"),
    pick("friends", "My friends"),
    pick("art", "Art"),
    pick("reading", "Reading"),
    pick("maths", "Maths"),
    pick("pe", "PE"),
    pick("music", "Music"),
    pick("computers", "Computers"),
    pick("lunch", "Lunch"),
    pick("outside", "Being outside"),
    pick("teacher", "My teacher"),
    pick("quiet-place", "A quiet place"),
];

pub const HARD: &[Pick] = &[
    pick("reading", "Reading"),
    pick("writing", "Writing"),
    pick("maths", "Maths"),
    pick("tests", "Tests"),
    pick("pe", "PE"),
    pick("noise", "The noise"),
    pick("play", "Playtime"),
    pick(FREE_TIME, "Break time"),
    pick("lunch", "Lunch"),
    pick("friends", "Friends"),
    pick("teacher", "Teachers"),
    pick("mornings", "Mornings"),
    pick("getting-there", "Getting there"),
];

pub const HELPFUL: &[Pick] = &[
    pick("teacher", "A teacher"),
    pick("a-friend", "A friend"),
    pick("family", "My family"),
    pick("someone-to-listen", "Someone who listens"),
    pick("a-hug", "A hug"),
    pick("a-break", "A break"),
    pick("more-time", "More time"),
    pick("quiet-place", "A quiet place"),
    pick("outside", "Going outside"),
    pick("music", "Music"),
    pick("pets", "Animals"),
];

pub const BETTER: &[Pick] = &[
    pick("play", "More time to play"),
    pick(FREE_TIME, "More free time"),
    pick("outside", "More time outside"),
    pick("more-time", "More time for my work"),
    pick("a-break", "A break when I need one"),
    pick("quiet-place", "A quiet place to go"),
    pick("noise", "Less noise"),
    pick("someone-to-listen", "Someone to listen"),
    pick("a-friend", "A friend to be with"),
    pick("mornings", "Easier mornings"),
    pick("lunch", "A better lunch time"),
];

/// Who may be at a meeting, by what they are to the child: nobody is named unless the
/// child does it.
pub const PEOPLE: &[Pick] = &[
    pick("teacher", "My teacher"),
    pick("a-friend", "A friend"),
    pick("family", "My family"),
    pick("home", "Someone at home"),
    pick("social-worker", "My social worker"),
    pick("someone-else", "Someone else"),
];
