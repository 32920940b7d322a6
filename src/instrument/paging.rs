//! From a form to pages: pole items, tension items and phase items never share a page, and the items of a
//! section are spread evenly, so that no page is left with a single statement.

use super::{Form, Instrument, ItemIx, Role};

/// The items that stand on one page, in order.
pub type Page = Vec<ItemIx>;

/// The pages of a form. Items that were answered in a shorter form (`carried`) come on pages of their own, first:
/// the person starts after them and finds them by going back, and is never asked them again.
///
/// Returns the pages and how many of them hold carried items only.
pub fn pages(instrument: &Instrument, form: &Form, carried: &[ItemIx]) -> (Vec<Page>, usize) {
    let (old, new): (Vec<ItemIx>, Vec<ItemIx>) = form.items.iter().partition(|item| carried.contains(item));
    let mut pages = Vec::new();
    split(instrument, &old, &mut pages);
    let first_new = pages.len();
    split(instrument, &new, &mut pages);
    (pages, first_new)
}

fn split(instrument: &Instrument, items: &[ItemIx], pages: &mut Vec<Page>) {
    for section in items.chunk_by(|left, right| section(instrument, *left) == section(instrument, *right)) {
        let count = section.len().div_ceil(instrument.page_size().max(1)).max(1);
        let (size, larger) = (section.len() / count, section.len() % count);
        let mut rest = section;
        for index in 0..count {
            let (page, after) = rest.split_at(size + usize::from(index < larger));
            pages.push(page.to_vec());
            rest = after;
        }
    }
}

fn section(instrument: &Instrument, item: ItemIx) -> u8 {
    match instrument.item(item).role {
        Role::Pole(..) => 0,
        Role::Tension(_) => 1,
        Role::Phase(_) | Role::Choice => 2,
    }
}
