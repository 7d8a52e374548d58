//! What reports for people and for programs have in common: the run, its headlines and places, and how untrusted text is shown.

pub(super) mod closing;
pub(super) mod facts;
pub(super) mod group;
pub(super) mod guard;
pub(super) mod headline;
pub(super) mod location;
pub(super) mod page;
pub(super) mod run;
pub(super) mod select;
pub(super) mod several;
pub(super) mod style;
pub(super) mod summary;
