//! Everything the tool prints, so that it all looks the same.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use crate::failure::Failure;

/// A line for the reader.
pub fn line(text: &str) {
    say(&format!("{text}\n"));
}

/// A heading above a group of lines.
pub fn heading(text: &str) {
    say(&format!("\n{text}\n"));
}

/// Whoever reads may have heard enough, and closed the pipe: the work goes on all the same.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Says what failed, on standard error.
pub fn failure(failure: &Failure) {
    let _ = std::io::stderr().write_all(format!("\nfailed: {failure}\n").as_bytes());
}

/// Shows what a failing program printed, indented so that it stands apart from our own lines. What only says that
/// something went well is left out.
pub fn output(text: &str) {
    for line in text.lines().filter(|line| !went_well(line)) {
        self::line(&format!("    | {line}"));
    }
}

fn went_well(line: &str) -> bool {
    let line = line.trim();
    let steps = ["Compiling ", "Checking ", "Downloaded ", "Downloading ", "Documenting ", "Fresh "];
    (line.starts_with("test ") && line.ends_with(" ... ok"))
        || steps.iter().any(|step| line.starts_with(step))
}

/// Tells that something long is still going on. On a terminal it rewrites one line; in a log it adds one.
pub fn progress(name: &str, elapsed: Duration, last_line: &str) {
    let shown: String = last_line.trim().chars().take(70).collect();
    let text = format!("    … {name}: {}  {shown}", seconds(elapsed));
    if std::io::stdout().is_terminal() {
        say(&format!("\r\x1b[2K{text}"));
        let _ = std::io::stdout().flush();
        return;
    }
    line(&text);
}

/// Wipes the line that [`progress`] left on a terminal.
pub fn progress_done() {
    if !std::io::stdout().is_terminal() {
        return;
    }
    say("\r\x1b[2K");
    let _ = std::io::stdout().flush();
}

/// A duration as people read it: `0.4 s`, `12.3 s`, `4 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    let total = duration.as_secs_f64();
    if total < 60.0 {
        return format!("{total:.1} s");
    }
    format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
}

/// A number of bytes with a thin grouping: `117 482 B`.
pub fn bytes(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text.push_str(" B");
    text
}

/// Prints rows in columns: the first to the left, the others to the right.
pub fn table(head: &[&str], rows: &[Vec<String>]) {
    say(&table_text(head, rows));
}

/// The text of [`table`].
pub fn table_text(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    let mut push = |cells: &[&str]| {
        for (column, width) in widths.iter().enumerate() {
            let cell = cells.get(column).copied().unwrap_or("");
            let _ = match column {
                0 => write!(text, "  {cell:<width$}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    };
    push(head);
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    push(&rules.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        push(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_grouped_by_thousands() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_000), "1 000 B");
        assert_eq!(bytes(1_234_567), "1 234 567 B");
    }

    #[test]
    fn only_what_went_well_is_left_out() {
        assert!(went_well("test scoring::tests::a_mean ... ok"));
        assert!(went_well("   Compiling yew v0.23.0"));
        assert!(!went_well("test scoring::tests::a_mean ... FAILED"));
        assert!(!went_well("error[E0432]: unresolved import"));
    }

    #[test]
    fn seconds_turn_into_minutes() {
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(245)), "4 min 05 s");
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let rows = vec![vec!["wasm".to_owned(), "90".to_owned()], vec!["css".to_owned(), "8".to_owned()]];
        assert_eq!(table_text(&["file", "KB"], &rows), "  file  KB\n  ----  --\n  wasm  90\n  css    8\n");
    }
}
