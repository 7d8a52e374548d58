//! Comparisons and verdicts in English.

use super::path::field_of_name;
use super::set::{alone, is_plural};
use super::verbalizer::Verbalizer;
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::{Call, Expr, LatticeRelation, Literal, Node, Relation, Set, Truth, VerdictTest};
use crate::condition::author::clause::ClauseText;
use crate::condition::values::function::Function;
use crate::model::LatticeVerdict;

/// How an operator is said between its two sides, and how its contrary is.
struct OperatorPhrase {
    says: &'static str,
    /// None where "it is not the case that" is plainer.
    denies: Option<&'static str>,
}

impl Verbalizer {
    /// `a = b` and its like.
    pub(crate) fn relation(&mut self, relation: &Relation) -> ClauseText {
        let words = match counted(relation).or_else(|| shared_field(relation, "have", "differ")) {
            Some(words) => words,
            None => self.compared(relation, verb(relation).says),
        };
        self.atom(words)
    }

    /// `not a = b` and its like, where there is a verb for it.
    pub(crate) fn negated_relation(&mut self, relation: &Relation) -> Option<ClauseText> {
        let words = match shared_field(relation, "do not have", "do not differ") {
            Some(words) => words,
            None => self.compared(relation, verb(relation).denies?),
        };
        Some(self.atom(words))
    }

    fn compared(&mut self, relation: &Relation, verb: &str) -> String {
        let (left, right) = (self.after(&relation.left), self.after(&relation.right));
        let verb = if is_plural(&relation.left) { plural(verb) } else { verb.to_owned() };
        // What is said between two commas is over before the verb.
        let is_reckoned = matches!(relation.left.node, Node::Set(Set::Arithmetic(_, _) | Set::Else(_, _)));
        let left = if is_reckoned && left.contains(", ") { left + "," } else { left };
        let operator = relation.operator.value;
        if operator == Operator::SubsetOf {
            format!("{verb} is among {left} is also among {right}")
        } else {
            let both_empty = if operator == Operator::SameAs { ", or both are empty" } else { "" };
            format!("{left} {verb} {right}{both_empty}")
        }
    }

    /// `proved a within b` and its like.
    pub(crate) fn verdict_test(&mut self, judged: &VerdictTest) -> ClauseText {
        let (left, right) = (self.after(&judged.left), self.after(&judged.right));
        let (bare, third) = bond(judged.bond);
        self.atom(match judged.verdict {
            LatticeVerdict::Proved => format!("{left} is proved to {bare} {right}"),
            LatticeVerdict::Refuted => format!("{left} is proved not to {bare} {right}"),
            LatticeVerdict::Unknown => format!("the declarations do not settle whether {left} {third} {right}"),
            LatticeVerdict::Incomparable => format!("it makes no sense to ask whether {left} {third} {right}"),
        })
    }
}

fn verb(relation: &Relation) -> OperatorPhrase {
    let is_dated = is_dated(&relation.left) || is_dated(&relation.right);
    let is_given = matches!(relation.right.node, Node::Set(Set::Literal(_) | Set::Param(_)));
    let (says, denies) = match relation.operator.value {
        Operator::Equal if is_given => ("is", Some("is not")),
        Operator::Equal => ("is the same as", Some("is not the same as")),
        Operator::Unequal => ("differs from", Some("does not differ from")),
        Operator::Less if is_dated => ("is earlier than", Some("is not earlier than")),
        Operator::Less => ("is less than", Some("is not less than")),
        Operator::AtMost if is_dated => ("is no later than", None),
        Operator::AtMost => ("is at most", Some("is not at most")),
        Operator::Greater if is_dated => ("is later than", Some("is not later than")),
        Operator::Greater => ("is more than", Some("is not more than")),
        Operator::AtLeast if is_dated => ("is no earlier than", None),
        Operator::AtLeast => ("is at least", Some("is not at least")),
        Operator::In => ("is among", Some("is not among")),
        Operator::NotIn => ("is not among", None),
        Operator::Before => ("comes before", Some("does not come before")),
        Operator::Covers => ("covers", Some("does not cover")),
        Operator::Overlaps | Operator::ShareDay => ("has something in common with", Some("has nothing in common with")),
        Operator::SubsetOf => ("everything that", Some("not everything that")),
        Operator::SameAs => ("is the same as", None),
        Operator::Matches => ("matches the pattern", Some("does not match the pattern")),
        Operator::StartsWith => ("starts with", Some("does not start with")),
        Operator::EndsWith => ("ends with", Some("does not end with")),
        Operator::Contains => ("contains", Some("does not contain")),
    };
    OperatorPhrase { says, denies }
}

