//! The charts as geometry: what is drawn where, for every size, font and questionnaire.

use equipoise::chart::path::{Path, number};
use equipoise::chart::radar::{AxisSpec, Layout, RadarGeometry, RadarSpec, SectorSpec, radar};
use equipoise::chart::ring::{PhaseSpec, RingSpec, ring};
use equipoise::chart::text::{bold_width, longest_part, width, wrap};
use equipoise::chart::tilt::{CENTRE, Span, TICKS, TiltSpec, WIDTH, position, row};
use equipoise::chart::{Point, Rect};
use proptest::prelude::*;

/// What rounding in the geometry may add up to, in pixels.
const HAIR: f64 = 1e-6;

const POLES: [(&str, &str); 12] = [
    ("Gevoel", "Analyse"),
    ("Insluiten", "Selecteren"),
    ("Dromen", "Doen"),
    ("Vertrouwen", "Controle"),
    ("Autonomie", "Gemeenschappelijke strategie"),
    ("Samen beslissen", "Slagvaardig besluiten"),
    ("Maatschappelijke betekenis", "Bedrijfseconomische betekenis"),
    ("Verbreden", "Verdiepen"),
    ("Eenheid", "Verscheidenheid"),
    ("Continuïteit", "Vernieuwing"),
    ("Korte termijn", "Lange termijn"),
    ("Naar binnen", "Naar buiten"),
];

const PHASES: [&str; 4] = ["Formeren", "Funderen", "Evolueren", "Transformeren"];

fn scored(label_a: &'static str, label_b: &'static str, a: f64, b: f64) -> AxisSpec<'static> {
    AxisSpec { label_a, label_b, a: Some(a), b: Some(b), both_and: Some(a.min(b)) }
}

fn twelve() -> Vec<AxisSpec<'static>> {
    POLES.iter().map(|&(a, b)| scored(a, b, 75.0, 50.0)).collect()
}

fn four_sectors() -> Vec<SectorSpec<'static>> {
    PHASES.iter().map(|&name| SectorSpec { name, axes: 3 }).collect()
}

fn whole(width: f64, font: f64) -> RadarGeometry {
    radar(&RadarSpec { width, font, axes: &twelve(), sectors: &four_sectors() })
}

fn within(bounds: Rect, width: f64, height: f64) -> bool {
    bounds.x >= -HAIR
        && bounds.y >= -HAIR
        && bounds.right() <= width + HAIR
        && bounds.bottom() <= height + HAIR
}

/// The laws every radar keeps, whatever it is made of.
fn check_radar(geometry: &RadarGeometry) -> Result<(), TestCaseError> {
    let said = format!("{geometry:?}");
    prop_assert!(!said.contains(": NaN") && !said.contains(": inf") && !said.contains(": -inf"), "{said}");
    prop_assert!(geometry.radius > 0.0 && geometry.rim >= geometry.radius);
    let circle = Rect {
        x: geometry.centre.x - geometry.rim,
        y: geometry.centre.y - geometry.rim,
        width: 2.0 * geometry.rim,
        height: 2.0 * geometry.rim,
    };
    prop_assert!(within(circle, geometry.width, geometry.height), "the circle is clipped");
    let numbers: Vec<Rect> = geometry.axes.iter().map(|axis| axis.number_bounds).collect();
    let labels: Vec<Rect> =
        geometry.axes.iter().filter_map(|axis| axis.label.as_ref()).map(|label| label.bounds).collect();
    for boxes in [&numbers, &labels] {
        for (at, bounds) in boxes.iter().enumerate() {
            prop_assert!(within(*bounds, geometry.width, geometry.height), "clipped: {bounds:?}");
            for other in boxes.iter().skip(at + 1) {
                prop_assert!(!bounds.overlaps(other), "{bounds:?} over {other:?}");
            }
        }
    }
    for bounds in &numbers {
        prop_assert!(bounds.distance(geometry.centre) > geometry.radius, "a number on the circle");
    }
    for bounds in &labels {
        prop_assert!(bounds.distance(geometry.centre) > geometry.rim, "a label on the band");
    }
    let labelled = if geometry.layout == Layout::Wide { geometry.axes.len() } else { 0 };
    prop_assert_eq!(labels.len(), labelled);
    Ok(())
}

