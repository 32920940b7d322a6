//! Running other programs: quietly while all is well, with everything they said when it isn't.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::failure::{Context as _, Failure, Result};
use crate::report;

/// How often a long step says that it is still alive, where lines can't be rewritten.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// What a program that ended well said, and how long it took.
#[derive(Debug, Clone)]
pub struct Done {
    /// Standard output and standard error, line by line as they came.
    pub output: String,
    /// From start to end.
    pub took: Duration,
}

/// What a program said, however it ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// As in [`Done`].
    pub output: String,
}

/// Runs a program to its end, telling that it is still going on.
///
/// # Errors
/// When it can't start, or ends with a status other than 0; then its output has been printed.
pub fn run(name: &str, command: &mut Command) -> Result<Done> {
    let started = Instant::now();
    let ended = attempt(name, command)?;
    ended.well(name)?;
    Ok(Done { output: ended.output, took: started.elapsed() })
}

/// Runs a program to its end, whatever that is. When it does not end well, its output has been printed.
///
/// # Errors
/// When it can't start.
pub fn attempt(name: &str, command: &mut Command) -> Result<Ended> {
    let ended = watch(name, command, Instant::now())?;
    if !ended.status.success() {
        report::output(&ended.output);
    }
    Ok(ended)
}

impl Ended {
    /// Whether it ended well.
    ///
    /// # Errors
    /// The status it ended with, where that is not 0.
    pub fn well(&self, name: &str) -> Result<()> {
        if self.status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("{name}: ended with {}", self.status)))
    }
}

/// What a program prints, when it ends well; `None` when it is absent or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn watch(name: &str, command: &mut Command, started: Instant) -> Result<Ended> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context(format!("{name}: can't start {program}"))?;
    let lines = Arc::new(Mutex::new(String::new()));
    let readers = collect(&mut child, &lines);
    let status = wait(name, &mut child, &lines, started)?;
    for reader in readers {
        let _ = reader.join();
    }
    let output = lines.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Ended { status, output })
}

fn collect(child: &mut Child, lines: &Arc<Mutex<String>>) -> Vec<JoinHandle<()>> {
    let out = child.stdout.take().map(|pipe| reader(pipe, lines));
    let err = child.stderr.take().map(|pipe| reader(pipe, lines));
    out.into_iter().chain(err).collect()
}

fn reader(pipe: impl Read + Send + 'static, lines: &Arc<Mutex<String>>) -> JoinHandle<()> {
    let lines = Arc::clone(lines);
    std::thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut raw = Vec::new();
        while pipe.read_until(b'\n', &mut raw).is_ok_and(|count| count > 0) {
            let line = String::from_utf8_lossy(&raw).into_owned();
            lines.lock().unwrap_or_else(PoisonError::into_inner).push_str(&line);
            raw.clear();
        }
    })
}

fn wait(name: &str, child: &mut Child, lines: &Arc<Mutex<String>>, started: Instant) -> Result<ExitStatus> {
    let pace =
        if std::io::IsTerminal::is_terminal(&std::io::stdout()) { Duration::from_secs(1) } else { HEARTBEAT };
    let mut next = started + pace;
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait().context(name)? {
            report::progress_done();
            return Ok(status);
        }
        if Instant::now() >= next {
            let last = last_line(&lines.lock().unwrap_or_else(PoisonError::into_inner));
            report::progress(name, started.elapsed(), &last);
            next += pace;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

fn last_line(text: &str) -> String {
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_kept_and_a_bad_status_is_a_failure() {
        let done =
            run("shell", Command::new("sh").args(["-c", "echo out; echo err >&2"])).expect("it ends well");
        assert!(done.output.contains("out\n") && done.output.contains("err\n"));
        assert!(run("shell", Command::new("sh").args(["-c", "exit 3"])).is_err());
        let ended = attempt("shell", Command::new("sh").args(["-c", "echo out; exit 3"])).expect("it starts");
        assert!(ended.output == "out\n" && ended.well("shell").is_err());
        assert!(run("nothing", &mut Command::new("no-such-program-here")).is_err());
    }

    #[test]
    fn asking_an_absent_program_gives_nothing() {
        assert_eq!(ask(&mut Command::new("no-such-program-here")), None);
        assert_eq!(ask(Command::new("sh").args(["-c", "echo 1.2"])).as_deref(), Some("1.2"));
    }
}
