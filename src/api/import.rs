//! Importing registers and marks, as the page asks for it. The file travels with each
//! question and is kept nowhere: it is about more children than those in care.

use super::{Answer, Page, Problem};
use crate::domain::register::{Chosen, What};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

/// What a person may import.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ImportPage {
    /// What of it, each with its words; nothing where none of their plans takes any.
    pub may: Vec<(What, String)>,
}

/// A file, in the shape that JSON has for it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    Pasted(String),
    /// The bytes, a character for each. Which encoding they are in, the server finds out.
    File(String),
}

/// What would come of a file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Preview {
    /// The names of the file's columns.
    pub header: Vec<String>,
    pub columns: Vec<ColumnChoice>,
    /// What has to be chosen before there are rows to see.
    pub lack: Option<String>,
    pub rows: Vec<Row>,
    /// Stands for what these rows set: an import of something else is refused.
    pub seen: String,
}

/// One thing that a file can say, and which of its columns says it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ColumnChoice {
    pub id: String,
    pub label: String,
    pub at: Option<usize>,
}

/// One row of the file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub number: usize,
    /// The child's name, or what the file calls whoever it is about.
    pub name: String,
    /// About none of the person's children.
    pub stranger: bool,
    /// What it sets, in words: what, from what, to what.
    pub sets: Vec<(String, String, String)>,
    pub problems: Vec<String>,
}

/// What somebody decided to import.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Import {
    pub what: What,
    pub given: Given,
    pub columns: Vec<Chosen>,
    /// The numbers of the rows that they unticked.
    pub left_out: Vec<usize>,
    /// `Preview::seen` of what they looked at.
    pub seen: String,
}

#[server(name = ImportPageOf, prefix = "/v1", endpoint = "import", input = GetUrl, output = Answer)]
pub async fn import_page() -> Result<Page, Problem> {
    use crate::server::desk::Desk;
    Ok(Page::of(&Desk::asked().await?.import_page().await?))
}

/// What would come of a file. Without `columns` they are those that the person chose
/// last, or guessed.
#[server(name = LookAtImport, prefix = "/v1", endpoint = "import-look", input = Json, output = Answer)]
pub async fn look_at_import(what: What, given: Given, columns: Option<Vec<Chosen>>) -> Result<Page, Problem> {
    use crate::server::desk::Desk;
    Ok(Page::of(&Desk::asked().await?.look_at_import(what, &given, columns.as_deref()).await?))
}

/// Imports all rows that aren't left out, or none. Answers with what came of it.
#[server(name = TakeImport, prefix = "/v1", endpoint = "import-rows", input = Json, output = Answer)]
pub async fn take_import(import: Import) -> Result<String, Problem> {
    use crate::server::desk::Desk;
    Desk::asked().await?.take_import(&import).await
}
