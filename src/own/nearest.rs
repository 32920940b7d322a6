//! What someone may have meant: the word of a list that is closest to what stands there.

use super::letters::small;

/// The closest of `words`, when it is close: at most a third of its letters differ. Letters count, capitals don't.
pub(super) fn nearest<'a>(found: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found: Vec<char> = found.chars().take(64).map(small).collect();
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        let letters: Vec<char> = word.chars().take(64).map(small).collect();
        let apart = distance(&found, &letters);
        let is_close = apart * 3 <= letters.len().max(3);
        if is_close && best.is_none_or(|(closest, _)| apart < closest) {
            best = Some((apart, word));
        }
    }
    best.map(|(_, word)| word)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, letter) in left.iter().enumerate() {
        let mut corner = row[0];
        row[0] = index + 1;
        for (place, other) in right.iter().enumerate() {
            let changed = corner + usize::from(letter != other);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn letters_that_differ_are_counted() {
        let apart = |left: &str, right: &str| {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            distance(&letters(left), &letters(right))
        };
        assert_eq!(
            [apart("", "abc"), apart("kitten", "sitting"), apart("flaw", "lawn"), apart("same", "same")],
            [3, 3, 2, 0]
        );
    }

    #[test]
    fn only_what_is_close_was_meant() {
        let words = ["paradoxes", "phases", "forms"];
        let of = |found| nearest(found, words.into_iter());
        assert_eq!(of("paradoxs"), Some("paradoxes"));
        assert_eq!(of("Phase"), Some("phases"));
        assert_eq!((of("x"), of("colours"), nearest("a", [].into_iter())), (None, None, None));
    }
}
