//! The words of headers, fields and values, with the blanks between them that are canonical.

use crate::syntax::lexeme::is_name_part;
use crate::syntax::tree::{BlockNode, BodyItem, FieldNode, Path, Period, SourcedText, ValueNode};
use crate::text::{Sources, Span};

/// What the nodes of a tree are written like.
#[derive(Clone, Copy)]
pub(super) struct NodeWords<'a> {
    /// The texts that their spans point into.
    pub(super) sources: &'a Sources,
}

impl<'a> NodeWords<'a> {
    pub(super) fn slice(self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// A whole block on one line of at most `width` characters, if it was written on one line and holds no other block.
    pub(super) fn short(self, block: &BlockNode, width: usize) -> Option<String> {
        let fields: Option<Vec<&FieldNode>> = block.items().iter().map(field).collect();
        let fields = fields.filter(|_| !self.slice(block.span).contains(['\n', '\r']))?;
        let header = self.header(block);
        let line = match (&block.body, fields.is_empty()) {
            (None, _) => return Some(header),
            (Some(_), true) => return Some(format!("{header} {{}}")),
            (Some(_), false) => {
                let fields: Vec<String> = fields.into_iter().map(|field| self.field(field)).collect();
                format!("{header} {{ {} }}", fields.join("  "))
            }
        };
        (line.chars().count() <= width).then_some(line)
    }

    /// `kind id "title"`
    pub(super) fn header(self, block: &BlockNode) -> String {
        let words = [Some(block.kind), block.id, block.title].into_iter().flatten();
        words.map(|word| self.slice(word)).collect::<Vec<_>>().join(" ")
    }

    /// `name: value, value`
    fn field(self, field: &FieldNode) -> String {
        let values: Vec<String> = field.values().map(|value| self.value(value)).collect();
        format!("{}: {}", self.slice(field.name), values.join(", "))
    }

    /// One value of a field.
    pub(super) fn value(self, value: &ValueNode) -> String {
        match value {
            ValueNode::Path(path) => self.path(path),
            ValueNode::Attributed(it) => self.attributed(it),
            ValueNode::Text(span) | ValueNode::Broken(span) => self.slice(*span).to_owned(),
            ValueNode::Number(span) => number(self.slice(*span)),
            ValueNode::Period(period) => self.period(period),
        }
    }

    /// `name/name`
    pub(super) fn path(self, path: &Path) -> String {
        path.names().map(|name| self.slice(name)).collect::<Vec<_>>().join("/")
    }

    /// `path "text" until date`
    fn attributed(self, it: &SourcedText) -> String {
        let until = it.until.map(|date| format!(" until {}", self.slice(date))).unwrap_or_default();
        format!("{} {}{until}", self.path(&it.path), self.slice(it.text))
    }

    /// `date..date`
    fn period(self, period: &Period) -> String {
        let date = |date: Option<Span>| date.map_or("", |date| self.slice(date));
        format!("{}..{}", date(period.from), date(period.to))
    }
}

fn field(item: &BodyItem) -> Option<&FieldNode> {
    match item {
        BodyItem::Field(field) => Some(field),
        BodyItem::Block(_) => None,
    }
}

/// A number without what may stand before its decimal point: blanks, line breaks, even comments.
pub(super) fn number(written: &str) -> String {
    let whole = written.split(|next| !is_name_part(next)).next().unwrap_or(written);
    match written.rfind('.') {
        Some(point) => format!("{whole}{}", &written[point..]),
        None => written.to_owned(),
    }
}
