//! Arguments of travel times by public transport.

use std::path::PathBuf;

use clap::Args;
use lantu_network::transit::gtfs::{Date, clock};

use crate::arguments_reach::Measures;

#[derive(Debug, Args)]
pub(crate) struct Transit {
    /// 公交时刻表：GTFS 的 zip 或文件夹，可以有几个 · timetables, a GTFS zip or folder; several are joined
    #[arg(long, value_name = "FEED.zip", num_args = 1.., required = true)]
    pub(crate) gtfs: Vec<PathBuf>,
    /// 步行的街道：OpenStreetMap 的 .osm.pbf；没有就按直线走 · streets to walk on; without them walks are straight
    #[arg(long, value_name = "FILE.osm.pbf")]
    pub(crate) osm: Option<PathBuf>,
    /// 出发地，没有 --to 时也是目的地：列 id,lon,lat · where travel begins, and ends without --to
    #[arg(long, value_name = "POINTS.csv")]
    pub(crate) points: PathBuf,
    /// 目的地：列 id,lon,lat · where travel ends
    #[arg(long, value_name = "POINTS.csv")]
    pub(crate) to: Option<PathBuf>,
    /// 哪一天的班次 · the day whose trips run
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Date,
    /// 最早的出发时刻 · the first departure
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    pub(crate) depart: i32,
    /// 从最早的出发时刻起每分钟出发一次，共多少次 · departures, one each minute from the first on
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=1_440))]
    pub(crate) window: u16,
    /// 取出发时刻的百分之几的时间：50 是中位数，可以有几个，够得着什么按第一个算 · percentiles over the departures; 50 is the median; what is within reach goes by the first
    #[arg(long, value_name = "P,…", default_value = "50", value_delimiter = ',', value_parser = share)]
    pub(crate) percentiles: Vec<f64>,
    /// 一段步行最长多少分钟：到车站、离开车站、全程步行 · longest walk to and from stops, and all the way, in minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 30.0, value_parser = minutes)]
    pub(crate) max_walk: f64,
    /// 两次乘车之间最长步行多少分钟 · longest walk between two rides, in minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 15.0, value_parser = minutes)]
    pub(crate) max_transfer: f64,
    /// 步行速度，公里每小时 · walking speed in kilometres an hour
    #[arg(long, value_name = "KM/H", default_value_t = 3.6, value_parser = speed)]
    pub(crate) walk_speed: f64,
    /// 最多乘几次车；0 是只步行 · most rides; 0 walks only
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=16))]
    pub(crate) max_rides: u8,
    /// 总时间最长多少分钟，超过算到不了 · longest time in minutes; beyond it a place is not reached
    #[arg(long, value_name = "MINUTES", default_value_t = 120.0, value_parser = minutes)]
    pub(crate) max_time: f64,
    /// 发车前至少多少秒到站 · seconds one must be at a stop before a departure
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u16).range(0..=3_600))]
    pub(crate) board_slack: u16,
    #[command(flatten)]
    pub(crate) measures: Measures,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "应为 YYYY-MM-DD 的日期 · a date as YYYY-MM-DD".to_owned())
}

fn time(text: &str) -> Result<i32, String> {
    let found = clock(text).filter(|time| *time < 2 * 86_400);
    found.ok_or_else(|| "应为 HH:MM 的时刻 · a time as HH:MM".to_owned())
}

fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|value| (least..=most).contains(value));
    value.ok_or_else(|| format!("应为 {least} 到 {most} 的数 · a number from {least} to {most}"))
}

fn minutes(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1_440.0)
}

fn speed(text: &str) -> Result<f64, String> {
    between(text, 0.1, 100.0)
}

fn share(text: &str) -> Result<f64, String> {
    between(text, 0.0, 100.0)
}