/// A verb as it stands after several.
fn plural(verb: &str) -> String {
    match verb.split_once(' ') {
        Some(("is", rest)) => format!("are {rest}"),
        Some(("has", rest)) => format!("have {rest}"),
        Some(_) | None => verb.to_owned(),
    }
}

/// Whether it is a date by its form; of fields the form does not tell.
fn is_dated(set: &Expr) -> bool {
    match &set.node {
        Node::Set(Set::Literal(Literal::Date(_))) => true,
        Node::Call(call) => matches!(Function::named(&call.name.value), Some(Function::Start | Function::End)),
        Node::Set(_) | Node::Truth(_) => false,
    }
}

/// `count(x.f) > 3` as `x has more than 3 f`.
fn counted(relation: &Relation) -> Option<String> {
    let Node::Call(Call { name, arguments }) = &relation.left.node else { return None };
    let (Some(Function::Count), [argument]) = (Function::named(&name.value), arguments.as_slice()) else { return None };
    let (_, how_many, than) = AMOUNTS.into_iter().find(|(operator, ..)| *operator == relation.operator.value)?;
    let (owner, field) = field_of_name(argument)?;
    match &relation.right.node {
        Node::Set(Set::Literal(Literal::Number(number))) if than == "than" => {
            Some(format!("{owner} has {how_many} than {number} {field}"))
        }
        Node::Set(Set::Literal(Literal::Number(number))) => {
            Some(format!("{owner} has {} {number} {field}", how_many.trim_end_matches(" as many")))
        }
        Node::Set(Set::Param(param)) => Some(format!("{owner} has {how_many} {field} {than} the setting `{param}`")),
        Node::Set(_) | Node::Truth(_) | Node::Call(_) => None,
    }
}

/// How amounts are compared: what stands before and after what is counted.
const AMOUNTS: [(Operator, &str, &str); 5] = [
    (Operator::Equal, "exactly as many", "as"),
    (Operator::Less, "fewer", "than"),
    (Operator::AtMost, "at most as many", "as"),
    (Operator::Greater, "more", "than"),
    (Operator::AtLeast, "at least as many", "as"),
];

/// `x.f same as y.f` as `x and y have the same f`.
fn shared_field(relation: &Relation, have: &str, differ: &str) -> Option<String> {
    let ((first, field), (second, other)) = (field_of_name(&relation.left)?, field_of_name(&relation.right)?);
    let operator = relation.operator.value;
    let is_denied = have != "have";
    if field != other || first == second {
        None
    } else if operator == Operator::Equal {
        Some(format!("{first} and {second} {have} the same {field}"))
    } else if operator == Operator::Unequal {
        Some(format!("{first} and {second} {differ} in {field}"))
    } else {
        (operator == Operator::SameAs && !is_denied)
            .then(|| format!("{first} and {second} have the same {field}, if any"))
    }
}

/// The verb of a bond, bare and after one thing.
fn bond(bond: LatticeRelation) -> (&'static str, &'static str) {
    match bond {
        LatticeRelation::Within => ("lie within", "lies within"),
        LatticeRelation::Overlaps => ("overlap", "overlaps"),
    }
}

/// The verdicts that a condition can ask for.
const VERDICTS: [(LatticeVerdict, &str); 3] =
    [(LatticeVerdict::Proved, "proved"), (LatticeVerdict::Refuted, "refuted"), (LatticeVerdict::Unknown, "unknown")];

/// `proved a within b or unknown a within b` and its like: several verdicts on one question.
pub(crate) fn verdicts(parts: &[Expr]) -> Option<String> {
    let mut comparison = None;
    let mut allowed = Vec::new();
    for part in parts {
        let Node::Truth(Truth::Verdict(judged)) = &part.node else { return None };
        let question = (alone(&judged.left)?, judged.bond, alone(&judged.right)?);
        if comparison.get_or_insert_with(|| question.clone()) != &question {
            return None;
        }
        allowed.push(judged.verdict);
    }
    let (left, of, right) = comparison?;
    let (_, verb) = bond(of);
    let names: Vec<&str> =
        VERDICTS.iter().filter(|(verdict, _)| allowed.contains(verdict)).map(|(_, name)| *name).collect();
    match names.as_slice() {
        [one, other] => Some(format!("it is either {one} or {other} that {left} {verb} {right}")),
        [_, _, _] => Some(format!("it is proved, refuted or unknown whether {left} {verb} {right}")),
        [_, _, _, _, ..] | [_] | [] => None,
    }
}
