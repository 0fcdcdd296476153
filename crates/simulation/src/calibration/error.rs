//! What can be wrong with the input of a calibration, with fields that let a door word it in its own language.

/// Why a calibration was refused or ended early.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// There is nothing to vary.
    #[error("没有要校准的参数（[[fit]]） / no parameters")]
    NoParameters,
    /// Two parameters carry one name.
    #[error("参数 {name} 写了两次 / parameter {name} is given twice")]
    RepeatedParameter {
        /// The name.
        name: String,
    },
    /// The bounds are not finite, or low is not below high.
    #[error("参数 {name}：{low} 到 {high} 不成区间 / parameter {name}: bounds {low} to {high} are not a range")]
    BadBounds {
        /// The parameter.
        name: String,
        /// The lower bound given.
        low: f64,
        /// The upper bound given.
        high: f64,
    },
    /// A logarithmic parameter must be above zero.
    #[error(
        "参数 {name}：对数尺度的下限应大于 0，而不是 {low} / parameter {name}: a log scale needs a lower bound above 0, not {low}"
    )]
    BadLogBound {
        /// The parameter.
        name: String,
        /// The lower bound given.
        low: f64,
    },
    /// There is nothing to compare with.
    #[error("没有观测（[[series]] 中的变量在观测表里没有一行） / no observations")]
    NoObservations,
    /// The interval is crossed, open on both sides or not a number, or the time is not finite.
    #[error(
        "第 {series} 个序列在 {time}：{low} 到 {high} 不是一个观测 / series {series} at {time}: {low} to {high} is not an observation"
    )]
    BadObservation {
        /// The series' index.
        series: usize,
        /// The time given.
        time: f64,
        /// The lower end given.
        low: f64,
        /// The upper end given.
        high: f64,
    },
    /// The standard deviation must be finite and above zero; a relative one of a value 0 is not.
    #[error(
        "第 {series} 个序列在 {time}：标准差 {sd} 应大于 0 / series {series} at {time}: standard deviation {sd} is not above 0"
    )]
    BadScale {
        /// The series' index.
        series: usize,
        /// The observation's time.
        time: f64,
        /// The standard deviation that came out.
        sd: f64,
    },
    /// A setting is out of its range.
    #[error("设置 {name} = {value} 超出范围 / setting {name} = {value} is out of range")]
    BadSetting {
        /// The setting's field name.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// The stretch move needs an even number of walkers, at least twice the dimensions and at least 4.
    #[error(
        "{dimensions} 个维度用 {walkers} 个游走者：应为偶数，且至少为维度的两倍 / {walkers} walkers for {dimensions} dimensions: an even number, at least twice the dimensions, is needed"
    )]
    TooFewWalkers {
        /// Walkers of one ensemble.
        walkers: usize,
        /// Parameters varied, the noise factor included.
        dimensions: usize,
    },
    /// A starting point has not one value for each parameter.
    #[error("起点有 {given} 个值，应为 {needed} 个 / a starting point has {given} values, not {needed}")]
    BadStart {
        /// Values given.
        given: usize,
        /// Parameters.
        needed: usize,
    },
    /// The model gave no finite answer at any parameter values that were tried.
    #[error("模型在试过的参数上都没有给出有限的数 / the model gave no finite values anywhere it was tried")]
    NoFiniteRun,
    /// No observation lies at or before the origin.
    #[error("到 {origin} 为止没有可拟合的观测 / no observation up to {origin} to fit")]
    NothingToFit {
        /// The origin: the last time that is fitted.
        origin: f64,
    },
    /// No observation lies after the origin, inside the horizon.
    #[error("{origin} 之后没有留出的观测 / no observation after {origin} is held back")]
    NothingHeldBack {
        /// The origin: the last time that is fitted.
        origin: f64,
    },
    /// The watcher said stop.
    #[error("已按要求停止 / stopped on request")]
    Cancelled,
}
