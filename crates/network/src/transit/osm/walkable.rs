//! Where one may walk, by the tags of a way.
//!
//! The rules are those of Conveyal's R5 (`StreetLayer.isWayRoutable`, `TraversalPermissionLabeler` and its
//! `USTraversalPermissionLabeler`, MIT licence), restated: r5r users see the same streets. Not taken over: `oneway:foot`.

const FOR_WALKERS: [&str; 8] =
    ["pedestrian", "path", "bridleway", "cycleway", "footway", "steps", "platform", "corridor"];
const NO_WAYS: [&str; 3] = ["services", "rest_area", "raceway"];
const NOT_YET_OR_NO_MORE: [&str; 6] = ["construction", "abandoned", "removed", "proposed", "propossed", "unbuilt"];
const YES: [&str; 11] =
    ["yes", "1", "true", "official", "unknown", "public", "permissive", "designated", "lane", "track", "crossing"];
const NO: [&str; 18] = [
    "no",
    "0",
    "false",
    "license",
    "restricted",
    "prohibited",
    "emergency",
    "use_sidepath",
    "dismount",
    // Open to some only: nobody else may pass.
    "destination",
    "customers",
    "customer",
    "delivery",
    "forestry",
    "agricultural",
    "residents",
    "resident",
    "private",
];

/// Keys that are looked at.
pub(super) const KEYS: [&str; 10] = [
    "highway",
    "foot",
    "access",
    "sidewalk",
    "railway",
    "public_transport",
    "usage",
    "construction",
    "proposed",
    "cycleway",
];

/// Whether one may walk along a way with these tags; values in the order of [`KEYS`].
pub(super) fn walkable(tags: [Option<&str>; KEYS.len()]) -> bool {
    let [highway, foot, access, sidewalk, railway, public_transport, usage, construction, proposed, cycleway] = tags;
    let platform = public_transport == Some("platform") || (railway == Some("platform") && usage != Some("tourism"));
    if highway.is_none_or(|kind| NO_WAYS.contains(&kind)) && !platform {
        return false;
    }
    let exists = |kind: Option<&str>| !kind.is_some_and(|kind| NOT_YET_OR_NO_MORE.contains(&kind));
    if construction.is_some() || proposed.is_some() || !exists(highway) || !exists(cycleway) {
        return false;
    }
    // A pavement says yes where the way itself says nothing, or no.
    if matches!(sidewalk.map(str::to_lowercase).as_deref(), Some("both" | "left" | "right")) {
        return true;
    }
    let kind = highway.map(|kind| kind.trim().to_lowercase());
    let usual = match kind.as_deref() {
        Some("motorway" | "motorway_link") => Some(false),
        None => Some(true),
        // Ways for walkers are open to them even where `access` closes them to others; roads follow `access`.
        Some(kind) => FOR_WALKERS.contains(&kind).then_some(true),
    };
    foot.and_then(label).or(usual).or_else(|| access.and_then(label)).unwrap_or(true)
}

fn label(value: &str) -> Option<bool> {
    let value = value.split(';').next().unwrap_or_default().trim().to_lowercase();
    if YES.contains(&value.as_str()) {
        Some(true)
    } else if NO.contains(&value.as_str()) {
        Some(false)
    } else {
        None
    }
}
