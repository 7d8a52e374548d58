//! Blocks, fields and recovery: the one loop that turns lexemes into a tree, whatever the file holds.
//!
//! Nesting is a list of open blocks, never recursion, so that no input overflows the stack.

mod recover;

use super::header::header;
use super::input::{Input, ParseFailure};
use super::lexeme::{END_OF_TEXT, begins_field, byte_order_mark, mark, trivia, word};
use super::names::{fold_name, is_reserved};
use super::problems;
use super::recovery::malformed_value::{points, provision};
use super::recovery::resume::{resume, skip_braces};
use super::recovery::{indentation, likely_mistakes};
use super::tree::{BlockNode, BodyItem, BodyNode, FieldNode, Path, ValueNode};
use super::value::{path, values};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// How deep blocks may nest. Three levels are usual; this leaves room and bounds every later walk of the tree.
pub(super) const NESTING_LIMIT: usize = 32;

/// How many fields and blocks a body is first given room for: most have no more.
const ITEMS: usize = 10;

/// Where in a file what is read begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadFrom {
    /// At its first byte.
    OfFile,
    /// Behind a block.
    Within,
}

/// What is known when all outermost blocks that were closed have been read.
pub(super) struct ReadTo {
    pub problems: Vec<Diagnostic>,
    /// The brace that closed the last of the outermost blocks that has one; none if some block stayed open.
    pub last_closed: Option<Span>,
}

/// The namespace with which a file begins, if it can be read.
pub(super) fn namespace(input: Input<'_>) -> Option<Path> {
    DocumentReader::new(input, ReadFrom::OfFile).namespace
}

/// Reads `file = [ "namespace" , path ] , { block } ;` and gives its outermost blocks one after the other.
pub(super) struct DocumentReader<'src> {
    pub namespace: Option<Path>,
    /// The start of the file, by which any span is turned back into text.
    start: Input<'src>,
    /// The rest to be read.
    at: Input<'src>,
    /// The blocks that are open, outermost first.
    open: Vec<BlockNode>,
    /// The outermost block that was just closed.
    done: Option<BlockNode>,
    problems: Vec<Diagnostic>,
    /// The brace that closed the last outermost block.
    last_closed: Option<Span>,
    /// Whether one mistake about closing was reported since the last outermost block began.
    fenced: bool,
    /// How many braces stood without a header, each of which leaves one too few to close the rest.
    nameless: usize,
    /// The signs without a meaning that were reported since the last outermost block began.
    idle_signs: String,
    /// How often it may still be looked for whether a brace closes a block too early, which takes reading on.
    looks: usize,
}

/// How often a file is read on to see whether a brace closes a block too early: a file full of such braces is not helped by it.
const LOOKS: usize = 50;

impl Iterator for DocumentReader<'_> {
    type Item = BlockNode;

    /// The next outermost block that is closed; behind the last one, [`Reader::finish`] tells whether others stayed open.
    fn next(&mut self) -> Option<BlockNode> {
        while self.done.is_none() && !self.at.rest.is_empty() {
            self.item();
        }
        self.done.take()
    }
}

impl<'src> DocumentReader<'src> {
    /// Reads what stands before the first block.
    pub(super) fn new(input: Input<'src>, start: ReadFrom) -> DocumentReader<'src> {
        let begins_file = start == ReadFrom::OfFile;
        let start = trivia(if begins_file { byte_order_mark(input) } else { input });
        let mut reader = DocumentReader {
            namespace: None,
            start,
            at: start,
            open: Vec::new(),
            done: None,
            problems: Vec::new(),
            last_closed: None,
            fenced: false,
            nameless: 0,
            idle_signs: String::new(),
            looks: LOOKS,
        };
        reader.namespace = if begins_file { reader.read_namespace() } else { None };
        reader
    }

    fn slice(&self, span: Span) -> &'src str {
        let from = (span.start - self.start.offset) as usize;
        &self.start.rest[from..from + span.len()]
    }

