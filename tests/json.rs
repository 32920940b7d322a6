//! Problems in words: how a value that was found is quoted, and how the bounds of what was expected are written.

use equipoise::i18n::Texts;
use equipoise::json::{Expected, Node, Problem, Problems, parse};

/// What is said of the JSON text when a number within these bounds was expected.
fn said_of_number(text: &str, min: f64, max: f64) -> String {
    let value = parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let problems = Problems::default();
    let number = Node::root(&value, &problems).number(min, max);
    let problems = problems.finish(number).expect_err(text);
    assert_eq!(problems.len(), 1, "{text}");
    problems[0].describe(&Texts::built_in("en"))
}

/// How the value is quoted.
fn quoted(text: &str) -> String {
    let value = parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let problems = Problems::default();
    assert_eq!(Node::root(&value, &problems).reject::<()>(Expected::Truth), None);
    let problem = problems.finish(Some(())).expect_err("one was noted").remove(0);
    problem.found.expect("something was found")
}

#[test]
fn numbers_are_quoted_whole_or_with_two_decimals_at_most() {
    let table = [
        ("0", "0"),
        ("-7", "-7"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        // Beyond i64, up to the last of u64.
        ("9223372036854775808", "9223372036854775808"),
        ("18446744073709551615", "18446744073709551615"),
        // Whole, though written with a point or a power of ten.
        ("4.0", "4"),
        ("3e9", "3000000000"),
        ("-1e17", "-100000000000000000"),
        ("4503599627370495.0", "4503599627370495"),
        // Too large to be written.
        ("18446744073709551616", "…"),
        ("-9223372036854775809", "…"),
        ("1e18", "…"),
        ("1.7976931348623157e308", "…"),
        ("-1e300", "…"),
        // One or two decimals are all there is.
        ("0.5", "0.5"),
        ("-0.5", "-0.5"),
        ("-2.25", "-2.25"),
        ("0.29", "0.29"),
        ("-0.07", "-0.07"),
        ("1234567890.12", "1234567890.12"),
        // There is more than two decimals tell.
        ("0.001", "≈0"),
        ("-0.001", "≈0"),
        ("-0.125", "≈-0.13"),
        ("-99.999", "≈-100"),
        ("2.349", "≈2.35"),
        ("5e-324", "≈0"),
        ("9007199254740.5", "9007199254740.5"),
    ];
    for (text, expected) in table {
        assert_eq!(quoted(text), expected, "{text}");
    }
    for hundredths in 0..=20_000 {
        let text = format!("-{}.{:02}", hundredths / 100, hundredths % 100);
        assert!(!quoted(&text).contains('≈'), "{text} is all there is");
        let text = [&text, "3"].concat();
        assert!(quoted(&text).starts_with('≈'), "{text} has more");
    }
}

#[test]
fn a_number_just_outside_its_bounds_never_looks_as_if_it_were_within() {
    assert_eq!(said_of_number("100.001", 0.0, 100.0), "$: found ≈100; expected a number from 0 to 100");
    assert_eq!(said_of_number("-0.001", 0.0, 100.0), "$: found ≈0; expected a number from 0 to 100");
    assert_eq!(said_of_number("1e40", 0.0, 60.0), "$: found …; expected a number from 0 to 60");
}

#[test]
fn bounds_are_written_in_full() {
    let table = [
        (0.0, 9_007_199_254_740_991.0, "a number from 0 to 9007199254740991"),
        (-9_007_199_254_740_991.0, -1.0, "a number from -9007199254740991 to -1"),
        (0.25, 0.5, "a number from 0.25 to 0.5"),
        (-0.5, 4_294_967_295.0, "a number from -0.5 to 4294967295"),
    ];
    for (min, max, words) in table {
        assert_eq!(said_of_number("\"x\"", min, max), format!("$: found \"x\"; expected {words}"));
    }
}

#[test]
fn what_is_no_number_is_quoted_briefly() {
    let table = [
        ("null", "null"),
        ("true", "true"),
        ("false", "false"),
        ("[]", "[0]"),
        ("[1, [2, 3]]", "[2]"),
        (r#"{ "a": 1, "b": 2, "c": {} }"#, "{3}"),
        (r#""""#, r#""""#),
        (r#""say \"yes\" \\ no""#, r#""say \"yes\" \\ no""#),
        // Control characters as JSON writes them, so that they can be searched for.
        (r#""a\n\u001b[31m\u007f\u0085é""#, r#""a\u000a\u001b[31m\u007f\u0085é""#),
    ];
    for (text, expected) in table {
        assert_eq!(quoted(text), expected, "{text}");
    }
    let long = "ë".repeat(41);
    assert_eq!(quoted(&format!("\"{}\"", &long[2..])), format!("\"{}\"", "ë".repeat(40)));
    assert_eq!(quoted(&format!("\"{long}\"")), format!("\"{}…\"", "ë".repeat(40)));
}

#[test]
fn what_breaks_off_is_told_in_one_sentence_in_both_languages() {
    let table = [("", 1, 1), ("\n\n", 3, 1), ("{\"a\":\n  x}", 2, 3), ("[1, 2", 1, 5)];
    for (text, line, column) in table {
        let problems = parse(text).expect_err(text);
        let expected = Expected::Json { line, column };
        assert_eq!(problems, [Problem { path: "$".to_owned(), found: None, expected }], "{text:?}");
        assert_eq!(
            ["en", "nl"].map(|language| problems[0].describe(&Texts::built_in(language))),
            [
                format!("$: this is not valid JSON; it breaks off at line {line}, column {column}"),
                format!("$: dit is geen geldige JSON; het gaat mis op regel {line}, teken {column}"),
            ]
        );
    }
}
