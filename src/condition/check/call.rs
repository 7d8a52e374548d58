//! Checks calls: functions, and definitions, which are put in place of their names.

use super::checker::MOST_EXPANDED;
use super::checker::{BoundName, Checker};
use super::definition_problems;
use super::typed::Typed;
use super::vocabulary::{Definition, Parameter};
use crate::condition::ast::tree::{Call, Expr, Name, Node};
use crate::condition::plan;
use crate::condition::plan::Formula;
use crate::condition::values::function::Function;
use crate::condition::values::types::Type;

/// How many bytes of a definition count as one more.
const LONG: usize = 1_024;

/// What a call stands for.
pub(crate) enum CallTarget {
    Truth(Formula),
    Set(Typed),
}

impl<'a> Checker<'a> {
    /// Checks a truth value or a set, whichever is written.
    pub(crate) fn either(&mut self, expr: &Expr) -> Option<CallTarget> {
        match &expr.node {
            Node::Truth(_) => self.formula(expr).map(CallTarget::Truth),
            Node::Set(_) => self.set(expr).map(CallTarget::Set),
            Node::Call(call) => self.call(call),
        }
    }

    /// `name(a, b)`
    pub(crate) fn call(&mut self, call: &Call) -> Option<CallTarget> {
        if let Some(function) = Function::named(&call.name.value) {
            return self.function(function, call).map(CallTarget::Set);
        }
        let definitions = self.definitions;
        match definitions.get(&call.name.value) {
            Some(definition) => self.expand(definition, call),
            None => self.report(definition_problems::unknown_call(&call.name, definitions.names())),
        }
    }

    fn function(&mut self, function: Function, call: &Call) -> Option<Typed> {
        let [argument] = call.arguments.as_slice() else {
            return self.report(definition_problems::wrong_count(&call.name, 1, call.arguments.len()));
        };
        let typed = self.set(argument)?;
        match function.of(&typed.holds, typed.card) {
            Some((holds, card)) => {
                let node = plan::SetNode::Apply(function, Box::new(typed.set));
                Some(Typed { set: plan::Set { id: argument.id(), node }, holds, card })
            }
            None => self.report(definition_problems::no_argument(
                function,
                &self.shown(argument.span),
                &typed.holds,
                self.schema,
            )),
        }
    }

    /// What a definition stands for, with the arguments in place of what it takes. What is wrong inside of it has been
    /// reported where it is defined.
    fn expand(&mut self, definition: &'a Definition, call: &Call) -> Option<CallTarget> {
        let body = definition.body.as_ref()?;
        let arguments = self.arguments(definition, call)?;
        let (name, _) = self.definitions.get_key_value(&call.name.value)?;
        if self.expanding.contains(&name) {
            if self.expanding.first() == Some(&name) {
                self.circle = Some(self.expanding.iter().copied().chain([name]).collect());
            }
            return None;
        }
        self.expanded += 1 + body.span.len() / LONG;
        if self.expanded > MOST_EXPANDED {
            return None;
        }
        let outside = self.step_inside();
        for (param, argument) in definition.params.iter().zip(arguments) {
            let (name, holds, card) = (param.name.clone(), Some(param.holds.clone()), param.card);
            self.bind_name(BoundName { name, holds, card, alias: Some(argument.set) });
        }
        self.expanding.push(name);
        let before = self.problems.len();
        let called = self.either(body);
        self.problems.truncate(before);
        self.expanding.pop();
        self.step_out(outside);
        called
    }

    fn arguments(&mut self, definition: &Definition, call: &Call) -> Option<Vec<Typed>> {
        let (wanted, given) = (definition.params.len(), call.arguments.len());
        if wanted != given {
            return self.report(definition_problems::wrong_count(&call.name, wanted, given));
        }
        let arguments: Vec<Option<Typed>> = definition
            .params
            .iter()
            .zip(&call.arguments)
            .map(|(param, argument)| self.argument(&call.name, param, argument))
            .collect();
        arguments.into_iter().collect()
    }

    fn argument(&mut self, of: &Name, param: &Parameter, argument: &Expr) -> Option<Typed> {
        let typed = self.set(argument)?;
        let fits = match (&typed.holds, &param.holds) {
            (Type::Blocks(given), Type::Blocks(wanted)) => given.iter().all(|kind| wanted.contains(kind)),
            (given, wanted) => given.is_like(wanted),
        };
        if !fits {
            let given = (&self.shown(argument.span), &typed.holds);
            return self.report(definition_problems::misfit_argument(of, param, given, self.schema));
        }
        if !typed.card.fits(param.card) {
            self.one(&format!("`{}`", of.value), (argument, &typed))?;
        }
        Some(typed)
    }
}
