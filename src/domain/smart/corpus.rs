//! Targets of all kinds, good and not yet, and what the rules say of them.

use super::{Part, Written, advice};

/// What the rules were shaped on: a target as one sentence, and the first letters
/// of what it misses.
const SHAPED_ON: &[(&str, &str)] = &[
    // Reading and writing.
    ("Improve reading age by 6 months by July", ""),
    ("Read more", "SMT"),
    ("Improve reading", "SMT"),
    ("Read with Mrs Patel for 20 minutes, 4 days a week, until Easter", ""),
    ("Raise her reading age from 9 years 2 months to 9 years 8 months by the end of the summer term", ""),
    ("Read to a grown-up three times a week this term", ""),
    ("Improve use of capital letters and full stops in writing", "MT"),
    ("Spell 80 of the first 100 common words by half term", ""),
    ("Improve writing by 12 March", "SM"),
    ("Write a page in his diary twice a week", "T"),
    // Maths.
    ("Get better at maths", "SMT"),
    ("Know the 2, 5 and 10 times tables by heart by Christmas", ""),
    ("Improve her maths grade from a 3 to a 4 before the mocks", ""),
    ("Move from grade 2 to grade 8 in maths by February half-term", "A"),
    ("Work on fractions", "SMT"),
    ("Score 100% in every maths test, always", "AT"),
    // Being at school.
    ("Improve attendance", "SMT"),
    ("Attendance to rise from 82% to 90% by 14 February", ""),
    ("100% attendance this term", "A"),
    ("Keep attendance at 97% or above until the end of the summer term", ""),
    ("Never be late again", "AT"),
    ("Arrive by 8.45 on at least four days a week for the next six weeks", ""),
    ("Attendance from 40% to 95% by next month", "A"),
    ("Be in school every day by tomorrow", "A"),
    // Feelings and friendships.
    ("Be more confident", "SMT"),
    ("Behave better", "SMT"),
    ("Try harder", "SMRT"),
    ("Make friends", "SMT"),
    ("Play a game with two classmates at lunch, three times a week, by half term", ""),
    ("Improve his behaviour in lessons by the end of term", "SM"),
    ("Use his time-out card instead of leaving the classroom, 4 times out of 5, by Easter", ""),
    ("Always stay calm", "AT"),
    // Independence.
    ("Be more independent", "SMT"),
    ("Pack her own school bag every evening for 4 weeks", ""),
    ("Travel to school by bus without an adult by May half term", ""),
    // Talents and interests.
    ("Keep up the guitar", "SMT"),
    ("Play two songs on the guitar at the summer concert in July", ""),
    ("Join the football club by October half term", ""),
    // After 16.
    ("Apply to two colleges for a level 2 catering course by 31 January", ""),
    ("Think about college", "SMT"),
    ("Complete one week of work experience at the garage before the end of Year 10", ""),
    // Early years.
    ("Put on his coat without help by Christmas", ""),
    ("Talk more", "SMT"),
    ("Use sentences of three words at snack time, five times a day, in 12 weeks", ""),
    // Special educational needs.
    ("Ask for a break with his picture card, 3 times a day, by the next review of his EHCP", ""),
    ("Make progress with speech and language", "SMT"),
    ("Stay in a group task for 10 minutes in 3 lessons a week by spring half term", ""),
];

/// Kept apart: written before the rules were finished, and nothing was tuned on it.
const KEPT_APART: &[(&str, bool)] = &[
    ("Raise Comprehension score from 88 to 95 on the GL test by the June assessment week", true),
    ("Concentrate better in class and complete all work set", false),
    ("Attend at least 23 of 25 lessons each week from now until February half term", true),
    ("Jayden will learn to swim 25 metres by his tenth birthday in April", true),
    ("To achieve age-related expectations", false),
    ("Continue to make good progress in all subjects this year", false),
    ("Count reliably to 20 and write each numeral by the end of Reception", true),
    ("To develop positive relationships with peers", false),
    ("Amira to visit three sixth forms with her carer and choose one by 1 December", true),
    ("Hand in maths homework on time for eight weeks in a row", true),
    ("Develop resilience and self-esteem through mentoring by the summer", false),
    ("Cook a simple meal for the family once a fortnight until the next PEP meeting", true),
    ("Reduce fixed term suspensions", false),
    ("Pass all of her GCSEs with top marks by next week", false),
    ("Phonics: read all Phase 3 sounds correctly before the Year 1 check in June", true),
    ("Use kind hands and good listening", false),
    ("Increase attendance to 92% by the end of the spring term, so that she can go on the residential", true),
    ("Carry on with piano lessons every week", false),
    ("Tell an adult how he feels using the zones chart at registration each morning this half term", true),
    ("More support in English", false),
];

fn letters(text: &str) -> String {
    let missing = advice(&Written { what: text, ..Written::default() }).missing;
    missing.iter().map(|help| letter(help.part)).collect()
}

fn letter(part: Part) -> char {
    match part {
        Part::Specific => 'S',
        Part::Measurable => 'M',
        Part::Achievable => 'A',
        Part::Relevant => 'R',
        Part::TimeBound => 'T',
    }
}

#[test]
fn what_each_target_misses_is_found() {
    let wrong: Vec<_> = SHAPED_ON
        .iter()
        .map(|(text, expected)| (text, expected, letters(text)))
        .filter(|(_, expected, found)| *expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Measured once, on the first run over the targets kept apart: of 12 that were
/// shown help, 9 needed it; of 10 that needed it, 9 were shown it. Twenty targets are
/// few, and who wrote them wrote the rules too: it is a floor, not a promise. What
/// goes wrong there ("by the end of Reception", "for eight weeks in a row") is left
/// so, for a list that is tuned on measures nothing.
const PRECISION: usize = 75;
const RECALL: usize = 90;

#[test]
fn help_on_targets_kept_apart_is_as_right_as_was_measured() {
    let (mut due, mut undue, mut unseen) = (0, 0, 0);
    for (text, is_smart) in KEPT_APART {
        let missing = letters(text);
        match (is_smart, missing.is_empty()) {
            (false, false) => due += 1,
            (true, true) => {}
            (true, false) => {
                undue += 1;
                println!("Shown help without need ({missing}): {text}");
            }
            (false, true) => {
                unseen += 1;
                println!("Not shown help: {text}");
            }
        }
    }
    let (precision, recall) = (100 * due / (due + undue), 100 * due / (due + unseen));
    println!("Precision {precision}%, recall {recall}%, on {} targets kept apart", KEPT_APART.len());
    assert!(precision >= PRECISION && recall >= RECALL, "precision {precision}%, recall {recall}%");
}
