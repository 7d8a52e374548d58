//! Everything seen from outside, in one binary so that it links once.

#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod architecture;
mod cases;
mod cli;
mod condition;
mod corpus;
mod documents;
mod edits;
mod examples;
mod format;
mod hostile;
mod report;
mod support;
