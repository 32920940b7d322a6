//! Pages of others, with the element in them.

use xtask::serve::{Page, Server};

use crate::environment::{dist, dist_file};
use crate::failed::Result;

/// What a page writes to have the element, from the top of the server.
pub const ELEMENT: &str = "<script type=\"module\" src=\"/element.js\"></script>";

/// Keeps what elements say in `said`, also before anyone listens.
pub const SAID: &str = "window.said = [];
    for (const name of ['ready', 'error', 'complete'])
        addEventListener(`equipoise-${name}`, event => window.said.push([name, event.detail]), true);";

/// The build, and beside it `/host.html`: a page dressed as ours, with this in its `main`.
///
/// # Errors
/// When there is no build.
pub fn dist_with_main(main: &str) -> Result<Server> {
    let server = dist()?;
    let head = ["<link rel=\"stylesheet\" href=\"/styles/page.css\">", ELEMENT].concat();
    server.add("/host.html", host_page(&head, &format!("<main>{main}</main>")));
    server.add("/styles/page.css", dist_file("styles/page.css")?);
    Ok(server)
}

/// A page of somebody else's, in English, with this in its head and in its body.
pub fn host_page(head: &str, body: &str) -> Page {
    Page::html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page of others</title>
        <link rel=\"icon\" href=\"data:,\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
        {head}</head><body>{body}</body></html>"
    ))
}
