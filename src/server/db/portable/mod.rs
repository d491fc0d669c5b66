//! One plan with everything beside it, out of the database and into it. From the
//! command line no right is asked for: whoever runs it has the database in their
//! hands. What one person may see is taken out of the whole by `server::portable`.

mod beside;
mod export;
mod import;
mod people;
mod put;

pub use export::export;
pub use import::{Document, Import, Refused, import};
