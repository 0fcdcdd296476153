//! Streets for walking: segments between nodes, and which of them is nearest to a place.
#![expect(clippy::indexing_slicing, reason = "nodes and segments are numbered below the lengths of their lists")]

use super::metres;

/// A part of the streets that is joined to no other counts when it has so many crossings and ends, as in R5
/// (`StreetLayer.MIN_SUBGRAPH_SIZE`): smaller ones are mostly slips of the map, and a place beside them would reach nothing.
const LEAST_PART: usize = 40;
/// How far a place may be from its street, in metres; as in R5 (`StreetLayer.LINK_RADIUS_METERS`).
const NEAR: f64 = 1_600.0;
/// Side of the squares in which segments are looked up, in degrees.
const SQUARE: f64 = 0.002;
/// No street goes further between two nodes, in metres; one that does is a slip of the map.
const LONGEST: f64 = 20_000.0;
/// Beyond this latitude nobody looks for a street.
const FAR_NORTH: f64 = 85.0;

/// Streets. A segment is walked in both directions.
#[derive(Clone, Debug, Default)]
pub struct Streets {
    places: Vec<(f64, f64)>,
    /// From, to, and the length in millimetres.
    segments: Vec<(u32, u32, u32)>,
    /// Squares that a segment goes through, in their order.
    squares: Vec<((i32, i32), u32)>,
}

/// Where a place joins the streets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joint {
    /// The segment.
    pub segment: u32,
    /// Millimetres from where the segment begins.
    pub along: u32,
    /// Millimetres from the place straight to the street.
    pub off: u32,
}

impl Streets {
    /// Nodes with their places in degrees, and segments between them by number. Segments to nodes without a place, and
    /// small parts that are joined to no other, are left out; the largest part is always kept.
    #[must_use]
    pub fn new(places: &[Option<(f64, f64)>], segments: &[(u32, u32)]) -> Self {
        let on_earth = |at: &(f64, f64)| at.0.abs() <= 180.0 && at.1.abs() <= FAR_NORTH;
        let place = |node: u32| places.get(node as usize).copied().flatten().filter(on_earth);
        let length = |(a, b): &(u32, u32)| {
            let (from, to) = (place(*a)?, place(*b)?);
            let length = metres(from, to);
            // A street across the 180th meridian would go through all squares of its latitude.
            let short = a != b && length <= LONGEST && (from.0 - to.0).abs() < 3.0;
            short.then_some((*a, *b, (1_000.0 * length).round() as u32))
        };
        let segments: Vec<(u32, u32, u32)> = segments.iter().filter_map(length).collect();
        let kept = large_parts(places.len(), &segments);
        let segments: Vec<_> = segments.into_iter().filter(|(from, ..)| kept[*from as usize]).collect();
        let places: Vec<(f64, f64)> = places.iter().map(|place| place.unwrap_or_default()).collect();
        let mut squares = Vec::new();
        for (number, (from, to, _)) in segments.iter().enumerate() {
            let (a, b) = (places[*from as usize], places[*to as usize]);
            let pieces = 1.0 + ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / SQUARE).ceil();
            let at = |piece: f64| square((a.0 + (b.0 - a.0) * piece / pieces, a.1 + (b.1 - a.1) * piece / pieces));
            for piece in 0..pieces as usize {
                let (one, other) = (at(piece as f64), at(piece as f64 + 1.0));
                for row in one.0.min(other.0)..=one.0.max(other.0) {
                    for column in one.1.min(other.1)..=one.1.max(other.1) {
                        squares.push(((row, column), number as u32));
                    }
                }
            }
        }
        squares.sort_unstable();
        squares.dedup();
        Self { places, segments, squares }
    }

    /// Number of segments.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// Number of nodes, also those without segments.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.places.len()
    }

    /// From, to, and the length in millimetres.
    #[must_use]
    pub fn segment(&self, number: u32) -> Option<(u32, u32, u32)> {
        self.segments.get(number as usize).copied()
    }

    /// The nearest point of the nearest street; none where there is none within 1,600 m.
    #[must_use]
    pub fn join(&self, place: (f64, f64)) -> Option<Joint> {
        if place.1.abs() > FAR_NORTH {
            return None;
        }
        let (row, column) = square(place);
        // Metres of a degree, around the place.
        let scale = (metres((place.0 - 0.5, place.1), (place.0 + 0.5, place.1)), metres((0.0, 0.0), (0.0, 1.0)));
        let side = SQUARE * scale.0.min(scale.1);
        let mut best: Option<(f64, u32, f64)> = None;
        for ring in 0.. {
            // Squares of this ring are at least so far.
            let least = f64::from(ring - 1) * side;
            if least > best.map_or(NEAR, |(distance, ..)| distance.min(NEAR)) {
                break;
            }
            for row_of_ring in row - ring..=row + ring {
                // The first and last row whole, of the others both ends.
                let step = if (row_of_ring - row).abs() == ring { 1 } else { 2 * ring as usize };
                for column_of_ring in (column - ring..=column + ring).step_by(step) {
                    let key = (row_of_ring, column_of_ring);
                    let begin = self.squares.partition_point(|(square, _)| *square < key);
                    for (_, number) in self.squares[begin..].iter().take_while(|(square, _)| *square == key) {
                        let (distance, part) = self.distance(*number, place, scale);
                        if best.is_none_or(|(least, first, _)| (distance, *number) < (least, first)) {
                            best = Some((distance, *number, part));
                        }
                    }
                }
            }
        }
        let (distance, number, part) = best.filter(|(distance, ..)| *distance <= NEAR)?;
        let length = self.segments[number as usize].2;
        let millimetres = |value: f64| value.round() as u32;
        Some(Joint {
            segment: number,
            along: millimetres(part * f64::from(length)).min(length),
            off: millimetres(1_000.0 * distance),
        })
    }

    /// Metres from a place to a segment, and which part of the segment comes before the nearest point. A few kilometres of
    /// the earth are taken as flat.
    fn distance(&self, number: u32, place: (f64, f64), scale: (f64, f64)) -> (f64, f64) {
        let (from, to, _) = self.segments[number as usize];
        let flat = |node: u32| {
            let at = self.places[node as usize];
            ((at.0 - place.0) * scale.0, (at.1 - place.1) * scale.1)
        };
        let (a, b) = (flat(from), flat(to));
        let (x, y) = (b.0 - a.0, b.1 - a.1);
        let square = x * x + y * y;
        let part = if square > 0.0 { (-(a.0 * x + a.1 * y) / square).clamp(0.0, 1.0) } else { 0.0 };
        let (x, y) = (a.0 + part * x, a.1 + part * y);
        (libm::sqrt(x * x + y * y), part)
    }
}

