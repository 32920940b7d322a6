//! A session with a driver: how it is begun in each engine, how things are said in it, and how it ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver};
use xtask::engine::Engine;

use crate::failed::{Result, Trouble};
use crate::options::Options;
use crate::process::Process;
use crate::proxy::Proxy;
use crate::webkit::Desk;
use crate::{chromium, firefox, webkit};

/// How long a browser may take to open on a busy machine.
const OPENING: Duration = Duration::from_mins(1);

/// What a browser runs on. The order is that in which it ends.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// Its driver, when it has one of its own.
    pub _process: Option<Process>,
    /// Its screen.
    pub desk: Option<Desk>,
    /// What is between it and the network.
    pub proxy: Option<Proxy>,
}

/// A browser that is open. It ends with the last copy of this value.
#[derive(Debug)]
pub(crate) struct Session {
    pub driver: WebDriver,
    pub engine: Engine,
    pub ground: Ground,
    /// Host and port of the driver.
    address: String,
}

impl Session {
    /// Opens a browser, and another one when the first doesn't come up: that says nothing about what is tested.
    pub(crate) async fn begin(engine: Engine, options: &Options) -> Result<Self> {
        match Self::open(engine, options).await {
            Ok(session) => Ok(session),
            Err(first) => {
                let second = Self::open(engine, options).await;
                second.map_err(|trouble| trouble.while_doing(format!("{first}; and once more")))
            }
        }
    }

    async fn open(engine: Engine, options: &Options) -> Result<Self> {
        let (address, capabilities, ground) = match engine {
            Engine::Chromium => chromium::start(options)?,
            Engine::Firefox => firefox::start(options)?,
            Engine::WebKit => webkit::start(options)?,
        };
        let mut wanted = Capabilities::new();
        for (key, value) in capabilities.as_object().into_iter().flatten() {
            wanted.set(key, value.clone())?;
        }
        let opening = WebDriver::builder(format!("http://{address}"), wanted).connect();
        let opened = tokio::time::timeout(OPENING, opening).await;
        let driver = opened.map_err(|_| Trouble::new(format!("{engine} did not open")))??;
        Ok(Self { driver, engine, ground, address })
    }

    /// The proxy, of those engines that have one.
    pub(crate) fn proxy(&self, what: &str) -> Result<&Proxy> {
        let proxy = self.ground.proxy.as_ref();
        proxy.ok_or_else(|| Trouble::new(format!("{what}: {} has no proxy", self.engine)))
    }

    /// Says something to the driver that is not in every driver; `path` counts from the session.
    pub(crate) async fn say(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let said = self.driver.handle().cmd(Said { method, path: path.to_owned(), body }).await;
        let said = said.map_err(|error| Trouble::from(error).while_doing(path))?;
        Ok(said.value()?)
    }

    /// Actions of one pointer, as the protocol has them.
    pub(crate) async fn point(&self, kind: &str, actions: Value) -> Result<()> {
        let pointer = json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions });
        self.say(Method::POST, "/actions", Some(json!({ "actions": [pointer] }))).await.map(drop)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // In plain blocking calls, because a value may be dropped anywhere. The answer comes when the browser is gone.
        if let Ok(mut stream) = TcpStream::connect(&self.address) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let session = self.driver.handle().session_id();
            let _ = write!(
                stream,
                "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.read(&mut [0; 512]);
        }
        // The driver's own way of ending waits for the runtime that is waiting here.
        let _ = self.driver.clone().leak();
    }
}

/// A command that is not in every driver.
#[derive(Debug)]
struct Said {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl FormatRequestData for Said {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let request = RequestData::new(self.method.clone(), format!("session/{session}{}", self.path));
        match &self.body {
            Some(body) => request.add_body(body.clone()),
            None => request,
        }
    }
}
