//! What earlier runs said, kept so that a run over what has not changed need not read it again.
//!
//! An entry belongs to one way of asking: the program, its arguments that shape what is said, the folder, the day. It
//! holds everything that the run looked at, with hashes, and what it said in the end. It is used when all of that is
//! still so; whatever else it turns out to be is a miss.
//!
//! Entries lie in a folder of the user, never in the project: a checkout must not bring its own verdict with it.

mod bounded;
mod entry;
mod hex;
mod observation;
mod place;
mod recording;
mod store;
mod watched;

pub(super) use store::Cache;
