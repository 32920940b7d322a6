//! A small static server: strict headers, right types, brotli, and a log of every request.
//!
//! `cargo xtask serve` shows `dist/` with it; the browser tests and the bench start their own, with pages from memory
//! beside it. What it sends is what an organisation's server should send.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::failure::{Failure, Result};
use crate::http::{Answer, Listener, Request};
use crate::{build, dist, paths, report, tools};

/// The policy under which everything must work. Only WebAssembly is asked for on top of `'self'`.
pub const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                          require-trusted-types-for 'script'; trusted-types 'none'";

/// A file or page, ready to be sent.
#[derive(Debug, Clone)]
pub struct Page {
    /// The content.
    pub body: Vec<u8>,
    /// Its type, as in `Content-Type`.
    pub mime: String,
    /// The policy it is sent under, when not that of the site.
    pub policy: Option<String>,
    /// Further headers, names and values.
    pub headers: Vec<(String, String)>,
}

impl Page {
    /// An HTML page under the site's policy.
    pub fn html(text: impl Into<String>) -> Self {
        Self {
            body: text.into().into_bytes(),
            mime: "text/html; charset=utf-8".to_owned(),
            policy: None,
            headers: Vec::new(),
        }
    }

    /// A file whose type goes by its name.
    pub fn file(name: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), mime: mime(name).to_owned(), policy: None, headers: Vec::new() }
    }

    /// Sends it under another policy; an empty one means no policy at all.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// What a server shows.
#[derive(Debug, Clone)]
pub struct Site {
    policy: String,
    compressed: bool,
    folders: Vec<(String, PathBuf)>,
    pages: BTreeMap<String, Page>,
}

impl Default for Site {
    fn default() -> Self {
        Self { policy: STRICT.to_owned(), compressed: true, folders: Vec::new(), pages: BTreeMap::new() }
    }
}

impl Site {
    /// An empty site under the strict policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows a folder at the top.
    #[must_use]
    pub fn folder(self, folder: impl Into<PathBuf>) -> Self {
        self.folder_at("/", folder)
    }

    /// Shows a folder below a path such as `/deep/er/`.
    #[must_use]
    pub fn folder_at(mut self, path: &str, folder: impl Into<PathBuf>) -> Self {
        self.folders.push((path.to_owned(), folder.into()));
        // The longest path is the nearest.
        self.folders.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        self
    }

    /// Shows a page from memory at a path such as `/embed.html`, before any folder.
    #[must_use]
    pub fn page(mut self, path: &str, page: Page) -> Self {
        self.pages.insert(path.to_owned(), page);
        self
    }

    /// Sends everything under another policy.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = policy.into();
        self
    }

    /// Sends everything as it is: for tests, where nobody waits for the network.
    #[must_use]
    pub fn uncompressed(mut self) -> Self {
        self.compressed = false;
        self
    }

    fn find(&self, path: &str) -> Option<Page> {
        if let Some(page) = self.pages.get(path) {
            return Some(page.clone());
        }
        self.folders.iter().find_map(|(at, folder)| {
            let name = path.strip_prefix(at.as_str())?.trim_start_matches('/');
            let name = if name.is_empty() || name.ends_with('/') {
                format!("{name}index.html")
            } else {
                name.to_owned()
            };
            let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
            let body = inside.then(|| std::fs::read(folder.join(&name)).ok()).flatten()?;
            Some(Page::file(&name, body))
        })
    }
}

/// A request that a server got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `GET`, `POST` …
    pub method: String,
    /// The path with what follows it, as it was asked for.
    pub path: String,
    /// The answer's status.
    pub status: u16,
    /// How many bytes the answer's body took on its way.
    pub bytes: usize,
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    site: Mutex<Site>,
    seen: Mutex<Vec<Seen>>,
}

impl Server {
    /// Starts on 127.0.0.1; port 0 takes any that is free.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn start(site: Site, port: u16) -> Result<Self> {
        let taken = |error| Failure::new(format!("can't listen on 127.0.0.1:{port}: {error}"));
        let shared = Arc::new(Shared { site: Mutex::new(site), seen: Mutex::default() });
        let answering = Arc::clone(&shared);
        let listener = Listener::start(port, move |request| answering.answer(request)).map_err(taken)?;
        Ok(Self { listener, shared })
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{}", self.listener.port, path.trim_start_matches('/'))
    }

    /// Shows one more page from now on.
    pub fn add(&self, path: &str, page: Page) {
        lock(&self.shared.site).pages.insert(path.to_owned(), page);
    }

    /// Every request since the start, or since [`Server::forget`].
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// Empties the log.
    pub fn forget(&self) {
        lock(&self.shared.seen).clear();
    }

    /// Serves until the process is ended.
    pub fn stay(self) {
        self.listener.stay();
    }
}

impl Shared {
    fn answer(&self, request: &Request) -> Answer {
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        let (page, policy, compressed) = {
            let site = lock(&self.site);
            (site.find(&decoded(path)), site.policy.clone(), site.compressed)
        };
        let readable = matches!(request.method.as_str(), "GET" | "HEAD");
        let status = if page.is_some() && readable { 200 } else { 404 };
        let page =
            page.filter(|_| readable).unwrap_or_else(|| Page::file("none.txt", "There is nothing here.\n"));
        let pack = compressed && accepts_brotli(request) && worth_packing(&page.mime);
        let answer = answer(page, &policy, status, pack);
        let (method, path) = (request.method.clone(), request.target.clone());
        lock(&self.seen).push(Seen { method, path, status, bytes: answer.body.len() });
        answer
    }
}

