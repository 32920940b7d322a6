//! Letters of European languages, small and capital, without the tables of all scripts: these would cost ten kilobytes
//! of the download, to compare a few words. Letters of other scripts are what they are.

/// A letter or digit, or a mark that stands within a word.
pub(super) fn is_of_word(c: char) -> bool {
    let is_mark =
        c.is_ascii_punctuation() || matches!(c, '\u{80}'..='¿' | '×' | '÷' | '\u{2000}'..='\u{206f}');
    matches!(c, '’' | '\'') || !(is_mark || c.is_whitespace() || c.is_control())
}

/// The small letter for a capital of the Latin, Greek and Cyrillic alphabets.
pub(super) fn small(c: char) -> char {
    let moved = |by: u32| char::from_u32(u32::from(c) + by).unwrap_or(c);
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => moved(32),
        'Ѐ'..='Џ' => moved(80),
        // Capitals and small letters in turn; which of them comes first changes twice.
        '\u{100}'..='\u{137}' | '\u{14a}'..='\u{177}' if u32::from(c) % 2 == 0 => moved(1),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' if u32::from(c) % 2 == 1 => moved(1),
        _ => c,
    }
}

/// A text in small letters.
pub(super) fn in_small(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::{in_small, is_of_word, small};

    #[test]
    fn letters_of_european_languages_become_small() {
        assert_eq!(in_small("Één ÅRHUS Łódź Čas Žena ΑΓΩ ЖЁ ĳ SS×"), "één århus łódź čas žena αγω жё ĳ ss×");
        for c in ('A'..='ž').chain('А'..='џ').filter(|c| c.is_alphabetic() && *c != 'İ' && *c != 'Ÿ') {
            assert_eq!(small(c).to_string(), c.to_lowercase().to_string(), "{c}");
        }
    }

    #[test]
    fn words_end_where_a_reader_sees_it() {
        for c in ['a', 'É', 'ж', '7', '’', '\'', '漢'] {
            assert!(is_of_word(c), "{c:?}");
        }
        for c in [' ', '.', ',', '-', '–', '…', '“', '«', '¿', '\n', '\u{a0}', '(', '×'] {
            assert!(!is_of_word(c), "{c:?}");
        }
    }
}
