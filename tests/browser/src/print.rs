//! What comes out of the printer: pages as PDF, the words on them, and pictures of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use http::Method;
use serde_json::json;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::environment;
use crate::failed::{Result, Trouble};
use crate::limits::{Ability, limit, refusal};
use crate::scope::Rect;

/// Points in an inch: what a PDF measures in.
const INCH: f64 = 72.0;

/// Centimetres in an inch: what a driver measures in.
const CENTIMETRES: f64 = 2.54;

/// A size of paper, upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its name, in lower case.
    pub name: &'static str,
    /// Width in inches.
    width: f64,
    /// Height in inches.
    height: f64,
}

impl Paper {
    /// 210 × 297 mm.
    pub const A4: Self = Self { name: "a4", width: 8.268, height: 11.693 };
    /// 8.5 × 11 inches.
    pub const LETTER: Self = Self { name: "letter", width: 8.5, height: 11.0 };

    /// Paper that no one sells, so that pages end in other places.
    pub fn cut(name: &'static str, width: f64, height: f64) -> Self {
        Self { name, width, height }
    }
}

/// A word where it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its letters.
    pub text: String,
    /// Where it is, in points (1/72 inch) from the top left of the page.
    pub rect: Rect,
}

/// A printed page.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// The lines of text as Poppler sees them, in reading order; a cell of a table may be a line of its own.
    pub lines: Vec<Vec<Word>>,
}

impl Sheet {
    /// Every word, in reading order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.lines.iter().flatten()
    }

    /// All words with a space between them.
    pub fn text(&self) -> String {
        self.words().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// A page as shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Row by row from the top: 0 is black, 255 white.
    pub shades: Vec<u8>,
}

impl Picture {
    /// The shade at a place, white outside.
    pub fn shade(&self, x: usize, y: usize) -> u8 {
        if x >= self.width {
            return u8::MAX;
        }
        self.shades.get(y * self.width + x).copied().unwrap_or(u8::MAX)
    }

    /// The smallest box around everything darker than `shade`; nothing on an empty page. In pixels.
    pub fn ink(&self, shade: u8) -> Option<Rect> {
        let mut edges: Option<(usize, usize, usize, usize)> = None;
        for (index, _) in self.shades.iter().enumerate().filter(|(_, is)| **is < shade) {
            let (x, y) = (index % self.width, index / self.width);
            let (left, top, right, bottom) = edges.unwrap_or((x, y, x, y));
            edges = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
        }
        edges.map(|(left, top, right, bottom)| Rect {
            x: left as f64,
            y: top as f64,
            width: (right + 1 - left) as f64,
            height: (bottom + 1 - top) as f64,
        })
    }

    /// Reads the plainest of formats: `P5`, width, height, the whitest shade, and the pixels.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut numbers = Vec::new();
        let mut at = bytes.starts_with(b"P5").then_some(2)?;
        while numbers.len() < 3 {
            let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
            let end = start + bytes.get(start..)?.iter().position(|byte| !byte.is_ascii_digit())?;
            numbers.push(std::str::from_utf8(bytes.get(start..end)?).ok()?.parse::<usize>().ok()?);
            at = end;
        }
        let &[width, height, 255] = numbers.as_slice() else { return None };
        let shades = bytes.get(at + 1..)?.to_vec();
        (shades.len() == width * height).then_some(Self { width, height, shades })
    }
}

/// A printed document; it stays among the artifacts.
#[derive(Debug, Clone)]
pub struct Pdf {
    file: PathBuf,
    sheets: Vec<Sheet>,
    text: String,
}

impl Browser {
    /// Prints the page as the browser's own dialogue does when nothing in it is changed, and keeps it as `<name>.pdf`.
    ///
    /// # Errors
    /// When it can't be printed, kept or read.
    pub async fn print(&self, name: &str, paper: Paper) -> Result<Pdf> {
        let data = self.printed(paper).await?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(data);
        let bytes = bytes.map_err(|error| Trouble::new(format!("print {name}: {error}")))?;
        let file = xtask::paths::artifacts().join(format!("{name}.pdf"));
        file.parent().map(std::fs::create_dir_all).transpose()?;
        std::fs::write(&file, bytes)?;
        Pdf::read(file)
    }
}

impl Browser {
    /// The PDF, in base 64.
    async fn printed(&self, paper: Paper) -> Result<String> {
        if self.engine() == Engine::Chromium {
            let asked =
                json!({ "paperWidth": paper.width, "paperHeight": paper.height, "printBackground": false });
            let printed = self.cdp("Page.printToPDF", asked).await?;
            return Ok(printed["data"].as_str().unwrap_or_default().to_owned());
        }
        if limit(self.engine(), Ability::Print).is_some() {
            return Err(refusal(self.engine(), Ability::Print));
        }
        let page = json!({ "width": paper.width * CENTIMETRES, "height": paper.height * CENTIMETRES });
        let asked = json!({ "page": page, "background": false });
        let printed = self.session.say(Method::POST, "/print", Some(asked)).await?;
        Ok(printed.as_str().unwrap_or_default().to_owned())
    }
}

