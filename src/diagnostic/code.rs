//! The code of a diagnostic: given once, for ever.

use std::borrow::Cow;
use std::fmt;

/// A stable code such as `CL0202`. What it means stands in the rule table that carries it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A code that is raised by the program itself; its table stands in `rules/`.
    pub const fn native(code: &'static str) -> Code {
        Code(Cow::Borrowed(code))
    }

    /// A code read from a rule file.
    pub fn read(code: impl Into<String>) -> Code {
        Code(Cow::Owned(code.into()))
    }

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
