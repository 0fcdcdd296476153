//! Tests of the repository itself: arrows between its parts, tidiness of its files, truth of its pages, and the
//! counts of its content that come from outside.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod arrows;
mod content;
mod docs;
mod licences;
mod pages;
mod tidy;
mod tree;
mod web;
