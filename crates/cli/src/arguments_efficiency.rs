//! Arguments of `lantu efficiency`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lantu_appraisal::dea;

use crate::arguments_output::Output;

#[derive(Debug, Args)]
pub(crate) struct Efficiency {
    /// 评价对象：一行一个 · what is compared, a row each
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) data: PathBuf,
    /// 哪一列是名字 · the column of names
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: String,
    /// 哪些列是投入，越少越好 · columns of inputs, of which less is better
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', required = true)]
    pub(crate) inputs: Vec<String>,
    /// 哪些列是产出，越多越好 · columns of outputs, of which more is better
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', required = true)]
    pub(crate) outputs: Vec<String>,
    /// 规模报酬 · returns to scale
    #[arg(long, value_enum, default_value_t = Returns::Constant)]
    pub(crate) returns: Returns,
    /// 减少投入，还是增加产出 · whether inputs shrink or outputs grow
    #[arg(long, value_enum, default_value_t = Orientation::Input)]
    pub(crate) orientation: Orientation,
    /// 超效率：只与别的对象比，有效的也分出高低 · super-efficiency: compared with the others only, so that efficient ones differ as well
    #[arg(long = "super")]
    pub(crate) others_only: bool,
    /// SBM：投入、产出各自改进，不按同一比例 · the slacks-based measure: each column by itself, not all in proportion
    #[arg(long, conflicts_with_all = ["others_only", "orientation"])]
    pub(crate) sbm: bool,
    /// 规模效率，规模偏大还是偏小 · scale efficiency, and whether a unit is too large or too small
    #[arg(long, conflicts_with = "sbm")]
    pub(crate) scale: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What the shares of peers may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Returns {
    /// 不变（CCR）：标杆可按任意比例放大缩小 · peers may be taken larger or smaller
    Constant,
    /// 可变（BCC）：只与规模相当的混合比 · mixtures of peers only
    Variable,
    /// 非递减：标杆只可放大 · peers may be taken larger
    Increasing,
    /// 非递增：标杆只可缩小 · peers may be taken smaller
    Decreasing,
}

impl From<Returns> for dea::Returns {
    fn from(returns: Returns) -> Self {
        match returns {
            Returns::Constant => Self::Constant,
            Returns::Variable => Self::Variable,
            Returns::Increasing => Self::NonDecreasing,
            Returns::Decreasing => Self::NonIncreasing,
        }
    }
}

/// What moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Orientation {
    /// 产出不减，投入最多能减到几成 · the share of its inputs that a unit would need
    Input,
    /// 投入不增，产出最多能增到几倍 · how many times its outputs a unit could make
    Output,
}

impl From<Orientation> for dea::Orientation {
    fn from(orientation: Orientation) -> Self {
        match orientation {
            Orientation::Input => Self::Input,
            Orientation::Output => Self::Output,
        }
    }
}
