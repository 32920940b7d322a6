//! The doors to the part that stands apart, as [`further`](crate::ui::further) has those to the further part: only an own
//! questionnaire and its author need it, a group, and a screen that strangers share. It is downloaded for them alone,
//! before anything is mounted; so whoever was opened with it may go through.

use web_sys::HtmlElement;
use yew::Context;

use super::{Apart, ApartMsg, Opened};
use crate::embed::Config;
use crate::ui::App;
use crate::ui::node::Node;
use crate::ui::parts::View;

/// Opens what the page brings.
#[inline(never)]
pub(crate) fn open(
    host: &HtmlElement,
    config: &mut Config,
    packs: &str,
    text: Option<&str>,
    fetched: bool,
) -> Option<Opened> {
    super::open(host, config, packs, text, fetched)
}

/// What stands around the assessment, or in its place.
#[inline(never)]
pub(in crate::ui) fn around(view: &View<'_>, apart: &Apart, assessment: Vec<Node>) -> Vec<Node> {
    super::around(view, apart, assessment)
}

/// What happens there.
#[inline(never)]
pub(in crate::ui) fn act(app: &mut App, ctx: &Context<App>, msg: ApartMsg) -> bool {
    app.act_apart(ctx, msg)
}

/// Everything is here.
#[inline(never)]
pub(in crate::ui) fn arrive(app: &mut App, ctx: &Context<App>) {
    app.arrive_apart(ctx);
}
