//! The search for cycles against one that tries every path.

use proptest::prelude::{Strategy, any, prop_assert, proptest};

use super::{Bounds, cycles};

/// Every cycle from its smallest variable, by trying every path.
fn by_hand(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    fn extend(next: &[Vec<usize>], path: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        for to in &next[path[path.len() - 1]] {
            if *to == path[0] {
                found.push(path.clone());
            } else if *to > path[0] && !path.contains(to) {
                path.push(*to);
                extend(next, path, found);
                path.pop();
            }
        }
    }
    let mut found = Vec::new();
    (0..next.len()).for_each(|start| extend(next, &mut vec![start], &mut found));
    found.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    found
}

fn graph() -> impl Strategy<Value = Vec<Vec<usize>>> {
    (1_usize..9, proptest::collection::vec(any::<u8>(), 81), 20_u8..200).prop_map(|(size, dice, share)| {
        let row = |from: usize| (0..size).filter(|to| dice[from * 9 + to] < share).collect();
        (0..size).map(row).collect()
    })
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
    #[test]
    fn every_cycle_is_found_once_shortest_first(next in graph(), length in 1_usize..9) {
        let all = by_hand(&next);
        let bounds = Bounds { cycles: usize::MAX, length: usize::MAX, work: usize::MAX };
        let mut found = cycles(&next, next.len(), bounds, &|_| true);
        prop_assert!(found.list.is_sorted_by_key(Vec::len));
        found.list.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        prop_assert!(found.list == all, "{} of {}", found.list.len(), all.len());
        prop_assert!(found.complete);

        let short: Vec<_> = all.iter().filter(|cycle| cycle.len() <= length).cloned().collect();
        let mut found = cycles(&next, next.len(), Bounds { length, ..bounds }, &|_| true);
        found.list.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        prop_assert!(found.list == short, "{} of {} up to {length}", found.list.len(), short.len());
        // A cut that is not said would be an error, one that is feared would not.
        prop_assert!(!found.complete || short.len() == all.len());
    }
}
