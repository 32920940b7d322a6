//! Notes: a box to write in for every paradox and for the whole. A kept result shows what was written and nothing to
//! write in.

use std::rc::Rc;

use yew::virtual_dom::ListenerKind;

use super::Shown;
use crate::session::Msg;
use crate::ui::AppMsg;
use crate::ui::node::{Node, el, leaf};
use crate::ui::parts;
use crate::workbook::{About, LONGEST_NOTE};

/// The note about something; nothing where there is none and none can be written.
pub(super) fn field(shown: &Shown<'_>, about: About) -> Option<Node> {
    let written = shown.workbook.note(about);
    let label = label(shown, about);
    if !shown.mine {
        let note =
            el("div", "note").add(leaf("p", "field-label", &label)).add(leaf("p", "written", written?));
        return Some(note.set("data-note", &name(shown, about)));
    }
    let wrote = move |quiet: bool| -> Rc<dyn Fn(String) -> AppMsg> {
        Rc::new(move |text| {
            let msg = Msg::WroteNote(about, text);
            if quiet { AppMsg::Quietly(msg) } else { AppMsg::Session(msg) }
        })
    };
    // Every letter is kept at once; the page is drawn anew only when the field is left.
    let area = el("textarea", "")
        .attr("rows", "2")
        .set("maxlength", &LONGEST_NOTE.to_string())
        .value(written.unwrap_or(""))
        .hears(ListenerKind::oninput, &shown.view.send, wrote(true))
        .hears(ListenerKind::onchange, &shown.view.send, wrote(false));
    let mirror = written.map(|text| leaf("p", "written print-only", text));
    let note = el("div", "note").add(parts::field("field screen-only", &label, area));
    let note = match mirror {
        Some(text) => note.add(leaf("p", "field-label print-only", &label)).add(text),
        None => note,
    };
    Some(note.set("data-note", &name(shown, about)))
}

fn label(shown: &Shown<'_>, about: About) -> String {
    match about {
        About::Overall => shown.view.t("ui.note.overall").to_owned(),
        About::Paradox(paradox) => shown.view.fill("ui.note.paradox", &[("pair", &shown.view.pair(paradox))]),
    }
}

/// What the note is about, by id.
fn name(shown: &Shown<'_>, about: About) -> String {
    match about {
        About::Overall => "overall".to_owned(),
        About::Paradox(paradox) => shown.view.instrument().paradox(paradox).id.clone(),
    }
}
