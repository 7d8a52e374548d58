//! The productions of formulas, one function each; the loosest binding first.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt, peek, value};
use nom::sequence::preceded;

use super::grammar::Grammar;
use super::note::{Note, Noted, many};
use super::token::{expect, first_and, name, sign, word};
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::{Domain, Expr, LatticeRelation, Quantifier, Relation, Truth, VerdictTest};
use crate::model::LatticeVerdict;
use crate::syntax::Input;
use crate::text::{Span, Spanned};

impl Grammar {
    /// `formula = or , { "implies" , or } ;`
    pub(crate) fn formula<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
        list(or, "`implies`", Truth::Implies, input)
    }
}

/// `or = and , { "or" , and } ;`
fn or<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    list(and, "`or`", Truth::Or, input)
}

/// `and = not , { "and" , not } ;`
fn and<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    list(not, "`and`", Truth::And, input)
}

/// One or more of a production; a single one stands for itself.
fn list<'src, E: Note<'src>>(
    item: fn(Input<'src>) -> Noted<'src, Expr, E>,
    between: &'static str,
    node: fn(Vec<Expr>) -> Truth,
    input: Input<'src>,
) -> Noted<'src, Expr, E> {
    let (rest, first) = item(input)?;
    let (rest, others) = many(preceded(word(between), cut(item))).parse(rest)?;
    let Some(last) = others.last() else { return Ok((rest, first)) };
    let span = first.span.to(last.span);
    Ok((rest, Expr::truth(node(first_and(first, others)), span)))
}

/// `not = { "not" } , atom ;`
fn not<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, words) = many(word("`not`")).parse(input)?;
    let (rest, atom) = atom(rest)?;
    // Two negations cancel out, so at most one becomes a node.
    let Some(first) = words.first().filter(|_| words.len() % 2 == 1) else { return Ok((rest, atom)) };
    let span = first.to(atom.span);
    Ok((rest, Expr::truth(Truth::Not(Box::new(atom)), span)))
}

/// `atom = all | each | has | verdict | relation ;`
fn atom<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    expect("a condition", alt((all, each, has, verdict, relation))).parse(input)
}

/// `all = "all" , domain , ":" , formula ;`
fn all<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, all) = word("`all`").parse(input)?;
    let (rest, (domain, _, body)) = cut((Grammar::domain, sign("`:`"), Grammar::formula)).parse(rest)?;
    let span = all.to(body.span);
    Ok((rest, Expr::truth(Truth::All(Box::new(domain), Box::new(body)), span)))
}

/// `each = quantifier , domain ;` known by the two tokens after the quantifier, a name and `in`.
fn each<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (domain_starts, quantifier) = quantifier(input)?;
    peek((name, word("`in`"))).parse(domain_starts)?;
    let (rest, domain) = cut(Grammar::domain).parse(domain_starts)?;
    let span = quantifier.span.to(domain.filter.as_ref().unwrap_or(&domain.set).span);
    Ok((rest, Expr::truth(Truth::Each(quantifier.value, Box::new(domain)), span)))
}

impl Grammar {
    /// `domain = name , "in" , union , [ "where" , formula ] ;` the formula reaches as far as it can.
    pub(crate) fn domain<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Domain, E> {
        let filter = opt(preceded(word("`where`"), cut(Grammar::formula)));
        (name, word("`in`"), cut(Grammar::union), filter)
            .map(|(binder, _, set, filter)| Domain { binder, set, filter })
            .parse(input)
    }
}

/// `has = quantifier , union ;`
fn has<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, quantifier) = quantifier(input)?;
    let (rest, set) = cut(Grammar::union).parse(rest)?;
    let span = quantifier.span.to(set.span);
    Ok((rest, Expr::truth(Truth::Has(quantifier.value, Box::new(set)), span)))
}

/// `quantifier = "some" | "no" | "one" | "lone" ;`
fn quantifier<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Spanned<Quantifier>, E> {
    let known = |quoted, quantifier| word(quoted).map(move |span| Spanned::new(quantifier, span));
    alt((
        known("`some`", Quantifier::Some),
        known("`no`", Quantifier::No),
        known("`one`", Quantifier::One),
        known("`lone`", Quantifier::Lone),
    ))
    .parse(input)
}

/// `verdict = ( "proved" | "refuted" | "unknown" ) , union , ( "within" | "overlaps" ) , union ;`
fn verdict<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let known = |quoted, verdict| word(quoted).map(move |span: Span| Spanned::new(verdict, span));
    let verdicts = alt((
        known("`proved`", LatticeVerdict::Proved),
        known("`refuted`", LatticeVerdict::Refuted),
        known("`unknown`", LatticeVerdict::Unknown),
    ));
    let bond =
        alt((value(LatticeRelation::Within, word("`within`")), value(LatticeRelation::Overlaps, word("`overlaps`"))));
    let (rest, (verdict, (left, bond, right))) =
        (verdicts, cut((Grammar::union, bond, Grammar::union))).parse(input)?;
    let span = verdict.span.to(right.span);
    let judged = VerdictTest { verdict: verdict.value, left, bond, right };
    Ok((rest, Expr::truth(Truth::Verdict(Box::new(judged)), span)))
}

/// `relation = union , [ operator , union ] ;`
fn relation<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, left) = Grammar::union(input)?;
    let (rest, compared) = opt((operator, cut(Grammar::union))).parse(rest)?;
    let Some((operator, right)) = compared else { return Ok((rest, left)) };
    let span = left.span.to(right.span);
    Ok((rest, Expr::truth(Truth::Relation(Box::new(Relation { left, operator, right })), span)))
}

/// `operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | order | sets | texts ;` the words in the order of the table below.
fn operator<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Spanned<Operator>, E> {
    let known = |operator| move |span: Span| Spanned::new(operator, span);
    let two = |(first, last): (Span, Span)| first.to(last);
    let signs = alt((
        sign("`=`").map(known(Operator::Equal)),
        sign("`!=`").map(known(Operator::Unequal)),
        // The longer sign first: `<` would leave `=` behind.
        sign("`<=`").map(known(Operator::AtMost)),
        sign("`<`").map(known(Operator::Less)),
        sign("`>=`").map(known(Operator::AtLeast)),
        sign("`>`").map(known(Operator::Greater)),
    ));
    let words = alt((
        word("`in`").map(known(Operator::In)),
        (word("`not`"), cut(word("`in`"))).map(two).map(known(Operator::NotIn)),
        word("`before`").map(known(Operator::Before)),
        word("`covers`").map(known(Operator::Covers)),
        word("`overlaps`").map(known(Operator::Overlaps)),
        (word("`subset`"), cut(word("`of`"))).map(two).map(known(Operator::SubsetOf)),
        (word("`same`"), cut(word("`as`"))).map(two).map(known(Operator::SameAs)),
        word("`matches`").map(known(Operator::Matches)),
        (word("`starts`"), cut(word("`with`"))).map(two).map(known(Operator::StartsWith)),
        (word("`ends`"), cut(word("`with`"))).map(two).map(known(Operator::EndsWith)),
        word("`contains`").map(known(Operator::Contains)),
    ));
    alt((signs, words)).parse(input)
}
