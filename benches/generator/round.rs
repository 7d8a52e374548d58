//! A hundred claims: how they are drawn, and what is to be found in them.

use std::collections::BTreeMap;
use std::io::Result;

use super::defects::{ROUND, Seed, Seeds};
use super::norm::{Norm, actor, scope};
use super::numbers::Numbers;
use super::output::{Block, Output};
use super::words::{name, sentence};
use super::world::{ARTICLES, World};
use super::{QUOTING, Shape};

/// The kinds of statements in a hundred, and how many of them are drawn.
const KINDS: [(&str, usize); 7] = [
    ("obligation", 40),
    ("prohibition", 14),
    ("permission", 10),
    ("power", 6),
    ("fact", 10),
    ("assessment", 15),
    ("intent", 5),
];

/// So many in a hundred are norms.
const NORMS: usize = 70;

/// The fields that a reference to nothing is put into in turn, and what it looks like.
const DANGLING: [(&str, &str); 4] =
    [("because", "claim-x"), ("cites", "law-x"), ("scope", "scope-x"), ("purpose", "purpose-x")];

/// A field with its values.
type Field = (&'static str, Vec<String>);

/// The claims of one round, half of which stand in one document.
pub(super) struct Round<'a> {
    shape: &'a Shape,
    pub(super) world: &'a World,
    pub(super) number: usize,
    pub(super) seeds: Seeds,
    /// The article and the state over which norms meet that are about one action.
    pub(super) meeting: (usize, usize),
    /// The file and the line where it shows what several claims together do wrong, by place in the round.
    shown: BTreeMap<usize, (String, usize)>,
}

