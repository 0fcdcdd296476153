//! Dimensions resolved: elements in order, and which element of one dimension stands for which of another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::external::External;
use crate::model::{self, Elements, Name, Span, tidy};

/// An element by its place in the list of all elements. Elements of one name are one, whatever dimensions they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Element(pub(crate) u32);

/// A dimension by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct DimensionId(pub(crate) u32);

/// What a name in brackets can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Dimension(DimensionId),
    Element(Element),
}

/// A dimension with its elements.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    pub(crate) name: Name,
    pub(crate) elements: Vec<Element>,
    places: HashMap<Element, usize>,
    /// For each mapped dimension: the elements there that stand for each of ours.
    mappings: Vec<(DimensionId, Vec<Vec<Element>>)>,
}

impl Dimension {
    pub(crate) fn place(&self, element: Element) -> Option<usize> {
        self.places.get(&element).copied()
    }

    fn mapping_to(&self, to: DimensionId) -> Option<&Vec<Vec<Element>>> {
        self.mappings.iter().find(|(id, _)| *id == to).map(|(_, places)| places)
    }
}

/// All dimensions of a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dimensions {
    list: Vec<Dimension>,
    by_name: HashMap<Name, DimensionId>,
    elements: Vec<(Name, String)>,
    element_by_name: HashMap<Name, Element>,
}

/// More elements than a dimension of any model has.
const MOST: usize = 100_000;

impl Dimensions {
    pub(crate) fn new(model: &model::Model, external: &dyn External, problems: &mut Vec<Diagnostic>) -> Self {
        let written = &model.dimensions;
        let mut found = Self::default();
        // In Vensim a dimension may name others as its parts; in XMILE an element that is called like one is an element.
        let by_name: BTreeMap<&Name, &model::Dimension> = match model.dialect {
            model::Dialect::Vensim => written.iter().map(|d| (&d.name, d)).collect(),
            model::Dialect::Xmile => BTreeMap::new(),
        };
        let mut known = BTreeMap::new();
        for dimension in written {
            let mut open = BTreeSet::new();
            let elements = found.expand(dimension, &by_name, &mut known, &mut open, external, problems);
            let places = elements.iter().enumerate().map(|(place, element)| (*element, place)).collect();
            let id = DimensionId(index(found.list.len()));
            found.by_name.insert(dimension.name.clone(), id);
            found.list.push(Dimension { name: dimension.name.clone(), elements, places, mappings: Vec::new() });
        }
        for dimension in written {
            found.map(dimension, problems);
        }
        found
    }

    fn intern(&mut self, name: &Name, spelling: &str) -> Element {
        if let Some(element) = self.element_by_name.get(name) {
            return *element;
        }
        let element = Element(index(self.elements.len()));
        self.elements.push((name.clone(), spelling.to_owned()));
        self.element_by_name.insert(name.clone(), element);
        element
    }

