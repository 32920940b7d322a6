//! What is in it, for machines (`CycloneDX`) and for people (the licence texts).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::parts::Part;

/// The bill of materials: `CycloneDX` 1.5, without a time or a number, so that the same build gives the same file.
pub(super) fn cyclonedx(version: &str, parts: &[Part]) -> String {
    let own = json!({
        "type": "application",
        "bom-ref": "equipoise",
        "name": "equipoise",
        "version": version,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    });
    let references: Vec<String> = parts.iter().map(reference).collect();
    let bom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": own },
        "components": parts.iter().map(component).collect::<Vec<_>>(),
        "dependencies": [{ "ref": "equipoise", "dependsOn": references }],
    });
    format!("{bom:#}\n")
}

/// The name of a part within the bill: its package's address.
fn reference(part: &Part) -> String {
    match part.checksum {
        Some(_) => format!("pkg:cargo/{}@{}", part.name, part.version),
        None => format!("{}@{}", part.name, part.version),
    }
}

fn component(part: &Part) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(part),
        "name": part.name,
        "version": part.version,
        "licenses": [{ "expression": part.licence }],
    });
    if let Some(checksum) = &part.checksum {
        component["purl"] = reference(part).into();
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// Every part with its licence, then each text once, with the parts that it came with.
pub(super) fn licences(parts: &[Part]) -> String {
    let mut text = "Equipoise is licensed MIT OR Apache-2.0 (LICENSE-MIT, LICENSE-APACHE).\n\
                    Its WebAssembly module is compiled from these, of which it keeps what is used.\n\
                    Where there is a choice of MIT or Apache-2.0, the text of MIT stands here if the part has one:\n\n"
        .to_owned();
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for part in parts {
        let named = format!("{} {}", part.name, part.version);
        let _ = writeln!(text, "- {named}: {}", part.licence);
        for (_, licence) in &part.texts {
            let users = texts.entry(licence).or_default();
            if !users.contains(&named) {
                users.push(named.clone());
            }
        }
    }
    let mut texts: Vec<(&str, Vec<String>)> = texts.into_iter().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    for (licence, users) in texts {
        let rule = "=".repeat(100);
        let _ = write!(text, "\n{rule}\n{}\n{rule}\n\n{licence}\n", users.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, text: &str, checksum: Option<&str>) -> Part {
        Part {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            checksum: checksum.map(str::to_owned),
            texts: vec![("LICENSE".to_owned(), text.to_owned())],
        }
    }

    #[test]
    fn every_part_is_in_the_bill() {
        let bom = cyclonedx("0.1.0", &[part("a", "x", Some("ab")), part("rust-std", "x", None)]);
        let bom: Value = serde_json::from_str(&bom).expect("it is JSON");
        assert_eq!(bom["components"][0]["purl"], "pkg:cargo/a@1.0.0");
        assert_eq!(bom["components"][0]["hashes"][0]["content"], "ab");
        assert_eq!(bom["components"][1]["purl"], Value::Null);
        assert_eq!(bom["dependencies"][0]["dependsOn"], json!(["pkg:cargo/a@1.0.0", "rust-std@1.0.0"]));
    }

    #[test]
    fn a_text_stands_once_with_all_it_came_with() {
        let text = licences(&[part("a", "one", None), part("b", "two", None), part("c", "one", None)]);
        assert_eq!(text.matches("\none\n").count(), 1);
        assert!(text.contains("\na 1.0.0, c 1.0.0\n") && text.contains("\nb 1.0.0\n"), "{text}");
    }
}