impl<'a> Round<'a> {
    /// Draws what is seeded into the claims of a round.
    pub(super) fn draw(number: usize, shape: &'a Shape, world: &'a World, numbers: &mut Numbers) -> Round<'a> {
        let seeds = Seeds::draw(number, shape.circle_within(), numbers);
        let article = numbers.below(world.articles.len());
        let state = numbers.pick(&world.parties(article / ARTICLES));
        Round { shape, world, number, seeds, meeting: (article, state), shown: BTreeMap::new() }
    }

    /// Writes one claim, and into the manifest what is wrong with it alone.
    pub(super) fn claim(&mut self, place: usize, output: &mut Output, numbers: &mut Numbers) -> Result<()> {
        let seed = self.seeds.at(place);
        let block = self.drawn(place, numbers);
        if let Some((_, words)) = &block.quote {
            output.say(self.claim_at(place) / QUOTING, words)?;
        }
        let header = output.block(&block)?;
        let id = self.full(place);
        let shown = |field: &str| shown(&block, field, header);
        match seed {
            None | Some(Seed::Twice | Seed::Forbidden | Seed::YieldingOrder | Seed::YieldingBan) => Ok(()),
            Some(Seed::NoCitation) => output.expect("CL0101", header, &[id]),
            Some(Seed::Dangling) => {
                let (field, nothing) = self.dangling();
                output.expect("CL0001", shown(field).0, &[nothing, id])
            }
            Some(Seed::Purpose) => {
                let (line, purpose) = shown("purpose");
                output.expect("CL0201", line, &[id, purpose])
            }
            Some(Seed::Scope) => {
                let (line, scope) = shown("scope");
                output.expect("CL0203", line, &[id, scope, shown("cites").1])
            }
            Some(Seed::Circle(_)) => self.remember(place, shown("because").0, output),
            Some(Seed::Ordered) => self.remember(place, shown("action").0, output),
        }
    }

    fn remember(&mut self, place: usize, line: usize, output: &Output) -> Result<()> {
        self.shown.insert(place, (output.file(), line));
        Ok(())
    }

    /// Declares a claim again, and tells what several claims together do wrong.
    pub(super) fn close(&self, output: &mut Output) -> Result<()> {
        let twice = self.seeds.place_of(Seed::Twice);
        let (id, title) = (self.short(twice), format!("{} again", name(self.claim_at(twice))));
        // In so few words that nothing else is wrong with it.
        let again = Block { kind: "fact", id, title, fields: vec![("inferred", vec!["yes".to_owned()])], quote: None };
        let header = output.block(&again)?;
        output.expect("CL0002", header, &[self.full(twice)])?;
        for (code, places) in [("CL0501", &self.seeds.circle[..]), ("CL0401", &self.seeds.conflict)] {
            if let Some((file, line)) = self.shown.get(&places[0]) {
                let ids: Vec<String> = places.iter().map(|place| self.full(*place)).collect();
                output.expect_in(code, (file, *line), &ids)?;
            }
        }
        Ok(())
    }

    fn claim_at(&self, place: usize) -> usize {
        self.number * ROUND + place
    }

    /// The id of a claim as its own block has it.
    fn short(&self, place: usize) -> String {
        format!("claim-{}", self.claim_at(place))
    }

    /// The same with its namespace.
    pub(super) fn full(&self, place: usize) -> String {
        self.shape.id(self.claim_at(place))
    }

    /// The field of this round that refers to nothing, and what is written there.
    pub(super) fn dangling(&self) -> (&'static str, String) {
        let (field, nothing) = DANGLING[self.number % DANGLING.len()];
        (field, format!("{nothing}{}", self.number))
    }

    fn drawn(&self, place: usize, numbers: &mut Numbers) -> Block {
        let (claim, seed) = (self.claim_at(place), self.seeds.at(place));
        let kind = self.kind(seed, numbers);
        let mut fields: Vec<Field> = self.reasons(claim, seed, numbers).into_iter().collect();
        if KINDS[4..].iter().any(|(known, _)| *known == kind) {
            fields.extend(self.finding(numbers));
        } else {
            fields.extend(Norm::draw(kind, seed, self, numbers).fields());
        }
        let source = format!("text-{}", claim / QUOTING);
        fields.push(("asserted-by", vec![source.clone()]));
        let title = format!("What {} has to say of it", name(claim));
        Block { kind, id: self.short(place), title, fields, quote: Some((source, sentence(kind, claim))) }
    }

    fn kind(&self, seed: Option<Seed>, numbers: &mut Numbers) -> &'static str {
        match seed {
            None | Some(Seed::Circle(_)) => kind(numbers.below(100)),
            Some(Seed::Purpose | Seed::Scope) => kind(numbers.below(NORMS)),
            Some(Seed::Twice) => "assessment",
            Some(Seed::NoCitation) if self.number.is_multiple_of(2) => "prohibition",
            Some(Seed::Forbidden | Seed::YieldingBan) => "prohibition",
            Some(Seed::NoCitation | Seed::Dangling | Seed::Ordered | Seed::YieldingOrder) => "obligation",
        }
    }

    /// What a claim rests on: claims before it, unless it is one of a circle.
    fn reasons(&self, claim: usize, seed: Option<Seed>, numbers: &mut Numbers) -> Option<Field> {
        let (field, nothing) = self.dangling();
        let reasons = match seed {
            Some(Seed::Circle(before)) => vec![self.full(before)],
            Some(Seed::Dangling) if field == "because" => vec![nothing],
            _ => {
                let first = self.shape.first_reason(claim);
                let many = numbers.below(3).min(claim - first);
                let mut reasons: Vec<usize> = (0..many).map(|_| first + numbers.below(claim - first)).collect();
                reasons.dedup();
                reasons.into_iter().map(|reason| self.shape.id(reason)).collect()
            }
        };
        (!reasons.is_empty()).then_some(("because", reasons))
    }

    /// The fields of a statement that binds nobody.
    fn finding(&self, numbers: &mut Numbers) -> [Field; 2] {
        let actors = self.world.states + self.world.organs;
        let first = numbers.below(actors);
        let about = vec![actor(first), actor((first + 1) % actors)];
        [("about", about), ("scope", vec![scope(numbers.below(self.world.around.len()))])]
    }
}

/// The kind of a statement by a number below a hundred.
fn kind(drawn: usize) -> &'static str {
    let mut rest = drawn;
    for (kind, share) in KINDS {
        match rest.checked_sub(share) {
            None => return kind,
            Some(left) => rest = left,
        }
    }
    KINDS[0].0
}

/// The line of a field of a block, and its first value.
fn shown(block: &Block, field: &str, header: usize) -> (usize, String) {
    let at = block.fields.iter().position(|(name, _)| *name == field).expect("the field was written");
    (header + 1 + at, block.fields[at].1[0].clone())
}
