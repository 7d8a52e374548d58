//! Reads whole expressions: nesting and length are bounded first, and reading goes on after a syntax error.

use nom::combinator::{cut, opt};
use nom::multi::separated_list1;
use nom::sequence::preceded;
use nom::{Err, Parser};

use super::grammar::Grammar;
use super::note::Noted;
use super::problems;
use super::set::{binding, place};
use super::token::{marked_length, name, sign, space, word, word_length};
use crate::condition::ast::source::ExpressionSource;
use crate::condition::ast::tree::{Binding, Expr, Name, PlaceExpr};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Input, ParseFailure, Parsed};
use crate::text::Span;

/// How deep brackets and bodies may stand in each other.
const DEEPEST: usize = 64;

/// How many words and signs an expression may have.
const LONGEST: usize = 20_000;

/// How many syntax errors of one expression are worth reading.
const ENOUGH: usize = 8;

/// What was read, or everything that was in the way.
pub(crate) type ParsedInput<T> = Result<T, Vec<Diagnostic>>;

/// Reads `when`, `require` or `forbid`.
pub(crate) fn read_formula(written: &ExpressionSource<'_>) -> ParsedInput<Expr> {
    let input = start(written)?;
    match whole(Grammar::formula, Grammar::formula, input) {
        Ok(tree) => Ok(tree),
        Err(failure) => Err(further_failures(input, failure).iter().map(|each| problem(written, each)).collect()),
    }
}

/// Reads `for`; a binding that cannot be read does not hide the next.
pub(crate) fn read_bindings(written: &ExpressionSource<'_>) -> ParsedInput<Vec<Binding>> {
    let mut input = start(written)?;
    let (mut bindings, mut problems) = (Vec::new(), Vec::new());
    loop {
        match binding::<()>(input).or_else(|_| binding(input)) {
            Ok((rest, binding)) => {
                bindings.push(binding);
                input = rest;
            }
            Err(error) => {
                let failure = failure(error);
                problems.push(problem(written, &failure));
                input = skip_to(&[","], input.skip((failure.at - input.offset) as usize));
            }
        }
        match input.rest.strip_prefix(',') {
            Some(_) if bindings.len() + problems.len() < DEEPEST => input = space(input.skip(1)),
            Some(_) | None => break,
        }
    }
    if problems.is_empty() && !input.rest.is_empty() {
        problems.push(problem(written, &ParseFailure { at: input.offset, expected: vec!["`,`", "the end"] }));
    }
    if problems.is_empty() { Ok(bindings) } else { Err(problems) }
}

/// Reads a name that a rule file gives to something.
pub(crate) fn read_name(written: &ExpressionSource<'_>) -> ParsedInput<Name> {
    whole(name, name, start(written)?).map_err(|_| vec![problems::name_with_more(written.at)])
}

/// Reads a question: bindings, and after `where` a formula.
pub(crate) fn read_question(written: &ExpressionSource<'_>) -> ParsedInput<(Vec<Binding>, Option<Expr>)> {
    let bindings = separated_list1(sign("`,`"), binding);
    whole_of((bindings, opt(preceded(word("`where`"), cut(Grammar::formula)))), start(written)?)
        .map_err(|failure| vec![problem(written, &failure)])
}

/// Reads the path of a template.
pub(crate) fn read_path(written: &ExpressionSource<'_>) -> ParsedInput<Expr> {
    whole(Grammar::union, Grammar::union, start(written)?).map_err(|failure| vec![problem(written, &failure)])
}

/// Reads the place of a label.
pub(crate) fn read_place(written: &ExpressionSource<'_>) -> ParsedInput<PlaceExpr> {
    whole(place, place, start(written)?).map_err(|failure| vec![problem(written, &failure)])
}

/// The whole text, unless it is nested too deep to be read without exhausting the stack.
fn start<'a>(written: &ExpressionSource<'a>) -> ParsedInput<Input<'a>> {
    let input = space(Input::new(written.at.source, written.at.start, written.text));
    match beyond(input) {
        Some(ExcessInput::Depth(at)) => Err(vec![problems::too_deep(at, DEEPEST)]),
        Some(ExcessInput::Length(at)) => Err(vec![problems::too_long(at, LONGEST)]),
        None => Ok(input),
    }
}

/// Where a text goes beyond what is read.
enum ExcessInput {
    Depth(Span),
    Length(Span),
}

/// One production that reaches the end: read without any notes, and only where that fails once more with them.
fn whole<'src, T>(
    quiet: fn(Input<'src>) -> Noted<'src, T, ()>,
    noting: fn(Input<'src>) -> Parsed<'src, T>,
    input: Input<'src>,
) -> Result<T, ParseFailure> {
    let read = quiet(input).ok().filter(|(rest, _)| rest.rest.is_empty());
    read.map_or_else(|| whole_of(noting, input), |(_, tree)| Ok(tree))
}

fn whole_of<'src, T>(
    mut production: impl Parser<Input<'src>, Output = T, Error = ParseFailure>,
    input: Input<'src>,
) -> Result<T, ParseFailure> {
    match production.parse(input) {
        Ok((rest, tree)) if rest.rest.is_empty() => Ok(tree),
        Ok((rest, _)) if rest.rest.starts_with(['+', '-', '*', '/']) => {
            Err(ParseFailure::expecting(rest, "a space on both sides of the sign"))
        }
        Ok((rest, _)) => Err(ParseFailure::expecting(rest, problems::END)),
        Err(error) => Err(failure(error)),
    }
}

