//! The definitions that a condition uses: which they are, and what they say.

use std::collections::BTreeSet;

use serde::Serialize;

use super::clause::wrapped;
use super::english::verbalizer::{Polarity, Verbalizer};
use super::verbalization::WIDTH;
use crate::condition::ast::tree::{Expr, Node};
use crate::condition::check::vocabulary::{Definition, Definitions};
use crate::condition::query::compile::Query;

/// A definition, as written and in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Defined {
    /// What it is called by, with what it takes: `covers(a: scope, b: scope*)`.
    pub head: String,
    /// What it stands for, as written.
    pub is: String,
    /// The same in English.
    pub reading: String,
}

impl Query {
    /// The names of the definitions that it uses, those that others of them lead to included; each once, in the order
    /// in which they are met.
    pub fn uses(&self, definitions: &Definitions) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut names: Vec<String> = Vec::new();
        let mut next: Vec<&str> = self.trees.exprs().flat_map(|expr| called(expr, definitions)).collect();
        while !next.is_empty() {
            next.retain(|name| seen.insert(*name));
            names.extend(next.iter().map(|&name| name.to_owned()));
            let bodies = next.iter().filter_map(|name| definitions.written(name));
            next = bodies.flat_map(|(body, _)| called(body, definitions)).collect();
        }
        names
    }
}

impl Definitions {
    /// What the definition of that name says; nothing if there is none, or it is wrong.
    pub fn defined(&self, name: &str) -> Option<Defined> {
        let (body, text) = self.written(name)?;
        let definition = self.get(name)?;
        let params: Vec<_> =
            definition.params.iter().map(|param| format!("{}: {}", param.name.value, param.written)).collect();
        let head = format!("{name}({})", params.join(", "));
        Some(Defined { head, is: text.written().text.trim().to_owned(), reading: reading(name, definition, body) })
    }
}

/// The names in an expression that are those of definitions.
fn called<'a>(expr: &'a Expr, definitions: &Definitions) -> Vec<&'a str> {
    let names = expr.all().into_iter().filter_map(|part| match &part.node {
        Node::Call(call) => Some(call.name.value.as_str()),
        Node::Set(_) | Node::Truth(_) => None,
    });
    names.filter(|name| definitions.get(name).is_some()).collect()
}

fn reading(name: &str, definition: &Definition, body: &Expr) -> String {
    let params: Vec<&str> = definition.params.iter().map(|param| param.name.value.as_str()).collect();
    let of = params.join(" and of ");
    let for_all = params.join(" and for ");
    let mut verbalizer = Verbalizer::default();
    let clause = match &body.node {
        Node::Truth(_) => {
            verbalizer.formula(body, Polarity::Held).led_by(&format!("`{name}` holds for {for_all} when"), Vec::new())
        }
        Node::Set(_) | Node::Call(_) => {
            let words = verbalizer.after(body);
            verbalizer.atom(format!("the `{name}` of {of} is {words}"))
        }
    };
    let mut lines = clause.lines(0);
    if let [line] = lines.as_mut_slice() {
        line.push('.');
    }
    wrapped(&lines, WIDTH).join("\n")
}
