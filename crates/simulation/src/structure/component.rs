//! Strongly connected components: variables that each reach each other.
//!
//! R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (1972), without recursion.

/// What is known of one variable.
#[derive(Clone, Copy)]
struct Mark {
    /// When it was met.
    order: usize,
    /// The earliest still open that is reached from it.
    low: usize,
    open: bool,
}

/// For each variable the number of its component, where `next` lists the variables that follow each.
pub(super) fn components(next: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        marks: vec![None; next.len()],
        component: vec![usize::MAX; next.len()],
        open: Vec::new(),
        met: 0,
        closed: 0,
    };
    for root in 0..next.len() {
        if search.mark(root).is_none() {
            search.from(root, next);
        }
    }
    search.component
}

struct Search {
    marks: Vec<Option<Mark>>,
    component: Vec<usize>,
    open: Vec<usize>,
    met: usize,
    closed: usize,
}

impl Search {
    fn mark(&self, at: usize) -> Option<Mark> {
        self.marks.get(at).copied().flatten()
    }

    fn meet(&mut self, at: usize) {
        if let Some(mark) = self.marks.get_mut(at) {
            *mark = Some(Mark { order: self.met, low: self.met, open: true });
        }
        self.met += 1;
        self.open.push(at);
    }

    fn lower(&mut self, at: usize, low: usize) {
        if let Some(Some(mark)) = self.marks.get_mut(at) {
            mark.low = mark.low.min(low);
        }
    }

    fn from(&mut self, root: usize, next: &[Vec<usize>]) {
        self.meet(root);
        let mut path = vec![(root, 0)];
        while let Some((at, place)) = path.last_mut() {
            let at = *at;
            if let Some(to) = next.get(at).and_then(|list| list.get(*place)).copied() {
                *place += 1;
                match self.mark(to) {
                    None => {
                        self.meet(to);
                        path.push((to, 0));
                    }
                    Some(mark) if mark.open => self.lower(at, mark.order),
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            let Some(mark) = self.mark(at) else { continue };
            if let Some((before, _)) = path.last() {
                self.lower(*before, mark.low);
            }
            if mark.low == mark.order {
                self.close(at);
            }
        }
    }

    /// Everything met since `root` and still open is one component with it.
    fn close(&mut self, root: usize) {
        while let Some(at) = self.open.pop() {
            if let Some(Some(mark)) = self.marks.get_mut(at) {
                mark.open = false;
            }
            if let Some(component) = self.component.get_mut(at) {
                *component = self.closed;
            }
            if at == root {
                break;
            }
        }
        self.closed += 1;
    }
}
