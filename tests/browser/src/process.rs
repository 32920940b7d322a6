//! A program that runs beside a test and is gone with it, however the test ends.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failed::{Result, Trouble};

/// Ends the program once this script's standard input is closed, and that happens when the test program is gone, even
/// if killed. Until then every line of it is the name of a signal for the program.
/// Browsers leave folders behind where temporary files go, so they get a place of their own that goes with them.
const WATCH: &str = r#"
TMPDIR=$(mktemp -d)
export TMPDIR
"$@" &
program=$!
# The program alone holds its output open, so that its end is seen there.
exec >/dev/null
trap 'kill "$program" 2>/dev/null' TERM INT
while read -r signal; do kill -s "$signal" "$program"; done
kill "$program" 2>/dev/null
wait "$program"
rm -rf "$TMPDIR"
# What the program left behind is in the same group.
kill -s KILL -- -$$"#;

/// How a program is started.
#[derive(Debug, Default)]
pub(crate) struct Start {
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
}

impl Start {
    pub(crate) fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    fn spawn(self, program: &Path, output: Stdio) -> Result<Child> {
        let mut command = Command::new("sh");
        command.args(["-c", WATCH, "watch"]).arg(program).args(self.arguments).envs(self.environment);
        command.stdin(Stdio::piped()).stdout(output).stderr(Stdio::null()).process_group(0);
        Ok(command.spawn()?)
    }

    /// Starts it, and looks for a line by which it says that it is ready; what `read` makes of that line comes along.
    pub(crate) fn until(
        self,
        program: &Path,
        read: impl Fn(&str) -> Option<String>,
    ) -> Result<(Process, String)> {
        let mut child = self.spawn(program, Stdio::piped())?;
        let stdout = child.stdout.take();
        let process = Process { child };
        let stdout = stdout.ok_or_else(|| Trouble::new(format!("{} has no output", program.display())))?;
        let mut lines = BufReader::new(stdout).lines().map_while(std::result::Result::ok);
        let said = lines.find_map(|line| read(&line));
        let said = said.ok_or_else(|| {
            Trouble::new(format!("{} did not start: run cargo xtask test", program.display()))
        })?;
        // Whatever it prints later is read and dropped, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Ok((process, said))
    }

    /// Starts it; what it prints is not read.
    pub(crate) fn unheard(self, program: &Path) -> Result<Process> {
        Ok(Process { child: self.spawn(program, Stdio::null())? })
    }
}

/// A running program. It ends when this value is dropped, and has ended then.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Sends it a signal, by name.
    pub(crate) fn signal(&mut self, name: &str) -> Result<()> {
        let Some(input) = self.child.stdin.as_mut() else { return Ok(()) };
        Ok(writeln!(input, "{name}")?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Kills a process, by number.
pub(crate) fn kill(number: &str) -> Result<()> {
    let killed = Command::new("kill").args(["-KILL", number]).status()?;
    if killed.success() { Ok(()) } else { Err(Trouble::new(format!("there is no process {number}"))) }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::browser::PATIENCE;
    use crate::folder::Folder;

    #[test]
    fn a_program_is_heard_signalled_and_ended() {
        let folder = Folder::new("process").expect("a folder");
        let (note, started) = (folder.path().join("note"), Instant::now());
        let script =
            format!("trap 'echo > {}' HUP; echo pid $$; while :; do sleep 0.02; done", note.display());
        let read = |line: &str| line.strip_prefix("pid ").map(str::to_owned);
        let start = Start::default().argument("-c").argument(script);
        let (mut process, number) = start.until(Path::new("sh"), read).expect("it starts");
        process.signal("HUP").expect("it listens");
        while !note.exists() {
            assert!(started.elapsed() < PATIENCE, "the signal never came");
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(process);
        assert!(!Path::new("/proc").join(number).exists(), "it is gone");
    }

    #[test]
    fn what_a_program_leaves_behind_ends_with_it() {
        let started = Instant::now();
        let start = Start::default().argument("-c").argument("sleep 600 & echo left $!; read -r line");
        let read = |line: &str| line.strip_prefix("left ").map(str::to_owned);
        let (process, left) = start.until(Path::new("sh"), read).expect("it starts");
        let stat = Path::new("/proc").join(left).join("stat");
        assert!(stat.exists(), "it runs");
        drop(process);
        // What nobody waits for is there as a zombie until the system takes it away.
        while std::fs::read_to_string(&stat).is_ok_and(|line| !line.contains(") Z ")) {
            assert!(started.elapsed() < PATIENCE, "it is still there");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn what_never_gets_ready_is_named() {
        let start = Start::default().argument("-c").argument("exit 1");
        let failed = start.until(Path::new("sh"), |_| None).expect_err("it ends");
        assert!(failed.to_string().contains("did not start"), "{failed}");
    }
}
