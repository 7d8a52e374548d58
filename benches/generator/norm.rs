//! What a norm says: an ordinary one, and one with a defect in it.

use super::defects::Seed;
use super::numbers::Numbers;
use super::round::Round;
use super::world::{ARTICLES, World};

/// The values of a norm, each as it is written.
pub(super) struct Norm {
    bearer: String,
    toward: String,
    action: String,
    overrides: Option<String>,
    cites: Option<String>,
    scope: Option<String>,
    purpose: String,
}

impl Norm {
    /// A norm of a kind, at whose place this is seeded.
    pub(super) fn draw(kind: &str, seed: Option<Seed>, round: &Round<'_>, numbers: &mut Numbers) -> Norm {
        let world = round.world;
        match seed {
            Some(Seed::Ordered | Seed::Forbidden) => Norm::meeting(kind, "clash", round, numbers),
            Some(Seed::YieldingBan) => Norm::meeting(kind, "yield", round, numbers),
            Some(Seed::YieldingOrder) => {
                let overrides = Some(round.full(round.seeds.place_of(Seed::YieldingBan)));
                Norm { overrides, ..Norm::meeting(kind, "yield", round, numbers) }
            }
            Some(Seed::Scope) => Norm::ordinary(kind, world, numbers, |norm, article, numbers| {
                norm.scope = Some(scope(world.outside(world.articles[article].scope, numbers)));
            }),
            Some(Seed::Purpose) => Norm::ordinary(kind, world, numbers, |norm, article, numbers| {
                norm.purpose = purpose(unlisted(world, article, numbers));
            }),
            Some(Seed::NoCitation) => Norm::ordinary(kind, world, numbers, |norm, _, _| norm.cites = None),
            Some(Seed::Dangling) => Norm::ordinary(kind, world, numbers, |norm, _, _| norm.dangle(round)),
            None | Some(Seed::Circle(_) | Seed::Twice) => Norm::ordinary(kind, world, numbers, |_, _, _| ()),
        }
    }

    /// A norm that agrees with its article, but for what is done to it then.
    fn ordinary(
        kind: &str,
        world: &World,
        numbers: &mut Numbers,
        spoil: impl Fn(&mut Norm, usize, &mut Numbers),
    ) -> Norm {
        let article = numbers.below(world.articles.len());
        let action = numbers.below(world.actions);
        let state = bearer((kind, action), article, (world, numbers));
        let mut norm = Norm {
            scope: Some(scope(world.inside(world.articles[article].scope, numbers))),
            ..Norm::of(article, state, (world, numbers))
        };
        norm.action = format!("act-{action}");
        if state < world.organs && numbers.once_in(4) {
            norm.bearer = actor(world.states + state);
        }
        spoil(&mut norm, article, numbers);
        norm
    }

    /// A norm of a pair that is about one action of one bearer, or of an organ of it; without scopes, in one scope, or
    /// in one within the other.
    fn meeting(kind: &str, action: &str, round: &Round<'_>, numbers: &mut Numbers) -> Norm {
        let (world, (article, state)) = (round.world, round.meeting);
        let whole = world.articles[article].scope;
        let mut norm = Norm::of(article, state, (world, numbers));
        norm.action = format!("{action}-{}", round.number);
        norm.scope = match round.number % 3 {
            0 => None,
            1 => Some(scope(whole)),
            _ if kind == "prohibition" => Some(scope(world.inside(whole, numbers))),
            _ => Some(scope(whole)),
        };
        if kind == "prohibition" && state < world.organs {
            norm.bearer = actor(world.states + state);
        }
        norm
    }

    fn of(article: usize, state: usize, (world, numbers): (&World, &mut Numbers)) -> Norm {
        let listed = numbers.pick(&world.articles[article].purposes);
        let parties = world.parties(article / ARTICLES);
        let at = parties.iter().position(|party| *party == state).unwrap_or_default();
        Norm {
            bearer: actor(state),
            toward: actor(parties[(at + 1) % parties.len()]),
            action: String::new(),
            overrides: None,
            cites: Some(format!("law-{}/{}", article / ARTICLES, article % ARTICLES)),
            scope: None,
            purpose: purpose(narrowed(world, listed, numbers)),
        }
    }

    /// Puts a reference to nothing into the field whose turn it is.
    fn dangle(&mut self, round: &Round<'_>) {
        let (field, nothing) = round.dangling();
        match field {
            "cites" => self.cites = Some(nothing),
            "scope" => self.scope = Some(nothing),
            "purpose" => self.purpose = nothing,
            _ => (),
        }
    }

    /// The fields in the order in which they are written.
    pub(super) fn fields(self) -> Vec<(&'static str, Vec<String>)> {
        let all = [
            ("bearer", Some(self.bearer)),
            ("toward", Some(self.toward)),
            ("action", Some(self.action)),
            ("overrides", self.overrides),
            ("cites", self.cites),
            ("scope", self.scope),
            ("purpose", Some(self.purpose)),
        ];
        all.into_iter().filter_map(|(field, value)| Some((field, vec![value?]))).collect()
    }
}

/// A party of the instrument; of one action, some states are only ever ordered, the others only forbidden, so that no
/// two norms conflict unless they are meant to.
fn bearer((kind, action): (&str, usize), article: usize, (world, numbers): (&World, &mut Numbers)) -> usize {
    let parties = world.parties(article / ARTICLES);
    let wanted = (action + usize::from(kind == "prohibition")) % 2;
    let fitting: Vec<usize> = parties.into_iter().filter(|state| state % 2 == wanted).collect();
    numbers.pick(&fitting)
}

/// A purpose itself, or one that narrows it in one step or in two.
fn narrowed(world: &World, purpose: usize, numbers: &mut Numbers) -> usize {
    let mut narrowed = purpose;
    while let Some(narrower) = world.narrower(narrowed).filter(|_| numbers.once_in(2)) {
        narrowed = narrower;
    }
    narrowed
}

/// A purpose that an article does not list, and that narrows nothing.
fn unlisted(world: &World, article: usize, numbers: &mut Numbers) -> usize {
    let listed = world.articles[article].purposes;
    let mut unlisted = numbers.below(world.widest_purposes());
    while listed.contains(&unlisted) {
        unlisted = (unlisted + 1) % world.widest_purposes();
    }
    unlisted
}

pub(super) fn actor(number: usize) -> String {
    format!("actor-{number}")
}

pub(super) fn scope(number: usize) -> String {
    format!("scope-{number}")
}

fn purpose(number: usize) -> String {
    format!("purpose-{number}")
}
