//! Elementary cycles, shortest first, up to a number, a length and an amount of work.
//!
//! D. B. Johnson, Finding all the elementary circuits of a directed graph, SIAM Journal on Computing 4 (1975), in the
//! form for bounded lengths of A. Gupta and T. Suzumura, Finding all bounded-length simple cycles in a directed graph
//! (2021): a variable from which no way led back is left alone until it is met earlier on a path or the way is free.
//! Unlike there, a variable from which a way did lead back is looked at again as well once a shorter way is free;
//! without that, cycles as long as the limit can be missed in dense graphs.
//! Lengths are gone through in rising order, so that a list that is cut holds the shortest.

mod search;
#[cfg(test)]
mod tests;

use self::search::Search;

/// How far the search goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Cycles that are kept.
    pub(super) cycles: usize,
    /// Links in a cycle.
    pub(super) length: usize,
    /// Links looked at, all together.
    pub(super) work: usize,
}

/// What was found.
pub(super) struct Cycles {
    pub(super) list: Vec<Vec<usize>>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// Cycles of a graph of which `wanted` is true, by length and then by their smallest variable. `next` should hold no
/// links that are in no cycle; `largest` is the number of variables in its largest component.
pub(super) fn cycles(next: &[Vec<usize>], largest: usize, bounds: Bounds, wanted: &dyn Fn(&[usize]) -> bool) -> Cycles {
    let mut search = Search::new(next, bounds, wanted);
    let starts: Vec<usize> = next.iter().enumerate().filter(|(_, list)| !list.is_empty()).map(|(at, _)| at).collect();
    loop {
        search.passed_over = None;
        for start in starts.iter().copied() {
            search.from(start);
            if search.overflow {
                return Cycles { list: search.list, complete: false };
            }
        }
        // The next length at which anything new can be found.
        match search.passed_over.filter(|_| search.limit < largest) {
            None => return Cycles { list: search.list, complete: true },
            Some(length) if length > bounds.length => return Cycles { list: search.list, complete: false },
            Some(length) => {
                search.above = search.limit;
                search.limit = length;
            }
        }
    }
}