    fn read_namespace(&mut self) -> Option<Path> {
        let Some((rest, word)) = word(self.at) else {
            // What is no block hides no namespace beneath it.
            let behind = resume(self.at);
            let follows = word(behind).is_some_and(|(_, word)| fold_name(self.slice(word)) == "namespace");
            return if follows && self.at.peek().is_some_and(|next| next != '{' && next != '}') {
                self.recover(nom::Err::Error(ParseFailure::expecting(self.at, likely_mistakes::AN_ITEM)));
                self.read_namespace()
            } else {
                None
            };
        };
        let written = fold_name(self.slice(word));
        if !written.eq_ignore_ascii_case("namespace") || begins_field(self.at) {
            return None;
        }
        if written != "namespace" {
            self.problems.push(problems::namespace_in_capitals(self.slice(word), word));
        }
        self.at = rest;
        match path(rest) {
            Ok((rest, path)) => {
                self.at = rest;
                Some(path)
            }
            Err(error) => {
                self.recover(error);
                None
            }
        }
    }

    /// Reads one thing: a closing brace, a field, a block's beginning; or reports and skips what is none.
    fn item(&mut self) {
        match self.at.peek() {
            Some('}') => self.close(),
            Some('{') => self.open_nameless(),
            Some(_) => match word(self.at) {
                Some((rest, word)) if rest.rest.starts_with(':') => self.field(trivia(rest.skip(1)), word),
                Some((rest, word)) => self.block(rest, word),
                None if self.closes_by_other_sign() => {}
                None if self.passes_idle_sign() => {}
                None if self.pass_unopened(None) => {}
                None => {
                    let next = self.at.peek().map_or(0, char::len_utf8);
                    self.mark_interrupted(self.at.span_to(self.at.skip(next)));
                    self.recover(nom::Err::Error(ParseFailure::expecting(self.at, likely_mistakes::AN_ITEM)));
                }
            },
            None => {}
        }
    }

    /// `field = name , ":" , value , { "," , value } , [ "," ] ;`
    fn field(&mut self, rest: Input<'src>, word: Span) {
        if self.open.is_empty() {
            self.report_outside(word);
        }
        self.at = rest;
        let broken = (ValueNode::Broken(word.after()), Vec::new());
        let (first, more) = match values(rest) {
            Ok((rest, values)) => {
                self.at = rest;
                values
            }
            Err(nom::Err::Error(_)) if self.passes_second_colon(word, rest) => broken,
            Err(nom::Err::Error(_)) => {
                self.report(&ParseFailure::expecting(rest, likely_mistakes::A_VALUE));
                // What stands on the same line was meant as the value.
                let is_other = rest.peek().is_some_and(|next| next != '{' && next != '}') && word_free(rest);
                if is_other && !self.breaks_line(word, rest.here()) {
                    self.at = resume(rest);
                }
                broken
            }
            Err(error) => {
                self.recover(error);
                broken
            }
        };
        if let Some(BlockNode { body: Some(body), .. }) = self.open.last_mut() {
            body.items.push(BodyItem::Field(FieldNode { name: word, first, more }));
            self.go_on_behind_value();
        }
    }

    /// `block = kind , ( id , [ text ] , [ body ] | text , [ body ] | body ) ;`
    fn block(&mut self, rest: Input<'src>, word: Span) {
        if self.pass_unopened(Some(word)) {
            return;
        }
        let (rest, header, failure) = header(self.at, rest, word);
        let span = header.kind.to(header.title.or(header.id).unwrap_or(header.kind));
        let mut block =
            BlockNode { kind: header.kind, id: header.id, title: header.title, body: None, span, broken: false };
        block.broken = self.is_reserved(&block);
        if let Some(failure) = failure {
            block.broken = true;
            self.at = rest;
            match block.id.and_then(|id| malformed_name(self.slice(id), id, rest)) {
                Some((length, problem)) => {
                    self.problems.push(problem);
                    self.at = resume(rest.skip(length));
                }
                None => self.recover(nom::Err::Error(failure)),
            }
            return self.begin_or_add(block);
        }
        let lone = block.id.is_none() && block.title.is_none() && rest.peek() != Some('{');
        if lone || matches!(rest.peek(), Some(',' | '/')) {
            block.broken = true;
            self.problems.push(self.misread(&block, lone, rest));
            self.mark_interrupted(block.kind);
            self.at = if self.breaks_line(word, rest.here()) { rest } else { resume(rest) };
            return self.begin_or_add(block);
        }
        self.at = rest;
        if !self.breaks_line(block.span, rest.here()) && rest.peek().is_some_and(|next| next != '{') {
            self.header_goes_on(&mut block);
        }
        self.begin_or_add(block);
    }

