//! Rebuild when the pages change. Nothing is built from here.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
