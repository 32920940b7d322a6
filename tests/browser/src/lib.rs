//! A harness for tests in a real browser: the release build, served under the strict policy, driven over `WebDriver`.
//!
//! A test opens a [`Browser`] on a [`Server`] of its own, so tests don't meet. It returns an [`Outcome`], and says `?`
//! after everything that touches the browser: a failure then names the line of the test.
//!
//! ```no_run
//! use browser_tests::{Browser, Options, Outcome, dist};
//!
//! # async fn shape() -> Outcome {
//! let server = dist()?;
//! let browser = Browser::open(Options::default().size(320, 640)).await?;
//! browser.goto(&server.address("/")).await?;
//! let widget = browser.widget();
//! widget.click("[data-form=full]").await?;
//! widget.find("fieldset[data-item]").await?;
//! assert_eq!(browser.console_errors().await?, Vec::<String>::new());
//! # Ok(())
//! # }
//! ```
//!
//! Nothing is ever skipped: without a build or a browser every test fails and says `run cargo xtask test`.
//!
//! - [`Browser`] is a window with a profile; [`Options`] says how large, how coloured, in what language;
//! - [`Assessment`] is the widget as a person uses it, and [`native`] what it has to show, by the scorer without a browser;
//! - [`Scope`] finds and uses elements, in the page or in a widget's shadow root;
//! - [`Pdf`] is what [`Browser::print`] prints, with its words in their places and pictures of its pages;
//! - [`File`]s go in by [`Element::pick`], [`Scope::drop_files`] and [`Scope::paste`], and come out by
//!   [`Browser::downloaded`] and [`Browser::clipboard_text`];
//! - [`Server`], [`Site`] and [`Page`] are the tool's own server, with pages from memory beside the build.

mod assessment;
mod axe;
mod browser;
mod chromium;
mod clock;
mod element;
mod emulate;
mod environment;
mod failed;
mod files;
mod firefox;
mod folder;
mod hosting;
pub mod limits;
mod logs;
pub mod native;
mod options;
mod print;
mod process;
mod profile;
mod proxy;
mod scope;
mod screenshot;
mod session;
mod webkit;

pub use self::assessment::{Assessment, Figures};
pub use self::browser::Browser;
pub use self::element::Element;
pub use self::environment::{
    dist, dist_at, dist_file, dist_path, dist_with_header, dist_with_hosts, dist_without, shipped,
};
pub use self::failed::{Failed, Outcome, Result, Trouble};
pub use self::files::File;
pub use self::folder::Folder;
pub use self::hosting::{ELEMENT, SAID, dist_with_main, host_page};
pub use self::limits::Ability;
pub use self::logs::Asked;
pub use self::options::{Options, Scheme};
pub use self::print::{Paper, Pdf, Picture, Sheet, Word};
pub use self::profile::Profile;
pub use self::scope::{Rect, Scope};
pub use thirtyfour::Key;
pub use xtask::engine::Engine;
pub use xtask::serve::{Page, STRICT, Seen, Server, Site};
pub use xtask::shipped::plain;