    /// What a word was that is not the header it was read as.
    fn misread(&self, block: &BlockNode, lone: bool, rest: Input<'src>) -> Diagnostic {
        let word = self.slice(block.kind);
        let before = self.open.last().and_then(|open| open.items().last());
        match before {
            Some(BodyItem::Field(field)) if lone && !self.breaks_line(field.span(), block.kind) => {
                let value = field.more.last().unwrap_or(&field.first);
                let is_text = matches!(value, ValueNode::Text(_));
                problems::missing_comma(word, block.kind, is_text)
            }
            Some(_) | None if lone => problems::lone_word(word, block.kind),
            Some(_) | None if mark(rest, ',').is_some_and(|(rest, _)| rest.rest.starts_with('"')) => {
                problems::comma_before_title(rest.span_to(rest.skip(1)))
            }
            Some(_) | None => problems::list_without_colon(word, block.kind),
        }
    }

    /// What follows a value on its line without being a field belongs to that value, which is incomplete then.
    fn mark_interrupted(&mut self, word: Span) {
        let last = self.open.last().and_then(|open| open.items().last());
        let interrupted = matches!(last, Some(BodyItem::Field(field)) if !self.breaks_line(field.span(), word));
        if interrupted {
            self.break_last_value();
            self.last_field().into_iter().for_each(|field| field.more.push(ValueNode::Broken(word)));
        }
    }

    fn breaks_line(&self, before: Span, after: Span) -> bool {
        self.slice(Span::new(before.source, before.end, after.start)).contains(['\n', '\r'])
    }

    /// Whether the kind or the id of a block is a reserved word, which is reported.
    fn is_reserved(&mut self, block: &BlockNode) -> bool {
        let word = [Some(block.kind), block.id].into_iter().flatten().find(|word| is_reserved(self.slice(*word)));
        self.problems.extend(word.map(|word| problems::reserved_word(self.slice(word), word)));
        word.is_some()
    }

    /// Opens the block's body if there is one, else adds the block as it is.
    fn begin_or_add(&mut self, mut block: BlockNode) {
        if self.open.is_empty() {
            self.fenced = false;
            self.idle_signs.clear();
        }
        let Some((rest, brace)) = self.opening(&block) else { return self.add_block(block) };
        if self.open.len() >= NESTING_LIMIT {
            self.problems.push(problems::too_deep(brace.source, block.kind, NESTING_LIMIT));
            self.at = skip_braces(self.at);
            self.fenced = true;
            return;
        }
        block.body = Some(BodyNode { open: brace, close: None, items: Vec::with_capacity(ITEMS) });
        self.at = rest;
        self.open.push(block);
    }

    /// A brace without a header: reported once for a run of them, then read as a block that is broken.
    fn open_nameless(&mut self) {
        let here = self.at.here();
        let inside_broken = self.open.last().is_some_and(|open| open.broken && open.items().is_empty());
        if !inside_broken {
            self.report(&ParseFailure::expecting(self.at, "a kind before `{`"));
            self.nameless += 1;
        }
        self.begin_or_add(BlockNode { kind: here, id: None, title: None, body: None, span: here, broken: true });
    }

    fn close(&mut self) {
        let Some((rest, brace)) = mark(self.at, '}') else { return };
        self.closed(rest, brace);
    }

