//! Everything seen from outside, in one binary so that it links once.

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
