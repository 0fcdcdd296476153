//! Which places are within a walk of a place: along streets, or straight.
#![expect(clippy::indexing_slicing, reason = "places and nodes are numbered below the lengths of their lists")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::metres;
use super::streets::{Joint, Streets};

/// Places among which one walks. Lengths are millimetres.
pub(super) enum Near {
    Streets(Joined),
    Straight(Vec<(f64, f64)>),
}

/// What a search needs again and again.
#[derive(Default)]
pub(super) struct Search {
    so_far: Vec<u32>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Near {
    /// Places that differ, in the order of their latitudes.
    pub(super) fn new(streets: Option<&Streets>, places: &[(f64, f64)]) -> Self {
        streets.map_or_else(|| Self::Straight(places.to_vec()), |streets| Self::Streets(Joined::new(streets, places)))
    }

    /// Whether one can get away from a place at all.
    pub(super) fn is_joined(&self, place: usize) -> bool {
        match self {
            Self::Streets(joined) => joined.joints[place].is_some(),
            Self::Straight(_) => true,
        }
    }

    /// Places within a length of one place, itself at 0, in their order.
    pub(super) fn from(&self, place: usize, most: u32, search: &mut Search) -> Vec<(u32, u32)> {
        let mut found = match self {
            Self::Streets(joined) => joined.from(place, most, search),
            Self::Straight(places) => straight(places, place, most),
        };
        found.sort_unstable();
        found
    }
}

fn straight(places: &[(f64, f64)], place: usize, most: u32) -> Vec<(u32, u32)> {
    // A little less than there are, so that the band is never too narrow.
    const METRES_OF_A_DEGREE: f64 = 111_000.0;
    let at = places[place];
    let band = f64::from(most) / 1_000.0 / METRES_OF_A_DEGREE;
    let begin = places.partition_point(|other| other.1 < at.1 - band);
    let inside = places[begin..].iter().take_while(|other| other.1 <= at.1 + band).enumerate();
    let length = |other: (f64, f64)| (1_000.0 * metres(at, other)).round() as u32;
    let walks = inside.map(|(place, other)| ((begin + place) as u32, length(*other)));
    walks.filter(|(_, length)| *length <= most).collect()
}

/// Streets with a node wherever a place joins them. Places come after the streets' own nodes.
pub(super) struct Joined {
    joints: Vec<Option<Joint>>,
    streets: usize,
    /// Edges leaving node n: `out[n]..out[n + 1]`.
    out: Vec<u32>,
    /// Where an edge leads, and its length.
    edges: Vec<(u32, u32)>,
}

impl Joined {
    fn new(streets: &Streets, places: &[(f64, f64)]) -> Self {
        let joints: Vec<Option<Joint>> = places.par_iter().map(|place| streets.join(*place)).collect();
        let nodes = streets.nodes();
        let mut on_segments: Vec<(u32, u32, u32)> = Vec::new();
        for (place, joint) in joints.iter().enumerate() {
            on_segments.extend(joint.map(|joint| (joint.segment, joint.along, (nodes + place) as u32)));
        }
        on_segments.sort_unstable();
        // Each segment is cut where places join it, in their order along it; so two places on one segment are no case of their
        // own, and a place off the street is never walked through.
        let mut edges = Vec::new();
        let mut joined = on_segments.as_slice();
        for number in 0..streets.segments() as u32 {
            let Some((from, to, length)) = streets.segment(number) else { continue };
            let (mut last, mut walked) = (from, 0);
            while let Some(((_, along, node), rest)) = joined.split_first().filter(|(first, _)| first.0 == number) {
                edges.push((last, *node, along - walked));
                (last, walked, joined) = (*node, *along, rest);
            }
            edges.push((last, to, length - walked));
        }
        let mut out = vec![0_u32; nodes + places.len() + 1];
        for (from, to, _) in &edges {
            out[*from as usize + 1] += 1;
            out[*to as usize + 1] += 1;
        }
        for node in 1..out.len() {
            out[node] += out[node - 1];
        }
        let mut next = out.clone();
        let mut both = vec![(0, 0); 2 * edges.len()];
        for (from, to, length) in edges {
            for (from, to) in [(from, to), (to, from)] {
                both[next[from as usize] as usize] = (to, length);
                next[from as usize] += 1;
            }
        }
        Self { joints, streets: nodes, out, edges: both }
    }

    /// Dijkstra's algorithm, up to a length.
    fn from(&self, place: usize, most: u32, search: &mut Search) -> Vec<(u32, u32)> {
        let mut found = vec![(place as u32, 0)];
        let Some(joint) = self.joints[place].filter(|joint| joint.off <= most) else { return found };
        let Search { so_far, touched, heap } = search;
        so_far.resize(self.out.len(), u32::MAX);
        let root = (self.streets + place) as u32;
        so_far[root as usize] = joint.off;
        touched.push(root);
        heap.push(Reverse((joint.off, root)));
        while let Some(Reverse((length, node))) = heap.pop() {
            if length > so_far[node as usize] {
                continue;
            }
            // Lengths are at most that of the longest walk and one segment: their sums stay far below the limit.
            if let Some(other) = (node as usize).checked_sub(self.streets).filter(|other| *other != place) {
                let whole = length + self.joints[other].map_or(u32::MAX / 2, |joint| joint.off);
                if whole <= most {
                    found.push((other as u32, whole));
                }
            }
            for (to, edge) in &self.edges[self.out[node as usize] as usize..self.out[node as usize + 1] as usize] {
                let through = length + edge;
                if through < so_far[*to as usize] && through <= most {
                    if so_far[*to as usize] == u32::MAX {
                        touched.push(*to);
                    }
                    so_far[*to as usize] = through;
                    heap.push(Reverse((through, *to)));
                }
            }
        }
        touched.drain(..).for_each(|node| so_far[node as usize] = u32::MAX);
        found
    }
}
