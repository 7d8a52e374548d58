//! The productions of sets, paths, bindings and places, one function each; the loosest binding first.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt, value};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded};

use super::grammar::Grammar;
use super::note::{Note, Noted, many};
use super::token::{
    any_word, apart, closure, date, expect, first_and, name, number, regex, sign, space, spaced, text, touching_word,
    word,
};
use crate::condition::ast::tree::{
    Binding, Call, Combine, Direction, Expr, Hop, Literal, Name, Node, PlaceExpr, Range, Set, Sign, Step, StepNode,
};
use crate::syntax::Input;
use crate::text::Spanned;

impl Grammar {
    /// `union = meet , { ( "|" | "minus" ) , meet } ;`
    pub(crate) fn union<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
        let combine = alt((value(Combine::Union, sign("`|`")), value(Combine::Minus, word("`minus`"))));
        let (rest, first) = meet(input)?;
        let (rest, others) = many((combine, cut(meet))).parse(rest)?;
        Ok((rest, combined(first, others)))
    }
}

/// `meet = sum , { "&" , sum } ;`
fn meet<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, first) = sum(input)?;
    let (rest, others) = many((value(Combine::Meet, sign("`&`")), cut(sum))).parse(rest)?;
    Ok((rest, combined(first, others)))
}

/// `sum = product , { ( "+" | "-" ) , product } ;`
fn sum<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    arithmetic([("`+`", Sign::Plus), ("`-`", Sign::Minus)], product, input)
}

/// `product = default , { ( "*" | "/" ) , default } ;`
fn product<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    arithmetic([("`*`", Sign::Times), ("`/`", Sign::Over)], default, input)
}

/// One or more of a production between two signs of equal rank; a single one stands for itself.
fn arithmetic<'src, E: Note<'src>>(
    [first_sign, second_sign]: [(&'static str, Sign); 2],
    operand: fn(Input<'src>) -> Noted<'src, Expr, E>,
    input: Input<'src>,
) -> Noted<'src, Expr, E> {
    let known = |(quoted, meant)| apart(quoted).map(move |span| Spanned::new(meant, span));
    let (rest, first) = operand(input)?;
    let (rest, others) = many((alt((known(first_sign), known(second_sign))), cut(operand))).parse(rest)?;
    let Some((_, last)) = others.last() else { return Ok((rest, first)) };
    let span = first.span.to(last.span);
    Ok((rest, Expr::set(Set::Arithmetic(Box::new(first), others), span)))
}

/// `default = path , [ "else" , literal ] ;`
fn default<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, path) = path(input)?;
    let (rest, instead) = opt(preceded(word("`else`"), cut(literal))).parse(rest)?;
    let Some(instead) = instead else { return Ok((rest, path)) };
    let span = path.span.to(instead.span);
    Ok((rest, Expr::set(Set::Else(Box::new(path), Box::new(instead)), span)))
}

/// The first set, changed by the others from left to right; alone it stands for itself.
fn combined(first: Expr, others: Vec<(Combine, Expr)>) -> Expr {
    let Some((_, last)) = others.last() else { return first };
    let span = first.span.to(last.span);
    Expr::set(Set::Combined(Box::new(first), others), span)
}

/// `path = primary , { "." , follow | "[" , "is" , kinds , "]" } ;`
pub(crate) fn path<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, start) = primary(input)?;
    let (rest, steps) = many(step).parse(rest)?;
    let Some(last) = steps.last() else { return Ok((rest, start)) };
    let span = start.span.to(last.span);
    Ok((rest, Expr::set(Set::Path(Box::new(start), steps), span)))
}

fn step<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Step, E> {
    let narrowed = delimited(word("`is`"), kinds, expect("`]`", nom::bytes::complete::tag("]")));
    let narrow = preceded(sign("`[`"), cut(narrowed)).map(StepNode::Is);
    let follow = preceded(sign("`.`"), cut(follow));
    let (rest, node) = alt((follow, narrow)).parse(input)?;
    Ok((space(rest), Step { node, span: input.span_to(rest) }))
}

/// `follow = ( hop | "(" , hop , { "|" , hop } , ")" ) , [ closure ] ;` the closure touches what it repeats.
fn follow<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, StepNode, E> {
    let close = expect("`)`", nom::bytes::complete::tag(")"));
    let either = delimited(sign("`(`"), cut(separated_list1(sign("`|`"), spaced(hop))), cut(close));
    let one = hop.map(|hop| vec![hop]);
    (alt((either, one)), closure).map(|(hops, closure)| StepNode::Follow(hops, closure)).parse(input)
}