/// The lines of every label are inside its box, and say the whole name.
fn check_labels(
    geometry: &RadarGeometry,
    font: f64,
    names: &[(String, String)],
) -> Result<(), TestCaseError> {
    for (axis, (name_a, name_b)) in geometry.axes.iter().zip(names) {
        let Some(label) = &axis.label else { continue };
        for (block, name) in [(&label.a, name_a), (&label.b, name_b)] {
            let text: Vec<&str> = block.lines.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(bare(&text.concat()), bare(name));
            for line in &block.lines {
                let long = width(&line.text, font);
                let start = if label.anchor.as_str() == "end" { line.at.x - long } else { line.at.x };
                prop_assert!(start >= label.bounds.x - HAIR);
                prop_assert!(start + long <= label.bounds.right() + HAIR);
                prop_assert!(line.at.y - 0.9 * font >= label.bounds.y - HAIR);
                prop_assert!(line.at.y + 0.25 * font <= label.bounds.bottom() + HAIR);
            }
        }
    }
    Ok(())
}

/// A text without what wrapping may add or take: spaces, hyphens and soft hyphens.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect()
}

fn a_score() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![4 => (0.0..=100.0_f64).prop_map(Some), 1 => Just(None), 1 => Just(Some(0.0)), 1 => Just(Some(100.0))]
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-zëïé]{3,14}( [a-z]{2,12}){0,2}",
        1 => "[a-z]{30}",
        1 => "[a-z]{6,12}\u{ad}[a-z]{6,12}",
        1 => "\\PC{0,20}",
    ]
}

#[derive(Debug)]
struct Drawn {
    names: Vec<(String, String)>,
    scores: Vec<(Option<f64>, Option<f64>)>,
    sectors: Vec<(String, usize)>,
}

fn anything() -> impl Strategy<Value = Drawn> {
    (2_usize..=24).prop_flat_map(|count| {
        (
            prop::collection::vec((a_name(), a_name()), count),
            prop::collection::vec((a_score(), a_score()), count),
            prop::collection::vec((a_name(), 0_usize..=6), 0..=8),
        )
            .prop_map(|(names, scores, sectors)| Drawn { names, scores, sectors })
    })
}

fn drawn(chart: &Drawn, width: f64, font: f64) -> RadarGeometry {
    let axes: Vec<AxisSpec<'_>> = chart
        .names
        .iter()
        .zip(&chart.scores)
        .map(|((label_a, label_b), &(a, b))| AxisSpec {
            label_a,
            label_b,
            a,
            b,
            both_and: a.zip(b).map(|(a, b)| a.min(b)),
        })
        .collect();
    let sectors: Vec<SectorSpec<'_>> =
        chart.sectors.iter().map(|(name, axes)| SectorSpec { name, axes: *axes }).collect();
    radar(&RadarSpec { width, font, axes: &axes, sectors: &sectors })
}

#[test]
fn numbers_are_short() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (-0.004, "0"),
        (0.005, "0.01"),
        (-0.005, "-0.01"),
        (1.0, "1"),
        (1.5, "1.5"),
        (1.05, "1.05"),
        (1.999, "2"),
        (-12.34, "-12.34"),
        (100.0, "100"),
        (1e9, "1000000000"),
        (f64::NAN, "0"),
    ] {
        assert_eq!(number(value), expected, "{value}");
    }
    assert!(!number(f64::INFINITY).contains(char::is_alphabetic));
}

#[test]
fn a_path_has_no_needless_character() {
    let at = |x, y| Point { x, y };
    let mut path = Path::new();
    path.move_to(at(1.0, -2.5)).line_to(at(0.1 + 0.2, 4.0)).arc_to(5.0, false, true, at(6.0, 7.0)).close();
    assert_eq!(path.finish(), "M1 -2.5L0.3 4A5 5 0 0 1 6 7Z");
    assert_eq!(path.finish(), "", "it starts afresh");
}

#[test]
fn text_breaks_where_a_reader_would() {
    let nine = 9.0 * 0.64 * 10.0; // room for nine ordinary letters at 10 px
    for (text, expected) in [
        ("", vec![]),
        ("  ", vec![]),
        ("trust", vec!["trust"]),
        ("common strategy", vec!["common", "strategy"]),
        ("one  two\nthree", vec!["one two", "three"]),
        ("long-term goals", vec!["long-term", "goals"]),
        ("well-considerable", vec!["well-", "considera-", "ble"]),
        ("gemeen\u{ad}schap", vec!["gemeen-", "schap"]),
        ("be\u{ad}sluit", vec!["besluit"]),
        ("a\u{a0}b", vec!["a\u{a0}b"]),
        ("- dash", vec!["- dash"]),
    ] {
        assert_eq!(wrap(text, nine, 10.0), expected, "{text:?}");
    }
}

