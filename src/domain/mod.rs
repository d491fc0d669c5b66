//! What is true: people, plans, sections, rights. Pure on both sides; the date,
//! ids and settings are arguments, so a rule gives the same answer in the
//! browser, on the server and in a test.

pub mod access;
pub mod agreed;
pub mod attendance;
pub mod calendar;
pub mod capital;
pub mod card;
pub mod carry;
pub mod copies;
pub mod deadlines;
pub mod grant;
pub mod history;
pub mod invitation;
pub mod looks;
pub mod media;
pub mod meeting;
pub mod money;
pub mod occasions;
pub mod people;
pub mod phase;
pub mod plan;
pub mod quality;
pub mod reading;
pub mod ready;
pub mod register;
pub mod reminders;
pub mod schedule;
pub mod seal;
pub mod sections;
pub mod settings;
pub mod smart;
pub mod sorted;
pub mod translated;
pub mod values;
pub mod voice;
pub mod words;
pub mod workflow;
pub mod working_days;
