//! Streets: files made here byte by byte, distances worked out by hand on a grid at the equator.

use lantu_network::diagnostic::{Code, Severity};
use lantu_network::transit::osm;
use lantu_network::transit::streets::Streets;
use lantu_network::transit::timetable::Timetable;
use lantu_network::transit::walks::{Walking, Walks};
use miniz_oxide::deflate::compress_to_vec_zlib;

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

fn packed(values: impl IntoIterator<Item = u64>) -> Vec<u8> {
    values.into_iter().flat_map(varint).collect()
}

/// Differences of signed numbers, the sign in the last bit.
fn deltas(values: &[i64]) -> Vec<u8> {
    let mut before = 0;
    packed(values.iter().map(|value| {
        let step = value - before;
        before = *value;
        ((step << 1) ^ (step >> 63)) as u64
    }))
}

fn block(kind: &str, blob: &[u8]) -> Vec<u8> {
    let head = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [(head.len() as u32).to_be_bytes().to_vec(), head, blob.to_vec()].concat()
}

fn zipped(data: &[u8]) -> Vec<u8> {
    [number(2, data.len() as u64), bytes(3, &compress_to_vec_zlib(data, 6))].concat()
}

/// Tags and nodes of a way.
type Way<'a> = (&'a [(&'a str, &'a str)], &'a [i64]);

