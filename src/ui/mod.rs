//! Reusable parts of pages. They show; they don't fetch.

pub mod announce;
pub mod answer;
pub mod apart;
pub mod carets;
pub mod carried;
pub mod change;
pub mod choose;
pub mod dialog;
pub mod fact;
pub mod field;
pub mod form;
pub mod frame;
pub mod languages;
pub mod later;
pub mod names;
pub mod others;
pub mod photos;
pub mod pictures;
pub mod problem;
pub mod row;
pub mod rows;
pub mod smart;
pub mod speech;
pub mod status;
pub mod text;
pub mod words;
