//! The browser's own printing.

/// Opens the browser's dialogue for printing and saving as PDF. A frame that may not print does nothing.
pub(crate) fn print() {
    let _ = gloo::utils::window().print();
}
