//! Values that are known before a run, at the first moment and with the parameters that the model gives.

use std::collections::HashMap;

use super::graph::{Node, NodeId};
use super::lower::Lowering;
use crate::operation::{call, one, three, two};

impl Lowering<'_> {
    /// The value of a node, or nothing where it takes a run to know it.
    pub(crate) fn evaluate(&self, wanted: NodeId) -> Option<f64> {
        let mut known: HashMap<NodeId, f64> = HashMap::new();
        let mut stack = vec![wanted];
        while let Some(id) = stack.last().copied() {
            if known.contains_key(&id) {
                stack.pop();
                continue;
            }
            let operands = self.graph.operands(id);
            let lacking: Vec<NodeId> = operands.as_slice().iter().copied().filter(|o| !known.contains_key(o)).collect();
            if !lacking.is_empty() {
                stack.extend(lacking);
                continue;
            }
            let value = |operand: NodeId| known.get(&operand).copied().unwrap_or(f64::NAN);
            let found = match self.graph.node(id) {
                Node::Number(bits) => f64::from_bits(bits),
                Node::Parameter(place) => self.parameters.get(place as usize)?.value,
                Node::One(operation, a) => one(operation, value(a)),
                Node::Two(operation, a, b) => two(operation, value(a), value(b)),
                Node::Three(operation, a, b, c) => three(operation, value(a), value(b), value(c)),
                Node::Read(curve, reading, a) => self.graph.curves().get(curve as usize)?.read(reading, value(a)),
                Node::Result(place, result) => {
                    let (kind, operands) = self.graph.calls().get(place as usize)?;
                    let values: Vec<f64> = operands.iter().map(|operand| value(*operand)).collect();
                    let mut results = vec![0.0; kind.results(values.len())];
                    call(*kind, &values, 0, 0, &mut results);
                    *results.get(result as usize)?
                }
                Node::Time => self.moments.start,
                Node::State(_) | Node::Held(_) => return None,
            };
            known.insert(id, found);
            stack.pop();
        }
        known.get(&wanted).copied()
    }
}
