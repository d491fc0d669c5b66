//! One file or folder for each family of screens. They reach the server through
//! `api` and the device through `Device`, and nothing else.

pub mod agree;
pub mod bundle;
pub mod cards;
pub mod carer;
pub mod check;
pub mod deciding;
pub mod half;
pub mod hand_over;
pub mod here_now;
pub mod history;
pub mod home;
pub mod import;
pub mod inside;
pub mod load;
pub mod meeting;
pub mod money;
pub mod not_sent;
pub mod plan;
pub mod print;
pub mod route;
pub mod section;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod steps;
pub mod translating;
pub mod voice;