/// Nodes with places in steps of a ten-thousandth of a degree, and ways with their tags.
fn file(nodes: &[(i64, i64, i64)], ways: &[Way<'_>]) -> Vec<u8> {
    let mut texts = vec![bytes(1, b"")];
    let mut groups = Vec::new();
    let column = |pick: fn(&(i64, i64, i64)) -> i64| deltas(&nodes.iter().map(pick).collect::<Vec<_>>());
    let dense =
        [bytes(1, &column(|n| n.0)), bytes(8, &column(|n| 1_000 * n.2)), bytes(9, &column(|n| 1_000 * n.1))].concat();
    groups.push(bytes(2, &bytes(2, &dense)));
    for (number_of_way, (tags, along)) in ways.iter().enumerate() {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for (key, value) in *tags {
            keys.push(texts.len() as u64);
            values.push(texts.len() as u64 + 1);
            texts.extend([bytes(1, key.as_bytes()), bytes(1, value.as_bytes())]);
        }
        let way = [
            number(1, number_of_way as u64),
            bytes(2, &packed(keys)),
            bytes(3, &packed(values)),
            bytes(8, &deltas(along)),
        ];
        groups.push(bytes(2, &bytes(3, &way.concat())));
    }
    let data = [bytes(1, &texts.concat()), groups.concat()].concat();
    let header = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes")].concat();
    [block("OSMHeader", &zipped(&header)), block("OSMData", &zipped(&data))].concat()
}

/// One street of 200 steps from west to east, a step being some 11 m; and a way north from its middle.
fn town(tags: &[(&str, &str)]) -> Vec<u8> {
    let nodes = [(7, 0, 0), (900, 100, 0), (-3, 200, 0), (12, 100, 50)];
    file(&nodes, &[(&[("highway", "residential")], &[7, 900, -3]), (tags, &[900, 12])])
}

const STEP: f64 = 6_371_008.8 * std::f64::consts::PI / 1_800_000.0;

fn seconds(file: &[u8], from: (f64, f64), to: (f64, f64)) -> Option<u32> {
    let (streets, problems) = osm::streets(file);
    assert!(problems.is_empty(), "{problems:?}");
    let walking = Walking { most: 3_000, ..Walking::default() };
    let degrees = |at: (f64, f64)| (1e-4 * at.0, 1e-4 * at.1);
    let (walks, _) = Walks::new(streets.as_ref(), &Timetable::default(), &[degrees(from)], &[degrees(to)], &walking);
    walks.direct[0].first().map(|walk| walk.1)
}

fn near(found: Option<u32>, steps: f64) {
    let metres = steps * STEP;
    assert!(
        found.is_some_and(|found| (metres - 0.01..metres + 1.01).contains(&f64::from(found))),
        "{found:?}, {metres}"
    );
}

/// 3.6 km an hour are a metre a second. Both places are between crossings and off the street.
#[test]
fn walks_follow_the_streets_from_the_nearest_point() {
    let town = town(&[("highway", "footway")]);
    near(seconds(&town, (20.0, 3.0), (150.0, -4.0)), 3.0 + 130.0 + 4.0);
    near(seconds(&town, (20.0, 0.0), (105.0, 40.0)), 80.0 + 40.0 + 5.0);
    // Along one segment, neither end of it is passed.
    near(seconds(&town, (20.0, 1.0), (30.0, 1.0)), 12.0);
    assert_eq!(seconds(&town, (20.0, 1.0), (20.0, 1.0)), Some(0));
    // 16 degrees away there is no street.
    assert_eq!(seconds(&town, (20.0, 0.0), (160_000.0, 0.0)), None);
}

/// R5's rules: the way north can be walked or not, and the place beside its end joins the street below if not.
#[test]
fn tags_say_where_one_may_walk() {
    let open: [&[(&str, &str)]; 9] = [
        &[("highway", "trunk")],
        &[("highway", "cycleway")],
        &[("highway", "steps"), ("access", "private")],
        &[("highway", "service"), ("access", "no"), ("foot", "yes")],
        &[("highway", "motorway"), ("sidewalk", "both")],
        &[("highway", "path"), ("foot", "designated;yes")],
        &[("railway", "platform")],
        &[("highway", "primary"), ("sidewalk", "no")],
        &[("highway", "something new")],
    ];
    let closed: [&[(&str, &str)]; 9] = [
        &[("highway", "motorway")],
        &[("highway", "motorway_link")],
        &[("highway", "footway"), ("foot", "no")],
        &[("highway", "service"), ("access", "private")],
        &[("highway", "residential"), ("foot", "use_sidepath")],
        &[("highway", "construction")],
        &[("highway", "raceway")],
        &[("building", "yes")],
        &[("railway", "platform"), ("usage", "tourism")],
    ];
    for tags in open {
        near(seconds(&town(tags), (0.0, 0.0), (100.0, 50.0)), 150.0);
    }
    for tags in closed {
        // Straight down to the street instead.
        near(seconds(&town(tags), (50.0, 0.0), (101.0, 50.0)), 101.0);
        assert_eq!(osm::streets(&town(tags)).0.map(|streets| streets.segments()), Some(2), "{tags:?}");
    }
}

/// A street of two nodes that is joined to nothing is left out, and a place beside it walks to the town.
#[test]
fn parts_that_are_joined_to_nothing_are_left_out() {
    let nodes = [(1, 0, 0), (2, 100, 0), (3, 50, 30), (4, 60, 30)];
    let street: &[(&str, &str)] = &[("highway", "residential")];
    let apart = file(&nodes, &[(street, &[1, 2]), (street, &[3, 4])]);
    near(seconds(&apart, (0.0, 0.0), (55.0, 30.0)), 85.0);
    // Forty ends and crossings are a part of its own: a comb with as many teeth.
    let teeth = 40;
    let mut places = vec![Some((0.0, 0.0)), Some((0.001, 0.0))];
    let mut segments = vec![(0, 1)];
    for tooth in 0..teeth {
        let (x, at) = (1e-4 * f64::from(tooth), places.len() as u32);
        places.extend([Some((x, 0.01)), Some((x, 0.02))]);
        segments.push((at, at + 1));
        if tooth > 0 {
            segments.push((at - 2, at));
        }
    }
    assert_eq!(Streets::new(&places, &segments).segments(), 79);
    places.extend((0..60).flat_map(|x| [Some((1e-4 * f64::from(x), 0.03)), Some((1e-4 * f64::from(x), 0.04))]));
    let first = places.len() as u32 - 120;
    segments.extend((0..60).map(|x| (first + 2 * x, first + 2 * x + 1)));
    segments.extend((1..60).map(|x| (first + 2 * x - 2, first + 2 * x)));
    assert_eq!(Streets::new(&places, &segments).segments(), 79 + 119);
}

/// Nodes of ways that the extract cuts off are not there; what is left of the way is taken.
#[test]
fn cut_ways_and_wild_places_do_no_harm() {
    let street: &[(&str, &str)] = &[("highway", "residential")];
    let nodes = [(1, 0, 0), (2, 100, 0), (3, 1_700_000, 880_000), (4, i64::MAX / 2_000, 5)];
    let cut = file(&nodes, &[(street, &[99, 1, 2, 98, 2, 3, 4]), (street, &[1, 1])]);
    assert_eq!(osm::streets(&cut).0.map(|streets| streets.segments()), Some(1));
    // Near each other on the globe, and half a million squares apart.
    let around = [(0.0, 0.0), (0.001, 0.0), (-179.999, 0.0), (179.999, 0.0), (3.6e8, 0.0)].map(Some);
    assert_eq!(Streets::new(&around, &[(0, 1), (2, 3), (0, 4), (7, 0)]).segments(), 1);
}

#[test]
fn files_that_are_broken_are_said() {
    let town = town(&[("highway", "footway")]);
    let told = |file: &[u8]| {
        let (streets, problems) = osm::streets(file);
        assert!(streets.is_none() && problems.len() == 1, "{problems:?}");
        assert_eq!((problems[0].code, problems[0].severity), (Code::NotStreets, Severity::Error));
        problems[0].message.en.clone()
    };
    assert!(told(b"").contains("no way in the file"));
    assert!(told(b"<osm version='0.6'>").contains("no .osm.pbf"));
    for length in 1..town.len() {
        if let (Some(streets), _) = osm::streets(&town[..length]) {
            panic!("{length} bytes are {} segments", streets.segments());
        }
    }
    let mut broken = town.clone();
    *broken.last_mut().unwrap() ^= 0xff;
    assert!(told(&broken).contains("cannot be unpacked"));
    // 64 MiB of zeros in some kilobytes.
    let bomb = [block("OSMHeader", &zipped(b"")), block("OSMData", &zipped(&vec![0; 64 << 20]))].concat();
    assert!(bomb.len() < 100_000 && told(&bomb).contains("larger than 32 MiB"));
    let newer = block("OSMHeader", &zipped(&bytes(4, b"Sort.Type_then_ID_v9")));
    assert!(told(&newer).contains("Sort.Type_then_ID_v9"));
    let other = block("OSMData", &bytes(4, b"lzma"));
    assert!(told(&other).contains("another way than zlib"));
}