    /// The elements of a dimension, those of dimensions it names included.
    fn expand(
        &mut self,
        dimension: &model::Dimension,
        written: &BTreeMap<&Name, &model::Dimension>,
        known: &mut BTreeMap<Name, Vec<Element>>,
        open: &mut BTreeSet<Name>,
        external: &dyn External,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Element> {
        if let Some(elements) = known.get(&dimension.name) {
            return elements.clone();
        }
        // A hundred levels are more than anyone writes and less than the stack holds.
        if open.len() > 100 || !open.insert(dimension.name.clone()) {
            problems.push(Diagnostic::error(
                Code::UnknownDimension,
                dimension.span,
                format!("维度「{}」绕回到自身", dimension.spelling),
                format!("dimension `{}` leads back to itself", dimension.spelling),
            ));
            return Vec::new();
        }
        let mut elements = Vec::new();
        for part in &dimension.elements {
            match part {
                Elements::One(name, spelling) => match written.get(name) {
                    Some(other) if *name != dimension.name => {
                        elements.extend(self.expand(other, written, known, open, external, problems));
                    }
                    _ => elements.push(self.intern(name, spelling)),
                },
                Elements::Numbered(stem, first, last) => {
                    for number in *first..=*last {
                        if elements.len() > MOST {
                            break;
                        }
                        let spelling = format!("{stem}{number}");
                        elements.push(self.intern(&Name::new(&spelling), &spelling));
                    }
                }
                Elements::External(arguments, span) => {
                    elements.extend(self.external(dimension, arguments, *span, external, problems));
                }
            }
        }
        let mut seen = BTreeSet::new();
        elements.retain(|element| seen.insert(*element));
        if elements.len() > MOST {
            problems.push(Diagnostic::error(
                Code::TooLarge,
                dimension.span,
                format!("维度「{}」超过 {MOST} 个元素", dimension.spelling),
                format!("dimension `{}` has more than {MOST} elements", dimension.spelling),
            ));
            elements.truncate(MOST);
        }
        open.remove(&dimension.name);
        known.insert(dimension.name.clone(), elements.clone());
        elements
    }

    /// `GET XLS SUBSCRIPT(file, tab, first, last, prefix)`
    fn external(
        &mut self,
        dimension: &model::Dimension,
        arguments: &[String],
        span: Span,
        external: &dyn External,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Element> {
        match crate::external::names(external, arguments) {
            Ok(names) => names.iter().map(|name| self.intern(&Name::new(name), &tidy(name))).collect(),
            Err(reason) => {
                problems.push(reason.diagnostic(span, &dimension.spelling));
                Vec::new()
            }
        }
    }

    fn map(&mut self, dimension: &model::Dimension, problems: &mut Vec<Diagnostic>) {
        let Some(from) = self.by_name.get(&dimension.name).copied() else { return };
        for mapping in &dimension.mappings {
            let Some(to) = self.by_name.get(&mapping.to).copied() else {
                problems.push(Diagnostic::error(
                    Code::UnknownDimension,
                    dimension.span,
                    format!("维度「{}」映射到未定义的「{}」", dimension.spelling, mapping.to),
                    format!("dimension `{}` maps to `{}`, which is not defined", dimension.spelling, mapping.to),
                ));
                continue;
            };
            let places: Vec<Vec<Element>> = if mapping.elements.is_empty() {
                self.get(to).elements.iter().map(|element| vec![*element]).collect()
            } else {
                let group = |name: &Name| match self.subject(name) {
                    Some(Subject::Element(element)) => vec![element],
                    Some(Subject::Dimension(group)) => self.get(group).elements.clone(),
                    None => Vec::new(),
                };
                mapping.elements.iter().map(group).collect()
            };
            if let Some(dimension) = self.list.get_mut(from.0 as usize) {
                dimension.mappings.push((to, places));
            }
        }
    }

    /// A dimension without a name for a list of elements; the same list gives the same one.
    pub(crate) fn of(&mut self, elements: Vec<Element>) -> DimensionId {
        if let Some(at) = self.list.iter().position(|d| d.elements == elements) {
            return DimensionId(index(at));
        }
        let places = elements.iter().enumerate().map(|(place, element)| (*element, place)).collect();
        let id = DimensionId(index(self.list.len()));
        self.list.push(Dimension { name: Name::new(""), elements, places, mappings: Vec::new() });
        id
    }

    pub(crate) fn get(&self, id: DimensionId) -> &Dimension {
        static NONE: std::sync::LazyLock<Dimension> = std::sync::LazyLock::new(|| Dimension {
            name: Name::new(""),
            elements: Vec::new(),
            places: HashMap::new(),
            mappings: Vec::new(),
        });
        self.list.get(id.0 as usize).unwrap_or(&NONE)
    }

    pub(crate) fn find(&self, name: &Name) -> Option<DimensionId> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn element(&self, name: &Name) -> Option<Element> {
        self.element_by_name.get(name).copied()
    }

    /// What a name in brackets is; a dimension goes before an element of the same name.
    pub(crate) fn subject(&self, name: &Name) -> Option<Subject> {
        let dimension = self.find(name).map(Subject::Dimension);
        dimension.or_else(|| self.element(name).map(Subject::Element)).or_else(|| {
            // XMILE: `dimension.element`.
            let (dimension, element) = name.split()?;
            let (dimension, element) = (self.find(&dimension)?, self.element(&element)?);
            self.get(dimension).place(element).map(|_| Subject::Element(element))
        })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        self.by_name.keys().chain(self.element_by_name.keys())
    }

    /// As the author spells an element.
    pub(crate) fn spelling(&self, element: Element) -> &str {
        self.elements.get(element.0 as usize).map_or("", |(_, spelling)| spelling)
    }

    /// The element of `wanted` that is meant while `element` of `bound` is being defined: by a mapping between the
    /// two, because the element is in both, or by a mapping of a dimension that holds the element.
    pub(crate) fn carried(&self, bound: DimensionId, element: Element, wanted: DimensionId) -> Option<Element> {
        if bound == wanted {
            return Some(element);
        }
        let mapped = self.mapped(bound, element, wanted);
        let shared = || self.get(wanted).place(element).map(|_| element);
        let held = || {
            let holders = (0..self.list.len()).map(|at| DimensionId(index(at)));
            holders.filter(|id| self.get(*id).place(element).is_some()).find_map(|id| self.mapped(id, element, wanted))
        };
        mapped.or_else(shared).or_else(held)
    }

    fn mapped(&self, bound: DimensionId, element: Element, wanted: DimensionId) -> Option<Element> {
        let (from, to) = (self.get(wanted), self.get(bound));
        let backward =
            from.mapping_to(bound).and_then(|places| places.iter().position(|group| group.contains(&element)));
        if let Some(place) = backward {
            return from.elements.get(place).copied();
        }
        let place = to.place(element)?;
        to.mapping_to(wanted)?.get(place)?.first().copied()
    }

    /// The largest dimension that holds an element; of equal ones the first written.
    pub(crate) fn largest_with(&self, element: Element) -> Option<DimensionId> {
        let fitting =
            self.list.iter().enumerate().filter(|(_, d)| d.place(element).is_some() && !d.name.as_str().is_empty());
        fitting.max_by_key(|(at, d)| (d.elements.len(), std::cmp::Reverse(*at))).map(|(at, _)| DimensionId(index(at)))
    }

    /// The smallest dimension that holds all these elements; of equal ones the first written.
    pub(crate) fn covering(&self, elements: &BTreeSet<Element>) -> Option<DimensionId> {
        let holds = |d: &Dimension| elements.iter().all(|e| d.place(*e).is_some());
        let fitting = self.list.iter().enumerate().filter(|(_, d)| d.elements.len() >= elements.len() && holds(d));
        fitting.min_by_key(|(at, d)| (d.elements.len(), *at)).map(|(at, _)| DimensionId(index(at)))
    }
}

/// Lists are bounded far below 2^32.
pub(crate) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
