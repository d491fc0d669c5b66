//! What a young person reads and looks at: contrast in every palette, sizes of what is
//! pressed, how hard the words are, and words that have no place there.

use pep::domain::looks::PALETTES;
use pep::domain::reading::grade;
use pep::domain::sections::{Kind, SectionId};
use pep::domain::voice::{FACES, Look, NOT_NOW, PILES, Question};
use pep::domain::words::{AREAS, carer};
use std::fs;

const PALETTE_STYLE: &str = include_str!("../../style/voice-looks.css");
const VOICE_STYLE: &str = include_str!("../../style/voice.css");

/// A token's colour in a palette, as red, green and blue from 0 to 1.
fn colour(palette: &str, token: &str) -> [f64; 3] {
    let (_, rest) = PALETTE_STYLE.split_once(&format!("[data-palette=\"{palette}\"] {{")).unwrap();
    let block = rest.split('}').next().unwrap();
    let value = block.split_once(&format!("--{token}: #")).unwrap_or_else(|| panic!("{palette} has no --{token}")).1;
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0)
}

/// The contrast of two colours, as WCAG 2.2 reckons it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let [r, g, b] =
            colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What is written in which colour on which ground.
const TEXTS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "card", "action-wash", "sun-wash", "quiet-wash", "sky-wash", "plum-wash", "clay-wash"]),
    ("soft", &["paper", "card", "action-wash", "quiet-wash"]),
    ("action", &["paper", "card", "action-wash"]),
    ("action-deep", &["paper", "card"]),
    ("on-action", &["action", "action-deep"]),
    ("sun-ink", &["sun-wash", "paper", "card"]),
    ("sky-ink", &["sky-wash"]),
    ("clay", &["card", "paper"]),
    ("plum", &["plum-wash", "card"]),
];

/// What has no words: borders of boxes, icons, the ring of the focus.
const SHAPES: &[(&str, &[&str])] =
    &[("edge", &["paper", "card"]), ("sky", &["sky-wash"]), ("action", &["action-wash", "quiet-wash"])];

#[test]
fn every_palette_can_be_read() {
    for palette in PALETTES {
        let least = if palette.id == "contrast" { 7.0 } else { 4.5 };
        for (pairs, least) in [(TEXTS, least), (SHAPES, 3.0)] {
            for (text, grounds) in pairs {
                for ground in *grounds {
                    let found = contrast(colour(palette.id, text), colour(palette.id, ground));
                    assert!(found >= least, "{}: {text} on {ground} is {found:.2}, not {least}", palette.id);
                }
            }
        }
    }
}

#[test]
fn what_is_pressed_is_as_large_as_its_look_needs() {
    for (selector, pixels) in
        [(".voice {", 64.0), (".voice[data-look=\"pictures\"] {", 96.0), (".voice[data-look=\"words\"] {", 48.0)]
    {
        let (_, rest) = VOICE_STYLE.split_once(selector).unwrap();
        let size = rest.split_once("--target: ").unwrap().1.split("rem").next().unwrap().parse::<f64>().unwrap();
        assert!(size * 16.0 >= pixels, "{selector} {size}rem");
    }
    for pressed in [".pick-body", ".sort-card", ".pile-head", ".way"] {
        let all = [PALETTE_STYLE, VOICE_STYLE, include_str!("../../style/voice-answers.css")].concat();
        let block = all.split_once(&format!("\n{pressed} {{")).unwrap().1.split('}').next().unwrap();
        assert!(block.contains("min-height: ") && block.contains("var(--target)"), "{pressed} has no least height");
    }
}

fn questions() -> Vec<&'static Question> {
    let fields = SectionId::MyVoice.section().fields.iter();
    fields.filter_map(|field| if let Kind::Question(question) = field.kind { Some(question) } else { None }).collect()
}

#[test]
fn each_look_asks_in_words_for_its_readers() {
    for (look, most) in [(Look::Pictures, 2.0), (Look::Both, 4.0), (Look::Words, 6.0)] {
        let prompts: Vec<_> = questions().into_iter().filter_map(|question| question.prompt(look)).collect();
        let found = grade(&prompts.join(" "));
        println!("{look:?}: grade {found:.1}");
        assert!(found <= most, "{look:?} needs grade {found:.1}, not {most}");
        for prompt in prompts {
            let found = grade(prompt);
            assert!(found <= most + 2.5, "{look:?}: {prompt} needs grade {found:.1}");
        }
    }
}

/// Everything that a young person reads, with its name.
fn read_by_young_people() -> Vec<(String, &'static str)> {
    let mut all: Vec<_> =
        AREAS.iter().flat_map(|area| area.iter()).map(|(name, word)| (name.to_string(), word.english())).collect();
    for question in questions() {
        for text in [question.pictures, question.both, question.words] {
            all.push(("a question".into(), text));
        }
        all.extend(question.picks().iter().map(|pick| ("a pick".to_string(), pick.words)));
    }
    all.extend(NOT_NOW.iter().chain(FACES).chain(PILES).map(|pick| ("an answer".to_string(), pick.words)));
    all
}

/// A text of fewer words says little about how hard it is.
const SHORT: usize = 5;

#[test]
fn nothing_that_is_said_needs_more_than_grade_seven_and_to_a_young_person_six() {
    let to_carers: Vec<_> = carer::ALL.iter().map(|(name, _)| *name).collect();
    // Questions and picks have a test of their own, by look.
    let words = read_by_young_people().into_iter().filter(|(name, _)| name.contains('.'));
    for (name, text) in words {
        let most = if to_carers.contains(&name.as_str()) { 7.0 } else { 6.0 };
        let found = grade(text);
        assert!(text.split(' ').count() < SHORT || found <= most, "{name} needs grade {found:.1}: {text}");
    }
}

/// Words of machines and of offices, and words that hurt. Looked for as whole words.
const BANNED: &[&str] = &[
    "sync",
    "synced",
    "syncing",
    "queue",
    "cache",
    "conflict",
    "submit",
    "submitted",
    "pending",
    "failed",
    "invalid",
    "error",
    "required",
    "mandatory",
    "placement",
    "siblings",
    "contact",
    "lac",
    "streak",
    "username",
    "login",
];

#[test]
fn no_word_of_an_office_or_a_machine_is_said_to_a_young_person() {
    let mut wrong = Vec::new();
    for (name, text) in read_by_young_people() {
        let said: Vec<String> = text.to_lowercase().split(|c: char| !c.is_alphabetic()).map(str::to_string).collect();
        for banned in BANNED {
            if said.iter().any(|word| word == banned) {
                wrong.push(format!("{name} says {banned}: {text}"));
            }
        }
        if text.contains('*') || text.contains("!!") {
            wrong.push(format!("{name}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The values of a declaration, a bracket and what is in it as one.
fn values(of: &str) -> Vec<&str> {
    let mut depth = 0;
    let between = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ' ' && depth == 0
    };
    of.split(between).filter(|value| !value.is_empty()).collect()
}

#[test]
fn what_stands_beside_words_stands_on_the_side_from_which_they_are_read() {
    for style in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/style")).unwrap() {
        let path = style.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().flat_map(|line| line.split(['{', ';'])) {
            let Some((property, value)) = line.split_once(':') else { continue };
            if !matches!(property.trim(), "padding" | "margin") {
                continue;
            }
            if let [_, right, _, left] = values(value).as_slice() {
                assert_eq!(right, left, "{}: {line}: say it with `-inline`, for Arabic", path.display());
            }
        }
    }
}