fn square(place: (f64, f64)) -> (i32, i32) {
    ((place.1 / SQUARE).floor() as i32, (place.0 / SQUARE).floor() as i32)
}

/// For each node whether its part of the streets is large enough.
fn large_parts(nodes: usize, segments: &[(u32, u32, u32)]) -> Vec<bool> {
    let mut parent: Vec<u32> = (0..nodes as u32).collect();
    let mut degree = vec![0_u32; nodes];
    fn root(parent: &mut [u32], mut node: u32) -> u32 {
        while parent[node as usize] != node {
            parent[node as usize] = parent[parent[node as usize] as usize];
            node = parent[node as usize];
        }
        node
    }
    for (from, to, _) in segments {
        degree[*from as usize] += 1;
        degree[*to as usize] += 1;
        let (a, b) = (root(&mut parent, *from), root(&mut parent, *to));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut crossings = vec![0_usize; nodes];
    let roots: Vec<u32> = (0..nodes as u32).map(|node| root(&mut parent, node)).collect();
    for (root, degree) in roots.iter().zip(&degree).filter(|(_, degree)| **degree > 0) {
        crossings[*root as usize] += usize::from(*degree != 2);
    }
    // A ring has neither crossings nor ends; the first of the largest parts is kept.
    let used = |(root, _): &(usize, &usize)| degree[*root] > 0;
    let largest =
        crossings.iter().enumerate().filter(used).max_by_key(|(root, count)| (**count, std::cmp::Reverse(*root)));
    let largest = largest.map(|(root, _)| root);
    roots.iter().map(|root| crossings[*root as usize] >= LEAST_PART || Some(*root as usize) == largest).collect()
}
