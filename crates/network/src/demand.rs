//! Trips between zones.

/// Trips by the zone they begin in. Zones are nodes, numbered from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    start: Vec<usize>,
    destinations: Vec<u32>,
    volumes: Vec<f64>,
}

impl Demand {
    /// From triples of origin, destination and volume. Trips within a zone use no link and are left out, as are those of
    /// volume 0; several between the same zones add up.
    #[must_use]
    pub fn new(zones: usize, mut trips: Vec<(u32, u32, f64)>) -> Self {
        trips.retain(|(from, to, volume)| from != to && *volume > 0.0);
        trips.sort_by_key(|(from, to, _)| (*from, *to));
        trips.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut start = vec![0; zones + 1];
        for (from, ..) in &trips {
            if let Some(count) = start.get_mut(*from as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut start {
            sum += *count;
            *count = sum;
        }
        Self {
            start,
            destinations: trips.iter().map(|trip| trip.1).collect(),
            volumes: trips.iter().map(|trip| trip.2).collect(),
        }
    }

    /// Number of zones.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Destinations and volumes of the trips that begin in a zone.
    pub fn from(&self, origin: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = match (self.start.get(origin), self.start.get(origin + 1)) {
            (Some(begin), Some(end)) => *begin..*end,
            _ => 0..0,
        };
        let destinations = self.destinations.get(range.clone()).unwrap_or_default();
        let volumes = self.volumes.get(range).unwrap_or_default();
        destinations.iter().copied().zip(volumes.iter().copied())
    }

    /// All trips together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.volumes.iter().sum()
    }

    /// Volumes of all pairs, by origin, then destination.
    #[must_use]
    pub fn volumes(&self) -> &[f64] {
        &self.volumes
    }

    /// The place of the first pair of a zone in [`Demand::volumes`].
    pub(crate) fn first(&self, origin: usize) -> usize {
        self.start.get(origin).copied().unwrap_or(self.volumes.len())
    }

    /// The same pairs with other volumes, one for each.
    pub(crate) fn with(&self, volumes: Vec<f64>) -> Self {
        Self { volumes, ..self.clone() }
    }

    /// Every volume times a number.
    #[must_use]
    pub fn scaled(&self, by: f64) -> Self {
        Self { volumes: self.volumes.iter().map(|volume| volume * by).collect(), ..self.clone() }
    }
}
