//! The words of young people's and carers' pages in a language.

use super::{Answer, Page, Problem};
use crate::domain::words::Language;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A language's words, for a page that goes on in it: nobody's secret.
#[server(name = WordsOf, prefix = "/v1", endpoint = "words", input = GetUrl, output = Answer)]
pub async fn words(language: Language) -> Result<Page, Problem> {
    Ok(Page::of(&crate::server::words::said(language)))
}

/// The same, and this device remembers the language for whoever is signed in on it.
#[server(name = SpeakFromNowOn, prefix = "/v1", endpoint = "speak", output = Answer)]
pub async fn speak(language: Language) -> Result<Page, Problem> {
    crate::server::desk::Desk::asked().await?.speak(language).await
}
