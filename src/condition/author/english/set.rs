//! Sets and values in English, and what names range over.
//!
//! What stands for a set ends where the next verb or the line begins; a set for which this would not be plain becomes
//! a group with a name, which a note beneath the line explains.

use super::path::{narrowed, narrowed_name};
use super::verbalizer::{Polarity, Verbalizer};
use super::words::{either, listed, named, named_kinds};
use crate::condition::ast::tree::{Binding, Call, Combine, Domain, Expr, Literal, Name, Node, Range, Set, Sign};
use crate::condition::author::clause::ClauseText;
use crate::condition::values::function::Function;
use crate::text::Spanned;

impl Verbalizer {
    /// `norm n, b in n.bearer` as `every norm n and every b among the bearer of n`.
    pub(crate) fn bindings(&mut self, bindings: &[Binding]) -> ClauseText {
        let each = bindings.iter().map(|binding| match &binding.range {
            Range::Kinds(kinds) => format!("every {} {}", listed(&named_kinds(kinds)), named(&binding.name.value)),
            Range::In(set) => format!("every {}", self.drawn(&binding.name, set)),
        });
        let each: Vec<String> = each.collect();
        let words = match each.as_slice() {
            [] => "always".to_owned(),
            [one] => format!("for {one}"),
            [first, second] => format!("for {first} and {second}"),
            [others @ .., last] => format!("for {}, and {last}", others.join(", ")),
        };
        self.atom(words)
    }

    /// A name and what it ranges over: `article a among the cites of n`.
    pub(crate) fn drawn(&mut self, binder: &Name, set: &Expr) -> String {
        let name = named(&binder.value);
        match narrowed(set) {
            Some((kinds, start, before)) => format!("{kinds} {name} among {}", self.path(start, before)),
            None => format!("{name} among {}", self.after(set)),
        }
    }

    /// One element of a set, without an article: `article among the cites of n`.
    pub(crate) fn one_of_them(&mut self, set: &Expr) -> String {
        if let Some((kinds, start, before)) = narrowed(set) {
            return format!("{kinds} among {}", self.path(start, before));
        }
        if let Some((kinds, name)) = narrowed_name(set) {
            return format!("{kinds} among {}", named(name));
        }
        let words = self.after(set);
        match (&set.node, words.strip_prefix("the ")) {
            (Node::Set(Set::Path(_, _)), Some(rest)) => rest.to_owned(),
            (Node::Set(_) | Node::Truth(_) | Node::Call(_), _) => format!("thing among {words}"),
        }
    }

    /// A set so that it can stand after `of` or `among`: a note explains what would not be plain there.
    pub(crate) fn after(&mut self, set: &Expr) -> String {
        match &set.node {
            Node::Set(Set::Combined(first, others)) => self.combined(first, others),
            Node::Set(Set::Path(start, steps)) => self.path(start, steps),
            Node::Set(Set::Arithmetic(first, others)) => self.arithmetic(first, others),
            Node::Set(Set::Else(inner, instead)) => self.otherwise(inner, instead),
            Node::Set(Set::Where(domain)) => self.comprehension(domain),
            Node::Set(Set::Name(name)) => named(name),
            Node::Set(Set::Param(name)) => format!("the setting `{name}`"),
            Node::Set(Set::Literal(literal)) => shown(literal),
            Node::Call(call) => self.called(call),
            // The checker lets no truth value stand here.
            Node::Truth(_) => self.group(|verbalizer| verbalizer.formula(set, Polarity::Held)),
        }
    }

    /// Sets joined by one sign are one phrase; where the sign changes, what stands before gets a name.
    fn combined(&mut self, first: &Expr, others: &[(Combine, Expr)]) -> String {
        let mut words: Option<String> = None;
        for run in others.chunk_by(|(one, _), (next, _)| one == next) {
            let Some((sign, _)) = run.first() else { continue };
            let mut parts = match words {
                None => self.part(first, *sign),
                Some(words) => vec![self.named_set(&words)],
            };
            for (_, other) in run {
                parts.extend(self.part(other, *sign));
            }
            words = Some(joined(*sign, &parts));
        }
        words.unwrap_or_else(|| self.after(first))
    }

    /// One of several sets that are joined, or several if it joins some by the same sign.
    fn part(&mut self, set: &Expr, sign: Combine) -> Vec<String> {
        match &set.node {
            Node::Set(Set::Combined(first, others)) if sign == Combine::Union && all_unions(others) => {
                let inner = [&**first].into_iter().chain(others.iter().map(|(_, other)| other));
                inner.flat_map(|part| self.part(part, sign)).collect()
            }
            Node::Set(Set::Combined(first, others)) => {
                let words = self.combined(first, others);
                vec![self.named_set(&words)]
            }
            Node::Set(Set::Path(start, steps)) => {
                let words = self.ended_path(start, steps);
                vec![self.one_phrase(words)]
            }
            Node::Set(_) | Node::Truth(_) | Node::Call(_) => {
                let words = self.after(set);
                vec![self.one_phrase(words)]
            }
        }
    }

