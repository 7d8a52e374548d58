//! A change of texts that would settle a problem.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A change that would settle a problem, if whoever decides agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "remove the exception". Empty where the table of the rule has the words.
    pub title: String,
    /// Who must look at it first.
    pub safety: Safety,
    /// The edits, all of which belong together.
    pub edits: Vec<TextEdit>,
}

/// How far a fix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// The claims say the same afterwards.
    Safe,
    /// Likely what was meant; somebody must look.
    Suggested,
    /// A possible answer that the help names; no option applies it, since somebody must decide.
    #[serde(alias = "manual")]
    Shown,
}

/// Other text in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The bytes that go; none for what is only put in.
    pub at: Span,
    /// What comes.
    pub text: String,
}

impl Safety {
    /// All of them, the safest first.
    pub const ALL: [Safety; 3] = [Safety::Safe, Safety::Suggested, Safety::Shown];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Suggested => "suggested",
            Safety::Shown => "shown",
        }
    }
}

/// A text after some edits of it, which do not overlap; their places count in the text as it is.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.at);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.at.start as usize]);
        out.push_str(&edit.text);
        at = edit.at.end as usize;
    }
    out + &text[at..]
}
