//! The doors to the further part: what is downloaded right after the first screen. The build splits the module here
//! (`xtask/src/split.rs`): each function of this file becomes a stub in the first part, and what only these functions
//! reach moves to the further one.
//!
//! Nothing in the first part may call one of them before the further part is here: only the root does, and it asks
//! first. None may be inlined, or there would be no door left to split at.

use yew::Context;

use super::App;
use super::desk::{Aside, DeskMsg};
use super::node::Node;
use super::overlay::Axes;
use super::parts::View;
use crate::formats::intake::{Find, Found};
use crate::formats::result::ResultFile;
use crate::scoring::Report;
use crate::session::Pass;

/// The result.
#[inline(never)]
pub(super) fn result(view: &View<'_>) -> Node {
    super::result::view(view)
}

/// A page of the second pass.
#[inline(never)]
pub(super) fn wish(view: &View<'_>, pass: Pass, page: usize) -> Node {
    super::wish::view(view, pass, page)
}

/// A deepening module.
#[inline(never)]
pub(super) fn module(view: &View<'_>, module: usize) -> Node {
    super::deepen::view(view, module)
}

/// A screen beside the assessment.
#[inline(never)]
pub(super) fn aside(view: &View<'_>, aside: &Aside) -> Node {
    super::aside::view(view, aside)
}

/// What is done beside the assessment.
#[inline(never)]
pub(super) fn act(app: &mut App, ctx: &Context<App>, msg: DeskMsg) -> bool {
    app.act(ctx, msg)
}

/// The further part is here.
#[inline(never)]
pub(super) fn arrive(app: &mut App) {
    app.arrive();
}

/// Another tab kept a result, or removed one.
#[inline(never)]
pub(super) fn found_history(app: &mut App, text: &str) -> bool {
    app.found_history(text)
}

/// What is found in something that was handed in, and what can't be taken of it, in words.
#[inline(never)]
pub(super) fn handed_in(app: &App, bytes: &[u8]) -> (Vec<Find>, Vec<String>) {
    app.handed_in(bytes)
}

/// A result that was found, with its scores; none when it is something else.
#[inline(never)]
pub(super) fn scored(app: &App, found: &Found) -> Option<(ResultFile, Report)> {
    app.scored(found)
}

/// The address of this page with the result in it; none where nobody else could open it.
#[inline(never)]
pub(super) fn link(view: &View<'_>) -> Option<String> {
    super::result::link(view)
}

/// Several results on one radar, with the names of their lines.
#[inline(never)]
pub(super) fn overlay(
    view: &View<'_>,
    axes: &Axes,
    label: &str,
    names: &[&str],
    values: &[Vec<Option<f64>>],
) -> Node {
    super::overlay::with_legend(view, axes, label, names, values)
}

/// The result as a file, for a host page that asked for it.
#[inline(never)]
pub(super) fn result_file(app: &App) -> Option<String> {
    app.result_file()
}
