//! Pictures that leave the page: radar, tilt chart and phase ring as SVG that stands by itself and can be edited
//! anywhere, with a title, a legend and what is not claimed. Light colours always, for paper and slides are white; told
//! apart in grey by line and marker.
//!
//! Names of phases stand straight beside their sector instead of along it: slide programs drop text on a path.

mod charts;
mod svg;

use crate::chart::path::number;
use crate::chart::radar::FEWEST;
use crate::chart::{Point, text};
use crate::i18n::Texts;
use crate::instrument::{FormIx, Instrument};
use crate::scoring::Report;
use crate::summary;
use svg::Svg;

/// The fonts of headings and of everything else: whatever a system has of these.
const SERIF: &str = "Charter, Georgia, 'Times New Roman', serif";
const SANS: &str = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
/// Ink, soft ink, lines and the two poles: those of the style sheet, on white.
const INK: &str = "#1d2430";
const SOFT: &str = "#565c69";
const LINE: &str = "#ddd5c6";
const EDGE: &str = "#857c6c";
const ACCENT: &str = "#5f2752";
const POLE_A: &str = "#0d6565";
const POLE_B: &str = "#a44c12";
const CORE: &str = "#d9cfc0";
const WASH: &str = "#f1e9ee";

/// Which chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chart {
    /// Both poles of every paradox.
    #[default]
    Radar,
    /// Which way they lean.
    Tilt,
    /// The phases.
    Ring,
}

impl Chart {
    /// The word in text keys and names of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Radar => "radar",
            Self::Tilt => "tilt",
            Self::Ring => "ring",
        }
    }
}

/// The shape of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The chart with its legend, and nothing around it.
    Natural,
    /// 1600 × 900, as a slide.
    Wide,
    /// 1200 × 1200.
    Square,
}

/// What is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// White.
    White,
    /// Nothing: for a slide of a light colour.
    Transparent,
}

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// The texts of the language it is drawn in.
    pub texts: &'a Texts,
    /// The result.
    pub report: &'a Report,
    /// The name of the alliance.
    pub label: Option<&'a str>,
    /// The day, in words.
    pub day: Option<&'a str>,
}

/// A picture, and how large it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The SVG text.
    pub svg: String,
    /// Its width, in pixels.
    pub width: f64,
    /// Its height, in pixels.
    pub height: f64,
}

/// An upright box to draw in.
#[derive(Clone, Copy, Debug)]
struct Space {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// The charts that a form of this instrument has: no radar of fewer than three paradoxes, no ring without phases.
#[must_use]
pub fn charts(instrument: &Instrument, form: FormIx) -> Vec<Chart> {
    let asked = charts::asked(instrument, form).len();
    let radar = (asked >= FEWEST).then_some(Chart::Radar);
    let ring = (!instrument.phases().is_empty()).then_some(Chart::Ring);
    [radar, Some(Chart::Tilt), ring].into_iter().flatten().collect()
}

/// Draws a chart of a result; the tilt chart in place of one that its form doesn't have.
#[must_use]
pub fn draw(picture: &Picture<'_>, chart: Chart, frame: Frame, background: Background) -> Drawn {
    let has = charts(picture.instrument, picture.report.form).contains(&chart);
    let chart = if has { chart } else { Chart::Tilt };
    let inner = charts::draw(picture, chart);
    let (width, height) = match frame {
        Frame::Natural => (inner.width + 2.0 * MARGIN, inner.height + 2.0 * MARGIN),
        Frame::Wide => (1600.0, 900.0),
        Frame::Square => (1200.0, 1200.0),
    };
    let mut svg = Svg::default();
    let (w, h) = (number(width), number(height));
    let view = ["0 0 ", &w, " ", &h].concat();
    svg.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &w),
            ("height", &h),
            ("viewBox", &view),
            ("role", "img"),
            ("font-family", SANS),
            ("fill", INK),
        ],
    );
    svg.text("title", &[], &title(picture, chart));
    let sentences = summary::sentences(picture.instrument, picture.texts, picture.report);
    svg.text("desc", &[], &sentences.join(" "));
    if background == Background::White {
        svg.empty("rect", &[("width", &w), ("height", &h), ("fill", "#ffffff")]);
    }
    match frame {
        Frame::Natural => {
            let space = Space { x: MARGIN, y: MARGIN, width: inner.width, height: inner.height };
            place(&mut svg, &inner, space);
        }
        Frame::Wide => wide(&mut svg, picture, chart, &inner, &sentences),
        Frame::Square => square(&mut svg, picture, chart, &inner),
    }
    Drawn { svg: svg.finish(), width, height }
}

