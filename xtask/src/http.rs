//! The little of HTTP/1.1 that static pages need. Every connection has a thread of its own: a browser opens six at
//! once and leaves some of them idle, and a request must never wait for those.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The most bytes that a request may have before its body.
const LONGEST_HEAD: u64 = 64 * 1024;

/// What a client asks for. Bodies are not read.
#[derive(Debug)]
pub(crate) struct Request {
    /// `GET`, `POST` …
    pub(crate) method: String,
    /// The path with what follows it.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The values of a header; a name may come more than once.
    pub(crate) fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        let fits = move |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers.iter().filter(fits).map(|(_, value)| value.as_str())
    }

    fn can_be_followed(&self) -> bool {
        let wants_to_end = self.header("Connection").any(|value| value.eq_ignore_ascii_case("close"));
        // Whatever else may have a body, and that is still unread.
        !wants_to_end && matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// Reads one; nothing when the client has gone, or speaks something else.
    fn read(stream: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut lines = stream.take(LONGEST_HEAD).lines().map_while(Result::ok);
        let first = lines.next()?;
        let mut words = first.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        for line in lines {
            if line.is_empty() {
                return Some(Self { method, target, headers });
            }
            let (name, value) = line.split_once(':')?;
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        None
    }
}

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn write(&self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        let reason = if self.status == 200 { "OK" } else { "Not Found" };
        let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            write!(bytes, "{name}: {value}\r\n")?;
        }
        write!(bytes, "Content-Length: {}\r\n", self.body.len())?;
        if !request.can_be_followed() {
            write!(bytes, "Connection: close\r\n")?;
        }
        write!(bytes, "\r\n")?;
        if request.method != "HEAD" {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }
}

/// Listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) port: u16,
    ended: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Listener {
    /// Listens on 127.0.0.1; port 0 takes any that is free.
    pub(crate) fn start(
        port: u16,
        answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let ended = Arc::new(AtomicBool::new(false));
        let (end, answer) = (Arc::clone(&ended), Arc::new(answer));
        let accept = move || {
            for stream in
                listener.incoming().map_while(|stream| (!end.load(Ordering::SeqCst)).then_some(stream))
            {
                // A connection that broke before it began is the client's affair.
                let Ok(stream) = stream else { continue };
                let answer = Arc::clone(&answer);
                std::thread::spawn(move || converse(stream, answer.as_ref()));
            }
        };
        Ok(Self { port, ended, accepting: Some(std::thread::spawn(accept)) })
    }

    /// Waits for as long as it listens.
    pub(crate) fn stay(mut self) {
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // It looks up when someone knocks.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

/// Answers what comes over one connection, one after the other, until the client goes.
fn converse(stream: TcpStream, answer: &impl Fn(&Request) -> Answer) {
    let _ = stream.set_nodelay(true);
    let Ok(mut writer) = stream.try_clone() else { return };
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader) {
        let written = answer(&request).write(&mut writer, &request);
        if written.is_err() || !request.can_be_followed() {
            break;
        }
    }
    let _ = writer.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_connections_hold_nobody_up() {
        let answer = |request: &Request| Answer {
            status: 200,
            headers: Vec::new(),
            body: request.target.clone().into_bytes(),
        };
        let listener = Listener::start(0, answer).expect("a free port");
        let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, listener.port)).expect("it listens");
        let _idle: Vec<TcpStream> = (0..20).map(|_| connect()).collect();
        let mut stream = connect();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(5))).expect("a limit");
        write!(stream, "GET /one HTTP/1.1\r\nHost: x\r\n\r\nHEAD /two HTTP/1.1\r\nConnection: close\r\n\r\n")
            .expect("it reads");
        let mut all = String::new();
        stream.read_to_string(&mut all).expect("it answers and ends");
        assert!(all.contains("Content-Length: 4\r\n\r\n/oneHTTP/1.1 200"), "{all}");
        assert!(all.ends_with("Connection: close\r\n\r\n"), "no body after HEAD: {all}");
    }
}
