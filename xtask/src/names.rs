//! Shorter names between the WebAssembly module and its glue script.
//!
//! wasm-bindgen gives every imported function a name with a hash in it, and each name travels twice: in the module and
//! in the script. Nothing but these two ever reads them, so they get short names here.

use crate::failure::{Failure, Result};
use crate::wasm::{Reader, push_block, push_number};

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
    let (preamble, sections) = module.split_at_checked(PREAMBLE).ok_or_else(broken)?;
    let mut names: Vec<String> = Vec::new();
    let mut short = preamble.to_vec();
    let mut rest = Reader(sections);
    while !rest.0.is_empty() {
        let kind = rest.byte().ok_or_else(broken)?;
        let section = rest.block().ok_or_else(broken)?;
        short.push(kind);
        match kind {
            IMPORTS => push_block(&mut short, &imports(section, &mut names).ok_or_else(broken)?),
            _ => push_block(&mut short, section.0),
        }
    }
    let script = rename(script, &names)?;
    Ok((short, script))
}

/// The import section anew; `names` gets the long names, whose place in it is their short name.
fn imports(mut section: Reader<'_>, names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut anew = Vec::new();
    let count = section.number()?;
    push_number(&mut anew, count);
    for _ in 0..count {
        push_block(&mut anew, section.block()?.0);
        let name = section.text()?;
        if name.starts_with(OURS) {
            names.push(name);
            push_block(&mut anew, short_name(names.len()).as_bytes());
        } else {
            push_block(&mut anew, name.as_bytes());
        }
        let before = section.0;
        section.import_type()?;
        anew.extend(before.get(..before.len() - section.0.len())?);
    }
    section.0.is_empty().then_some(anew)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one type and two imported functions, of which one has a name of wasm-bindgen.
    fn module() -> Vec<u8> {
        let mut section = vec![2];
        for name in ["__wbg_now_0123456789abcdef", "other"] {
            push_block(&mut section, b"./glue.js");
            push_block(&mut section, name.as_bytes());
            section.extend([0, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        push_block(&mut module, &section);
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
