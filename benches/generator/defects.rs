//! Which claims of a hundred carry which defect, and which only look as if they did.

use super::numbers::Numbers;

/// So many claims share one draw of defects: one of each, which makes one in a hundred.
pub(super) const ROUND: usize = 100;

/// What is seeded into a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seed {
    /// A reference to nothing (CL0001).
    Dangling,
    /// A duty without an article (CL0101).
    NoCitation,
    /// A purpose that its article does not list (CL0201).
    Purpose,
    /// A scope outside its article's (CL0203).
    Scope,
    /// One of a circle of reasons, with the place in the round of the one it rests on (CL0501).
    Circle(usize),
    /// Another block of its id follows at the end of the round (CL0002).
    Twice,
    /// Ordered here and forbidden at the second place (CL0401).
    Ordered,
    Forbidden,
    /// The same, but the prohibition yields, so that nothing is to be found.
    YieldingOrder,
    YieldingBan,
}

/// The seeds of a round, by place.
pub(super) struct Seeds {
    by_place: [Option<Seed>; ROUND],
    /// The places of the circle, in order.
    pub(super) circle: Vec<usize>,
    /// Where the obligation of the conflict stands, and the prohibition.
    pub(super) conflict: [usize; 2],
}

impl Seeds {
    /// Draws the seeds of a round; a circle lies in the first half unless it may lie across both.
    pub(super) fn draw(round: usize, circle_ends: usize, numbers: &mut Numbers) -> Seeds {
        let mut free: Vec<usize> = (0..ROUND).collect();
        let mut take = |below: usize| {
            let many = free.iter().take_while(|place| **place < below).count();
            free.remove(numbers.below(many))
        };
        let mut circle: Vec<usize> = (0..2 + round % 3).map(|_| take(circle_ends)).collect();
        circle.sort_unstable();
        let mut seeds = Seeds { by_place: [None; ROUND], conflict: [take(ROUND), take(ROUND)], circle };
        for (at, place) in seeds.circle.iter().enumerate() {
            let before = (at + seeds.circle.len() - 1) % seeds.circle.len();
            seeds.by_place[*place] = Some(Seed::Circle(seeds.circle[before]));
        }
        let alone = [Seed::Dangling, Seed::NoCitation, Seed::Purpose, Seed::Scope, Seed::Twice];
        for seed in alone.into_iter().chain([Seed::YieldingOrder, Seed::YieldingBan]) {
            seeds.by_place[take(ROUND)] = Some(seed);
        }
        seeds.by_place[seeds.conflict[0]] = Some(Seed::Ordered);
        seeds.by_place[seeds.conflict[1]] = Some(Seed::Forbidden);
        seeds
    }

    /// What is seeded at a place.
    pub(super) fn at(&self, place: usize) -> Option<Seed> {
        self.by_place[place]
    }

    /// The place at which something is seeded.
    pub(super) fn place_of(&self, seed: Seed) -> usize {
        self.by_place.iter().position(|at| *at == Some(seed)).unwrap_or_default()
    }
}
