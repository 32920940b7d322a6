//! `cargo xtask <command>`: see [`xtask::command`] for what there is.

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match xtask::command::run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            xtask::report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
