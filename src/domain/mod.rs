//! What is true: people, plans, sections, rights. Pure on both sides; the date,
//! ids and settings are arguments, so a rule gives the same answer in the
//! browser, on the server and in a test.

pub mod access;
pub mod attendance;
pub mod calendar;
pub mod deadlines;
pub mod grant;
pub mod money;
pub mod people;
pub mod plan;
pub mod sections;
pub mod sorted;
pub mod values;
pub mod voice;
pub mod working_days;
