//! Whether two files say the same, wherever on the page they say it.

use super::words::number;
use crate::syntax::tree::{BlockNode, BodyItem, FieldNode, File, Path, Period, SourcedText, ValueNode};
use crate::text::{Sources, Span};

/// Whether two trees are equal but for places, and their comments equal in their order.
pub fn same_meaning(a: &File, b: &File, sources: &Sources) -> bool {
    let same = Same { sources };
    same.option(a.namespace.as_ref(), b.namespace.as_ref(), Same::path)
        && same.list(&a.blocks, &b.blocks, Same::block)
        && same.list(&a.comments, &b.comments, Same::comment)
}

/// Compares the words that the spans of two trees point to.
#[derive(Clone, Copy)]
struct Same<'a> {
    sources: &'a Sources,
}

impl Same<'_> {
    fn list<T>(self, a: &[T], b: &[T], same: fn(Self, &T, &T) -> bool) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(self, a, b))
    }

    fn option<T>(self, a: Option<&T>, b: Option<&T>, same: fn(Self, &T, &T) -> bool) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => same(self, a, b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn word(self, a: &Span, b: &Span) -> bool {
        self.sources.slice(*a) == self.sources.slice(*b)
    }

    fn words(self, a: Option<Span>, b: Option<Span>) -> bool {
        self.option(a.as_ref(), b.as_ref(), Same::word)
    }

    /// White space at the end of a comment says nothing.
    fn comment(self, a: &Span, b: &Span) -> bool {
        self.sources.slice(*a).trim_end() == self.sources.slice(*b).trim_end()
    }

    fn block(self, a: &BlockNode, b: &BlockNode) -> bool {
        let header = self.word(&a.kind, &b.kind) && self.words(a.id, b.id) && self.words(a.title, b.title);
        header
            && a.body.is_some() == b.body.is_some()
            && a.broken == b.broken
            && self.list(a.items(), b.items(), Same::item)
    }

    fn item(self, a: &BodyItem, b: &BodyItem) -> bool {
        match (a, b) {
            (BodyItem::Field(a), BodyItem::Field(b)) => self.field(a, b),
            (BodyItem::Block(a), BodyItem::Block(b)) => self.block(a, b),
            (BodyItem::Field(_), BodyItem::Block(_)) | (BodyItem::Block(_), BodyItem::Field(_)) => false,
        }
    }

    fn field(self, a: &FieldNode, b: &FieldNode) -> bool {
        self.word(&a.name, &b.name) && self.value(&a.first, &b.first) && self.list(&a.more, &b.more, Same::value)
    }

    fn value(self, a: &ValueNode, b: &ValueNode) -> bool {
        match a {
            ValueNode::Path(a) => matches!(b, ValueNode::Path(b) if self.path(a, b)),
            ValueNode::Attributed(a) => matches!(b, ValueNode::Attributed(b) if self.attributed(a, b)),
            ValueNode::Text(a) => matches!(b, ValueNode::Text(b) if self.word(a, b)),
            ValueNode::Number(a) => matches!(b, ValueNode::Number(b) if self.number(*a, *b)),
            ValueNode::Period(a) => matches!(b, ValueNode::Period(b) if self.period(a, b)),
            ValueNode::Broken(a) => matches!(b, ValueNode::Broken(b) if self.word(a, b)),
        }
    }

    fn path(self, a: &Path, b: &Path) -> bool {
        self.word(&a.first, &b.first) && self.list(&a.more, &b.more, Same::word)
    }

    fn attributed(self, a: &SourcedText, b: &SourcedText) -> bool {
        self.path(&a.path, &b.path) && self.word(&a.text, &b.text) && self.words(a.until, b.until)
    }

    fn number(self, a: Span, b: Span) -> bool {
        number(self.sources.slice(a)) == number(self.sources.slice(b))
    }

    fn period(self, a: &Period, b: &Period) -> bool {
        self.words(a.from, b.from) && self.words(a.to, b.to)
    }
}
