//! The attribute block of a heading: `{#id .class key="value with spaces"}`.

use std::collections::BTreeMap;

/// What an attribute block says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// `#id`
    pub(crate) id: Option<String>,
    /// `.class`, the last one.
    pub(crate) class: Option<String>,
    /// `key="value"`
    pub(crate) values: BTreeMap<String, String>,
}

impl Attributes {
    /// A value with several names in it.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        self.values.get(key).map(|v| comma_list(v)).unwrap_or_default()
    }
}

/// Names between commas, Western or Chinese.
pub(crate) fn comma_list(text: &str) -> Vec<String> {
    text.split([',', '，', '、']).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

/// Splits a heading into title and attributes. `Err` holds the byte in `heading` that cannot be understood.
pub(crate) fn split(heading: &str) -> Result<(&str, Attributes), usize> {
    let trimmed = heading.trim_end();
    let Some(open) = trimmed.rfind('{').filter(|_| trimmed.ends_with('}')) else {
        return Ok((trimmed, Attributes::default()));
    };
    let (title, block) = trimmed.split_at(open);
    let inner = block.get(1..block.len() - 1).unwrap_or_default();
    let mut attributes = Attributes::default();
    let mut rest = inner;
    loop {
        rest = rest.trim_start();
        let at = open + 1 + (inner.len() - rest.len());
        let Some(first) = rest.chars().next() else { break };
        let word = rest.split(|c: char| c.is_whitespace() || c == '=').next().unwrap_or_default();
        match (first, word.get(1..)) {
            ('#', Some(id)) if !id.is_empty() => attributes.id = Some(id.to_owned()),
            ('.', Some(class)) if !class.is_empty() => attributes.class = Some(class.to_owned()),
            ('#' | '.', _) => return Err(at),
            _ => {
                let after = rest.get(word.len()..).unwrap_or_default();
                let value = after.strip_prefix("=\"").ok_or(at)?;
                let end = value.find('"').ok_or(at)?;
                attributes.values.insert(word.to_owned(), value.get(..end).unwrap_or_default().to_owned());
                rest = value.get(end + 1..).unwrap_or_default();
                continue;
            }
        }
        rest = rest.get(word.len()..).unwrap_or_default();
        if rest.starts_with('=') {
            return Err(at);
        }
    }
    Ok((title.trim_end(), attributes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_block() {
        let (title, a) =
            split(r#"做强平台 {#platforms .measure owner="市科技局 市教育局" serves="a, b，c"}"#).expect("parses");
        assert_eq!(title, "做强平台");
        assert_eq!(a.id.as_deref(), Some("platforms"));
        assert_eq!(a.class.as_deref(), Some("measure"));
        assert_eq!(a.values.get("owner").map(String::as_str), Some("市科技局 市教育局"));
        assert_eq!(a.list("serves"), ["a", "b", "c"]);
    }

    #[test]
    fn no_block_and_broken_blocks() {
        assert_eq!(split("标题").expect("plain").1, Attributes::default());
        assert_eq!(split("T {#a owner=x}"), Err(6));
        assert_eq!(split("T {#a owner=\"x}"), Err(6));
        assert_eq!(split("T {#}"), Err(3));
        assert_eq!(split("公式 f(x) = {x}"), Err(15));
    }
}
