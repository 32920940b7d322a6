//! A proxy between a browser and the servers, for engines whose drivers know nothing of the network. It keeps a log of
//! every request, puts scripts before those of a document, and plays networks that are slow, partly blocked or absent.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::failed::Result;
use crate::logs::Asked;

/// Notes what a console would show.
const WITNESS: &str = include_str!("witness.js");

/// Where documents find the scripts that come before their own: of the same origin, so that a policy of `'self'` allows
/// them. The request for them never leaves the proxy and is in no log.
const BEFORE: &str = "/equipoise-before.js";

/// The most bytes that a request may have before its body.
const LONGEST_HEAD: u64 = 64 * 1024;

/// How slow a network is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// There and back.
    pub latency: Duration,
    /// Bytes a second on the way to the browser.
    pub down: f64,
}

#[derive(Debug, Default)]
struct State {
    scripts: Vec<String>,
    asked: Vec<Asked>,
    /// What a console would say of requests that failed.
    failed: Vec<String>,
    /// The shape of addresses from which nothing comes.
    blocked: Option<String>,
    offline: bool,
    pace: Option<Pace>,
}

/// A proxy that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Proxy {
    port: u16,
    state: Arc<Mutex<State>>,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    pub(crate) fn start(scripts: &[String]) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(Mutex::new(State { scripts: scripts.to_vec(), ..State::default() }));
        let ended = Arc::new(AtomicBool::new(false));
        let (answering, end) = (Arc::clone(&state), Arc::clone(&ended));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let state = Arc::clone(&answering);
                // A browser that goes away in the middle of an answer is its own affair.
                std::thread::spawn(move || converse(&stream, &state));
            }
        });
        Ok(Self { port, state, ended })
    }

    /// Host and port.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Runs a script from now on in every document, before its own.
    pub(crate) fn before_scripts(&self, script: &str) {
        lock(&self.state).scripts.push(script.to_owned());
    }

    /// The requests since the last call, and what a console would say of those that failed.
    pub(crate) fn take(&self) -> (Vec<Asked>, Vec<String>) {
        let mut state = lock(&self.state);
        (std::mem::take(&mut state.asked), std::mem::take(&mut state.failed))
    }

    pub(crate) fn block(&self, shape: &str) {
        lock(&self.state).blocked = Some(shape.to_owned());
    }

    pub(crate) fn offline(&self, offline: bool) {
        lock(&self.state).offline = offline;
    }

    pub(crate) fn slow(&self, pace: Pace) {
        lock(&self.state).pace = Some(pace);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // It looks up when someone knocks.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first lines of a request or an answer.
struct Head {
    first: String,
    headers: Vec<(String, String)>,
}

impl Head {
    /// Reads one; nothing when the other side has gone.
    fn read(stream: &mut impl io::BufRead) -> Option<Self> {
        let mut lines = stream.take(LONGEST_HEAD).lines().map_while(std::result::Result::ok);
        let first = lines.next().filter(|line| !line.is_empty())?;
        let mut headers = Vec::new();
        for line in lines {
            if line.is_empty() {
                return Some(Self { first, headers });
            }
            let (name, value) = line.split_once(':')?;
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        None
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    fn length(&self) -> u64 {
        self.header("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// Writes it, without what holds for one connection only.
    fn write(&self, first: &str, further: &[(&str, String)]) -> Vec<u8> {
        const OWN: [&str; 5] =
            ["connection", "proxy-connection", "keep-alive", "accept-encoding", "content-length"];
        let mut text = format!("{first}\r\n");
        let kept = self.headers.iter().filter(|(name, _)| !OWN.contains(&name.to_ascii_lowercase().as_str()));
        for (name, value) in kept {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        for (name, value) in further {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        text.push_str("\r\n");
        text.into_bytes()
    }
}

/// Answers what comes over one connection, one after the other, until the browser goes.
fn converse(stream: &TcpStream, state: &Mutex<State>) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Some(request) = Head::read(&mut reader) {
        let mut body = Vec::new();
        if (&mut reader).take(request.length()).read_to_end(&mut body).is_err() {
            break;
        }
        let Some(answer) = answer(&request, &body, state) else { break };
        let mut writer = stream;
        if writer.write_all(&answer).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// The answer to a request; nothing when it gets none.
fn answer(request: &Head, body: &[u8], state: &Mutex<State>) -> Option<Vec<u8>> {
    let mut words = request.first.split_whitespace();
    let (method, address) = (words.next()?, words.next()?);
    let rest = address.strip_prefix("http://");
    let (host, path) = rest.map_or((address, "/"), |rest| match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    });
    if path == BEFORE {
        return Some(before(&lock(state).scripts));
    }
    let (refused, pace) = {
        let mut state = lock(state);
        let asked = Asked { method: method.to_owned(), address: address.to_owned() };
        state.asked.push(asked);
        let blocked = state.blocked.as_ref().is_some_and(|shape| fits(address, shape));
        (state.offline || blocked, state.pace)
    };
    if let Some(pace) = pace {
        std::thread::sleep(pace.latency);
    }
    // What is encrypted isn't let through: the tests have no such server, and nothing else may be asked.
    let fetched = if refused || rest.is_none() { None } else { fetch(request, method, host, path, body) };
    let Some((head, mut content)) = fetched else {
        lock(state).failed.push(format!("{address} - Failed to load resource"));
        return None;
    };
    let status = head.first.split_whitespace().nth(1).and_then(|status| status.parse::<u16>().ok())?;
    if status >= 400 {
        let said = format!("{address} - Failed to load resource: the server responded with {status}");
        lock(state).failed.push(said);
    }
    if head.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")) {
        content = with_before(&content);
    }
    if let Some(pace) = pace {
        std::thread::sleep(Duration::from_secs_f64(content.len() as f64 / pace.down));
    }
    let length = if method == "HEAD" { head.length() } else { content.len() as u64 };
    let mut answer = head.write(&head.first, &[("Content-Length", length.to_string())]);
    answer.extend(content);
    Some(answer)
}

/// Asks the server.
fn fetch(request: &Head, method: &str, host: &str, path: &str, body: &[u8]) -> Option<(Head, Vec<u8>)> {
    let with_port = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let mut stream = TcpStream::connect(with_port).ok()?;
    let mut further = vec![("Connection", "close".to_owned())];
    if !body.is_empty() {
        further.push(("Content-Length", body.len().to_string()));
    }
    stream.write_all(&request.write(&format!("{method} {path} HTTP/1.1"), &further)).ok()?;
    stream.write_all(body).ok()?;
    let mut reader = BufReader::new(stream);
    let head = Head::read(&mut reader)?;
    let mut content = Vec::new();
    reader.read_to_end(&mut content).ok()?;
    Some((head, content))
}

/// The scripts that come first, each in a scope of its own.
pub(crate) fn scripts_before(scripts: &[String]) -> String {
    let mut text = WITNESS.to_owned();
    for script in scripts {
        let _ = writeln!(text, "{{\n{script}\n}}");
    }
    text
}

/// Those scripts, as a file.
fn before(scripts: &[String]) -> Vec<u8> {
    let text = scripts_before(scripts);
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/javascript; charset=utf-8\r\nCache-Control: no-store\r\n";
    format!("{head}Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

/// A document that loads those scripts before anything else.
fn with_before(html: &[u8]) -> Vec<u8> {
    let lower = String::from_utf8_lossy(html).to_ascii_lowercase();
    let end_of = |tag: &str| {
        let at = lower.match_indices(tag).find(|(at, _)| {
            lower[at + tag.len()..].starts_with(|next: char| next == '>' || next.is_whitespace())
        })?;
        Some(at.0 + lower[at.0..].find('>')? + 1)
    };
    let at = ["<head", "<html", "<!doctype"].iter().find_map(|tag| end_of(tag)).unwrap_or(0);
    let script = format!("<script src=\"{BEFORE}\"></script>");
    [&html[..at.min(html.len())], script.as_bytes(), &html[at.min(html.len())..]].concat()
}

/// Whether an address has a shape, with `*` for anything.
fn fits(address: &str, shape: &str) -> bool {
    let mut parts = shape.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = address.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_before_everything_else_in_a_document() {
        let put = |html: &str| String::from_utf8(with_before(html.as_bytes())).unwrap_or_default();
        let script = format!("<script src=\"{BEFORE}\"></script>");
        assert_eq!(put("<!DOCTYPE html><title>"), format!("<!DOCTYPE html>{script}<title>"));
        assert_eq!(put("<html lang=en><header>"), format!("<html lang=en>{script}<header>"));
        assert_eq!(put("<html><HEAD class=x><p>"), format!("<html><HEAD class=x>{script}<p>"));
        assert_eq!(put("é<p>"), format!("{script}é<p>"));
    }

    #[test]
    fn addresses_have_shapes() {
        assert!(fits("http://x/texts/nl.json", "*/texts/nl.json"));
        assert!(fits("http://x/a_bg.wasm?1", "*a_bg*") && fits("a", "*") && fits("a", "a"));
        assert!(!fits("http://x/texts/nl.json", "nothing") && !fits("ab", "a*c") && !fits("ab", "a"));
    }
}
