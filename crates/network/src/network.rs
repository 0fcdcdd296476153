//! Nodes and links, laid out for going along them fast.

use crate::delay::Delay;
use crate::types::{Shape, Types};

/// One link as a file gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Node it leaves, from 0.
    pub from: u32,
    /// Node it leads to, from 0.
    pub to: u32,
    /// Flow in the period at which congestion sets in, in the unit of the demand.
    pub capacity: f64,
    /// In the unit of the file.
    pub length: f64,
    /// Minutes, or the file's unit of time, when empty; infinite where the link is closed.
    pub free_flow_time: f64,
    /// Of the BPR curve.
    pub b: f64,
    /// Of the BPR curve.
    pub power: f64,
    /// In the file's unit of money.
    pub toll: f64,
}

impl Link {
    /// Whether anything can go along it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.free_flow_time.is_finite()
    }

    /// The BPR curve of the link.
    #[must_use]
    pub fn delay(&self) -> Delay<'static> {
        Delay::bpr(self.free_flow_time, self.b, self.capacity, self.power)
    }
}

/// A network. Links are in the order of the nodes they leave, those of one node in the order of the file.
#[derive(Clone, Debug)]
pub struct Network {
    /// Zones are the first nodes.
    pub zones: usize,
    pub(crate) nodes: usize,
    /// Nodes below this one are where trips begin and end, and nothing passes through them.
    pub(crate) first_through: usize,
    pub(crate) links: Vec<Link>,
    /// For each link its place in the file.
    pub(crate) places: Vec<usize>,
    pub(crate) head: Vec<u32>,
    /// Links leaving node n: `out[n]..out[n + 1]`.
    pub(crate) out: Vec<u32>,
    pub(crate) types: Types,
}

impl Network {
    /// `first_through` counts from 0: 0 lets everything pass everywhere. Links to nodes beyond `nodes` are left out.
    #[must_use]
    pub fn new(zones: usize, nodes: usize, first_through: usize, links: &[Link]) -> Self {
        let inside = |link: &Link| (link.from as usize) < nodes && (link.to as usize) < nodes;
        let mut placed: Vec<(usize, Link)> =
            links.iter().copied().enumerate().filter(|(_, link)| inside(link)).collect();
        placed.sort_by_key(|(_, link)| link.from);
        let mut out = vec![0_u32; nodes + 1];
        for (_, link) in &placed {
            if let Some(count) = out.get_mut(link.from as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut out {
            sum += *count;
            *count = sum;
        }
        Self {
            zones: zones.min(nodes),
            nodes,
            first_through,
            places: placed.iter().map(|(place, _)| *place).collect(),
            head: placed.iter().map(|(_, link)| link.to).collect(),
            links: placed.into_iter().map(|(_, link)| link).collect(),
            out,
            types: Types::default(),
        }
    }

    /// The same with the types of links as their file has them.
    #[must_use]
    pub fn with_types(self, types: Types) -> Self {
        Self { types, ..self }
    }

    /// The same nodes and links with other capacities, times and tolls. Links whose free-flow time is infinite are closed.
    /// `None` where the links are not those of this network.
    #[must_use]
    pub fn with(&self, links: Vec<Link>) -> Option<Self> {
        let same = |(old, new): (&Link, &Link)| (old.from, old.to) == (new.from, new.to);
        let fits = links.len() == self.links.len() && self.links.iter().zip(&links).all(same);
        fits.then(|| Self { links, ..self.clone() })
    }

    /// Links in the network's own order.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The delay of each link: the curve of its type where there is one, or its BPR curve.
    #[must_use]
    pub fn delays(&self) -> Vec<Delay<'_>> {
        let delay = |(link, place): (&Link, &usize)| match self.types.shape(*place) {
            Some(Shape::Points(curve)) => Delay::points(link.free_flow_time, curve, link.capacity),
            Some(Shape::Conical(alpha)) => Delay::conical(link.free_flow_time, *alpha, link.capacity),
            None => link.delay(),
        };
        self.links.iter().zip(&self.places).map(delay).collect()
    }

    /// For each link its place in the file, from 0.
    #[must_use]
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// Whether trips from `origin` may leave a node: their own, or one that is not only for beginnings and ends.
    #[inline]
    pub(crate) fn passes(&self, node: usize, origin: usize) -> bool {
        node >= self.first_through || node == origin
    }
}
