//! Patterns of texts: what the `regex` library and RE2 both read, and small enough to be matched at once.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassSetBinaryOp, ClassSetItem, ClassUnicode, ClassUnicodeKind, Flag, FlagsItemKind, GroupKind,
    RepetitionKind, RepetitionRange, Span, Visitor, visit,
};

/// How many bytes a compiled pattern may take: one beyond is refused before it costs anything.
const LARGEST: usize = 256 * 1024;

/// How deep the brackets of a pattern may stand in each other.
const DEEPEST: u32 = 64;

/// How often a piece may be repeated by number; RE2 stops there.
const MOST: u32 = 1_000;

/// What is wrong with a pattern, and which bytes of it.
#[derive(Debug)]
pub struct Unportable {
    /// What is wrong.
    pub what: String,
    /// Which bytes of the pattern.
    pub at: Range<usize>,
}

/// Compiles a pattern.
///
/// # Errors
/// With the first construct that is no pattern, is not supported by every engine, or is too large.
pub fn portable_regex(pattern: &str) -> Result<Regex, Unportable> {
    let mut parser = ParserBuilder::new().nest_limit(DEEPEST).build();
    let tree = parser.parse(pattern).map_err(|error| unportable(error.kind().to_string(), error.span()))?;
    visit(&tree, Portable)?;
    let built = RegexBuilder::new(pattern).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
    built.map_err(|_| Unportable { what: "the pattern is too large".to_owned(), at: 0..pattern.len() })
}

/// Walks through a pattern and stops at what other engines read otherwise or not at all.
struct Portable;

impl Visitor for Portable {
    type Output = ();
    type Err = Unportable;

    fn finish(self) -> Result<(), Unportable> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Unportable> {
        let (foreign, at) = match ast {
            Ast::Flags(flags) => {
                (foreign_flag(&flags.flags.items.iter().map(|item| &item.kind).collect::<Vec<_>>()), flags.span)
            }
            Ast::Group(group) => match &group.kind {
                GroupKind::NonCapturing(flags) => {
                    (foreign_flag(&flags.items.iter().map(|item| &item.kind).collect::<Vec<_>>()), group.span)
                }
                GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => (None, group.span),
            },
            Ast::Assertion(assertion) => (foreign_assertion(&assertion.kind), assertion.span),
            Ast::ClassUnicode(class) => (foreign_class(class), class.span),
            Ast::Repetition(repetition) => (too_often(&repetition.op.kind), repetition.op.span),
            Ast::Empty(_)
            | Ast::Literal(_)
            | Ast::Dot(_)
            | Ast::ClassPerl(_)
            | Ast::ClassBracketed(_)
            | Ast::Alternation(_)
            | Ast::Concat(_) => return Ok(()),
        };
        refuse(foreign, &at)
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Unportable> {
        let foreign = match item {
            ClassSetItem::Bracketed(_) => Some("a class inside a class"),
            ClassSetItem::Unicode(class) => foreign_class(class),
            ClassSetItem::Empty(_)
            | ClassSetItem::Literal(_)
            | ClassSetItem::Range(_)
            | ClassSetItem::Ascii(_)
            | ClassSetItem::Perl(_)
            | ClassSetItem::Union(_) => None,
        };
        refuse(foreign, item.span())
    }

    fn visit_class_set_binary_op_pre(&mut self, operation: &ClassSetBinaryOp) -> Result<(), Unportable> {
        refuse(Some("an operation between classes"), &operation.span)
    }
}

fn refuse(foreign: Option<&str>, at: &Span) -> Result<(), Unportable> {
    foreign.map_or(Ok(()), |what| Err(unportable(format!("{what} is not supported by every engine"), at)))
}

fn unportable(what: String, at: &Span) -> Unportable {
    Unportable { what, at: at.start.offset..at.end.offset }
}

fn foreign_flag(flags: &[&FlagsItemKind]) -> Option<&'static str> {
    let foreign = |kind: &&FlagsItemKind| match kind {
        FlagsItemKind::Flag(Flag::Unicode | Flag::CRLF | Flag::IgnoreWhitespace) => true,
        FlagsItemKind::Negation
        | FlagsItemKind::Flag(Flag::CaseInsensitive | Flag::MultiLine | Flag::DotMatchesNewLine | Flag::SwapGreed) => {
            false
        }
    };
    flags.iter().any(foreign).then_some("one of the flags `u`, `R` and `x`")
}

fn foreign_assertion(kind: &AssertionKind) -> Option<&'static str> {
    match kind {
        AssertionKind::StartLine
        | AssertionKind::EndLine
        | AssertionKind::StartText
        | AssertionKind::EndText
        | AssertionKind::WordBoundary
        | AssertionKind::NotWordBoundary => None,
        AssertionKind::WordBoundaryStart
        | AssertionKind::WordBoundaryEnd
        | AssertionKind::WordBoundaryStartAngle
        | AssertionKind::WordBoundaryEndAngle
        | AssertionKind::WordBoundaryStartHalf
        | AssertionKind::WordBoundaryEndHalf => Some("the start or the end of a word"),
    }
}

fn foreign_class(class: &ClassUnicode) -> Option<&'static str> {
    matches!(class.kind, ClassUnicodeKind::NamedValue { .. }).then_some("a class with `=`, `:` or `!=`")
}

fn too_often(kind: &RepetitionKind) -> Option<&'static str> {
    let most = match kind {
        RepetitionKind::Range(RepetitionRange::Exactly(count) | RepetitionRange::AtLeast(count)) => *count,
        RepetitionKind::Range(RepetitionRange::Bounded(_, count)) => *count,
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore | RepetitionKind::OneOrMore => 0,
    };
    (most > MOST).then_some("a piece repeated more than 1000 times")
}

#[cfg(test)]
mod tests {
    use super::portable_regex;

    fn refused(pattern: &str) -> String {
        let wrong = portable_regex(pattern).expect_err(pattern);
        format!("{}: {}", &pattern[wrong.at], wrong.what)
    }

    #[test]
    fn what_every_engine_reads_is_taken() {
        for pattern in [r"^[a-z][a-z0-9-]*$", r"(?i)\bshall\b", r"\p{Greek}+|\pL", r"a{2,3}?", r"(?P<year>\d{4})"] {
            portable_regex(pattern).expect(pattern);
        }
    }

    #[test]
    fn what_some_engines_read_otherwise_is_named() {
        assert!(refused("(?=a)").contains("look-around"));
        assert!(refused(r"(a)\1").contains("backreferences"));
        assert_eq!(refused("[a-z&&[^b]]"), "a-z&&[^b]: an operation between classes is not supported by every engine");
        assert_eq!(refused("[a[bc]]"), "[bc]: a class inside a class is not supported by every engine");
        assert_eq!(refused("(?x)a"), "(?x): one of the flags `u`, `R` and `x` is not supported by every engine");
        assert_eq!(
            refused(r"\b{start}a"),
            r"\b{start}: the start or the end of a word is not supported by every engine"
        );
        assert_eq!(
            refused(r"\p{sc=Greek}"),
            r"\p{sc=Greek}: a class with `=`, `:` or `!=` is not supported by every engine"
        );
        assert_eq!(
            refused("a{2000}"),
            "{2000}: a piece repeated more than 1000 times is not supported by every engine"
        );
    }

    #[test]
    fn what_grows_beyond_bounds_is_refused() {
        assert_eq!(refused("(a{1000}){1000}"), "(a{1000}){1000}: the pattern is too large");
        assert!(refused(&"(".repeat(100_000)).len() < 200_000);
    }
}