#[test]
fn soft_hyphens_bound_the_longest_part() {
    let broken = longest_part("gemeen\u{ad}schappe\u{ad}lijke strategie", 16.0);
    assert!((broken - width("schappe-", 16.0)).abs() < HAIR);
    assert!(longest_part("gemeenschappelijke strategie", 16.0) > broken);
    assert!(bold_width("Funderen", 16.0) > width("Funderen", 16.0));
}

#[test]
fn nothing_is_narrower_than_dejavu_draws_it() {
    // Advances read from DejaVu Sans 2.37, at one pixel to the em.
    for (text, drawn) in [
        ("Gemeenschappelijke strategie", 15.249),
        ("Bedrijfseconomische betekenis", 15.572),
        ("Continuïteit", 5.836),
    ] {
        let guess = width(text, 1.0);
        assert!(guess >= drawn && guess < 1.08 * drawn, "{text}: {guess}");
    }
}

#[test]
fn axes_point_into_their_sectors() {
    let geometry = whole(1100.0, 16.0);
    assert_eq!(geometry.layout, Layout::Wide);
    let angles: Vec<f64> = geometry.axes.iter().map(|axis| axis.angle).collect();
    assert_eq!(angles, (0..12).map(|at| f64::from(at) * 30.0 + 15.0).collect::<Vec<_>>());
    let tints: Vec<u8> = geometry.sectors.iter().map(|sector| sector.tint).collect();
    assert_eq!(tints, [0, 1, 0, 1]);
    let values: Vec<u8> = geometry.rings.iter().map(|ring| ring.value).collect();
    assert_eq!(values, [0, 25, 50, 75, 100]);
}

#[test]
fn sectors_without_axes_and_axes_without_sector_are_left_out() {
    let axes = &twelve()[..5];
    let sectors: Vec<SectorSpec<'_>> =
        [1, 2, 0, 1].iter().zip(PHASES).map(|(&axes, name)| SectorSpec { name, axes }).collect();
    let geometry = radar(&RadarSpec { width: 800.0, font: 16.0, axes, sectors: &sectors });
    let drawn: Vec<(usize, u8)> = geometry.sectors.iter().map(|sector| (sector.index, sector.tint)).collect();
    assert_eq!(drawn, [(0, 0), (1, 1), (3, 2)]);
    assert_eq!(geometry.axes.len(), 5);
}

#[test]
fn a_missing_score_is_a_gap_and_never_a_zero() {
    let mut axes = twelve();
    axes[3].a = None;
    axes[5].a = None;
    axes[5].b = Some(f64::NAN);
    let geometry = radar(&RadarSpec { width: 400.0, font: 16.0, axes: &axes, sectors: &four_sectors() });
    assert!(!geometry.outline_a.closed && !geometry.outline_b.closed && geometry.core.closed);
    assert_eq!(geometry.outline_a.path.matches('M').count(), 1, "axis 5 stands alone");
    assert_eq!(geometry.outline_a.path.matches('L').count(), 8);
    assert_eq!((&geometry.axes[3].mark_a, &geometry.axes[5].mark_b), (&None, &None));
    assert!(geometry.axes[4].mark_a.is_some(), "and still has its marker");
}

#[test]
fn a_radar_of_nothing_is_only_rings() {
    let geometry = radar(&RadarSpec { width: f64::NAN, font: f64::NAN, axes: &[], sectors: &four_sectors() });
    assert_eq!((geometry.axes.len(), geometry.sectors.len(), geometry.rings.len()), (0, 0, 5));
    assert_eq!(geometry.core.path, "");
}

#[test]
fn one_axis_and_one_sector_go_all_round() {
    let sectors = [SectorSpec { name: "Formeren", axes: 9 }];
    let geometry = radar(&RadarSpec { width: 320.0, font: 16.0, axes: &twelve()[..1], sectors: &sectors });
    assert!(geometry.sectors[0].name.is_some());
    assert_eq!(geometry.axes[0].hit.matches('Z').count(), 1);
    assert_eq!(geometry.outline_a.path, "");
}