/// Reads on after each failure, at the next word that joins two formulas.
///
/// What closes a bracket that was opened before the failure looks surplus, so text that is left over is not
/// reported a second time.
fn further_failures(input: Input<'_>, first: ParseFailure) -> Vec<ParseFailure> {
    let mut at = first.at;
    let mut failures = vec![first];
    while failures.len() < ENOUGH {
        let joint = skip_to(&["and", "or", "implies", "where", ":"], input.skip((at - input.offset) as usize));
        if joint.rest.is_empty() {
            break;
        }
        let after = space(joint.skip(piece_length(joint)));
        match Grammar::formula(after) {
            Ok((rest, _)) => at = rest.offset,
            Err(error) => {
                let failure = failure(error);
                at = failure.at;
                failures.push(failure);
            }
        }
    }
    failures
}

fn failure(error: Err<ParseFailure>) -> ParseFailure {
    match error {
        Err::Error(failure) | Err::Failure(failure) => failure,
        Err::Incomplete(_) => unreachable!("every parser here is a complete one"),
    }
}

/// Skips to the next of the words or signs that stands outside of texts, or to the end.
fn skip_to<'src>(stops: &[&str], mut input: Input<'src>) -> Input<'src> {
    while !input.rest.is_empty() {
        let piece = piece_length(input);
        if stops.contains(&&input.rest[..piece]) {
            break;
        }
        input = input.skip(piece);
    }
    input
}

/// The bytes of the next piece: a text, a pattern, a word, or one character.
fn piece_length(input: Input<'_>) -> usize {
    if let Some(length) = marked_length(input.rest) {
        return length;
    }
    match word_length(input.rest) {
        0 => input.peek().map_or(0, char::len_utf8),
        word => word,
    }
}

/// Where the text first goes deeper than allowed, or becomes longer: each bracket and each body after `where` or `:` is a level.
fn beyond(mut input: Input<'_>) -> Option<ExcessInput> {
    let (mut levels, mut pieces): (Vec<usize>, usize) = (vec![1], 0);
    while !input.rest.is_empty() {
        let next = input.skip(piece_length(input));
        let piece = &input.rest[..input.rest.len() - next.rest.len()];
        match piece {
            "(" | "{" | "[" => levels.push(1),
            ")" | "}" | "]" if levels.len() > 1 => drop(levels.pop()),
            "where" | ":" => levels.iter_mut().last().into_iter().for_each(|innermost| *innermost += 1),
            _ => {}
        }
        if levels.iter().sum::<usize>() > DEEPEST {
            return Some(ExcessInput::Depth(input.span_to(next)));
        }
        pieces += usize::from(!piece.trim().is_empty());
        if pieces > LONGEST {
            return Some(ExcessInput::Length(input.span_to(next)));
        }
        input = next;
    }
    None
}

fn problem(written: &ExpressionSource<'_>, failure: &ParseFailure) -> Diagnostic {
    let start = (failure.at - written.at.start) as usize;
    let rest = Input::new(written.at.source, failure.at, &written.text[start..]);
    let next = rest.skip(piece_length(rest));
    let found = &rest.rest[..rest.rest.len() - next.rest.len()];
    let at = rest.span_to(next);
    if let Some(calculation) = calculation(written.text, start, found) {
        return problems::sign_without_spaces(&calculation, at);
    }
    problems::syntax(failure, (found, operators_at(written.text, start)), at)
}

/// A calculation whose sign was read as one that repeats a step, as it is to be written: the path before the sign, the sign, and
/// what follows it.
fn calculation(text: &str, at: usize, found: &str) -> Option<String> {
    let is_operand = found.starts_with(|first: char| first.is_alphanumeric() || first == '$');
    let sign = text[..at].chars().next_back().filter(|sign| is_operand && matches!(sign, '+' | '*'))?;
    let before = &text[..at - sign.len_utf8()];
    let is_of_path = |next: char| next.is_alphanumeric() || "-_.~".contains(next);
    let path = &before[before.trim_end_matches(is_of_path).len()..];
    (!path.is_empty()).then(|| format!("{path} {sign} {found}"))
}

/// What may have been meant as an operator where reading failed: the whole sign of which a part was met, and the word before.
fn operators_at(text: &str, at: usize) -> [&str; 2] {
    let is_sign = |next: char| "=<>&|!-~:".contains(next);
    let start = text[..at].trim_end_matches(is_sign).len();
    let length = text[start..].find(|next| !is_sign(next)).unwrap_or(text.len() - start);
    let before = text[..at].trim_end();
    let word = before.rsplit(|next: char| !next.is_alphanumeric()).next().unwrap_or_default();
    [&text[start..start + length], word]
}
