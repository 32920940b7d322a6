//! Which crates the module's code comes from, by the names that it carries before wasm-opt drops them.
//!
//! Shares of uncompressed code, not of the download: compression doesn't add up crate by crate. Code that was inlined
//! counts where it ended up.

use std::collections::{BTreeMap, HashMap};

use crate::failure::{Context as _, Failure, Result};
use crate::wasm::Reader;
use crate::{paths, report};

/// Prints the code of the last build by crate, and by module for the product's own.
pub(super) fn print() -> Result<()> {
    let file = paths::target().join("wasm-bindgen/release/equipoise_bg.wasm");
    let module = std::fs::read(&file).context(file.display())?;
    let parts = parts(&module).ok_or_else(|| Failure::new("the WebAssembly module can't be read"))?;
    let total: usize = parts.values().sum();
    let mut parts: Vec<(String, usize)> = parts.into_iter().collect();
    parts.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), name.clone()));
    let rest: usize = parts.iter().skip(20).map(|(_, bytes)| bytes).sum();
    parts.truncate(20);
    parts.push(("everything else".to_owned(), rest));
    let share = |bytes: usize| format!("{:.1} %", bytes as f64 * 100.0 / total as f64);
    let row =
        |(name, bytes): &(String, usize)| vec![name.clone(), report::bytes(*bytes as u64), share(*bytes)];
    report::table(&["crate", "raw", "share"], &parts.iter().map(row).collect::<Vec<_>>());
    Ok(())
}

/// Bytes by part of the module.
fn parts(module: &[u8]) -> Option<BTreeMap<String, usize>> {
    let mut reader = Reader(module.get(8..)?);
    let mut imported = 0;
    let mut bodies = Vec::new();
    let mut names = HashMap::new();
    let mut parts = BTreeMap::new();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let mut section = reader.block()?;
        match id {
            2 => imported = imported_functions(&mut section)?,
            10 => bodies = function_sizes(&mut section)?,
            11 => *parts.entry("data: texts and tables".to_owned()).or_default() += section.0.len(),
            0 if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    for (index, bytes) in bodies.into_iter().enumerate() {
        let name = names.get(&(imported + index)).map_or("unnamed", String::as_str);
        *parts.entry(origin(name)).or_default() += bytes;
    }
    Some(parts)
}

/// The crate that a function's name names first; for the product's own also the module.
fn origin(name: &str) -> String {
    let path = name
        .trim_start_matches(['<', '&', '*', '(', '[', ' '])
        .trim_start_matches("mut ")
        .trim_start_matches("dyn ");
    let mut words = path.split("::").map(|word| {
        let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
        &word[..end]
    });
    let first = words.next().unwrap_or_default();
    match (first, words.next()) {
        ("equipoise", Some(module)) if !module.is_empty() => format!("equipoise::{module}"),
        ("", _) => "unnamed".to_owned(),
        _ if !path.contains("::") => "linked in (memory, glue)".to_owned(),
        _ => first.to_owned(),
    }
}

fn imported_functions(section: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        let is_function = section.0.first() == Some(&0);
        section.import_type()?;
        functions += usize::from(is_function);
    }
    Some(functions)
}

fn function_sizes(section: &mut Reader<'_>) -> Option<Vec<usize>> {
    (0..section.number()?).map(|_| Some(section.block()?.0.len())).collect()
}

fn function_names(section: &mut Reader<'_>) -> Option<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let mut list = section.block()?;
        if kind != 1 {
            continue;
        }
        for _ in 0..list.number()? {
            let index = list.number()?;
            names.insert(index, list.text()?);
        }
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_put_down_to_the_crate_that_its_name_begins_with() {
        assert_eq!(origin("yew::html::classes::Classes::new"), "yew");
        assert_eq!(origin("<alloc::vec::Vec<T> as core::clone::Clone>::clone"), "alloc");
        assert_eq!(origin("equipoise::scoring::score"), "equipoise::scoring");
        assert_eq!(origin("<equipoise::ui::app::App as yew::html::BaseComponent>::view"), "equipoise::ui");
        assert_eq!(origin("memcpy"), "linked in (memory, glue)");
    }

    #[test]
    fn a_module_is_taken_apart() {
        // One function of two bytes, named `yew::a`.
        let module = b"\0asm\x01\0\0\0\x0a\x04\x01\x02\0\x0b\0\x10\x04name\x01\x09\x01\0\x06yew::a";
        let parts = parts(module).expect("it is sound");
        assert_eq!(parts.get("yew"), Some(&2));
    }
}
