//! Names as a model compares them: `Birth Rate`, `birth_rate` and `"birth  rate"` are one.

use std::fmt;
use std::sync::Arc;

/// Stands for a point inside a quoted name, where a bare point would part a module from its variable.
const QUOTED_POINT: char = '\u{2024}';

/// A name in the form in which two spellings of it are equal: lower case, spaces and underscores as one underscore.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Arc<str>);

impl Name {
    /// The name behind a spelling, with or without quotes.
    #[must_use]
    pub fn new(spelling: &str) -> Self {
        let spelling = spelling.trim().replace("\\n", " ");
        let mut name = String::with_capacity(spelling.len());
        let (mut gap, mut quoted, mut escaped) = (false, false, false);
        for character in spelling.chars() {
            if character == '\\' && !escaped {
                escaped = true;
                continue;
            }
            if character == '"' && !escaped {
                quoted = !quoted;
                continue;
            }
            escaped = false;
            if character.is_whitespace() || character == '_' || character == '\u{a0}' {
                gap = true;
                continue;
            }
            if gap && !name.is_empty() && !name.ends_with('.') {
                name.push('_');
            }
            gap = false;
            match character {
                '.' if quoted => name.push(QUOTED_POINT),
                other => name.extend(other.to_lowercase()),
            }
        }
        // A name made of underscores alone is still a name.
        Self(if name.is_empty() && !spelling.is_empty() { "_".into() } else { name.into() })
    }

    /// The text of the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This name inside a module.
    #[must_use]
    pub fn within(&self, module: &Self) -> Self {
        Self(format!("{module}.{self}").into())
    }

    /// The first part and the rest of a name that leads into a module.
    #[must_use]
    pub fn split(&self) -> Option<(Self, Self)> {
        let (head, tail) = self.0.split_once('.')?;
        (!head.is_empty() && !tail.is_empty()).then(|| (Self(head.into()), Self(tail.into())))
    }
}

impl From<&str> for Name {
    fn from(spelling: &str) -> Self {
        Self::new(spelling)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// A spelling as people read it: one space for every gap, quotes kept.
#[must_use]
pub fn tidy(spelling: &str) -> String {
    let joined = spelling.replace("\\n", " ").replace('\\', " ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for spelling in
            ["Birth Rate", "birth_rate", " \"Birth  Rate\"", "BIRTH\n\trate", "birth\\nrate", "birth__rate "]
        {
            assert_eq!(Name::new(spelling), Name::new("birth rate"), "{spelling}");
        }
    }

    #[test]
    fn a_point_parts_a_module_unless_it_is_quoted() {
        let (module, variable) = Name::new("Hares.Area").split().expect("two parts");
        assert_eq!((module.as_str(), variable.as_str()), ("hares", "area"));
        assert!(Name::new("\"v1.5\"").split().is_none());
        assert_eq!(Name::new("b.\"ghost of a/b.c\"").split().expect("two parts").0.as_str(), "b");
    }
}
