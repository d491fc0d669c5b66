//! What holds across modules: who may do what, the story of a plan on both
//! databases, the server under attack and under `kill -9`, and the house's order.

mod agreed;
mod agreeing;
mod browser;
mod cards;
mod copies;
mod downloads;
mod faults;
mod grants;
mod harness;
mod history;
mod hostile;
mod import;
mod influence;
mod last_time;
mod lines;
mod looks;
mod mail_server;
mod meeting;
mod meeting_mode;
mod no_plan;
mod occasions;
mod oracle;
mod portable;
mod post;
mod random;
mod random_values;
mod refusals;
mod reminders;
mod rights;
mod settings;
mod simulation;
mod smtp;
mod story;
mod tidy;
mod whole_plan;
