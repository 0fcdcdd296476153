//! Any text as demands, sites and costs, parted by lines of equals signs: read, and all problems solved where they are small.
//! Nothing may panic or hang.
#![no_main]

use lantu_network::read::siting::{costs, demands, sites};
use lantu_network::siting::{Goal, Options, locate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("====\n");
    let mut next = || parts.next().unwrap_or_default();
    let (Some(asking), _) = demands(&format!("id,weight\n{}", next()), "weight") else { return };
    let (given, _) = sites(&format!("id,cost,existing\n{}", next()));
    let (Some((table, places)), _) = costs(&format!("from,to,cost\n{}", next()), &asking, given) else { return };
    if asking.ids.len() > 50 || places.ids.len() > 50 {
        return;
    }
    let count = 1 + bytes.len() % places.ids.len().max(1);
    let within = f64::from(bytes.first().copied().unwrap_or(9));
    let goals = [
        Goal::Median { sites: count },
        Goal::MaxCover { sites: count, within },
        Goal::SetCover { within },
        Goal::Center { sites: count },
    ];
    for goal in goals {
        let Ok(plan) = locate(&table, &asking.values, &places.values, goal, &Options { gap: 0.0, branches: 20 }) else {
            continue;
        };
        let right =
            if matches!(goal, Goal::MaxCover { .. }) { plan.bound >= plan.value } else { plan.bound <= plan.value };
        assert!(right, "{goal:?}: {} and {}", plan.value, plan.bound);
    }
});
