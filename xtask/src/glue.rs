//! Turns the script that wasm-bindgen made into a factory: every element then has a program of its own.
//!
//! wasm-bindgen's script is a module with one WebAssembly instance in it, so all elements of a page would share memory:
//! a fault in one would stop the others, and what Yew holds on to would stay until the page is closed. Within
//! `create(guard)` the same script can be run once for every element, and is garbage when that is gone. `guard` gets the
//! exports of the instance and gives what the script is to use of them.

use crate::failure::{Failure, Result};

/// What the script is called before and after.
pub const SCRIPT: &str = "equipoise.js";

/// Starts of what is cut out, up to where it ends: what old browsers needed, and loading by itself, which
/// `element/load.js` does.
const CUTS: [(&str, &str); 3] = [
    ("if (Symbol.dispose)", "\n"),
    ("if (!('encodeInto' in", "\nlet WASM_VECTOR_LEN"),
    ("async function __wbg_load(", ""),
];

/// What takes its place.
const INIT: &str = "function initSync(module) {
    return __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
}
";

/// Names under which Yew remembers things on elements. Another program of Yew's in the host page uses the same numbers,
/// and must not take ours for its own.
const YEWS: &str = ".__yew_";
const OURS: &str = ".__equipoise_";

/// The script as a module that exports `create(guard)`, which gives everything that the script exported, and `initSync`.
///
/// # Errors
/// When the script isn't as wasm-bindgen makes them: it says what was looked for.
pub fn factory(script: &str) -> Result<String> {
    let mut body = script.to_owned();
    for (from, to) in CUTS {
        body = cut(&body, from, to)?;
    }
    let body = once(&body, "wasm = instance.exports;", "wasm = guard(instance.exports);")?;
    let body = body.replace(YEWS, OURS) + INIT;
    let mut names = vec!["initSync".to_owned()];
    let mut plain = String::new();
    for line in body.lines() {
        let line = match line.strip_prefix("export ") {
            Some(rest) => {
                names.extend(named(rest));
                rest
            }
            None => line,
        };
        plain.push_str(line);
        plain.push('\n');
    }
    Ok(format!("export function create(guard) {{\n{plain}return {{ {} }};\n}}\n", names.join(", ")))
}

/// The name of an exported function; classes are made by these and needn't be known.
fn named(declaration: &str) -> Option<String> {
    let name = declaration.strip_prefix("function ")?.split('(').next()?;
    Some(name.trim().to_owned())
}

/// Without the part from one text up to another, or to the end.
fn cut(script: &str, from: &str, to: &str) -> Result<String> {
    let missing = |what: &str| Failure::new(format!("wasm-bindgen's script has no `{what}`"));
    let start = script.find(from).ok_or_else(|| missing(from))?;
    let rest = &script[start..];
    let end = if to.is_empty() { rest.len() } else { rest.find(to).ok_or_else(|| missing(to))? };
    Ok([&script[..start], &rest[end..]].concat())
}

/// With one text in place of another that stands there exactly once.
fn once(script: &str, from: &str, to: &str) -> Result<String> {
    match script.matches(from).count() {
        1 => Ok(script.replace(from, to)),
        found => {
            Err(Failure::new(format!("wasm-bindgen's script has `{from}` {found} times instead of once")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class Handle { free() { wasm.free(); } }
if (Symbol.dispose) Handle.prototype[Symbol.dispose] = Handle.prototype.free;
if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function () {};
}
let WASM_VECTOR_LEN = 0;
function __wbg_get_imports() { return {}; }
export function mount(host) {
    return host.__yew_subtree_id + wasm.mount();
}
let wasm;
function __wbg_finalize_init(instance, module) {
    wasm = instance.exports;
    return wasm;
}
async function __wbg_load(module) { return fetch(module); }
function initSync(module) {
    if (module !== undefined) { module = module.module; }
    return __wbg_finalize_init(module);
}
let __wbg_init_promise;
async function __wbg_init() {}
export { initSync, __wbg_init as default };
";

    #[test]
    fn what_was_exported_is_made_by_create() {
        let made = factory(SCRIPT).expect("it is as expected");
        assert!(made.starts_with("export function create(guard) {\nclass Handle"), "{made}");
        assert!(made.ends_with("return { initSync, mount };\n}\n"), "{made}");
        assert_eq!(made.matches("export").count(), 2, "create, and the exports of the instance: {made}");
        for gone in ["fetch(", "__wbg_init_promise", "Symbol.dispose", "encodeInto", "module.module"] {
            assert!(!made.contains(gone), "{gone} in {made}");
        }
    }

    #[test]
    fn yews_names_become_ours() {
        let made = factory(SCRIPT).expect("it is as expected");
        assert!(made.contains("host.__equipoise_subtree_id") && !made.contains("__yew"), "{made}");
    }

    #[test]
    fn each_program_has_an_instance_of_its_own() {
        let made = factory(SCRIPT).expect("it is as expected").replace("export ", "");
        let script = format!(
            "{made}
            const start = (mounts) => {{
                const program = create((exports) => ({{ mount: () => exports.mount() + 100 }}));
                globalThis.WebAssembly = {{ Instance: class {{ exports = {{ mount: () => mounts }}; }} }};
                program.initSync({{}});
                return program.mount({{ __equipoise_subtree_id: 1000 }});
            }};
            console.log(start(1), start(2));"
        );
        let ran = std::process::Command::new("node").args(["-e", &script]).output().expect("node runs");
        assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "1101 1102", "{ran:?}");
    }

    #[test]
    fn another_script_is_refused() {
        let says = |script: &str| factory(script).expect_err("refused").to_string();
        assert!(says("").contains("Symbol.dispose"));
        assert!(says(&SCRIPT.replace("instance.exports", "exports")).contains("0 times"));
    }
}
