//! Formulas in English, so that an author can check that the rule says what was meant.
//!
//! One clause has one reading. What would need brackets becomes a list, and what would need a bracket inside of a list
//! gets a name and a note. Kinds and fields are data, so no phrase hangs on what one of them means.

use super::path::field_of_name;
use super::relation::verdicts;
use super::set::alone;
use super::verbalizer::{Polarity, Verbalizer};
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::{Call, Domain, Expr, Node, Quantifier, Set, Truth};
use crate::condition::author::clause::ClauseText;

/// How formulas are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Connective {
    And,
    Or,
}

impl Verbalizer {
    /// What a formula says. Where words before it deny it, a list says that its parts count together.
    pub(crate) fn formula(&mut self, expr: &Expr, stance: Polarity) -> ClauseText {
        match &expr.node {
            Node::Truth(truth) => self.truth(truth, stance),
            Node::Call(call) => self.holds(call, "holds"),
            // The checker lets no set stand here.
            Node::Set(_) => {
                let words = self.after(expr);
                self.atom(format!("{words} holds"))
            }
        }
    }

    fn truth(&mut self, truth: &Truth, stance: Polarity) -> ClauseText {
        match truth {
            Truth::Implies(parts) => self.implication(parts),
            Truth::Or(parts) => match merged(parts) {
                Some(words) => self.atom(words),
                None => self.joined(&parts.iter().flat_map(alternatives).collect::<Vec<_>>(), Connective::Or, stance),
            },
            Truth::And(parts) => {
                self.joined(&parts.iter().flat_map(conjuncts).collect::<Vec<_>>(), Connective::And, stance)
            }
            Truth::Not(inner) => self.negation(inner),
            Truth::Has(quantifier, set) => self.has(*quantifier, set),
            Truth::Each(quantifier, domain) => self.each(*quantifier, domain),
            Truth::All(domain, body) => self.all(domain, body),
            Truth::Relation(relation) => self.relation(relation),
            Truth::Verdict(judged) => self.verdict_test(judged),
        }
    }

    fn joined(&mut self, parts: &[&Expr], joint: Connective, stance: Polarity) -> ClauseText {
        let clauses: Vec<ClauseText> = parts.iter().map(|part| self.formula(part, Polarity::Held)).collect();
        match (ClauseText::all_plain(&clauses).as_deref(), joint) {
            (Some([first, second]), Connective::And) => ClauseText::sentence(&format!("both {first} and {second}")),
            (Some([first, second]), Connective::Or) => ClauseText::sentence(&format!("either {first} or {second}")),
            (Some([first, second, third]), Connective::Or) => {
                ClauseText::sentence(&format!("either {first}, or {second}, or {third}"))
            }
            (Some(_) | None, _) => ClauseText::list(announced(joint, stance), clauses),
        }
    }

    /// `a implies b implies c`: if a and if b, then c.
    fn implication(&mut self, parts: &[Expr]) -> ClauseText {
        let Some((last, conditions)) = parts.split_last() else { return ClauseText::sentence("nothing is asked") };
        let conditions: Vec<ClauseText> = conditions.iter().map(|part| self.formula(part, Polarity::Held)).collect();
        let body = self.formula(last, Polarity::Held);
        if let Some(plain) = ClauseText::all_plain(&conditions) {
            return body.led_by(&format!("if {}, then", plain.join(", and if ")), Vec::new());
        }
        let body = body.led_by("then", Vec::new());
        let conditions = conditions.into_iter().enumerate().map(|(at, condition)| {
            let condition =
                if condition.is_sentence() { condition } else { ClauseText::list("this holds", vec![condition]) };
            condition.led_by(if at == 0 { "if" } else { "and if" }, Vec::new())
        });
        conditions
            .chain([body])
            .reduce(ClauseText::followed_by)
            .unwrap_or_else(|| ClauseText::sentence("nothing is asked"))
    }

    fn negation(&mut self, inner: &Expr) -> ClauseText {
        match &inner.node {
            Node::Truth(Truth::Has(Quantifier::Some, set)) => self.has(Quantifier::No, set),
            Node::Truth(Truth::Each(Quantifier::Some, domain)) => self.each(Quantifier::No, domain),
            Node::Truth(Truth::Relation(relation)) => match self.negated_relation(relation) {
                Some(clause) => clause,
                None => self.denied(inner),
            },
            Node::Call(call) => self.holds(call, "does not hold"),
            Node::Truth(
                Truth::Implies(_)
                | Truth::Or(_)
                | Truth::And(_)
                | Truth::Not(_)
                | Truth::Has(_, _)
                | Truth::Each(_, _)
                | Truth::All(_, _)
                | Truth::Verdict(_),
            )
            | Node::Set(_) => self.denied(inner),
        }
    }

