//! What a condition means: every name resolved, ready to be evaluated.

mod nodes;

pub(super) use nodes::{
    Computed, Domain, Edges, Formula, Hop, Implicit, Plan, Range, Relation, Set, Slot, Step, Truth, VerdictTest,
};
