//! Copies on paper. Each kind is rendered from a type of its own, so that what isn't
//! in the type can't be on the paper.

mod family;
mod kept;
mod letters;
mod names;
mod numbers;
mod ordinary;
mod pictures;
mod press;
mod said;
mod spelling;
mod streets;
mod whole;
mod young;

pub use family::{Family, FamilyCopy};
pub use kept::Kept;
pub use press::PressError;
pub use whole::{Correction, Cover, Member, Quote, Signature, WholeCopy, section};
pub use young::{Happening, Helper, Promise, Saying, Working, YoungPersonsCopy};

use tokio::sync::Semaphore;
use tokio::task;

/// How many copies are made at once: more would take the machine from those who write.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What is to be made.
pub enum Copy {
    Whole(Box<WholeCopy>),
    YoungPersons(Box<YoungPersonsCopy>),
    Familys(Box<FamilyCopy>),
}

impl Copy {
    /// Makes the PDF. It takes a while, so it is done apart, a few at a time.
    pub async fn pdf(self) -> Result<Vec<u8>, PressError> {
        let turn = TURNS.acquire().await.map_err(PressError::ended)?;
        // The turn lasts until it is made, even where nobody waits for it any more.
        let make = move || {
            let _turn = turn;
            self.made()
        };
        task::spawn_blocking(make).await.map_err(PressError::ended)?
    }

    fn made(&self) -> Result<Vec<u8>, PressError> {
        match self {
            Copy::Whole(copy) => press::pdf(whole::LOOK, copy),
            Copy::YoungPersons(copy) => press::pdf(young::LOOK, copy),
            Copy::Familys(copy) => press::pdf(family::LOOK, copy),
        }
    }
}
