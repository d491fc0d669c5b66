//! Writes the demo's sections, with the edits that a page would make.

use super::authority::{Cells, Shared, Voice, Written, on_day};
use crate::domain::access::YOUNG_PERSON;
use crate::domain::calendar::Moment;
use crate::domain::people::{PersonId, PlanId, RowId};
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::voice::{Given, HELPER, Wish, pick_of, wish_of, words_of};
use crate::server::db::documents::{Accepted, Commit};
use crate::server::ids;
use crate::sync::document::{Document, Edit};
use crate::sync::order::between;
use std::collections::BTreeMap;

/// One writer at one section.
struct Pen {
    document: Document,
    client: u64,
    by: String,
    at: Moment,
}

/// What one adult has written in a section.
pub(super) fn section(id: SectionId, written: &Written, by: &PersonId, at: Moment) -> Result<Document, String> {
    let mut pen = Pen::new(id, by.to_string(), at);
    pen.fill("", &written.texts, &written.facts)?;
    for (table, rows) in &written.rows {
        pen.rows(table, rows)?;
    }
    Ok(pen.document)
}

/// What a young person has written and shared, as one commit; with no updates
/// where they have written nothing.
pub(super) fn voice(
    plan: &PlanId,
    voice: &Voice,
    people: &BTreeMap<String, PersonId>,
    at: Moment,
) -> Result<Commit, String> {
    let mut pen = Pen::new(SectionId::MyVoice, YOUNG_PERSON.into(), at);
    for (question, answer) in &voice.answers {
        pen.text(words_of(question), &answer.words)?;
        if !answer.pick.is_empty() {
            pen.fact(pick_of(question), answer.pick.clone())?;
        }
    }
    pen.fill("", &BTreeMap::new(), &voice.facts)?;
    let wishes = wishes(voice, people)?;
    for (question, wish) in &wishes {
        pen.fact(wish_of(question), wish.written())?;
    }
    let name = DocumentName { plan: plan.clone(), section: SectionId::MyVoice };
    Ok(pen.commit(name, wishes))
}

/// What is shared with whom, each with the answer as it stands.
fn wishes(voice: &Voice, people: &BTreeMap<String, PersonId>) -> Result<Vec<(String, Wish)>, String> {
    voice.shared.iter().map(|shared| Ok((shared.question.clone(), wish(voice, shared, people)?))).collect()
}

fn wish(voice: &Voice, shared: &Shared, people: &BTreeMap<String, PersonId>) -> Result<Wish, String> {
    let answer = voice.answers.get(&shared.question).ok_or("An answer is shared that isn't there")?;
    let with: Option<Vec<_>> = shared.with.iter().map(|key| people.get(key).cloned()).collect();
    let with = with.ok_or("An answer is shared with somebody who isn't there")?;
    let helper = voice.answers.get(HELPER).map(|helper| helper.pick.clone()).unwrap_or_default();
    let given = Given { helper, ..Given::default() };
    Ok(Wish { with, pick: answer.pick.clone(), words: answer.words.clone(), given, ..Wish::default() })
}

impl Pen {
    fn new(section: SectionId, by: String, at: Moment) -> Self {
        let client = u64::from(u32::from_le_bytes(ids::random()));
        Self { document: Document::new(section.section(), client), client, by, at }
    }

    fn edit(&mut self, edit: Edit) -> Result<(), String> {
        self.document.edit(&edit, &self.by, self.at).map(|_| ()).map_err(|sentence| format!("{edit:?}: {sentence}"))
    }

    fn text(&mut self, path: String, text: &str) -> Result<(), String> {
        match text {
            "" => Ok(()),
            text => self.edit(Edit::Splice { path, at: 0, delete: 0, insert: text.into() }),
        }
    }

    fn fact(&mut self, path: String, value: String) -> Result<(), String> {
        self.edit(Edit::Set { path, value })
    }

    /// Fills in the fields whose paths begin with `before`.
    fn fill(
        &mut self,
        before: &str,
        texts: &BTreeMap<String, String>,
        facts: &BTreeMap<String, String>,
    ) -> Result<(), String> {
        let today = self.at.day();
        for (id, text) in texts {
            self.text(format!("{before}{id}"), text)?;
        }
        for (id, fact) in facts {
            self.fact(format!("{before}{id}"), on_day(fact, today))?;
        }
        Ok(())
    }

    fn rows(&mut self, table: &str, rows: &[Cells]) -> Result<(), String> {
        let mut last: Option<String> = None;
        for cells in rows {
            let row = RowId::new(ids::fresh());
            let order = between(last.as_deref(), None);
            let path = format!("{table}/{row}/");
            self.edit(Edit::AddRow { field: table.into(), row, order: order.clone() })?;
            self.fill(&path, &cells.texts, &cells.facts)?;
            last = Some(order);
        }
        Ok(())
    }

    /// Everything as one update.
    fn commit(self, name: DocumentName, wishes: Vec<(String, Wish)>) -> Commit {
        let values = self.document.values();
        let update = Accepted {
            seq: 1,
            by: self.by,
            at: self.at,
            bytes: self.document.state(),
            new_clients: vec![self.client],
            changed: Vec::new(),
            wishes,
            told: Vec::new(),
        };
        let is_empty = values.is_empty();
        let mut commit = Commit::of(name, update, values);
        if is_empty {
            commit.updates.clear();
        }
        commit
    }
}

#[cfg(test)]
mod tests {
    use super::super::authority::authority;
    use super::*;
    use uuid::Uuid;

    #[test]
    fn everything_in_the_demo_can_be_written() {
        let by = PersonId::new(Uuid::nil());
        let plan = PlanId::new(Uuid::nil());
        let authority = authority().unwrap();
        let people = authority.people.iter().map(|person| (person.key.clone(), by.clone())).collect();
        for child in authority.children {
            for (id, written) in &child.plan.sections {
                let document = section(*id, written, &by, Moment(0)).unwrap();
                assert!(!document.values().is_empty(), "{}: {}", child.key, id.id());
            }
            let commit = voice(&plan, &child.plan.voice, &people, Moment(0)).unwrap();
            assert_eq!(commit.updates.is_empty(), child.plan.voice.answers.is_empty());
        }
    }
}
