//! What claims speak of: a tree of scopes, states and their organs, purposes, and instruments with their articles.

use std::io::Result;

use super::numbers::Numbers;
use super::output::{Block, Output};
use super::words::name;

/// The articles of an instrument.
pub(super) const ARTICLES: usize = 10;

/// How the scopes lie in each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tree {
    /// Every scope in a random one before it.
    Bushy,
    /// Long chains beneath the root.
    Deep,
}

/// An article: where it applies, and what for.
pub(super) struct Article {
    pub(super) scope: usize,
    pub(super) purposes: [usize; 3],
}

/// Everything that is declared before the first claim.
pub(super) struct World {
    /// The scope around each scope; the root is around itself.
    pub(super) around: Vec<usize>,
    within: Vec<Vec<usize>>,
    pub(super) states: usize,
    /// The first so many states have an organ each.
    pub(super) organs: usize,
    pub(super) purposes: usize,
    pub(super) articles: Vec<Article>,
    pub(super) actions: usize,
}

impl World {
    pub(super) fn new(claims: usize, tree: Tree, numbers: &mut Numbers) -> World {
        let around = scopes(claims, tree, numbers);
        let mut within = vec![Vec::new(); around.len()];
        for (scope, outer) in around.iter().enumerate().skip(1) {
            within[*outer].push(scope);
        }
        let actors = (claims / 100).max(12);
        let purposes = (claims / 20).clamp(20, 500);
        let articles = (0..(claims / 20).max(20)).map(|_| article(around.len(), purposes, numbers)).collect();
        let states = actors * 3 / 4;
        World { around, within, states, organs: actors - states, purposes, articles, actions: (claims / 10).max(20) }
    }

    /// The purposes that narrow nothing: articles list these. Each fifth of the others narrows the one before it.
    pub(super) fn widest_purposes(&self) -> usize {
        self.purposes / 5 * 3
    }

    /// The purpose that narrows another, if there is one.
    pub(super) fn narrower(&self, purpose: usize) -> Option<usize> {
        let (widest, fifth) = (self.widest_purposes(), self.purposes / 5);
        let narrower = if purpose < fifth { widest + purpose } else { purpose + fifth };
        let narrows = purpose < fifth || (widest..widest + fifth).contains(&purpose);
        narrows.then_some(narrower)
    }

    /// Four states that are bound by an instrument.
    pub(super) fn parties(&self, instrument: usize) -> [usize; 4] {
        [0, 1, 2, 3].map(|at| (instrument + at) % self.states)
    }

    /// A scope that lies within another, some steps down.
    pub(super) fn inside(&self, scope: usize, numbers: &mut Numbers) -> usize {
        let mut inner = scope;
        for _ in 0..numbers.below(4) {
            if self.within[inner].is_empty() {
                break;
            }
            inner = numbers.pick(&self.within[inner]);
        }
        inner
    }

    /// A scope that is shown not to lie within another: one around it, or one in another part of the root.
    pub(super) fn outside(&self, scope: usize, numbers: &mut Numbers) -> usize {
        if numbers.once_in(2) {
            return self.around[scope];
        }
        let elsewhere = self.within[0].iter().copied().find(|part| *part != self.part(scope));
        elsewhere.map_or(0, |part| self.inside(part, numbers))
    }

    /// The part of the root in which a scope lies.
    fn part(&self, scope: usize) -> usize {
        let mut part = scope;
        while self.around[part] != 0 {
            part = self.around[part];
        }
        part
    }

    /// Writes all of it.
    pub(super) fn write(&self, output: &mut Output) -> Result<()> {
        for scope in 0..self.around.len() {
            output.write(&self.scope(scope))?;
            output.declare(&format!("scope-{scope}"), "scope")?;
            if scope > 0 {
                output.row("within", &[&format!("scope-{scope}"), &format!("scope-{}", self.around[scope])])?;
            }
        }
        output.row("exclusive", &["scope-0"])?;
        for actor in 0..self.states + self.organs {
            output.block(&self.actor(actor))?;
        }
        for purpose in 0..self.purposes {
            output.block(&self.purpose(purpose))?;
        }
        (0..self.articles.len().div_ceil(ARTICLES)).try_for_each(|instrument| self.instrument(instrument, output))
    }

    fn scope(&self, scope: usize) -> String {
        let rest = match scope {
            0 => "dimension: territorial  parts: exclusive".to_owned(),
            _ => format!("within: scope-{}  inferred: within", self.around[scope]),
        };
        format!("scope scope-{scope} \"{} region\" {{ {rest} }}", name(scope))
    }

    fn actor(&self, actor: usize) -> Block {
        let fields = match actor.checked_sub(self.states) {
            None => vec![("is", vec!["state".to_owned()])],
            Some(state) => vec![("is", vec!["organ".to_owned()]), ("part-of", vec![format!("actor-{state}")])],
        };
        let title = format!("State of {}", name(actor * 7 + 3));
        Block { kind: "actor", id: format!("actor-{actor}"), title, fields, quote: None }
    }

    fn purpose(&self, purpose: usize) -> Block {
        let wider = (0..purpose).find(|wider| self.narrower(*wider) == Some(purpose));
        let fields = wider.map(|wider| ("narrows", vec![format!("purpose-{wider}")])).into_iter().collect();
        let title = format!("security of {}", name(purpose * 11 + 5));
        Block { kind: "purpose", id: format!("purpose-{purpose}"), title, fields, quote: None }
    }

    fn instrument(&self, instrument: usize, output: &mut Output) -> Result<()> {
        let id = format!("law-{instrument}");
        let parties = self.parties(instrument).map(|state| format!("actor-{state}"));
        let title = name(instrument * 13 + 7);
        output.write(&format!("instrument {id} \"Treaty of {title}\" {{\n  parties: {}", parties.join(", ")))?;
        output.declare(&id, "instrument")?;
        for party in &parties {
            output.relate("parties", &id, party)?;
        }
        for (number, article) in self.articles.iter().skip(instrument * ARTICLES).take(ARTICLES).enumerate() {
            let purposes = article.purposes.map(|purpose| format!("purpose-{purpose}"));
            let scope = format!("scope-{}", article.scope);
            output.write(&format!("  article {number} {{ scope: {scope}  purposes: {} }}", purposes.join(", ")))?;
            let id = format!("{id}/{number}");
            output.declare(&id, "article")?;
            output.row("article-scope", &[&id, &scope])?;
            for purpose in &purposes {
                output.relate("purposes", &id, purpose)?;
            }
        }
        output.write("}\n")
    }
}

/// The scope around each scope; the root has two parts at least.
fn scopes(claims: usize, tree: Tree, numbers: &mut Numbers) -> Vec<usize> {
    match tree {
        Tree::Bushy => {
            let around = |scope: usize| if scope < 3 { 0 } else { numbers.below(scope) };
            (0..(claims / 50).max(20)).map(around).collect()
        }
        Tree::Deep => {
            let many = (claims / 5).max(20);
            let chain = (many / 4).min(1_000);
            (0..many).map(|scope| if scope % chain == 1 { 0 } else { scope.saturating_sub(1) }).collect()
        }
    }
}

fn article(scopes: usize, purposes: usize, numbers: &mut Numbers) -> Article {
    let widest = purposes / 5 * 3;
    let first = numbers.below(widest);
    let step = 1 + numbers.below(widest / 3 - 1);
    Article { scope: 1 + numbers.below(scopes - 1), purposes: [0, 1, 2].map(|at| (first + at * step) % widest) }
}
