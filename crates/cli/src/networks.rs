//! Opening the road network of a command, whichever files it is in, and telling what is wrong with them.

use std::path::{Path, PathBuf};

use anyhow::bail;
use lantu_blueprint::Lang;
use lantu_network::demand::Demand;
use lantu_network::diagnostic::Diagnostic;
use lantu_network::names::Names;
use lantu_network::network::Network;
use lantu_network::read::named::numbered;
use lantu_network::read::{gmns, tntp};

use crate::arguments_network::NetworkFiles;
use crate::commands::say;
use crate::commands::told::tell;
use crate::models::output;
use crate::text::file;

/// A network with its trips.
pub(crate) struct Loaded {
    pub(crate) network: Network,
    pub(crate) demand: Demand,
    /// What the files call zones and nodes.
    pub(crate) names: Names,
    /// Where each node is; nothing where the files do not say of any.
    pub(crate) coordinates: Vec<Option<[f64; 2]>>,
    /// Places in the files below this are roads; those from here on are connectors that no file has.
    pub(crate) roads: usize,
    /// Whether something in the files is wrong and was left out.
    pub(crate) left_out: bool,
    /// What was read.
    inputs: Vec<PathBuf>,
}

impl Loaded {
    /// Nothing where there is no network in the files; what is wrong has been told then.
    pub(crate) fn open(files: &NetworkFiles, lang: Lang) -> anyhow::Result<Option<Self>> {
        match (&files.gmns, &files.net) {
            (Some(folder), _) => Self::gmns(folder, lang),
            (None, Some(net)) => Self::tntp(net, files.trips.as_deref(), lang),
            (None, None) => bail!(say(lang, "需要 --gmns 或 --net", "--gmns is needed, or --net")),
        }
    }

    fn tntp(net: &Path, trips: Option<&Path>, lang: Lang) -> anyhow::Result<Option<Self>> {
        let (mut roads_text, mut trips_text) =
            (file::read(net, lang)?, trips.map(|trips| file::read(trips, lang)).transpose()?);
        let mut names = Names::default();
        if let Some(found) = numbered(&roads_text, trips_text.as_deref().unwrap_or_default()) {
            names = found.names;
            (roads_text, trips_text) = (found.net, trips_text.map(|_| found.trips));
        }
        let (network, problems) = tntp::network(&roads_text);
        let mut left_out = tell(&problems, net, lang);
        let Some(mut network) = network else { return Ok(None) };
        network.zones = names.zones().unwrap_or(network.zones);
        let mut demand = Demand::default();
        if let Some((trips, text)) = trips.zip(trips_text) {
            let (found, problems) = tntp::trips(&text, network.zones);
            left_out |= tell(&problems, trips, lang);
            demand = found;
        }
        let inputs = [Some(net), trips].into_iter().flatten().map(Path::to_owned).collect();
        let roads = network.links().len();
        Ok(Some(Self { network, demand, names, coordinates: Vec::new(), roads, left_out, inputs }))
    }

    fn gmns(folder: &Path, lang: Lang) -> anyhow::Result<Option<Self>> {
        let inputs = ["node.csv", "link.csv", "demand.csv", "config.csv"].map(|name| folder.join(name));
        let [node, link, demand, config] = &inputs;
        let units = config.is_file().then(|| file::read(config, lang)).transpose()?;
        let (node, link, demand) = (file::read(node, lang)?, file::read(link, lang)?, file::read(demand, lang)?);
        let files = gmns::Files { node: &node, link: &link, demand: &demand, config: units.as_deref() };
        let (found, problems) = gmns::read(&files);
        let left_out = tell(&problems, folder, lang);
        let loaded = |found: gmns::Gmns| {
            let gmns::Gmns { network, demand, names, coordinates, roads } = found;
            Self { network, demand, names, coordinates, roads, left_out, inputs: inputs.to_vec() }
        };
        Ok(found.map(loaded))
    }

    /// A further file that belongs to the network; it is not overwritten either.
    pub(crate) fn text(&mut self, path: &Path, lang: Lang) -> anyhow::Result<String> {
        self.inputs.push(path.to_owned());
        file::read(path, lang)
    }

    /// What was read.
    pub(crate) fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// Tells problems of a further file.
    pub(crate) fn tell(&mut self, problems: &[Diagnostic], path: &Path, lang: Lang) {
        self.left_out |= tell(problems, path, lang);
    }

    /// Writes a table, unless a file that was read would be gone.
    pub(crate) fn write(&self, table: &str, path: &Path, lang: Lang) -> anyhow::Result<()> {
        self.apart(path, lang)?;
        output::write(table.as_bytes(), Some(path))
    }

    /// Refuses an output that is a file which was read.
    pub(crate) fn apart(&self, path: &Path, lang: Lang) -> anyhow::Result<()> {
        file::apart(path, &self.inputs, lang)
    }
}
