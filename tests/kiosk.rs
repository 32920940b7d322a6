//! When a shared screen asks whether someone is still there, and when it erases.

use equipoise::kiosk::{ASKED, Idle, LONGEST, PATIENCE, SHORTEST, patience};
use proptest::prelude::*;

const SECOND: u64 = 1000;

#[test]
fn someone_is_asked_first_and_then_has_twenty_seconds() {
    let at = |seconds: u64| Idle::at(5_000 + seconds * SECOND, 5_000, 90);
    assert_eq!(at(0), Idle::Quiet);
    assert_eq!(Idle::at(5_000 + 90 * SECOND - 1, 5_000, 90), Idle::Quiet);
    assert_eq!(at(90), Idle::Asks(20));
    assert_eq!(at(109), Idle::Asks(1));
    assert_eq!(at(110), Idle::Over);
    assert_eq!(at(1_000_000), Idle::Over, "a screen that slept");
    assert_eq!(Idle::at(1_000, 5_000, 90), Idle::Quiet, "a clock that was put back");
}

#[test]
fn a_host_page_may_ask_for_less_or_more_within_reason() {
    assert_eq!(patience("5"), Some(SHORTEST));
    assert_eq!(patience(" 300 "), Some(300));
    assert_eq!(patience("3600"), Some(LONGEST));
    for wrong in ["4", "3601", "", "soon", "-90", "90.5", "99999999999999999999"] {
        assert_eq!(patience(wrong), None, "{wrong}");
    }
    assert!((SHORTEST..=LONGEST).contains(&PATIENCE));
}

proptest! {
    #[test]
    fn nothing_is_erased_that_nobody_was_asked_about(last in 0_u64..1 << 50, quiet in 0_u64..10_000, patience in 5_u32..3600) {
        let now = last + quiet * SECOND;
        match Idle::at(now, last, patience) {
            Idle::Quiet => prop_assert!(quiet < u64::from(patience)),
            Idle::Asks(left) => {
                prop_assert!((1..=ASKED).contains(&left));
                prop_assert_eq!(quiet + u64::from(left), u64::from(patience + ASKED));
            }
            Idle::Over => {
                prop_assert!(quiet >= u64::from(patience + ASKED));
                prop_assert!(matches!(Idle::at(last + u64::from(patience) * SECOND, last, patience), Idle::Asks(_)));
            }
        }
    }
}
