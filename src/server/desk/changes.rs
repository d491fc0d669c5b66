//! Who wrote where since somebody last looked, in the labels of the page.

use super::team::Team;
use super::{Desk, OrTrouble};
use crate::api::Problem;
use crate::domain::calendar::Moment;
use crate::domain::history::Sum;
use crate::domain::sections::SectionId;
use crate::server::db::history::{self, Touched};
use crate::server::db::plans::Plan;

/// The most places that are looked through for a summary.
const MOST: i64 = 500;

impl Desk {
    /// Who else wrote in these sections after a moment, by section and person, the
    /// latest first.
    pub(super) async fn sums(
        &self,
        plan: &Plan,
        after: Option<Moment>,
        sections: &[SectionId],
        team: &Team,
    ) -> Result<Vec<Sum>, Problem> {
        let (person, _) = self.adult()?;
        let after = after.unwrap_or_default();
        let touched = history::touched(&self.state.db, &plan.id, after, sections, &person.to_string(), MOST)
            .await
            .or_trouble(&self.request)?;
        Ok(summed(touched, &plan.name, team))
    }
}

fn summed(touched: Vec<Touched>, child: &str, team: &Team) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    for Touched { section, path, by, at } in touched {
        let by = team.name_of(&by);
        // A row and its cells count as the table that they are in.
        let field = path.split('/').next().and_then(|field| section.section().field(field));
        let Some(label) = field.map(|field| field.label.replace("{name}", child)) else { continue };
        match sums.iter_mut().find(|sum| sum.section == section && sum.by == by) {
            Some(sum) if sum.places.contains(&label) => {}
            Some(sum) => {
                sum.places.push(label);
                sum.paths.push(path);
            }
            None => sums.push(Sum { section, by, at, places: vec![label], paths: vec![path] }),
        }
    }
    sums
}
