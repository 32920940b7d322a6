//! The WebAssembly module: everything is in the library. Its start says that the library's exports are wanted; a
//! program that names nothing of it would be linked without them.

fn main() {
    equipoise::embed::start();
}
