//! A text as a QR code, drawn as one path: what a phone reads off a screen.

use qrcodegen::{QrCode, QrCodeEcc};

/// The free edge that readers need on every side, in modules.
const EDGE: i32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How wide and high it is, in modules, with its free edge.
    pub side: u32,
    /// The dark modules.
    pub path: String,
}

/// Draws a text; `None` when it is too long for any QR code (2,953 bytes). It is as small as it can be, and within that
/// mends as much as it can.
#[must_use]
pub fn draw(text: &str) -> Option<Drawn> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                run(&mut path, start + EDGE, y + EDGE, x - start);
            }
            x += 1;
        }
    }
    Some(Drawn { side: (size + 2 * EDGE) as u32, path })
}

/// Some dark modules beside each other.
fn run(path: &mut String, x: i32, y: i32, length: i32) {
    let [x, y, length] = [x, y, length].map(|number| number.to_string());
    for part in ["M", &x, " ", &y, "h", &length, "v1h-", &length, "z"] {
        path.push_str(part);
    }
}
