//! From text to rule sets and units. The only place that knows how they are written down.

mod classes;
mod dimensions;
mod earlier;
mod fields;
mod item;
mod limits;
mod normalise;
mod origins;
pub mod rules;
pub(crate) mod table;
pub mod units;
pub mod versions;
mod wanted;

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::expression::Function;
    use crate::rules::Confidence;

    /// The page that says how rule files are written names every word that the readers know.
    #[test]
    fn every_word_is_documented() {
        let page = include_str!("../../../../docs/rules.md");
        let words = super::normalise::METHODS.iter().map(|(word, _)| *word);
        let words = words.chain(super::normalise::BENCHMARKS.iter().map(|(word, _)| *word));
        let words = words.chain(super::dimensions::AGGREGATES.iter().map(|(word, _)| *word));
        let words = words.chain(super::dimensions::WEIGHINGS.iter().map(|(word, _)| *word));
        let words = words.chain(super::item::MISSING.iter().map(|(word, _)| *word));
        let words = words.chain(Function::ALL.iter().map(|(word, ..)| *word));
        let words = words.chain(Confidence::ALL.iter().map(|(word, _)| *word));
        let words = words.chain(super::table::WORDS.iter().copied().flatten().copied().filter(|word| word.is_ascii()));
        let absent: Vec<&str> = words
            .chain(Code::ALL.iter().map(|code| code.word()))
            .filter(|word| !page.contains(word) && !page.contains(&word.to_lowercase()))
            .collect();
        assert!(absent.is_empty(), "docs/rules.md: {absent:?}");
    }
}
