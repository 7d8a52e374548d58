//! Problems as plain data: code, message, positions, help and fixes. Reports render them.

mod code;
mod fix;
mod renamed;
mod severity;

use crate::text::{SourceId, Span};

pub use code::Code;
pub use fix::{Fix, Safety, TextEdit, apply};
pub use renamed::FormerName;
pub use severity::Severity;

/// One problem, of any stage. Its severity is decided later, by the rule table and the configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which rule it breaks.
    pub code: Code,
    /// What is wrong, in the user's words: lower case, no full stop.
    pub message: String,
    /// The primary place.
    pub primary: Label,
    /// Other places that matter, possibly in other files.
    pub labels: Vec<Label>,
    /// The steps that lead from one block to another, in order, where the problem is such a chain; empty otherwise.
    pub flow: Vec<Label>,
    /// The next step.
    pub help: Option<String>,
    /// What would settle it, each by itself. Where a title is empty, the table of the rule says what to call it and how
    /// far to trust it.
    pub fixes: Vec<Fix>,
    /// What the problem is about, free of places.
    pub identity: Identity,
    /// The blocks that have the problem together, where it is one of a group; what the identity tells is what they share.
    pub group: Option<Box<BlockGroup>>,
}

/// Blocks that are one finding together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockGroup {
    /// The blocks, in document order.
    pub members: Vec<GroupMember>,
    /// The full ids of the blocks by whose exceptions others were taken out.
    pub excused_by: Vec<String>,
}

/// A block of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// Its full id.
    pub id: String,
    /// Where it is named.
    pub at: Span,
}

/// A place and what there is to say about it; the text may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it.
    pub text: String,
}

/// What makes two findings the same one, whatever moves: ids of the blocks by role, and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The full ids of the blocks that play a part, by the name of the part.
    pub roles: Vec<(String, Vec<String>)>,
    /// The normalised value that offends; empty when there is none.
    pub value: String,
}

impl Diagnostic {
    /// A problem at a place, with nothing else to say yet.
    pub fn new(code: Code, message: impl Into<String>, at: Span) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            primary: Label { span: at, text: String::new() },
            labels: Vec::new(),
            flow: Vec::new(),
            help: None,
            fixes: Vec::new(),
            identity: Identity::default(),
            group: None,
        }
    }

    /// The blocks that have it together; none where it is not one of a group.
    pub fn members(&self) -> &[GroupMember] {
        self.group.as_ref().map_or(&[], |group| &group.members)
    }

    /// The full ids of the blocks that play a part, the members of a group included.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let roles = self.identity.roles.iter().flat_map(|(_, ids)| ids);
        roles.chain(self.members().iter().map(|member| &member.id)).map(String::as_str)
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds the next step, if there is one.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// Adds an edit that would settle it, by the name that the table of the rule has for it.
    #[must_use]
    pub fn edit(self, at: Span, text: impl Into<String>) -> Diagnostic {
        self.edits([TextEdit { at, text: text.into() }])
    }

    /// Adds edits that would settle it together, by the name that the table of the rule has for them.
    #[must_use]
    pub fn edits(mut self, edits: impl IntoIterator<Item = TextEdit>) -> Diagnostic {
        let edits: Vec<TextEdit> = edits.into_iter().collect();
        if !edits.is_empty() {
            self.fixes.push(Fix { title: String::new(), safety: Safety::Shown, edits });
        }
        self
    }

    /// Adds a possible answer to the help, with the edits by which it is given.
    #[must_use]
    pub fn offer(mut self, title: impl Into<String>, edits: impl IntoIterator<Item = TextEdit>) -> Diagnostic {
        let title = title.into();
        self.help = Some(self.help.map_or_else(|| title.clone(), |help| format!("{help}, or {title}")));
        self.fixes.push(Fix { title, safety: Safety::Shown, edits: edits.into_iter().collect() });
        self
    }

    /// Every place that something which would settle it changes.
    pub fn edited(&self) -> impl Iterator<Item = Span> {
        self.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.at)
    }

    /// Every place that it speaks of or would change.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        let labels = [&self.primary].into_iter().chain(&self.labels).chain(&self.flow);
        let members = self.members().iter().map(|member| member.at);
        labels.map(|label| label.span).chain(self.edited()).chain(members)
    }

    /// Whether one of its places is in a source.
    pub fn touches(&self, source: SourceId) -> bool {
        self.places().any(|at| at.source == source)
    }

    /// Names a block that plays a part, by its full id.
    #[must_use]
    pub fn role(self, role: &str, id: impl Into<String>) -> Diagnostic {
        self.roles(role, vec![id.into()])
    }

    /// Names the blocks that play one part together, none of them more than another.
    #[must_use]
    pub fn roles(mut self, role: &str, ids: Vec<String>) -> Diagnostic {
        self.identity.roles.push((role.to_owned(), ids));
        self
    }

    /// Names the value that offends.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Diagnostic {
        self.identity.value = value.into();
        self
    }
}
