//! Units as columns: what is appraised, one row each.

use std::collections::BTreeMap;

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers; NaN where there is none.
    Numbers(Vec<f64>),
    /// Words, each row by its place among the different ones; an empty word where there is none.
    Words {
        /// Place among `names`, row by row.
        codes: Vec<u32>,
        /// The different words, in the order in which they appear first.
        names: Vec<String>,
        /// The same as numbers, where some formula wants them as such.
        numbers: Option<Vec<f64>>,
    },
}

impl Column {
    /// Words as a column.
    pub fn words<'a>(rows: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        let mut names = Vec::new();
        let codes = rows
            .into_iter()
            .map(|word| {
                *known.entry(word).or_insert_with(|| {
                    names.push(word.to_owned());
                    (names.len() - 1) as u32
                })
            })
            .collect();
        Self::Words { codes, names, numbers: None }
    }

    /// The numbers; none where the column holds words alone.
    #[must_use]
    pub fn numbers(&self) -> Option<&[f64]> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            Self::Words { numbers, .. } => numbers.as_deref(),
        }
    }

    /// The number of a row; NaN where there is none.
    #[must_use]
    pub fn number(&self, row: usize) -> f64 {
        self.numbers().and_then(|numbers| numbers.get(row)).copied().unwrap_or(f64::NAN)
    }

    /// The word of a row; none where the column holds numbers.
    #[must_use]
    pub fn word(&self, row: usize) -> Option<&str> {
        match self {
            Self::Numbers(_) => None,
            Self::Words { codes, names, .. } => names.get(*codes.get(row)? as usize).map(String::as_str),
        }
    }
}

/// A table of units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// What the column with the names of units is called.
    pub id_name: String,
    /// Names of the units, in the order of the file.
    pub ids: Vec<String>,
    /// Columns by name, each as long as `ids`.
    pub columns: BTreeMap<String, Column>,
    /// Rows that stand for no unit of their own, by row: a name that another row has too. They are not graded.
    pub doubtful: Vec<bool>,
}

impl Units {
    /// Units of these names, without columns.
    #[must_use]
    pub fn new(ids: Vec<String>) -> Self {
        let doubtful = vec![false; ids.len()];
        Self { id_name: "id".to_owned(), ids, columns: BTreeMap::new(), doubtful }
    }

    /// The same with a column of numbers. Rows that are missing at the end have no number, those too many are cut.
    #[must_use]
    pub fn with_numbers(mut self, name: &str, mut numbers: Vec<f64>) -> Self {
        numbers.resize(self.len(), f64::NAN);
        self.columns.insert(name.to_owned(), Column::Numbers(numbers));
        self
    }

    /// The same with a column of words.
    #[must_use]
    pub fn with_words<'a>(mut self, name: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        let padded = words.into_iter().chain(std::iter::repeat("")).take(self.len());
        self.columns.insert(name.to_owned(), Column::words(padded));
        self
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Row of a unit.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| known == id)
    }
}
