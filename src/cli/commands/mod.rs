//! The commands, one file or folder each.

pub(super) mod accept;
pub(super) mod baseline;
pub(super) mod check;
pub(super) mod config;
pub(super) mod coverage;
pub(super) mod explain;
pub(super) mod facts;
pub(super) mod fmt;
pub(super) mod ingest;
pub(super) mod init;
pub(super) mod manual;
pub(super) mod outline;
pub(super) mod rules;
pub(super) mod sql;
pub(super) mod suppressions;
pub(super) mod watch;
pub(super) mod why;
pub(super) mod why_not;
