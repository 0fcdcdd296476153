//! Answers of one edition, kept with their tags.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderValue;

/// Bytes kept; beyond that the oldest address in the alphabet goes. Enough for every page of a session.
const MOST_BYTES: usize = 64 << 20;
/// Larger answers are made anew each time.
const LARGEST_ANSWER: usize = 8 << 20;

#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) body: Bytes,
    pub(crate) kind: HeaderValue,
    pub(crate) tag: HeaderValue,
}

/// Answers by address and day.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    answers: BTreeMap<String, Answer>,
    bytes: usize,
}

fn weight(key: &str, answer: &Answer) -> usize {
    key.len() + answer.body.len()
}

impl Cache {
    pub(crate) fn get(&self, key: &str) -> Option<Answer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).answers.get(key).cloned()
    }

    pub(crate) fn put(&self, key: String, answer: Answer) {
        let added = weight(&key, &answer);
        if added > LARGEST_ANSWER {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while kept.bytes + added > MOST_BYTES {
            let Some((key, answer)) = kept.answers.pop_first() else { break };
            kept.bytes -= weight(&key, &answer);
        }
        kept.bytes += added;
        if let Some(earlier) = kept.answers.insert(key.clone(), answer) {
            kept.bytes -= weight(&key, &earlier);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_a_limit() {
        let cache = Cache::default();
        let empty = HeaderValue::from_static("");
        let answer = |size| Answer { body: Bytes::from(vec![0; size]), kind: empty.clone(), tag: empty.clone() };
        for n in 0..30 {
            cache.put(format!("/{n:02}"), answer(LARGEST_ANSWER / 2 - 3));
            cache.put(format!("/{n:02}"), answer(LARGEST_ANSWER / 2 - 3));
        }
        let kept = cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: usize = kept.answers.iter().map(|(key, answer)| weight(key, answer)).sum();
        assert_eq!(kept.bytes, bytes);
        assert!(bytes <= MOST_BYTES && kept.answers.len() == 15, "{bytes} bytes in {}", kept.answers.len());
        assert!(kept.answers.contains_key("/29"));
        drop(kept);
        cache.put("/large".to_owned(), answer(LARGEST_ANSWER));
        assert!(cache.get("/large").is_none());
    }
}