#[test]
fn dutch_names_stand_around_the_circle_from_800_px() {
    for (width, font, layout) in [
        (280.0, 16.0, Layout::Compact),
        (280.0, 32.0, Layout::Compact),
        (560.0, 16.0, Layout::Compact),
        (800.0, 16.0, Layout::Wide),
        (1100.0, 16.0, Layout::Wide),
        (1600.0, 32.0, Layout::Wide),
    ] {
        let geometry = whole(width, font);
        assert_eq!(geometry.layout, layout, "{width} px at {font}");
        assert!(geometry.height <= geometry.width + HAIR, "a screen is no higher than it is wide");
        assert!(geometry.radius >= 0.3 * geometry.width.min(geometry.height), "the circle is the main thing");
        assert!(geometry.sectors.iter().all(|sector| sector.name.is_some()), "phases keep their names");
        check_radar(&geometry).expect("the laws hold");
    }
}

#[test]
fn soft_hyphens_bring_the_labels_to_narrower_places() {
    let names = "Verschei\u{ad}denheid";
    let plain: Vec<AxisSpec<'_>> = (0..12).map(|_| scored("Eenheid", "Verscheidenheid", 1.0, 2.0)).collect();
    let soft: Vec<AxisSpec<'_>> = (0..12).map(|_| scored("Eenheid", names, 1.0, 2.0)).collect();
    let layout =
        |axes: &[AxisSpec<'_>]| radar(&RadarSpec { width: 700.0, font: 16.0, axes, sectors: &[] }).radius;
    assert!(layout(&soft) > layout(&plain) || layout(&soft) > 144.0);
    let narrow = |axes: &[AxisSpec<'_>]| {
        radar(&RadarSpec { width: 640.0, font: 16.0, axes, sectors: &four_sectors() }).layout
    };
    assert_eq!((narrow(&plain), narrow(&soft)), (Layout::Compact, Layout::Wide));
}

#[test]
fn tilt_rows_lean_to_the_side_of_the_stronger_pole() {
    for (tilt, zone, x, long, dot) in [
        (0.0, 20.0, 100.0, 0.0, 100.0),
        (-100.0, 20.0, 0.0, 100.0, 0.0),
        (100.0, 50.0, 100.0, 100.0, 200.0),
        (-37.5, 20.0, 62.5, 37.5, 62.5),
        (400.0, 20.0, 100.0, 100.0, 200.0),
    ] {
        let drawn = row(TiltSpec { tilt: Some(tilt), zone });
        assert_eq!(drawn.bar, Some(Span { x, width: long }), "{tilt}");
        assert_eq!(drawn.dot, Some(dot), "{tilt}");
        assert_eq!(drawn.zone, Span { x: CENTRE - zone, width: 2.0 * zone });
    }
    for tilt in [None, Some(f64::NAN)] {
        let gap = row(TiltSpec { tilt, zone: 20.0 });
        assert_eq!((gap.bar, gap.dot), (None, None));
    }
    let ticks: Vec<f64> = TICKS.iter().map(|&tick| position(f64::from(tick))).collect();
    assert_eq!(ticks, [0.0, 50.0, CENTRE, 150.0, WIDTH]);
}

#[test]
fn a_ring_fills_outwards_and_marks_the_phase_chosen() {
    let phase = |name, score| PhaseSpec { name, score, ..PhaseSpec::default() };
    let phases = [
        phase("Formeren", Some(100.0)),
        PhaseSpec { current: true, ..phase("Funderen", Some(50.0)) },
        PhaseSpec { chosen: true, ..phase("Evolueren", None) },
        phase("Transformeren", Some(0.0)),
    ];
    let geometry = ring(&RingSpec { width: 320.0, font: 16.0, phases: &phases });
    let [forming, founding, evolving, transforming] = &geometry.phases[..] else { panic!("four phases") };
    assert_eq!(forming.fill.as_ref(), Some(&forming.track), "100 fills the track");
    assert!(founding.fill.is_some() && founding.fill.as_ref() != Some(&founding.track));
    assert_eq!((&evolving.fill, &transforming.fill), (&None, &None));
    assert!(founding.edge.is_some() && forming.edge.is_none());
    assert!(evolving.choice.is_some() && founding.choice.is_none());
    assert!(geometry.phases.iter().all(|phase| phase.name.is_some()));
}

proptest! {
    #[test]
    fn a_number_has_at_most_two_decimals_and_no_needless_character(value in -1e7..1e7_f64) {
        let written = number(value);
        prop_assert!(written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.'));
        prop_assert!(written != "-0" && !written.ends_with('.'));
        if let Some((_, decimals)) = written.split_once('.') {
            prop_assert!(decimals.len() <= 2 && !decimals.ends_with('0'));
        }
        let read: f64 = written.parse().expect("a number");
        prop_assert!((read - value).abs() <= 0.005 + 1e-8);
    }

    #[test]
    fn wrapping_keeps_every_character_and_the_measure(
        text in "[A-Za-zëï\u{301}\u{ad} \\-]{0,60}", max in 20.0..300.0_f64, font in 8.0..40.0_f64,
    ) {
        let lines = wrap(&text, max, font);
        prop_assert_eq!(bare(&lines.concat()), bare(&text));
        for line in &lines {
            prop_assert!(!line.is_empty() && line.trim() == line);
            // A single character is kept, too wide as it is.
            let single = line.chars().filter(|c| !matches!(c, '-' | '\u{301}')).count() <= 1;
            prop_assert!(single || width(line, font) <= max + HAIR, "{line}");
        }
    }

    #[test]
    fn words_are_cut_only_as_the_last_resort(text in "[a-z]{1,12}( [a-z]{1,12}){0,4}", font in 8.0..40.0_f64) {
        let max = longest_part(&text, font);
        prop_assert_eq!(wrap(&text, max, font).join(" "), text);
    }

    #[test]
    fn any_text_wraps(text in "\\PC{0,40}", max in -10.0..200.0_f64, font in 8.0..40.0_f64) {
        prop_assert_eq!(bare(&wrap(&text, max, font).concat()), bare(&text));
    }

    #[test]
    fn a_radar_never_clips_or_overlaps(chart in anything(), width in 280.0..=1600.0_f64, font in 10.0..=40.0_f64) {
        let geometry = drawn(&chart, width, font);
        check_radar(&geometry)?;
        check_labels(&geometry, font, &chart.names)?;
        prop_assert!(geometry.width <= width + HAIR);
        prop_assert_eq!(geometry.axes.len(), chart.names.len());
        for (axis, (a, b)) in geometry.axes.iter().zip(&chart.scores) {
            prop_assert_eq!((axis.mark_a.is_some(), axis.mark_b.is_some()), (a.is_some(), b.is_some()));
        }
    }

    #[test]
    fn the_twelve_paradoxes_never_clip_or_overlap(width in 280.0..=1600.0_f64, font in 10.0..=40.0_f64) {
        let geometry = whole(width, font);
        let names: Vec<(String, String)> = POLES.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
        check_radar(&geometry)?;
        check_labels(&geometry, font, &names)?;
        prop_assert!(width < 55.0 * font || geometry.layout == Layout::Wide, "there is room for labels");
    }

    #[test]
    fn any_size_at_all_is_drawn(width in any::<f64>(), font in any::<f64>()) {
        check_radar(&whole(width, font))?;
        let phases = PHASES.map(|name| PhaseSpec { name, score: Some(40.0), current: true, chosen: true });
        let said = format!("{:?}", ring(&RingSpec { width, font, phases: &phases }));
        prop_assert!(!said.contains(": NaN") && !said.contains(": inf"));
    }

    #[test]
    fn a_ring_keeps_its_values_apart(
        scores in prop::collection::vec(a_score(), 0..=8), width in 240.0..=1600.0_f64, font in 10.0..=40.0_f64,
    ) {
        let phases: Vec<PhaseSpec<'_>> = scores
            .iter()
            .map(|&score| PhaseSpec { name: "Transformeren", score, current: true, chosen: true })
            .collect();
        let geometry = ring(&RingSpec { width, font, phases: &phases });
        prop_assert!(geometry.side <= width + HAIR);
        let reach = Point { x: geometry.middle.x, y: geometry.middle.y };
        let (dx, dy) = (reach.x - geometry.centre.x, reach.y - geometry.centre.y);
        prop_assert!((dx * dx + dy * dy).sqrt() < geometry.inner, "the middle is inside the ring");
        for (at, phase) in geometry.phases.iter().enumerate() {
            prop_assert!(!phase.value_bounds.overlaps(&geometry.middle));
            prop_assert!(within(phase.value_bounds, geometry.side, geometry.side));
            for other in geometry.phases.iter().skip(at + 1) {
                prop_assert!(!phase.value_bounds.overlaps(&other.value_bounds));
            }
        }
    }
}
