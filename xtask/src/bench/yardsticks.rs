//! The two pages that the product is measured beside, made from the product's own content.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::failure::{Context as _, Failure, Result};
use crate::tools::{BuildTools, NpmFolder};
use crate::{paths, process, report};

/// Makes the pages in a folder of the target directory.
pub(super) fn make(tools: &BuildTools, packages: &NpmFolder) -> Result<PathBuf> {
    let source = paths::root().join("benches/yardsticks");
    let folder = paths::target().join("yardsticks");
    let work = folder.join("source");
    let pages = folder.join("pages");
    for made in [&work, &pages] {
        std::fs::create_dir_all(made).context(made.display())?;
    }
    let content = content()?;
    std::fs::write(work.join("content.json"), content.to_string()).context("content.json")?;
    for file in ["bare.js", "bare.css", "surveyjs.js", "surveyjs.css"] {
        std::fs::copy(source.join(file), work.join(file)).context(file)?;
    }
    for file in ["bare.html", "surveyjs.html"] {
        std::fs::copy(source.join(file), pages.join(file)).context(file)?;
    }
    bundle(tools, packages, &work, &pages)?;
    report::line(&format!("  bare DOM, SurveyJS + Chart.js: {}", paths::shown(&pages)));
    Ok(pages)
}

fn bundle(tools: &BuildTools, packages: &NpmFolder, work: &Path, pages: &Path) -> Result<()> {
    let mut esbuild = Command::new(tools.npm.program("esbuild"));
    esbuild
        .args(["bare.js", "bare.css", "surveyjs.js", "surveyjs.css"])
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--charset=utf8",
            "--log-level=error",
            "--legal-comments=none",
        ])
        .args(["--loader:.woff=empty", "--loader:.woff2=empty"])
        .arg(format!("--outdir={}", pages.display()))
        .env("NODE_PATH", packages.path().join("node_modules"))
        .current_dir(work);
    process::run("esbuild", &mut esbuild).map(|_| ())
}

/// The full form in Dutch: pages of items with their options, and the items of each pole.
fn content() -> Result<Value> {
    let read = |name: &str| -> Result<Value> {
        let text = std::fs::read_to_string(paths::root().join("content").join(name)).context(name)?;
        serde_json::from_str(&text).context(name)
    };
    let instrument = read("instrument.json")?;
    let texts = read("nl.json")?["instrument"].clone();
    let forms = instrument["forms"].as_array().into_iter().flatten();
    let full = forms.max_by_key(|form| form["items"].as_array().map_or(0, Vec::len));
    let items = full.and_then(|form| form["items"].as_array());
    let items = items.ok_or_else(|| Failure::new("content/instrument.json has no form with items"))?;
    let questions: Vec<Value> = items.iter().map(|id| question(id, &instrument, &texts)).collect();
    let pages: Vec<&[Value]> = questions.chunks(6).collect();
    let pole = |paradox: &Value, key: &str| {
        let id = paradox["id"].as_str().unwrap_or_default();
        json!({ "name": texts["paradoxes"][id][key]["name"], "items": paradox[key] })
    };
    let paradoxes = instrument["paradoxes"].as_array().into_iter().flatten();
    let paradoxes: Vec<Value> =
        paradoxes.map(|one| json!({ "a": pole(one, "a"), "b": pole(one, "b") })).collect();
    Ok(json!({ "pages": pages, "paradoxes": paradoxes }))
}

fn question(id: &Value, instrument: &Value, texts: &Value) -> Value {
    let key = id.as_str().unwrap_or_default();
    let options: Vec<Value> = if *id == instrument["choice"] {
        let phases = instrument["phases"].as_array().into_iter().flatten();
        phases
            .map(|phase| json!([phase["id"], texts["choices"][phase["id"].as_str().unwrap_or_default()]]))
            .collect()
    } else {
        let scale = (1..=5).map(|degree| json!([degree, texts["scale"][degree.to_string()]]));
        scale.chain([json!([0, texts["scale"]["dont-know"]])]).collect()
    };
    json!({ "id": id, "text": texts["items"][key], "options": options })
}
