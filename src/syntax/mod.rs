//! Claims files: from text to tree and back. Only this layer and `condition/` use nom.

mod document;
mod format;
mod header;
mod input;
mod lexeme;
mod names;
mod parse;
mod pieces;
mod problems;
mod recovery;
mod scan;
pub mod tree;
mod value;

pub use format::{format, same_meaning};
pub use input::{Input, ParseFailure, Parsed};
pub use lexeme::{is_name, is_name_part, is_name_start, name, sign, text, trivia};
pub use names::fold_name;
pub use parse::{Parse, parse};
pub use pieces::{OutermostBlocks, ReadFile, read_all};
pub use scan::{Brackets, decode, encode, has_unwelcome, is_unwelcome, written};