    /// `a + b - c`, from left to right; what is reckoned inside of it gets a name.
    fn arithmetic(&mut self, first: &Expr, others: &[(Spanned<Sign>, Expr)]) -> String {
        let mut words = self.operand(first);
        let mut is_long = false;
        for (sign, other) in others {
            is_long = is_long || words.contains(" of ");
            let (comma, sign) = (if is_long { "," } else { "" }, sign_in_words(sign.value));
            words += &format!("{comma} {sign} {}", self.operand(other));
        }
        words
    }

    pub(crate) fn operand(&mut self, set: &Expr) -> String {
        match &set.node {
            Node::Set(Set::Arithmetic(_, _) | Set::Else(_, _)) => self.value(|verbalizer| {
                let words = verbalizer.after(set);
                verbalizer.atom(words)
            }),
            Node::Set(_) | Node::Truth(_) | Node::Call(_) => self.after(set),
        }
    }

    fn otherwise(&mut self, inner: &Expr, instead: &Expr) -> String {
        format!("{}, or {} if there is none", self.operand(inner), self.operand(instead))
    }

    fn comprehension(&mut self, domain: &Domain) -> String {
        let Some(filter) = &domain.filter else { return self.after(&domain.set) };
        self.group(|verbalizer| {
            let drawn = verbalizer.drawn(&domain.binder, &domain.set);
            let notes = std::mem::take(&mut verbalizer.notes);
            verbalizer.formula(filter, Polarity::Held).led_by(&format!("every {drawn} such that"), notes)
        })
    }

    fn called(&mut self, call: &Call) -> String {
        let mut arguments = Vec::new();
        for argument in &call.arguments {
            let words = self.operand(argument);
            arguments.push(self.one_phrase(words));
        }
        let of = arguments.join(" and of ");
        match Function::named(&call.name.value) {
            Some(Function::Count) => format!("the number of {of}"),
            Some(Function::Min) => format!("the least or earliest of {of}"),
            Some(Function::Max) => format!("the greatest or latest of {of}"),
            Some(Function::Sum) => format!("the sum of {of}"),
            Some(Function::Len) => format!("the number of characters of {of}"),
            Some(Function::Words) => format!("the words in {of}"),
            Some(Function::Lower) => format!("the lowercase form of {of}"),
            Some(Function::Start) => format!("the first day of {of}"),
            Some(Function::End) => format!("the last day of {of}"),
            None => format!("the `{}` of {of}", call.name.value),
        }
    }
}

fn sign_in_words(sign: Sign) -> &'static str {
    match sign {
        Sign::Plus => "plus",
        Sign::Minus => "minus",
        Sign::Times => "times",
        Sign::Over => "divided by",
    }
}

fn joined(sign: Combine, parts: &[String]) -> String {
    match (sign, parts) {
        (Combine::Union, _) => either(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
        (Combine::Minus, [from, without @ ..]) => {
            format!("what is among {from} but not among {}", without.join(" and not among "))
        }
        (Combine::Meet | Combine::Minus, _) => format!("what is at once among {}", parts.join(" and among ")),
    }
}

/// Whether its words are those for several things.
pub(crate) fn is_plural(set: &Expr) -> bool {
    narrowed(set).is_some() || matches!(&set.node, Node::Set(Set::Where(domain)) if domain.filter.is_some())
}

fn all_unions(others: &[(Combine, Expr)]) -> bool {
    others.iter().all(|(sign, _)| *sign == Combine::Union)
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Number(number) => number.to_string(),
        Literal::Date(date) => date.clone(),
        Literal::Flag(flag) => flag.to_string(),
        // A line of a reading is one line.
        Literal::Regex(pattern) => format!("/{}/", pattern.replace('\r', "\\r").replace('\n', "\\n")),
    }
}

/// A set in words, if they need no note: what holds a formula always does.
pub(crate) fn alone(set: &Expr) -> Option<String> {
    if set.all().iter().any(|part| matches!(part.node, Node::Set(Set::Where(_)) | Node::Truth(_))) {
        return None;
    }
    let mut verbalizer = Verbalizer::default();
    let words = verbalizer.after(set);
    verbalizer.notes.is_empty().then_some(words)
}
