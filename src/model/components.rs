//! Which nodes of a graph reach each other, found in one pass (the algorithm of Tarjan, 1972, without recursion).

/// The parts of a graph whose nodes all reach each other.
pub struct Components {
    /// The part of each node; an edge never leads to a part with a higher number.
    pub part: Vec<usize>,
    /// How many parts there are.
    pub count: usize,
}

/// Not yet visited, or not yet in a part.
const NONE: usize = usize::MAX;

/// The state of one pass.
struct ComponentSearch<E> {
    edges: E,
    /// When each node was first seen.
    seen: Vec<usize>,
    /// The earliest node that each node is known to reach among those that are in no part yet.
    low: Vec<usize>,
    part: Vec<usize>,
    /// Nodes that are seen, but in no part yet.
    open: Vec<usize>,
    clock: usize,
    count: usize,
}

/// The parts of the graph of so many nodes; `edges` tells where each edge of a node leads, by its number.
pub fn components(nodes: usize, edges: impl Fn(usize, usize) -> Option<usize>) -> Components {
    let none = vec![NONE; nodes];
    let mut pass = ComponentSearch {
        edges,
        seen: none.clone(),
        low: none.clone(),
        part: none,
        open: Vec::new(),
        clock: 0,
        count: 0,
    };
    for root in 0..nodes {
        if pass.seen[root] == NONE {
            pass.visit(root);
        }
    }
    Components { part: pass.part, count: pass.count }
}

impl<E: Fn(usize, usize) -> Option<usize>> ComponentSearch<E> {
    /// Visits everything that is reached from a node, keeping the path to it on a stack of its own.
    fn visit(&mut self, root: usize) {
        self.enter(root);
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let from = *node;
            let Some(to) = (self.edges)(from, *next) else {
                path.pop();
                self.leave(from, path.last().map(|(before, _)| *before));
                continue;
            };
            *next += 1;
            if self.seen[to] == NONE {
                self.enter(to);
                path.push((to, 0));
            } else if self.part[to] == NONE {
                self.low[from] = self.low[from].min(self.seen[to]);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.seen[node] = self.clock;
        self.low[node] = self.clock;
        self.clock += 1;
        self.open.push(node);
    }

    /// Closes a part when its first node is left; tells the node before what was reached.
    fn leave(&mut self, node: usize, before: Option<usize>) {
        if let Some(before) = before {
            self.low[before] = self.low[before].min(self.low[node]);
        }
        if self.low[node] < self.seen[node] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.part[member] = self.count;
            if member == node {
                break;
            }
        }
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn circles_are_one_part_and_edges_lead_down() {
        let edges: [&[usize]; 5] = [&[1], &[2], &[0, 3], &[], &[4, 0]];
        let found = components(edges.len(), |node, nth| edges[node].get(nth).copied());
        assert_eq!(found.part, [1, 1, 1, 0, 2]);
        assert_eq!(found.count, 3);
    }
}
