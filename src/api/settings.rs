//! The authority's own rules, as their page asks for them.

use super::{Answer, Page, Problem};
use crate::domain::calendar::{Day, Moment};
use crate::domain::settings::{Authority, Group, GroupId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

/// The rules, for the virtual school that sets them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SettingsPage {
    pub authority: Authority,
    pub today: Day,
    /// The last changes, the newest first.
    pub changes: Vec<RuleChange>,
}

/// One change to one group of rules.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RuleChange {
    pub group: GroupId,
    /// A name; none where it was done on the server's command line.
    pub by: Option<String>,
    pub at: Moment,
}

#[server(name = RulesOfAuthority, prefix = "/v1", endpoint = "settings", input = GetUrl, output = Answer)]
pub async fn settings() -> Result<Page, Problem> {
    use crate::server::desk::Desk;
    Ok(Page::of(&Desk::asked().await?.settings().await?))
}

/// Puts a group of rules in the place of what this person saw there.
#[server(name = SaveRules, prefix = "/v1", endpoint = "save-settings", input = Json, output = Answer)]
pub async fn save_settings(was: Group, becomes: Group) -> Result<(), Problem> {
    use crate::server::desk::Desk;
    Desk::asked().await?.save_settings(&was, &becomes).await
}
