//! Everything seen from outside, in one binary so that it links once.

#![allow(unreachable_pub, reason = "a test binary has no outside")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that fails says where, and its figures are read")]

mod advice;
mod architecture;
mod authors;
mod cache;
mod cases;
mod changes;
mod cli;
mod condition;
mod conflicts;
mod corpus;
mod coverage;
mod documents;
mod draft;
mod edits;
mod encoded;
mod ends;
mod english;
mod examples;
mod exceptions;
mod format;
mod formats;
mod generated;
mod groups;
mod hostile;
mod identity;
mod ingest;
mod init;
mod line_endings;
mod lock;
mod lock_before;
mod metamorphic;
mod one_mistake;
mod options;
mod oracle;
mod pages;
mod projects;
mod provisions;
mod quotations;
mod recorded;
mod repair;
mod report;
mod resident;
mod settings;
mod shown;
mod slips;
mod sql;
mod style;
mod support;
mod threads;
mod untrusted;
mod watch;
mod workspace;
mod writing;
