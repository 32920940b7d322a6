//! What a phone reads off the screen is what was put there.

use equipoise::answers::{Answer, Answers, Degree};
use equipoise::day::Day;
use equipoise::formats::link::{self, Shared};
use equipoise::instrument::{Instrument, Role};
use equipoise::qr::{Drawn, draw};
use proptest::prelude::*;

/// The dark modules that a path fills.
fn modules(drawn: &Drawn) -> Vec<Vec<bool>> {
    let mut dark = vec![vec![false; drawn.side as usize]; drawn.side as usize];
    for run in drawn.path.split('M').skip(1) {
        let numbers: Vec<usize> =
            run.split([' ', 'h', 'v']).take(3).map(|number| number.parse().expect("a number")).collect();
        let [x, y, length] = numbers[..] else { panic!("{run}") };
        assert_eq!(run, format!("{x} {y}h{length}v1h-{length}z"));
        dark[y][x..x + length].fill(true);
    }
    dark
}

/// Reads it with a decoder of another make, from a picture of so many pixels a module.
fn read(drawn: &Drawn) -> String {
    const PIXELS: usize = 4;
    let dark = modules(drawn);
    let side = dark.len() * PIXELS;
    let mut picture =
        rqrr::PreparedImage::prepare_from_bitmap(side, side, |x, y| dark[y / PIXELS][x / PIXELS]);
    let found = picture.detect_grids();
    assert_eq!(found.len(), 1);
    found[0].decode().expect("it can be read").1
}

#[test]
fn a_result_fits_the_size_that_a_phone_reads_at_arms_length() {
    let instrument = Instrument::built_in();
    let mut answers = Answers::new(&instrument);
    for item in instrument.item_positions() {
        let answer = match instrument.item(item).role {
            Role::Choice => instrument.find_phase("evolving").map(Answer::Phase),
            _ => Degree::new((item.index() % 5 + 1) as u8).map(Answer::Degree),
        };
        assert!(answers.set(&instrument, item, answer, 1));
    }
    let form = instrument.find_form("full").expect("a form");
    let shared = Shared { form, answers, day: Day::read("2026-11-28"), label: None, workbook: None };
    let code = link::encode(&instrument, &shared).expect("it fits");
    let address = ["https://alliance.example.org/reflect/#r=", &code].concat();
    let drawn = draw(&address).expect("it fits");
    // Version 5 has 37 modules a side; around it is a free edge of four.
    assert!(drawn.side <= 37 + 8, "{} modules for {} letters", drawn.side, address.len());
    assert_eq!(read(&drawn), address);
}

#[test]
fn the_edge_is_free_and_what_is_too_long_is_none() {
    let drawn = draw("https://example.org/").expect("it fits");
    let dark = modules(&drawn);
    let last = dark.len() - 4;
    for (y, row) in dark.iter().enumerate() {
        for (x, is_dark) in row.iter().enumerate() {
            let at_edge = [x, y].iter().any(|place| *place < 4 || *place >= last);
            assert!(!(at_edge && *is_dark), "{x} {y}");
        }
    }
    assert!(dark[4][4] && dark[4][last - 1] && dark[last - 1][4], "three corners");
    assert_eq!(draw(&"x".repeat(3000)), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_link_is_read_back(path in "[a-z/]{0,60}", code in "[A-Za-z0-9_-]{40,300}") {
        let address = format!("https://example.org/{path}#r={code}");
        prop_assert_eq!(read(&draw(&address).expect("it fits")), address);
    }
}
