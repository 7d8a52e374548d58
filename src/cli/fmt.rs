//! placeholder
use super::output::{Outcome, Output};
use super::exit::Exit;
#[derive(clap::Args)]
pub(super) struct Arguments {}
pub(super) fn run(_: &Arguments, _: &mut Output) -> Outcome { Ok(Exit::Clean) }
