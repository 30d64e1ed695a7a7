//! Order and circles among numbered things. It knows not what they are.

/// What a walk over all nodes found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    /// All nodes, each after those that it depends on (circles aside).
    pub(super) order: Vec<usize>,
    /// Circles, each from the node that was met first; a node closes at most one.
    pub(super) circles: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    Open,
    Done,
}

/// Walks `dependencies`: for each node those that it depends on. Iterative, so that no chain is too long for it.
pub(super) fn walk(dependencies: &[Vec<usize>]) -> Walked {
    let mut walk = Walk { dependencies, states: vec![State::Fresh; dependencies.len()], found: Walked::default() };
    for start in 0..dependencies.len() {
        walk.from(start);
    }
    walk.found
}

struct Walk<'d> {
    dependencies: &'d [Vec<usize>],
    states: Vec<State>,
    found: Walked,
}

impl Walk<'_> {
    fn from(&mut self, start: usize) {
        if self.state(start) != State::Fresh {
            return;
        }
        let mut path = vec![(start, 0)];
        self.set(start, State::Open);
        while let Some((node, next)) = path.last_mut() {
            let (node, index) = (*node, *next);
            *next += 1;
            if let Some(&to) = self.dependencies.get(node).and_then(|edges| edges.get(index)) {
                self.step(&mut path, to);
            } else {
                self.set(node, State::Done);
                self.found.order.push(node);
                path.pop();
            }
        }
    }

    fn step(&mut self, path: &mut Vec<(usize, usize)>, to: usize) {
        match self.state(to) {
            State::Fresh => {
                self.set(to, State::Open);
                path.push((to, 0));
            }
            State::Open => self.circle(path, to),
            State::Done => {}
        }
    }

    /// Notes the circle that an edge from the end of `path` back to `to` closes, unless its nodes are known to circle.
    fn circle(&mut self, path: &[(usize, usize)], to: usize) {
        let nodes: Vec<usize> = path.iter().map(|(node, _)| *node).skip_while(|node| *node != to).collect();
        let known = |node: &usize| self.found.circles.iter().any(|circle| circle.contains(node));
        if !nodes.iter().all(known) {
            self.found.circles.push(nodes);
        }
    }

    fn state(&self, node: usize) -> State {
        self.states.get(node).copied().unwrap_or(State::Done)
    }

    fn set(&mut self, node: usize, state: State) {
        if let Some(slot) = self.states.get_mut(node) {
            *slot = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_come_first_and_circles_are_found() {
        let walked = walk(&[vec![1, 2], vec![2], vec![], vec![3], vec![5], vec![4, 0]]);
        assert_eq!(walked.order, [2, 1, 0, 3, 5, 4]);
        assert_eq!(walked.circles, [vec![3], vec![4, 5]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let chain: Vec<Vec<usize>> = (0..100_000).map(|node| vec![node + 1]).collect();
        assert_eq!(walk(&chain).order.len(), 100_000);
    }
}
