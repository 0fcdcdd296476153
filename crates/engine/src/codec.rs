//! The bytes of the cache: variable-length numbers, and every text once.

use std::collections::HashMap;
use std::sync::Arc;

use lantu_blueprint::model::{Observation, RowRef, Stage, Trust};
use lantu_blueprint::{Code, Date, Diagnostic, Location, Period, Text};

use crate::keys::Key;

/// Gathers the bytes; [`Reader`] is its mirror.
#[derive(Default)]
pub(crate) struct Writer {
    texts: Vec<Arc<str>>,
    index: HashMap<Arc<str>, usize>,
    body: Vec<u8>,
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

impl Writer {
    pub(crate) fn number(&mut self, number: u64) {
        put(&mut self.body, number);
    }

    pub(crate) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    pub(crate) fn key(&mut self, key: &Key) {
        self.body.extend_from_slice(key);
    }

    pub(crate) fn text(&mut self, text: &str) {
        let at = match self.index.get(text) {
            Some(at) => *at,
            None => {
                let text: Arc<str> = Arc::from(text);
                self.texts.push(Arc::clone(&text));
                self.index.insert(text, self.texts.len() - 1);
                self.texts.len() - 1
            }
        };
        self.length(at);
    }

    fn float(&mut self, number: f64) {
        self.body.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    pub(crate) fn diagnostics(&mut self, all: &[Diagnostic]) {
        self.length(all.len());
        for d in all {
            self.text(&d.location.file);
            self.number(u64::from(d.location.line));
            self.number(u64::from(d.location.column));
            for text in [d.code.word(), &d.message.zh, &d.message.en, &d.hint.zh, &d.hint.en] {
                self.text(text);
            }
        }
    }

    pub(crate) fn observations(&mut self, all: &[Arc<Observation>]) {
        self.length(all.len());
        for o in all {
            self.text(&o.area);
            self.text(&o.period.to_string());
            for number in [o.value, o.low, o.high] {
                self.float(number);
            }
            self.text(o.stage.word());
            self.text(o.trust.word());
            self.text(&o.published.map(|day| day.to_string()).unwrap_or_default());
            self.number(u64::from(o.breaks));
            self.text(&o.source);
            self.length(o.rows.len());
            for row in o.rows.iter() {
                self.text(&row.file);
                self.number(u64::from(row.row));
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.body.len() + 64 * self.texts.len());
        put(&mut bytes, self.texts.len() as u64);
        for text in &self.texts {
            put(&mut bytes, text.len() as u64);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Reads what [`Writer`] wrote; `None` for anything else.
pub(crate) struct Reader<'a> {
    texts: Vec<Arc<str>>,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Reader<'a>> {
        let mut reader = Reader { texts: Vec::new(), rest: bytes };
        for _ in 0..reader.number()? {
            let length = reader.length()?;
            let text = std::str::from_utf8(reader.take(length)?).ok()?;
            reader.texts.push(Arc::from(text));
        }
        Some(reader)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(crate) fn key(&mut self) -> Option<Key> {
        self.take(32)?.try_into().ok()
    }

    pub(crate) fn text(&mut self) -> Option<Arc<str>> {
        let at = self.length()?;
        self.texts.get(at).cloned()
    }

    fn float(&mut self) -> Option<f64> {
        Some(f64::from_bits(u64::from_le_bytes(self.take(8)?.try_into().ok()?)))
    }

    pub(crate) fn diagnostics(&mut self) -> Option<Vec<Diagnostic>> {
        let mut all = Vec::new();
        for _ in 0..self.number()? {
            let location = Location::new(self.text()?, self.small()?, self.small()?);
            let word = self.text()?;
            let code = *Code::ALL.iter().find(|code| code.word() == &*word)?;
            let mut pair = || Some(Text::new(&*self.text()?, &*self.text()?));
            let (message, hint) = (pair()?, pair()?);
            all.push(Diagnostic::new(code, location, message).hint(hint));
        }
        Some(all)
    }

    pub(crate) fn observations(&mut self, indicator: &Arc<str>) -> Option<Vec<Arc<Observation>>> {
        let mut all = Vec::new();
        let empty: Arc<str> = Arc::from("");
        for _ in 0..self.number()? {
            all.push(Arc::new(Observation {
                indicator: Arc::clone(indicator),
                area: self.text()?,
                period: self.text()?.parse::<Period>().ok()?,
                value: self.float()?,
                low: self.float()?,
                high: self.float()?,
                stage: Stage::from_word(&self.text()?)?,
                trust: Trust::from_word(&self.text()?)?,
                published: match &*self.text()? {
                    "" => None,
                    day => Some(day.parse::<Date>().ok()?),
                },
                breaks: self.number()? == 1,
                source: self.text()?,
                source_url: Arc::clone(&empty),
                note: Arc::clone(&empty),
                rows: self.rows()?,
            }));
        }
        Some(all)
    }

    fn rows(&mut self) -> Option<Arc<[RowRef]>> {
        let mut rows = Vec::new();
        for _ in 0..self.number()? {
            rows.push(RowRef { file: self.text()?, row: self.small()? });
        }
        Some(Arc::from(rows))
    }
}