impl Pdf {
    fn read(file: PathBuf) -> Result<Self> {
        let mut command = Command::new(environment::pdftotext()?);
        let output = run(command.arg("-bbox-layout").arg(&file).arg("-"))?;
        let sheets = sheets(&String::from_utf8_lossy(&output));
        if sheets.is_empty() {
            return Err(Trouble::new(format!("{} has no pages", file.display())));
        }
        let mut command = Command::new(environment::pdftotext()?);
        let text = run(command.arg("-raw").arg(&file).arg("-"))?;
        Ok(Self { file, sheets, text: parted(&String::from_utf8_lossy(&text)) })
    }

    /// Where it is kept.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Its pages.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The text of all pages in the order of the document: a column is not mixed with the one beside it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every page in shades of grey, with so many pixels an inch.
    ///
    /// # Errors
    /// When no pictures can be made.
    pub fn pictures(&self, dots: u32) -> Result<Vec<Picture>> {
        let mut pictures = Vec::new();
        for page in 1..=self.sheets.len() {
            let bytes = self.picture(page, dots, &["-gray"])?;
            let picture = Picture::read(&bytes);
            pictures.push(picture.ok_or_else(|| Trouble::new(format!("page {page} gave no picture")))?);
        }
        Ok(pictures)
    }

    /// Keeps a picture of every page beside the PDF, to be looked at.
    ///
    /// # Errors
    /// When they can't be made or written.
    pub fn keep_pictures(&self, dots: u32) -> Result<()> {
        for page in 1..=self.sheets.len() {
            let bytes = self.picture(page, dots, &["-png"])?;
            std::fs::write(self.file.with_extension(format!("{page}.png")), bytes)?;
        }
        Ok(())
    }

    fn picture(&self, page: usize, dots: u32, format: &[&str]) -> Result<Vec<u8>> {
        let (page, dots) = (page.to_string(), dots.to_string());
        let mut command = Command::new(environment::pdftoppm()?);
        run(command.args(format).args(["-r", &dots, "-f", &page, "-l", &page]).arg(&self.file))
    }

    /// Points to pixels in pictures of so many pixels an inch.
    pub fn pixels(points: f64, dots: u32) -> usize {
        (points * f64::from(dots) / INCH).round() as usize
    }
}

fn run(command: &mut Command) -> Result<Vec<u8>> {
    let ran = command.output()?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    Err(Trouble::new(format!("{command:?}: {}", String::from_utf8_lossy(&ran.stderr))))
}

/// Reads what `pdftotext -bbox-layout` writes: one element a line, from pages to words.
fn sheets(xml: &str) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for line in xml.lines().map(str::trim) {
        let number = |name: &str| attribute(line, name).and_then(|value| value.parse().ok()).unwrap_or(0.0);
        if line.starts_with("<page ") {
            sheets.push(Sheet { width: number("width"), height: number("height"), lines: Vec::new() });
            continue;
        }
        let Some(sheet) = sheets.last_mut() else { continue };
        if line.starts_with("<line ") {
            sheet.lines.push(Vec::new());
        } else if line.starts_with("<word ") {
            let (x, y) = (number("xMin"), number("yMin"));
            let rect = Rect { x, y, width: number("xMax") - x, height: number("yMax") - y };
            let text = line.split_once('>').and_then(|(_, rest)| rest.split_once("</word>"));
            let text = plain(text.map_or("", |(text, _)| text));
            sheet
                .lines
                .last_mut()
                .into_iter()
                .for_each(|words| words.push(Word { text: text.clone(), rect }));
        }
    }
    sheets
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Letters that a browser joined to one sign, as they were written.
fn parted(text: &str) -> String {
    const JOINED: [(&str, &str); 5] = [
        ("\u{fb00}", "ff"),
        ("\u{fb01}", "fi"),
        ("\u{fb02}", "fl"),
        ("\u{fb03}", "ffi"),
        ("\u{fb04}", "ffl"),
    ];
    JOINED.iter().fold(text.to_owned(), |text, (sign, letters)| text.replace(sign, letters))
}

fn plain(text: &str) -> String {
    let text = &parted(text);
    let names =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    names.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_places() {
        let xml = "<doc>\n  <page width=\"595.0\" height=\"842.0\">\n    <flow>\n      <block xMin=\"1\">\n\
            <line xMin=\"1\">\n<word xMin=\"10.0\" yMin=\"20.0\" xMax=\"30.0\" yMax=\"32.5\">a&amp;b</word>\n\
            <word xMin=\"31.0\" yMin=\"20.0\" xMax=\"40.0\" yMax=\"32.5\">c</word>\n</line>";
        let read = sheets(xml);
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].text(), "a&b c");
        let first = read[0].words().next().map(|word| word.rect);
        assert_eq!(first, Some(Rect { x: 10.0, y: 20.0, width: 20.0, height: 12.5 }));
    }

    #[test]
    fn pictures_are_read_and_their_ink_is_found() {
        let picture = Picture::read(b"P5\n3 2\n255\n\xff\xff\xff\xff\x10\xff").expect("it is one");
        assert_eq!(picture.shade(1, 1), 16);
        assert_eq!(picture.shade(3, 0), 255, "outside");
        assert_eq!(picture.ink(128), Some(Rect { x: 1.0, y: 1.0, width: 1.0, height: 1.0 }));
        assert_eq!(picture.ink(16), None);
        assert_eq!(Picture::read(b"P5\n3 2\n255\n\xff"), None, "cut short");
    }
}
