//! Who did what and when, from all over a file: whom it names, and what a reader of it
//! checks.

use super::file::{File, Mark};
use crate::domain::calendar::Moment;
use std::collections::BTreeSet;

/// One place in a file that says who, when, or both.
pub struct Place {
    /// Such as `history[3]`.
    pub path: String,
    pub by: Option<String>,
    pub at: Option<Moment>,
}

impl File {
    /// Everybody whom the file names, the young person among them.
    pub fn names(&self) -> BTreeSet<String> {
        self.places().into_iter().filter_map(|place| place.by).collect()
    }

    /// Every place that says who or when.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Places(Vec::new());
        places.at("plan.made_at", self.plan.made_at);
        if let Some(meeting) = &self.plan.meeting {
            places.at("plan.meeting", meeting.at);
        }
        places.by("seen_by", self.seen_by.as_ref());
        self.written_by(&mut places);
        for (kind, changes) in [("history", &self.history), ("late_edits", &self.late_edits)] {
            for (at, change) in changes.iter().enumerate() {
                places.both(format!("{kind}[{at}]"), &change.by, change.at);
            }
        }
        for (at, offered) in self.offered.iter().enumerate() {
            places.both(format!("offered[{at}]"), &offered.by, offered.at);
        }
        for (at, step) in self.steps.iter().enumerate() {
            places.both(format!("steps[{at}]"), &step.by, step.at);
        }
        for (at, signature) in self.signatures.iter().enumerate() {
            places.both(format!("signatures[{at}]"), &signature.by, signature.at);
            for (section, signed) in signature.sections.iter().enumerate() {
                if let Some(void) = signed.void_at {
                    places.at(format!("signatures[{at}].sections[{section}].void_at"), void);
                }
            }
        }
        for (at, score) in self.quality.iter().enumerate() {
            places.both(format!("quality[{at}]"), &score.by, score.at);
        }
        for (at, addendum) in self.addenda.iter().enumerate() {
            places.both(format!("addenda[{at}]"), &addendum.by, addendum.at);
        }
        self.shared_with(&mut places);
        self.paid_by(&mut places);
        places.0
    }

    fn written_by(&self, places: &mut Places) {
        for (at, section) in self.sections.iter().enumerate() {
            let path = format!("sections[{at}]");
            places.mark(format!("{path}.completed"), section.completed.as_ref());
            for (number, said) in section.translations.iter().enumerate() {
                places.both(format!("{path}.translations[{number}]"), &said.by, said.at);
            }
            for (fact, entries) in &section.values.facts {
                for (number, entry) in entries.iter().enumerate() {
                    places.both(format!("{path}.values.facts.{fact}[{number}]"), &entry.by, entry.at);
                }
            }
            for (fact, by) in &section.values.kept {
                places.by(format!("{path}.values.kept.{fact}"), Some(by));
            }
            for (field, rows) in &section.values.rows {
                for (number, row) in rows.iter().enumerate() {
                    places.by(format!("{path}.values.rows.{field}[{number}].removed_by"), row.removed_by.as_ref());
                }
            }
        }
    }

    fn shared_with(&self, places: &mut Places) {
        for (at, answer) in self.shared.iter().enumerate() {
            places.at(format!("shared[{at}]"), answer.at);
            for (number, person) in answer.with.iter().enumerate() {
                places.by(format!("shared[{at}].with[{number}]"), Some(person));
            }
            for (number, reply) in answer.replies.iter().enumerate() {
                places.both(format!("shared[{at}].replies[{number}]"), &reply.by, reply.at);
            }
            for (number, said) in answer.translations.iter().enumerate() {
                places.both(format!("shared[{at}].translations[{number}]"), &said.by, said.at);
            }
        }
    }

    fn paid_by(&self, places: &mut Places) {
        for (at, line) in self.grant.iter().enumerate() {
            let path = format!("grant[{at}]");
            places.mark(format!("{path}.requested"), Some(&line.requested));
            places.mark(format!("{path}.decided"), line.decided.as_ref());
            places.mark(format!("{path}.paid"), line.paid.as_ref());
            places.mark(format!("{path}.withdrawn"), line.withdrawn.as_ref());
            if let Some(actual) = &line.actual {
                places.both(format!("{path}.actual"), &actual.by, actual.at);
            }
        }
    }
}

struct Places(Vec<Place>);

impl Places {
    fn at(&mut self, path: impl Into<String>, at: Moment) {
        self.0.push(Place { path: path.into(), by: None, at: Some(at) });
    }

    fn by(&mut self, path: impl Into<String>, by: Option<&impl ToString>) {
        if let Some(by) = by {
            self.0.push(Place { path: path.into(), by: Some(by.to_string()), at: None });
        }
    }

    fn both(&mut self, path: String, by: &str, at: Moment) {
        self.0.push(Place { path, by: Some(by.into()), at: Some(at) });
    }

    fn mark(&mut self, path: String, mark: Option<&Mark>) {
        if let Some(Mark { by, at }) = mark {
            self.both(path, by, *at);
        }
    }
}
