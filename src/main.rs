//! The WebAssembly module: everything is in the library. Its start says that the library's exports are wanted; a
//! program that names nothing of it would be linked without them.

fn main() {
    equipoise::embed::start();
}

/// Rust's own allocator for WebAssembly would make the first download 2 KB larger.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
