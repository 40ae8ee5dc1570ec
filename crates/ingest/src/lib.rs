//! From open data to a catalogue version: importers write records, the builder reads them with the starter catalogue and
//! writes the indexes of `hnh-catalog`.

pub mod book;
pub mod builder;
mod districts;
mod enrich;
pub mod import;
mod join;
mod location;
pub mod records;
pub mod starter;