    fn closed(&mut self, rest: Input<'src>, brace: Span) {
        self.at = rest;
        if self.is_closed_too_early(brace) {
            return;
        }
        match self.open.pop() {
            Some(mut block) => {
                block.span = block.span.to(brace);
                if let Some(body) = &mut block.body {
                    body.close = Some(brace);
                }
                if self.open.is_empty() {
                    self.last_closed = Some(brace);
                }
                self.add_block(block);
            }
            None if !self.fenced => {
                self.problems.push(problems::stray_brace(brace, self.last_closed));
                self.fenced = true;
            }
            None => {}
        }
    }

    /// A field after the brace that closed its block too early: the surplus brace further down is the same mistake.
    fn report_outside(&mut self, word: Span) {
        if !self.fenced {
            self.problems.push(problems::field_outside_block(self.slice(word), word, self.last_closed));
        }
        self.fenced = true;
    }

    fn add_block(&mut self, block: BlockNode) {
        match self.open.last_mut() {
            Some(BlockNode { body: Some(body), .. }) => body.items.push(BodyItem::Block(Box::new(block))),
            Some(BlockNode { body: None, .. }) | None => self.done = Some(block),
        }
    }

    /// Reports a failure and goes on behind it.
    fn recover(&mut self, error: nom::Err<ParseFailure>) {
        let (nom::Err::Error(failure) | nom::Err::Failure(failure)) = error else { return };
        self.report(&failure);
        let at = self.start.skip((failure.at - self.start.offset) as usize);
        self.at = resume(at);
    }

    fn report(&mut self, failure: &ParseFailure) {
        let at = self.start.skip((failure.at - self.start.offset) as usize);
        let line = at.rest.split(['\n', '\r']).next().unwrap_or_default().trim();
        let problem = if failure.expected == [END_OF_TEXT] {
            problems::unclosed_text(at.span_to(at.skip(1)), line)
        } else {
            let width = at.peek().map_or(0, char::len_utf8);
            let help = at.peek().and_then(|found| likely_mistakes::advice(found, &failure.expected));
            let problem = problems::unexpected(failure, at.span_to(at.skip(width)), line);
            match help {
                Some(help) => problem.help(help.to_owned()),
                None => problem,
            }
        };
        self.problems.push(problem);
    }

    /// Whether some block is still open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Takes the outermost blocks back when all of them have been read, and puts right what was left open.
    pub(super) fn finish(mut self, mut blocks: Vec<BlockNode>) -> (Vec<BlockNode>, ReadTo) {
        let last_closed = self.last_closed.filter(|_| !self.is_open());
        let limit_was_hit = self.fenced;
        let any_named = self.open.iter().any(|block| !block.broken);
        let innermost = self.open.last().map(|block| block.kind);
        let in_open_text =
            |problem: &Diagnostic| problem.code == problems::UNCLOSED_TEXT && Some(problem.primary.span) > innermost;
        let explained = self.open.len() <= self.nameless || self.problems.iter().any(in_open_text);
        while let Some(block) = self.open.pop() {
            self.add_block(block);
        }
        blocks.extend(self.done.take());
        if any_named && !limit_was_hit {
            let (right, problem) = indentation::put_right(self.start, blocks);
            blocks = right;
            self.problems.extend(problem.filter(|_| !explained));
        }
        (blocks, ReadTo { problems: self.problems, last_closed })
    }
}

/// A name that goes on as `5(2)` does, which is reported; and the bytes that belong to it.
fn malformed_name(name: &str, id: Span, rest: Input<'_>) -> Option<(usize, Diagnostic)> {
    let (length, parts) = if id.end == rest.offset { points(rest.rest) } else { (0, String::new()) };
    let found = provision(name, &rest.rest[..length], &parts)?;
    Some((length, found.report(id.to(rest.span_to(rest.skip(length))))))
}

/// Whether no name comes next.
fn word_free(at: Input<'_>) -> bool {
    word(at).is_none()
}
