//! Several results on one radar, changes between two, and small radars: inside their box, apart from each other, gaps
//! where nothing is scored.

use equipoise::chart::Point;
use equipoise::chart::radar::overlay::{MOST, arrows, marker, overlay, small};
use equipoise::chart::radar::{AxisSpec, RadarGeometry, RadarSpec, radar};
use proptest::prelude::*;

fn laid_out(width: f64, axes: usize) -> RadarGeometry {
    let axes = vec![AxisSpec { label_a: "Vertrouwen", label_b: "Controle", ..AxisSpec::default() }; axes];
    radar(&RadarSpec { width, font: 16.0, axes: &axes, sectors: &[] })
}

/// All numbers of some path data.
fn numbers(path: &str) -> Vec<f64> {
    path.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|number| number.parse().ok())
        .collect()
}

#[test]
fn six_results_have_six_shapes_and_a_seventh_is_left_out() {
    let shapes: Vec<String> =
        (0..MOST).map(|index| marker(index, Point { x: 50.0, y: 50.0 }, 6.0).path).collect();
    for (index, shape) in shapes.iter().enumerate() {
        assert!(shapes.iter().skip(index + 1).all(|other| other != shape), "{shape}");
        let reach = numbers(shape)
            .into_iter()
            .filter(|number| *number > 20.0)
            .all(|number| (number - 50.0).abs() < 8.0);
        assert!(reach, "{shape} is about as large as the others");
    }
    let geometry = laid_out(800.0, 12);
    assert_eq!(overlay(&geometry, &vec![vec![Some(50.0); 12]; 7]).len(), MOST);
}

#[test]
fn a_gap_is_a_gap_and_markers_at_one_place_move_apart() {
    let geometry = laid_out(800.0, 12);
    let mut scores = vec![Some(40.0); 12];
    scores[3] = None;
    let series = overlay(&geometry, &[scores.clone(), vec![Some(40.0); 12], scores]);
    assert!(series[0].marks[3].is_none() && !series[0].outline.closed && series[1].outline.closed);
    let at = |index: usize| series[index].marks[5].as_ref().expect("scored").at;
    for (one, other) in [(0, 1), (1, 2), (0, 2)] {
        let apart = ((at(one).x - at(other).x).powi(2) + (at(one).y - at(other).y).powi(2)).sqrt();
        assert!(apart > geometry.marker, "{one} and {other} are {apart} apart");
    }
    let alone = overlay(&geometry, &[vec![Some(100.0); 12]]);
    let mark = alone[0].marks[0].as_ref().expect("scored").at;
    let distance = ((mark.x - geometry.centre.x).powi(2) + (mark.y - geometry.centre.y).powi(2)).sqrt();
    assert!((distance - geometry.radius).abs() < 0.01, "alone it is exactly at its score");
}

#[test]
fn an_arrow_ends_where_it_is_now_and_no_change_is_a_ring() {
    let geometry = laid_out(800.0, 12);
    let mut changes = vec![[None, None]; 12];
    changes[0] = [Some((0.0, 100.0)), Some((50.0, 50.0))];
    let drawn = arrows(&geometry, &changes);
    assert!(drawn[1][0].is_none() && drawn[1][1].is_none());
    let [Some(a), Some(b)] = &drawn[0] else { panic!("both poles are known") };
    assert!(a.path.starts_with('M') && a.path.matches('L').count() == 3, "a line and its head: {}", a.path);
    assert!(b.path.contains('A'), "a ring: {}", b.path);
    assert!(a.from.at != b.from.at);
}

#[test]
fn a_small_radar_keeps_to_its_square() {
    let axes =
        vec![AxisSpec { a: Some(100.0), b: Some(0.0), both_and: Some(0.0), ..AxisSpec::default() }; 12];
    for side in [24.0, 88.0, 220.0] {
        let geometry = small(side, &axes);
        assert!(geometry.outline_a.closed && geometry.outline_b.closed);
        for path in [&geometry.rim, &geometry.outline_a.path, &geometry.core.path] {
            assert!(
                numbers(path).into_iter().all(|number| (-0.01..=side + 0.01).contains(&number)),
                "{path}"
            );
        }
    }
    assert_eq!(small(88.0, &[]).outline_a.path, "");
    assert!(small(f64::NAN, &axes).side >= 24.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_leaves_the_circle_whatever_the_scores(
        width in 200.0_f64..1800.0,
        axes in 1_usize..24,
        seed in proptest::collection::vec(proptest::option::of(-500.0_f64..500.0), 6 * 24),
    ) {
        let geometry = laid_out(width, axes);
        let values: Vec<Vec<Option<f64>>> =
            (0..6).map(|result| (0..axes).map(|axis| seed[result * 24 + axis]).collect()).collect();
        for (series, values) in overlay(&geometry, &values).iter().zip(&values) {
            prop_assert_eq!(series.marks.len(), values.len());
            for (mark, value) in series.marks.iter().zip(values) {
                prop_assert_eq!(mark.is_some(), value.is_some());
                let Some(mark) = mark else { continue };
                let distance = (mark.at.x - geometry.centre.x).hypot(mark.at.y - geometry.centre.y);
                prop_assert!(distance <= geometry.radius + 4.0 * geometry.marker + 0.01);
            }
        }
        let changes: Vec<[Option<(f64, f64)>; 2]> = (0..axes)
            .map(|axis| [0, 1].map(|pole| values[pole][axis].zip(values[pole + 2][axis])))
            .collect();
        for (drawn, changes) in arrows(&geometry, &changes).iter().zip(&changes) {
            for (arrow, change) in drawn.iter().zip(changes) {
                prop_assert_eq!(arrow.is_some(), change.is_some());
                prop_assert!(arrow.as_ref().is_none_or(|arrow| !arrow.path.contains("NaN")));
            }
        }
    }
}