    fn denied(&mut self, inner: &Expr) -> ClauseText {
        self.formula(inner, Polarity::Denied).led_by("it is not the case that", Vec::new())
    }

    /// `some x.f` is `x has f`; of longer paths it is said that there is something.
    fn has(&mut self, quantifier: Quantifier, set: &Expr) -> ClauseText {
        let words = match (&set.node, field_of_name(set)) {
            (Node::Set(Set::Where(domain)), _) => return self.each(quantifier, domain),
            (_, Some((owner, field))) => {
                let how_many = match quantifier {
                    Quantifier::Some => "",
                    Quantifier::No => "no ",
                    Quantifier::One => "exactly one ",
                    Quantifier::Lone => "at most one ",
                };
                format!("{owner} has {how_many}{field}")
            }
            (_, None) => format!("{} {}", there_is(quantifier), self.one_of_them(set)),
        };
        self.atom(words)
    }

    fn each(&mut self, quantifier: Quantifier, domain: &Domain) -> ClauseText {
        let drawn = format!("{} {}", there_is(quantifier), self.drawn(&domain.binder, &domain.set));
        let Some(filter) = &domain.filter else { return self.atom(drawn) };
        let notes = std::mem::take(&mut self.notes);
        self.formula(filter, Polarity::Held).led_by(&format!("{drawn} such that"), notes)
    }

    fn all(&mut self, domain: &Domain, body: &Expr) -> ClauseText {
        let drawn = format!("for every {}", self.drawn(&domain.binder, &domain.set));
        let notes = std::mem::take(&mut self.notes);
        let filter = domain.filter.as_ref().map(|filter| self.formula(filter, Polarity::Held));
        let body = self.formula(body, Polarity::Held);
        let Some(filter) = filter else { return body.led_by(&format!("{drawn},"), notes) };
        match filter.plain() {
            Some(plain) => body.led_by(&format!("{drawn} such that {plain},"), notes),
            None => filter
                .led_by(&format!("{drawn} such that"), notes)
                .followed_by(body.led_by("it holds that", Vec::new())),
        }
    }

    /// A definition of the rule file, by its name.
    fn holds(&mut self, call: &Call, verb: &str) -> ClauseText {
        let arguments: Vec<String> = call.arguments.iter().map(|argument| self.after(argument)).collect();
        self.atom(format!("`{}` {verb} for {}", call.name.value, arguments.join(" and for ")))
    }
}

/// What announces a list of formulas.
fn announced(joint: Connective, stance: Polarity) -> &'static str {
    match (joint, stance) {
        (Connective::And, Polarity::Held) => "all of these hold",
        // "Not all of these" must not be taken for "none of these".
        (Connective::And, Polarity::Denied) => "all of these hold at once",
        (Connective::Or, Polarity::Held) => "at least one of these holds",
        (Connective::Or, Polarity::Denied) => "any of these holds",
    }
}

fn there_is(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::Some => "there is at least one",
        Quantifier::No => "there is no",
        Quantifier::One => "there is exactly one",
        Quantifier::Lone => "there is at most one",
    }
}

/// The parts of a conjunction, and of the conjunctions among them.
pub(crate) fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        Node::Truth(Truth::And(parts)) => parts.iter().flat_map(conjuncts).collect(),
        Node::Truth(_) | Node::Set(_) | Node::Call(_) => vec![expr],
    }
}

/// The parts of a disjunction, and of the disjunctions among them, unless those can be said in fewer words.
fn alternatives(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        Node::Truth(Truth::Or(parts)) if merged(parts).is_none() => parts.iter().flat_map(alternatives).collect(),
        Node::Truth(_) | Node::Set(_) | Node::Call(_) => vec![expr],
    }
}

/// A disjunction whose parts speak of the same, in one sentence.
fn merged(parts: &[Expr]) -> Option<String> {
    verdicts(parts).or_else(|| one_of(parts))
}

/// `x = "a" or x = "b"` as `x is "a" or "b"`.
fn one_of(parts: &[Expr]) -> Option<String> {
    let mut subject = None;
    let mut values = Vec::new();
    for part in parts {
        let Node::Truth(Truth::Relation(relation)) = &part.node else { return None };
        let (Operator::Equal, Node::Set(Set::Literal(_))) = (relation.operator.value, &relation.right.node) else {
            return None;
        };
        let left = alone(&relation.left)?;
        if subject.get_or_insert_with(|| left.clone()) != &left {
            return None;
        }
        values.push(alone(&relation.right)?);
    }
    let last = values.pop()?;
    Some(format!("{} is {} or {last}", subject?, values.join(", ")))
}
