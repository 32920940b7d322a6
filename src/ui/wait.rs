//! What is shown in place of a screen of the further part until that is here: that it is coming, or that it couldn't be
//! fetched, with a way to try again. What was answered is not touched by either.

use super::AppMsg;
use super::node::{Node, el, leaf};
use super::parts::{self, Kind, View};
use crate::session::Msg;

pub(super) fn view(view: &View<'_>, failed: bool) -> Node {
    let said = view.t(if failed { "ui.wait.failed" } else { "ui.wait.coming" });
    let again = failed.then(|| {
        parts::tap(view, "primary", view.t("ui.wait.again"), AppMsg::AskedForFurther)
            .attr("data-action", "again")
    });
    let back = parts::button(view, "secondary", "back", view.t("ui.page.back"), Msg::WentBack);
    let opening = el("header", "opening")
        .add(parts::heading(view, view.t("ui.wait.title")))
        .add(leaf("p", "lead", said).attr("role", "status"));
    el("section", "review")
        .attr("data-wait", if failed { "failed" } else { "coming" })
        .key(Kind::Wait as usize)
        .add(opening)
        .add(el("nav", "actions").maybe(again).add(back))
}
