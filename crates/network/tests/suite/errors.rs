//! How far a rough solution says it can be off is never less than how far it is: against the best-known flows.

use lantu_network::assignment::Goal;

use crate::{equilibrium, load, text};

/// Links of the file of best-known flows: from, to, flow, cost.
fn best_known(name: &str) -> Vec<(u32, u32, f64, f64)> {
    let text = text("", &format!("{name}_flow.tntp"));
    let row = |line: &str| {
        let cells: Vec<f64> = line.split_whitespace().filter_map(|cell| cell.parse().ok()).collect();
        (cells.len() == 4).then(|| (cells[0] as u32 - 1, cells[1] as u32 - 1, cells[2], cells[3]))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn a_rough_solution_knows_how_rough_it_is() {
    let (network, demand) = load("", "SiouxFalls");
    let known = best_known("SiouxFalls");
    assert_eq!(known.len(), 76);
    let total: f64 = known.iter().map(|(.., flow, cost)| flow * cost).sum();
    for gap in [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12] {
        let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::UserEquilibrium, gap);
        let (off, error) = ((found.certificate.total_cost - total).abs(), found.total_cost_error.unwrap());
        assert!(off <= error, "{gap}: {off} > {error}");
        // It shrinks with the root of the gap.
        assert!(error < 4.0 * found.certificate.relative_gap.max(1e-14).sqrt() * total, "{gap}: {error}");
        for (at, link) in network.links().iter().enumerate() {
            let (.., cost) = known.iter().find(|row| (row.0, row.1) == (link.from, link.to)).unwrap();
            // The file has fourteen digits.
            assert!((found.times[at] - cost).abs() <= found.time_errors[at] + 1e-12 * cost, "{gap}: {link:?}");
        }
    }
}

#[test]
fn the_optimum_of_all_together_is_as_exact_as_its_objective() {
    let (network, demand) = load("", "Braess");
    let found = equilibrium(&network, &demand, (0.0, 0.0), Goal::SystemOptimum, 1e-3);
    // The file has 1e-8 minutes where the example has none.
    assert!((found.certificate.total_cost - 498.0).abs() <= found.total_cost_error.unwrap() + 1e-6);
    assert!((found.certificate.objective - found.certificate.total_cost).abs() < 1e-9);
}