fn answer(page: Page, policy: &str, status: u16, pack: bool) -> Answer {
    let mut headers = vec![
        ("Content-Type", page.mime.as_str()),
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ];
    let policy = page.policy.as_deref().unwrap_or(policy);
    if !policy.is_empty() {
        headers.push(("Content-Security-Policy", policy));
    }
    if pack {
        headers.push(("Content-Encoding", "br"));
    }
    headers.extend(page.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = if pack { packed(&page.body).to_vec() } else { page.body };
    Answer { status, headers, body }
}

/// Compressed bodies by what they were.
type Packed = HashMap<Vec<u8>, Arc<[u8]>>;

/// A body compressed, once in the life of this program.
fn packed(body: &[u8]) -> Arc<[u8]> {
    static PACKED: LazyLock<Mutex<Packed>> = LazyLock::new(Mutex::default);
    if let Some(packed) = lock(&PACKED).get(body) {
        return Arc::clone(packed);
    }
    let packed = Arc::<[u8]>::from(brotli(body));
    lock(&PACKED).insert(body.to_vec(), Arc::clone(&packed));
    packed
}

/// Compresses what is in a folder now, so that the first page doesn't wait for it.
///
/// # Errors
/// When the folder can't be read.
pub fn pack(folder: &Path) -> Result<()> {
    for file in dist::files(folder)? {
        packed(&file.bytes);
    }
    Ok(())
}

/// Brotli at its best quality, as a server sends what it has compressed beforehand.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    match brotli::BrotliCompress(&mut &*bytes, &mut packed, &params) {
        Ok(_) => packed,
        // Writing to memory doesn't fail; if it did, an uncompressed size would be the honest one.
        Err(_) => bytes.to_vec(),
    }
}

fn accepts_brotli(request: &Request) -> bool {
    request.header("Accept-Encoding").any(|value| value.split([',', ';']).any(|word| word.trim() == "br"))
}

fn worth_packing(mime: &str) -> bool {
    !mime.starts_with("image/") || mime.starts_with("image/svg")
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A path with its `%20`s read.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = hex.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sets up, builds, and serves `dist/` until the process is ended.
///
/// # Errors
/// When the build fails, or the port that was asked for is taken.
pub fn command(port: Option<u16>) -> Result<()> {
    build::release(&tools::for_build()?)?;
    pack(&paths::dist())?;
    let site = Site::new().folder(paths::dist());
    let server = match port {
        Some(port) => Server::start(site, port)?,
        None => first_free(&site)?,
    };
    report::line(&format!("\nEquipoise is at {}   (Ctrl+C ends it)", server.address("/")));
    server.stay();
    Ok(())
}

fn first_free(site: &Site) -> Result<Server> {
    let ports = 8080..8180;
    let none = Failure::new("no port from 8080 to 8179 is free").remedy("cargo xtask serve --port 9000");
    ports.into_iter().find_map(|port| Server::start(site.clone(), port).ok()).ok_or(none)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    fn ask(server: &Server, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", server.listener.port)).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n")
            .expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn server() -> Server {
        let site = Site::new()
            .folder_at("/deep/", paths::root().join("xtask/src"))
            .page("/", Page::html("<p>top</p>"))
            .page("/free.html", Page::html("x").policy(""));
        Server::start(site, 0).expect("a free port")
    }

    #[test]
    fn pages_come_under_the_strict_policy_unless_they_say_otherwise() {
        let server = server();
        let top = ask(&server, "/?a=1", "");
        assert!(top.starts_with("HTTP/1.1 200") && top.ends_with("<p>top</p>"), "{top}");
        assert!(top.contains(&format!("Content-Security-Policy: {STRICT}")), "{top}");
        assert!(!ask(&server, "/free.html", "").contains("Content-Security-Policy"));
    }

    #[test]
    fn folders_are_shown_and_never_left() {
        let server = server();
        assert!(ask(&server, "/deep/lib.rs", "").contains("The one tool"));
        assert!(ask(&server, "/deep/../Cargo.toml", "").starts_with("HTTP/1.1 404"));
        assert!(ask(&server, "/deep/%2e%2e/Cargo.toml", "").starts_with("HTTP/1.1 404"));
        assert!(ask(&server, "/lib.rs", "").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn brotli_is_sent_to_those_who_accept_it() {
        let server = server();
        assert!(
            ask(&server, "/deep/lib.rs", "Accept-Encoding: gzip, br\r\n").contains("Content-Encoding: br")
        );
        assert!(!ask(&server, "/deep/lib.rs", "Accept-Encoding: gzip\r\n").contains("Content-Encoding"));
    }

    #[test]
    fn every_request_is_logged() {
        let server = server();
        let _ = ask(&server, "/?a=1", "");
        let _ = ask(&server, "/nothing", "");
        let seen: Vec<_> = server.seen().into_iter().map(|seen| (seen.path, seen.status)).collect();
        assert_eq!(seen, [("/?a=1".to_owned(), 200), ("/nothing".to_owned(), 404)]);
    }
}