/// `hop = [ "~" ] , word ;`
fn hop<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Hop, E> {
    let backward = value(Direction::Backward, sign("`~`"));
    let direction = opt(backward).map(|direction| direction.unwrap_or(Direction::Forward));
    (direction, touching_word).map(|(direction, name)| Hop { name, direction }).parse(input)
}

/// `primary = literal | named | comprehension | "(" , formula , ")" | "$" , word ;`
fn primary<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    expect("a set", alt((literal, named, comprehension, bracketed, param))).parse(input)
}

/// What is opened is closed: white space stays outside the span.
fn closing<'src, E: Note<'src>>(quoted: &'static str, input: Input<'src>) -> Noted<'src, (), E> {
    let tag = nom::bytes::complete::tag(quoted.trim_matches('`'));
    value((), expect(quoted, tag)).parse(input)
}

/// `"(" , formula , ")"`: whether a truth value or a set is wanted is for the checker to say.
fn bracketed<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, _) = sign("`(`").parse(input)?;
    let (rest, inside) = cut(Grammar::formula).parse(rest)?;
    let (rest, ()) = cut(|rest| closing("`)`", rest)).parse(rest)?;
    Ok((space(rest), Expr { node: inside.node, span: input.span_to(rest) }))
}

/// `named = name , [ "(" , formula , { "," , formula } , ")" ] ;` a name, or a call.
fn named<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, (name, opened)) = (name, opt(sign("`(`"))).parse(input)?;
    if opened.is_none() {
        return Ok((rest, Expr::set(Set::Name(name.value), name.span)));
    }
    let (rest, arguments) = cut(separated_list1(sign("`,`"), Grammar::formula)).parse(rest)?;
    let (rest, ()) = cut(|rest| closing("`)`", rest)).parse(rest)?;
    let span = input.span_to(rest);
    Ok((space(rest), Expr { node: Node::Call(Call { name, arguments }), span }))
}

/// `comprehension = "{" , domain , "}" ;`
fn comprehension<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, domain) = preceded(sign("`{`"), cut(Grammar::domain)).parse(input)?;
    let (rest, ()) = cut(|rest| closing("`}`", rest)).parse(rest)?;
    Ok((space(rest), Expr::set(Set::Where(Box::new(domain)), input.span_to(rest))))
}

/// `"$" , word`
fn param<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    let (rest, name) = preceded(sign("`$`"), cut(touching_word)).parse(input)?;
    Ok((space(rest), Expr::set(Set::Param(name.value), input.span_to(rest))))
}

/// `literal = text | regex | date | number | "true" | "false" ;`
fn literal<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Expr, E> {
    alt((
        text.map(|text| Expr::set(Set::Literal(Literal::Text(text.value)), text.span)),
        regex.map(|regex| Expr::set(Set::Literal(Literal::Regex(regex.value)), regex.span)),
        date.map(|date| Expr::set(Set::Literal(Literal::Date(date.value)), date.span)),
        number.map(|number| Expr::set(Set::Literal(Literal::Number(number.value)), number.span)),
        word("`true`").map(|span| Expr::set(Set::Literal(Literal::Flag(true)), span)),
        word("`false`").map(|span| Expr::set(Set::Literal(Literal::Flag(false)), span)),
    ))
    .parse(input)
}

/// `kinds = word , { "|" , word } ;` where `any` means every kind.
fn kinds<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Vec<Name>, E> {
    let (rest, (first, others)) = (any_word, many(preceded(sign("`|`"), cut(any_word)))).parse(input)?;
    Ok((rest, first_and(first, others)))
}

/// `binding = name , "in" , union | kinds , name ;`
pub(crate) fn binding<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Binding, E> {
    let drawn = (name, word("`in`"), cut(Grammar::union)).map(|(name, _, set)| Binding { name, range: Range::In(set) });
    let ranging = (kinds, name).map(|(kinds, name)| Binding { name, range: Range::Kinds(kinds) });
    alt((drawn, ranging)).parse(input)
}

/// `place = name , { "." , word } , [ "[" , name , "]" ] ;`
pub(crate) fn place<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, PlaceExpr, E> {
    let steps = many(preceded(sign("`.`"), cut(any_word)));
    let index = opt(delimited(sign("`[`"), cut(name), cut(sign("`]`"))));
    (name, steps, index).map(|(binder, steps, index)| PlaceExpr { binder, steps, index }).parse(input)
}
