//! What a file says, as written: every node with its place, nothing yet resolved.

use crate::text::{SourceId, Span};

/// One file: its namespace, its blocks, and its comments kept aside.
#[derive(Debug, PartialEq)]
pub struct File {
    /// Where it was read from.
    pub source: SourceId,
    /// The prefix of every id that the file declares.
    pub namespace: Option<Path>,
    /// The outermost blocks, in order.
    pub blocks: Vec<BlockNode>,
    /// Every comment, from `#` to the end of its line.
    pub comments: Vec<Span>,
}

/// What a file begins with, and all that its blocks need to know of it.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Where it was read from.
    pub source: SourceId,
    /// The prefix of every id that the file declares.
    pub namespace: Option<&'a Path>,
}

/// `kind id "title" { ... }`; at least one of the last three stands.
#[derive(Debug, PartialEq)]
pub struct BlockNode {
    /// The word that says what it is.
    pub kind: Span,
    /// The word by which others refer to it.
    pub id: Option<Span>,
    /// The title, quotation marks included.
    pub title: Option<Span>,
    /// What stands in braces.
    pub body: Option<BodyNode>,
    /// From the kind to the closing brace.
    pub span: Span,
    /// Whether the header could not be read; it was reported, and later stages leave it alone.
    pub broken: bool,
}

/// What stands between braces.
#[derive(Debug, PartialEq)]
pub struct BodyNode {
    /// The opening brace.
    pub open: Span,
    /// The closing brace, when there is one.
    pub close: Option<Span>,
    /// Fields and blocks in the order written.
    pub items: Vec<BodyItem>,
}

/// One thing inside a body.
#[derive(Debug, PartialEq)]
pub enum BodyItem {
    /// `name: value, value`
    Field(FieldNode),
    /// A block that belongs to the one around it; boxed, as most things are fields, which are smaller.
    Block(Box<BlockNode>),
}

/// `name: value, value`
#[derive(Debug, PartialEq)]
pub struct FieldNode {
    /// The word before the colon.
    pub name: Span,
    /// The first value.
    pub first: ValueNode,
    /// The values behind commas; mostly none.
    pub more: Vec<ValueNode>,
}

/// One value, read no further than its shape shows: the type of its field decides the rest.
#[derive(Debug, PartialEq)]
pub enum ValueNode {
    /// A bare word or a path of words.
    Path(Path),
    /// `path "text" [until date]`: a quotation or an allowance; boxed, as other values are smaller.
    Attributed(Box<SourcedText>),
    /// A text, quotation marks included.
    Text(Span),
    /// A number that is no name: with a sign or a decimal point.
    Number(Span),
    /// `date..date`, either of which may be absent.
    Period(Period),
    /// Could not be read; it was reported.
    Broken(Span),
}

/// `name/name/name`
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The first name.
    pub first: Span,
    /// The names behind slashes; nearly always none.
    pub more: Vec<Span>,
}

/// `path "text" [until date]`
#[derive(Debug, PartialEq)]
pub struct SourcedText {
    /// Whose words, or which rule.
    pub path: Path,
    /// The words or the reason, quotation marks included.
    pub text: Span,
    /// The word after `until`.
    pub until: Option<Span>,
}

/// `date..date`
#[derive(Debug, PartialEq)]
pub struct Period {
    /// The word before the dots.
    pub from: Option<Span>,
    /// The dots.
    pub dots: Span,
    /// The word after the dots.
    pub to: Option<Span>,
}

impl File {
    /// What it begins with.
    pub fn head(&self) -> Head<'_> {
        Head { source: self.source, namespace: self.namespace.as_ref() }
    }
}

impl FieldNode {
    /// The values, in order.
    pub fn values(&self) -> impl Iterator<Item = &ValueNode> {
        [&self.first].into_iter().chain(&self.more)
    }

    /// From the name to the last value.
    pub fn span(&self) -> Span {
        self.name.to(self.more.last().unwrap_or(&self.first).span())
    }
}

impl Path {
    /// A path of one name.
    pub fn of(name: Span) -> Path {
        Path { first: name, more: Vec::new() }
    }

    /// The names between the slashes.
    pub fn names(&self) -> impl Iterator<Item = Span> {
        [self.first].into_iter().chain(self.more.iter().copied())
    }

    /// The name, where there is but one.
    pub fn only(&self) -> Option<Span> {
        self.more.is_empty().then_some(self.first)
    }

    /// From the first name to the last.
    pub fn span(&self) -> Span {
        self.first.to(*self.more.last().unwrap_or(&self.first))
    }
}

impl ValueNode {
    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            ValueNode::Path(path) => path.span(),
            ValueNode::Attributed(it) => it.path.span().to(it.until.unwrap_or(it.text)),
            ValueNode::Text(span) | ValueNode::Number(span) | ValueNode::Broken(span) => *span,
            ValueNode::Period(period) => period.span(),
        }
    }
}

impl Period {
    /// From the first date, or the dots, to the last.
    pub fn span(&self) -> Span {
        self.from.unwrap_or(self.dots).to(self.to.unwrap_or(self.dots))
    }
}

impl BlockNode {
    /// The fields and blocks of the body; none without a body.
    pub fn items(&self) -> &[BodyItem] {
        self.body.as_ref().map_or(&[], |body| &body.items)
    }
}
