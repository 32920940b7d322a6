//! How long each test has a browser, kept beside the screenshots, so that what makes the suite slow is known.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::{Duration, Instant};

use xtask::paths;

/// Runs for as long as a browser is open; ended, it leaves a line in [`paths::times`]: seconds in all, seconds until it
/// was open, the test.
#[derive(Debug)]
pub(crate) struct Clock {
    began: Instant,
    opening: Duration,
}

impl Clock {
    /// Of a browser whose opening began then, and that is open now.
    pub(crate) fn since(began: Instant) -> Self {
        Self { began, opening: began.elapsed() }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        // The runner gives every test a thread of its own, with its name.
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test without a name");
        let line =
            format!("{:.2}\t{:.2}\t{test}\n", self.began.elapsed().as_secs_f64(), self.opening.as_secs_f64());
        // No test fails because its time couldn't be kept.
        if let Ok(mut file) =
            OpenOptions::new().create(true).append(true).open(paths::times(&paths::artifacts()))
        {
            let _ = file.write_all(line.as_bytes());
        }
    }
}
