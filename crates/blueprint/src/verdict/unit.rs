//! Units as people write them. Chinese counts in ten thousands and hundred millions and is shown as published;
//! English has no words for these, so its numbers are multiplied to the thousands, millions and billions it has.

use crate::Text;

/// How numbers of a unit are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit<'a> {
    zh: &'a str,
    en_before: &'a str,
    en_factor: f64,
    en_after: &'a str,
    /// A code that is not in the list is shown as it is.
    unknown: Option<&'a str>,
}

/// Code, Chinese, then English: what stands before the number, by what the number is multiplied, what follows it.
const UNITS: [(&str, &str, &str, f64, &str); 29] = [
    ("%", "%", "", 1.0, "%"),
    ("permille", "‰", "", 1.0, "‰"),
    ("count", "", "", 1.0, ""),
    ("rank", "", "", 1.0, ""),
    ("ratio", "", "", 1.0, ""),
    ("index", "", "", 1.0, ""),
    ("persons", "人", "", 1.0, " persons"),
    ("persons_10k", "万人", "", 0.01, " million persons"),
    ("households", "户", "", 1.0, " households"),
    ("households_10k", "万户", "", 10.0, " thousand households"),
    ("CNY", "元", "CNY ", 1.0, ""),
    ("CNY_10k", "万元", "CNY ", 10.0, " thousand"),
    ("CNY_100million", "亿元", "CNY ", 0.1, " billion"),
    ("USD_100million", "亿美元", "USD ", 0.1, " billion"),
    ("TEU_10k", "万标箱", "", 0.01, " million TEU"),
    ("tonnes_100million", "亿吨", "", 100.0, " million tonnes"),
    ("tonnes_10k_per_day", "万吨/日", "", 10.0, " thousand tonnes per day"),
    ("tonnes_10k_per_year", "万吨/年", "", 10.0, " thousand tonnes per year"),
    ("km", "公里", "", 1.0, " km"),
    ("km2", "平方公里", "", 1.0, " km²"),
    ("hectares", "公顷", "", 1.0, " hectares"),
    ("mu_10k", "万亩", "", 10.0, " thousand mu"),
    ("ug/m3", "微克/立方米", "", 1.0, " µg/m³"),
    ("years", "年", "", 1.0, " years"),
    ("days", "天", "", 1.0, " days"),
    ("kW_10k", "万千瓦", "", 10.0, " MW"),
    ("kWh_100million", "亿千瓦时", "", 0.1, " billion kWh"),
    ("m3_100million", "亿立方米", "", 100.0, " million m³"),
    ("stars", "星", "", 1.0, " stars"),
];

impl Unit<'_> {
    /// The unit of a code.
    pub fn of(code: &str) -> Unit<'_> {
        let found = UNITS.iter().find(|(name, ..)| *name == code);
        match found {
            Some((_, zh, en_before, en_factor, en_after)) => {
                Unit { zh, en_before, en_factor: *en_factor, en_after, unknown: None }
            }
            None => Unit {
                zh: "",
                en_before: "",
                en_factor: 1.0,
                en_after: "",
                unknown: Some(code).filter(|c| !c.is_empty()),
            },
        }
    }

    /// A number with its unit; `sign` (`≥ `, or nothing) stands before all of it.
    pub fn with(&self, sign: &str, value: f64, write: impl Fn(f64) -> String) -> Text {
        let Text { zh, en } = self.bare(value, write);
        match self.unknown {
            Some(code) => Text::new(format!("{sign}{zh} {code}"), format!("{sign}{en} {code}")),
            None => {
                Text::new(format!("{sign}{zh}{}", self.zh), format!("{sign}{}{en}{}", self.en_before, self.en_after))
            }
        }
    }

    /// The number alone, as each language counts.
    pub fn bare(&self, value: f64, write: impl Fn(f64) -> String) -> Text {
        Text::new(write(value), write(value * self.en_factor))
    }
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;

    #[test]
    fn each_language_counts_as_it_does() {
        for (code, value, zh, en) in [
            ("CNY_100million", 18_715.9, "18,715.9亿元", "CNY 1,871.59 billion"),
            ("persons_10k", 970.6, "970.6万人", "9.706 million persons"),
            ("TEU_10k", 4_387.0, "4,387万标箱", "43.87 million TEU"),
            ("tonnes_100million", 14.0, "14亿吨", "1,400 million tonnes"),
            ("kW_10k", 1_024.45, "1,024.45万千瓦", "10,244.5 MW"),
            ("%", 3.08, "3.08%", "3.08%"),
            ("count", 120.0, "120", "120"),
            ("bushels", 3.0, "3 bushels", "3 bushels"),
            ("", 3.0, "3", "3"),
        ] {
            assert_eq!(Unit::of(code).with("", value, number), Text::new(zh, en));
        }
        assert_eq!(Unit::of("CNY").with("≥ ", 5.0, number), Text::new("≥ 5元", "≥ CNY 5"));
    }
}
