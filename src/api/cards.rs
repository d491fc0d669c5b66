//! Cards that open a young person's own page.

use super::{Answer, Page, Problem};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{CardId, PlanId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// A child's cards, for the adults who make them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardsPage {
    pub plan: PlanId,
    pub name: String,
    /// The young person has a picture code; without it a card opens nothing earlier.
    pub has_code: bool,
    /// Nothing was written in My voice yet.
    pub fresh: bool,
    /// How forgotten pictures stand.
    pub forgotten: Forgotten,
    /// The days on which a card can end, the usual one first.
    pub ends: Vec<Day>,
    pub cards: Vec<Card>,
}

/// How it stands with pictures that were forgotten, in sentences without their full stops.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Forgotten {
    /// Who asked that the child may choose others, where somebody else has to agree.
    pub asked: Option<String>,
    /// This person asked.
    pub yours: bool,
    /// Who let the child choose the last time.
    pub told: Option<String>,
    /// The child has not chosen yet.
    pub open: bool,
}

/// What an adult does about forgotten pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NewPictures {
    Ask,
    /// A second adult agrees.
    Agree,
    /// The pictures stay.
    Leave,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Card {
    pub id: CardId,
    pub by: String,
    pub made_at: Moment,
    pub ends: Day,
    pub is_open: bool,
    /// Stopped, as opposed to over.
    pub is_stopped: bool,
    pub last_used_at: Option<Moment>,
    /// When it was first opened, and whether the pictures were chosen with it.
    pub told: String,
}

/// A card just made, to be printed now: its secret is kept nowhere.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NewCard {
    pub id: CardId,
    pub link: String,
    pub ends: Day,
    /// The last day on which a picture code can be chosen with it, where there is none.
    pub choose_by: Option<Day>,
    /// The code, in squares each side, and its dark squares as the path of a drawing.
    pub size: usize,
    pub squares: String,
}

/// What a card opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Opened {
    Open,
    Stopped,
    Ended,
    Unknown,
    /// Too many unknown cards were tried.
    TooOften,
    /// An adult is signed in here: their tablet isn't taken from them by a card.
    GrownUp,
}

#[server(prefix = "/v1", endpoint = "cards", input = GetUrl, output = Answer)]
pub async fn cards(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.cards(&plan).await?))
}

/// Makes a card that ends on a day.
#[server(prefix = "/v1", endpoint = "make-card", input = Json, output = Answer)]
pub async fn make_card(plan: PlanId, ends: Day) -> Result<NewCard, Problem> {
    Desk::asked().await?.make_card(&plan, ends).await
}

/// Stops a card at once.
#[server(prefix = "/v1", endpoint = "stop-card", output = Answer)]
pub async fn stop_card(plan: PlanId, card: CardId) -> Result<(), Problem> {
    Desk::asked().await?.stop_card(&plan, &card).await
}

/// Asks that the young person may choose new pictures, agrees to it, or leaves them.
#[server(name = StepNewPictures, prefix = "/v1", endpoint = "new-pictures", output = Answer)]
pub async fn new_pictures(plan: PlanId, step: NewPictures) -> Result<(), Problem> {
    Desk::asked().await?.new_pictures(&plan, step).await
}

/// Begins a sitting with a card. Its secret comes in the body, which is logged nowhere.
#[server(prefix = "/v1", endpoint = "open-card", output = Answer)]
pub async fn open_card(secret: String) -> Result<Opened, Problem> {
    Desk::asked().await?.open_card(&secret).await
}
