//! What targets are about: by which words each area is known, and how one says it well.

use super::text::is_among;

/// One area of the `targets` table, with what helps to write in it.
pub struct Area {
    /// As in the section's declaration; empty where nothing tells the area.
    id: &'static str,
    /// Words that tell it; a star stands for any ending.
    told_by: &'static str,
    /// Ends "Say …".
    pub ask: &'static str,
    pub such_as: &'static str,
    pub measured: &'static str,
}

const AREAS: &[Area] = &[
    Area {
        id: "attendance",
        told_by: "attend* absen* late* punctual* arriv*",
        ask: "which days or lessons, and how many of them",
        such_as: "in school by 8.50, 4 days out of 5",
        measured: "attendance from 82% to 90%",
    },
    Area {
        id: "maths",
        told_by: "math* tables fraction* count* numer* number* calculat*",
        ask: "which part of maths, with whom and how often",
        such_as: "know the 3, 4 and 6 times tables",
        measured: "from 11 to 18 out of 20 in the times tables quiz",
    },
    Area {
        id: "reading-writing",
        told_by: "read* book* writ* spell* phonic* litera* english comprehen* handwrit*",
        ask: "what will be read or written, with whom and how often",
        such_as: "read with Mrs Patel for 20 minutes, 4 days a week",
        measured: "reading age from 9 years 2 months to 9 years 8 months",
    },
    Area {
        id: "next-step",
        told_by: "college* career* job* apprentic* sixth universit* course* interview* experience option* appl*",
        ask: "which step, where and with whom",
        such_as: "visit two colleges with the careers adviser and apply to one",
        measured: "two visits made and one form sent",
    },
    Area {
        id: "talent",
        told_by: "guitar piano music* song* sing* football sport* swim* danc* art drama club* choir instrument*",
        ask: "what will be learned or done, with whom and how often",
        such_as: "go to guitar lessons every Thursday and learn two songs",
        measured: "two songs played from start to end",
    },
    Area {
        id: "independence",
        told_by: "independen* own alone without dress* pack* bag travel* bus organis* cook* toilet money",
        ask: "what will be done, and with how much help",
        such_as: "pack a school bag from a list, 4 evenings out of 5",
        measured: "from two reminders each evening to none",
    },
    Area {
        id: "speaking",
        told_by: "speech speak* talk* listen* language communicat* sentence* vocab*",
        ask: "what will be said or heard, with whom and how often",
        such_as: "use sentences of five words at snack time, 3 times a day",
        measured: "from two words in a sentence to five",
    },
    Area {
        id: "feelings",
        told_by: "friend* behav* confiden* calm* feel* anxi* anger angry emotion* social* peer* relationship* classmate* \
                  play* resilien* self kind* worr*",
        ask: "what others will see, where and how often",
        such_as: "play a game with two classmates at lunch, twice a week",
        measured: "the time-out card used 4 times out of 5",
    },
    Area {
        id: "subject",
        told_by: "scien* histor* geograph* gcse* grade* subject* test* homework lesson* french spanish comput*",
        ask: "which topic or piece of work, with whom and how often",
        such_as: "revise one chemistry topic a week with Mr Shah",
        measured: "from grade 4 to grade 5 in the spring test",
    },
    Area {
        id: "",
        told_by: "",
        ask: "what will be seen or done, with whom and how often",
        such_as: "read with Mrs Patel for 20 minutes, 4 days a week",
        measured: "from once a week to 4 days a week",
    },
];

impl Area {
    /// The area that was chosen, or else the one that the words tell of.
    pub fn of(chosen: Option<&str>, words: &[&str]) -> &'static Area {
        let told = |area: &&Area| words.iter().any(|word| is_among(word, area.told_by));
        let chosen = chosen.and_then(|id| AREAS.iter().find(|area| area.id == id));
        chosen.or_else(|| AREAS.iter().find(told)).unwrap_or(&AREAS[AREAS.len() - 1])
    }

    pub fn is_known(&self) -> bool {
        !self.id.is_empty()
    }

    pub fn is_attendance(&self) -> bool {
        self.id == "attendance"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_area_goes_before_the_words() {
        assert_eq!(Area::of(Some("maths"), &["read"]).id, "maths");
        assert_eq!(Area::of(None, &["read"]).id, "reading-writing");
        assert!(!Area::of(Some("unheard-of"), &["try", "harder"]).is_known());
    }
}
