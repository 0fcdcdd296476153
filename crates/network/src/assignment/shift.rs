//! Moving flow within a bush: from dear to cheap paths, and on and off where the number of trips answers to the cost.
#![expect(
    clippy::indexing_slicing,
    reason = "positions and places within a bush and links are numbered below the lengths of their lists"
)]

use super::bush::{Bush, Labels, Room};
use super::response::Curve;
use super::traffic::Traffic;
use crate::shortest::NONE;

/// Enough to come from any flow to its last digits.
const HALVINGS: usize = 100;
/// The share of the trips wanted that is put on a path of which nothing more is known.
const FIRST: f64 = 1e-3;

/// Places of two paths, used again for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Trails {
    dear: Vec<u32>,
    cheap: Vec<u32>,
}

impl Bush {
    /// Moves flow towards the cheapest paths, once at every node where paths meet. The labels may be a little old: costs are looked at
    /// anew.
    pub(super) fn equilibrate(&mut self, labels: &Labels, trails: &mut Trails, traffic: &mut Traffic<'_>) {
        for position in (1..self.nodes.len()).rev() {
            let (dear, cheap) = (labels.high_in[position], labels.low_in[position]);
            if dear == NONE || dear == cheap || self.start[position + 1] - self.start[position] < 2 {
                continue;
            }
            self.shift(labels, trails, traffic, dear, cheap);
        }
    }

    /// Moves flow from the dear to the cheap path into a node, from where they part: one step of Newton's method.
    fn shift(&mut self, labels: &Labels, trails: &mut Trails, traffic: &mut Traffic<'_>, dear: u32, cheap: u32) {
        let class = self.class as usize;
        trails.dear.clear();
        trails.cheap.clear();
        trails.dear.push(dear);
        trails.cheap.push(cheap);
        let (mut dear, mut cheap) = (self.tails[dear as usize], self.tails[cheap as usize]);
        while dear != cheap {
            // Positions fall along both paths, so the one further on is followed back.
            if dear > cheap {
                let place = labels.high_in[dear as usize];
                if place == NONE {
                    return;
                }
                trails.dear.push(place);
                dear = self.tails[place as usize];
            } else {
                let place = labels.low_in[cheap as usize];
                trails.cheap.push(place);
                cheap = self.tails[place as usize];
            }
        }
        let cost = &traffic.cost[class];
        let (mut gain, mut slope, mut most) = (0.0, 0.0, f64::INFINITY);
        for place in &trails.dear {
            let link = self.links[*place as usize] as usize;
            gain += cost[link];
            slope += traffic.slope[link];
            most = most.min(self.flow[*place as usize]);
        }
        for place in &trails.cheap {
            let link = self.links[*place as usize] as usize;
            gain -= cost[link];
            slope += traffic.slope[link];
        }
        // Costs may have turned since the paths were found.
        if gain <= 0.0 {
            return;
        }
        let wanted = gain * traffic.stride;
        let mut moved = if wanted >= most * slope {
            most
        } else if slope.is_finite() {
            wanted / slope
        } else {
            self.level(trails, traffic, class, most)
        };
        self.put(&trails.dear, traffic, -moved);
        self.put(&trails.cheap, traffic, moved);
        // A curve that bends can be overshot by far: half of it back, until what is lost on the other side is less.
        for _ in 0..HALVINGS {
            if self.cost(&trails.cheap, traffic) - self.cost(&trails.dear, traffic) <= gain {
                break;
            }
            moved *= 0.5;
            self.put(&trails.cheap, traffic, -moved);
            self.put(&trails.dear, traffic, moved);
        }
    }

    /// What links cost now.
    fn cost(&self, places: &[u32], traffic: &Traffic<'_>) -> f64 {
        let cost = &traffic.cost[self.class as usize];
        places.iter().map(|place| cost[self.links[*place as usize] as usize]).sum()
    }

    /// Lets the number of trips to each destination answer to what they cost: more along the cheapest path while they are
    /// worth it, fewer on the dearest used one while they are not; one step of Newton's method for each. Gives what is lost
    /// by the number of trips as it was.
    pub(super) fn answer(
        &mut self,
        room: &mut Room,
        labels: &mut Labels,
        trails: &mut Trails,
        traffic: &mut Traffic<'_>,
        trips: &mut [(u32, f64)],
        curve: impl Fn(usize) -> Option<Curve>,
    ) -> f64 {
        let class = self.class as usize;
        self.label(labels, &traffic.cost[class]);
        for (position, node) in self.nodes.iter().enumerate() {
            room.position[*node as usize] = position as u32;
        }
        let mut lost = 0.0;
        for (place, (to, volume)) in trips.iter_mut().enumerate() {
            let position = room.position[*to as usize];
            let Some(curve) = curve(place).filter(|_| position != NONE && position != 0) else { continue };
            lost += curve.loss(*volume, labels.low[position as usize]);
            let (worth, fall) = curve.worth(*volume);
            let (cost, slope) = self.path(&mut trails.cheap, &labels.low_in, position, traffic);
            if worth > cost {
                // With more trips the cost only rises, so that not more than these are wanted. Where a curve begins upright
                // Newton's step would be none.
                let most = (curve.wanted(cost) - *volume).max(0.0);
                let newton = (worth - cost) / (slope + fall);
                let more = if slope.is_finite() { newton.min(most) } else { FIRST * most };
                *volume += more;
                self.put(&trails.cheap, traffic, more);
                continue;
            }
            let (cost, slope) = self.path(&mut trails.dear, &labels.high_in, position, traffic);
            if worth < cost && !trails.dear.is_empty() {
                let carried = trails.dear.iter().map(|place| self.flow[*place as usize]).fold(*volume, f64::min);
                let fewer = f64::min((cost - worth) / (slope + fall), *volume - curve.wanted(cost)).clamp(0.0, carried);
                *volume -= fewer;
                self.put(&trails.dear, traffic, -fewer);
            }
        }
        self.nodes.iter().for_each(|node| room.position[*node as usize] = NONE);
        lost
    }

    /// The path back from a position, by the links that enter: fills `places`, and gives what it costs now and its slope.
    /// No path where a node has no such link.
    fn path(&self, places: &mut Vec<u32>, enters: &[u32], mut position: u32, traffic: &Traffic<'_>) -> (f64, f64) {
        places.clear();
        let (mut cost, mut slope) = (0.0, 0.0);
        while position != 0 {
            let place = enters[position as usize];
            if place == NONE {
                places.clear();
                break;
            }
            let link = self.links[place as usize] as usize;
            cost += traffic.cost[self.class as usize][link];
            slope += traffic.slope[link];
            places.push(place);
            position = self.tails[place as usize];
        }
        (cost, slope)
    }

    /// Adds flow to links, or takes it off.
    fn put(&mut self, places: &[u32], traffic: &mut Traffic<'_>, flow: f64) {
        for place in places {
            let at = *place as usize;
            self.flow[at] = (self.flow[at] + flow).max(0.0);
            traffic.add(self.links[at] as usize, flow);
        }
    }

    /// How much to move where Newton's step would be none: at an empty link whose curve begins upright. By halving, to
    /// where both paths cost the same.
    fn level(&self, trails: &Trails, traffic: &Traffic<'_>, class: usize, most: f64) -> f64 {
        let cost = |places: &[u32], change: f64| {
            places
                .iter()
                .map(|place| traffic.cost_with(class, self.links[*place as usize] as usize, change))
                .sum::<f64>()
        };
        let (mut low, mut high) = (0.0, most);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if cost(&trails.dear, -middle) > cost(&trails.cheap, middle) { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}
