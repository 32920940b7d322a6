//! Bytes as text that a page may hold and a server may send as UTF-8: seven bits a character, so eight bytes for seven.
//!
//! Base64 takes four for three, and would not fit. A character that HTML, a line end or an old editor could change goes
//! together with the next seven bits into a character of two bytes, so that nothing is lost by it.
//! `single/seven.js` reads it, `element/seven.js` writes the same.

/// Characters that never stand in the text: their place in this list says which one it is.
const NEVER: [u8; 8] = [0, b'\t', b'\n', 0x0c, b'\r', 0x1a, b'&', b'<'];

/// The first of the 1024 characters of two bytes that stand for one of those and the next seven bits.
const PAIRS: u32 = 0x100;

/// The text for some bytes.
pub fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 7 * 8 + 8);
    let mut sevens = sevens(bytes);
    while let Some(seven) = sevens.next() {
        let character = match NEVER.iter().position(|never| *never == seven) {
            None => u32::from(seven),
            Some(which) => PAIRS + ((which as u32) << 7) + u32::from(sevens.next().unwrap_or(0)),
        };
        text.extend(char::from_u32(character));
    }
    text
}

/// The bits of some bytes, seven at a time, the highest first; the last are filled up with zeros.
fn sevens(bytes: &[u8]) -> impl Iterator<Item = u8> {
    let bits = bytes.len() * 8;
    (0..bits).step_by(7).map(|bit| {
        let at = |place: usize| u16::from(bytes.get(place).copied().unwrap_or(0));
        let two = at(bit / 8) << 8 | at(bit / 8 + 1);
        (two >> (9 - bit % 8) & 0x7f) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_seven_bits_a_character() {
        assert_eq!(write(&[]), "");
        assert_eq!(write(&[0b1100_0011, 0b1000_0000]), "a`\u{100}", "and the zeros that fill up");
        assert_eq!(write(&[0b1000_0011, 0b0000_0110, 0b0001_1111]), "AACp");
    }

    #[test]
    fn what_a_page_could_change_never_stands_in_it() {
        let all: Vec<u8> = (0..=255).flat_map(|first| (0..=255).map(move |next: u8| first ^ next)).collect();
        let text = write(&all);
        assert!(!text.chars().any(|character| NEVER.iter().any(|never| char::from(*never) == character)));
        assert!(
            text.chars().all(
                |character| u32::from(character) < 0x80 || (0x100..0x500).contains(&u32::from(character))
            )
        );
        assert!(text.len() <= all.len() / 7 * 8 + 8, "eight bytes for seven: {}", text.len());
    }
}
