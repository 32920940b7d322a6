//! One chromedriver for a test program, started on the first use and ended with the program, however that ends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use thirtyfour::WebDriver;

use crate::environment;
use crate::failed::{Result, Trouble};

/// The line that chromedriver prints when it is ready; the port follows.
const READY: &str = "started successfully on port ";

/// Ends the driver once its standard input is closed, and that happens when this program is gone, even if killed.
/// Browsers leave folders behind where temporary files go, so they get a place of their own that goes with them.
const WATCH: &str = r#"
TMPDIR=$(mktemp -d)
export TMPDIR
"$0" --port=0 --log-level=SEVERE &
driver=$!
trap 'kill "$driver" 2>/dev/null' TERM INT
read -r _ || true
kill "$driver" 2>/dev/null
wait "$driver"
rm -rf "$TMPDIR"
# Browsers that the driver left behind are in the same group.
kill -KILL -- -$$"#;

/// A running driver; its child lives as long as the program.
struct Driver {
    address: String,
    _child: Child,
}

/// The address of the driver.
pub(crate) fn address() -> Result<String> {
    static DRIVER: OnceLock<Result<Driver>> = OnceLock::new();
    match DRIVER.get_or_init(start) {
        Ok(driver) => Ok(driver.address.clone()),
        Err(trouble) => Err(trouble.clone()),
    }
}

/// Ends a browser and waits until it is gone; in plain blocking calls, because a value may be dropped anywhere.
pub(crate) fn end(driver: &WebDriver) {
    let Ok(address) = address() else { return };
    let Ok(mut stream) = TcpStream::connect(address.trim_start_matches("http://")) else { return };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let session = driver.handle().session_id();
    let _ =
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    let _ = stream.read(&mut [0; 512]);
}

fn start() -> Result<Driver> {
    let program = environment::chromedriver()?;
    let mut child = Command::new("sh")
        .args(["-c", WATCH])
        .arg(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| Trouble::new("chromedriver has no output"))?;
    let mut lines = BufReader::new(stdout).lines().map_while(std::result::Result::ok);
    let port = lines.find_map(|line| Some(line.split_once(READY)?.1.trim_end_matches('.').trim().to_owned()));
    let port = port.ok_or_else(|| Trouble::new("chromedriver did not start: run cargo xtask test"))?;
    // Whatever it prints later is read and dropped, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(Driver { address: format!("http://127.0.0.1:{port}"), _child: child })
}
