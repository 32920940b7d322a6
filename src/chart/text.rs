//! How wide a text will be, guessed without a browser, and where to break it.
//!
//! The advances are those of the widest sans that systems fall back to (the larger of `DejaVu Sans` and Verdana for each
//! character), so a label laid out with them has room in any usual interface font.

/// Advances of U+0020 to U+007E in hundredths of the font size.
const ASCII: [u8; 95] = [
    36, 41, 46, 84, 64, 108, 78, 28, 46, 46, 64, 84, 37, 46, 37, 46, // space to /
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 46, 46, 84, 84, 84, 55, // 0 to ?
    100, 69, 69, 70, 78, 64, 58, 78, 76, 43, 46, 70, 56, 87, 75, 79, // @ to O
    61, 79, 70, 69, 62, 74, 69, 99, 69, 62, 69, 46, 46, 46, 84, 64, // P to _
    64, 62, 64, 55, 64, 62, 36, 64, 64, 28, 35, 60, 28, 98, 64, 62, // ` to o
    64, 64, 43, 53, 40, 64, 60, 82, 60, 60, 53, 64, 46, 64, 84, // p to ~
];

/// What bold adds to a character, in hundredths of the font size.
const BOLD_EXTRA: u16 = 9;

const SOFT_HYPHEN: char = '\u{ad}';

/// Width of a text in pixels at a font size in pixels, no narrower than a usual sans-serif draws it.
pub fn width(text: &str, font_px: f64) -> f64 {
    let hundredths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    pixels(hundredths, font_px)
}

/// As [`width`], for bold.
pub fn bold_width(text: &str, font_px: f64) -> f64 {
    let seen = text.chars().filter(|&c| advance(c) > 0).count();
    width(text, font_px) + seen as f64 * f64::from(BOLD_EXTRA) / 100.0 * font_px
}

/// Width (pixels) of the widest part of a text that [`wrap`] keeps together unless it must cut a word.
pub fn longest_part(text: &str, font_px: f64) -> f64 {
    let mut longest = 0.0_f64;
    for word in words(text) {
        let mut syllables = word.text.split(SOFT_HYPHEN).peekable();
        while let Some(syllable) = syllables.next() {
            let hyphen = if syllables.peek().is_some() { width("-", font_px) } else { 0.0 };
            longest = longest.max(width(syllable, font_px) + hyphen);
        }
    }
    longest
}

/// Breaks a text into lines of at most `max_px` pixels.
///
/// It breaks at spaces and after hyphens; a word too long for a line of its own breaks at its soft hyphens (U+00AD), and
/// only a piece that is still too long is cut, with a hyphen added. No character is lost, so a line of one character
/// may be wider than `max_px`.
pub fn wrap(text: &str, max_px: f64, font_px: f64) -> Vec<String> {
    let mut lines = Lines { done: Vec::new(), current: String::new(), max_px, font_px };
    for word in words(text) {
        lines.add_word(word);
    }
    lines.finish()
}

struct Lines {
    done: Vec<String>,
    current: String,
    max_px: f64,
    font_px: f64,
}

impl Lines {
    fn fits(&self, text: &str) -> bool {
        width(text, self.font_px) <= self.max_px
    }

    fn add_word(&mut self, word: Word<'_>) {
        let plain: String = word.text.chars().filter(|&c| c != SOFT_HYPHEN).collect();
        if plain.is_empty() {
            return;
        }
        let space = if word.spaced && !self.current.is_empty() { " " } else { "" };
        let candidate = [self.current.as_str(), space, &plain].concat();
        if self.fits(&candidate) {
            self.current = candidate;
            return;
        }
        self.break_line();
        if self.fits(&plain) {
            self.current = plain;
            return;
        }
        self.add_syllables(word.text);
    }

    fn add_syllables(&mut self, word: &str) {
        let mut syllables = word.split(SOFT_HYPHEN).peekable();
        while let Some(syllable) = syllables.next() {
            let candidate = [self.current.as_str(), syllable].concat();
            let hyphened = [candidate.as_str(), "-"].concat();
            let last = syllables.peek().is_none();
            if self.fits(if last { &candidate } else { &hyphened }) {
                self.current = candidate;
                continue;
            }
            if !self.current.is_empty() {
                self.current.push('-');
                self.break_line();
            }
            self.add_by_character(syllable, last);
        }
    }

    /// The last resort. A mark that combines with the character before it stays with it.
    fn add_by_character(&mut self, piece: &str, last: bool) {
        let mut rest = piece;
        // What is left over must fit with the hyphen of the syllable's end, too.
        while !self.fits(&[rest, if last { "" } else { "-" }].concat()) {
            let cut = self.cut(rest);
            if cut >= rest.len() {
                break;
            }
            let (head, tail) = rest.split_at(cut);
            self.done.push([head, "-"].concat());
            rest = tail;
        }
        rest.clone_into(&mut self.current);
    }

    /// Where to cut, in bytes: the most that fits with a hyphen, but at least one character.
    fn cut(&self, piece: &str) -> usize {
        let mut used = u32::from(advance('-'));
        for (at, character) in piece.char_indices() {
            let own = u32::from(advance(character));
            used += own;
            if at > 0 && own > 0 && pixels(used, self.font_px) > self.max_px {
                return at;
            }
        }
        piece.len()
    }

    fn break_line(&mut self) {
        if !self.current.is_empty() {
            self.done.push(core::mem::take(&mut self.current));
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.break_line();
        self.done
    }
}

/// A part of a text between two places where a line may break.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    /// Whether a space stands before it; if not, it follows a hyphen.
    spaced: bool,
    text: &'a str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for run in text.split(is_space) {
        let mut spaced = true;
        for part in run.split_inclusive(['-', '\u{2010}', '\u{2013}']).filter(|part| !part.is_empty()) {
            words.push(Word { spaced, text: part });
            spaced = false;
        }
    }
    words
}

/// White space at which a line may break, so not the spaces made to prevent it.
fn is_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}')
}

fn pixels(hundredths: u32, font_px: f64) -> f64 {
    f64::from(hundredths) / 100.0 * font_px
}

/// Advance of a character in hundredths of the font size; zero for what joins or is not seen.
fn advance(character: char) -> u16 {
    let code = u32::from(character);
    if let Some(&hundredths) = code.checked_sub(0x20).and_then(|at| ASCII.get(at as usize)) {
        return u16::from(hundredths);
    }
    match code {
        0xad | 0x300..=0x36f | 0x200b..=0x200f | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff => 0,
        0xc6 | 0xe6 | 0x152 | 0x153 => 108,
        0xf7 => 84,
        0xe0..=0xff => 66,
        0xc0..=0xdf | 0x100..=0x17f => 86,
        0x2018..=0x201f => 56,
        0x590..=0x5ff => 72,
        0x600..=0x6ff => 124,
        0x1f000.. => 140,
        _ => 110,
    }
}
