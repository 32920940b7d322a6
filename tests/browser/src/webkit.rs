//! `WebKit` as GTK builds it: a driver, a screen and a desktop's settings for every browser. What a person sets for the
//! whole desktop (light or dark, less motion, the language) is set there, so that the engine finds it where it looks.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::environment;
use crate::failed::{Result, Trouble};
use crate::folder::Folder;
use crate::options::{Options, Scheme};
use crate::process::{Process, Start};
use crate::proxy::Proxy;
use crate::session::Ground;

/// How long the driver may take to listen.
const LISTENING: Duration = Duration::from_secs(20);

/// How often a driver that doesn't listen is replaced by another, on another port.
const DRIVERS: usize = 3;

/// The ports that drivers listen on: below those that systems give to whoever asks for any, so that no connection of a
/// browser has one by chance.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// How long a window usually needs for another size.
const SETTLING: Duration = Duration::from_secs(2);

/// The window's own controls without any width, so that a page can be as narrow as on a telephone.
const SMALL: &str =
    "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }
entry { margin: 0 -40px; }\n";

/// Where C's own locale is, of which others are made here: `WebKit` takes the language from the locale's name.
const LOCALE: &str = "/usr/lib/locale/C.utf8";

/// A screen, and the settings of the desktop on it.
#[derive(Debug)]
pub(crate) struct Desk {
    settings: Mutex<Process>,
    /// Ends after what is shown on it.
    _screen: Process,
    folder: Folder,
}

impl Desk {
    /// A desk and the name of its display.
    fn start(options: &Options) -> Result<(Self, String)> {
        let folder = Folder::new("desk")?;
        lay_out(folder.path(), options)?;
        write_settings(folder.path(), options)?;
        let start = ["-displayfd", "1", "-screen", "0", "1600x1300x24", "-nolisten", "tcp", "-noreset"]
            .into_iter()
            .fold(Start::default(), Start::argument);
        let (screen, number) = start.until(&environment::xvfb()?, |line| Some(line.trim().to_owned()))?;
        let display = format!(":{number}");
        let start = Start::default().argument("-c").argument(folder.path().join("settings"));
        let settings = start.variable("DISPLAY", &display).unheard(&environment::xsettingsd()?)?;
        Ok((Self { settings: Mutex::new(settings), _screen: screen, folder }, display))
    }

    fn set(&self, options: &Options) -> Result<()> {
        write_settings(self.folder.path(), options)?;
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).signal("HUP")
    }
}

/// The files that a desktop has in a person's home.
fn lay_out(home: &Path, options: &Options) -> Result<()> {
    let gtk = home.join("gtk-3.0");
    std::fs::create_dir_all(&gtk)?;
    std::fs::write(gtk.join("gtk.css"), SMALL)?;
    if let Some(downloads) = &options.downloads {
        let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.path().display());
        std::fs::write(home.join("user-dirs.dirs"), line)?;
    }
    let locales = home.join("locales");
    std::fs::create_dir_all(&locales)?;
    std::os::unix::fs::symlink(LOCALE, locales.join(format!("{}.utf8", locale(options))))?;
    Ok(())
}

/// `en_GB` for `en-GB`.
fn locale(options: &Options) -> String {
    options.language.replace('-', "_")
}

fn write_settings(home: &Path, options: &Options) -> Result<()> {
    let theme = if options.scheme == Scheme::Dark { "Adwaita-dark" } else { "Adwaita" };
    let moves = u8::from(!options.reduced_motion);
    std::fs::write(
        home.join("settings"),
        format!("Net/ThemeName \"{theme}\"\nGtk/EnableAnimations {moves}\n"),
    )?;
    Ok(())
}

pub(crate) fn start(options: &Options) -> Result<(String, Value, Ground)> {
    let proxy = Proxy::start(&options.before_scripts)?;
    let (desk, display) = Desk::start(options)?;
    let (process, port) = driver(options, desk.folder.path(), &display)?;
    let capabilities = capabilities(options, &environment::minibrowser()?.display().to_string(), &proxy);
    let ground = Ground { _process: Some(process), desk: Some(desk), proxy: Some(proxy) };
    Ok((format!("127.0.0.1:{port}"), capabilities, ground))
}

/// A driver that listens, and its port.
fn driver(options: &Options, home: &Path, display: &str) -> Result<(Process, u16)> {
    for _ in 0..DRIVERS {
        let port = free_port()?;
        let process = driver_on(port, options, home, display)?;
        if listens(port) {
            return Ok((process, port));
        }
    }
    Err(Trouble::new("WebKitWebDriver did not start: run cargo xtask test"))
}

