//! Work spread over the cores, each piece on one core from beginning to end.
//!
//! A core that waits within a piece would otherwise begin another on top of it, and hold the memory of many.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;

/// What becomes of each item, in their order, whichever core took which. One alone has all cores to help.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], with: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < 2 {
        return items.iter().map(with).collect();
    }
    let next = AtomicUsize::new(0);
    let pieces = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else { return done };
            done.push((place, with(item)));
        }
    };
    let alone = || match ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(pieces),
        Err(_) => pieces(),
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let cores: Vec<_> = (0..rayon::current_num_threads().min(items.len())).map(|_| scope.spawn(alone)).collect();
        cores.into_iter().flat_map(|core| core.join().unwrap_or_else(|why| std::panic::resume_unwind(why))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        assert_eq!(super::each(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(super::each(&[] as &[u32], |item| *item), []);
    }
}
