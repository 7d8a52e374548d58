//! The sentences of a paragraph: by the marks that end them, and by the words of a language where marks can mean both.

mod enclosed;
mod enumerator;
mod full_stop;
mod lines;
mod lists;
mod marks;
mod scan;
mod words;

pub use marks::ends_sentence;
pub use words::SentenceWords;
