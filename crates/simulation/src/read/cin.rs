//! Vensim's parameter files (`.cin`): constants with other values.

/// What DOS put after the last line; Vensim still does.
const END_OF_FILE: char = '\u{1a}';

/// Names and values, in the order of the file. Comments in braces, and lines that are blank, hold nothing.
///
/// # Errors
/// The number of the first line, from 1, that is not `name = number`.
pub fn read(text: &str) -> Result<Vec<(String, f64)>, usize> {
    let mut found = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').trim_end_matches(END_OF_FILE).lines().enumerate() {
        let line = line.split('{').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(at + 1)?;
        let value = value.trim().trim_end_matches(',').parse().map_err(|_| at + 1)?;
        found.push((name.trim().to_owned(), value));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_of_a_parameter_file() {
        let found = super::read("initial nonrenewable resources =2e12\n\n{note}\nx[a]= 3\n\u{1a}");
        assert_eq!(found, Ok(vec![("initial nonrenewable resources".to_owned(), 2e12), ("x[a]".to_owned(), 3.0)]));
        assert_eq!(super::read("a = 1\nnonsense\n"), Err(2));
    }
}
