//! Everything that needs a machine: the network, the database, passwords, the
//! command line. Pages ask the `desk`; live documents are in the `rooms`.

pub mod auth;
pub mod circle;
pub mod clock;
pub mod command;
pub mod db;
pub mod demo;
pub mod desk;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod letters;
pub mod mail;
pub mod media_http;
pub mod paper;
pub mod portable;
pub mod rooms;
pub mod security;
pub mod settings;
pub mod sheet;
pub mod site;
pub mod state;
pub mod sync_http;
pub mod watch;
pub mod words;
