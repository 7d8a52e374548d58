//! Floor 9: projects. The only place in the library that reads files, and only beneath a project's root.

mod check;
mod config;
mod discover;
mod examples;
mod house;
mod locate;
mod problems;
mod root;
mod size;

pub use check::{Checked, EXAMPLE_DOCUMENT, check, check_text};
pub use config::{CONFIG_NAME, Config};
pub use discover::{CLAIMS, files};
pub use examples::{Sort, Tested, test_examples};
pub use house::House;
pub use locate::{Located, locate};
pub use root::{NotRead, Root};
