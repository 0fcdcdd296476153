//! Cycles of one smallest variable within one limit of length: paths, and what bars them.

use std::collections::VecDeque;

use super::Bounds;

/// The state of a search.
pub(super) struct Search<'a> {
    next: &'a [Vec<usize>],
    before: Vec<Vec<usize>>,
    wanted: &'a dyn Fn(&[usize]) -> bool,
    bounds: Bounds,
    /// Cycles up to this length are in the list already.
    pub(super) above: usize,
    /// Cycles up to this length are looked for.
    pub(super) limit: usize,
    /// The least length of a cycle that may have been passed over in this round because it is longer than the limit.
    pub(super) passed_over: Option<usize>,
    pub(super) list: Vec<Vec<usize>>,
    work: usize,
    /// One cycle or one look too many.
    pub(super) overflow: bool,
    /// Links from a variable back to the start; the greatest number where there is no way.
    away: Vec<usize>,
    /// A variable may be entered only by a path shorter than this.
    lock: Vec<usize>,
    /// Whether the lock is there because the way back from it is too long, and not because there was none.
    was_back: Vec<bool>,
    /// Variables to be looked at again once this one is free.
    waiting: Vec<Vec<usize>>,
    on_path: Vec<bool>,
}

/// One variable of the path.
struct Step {
    at: usize,
    /// The next link to be looked at.
    place: usize,
    /// The least number of links by which the start was reached from here; above the limit where it was not.
    back: usize,
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(entry) = list.get_mut(at) {
        *entry = value;
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(next: &'a [Vec<usize>], bounds: Bounds, wanted: &'a dyn Fn(&[usize]) -> bool) -> Self {
        let mut before = vec![Vec::new(); next.len()];
        for (from, list) in next.iter().enumerate() {
            for to in list {
                before.get_mut(*to).into_iter().for_each(|list: &mut Vec<usize>| list.push(from));
            }
        }
        let size = next.len();
        Self {
            next,
            before,
            wanted,
            bounds,
            above: 0,
            limit: 1,
            passed_over: None,
            list: Vec::new(),
            work: 0,
            overflow: false,
            away: vec![usize::MAX; size],
            lock: vec![0; size],
            was_back: vec![false; size],
            waiting: vec![Vec::new(); size],
            on_path: vec![false; size],
        }
    }

    fn too_long(&mut self, length: usize) {
        self.passed_over = Some(self.passed_over.map_or(length, |least| least.min(length)));
    }

    fn looked(&mut self) {
        self.work += 1;
        self.overflow |= self.work > self.bounds.work;
    }

    /// Cycles of which `start` is the smallest variable.
    pub(super) fn from(&mut self, start: usize) {
        let reached = self.measure(start);
        for at in &reached {
            set(&mut self.lock, *at, self.limit);
            set(&mut self.was_back, *at, false);
            self.waiting.get_mut(*at).into_iter().for_each(Vec::clear);
        }
        if !self.overflow {
            self.walk(start);
        }
        for at in reached {
            set(&mut self.away, at, usize::MAX);
            set(&mut self.on_path, at, false);
        }
    }

    /// How far the start is from each variable after it, as far as a cycle within the limit can reach.
    fn measure(&mut self, start: usize) -> Vec<usize> {
        let mut reached = vec![start];
        let mut open = VecDeque::from([(start, 0)]);
        set(&mut self.away, start, 0);
        while let Some((at, distance)) = open.pop_front() {
            for place in 0.. {
                let Some(from) = self.before.get(at).and_then(|list| list.get(place)).copied() else { break };
                self.looked();
                if from > start && self.away.get(from) == Some(&usize::MAX) {
                    if distance + 1 >= self.limit {
                        self.too_long(self.limit + 1);
                        continue;
                    }
                    set(&mut self.away, from, distance + 1);
                    reached.push(from);
                    open.push_back((from, distance + 1));
                }
            }
            if self.overflow {
                break;
            }
        }
        reached
    }

    fn enter(&mut self, path: &mut Vec<Step>, at: usize) {
        path.push(Step { at, place: 0, back: usize::MAX });
        set(&mut self.lock, at, path.len());
        set(&mut self.was_back, at, false);
        set(&mut self.on_path, at, true);
    }

    fn walk(&mut self, start: usize) {
        let next = self.next;
        let mut path = Vec::new();
        self.enter(&mut path, start);
        while let Some(step) = path.last_mut() {
            let list = next.get(step.at).map(Vec::as_slice).unwrap_or_default();
            if let Some(to) = list.get(step.place).copied() {
                step.place += 1;
                self.looked();
                if to == start {
                    step.back = 1;
                    self.close(&path);
                } else if let Some(away) = self.away.get(to).copied().filter(|away| *away != usize::MAX) {
                    let length = path.len().saturating_add(away);
                    if length > self.limit {
                        self.too_long(length);
                    } else if self.lock.get(to).is_some_and(|lock| path.len() < *lock) {
                        self.enter(&mut path, to);
                    } else if self.was_back.get(to) == Some(&true) {
                        self.too_long(self.limit + 1);
                    }
                }
                if self.overflow {
                    return;
                }
                continue;
            }
            if let Some(step) = path.pop() {
                self.leave(&step, path.last_mut());
            }
        }
    }

    fn close(&mut self, path: &[Step]) {
        if path.len() <= self.above {
            return;
        }
        let cycle: Vec<usize> = path.iter().map(|step| step.at).collect();
        if (self.wanted)(&cycle) {
            if self.list.len() >= self.bounds.cycles {
                self.overflow = true;
            } else {
                self.list.push(cycle);
            }
        }
    }

    fn leave(&mut self, step: &Step, before: Option<&mut Step>) {
        set(&mut self.on_path, step.at, false);
        let next = self.next;
        let mut back = step.back;
        for to in next.get(step.at).map(Vec::as_slice).unwrap_or_default() {
            // What follows may have been freed since it was looked at, and may be freed by a shorter way later.
            if self.was_back.get(*to) == Some(&true) && self.on_path.get(*to) == Some(&false) {
                let lock = self.lock.get(*to).copied().unwrap_or(0);
                back = back.min((self.limit + 2).saturating_sub(lock));
            }
            self.work += 1;
            let list = self.waiting.get_mut(*to).into_iter().filter(|list| !list.contains(&step.at));
            list.for_each(|list| list.push(step.at));
        }
        if let Some(before) = before {
            before.back = before.back.min(back.saturating_add(1));
        }
        if back < self.limit {
            self.free(step.at, back);
        }
    }

    /// The start was reached from here by so many links: paths short enough may come again, here and to what waits.
    fn free(&mut self, at: usize, back: usize) {
        let mut open = vec![(at, back)];
        while let Some((at, back)) = open.pop() {
            let lock = (self.limit + 1).saturating_sub(back);
            if self.lock.get(at).is_some_and(|own| *own < lock) {
                set(&mut self.lock, at, lock);
                set(&mut self.was_back, at, true);
                for waiting in self.waiting.get(at).map(Vec::as_slice).unwrap_or_default() {
                    self.work += 1;
                    if self.on_path.get(*waiting) == Some(&false) {
                        open.push((*waiting, back + 1));
                    }
                }
            }
        }
    }
}