/// A port that nobody listens on, another one each time: the driver can't look for one by itself.
fn free_port() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Programs that run at the same time begin at different ones.
    let first = std::process::id().wrapping_mul(97);
    for _ in PORTS {
        let offset = first.wrapping_add(u32::from(NEXT.fetch_add(1, Ordering::Relaxed)));
        let port = PORTS.start + (offset % u32::from(PORTS.end - PORTS.start)) as u16;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err(Trouble::new(format!("no port from {} to {} is free", PORTS.start, PORTS.end)))
}

fn listens(port: u16) -> bool {
    let started = Instant::now();
    while started.elapsed() < LISTENING {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

fn driver_on(port: u16, options: &Options, home: &Path, display: &str) -> Result<Process> {
    Start::default()
        .argument(format!("--port={port}"))
        .variable("DISPLAY", display)
        .variable("GDK_BACKEND", "x11")
        .variable("XDG_CONFIG_HOME", home)
        .variable("XDG_CACHE_HOME", home.join("cache"))
        .variable("XDG_DATA_HOME", home.join("data"))
        .variable("LOCPATH", home.join("locales"))
        .variable("LC_ALL", format!("{}.UTF-8", locale(options)))
        // Nothing of the machine's own desktop has a say.
        .variable("NO_AT_BRIDGE", "1")
        .variable("GSETTINGS_BACKEND", "memory")
        .variable("GIO_USE_VFS", "local")
        // It would be written when the desk is already being cleared away.
        .variable("MESA_SHADER_CACHE_DISABLE", "true")
        // Letters and lines are painted as they are by a processor: no card is here that could do it, and what plays one
        // takes half as long again.
        .variable("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
        // WebAssembly is interpreted. Each time a compiler has a function ready, the engine signals the page's thread, and
        // the signal leaves an error where the C library reports them: GLib takes it for its own when it asks the system
        // something just then, and ends the process ("getauxval () failed: Interrupted system call").
        .variable("JSC_useBBQJIT", "0")
        .variable("JSC_useOMGJIT", "0")
        // Only pages of the tests are opened; and the sandbox can't be had as root.
        .variable("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .unheard(&environment::webkit_driver()?)
}

/// The capabilities with which the driver opens the browser.
fn capabilities(options: &Options, minibrowser: &str, proxy: &Proxy) -> Value {
    let arguments = [
        "--automation".to_owned(),
        format!("--proxy=http://{}", proxy.address()),
        format!("--enable-javascript={}", options.scripts),
    ];
    json!({
        "browserName": "MiniBrowser",
        "pageLoadStrategy": "normal",
        "webkitgtk:browserOptions": { "binary": minibrowser, "args": arguments },
    })
}

impl Browser {
    /// The window gets a size at which its page has this one.
    pub(crate) async fn resize_webkit(&self, width: u32, height: u32) -> Result<()> {
        // What the window has around the page changes with the number of tabs, so it is looked at twice.
        for _ in 0..2 {
            let window = self.session.driver.get_window_rect().await?;
            let (inner_wide, inner_high) = self.viewport().await?;
            let wide = window.width + i64::from(width) - inner_wide;
            let high = window.height + i64::from(height) - inner_high;
            self.session.driver.set_window_rect(0, 0, wide.max(1) as u32, high.max(1) as u32).await?;
            let waited = tokio::time::timeout(SETTLING, self.wait_for_size(width, height)).await;
            if matches!(waited, Ok(Ok(()))) {
                return Ok(());
            }
        }
        self.wait_for_size(width, height).await
    }

    pub(crate) async fn media_webkit(&self) -> Result<()> {
        let desk = self.session.ground.desk.as_ref().ok_or_else(|| Trouble::new("there is no desk"))?;
        desk.set(&self.options)?;
        let scheme = if self.options.scheme == Scheme::Dark { "dark" } else { "light" };
        let motion = if self.options.reduced_motion { "reduce" } else { "no-preference" };
        let there = format!(
            "return matchMedia('(prefers-color-scheme: {scheme})').matches
                && matchMedia('(prefers-reduced-motion: {motion})').matches;"
        );
        self.wait_until("the desktop's settings", &there).await
    }

    /// Takes the tab away without asking the page, and leaves the browser open with the profile, on an empty tab. A
    /// process that is killed would end the session with it; see the list of limits.
    pub(crate) async fn crash_webkit(&self) -> Result<()> {
        let page = self.driver().window().await?;
        let empty = self.driver().new_tab().await?;
        self.driver().switch_to_window(page).await?;
        self.driver().close_window().await?;
        self.driver().switch_to_window(empty).await?;
        if let Some(profile) = &self.options.profile {
            profile.keep(&self.session);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_driver_has_a_port_of_its_own() {
        let (one, other) = (free_port().expect("a port"), free_port().expect("another"));
        assert!(PORTS.contains(&one) && PORTS.contains(&other) && one != other);
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, one)).is_ok(), "it is free");
    }
}