/// Clear space at the edges.
const MARGIN: f64 = 24.0;
const WIDE_MARGIN: f64 = 70.0;

/// The chart in a box: as large as it fits, in the middle.
fn place(svg: &mut Svg, inner: &charts::Inner<'_>, space: Space) {
    let scale = (space.width / inner.width).min(space.height / inner.height);
    let x = space.x + (space.width - inner.width * scale) / 2.0;
    let y = space.y + (space.height - inner.height * scale) / 2.0;
    let moved = ["translate(", &number(x), " ", &number(y), ") scale(", &thousandths(scale), ")"].concat();
    svg.open("g", &[("transform", &moved)]);
    (inner.draw)(svg);
    svg.close();
}

/// A factor with three decimals: two would shift a chart by pixels.
fn thousandths(value: f64) -> String {
    let whole = (value * 1000.0).round().max(1.0) as u64;
    let rest = (1000 + whole % 1000).to_string();
    [&(whole / 1000).to_string(), ".", &rest[1..]].concat()
}

fn wide(
    svg: &mut Svg,
    picture: &Picture<'_>,
    chart: Chart,
    inner: &charts::Inner<'_>,
    sentences: &[String; 3],
) {
    let column = 470.0;
    let mut y = 118.0;
    y = block(svg, &title(picture, chart), Point { x: WIDE_MARGIN, y }, column, 44.0, SERIF, INK);
    y = block(svg, &facts(picture), Point { x: WIDE_MARGIN, y: y + 8.0 }, column, 20.0, SANS, SOFT);
    y += 24.0;
    for sentence in sentences {
        y = block(svg, sentence, Point { x: WIDE_MARGIN, y: y + 14.0 }, column, 23.0, SERIF, INK);
    }
    let x = WIDE_MARGIN + column + 50.0;
    place(svg, inner, Space { x, y: 56.0, width: 1600.0 - x - 50.0, height: 900.0 - 56.0 - 80.0 });
    honesty(svg, picture, 1600.0, 862.0);
}

fn square(svg: &mut Svg, picture: &Picture<'_>, chart: Chart, inner: &charts::Inner<'_>) {
    let column = 1200.0 - 2.0 * WIDE_MARGIN;
    let mut y = 104.0;
    y = block(svg, &title(picture, chart), Point { x: WIDE_MARGIN, y }, column, 42.0, SERIF, INK);
    y = block(svg, &facts(picture), Point { x: WIDE_MARGIN, y: y + 4.0 }, column, 21.0, SANS, SOFT);
    let space = Space { x: WIDE_MARGIN, y: y + 10.0, width: column, height: 1120.0 - y - 10.0 };
    place(svg, inner, space);
    honesty(svg, picture, 1200.0, 1166.0);
}

/// What is not claimed, small, at the bottom.
fn honesty(svg: &mut Svg, picture: &Picture<'_>, width: f64, y: f64) {
    let words = picture.texts.get("instrument.honesty");
    let room = width - 2.0 * WIDE_MARGIN;
    // As large as it fits on a line.
    let size = (16.0 * room / text::width(words, 16.0)).min(16.0);
    svg.words(Point { x: WIDE_MARGIN, y }, size, "start", &[("fill", SOFT)], words);
}

/// Lines of words from a first base line on; returns the base line for what comes next.
fn block(svg: &mut Svg, words: &str, at: Point, width: f64, size: f64, font: &str, fill: &str) -> f64 {
    let mut y = at.y;
    for line in text::wrap(words, width, size) {
        svg.words(Point { x: at.x, y }, size, "start", &[("font-family", font), ("fill", fill)], &line);
        y += 1.3 * size;
    }
    y
}

/// The alliance by name, or what the chart is.
fn title(picture: &Picture<'_>, chart: Chart) -> String {
    let key = match chart {
        Chart::Radar => "ui.result.title",
        Chart::Tilt => "ui.tilt.title",
        Chart::Ring => "ui.ring.title",
    };
    picture.label.unwrap_or_else(|| picture.texts.get(key)).to_owned()
}

/// The day and the form.
fn facts(picture: &Picture<'_>) -> String {
    let form = &picture.instrument.form(picture.report.form).id;
    let form = picture.texts.get(&["ui.start.form.", form, ".name"].concat()).to_owned();
    let form = picture.texts.fill("ui.report.form", &[("form", &form)]);
    match picture.day {
        Some(day) => [day, " · ", &form].concat(),
        None => form,
    }
}
