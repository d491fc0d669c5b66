//! What holds across modules: who may do what, the story of a plan on both
//! databases, the server under attack and under `kill -9`, and the house's order.

mod agreeing;
mod faults;
mod grants;
mod harness;
mod rights;
mod settings;
mod story;
mod tidy;
