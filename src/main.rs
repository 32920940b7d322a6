//! Links the library's exports into the WebAssembly module; everything is in the library.

use equipoise as _;

fn main() {}
