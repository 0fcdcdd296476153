//! Values as a graph: every value once, whoever asks for it, with arithmetic on plain numbers done at once.

use std::collections::HashMap;

use super::dimensions::index;
use crate::operation::{Call, Curve, One, Reading, Three, Two, one, two};

/// A value of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) u32);

/// How a value comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// A number, by its bits: equal numbers are one node, and -0 is not 0.
    Number(u64),
    /// A constant of the model that a run may be given another value for.
    Parameter(u32),
    /// The moment.
    Time,
    /// What a state holds at the beginning of the step.
    State(u32),
    /// A value of the first moment, kept.
    Held(u32),
    One(One, NodeId),
    Two(Two, NodeId, NodeId),
    Three(Three, NodeId, NodeId, NodeId),
    /// A graphical function, by its place, at a value.
    Read(u32, Reading, NodeId),
    /// One of the results of a call with any number of operands.
    Result(u32, u32),
}

/// How often a value changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// The same all through a run.
    Constant,
    /// Known once the first moment is.
    Held,
    /// Another at every moment.
    Moment,
}

/// All values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    paces: Vec<Pace>,
    known: HashMap<Node, NodeId>,
    curves: Vec<Curve>,
    known_curves: HashMap<Vec<u64>, u32>,
    calls: Vec<(Call, Vec<NodeId>)>,
    known_calls: HashMap<(Call, Vec<NodeId>), u32>,
}

impl Graph {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Node::Number(0))
    }

    pub(crate) fn pace(&self, id: NodeId) -> Pace {
        self.paces.get(id.0 as usize).copied().unwrap_or(Pace::Constant)
    }

    /// Whether a value is not worked out from others: numbers, parameters, time, and what states hold.
    pub(crate) fn is_given(&self, id: NodeId) -> bool {
        matches!(self.node(id), Node::Number(_) | Node::Parameter(_) | Node::Time | Node::State(_) | Node::Held(_))
    }

    pub(crate) fn calls(&self) -> &[(Call, Vec<NodeId>)] {
        &self.calls
    }

    fn add(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let pace = match node {
            Node::Number(_) | Node::Parameter(_) => Pace::Constant,
            Node::Held(_) => Pace::Held,
            Node::Time | Node::State(_) => Pace::Moment,
            Node::One(_, a) | Node::Read(_, _, a) => self.pace(a),
            Node::Two(_, a, b) => self.pace(a).max(self.pace(b)),
            Node::Three(_, a, b, c) => self.pace(a).max(self.pace(b)).max(self.pace(c)),
            Node::Result(call, _) => match self.calls.get(call as usize) {
                Some((kind, _)) if kind.is_random() => Pace::Moment,
                Some((_, operands)) => operands.iter().map(|id| self.pace(*id)).max().unwrap_or(Pace::Constant),
                None => Pace::Constant,
            },
        };
        let id = NodeId(index(self.nodes.len()));
        self.nodes.push(node);
        self.paces.push(pace);
        self.known.insert(node, id);
        id
    }

    /// The node of this kind, if it exists.
    pub(crate) fn find(&self, node: Node) -> Option<NodeId> {
        self.known.get(&node).copied()
    }

    pub(crate) fn number(&mut self, value: f64) -> NodeId {
        self.add(Node::Number(value.to_bits()))
    }

    pub(crate) fn as_number(&self, id: NodeId) -> Option<f64> {
        match self.node(id) {
            Node::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    pub(crate) fn parameter(&mut self, place: u32) -> NodeId {
        self.add(Node::Parameter(place))
    }

    pub(crate) fn time(&mut self) -> NodeId {
        self.add(Node::Time)
    }

    pub(crate) fn state(&mut self, place: u32) -> NodeId {
        self.add(Node::State(place))
    }

    pub(crate) fn held(&mut self, place: u32) -> NodeId {
        self.add(Node::Held(place))
    }

    pub(crate) fn one(&mut self, operation: One, a: NodeId) -> NodeId {
        match self.as_number(a) {
            Some(value) => self.number(one(operation, value)),
            None => self.add(Node::One(operation, a)),
        }
    }

    pub(crate) fn two(&mut self, operation: Two, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (self.as_number(a), self.as_number(b));
        if let (Some(x), Some(y)) = (x, y) {
            return self.number(two(operation, x, y));
        }
        // Only what changes no bit of any result: x·1, 1·x, x/1.
        match operation {
            Two::Multiply if y == Some(1.0) => a,
            Two::Multiply if x == Some(1.0) => b,
            Two::Divide if y == Some(1.0) => a,
            _ => self.add(Node::Two(operation, a, b)),
        }
    }

    pub(crate) fn three(&mut self, operation: Three, a: NodeId, b: NodeId, c: NodeId) -> NodeId {
        if operation == Three::Select
            && let Some(condition) = self.as_number(a)
        {
            return if condition != 0.0 { b } else { c };
        }
        self.add(Node::Three(operation, a, b, c))
    }

    pub(crate) fn read(&mut self, curve: Curve, reading: Reading, at: NodeId) -> NodeId {
        let known = self.known_curves.get(&curve.key()).copied();
        let place = known.unwrap_or_else(|| {
            let place = index(self.curves.len());
            self.known_curves.insert(curve.key(), place);
            self.curves.push(curve);
            place
        });
        match (self.as_number(at), self.curves.get(place as usize)) {
            (Some(x), Some(curve)) => {
                let value = curve.read(reading, x);
                self.number(value)
            }
            _ => self.add(Node::Read(place, reading, at)),
        }
    }

    pub(crate) fn curves(&self) -> &[Curve] {
        &self.curves
    }

    pub(crate) fn call(&mut self, call: Call, operands: Vec<NodeId>, result: usize) -> NodeId {
        let key = (call, operands);
        let place = match self.known_calls.get(&key) {
            Some(place) => *place,
            None => {
                let place = index(self.calls.len());
                self.calls.push(key.clone());
                self.known_calls.insert(key, place);
                place
            }
        };
        self.add(Node::Result(place, index(result)))
    }

    /// The values that a value is made of.
    pub(crate) fn operands(&self, id: NodeId) -> Operands<'_> {
        match self.node(id) {
            Node::One(_, a) | Node::Read(_, _, a) => Operands::Few([a, a, a], 1),
            Node::Two(_, a, b) => Operands::Few([a, b, b], 2),
            Node::Three(_, a, b, c) => Operands::Few([a, b, c], 3),
            Node::Result(call, _) => Operands::Many(self.calls.get(call as usize).map_or(&[], |(_, list)| list)),
            _ => Operands::Few([id; 3], 0),
        }
    }
}

/// The values that a value is made of, without a list on the heap for the common ones.
pub(crate) enum Operands<'a> {
    Few([NodeId; 3], usize),
    Many(&'a [NodeId]),
}

impl Operands<'_> {
    pub(crate) fn as_slice(&self) -> &[NodeId] {
        match self {
            Self::Few(list, length) => list.get(..*length).unwrap_or_default(),
            Self::Many(list) => list,
        }
    }
}
