//! Shorter names between the WebAssembly module and its glue script.
//!
//! wasm-bindgen gives every imported function a name with a hash in it, and each name travels twice: in the module and
//! in the script. Nothing but these two ever reads them, so they get short names here.

use crate::failure::{Failure, Result};

/// The first eight bytes of every module: the magic word and the version.
const PREAMBLE: usize = 8;
/// The number of the section that lists what a module imports.
const IMPORTS: u8 = 2;
/// What all of wasm-bindgen's own names begin with.
const OURS: &str = "__wb";

/// The module and its script with short names in both.
///
/// # Errors
/// When the module isn't one, or the script doesn't name what the module imports.
pub fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let broken = || Failure::new("the module's imports can't be read");
    let mut names: Vec<String> = Vec::new();
    let mut short = module.get(..PREAMBLE).ok_or_else(broken)?.to_vec();
    let mut rest = Reader { bytes: module, at: PREAMBLE };
    while rest.at < module.len() {
        let kind = rest.byte().ok_or_else(broken)?;
        let length = rest.number().ok_or_else(broken)?;
        let body = rest.take(length).ok_or_else(broken)?;
        let body = match kind {
            IMPORTS => imports(body, &mut names).ok_or_else(broken)?,
            _ => body.to_vec(),
        };
        short.push(kind);
        push_number(&mut short, body.len());
        short.extend(body);
    }
    let script = rename(script, &names)?;
    Ok((short, script))
}

/// The import section anew; `names` gets the long names, whose place in it is their short name.
fn imports(section: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut rest = Reader { bytes: section, at: 0 };
    let mut anew = Vec::new();
    let count = rest.number()?;
    push_number(&mut anew, count);
    for _ in 0..count {
        push_text(&mut anew, rest.text()?);
        let name = rest.text()?;
        if name.starts_with(OURS) {
            names.push(name.to_owned());
            push_text(&mut anew, &short_name(names.len()));
        } else {
            push_text(&mut anew, name);
        }
        let from = rest.at;
        rest.skip_type()?;
        anew.extend(section.get(from..rest.at)?);
    }
    (rest.at == section.len()).then_some(anew)
}

/// The script with every long name replaced; a name that isn't there would be a module that never starts.
fn rename(script: &str, names: &[String]) -> Result<String> {
    let mut renamed = script.to_owned();
    let mut longest_first: Vec<(usize, &String)> = names.iter().enumerate().collect();
    longest_first.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    for (place, name) in longest_first {
        if !renamed.contains(name.as_str()) {
            return Err(Failure::new(format!("the glue script lacks {name}, which the module imports")));
        }
        renamed = renamed.replace(name.as_str(), &short_name(place + 1));
    }
    Ok(renamed)
}

/// `$1`, `$2` and so on: no name that wasm-bindgen or a minifier gives.
fn short_name(number: usize) -> String {
    format!("${number}")
}

/// Reads a module from front to back.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// An unsigned number, seven bits a byte, lowest first.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// What is imported: a function, a table, a memory, a global or a tag.
    fn skip_type(&mut self) -> Option<()> {
        match self.byte()? {
            0 => self.number().map(drop),
            1 => {
                self.byte()?;
                self.limits()
            }
            2 => self.limits(),
            3 => self.take(2).map(drop),
            4 => {
                self.byte()?;
                self.number().map(drop)
            }
            _ => None,
        }
    }

    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Some(())
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_number(bytes, text.len());
    bytes.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one type and two imported functions, of which one has a name of wasm-bindgen.
    fn module() -> Vec<u8> {
        let mut section = vec![2];
        for name in ["__wbg_now_0123456789abcdef", "other"] {
            push_text(&mut section, "./glue.js");
            push_text(&mut section, name);
            section.extend([0, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        push_number(&mut module, section.len());
        module.extend(section);
        module
    }

    #[test]
    fn names_become_short_in_both() {
        let (short, script) =
            shorten(&module(), "const i={__wbg_now_0123456789abcdef:()=>1,other:2}").expect("it is a module");
        assert_eq!(script, "const i={$1:()=>1,other:2}");
        assert_eq!(short.len(), module().len() - "__wbg_now_0123456789abcdef".len() + 2);
        assert!(short.windows(5).any(|bytes| bytes == b"other"));
        assert!(short.windows(3).any(|bytes| bytes == b"\x02$1"));
    }

    #[test]
    fn a_script_that_lacks_a_name_is_refused() {
        let failure = shorten(&module(), "const i={}").expect_err("the name is missing");
        assert!(failure.to_string().contains("__wbg_now_0123456789abcdef"), "{failure}");
    }

    #[test]
    fn a_module_that_breaks_off_is_refused() {
        let module = module();
        for end in 0..module.len() {
            let whole = end == PREAMBLE || end == 14;
            let script = "__wbg_now_0123456789abcdef";
            assert_eq!(shorten(&module[..end], script).is_ok(), whole, "{end} bytes");
        }
    }
}
