//! Paths in English: fields that are followed, once or again and again, and kinds that are kept.

use super::verbalizer::Verbalizer;
use super::words::{article, has_choice, listed, named, named_kinds, plural};
use crate::condition::ast::tree::{Closure, Direction, Expr, Hop, Name, Node, Set, Step, StepNode};

/// A path in words, from the inside out: a path may have any number of steps, so that nothing is copied at each.
struct PathPhrase {
    /// What stands before the core, the innermost first.
    before: Vec<String>,
    core: String,
    after: String,
}

impl Verbalizer {
    /// A path so that it can stand after `of` or `among`.
    pub(crate) fn path(&mut self, start: &Expr, steps: &[Step]) -> String {
        let mut phrase = PathPhrase::new(self.operand(start));
        for (at, step) in steps.iter().enumerate() {
            let before = &steps[..at];
            match &step.node {
                StepNode::Is(kinds) => phrase.narrow(kinds, is_name(start) && before.is_empty()),
                StepNode::Follow(hops, closure @ (None | Some(Closure::Once))) => phrase.follow(hops, *closure),
                StepNode::Follow(hops, closure @ Some(Closure::Any | Closure::Maybe)) => {
                    // A choice within a choice would have two readings.
                    if phrase.is_choice() {
                        phrase = PathPhrase::new(self.named_set(&phrase.words()));
                    }
                    phrase.around("either ", &format!(" or {}", further(hops, *closure, &repeated(start, before))));
                }
            }
        }
        phrase.words()
    }

    /// A path so that it can stand between `either` and `or`.
    pub(crate) fn ended_path(&mut self, start: &Expr, steps: &[Step]) -> String {
        let Some((Step { node: StepNode::Follow(hops, closure), .. }, before)) = steps.split_last() else {
            return self.path(start, steps);
        };
        match closure {
            None | Some(Closure::Once) => self.path(start, steps),
            Some(Closure::Any | Closure::Maybe) => {
                format!("{} with {}", self.path(start, before), further(hops, *closure, &repeated(start, before)))
            }
        }
    }
}

impl PathPhrase {
    fn new(core: String) -> PathPhrase {
        PathPhrase { before: Vec::new(), core, after: String::new() }
    }

    fn words(&self) -> String {
        let before: String = self.before.iter().rev().map(String::as_str).collect();
        format!("{before}{}{}", self.core, self.after)
    }

    fn is_choice(&self) -> bool {
        [&self.core].into_iter().chain(&self.before).any(|words| has_choice(words))
    }

    fn around(&mut self, before: &str, after: &str) {
        self.before.push(before.to_owned());
        self.after += after;
    }

    /// `the cites of n`, `the direct or indirect because of c`, `whatever has x among its within`.
    fn follow(&mut self, hops: &[Hop], closure: Option<Closure>) {
        let names = followed(hops, closure);
        if are_all_backward(hops) {
            self.around("whatever has ", &format!(" among its {names}"));
        } else {
            self.around(&format!("the {names} of "), "");
        }
    }

    /// `[is kind]`: `the articles among the cites of n`; of a name, `x as an article`.
    fn narrow(&mut self, kinds: &[Name], is_name: bool) {
        let names = named_kinds(kinds);
        if let (true, [first, ..]) = (is_name, names.as_slice()) {
            self.around("", &format!(" as {} {}", article(first), listed(&names)));
        } else {
            let plurals: Vec<String> = names.iter().map(|kind| plural(kind)).collect();
            let plurals: Vec<&str> = plurals.iter().map(String::as_str).collect();
            self.around(&format!("the {} among ", listed(&plurals)), "");
        }
    }
}

/// The fields that are followed, in words.
fn followed(hops: &[Hop], closure: Option<Closure>) -> String {
    let how = match closure {
        Some(Closure::Any | Closure::Once) => "direct or indirect ",
        Some(Closure::Maybe) | None => "",
    };
    let name = |hop: &Hop| match hop.direction {
        Direction::Backward if !are_all_backward(hops) => format!("reverse `{}`", hop.name.value),
        Direction::Forward | Direction::Backward => format!("`{}`", hop.name.value),
    };
    format!("{how}{}", hops.iter().map(name).collect::<Vec<_>>().join(" or "))
}

fn are_all_backward(hops: &[Hop]) -> bool {
    hops.iter().all(|hop| hop.direction == Direction::Backward)
}

/// Where a repeated step leads from what was just named.
fn further(hops: &[Hop], closure: Option<Closure>, from: &str) -> String {
    let names = followed(hops, closure);
    match (are_all_backward(hops), from) {
        (true, _) => format!("whatever has {from} among its {names}"),
        (false, "it") => format!("its {names}"),
        (false, _) => format!("the {names} of {from}"),
    }
}

fn is_name(set: &Expr) -> bool {
    matches!(set.node, Node::Set(Set::Name(_)))
}

/// What refers back to a path that was just named.
fn repeated(start: &Expr, steps: &[Step]) -> String {
    match (steps.last().map(|last| &last.node), &start.node) {
        (None, Node::Set(Set::Name(_))) => "it".to_owned(),
        (Some(StepNode::Is(kinds)), _) => format!("any such {}", listed(&named_kinds(kinds))),
        (Some(StepNode::Follow(hops, None)), _) => match hops.as_slice() {
            [Hop { name, direction: Direction::Forward }] => format!("any such `{}`", name.value),
            [_, ..] | [] => "any of these".to_owned(),
        },
        (Some(StepNode::Follow(_, Some(_))) | None, _) => "any of these".to_owned(),
    }
}

/// A path that ends in `[is kind]` and starts with more than a name: the kinds, and what is before.
pub(crate) fn narrowed(set: &Expr) -> Option<(String, &Expr, &[Step])> {
    let Node::Set(Set::Path(start, steps)) = &set.node else { return None };
    let (Step { node: StepNode::Is(kinds), .. }, before) = steps.split_last()? else { return None };
    let is_of_name = before.is_empty() && is_name(start);
    (!is_of_name).then(|| (listed(&named_kinds(kinds)), &**start, before))
}

/// `x[is kind]`: the kinds, and the name.
pub(crate) fn narrowed_name(set: &Expr) -> Option<(String, &str)> {
    let Node::Set(Set::Path(start, steps)) = &set.node else { return None };
    let Node::Set(Set::Name(name)) = &start.node else { return None };
    let [Step { node: StepNode::Is(kinds), .. }] = steps.as_slice() else { return None };
    Some((listed(&named_kinds(kinds)), name))
}

/// `x.f`: the name, and the field in backticks; of `x[is norm].f`, `x as a norm`.
pub(crate) fn field_of_name(set: &Expr) -> Option<(String, String)> {
    let Node::Set(Set::Path(start, steps)) = &set.node else { return None };
    let Node::Set(Set::Name(owner)) = &start.node else { return None };
    let (last, before) = steps.split_last()?;
    let owner = match before {
        [] => named(owner),
        [Step { node: StepNode::Is(kinds), .. }] => {
            let mut phrase = PathPhrase::new(named(owner));
            phrase.narrow(kinds, true);
            phrase.words()
        }
        [_, ..] => return None,
    };
    let StepNode::Follow(hops, None) = &last.node else { return None };
    match hops.as_slice() {
        [Hop { name, direction: Direction::Forward }] => Some((owner, format!("`{}`", name.value))),
        [_, ..] | [] => None,
    }
}
