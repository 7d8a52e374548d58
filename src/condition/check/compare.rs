//! Checks comparisons and verdicts: do the two sides go together, and is there one value on each?

use super::checker::Checker;
use super::problems;
use super::typed::Typed;
use crate::condition::ast::operator::{Operator, OperatorClass};
use crate::condition::ast::tree::{Expr, Literal, Node, Relation, Set, VerdictTest};
use crate::condition::plan;
use crate::condition::plan::FormulaNode;
use crate::condition::values::types::Type;
use crate::text::{Spanned, portable_regex};

/// How many elements each side of an operator must have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ExpectedSizes {
    OneEach,
    OneOnTheLeft,
    Any,
}

impl Checker<'_> {
    /// `a = b` and its like.
    pub(crate) fn relation(&mut self, relation: &Relation) -> Option<FormulaNode> {
        let operator = relation.operator.value;
        if operator == Operator::Matches {
            return self.matches(&relation.left, &relation.right);
        }
        let (left, right) = (self.set(&relation.left), self.set(&relation.right));
        self.offer_quotation_marks((&relation.left, left.as_ref()), right.as_ref());
        self.offer_quotation_marks((&relation.right, right.as_ref()), left.as_ref());
        let (left, right) = (left?, right?);
        let left = self.number_beside(&right, &relation.left, left);
        let right = self.number_beside(&left, &relation.right, right);
        let what = format!("`{}`", operator.as_str());
        self.same_type(&what, (&relation.left, &left), (&relation.right, &right))?;
        self.ordered(&relation.operator, (&relation.left, &left.holds))?;
        self.known_words((&relation.left, &left), &relation.right)?;
        self.known_words((&relation.right, &right), &relation.left)?;
        if operator.is_shared() {
            self.may_meet(&what, (&relation.left, &left), (&relation.right, &right))?;
        }
        match wants(operator) {
            ExpectedSizes::OneEach => self.one_each(&what, (&relation.left, &left), (&relation.right, &right))?,
            ExpectedSizes::OneOnTheLeft => self.one_on_the_left(&relation.left, &left)?,
            ExpectedSizes::Any => {}
        }
        let operator = match (operator, &left.holds) {
            (Operator::Overlaps, Type::Days(_)) => Operator::ShareDay,
            (operator, _) => operator,
        };
        Some(FormulaNode::Relation(Box::new(plan::Relation { left: left.set, operator, right: right.set })))
    }

    /// Says of a name that is not bound, and stands beside a text, that a text is written in quotation marks.
    fn offer_quotation_marks(&mut self, (written, typed): (&Expr, Option<&Typed>), beside: Option<&Typed>) {
        let is_beside_text = beside.is_some_and(|beside| matches!(beside.holds, Type::Text(_)));
        let (Node::Set(Set::Name(name)), None, true) = (&written.node, typed, is_beside_text) else { return };
        if let Some(problem) = self.problems.iter_mut().rfind(|problem| problem.primary.span == written.span) {
            *problem = problem.clone().help(problems::in_quotation_marks(name));
        }
    }

    /// A number that is written as a text, `"12"`, where a number is beside it: as rules were written when the numbers of quotations
    /// were texts.
    fn number_beside(&mut self, beside: &Typed, written: &Expr, typed: Typed) -> Typed {
        let number = match (&beside.holds, &written.node) {
            (Type::Number, Node::Set(Set::Literal(Literal::Text(text)))) => text.parse::<f64>().ok(),
            _ => None,
        };
        let literal = number.filter(|number| number.is_finite()).map(|number| Set::Literal(Literal::Number(number)));
        let read = literal.and_then(|literal| self.set(&Expr { node: Node::Set(literal), ..written.clone() }));
        read.unwrap_or(typed)
    }

    /// `a matches /b/`
    fn matches(&mut self, text: &Expr, pattern: &Expr) -> Option<FormulaNode> {
        let typed = self.set(text)?;
        if !matches!(typed.holds, Type::Text(_)) {
            return self.report(problems::no_text("`matches`", &self.shown(text.span), &typed.holds, self.schema));
        }
        self.one("`matches`", (text, &typed))?;
        let Node::Set(Set::Literal(Literal::Regex(written))) = &pattern.node else {
            return self.report(problems::no_pattern(&self.shown(pattern.span)));
        };
        match portable_regex(written) {
            Ok(compiled) => Some(FormulaNode::Matches(Box::new(typed.set), compiled)),
            Err(wrong) => self.report(problems::unportable(&wrong, pattern.span)),
        }
    }

    /// `proved a within b` and its like.
    pub(crate) fn verdict_test(&mut self, judged: &VerdictTest) -> Option<FormulaNode> {
        let (left, right) = (self.set(&judged.left), self.set(&judged.right));
        let (left, right) = (left?, right?);
        for (expr, side) in [(&judged.left, &left), (&judged.right, &right)] {
            let kinds = side.holds.kinds();
            if kinds.is_empty() || kinds.iter().any(|kind| self.schema.lattice(*kind).is_none()) {
                return self.report(problems::no_lattice(&self.shown(expr.span), &side.holds, self.schema));
            }
        }
        self.may_meet("a verdict", (&judged.left, &left), (&judged.right, &right))?;
        self.one_each("a verdict", (&judged.left, &left), (&judged.right, &right))?;
        Some(FormulaNode::Judged(Box::new(plan::VerdictTest {
            verdict: judged.verdict,
            left: left.set,
            bond: judged.bond,
            right: right.set,
        })))
    }

    fn same_type(&mut self, what: &str, left: (&Expr, &Typed), right: (&Expr, &Typed)) -> Option<()> {
        if left.1.holds.is_like(&right.1.holds) {
            return Some(());
        }
        let left = (&self.shown(left.0.span), &left.1.holds);
        let right = (&self.shown(right.0.span), &right.1.holds);
        self.report(problems::unlike(what, left, right, self.schema))
    }

    fn ordered(&mut self, operator: &Spanned<Operator>, (left, holds): (&Expr, &Type)) -> Option<()> {
        let fits = match operator.value.class() {
            OperatorClass::Order => matches!(holds, Type::Number | Type::Days(_)),
            OperatorClass::Sequence => matches!(holds, Type::Blocks(_) | Type::Days(_)),
            OperatorClass::Coverage => matches!(holds, Type::Days(_)),
            OperatorClass::Text => matches!(holds, Type::Text(_)),
            OperatorClass::Equality | OperatorClass::Membership | OperatorClass::Sets => true,
        };
        if fits {
            return Some(());
        }
        self.report(problems::unordered(operator, (&self.shown(left.span), holds), self.schema))
    }

    /// Reports each literal of the other side that is not among the words that this side can be.
    pub(crate) fn known_words(&mut self, (side, typed): (&Expr, &Typed), other: &Expr) -> Option<()> {
        let Type::Text(Some(words)) = &typed.holds else { return Some(()) };
        let mut literals = Vec::new();
        texts(other, &mut literals);
        let before = self.problems.len();
        for literal in literals.iter().filter(|literal| !words.iter().any(|word| word == literal.value)) {
            let of = self.shown(side.span).value;
            self.problems.push(problems::unknown_word(literal, of, words));
        }
        (self.problems.len() == before).then_some(())
    }

    /// Reports blocks of kinds that have none in common.
    fn may_meet(&mut self, what: &str, left: (&Expr, &Typed), right: (&Expr, &Typed)) -> Option<()> {
        let (Type::Blocks(a), Type::Blocks(b)) = (&left.1.holds, &right.1.holds) else { return Some(()) };
        if a.iter().any(|kind| b.contains(kind)) {
            return Some(());
        }
        let left = (&self.shown(left.0.span), &left.1.holds);
        let right = (&self.shown(right.0.span), &right.1.holds);
        self.report(problems::never(what, left, right, self.schema))
    }

    fn one_each(&mut self, what: &str, left: (&Expr, &Typed), right: (&Expr, &Typed)) -> Option<()> {
        let several = [left, right].into_iter().find(|(_, side)| side.card.many);
        if let Some(several) = several {
            return self.one(what, several);
        }
        let [left, right] = [left, right].map(|side| self.one(what, side));
        left.and(right)
    }

    /// Reports what can hold several values, or none, where one is wanted.
    pub(crate) fn one(&mut self, what: &str, (expr, side): (&Expr, &Typed)) -> Option<()> {
        if side.card.many {
            return self.report(problems::several(what, &self.shown(expr.span), &side.holds, self.schema));
        }
        self.not_absent(expr, side)
    }

    fn one_on_the_left(&mut self, expr: &Expr, side: &Typed) -> Option<()> {
        if side.card.many {
            return self.report(problems::several_on_the_left(&self.shown(expr.span), &side.holds, self.schema));
        }
        self.not_absent(expr, side)
    }

    fn not_absent(&mut self, expr: &Expr, side: &Typed) -> Option<()> {
        if !side.card.required {
            return self.report(problems::maybe_absent(&self.shown(expr.span), &side.holds, self.schema));
        }
        Some(())
    }
}

fn wants(operator: Operator) -> ExpectedSizes {
    match operator.class() {
        OperatorClass::Equality
        | OperatorClass::Order
        | OperatorClass::Sequence
        | OperatorClass::Coverage
        | OperatorClass::Text => ExpectedSizes::OneEach,
        OperatorClass::Membership => ExpectedSizes::OneOnTheLeft,
        OperatorClass::Sets => ExpectedSizes::Any,
    }
}

/// Adds the texts that a set is made of, if it is made of literals.
fn texts<'a>(expr: &'a Expr, into: &mut Vec<Spanned<&'a str>>) {
    match &expr.node {
        Node::Set(Set::Literal(Literal::Text(text))) => into.push(Spanned::new(text, expr.span)),
        Node::Set(Set::Combined(..)) => expr.children().into_iter().for_each(|part| texts(part, into)),
        Node::Set(_) | Node::Truth(_) | Node::Call(_) => {}
    }
}
