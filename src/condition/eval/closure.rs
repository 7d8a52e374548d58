//! Steps that are repeated: what can be reached.

use std::collections::HashSet;
use std::rc::Rc;

use super::budget::EvalResult;
use super::evaluator::Evaluator;
use super::memo::{Reached, ReadState};
use crate::condition::ast::tree::Closure;
use crate::condition::plan::Edges;
use crate::condition::values::scalar::{ScalarValue, distinct};
use crate::model::BlockId;

/// How many reached blocks are kept for later; beyond that they are found again.
const KEPT: usize = 4_000_000;

impl Evaluator<'_> {
    /// What a repeated step, known by its number, reaches from any of the elements.
    pub(crate) fn closure(
        &mut self,
        hops: &Edges,
        (closure, number): (Closure, usize),
        from: Vec<ScalarValue>,
    ) -> EvalResult<Vec<ScalarValue>> {
        let mut reached = match closure {
            Closure::Once => Vec::new(),
            Closure::Any | Closure::Maybe => from.clone(),
        };
        if closure == Closure::Maybe {
            reached.extend(self.follow(hops, &from)?);
            return Ok(distinct(reached));
        }
        for block in from.iter().filter_map(ScalarValue::block) {
            let further = self.reached(hops, number, block)?;
            if further.read == ReadState::Broken {
                self.read = ReadState::Broken;
            }
            self.spend(further.blocks.len())?;
            reached.extend(further.blocks.iter().cloned());
        }
        Ok(distinct(reached))
    }

    fn reached(&mut self, hops: &Edges, number: usize, start: BlockId) -> EvalResult<Rc<Reached>> {
        if let Some(known) = self.closures.known.get(&(number, start)) {
            return Ok(Rc::clone(known));
        }
        let outer = std::mem::replace(&mut self.read, ReadState::Sound);
        let blocks = self.search(hops, start)?;
        let reached = Rc::new(Reached { blocks, read: std::mem::replace(&mut self.read, outer) });
        self.closures.kept += reached.blocks.len();
        if self.closures.kept <= KEPT {
            self.closures.known.insert((number, start), Rc::clone(&reached));
        }
        Ok(reached)
    }

    /// Breadth first; the start is only reached if a chain leads back to it.
    fn search(&mut self, hops: &Edges, start: BlockId) -> EvalResult<Vec<ScalarValue>> {
        let mut reached = self.follow(hops, &[ScalarValue::Block(start)])?;
        let mut seen: HashSet<ScalarValue> = reached.iter().cloned().collect();
        let mut next = 0;
        while let Some(block) = reached.get(next).cloned() {
            let further = self.follow(hops, &[block])?;
            reached.extend(further.into_iter().filter(|element| seen.insert(element.clone())));
            next += 1;
        }
        Ok(reached)
    }
}
