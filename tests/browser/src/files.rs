//! Files on their way in and out: downloads, files that are picked, dropped and pasted, and the clipboard.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use thirtyfour::Key;
use xtask::engine::Engine;

use crate::browser::Browser;
use crate::element::Element;
use crate::failed::{Result, Trouble};
use crate::folder::Folder;
use crate::scope::Scope;

/// A file: what it is called and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with the ending.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file that isn't anywhere yet.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }

    /// What is in it, as text.
    ///
    /// # Errors
    /// When it isn't UTF-8.
    pub fn text(&self) -> Result<String> {
        let text = String::from_utf8(self.bytes.clone());
        text.map_err(|error| Trouble::new(format!("{} is not UTF-8: {error}", self.name)))
    }
}

impl Browser {
    /// Waits for a finished download whose name has this shape, with one `*` for anything, and takes it out of the
    /// folder: the next call waits for the next file. The browser has to be opened with
    /// [`Options::downloads`](crate::Options::downloads).
    ///
    /// # Errors
    /// When none comes.
    pub async fn downloaded(&self, shape: &str) -> Result<File> {
        let folder = self.options.downloads.as_ref();
        let folder = folder.ok_or_else(|| Trouble::new("this browser was opened without downloads"))?;
        let look = async || take(folder.path(), shape);
        self.wait(&format!("a download named {shape}"), look).await
    }

    /// Lets the page that is open read the clipboard, and write to it without being asked.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn allow_clipboard(&self) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {}
            Engine::Firefox => {
                let allow = "Services.prefs.setBoolPref('dom.events.testing.asyncClipboard', true);";
                return self.session.chrome(allow, Vec::new()).await.map(drop);
            }
            // A click may write, and what was written is read as a person would: by pasting.
            Engine::WebKit => return Ok(()),
        }
        let origin: String = self.eval("return location.origin;").await?;
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        let grant = json!({ "origin": origin, "permissions": permissions });
        self.cdp("Browser.grantPermissions", grant).await.map(drop)
    }

    /// The text that was copied last; see [`Browser::allow_clipboard`].
    ///
    /// # Errors
    /// When the page may not read it.
    pub async fn clipboard_text(&self) -> Result<String> {
        if self.engine() == Engine::WebKit {
            return self.pasted().await;
        }
        self.eval("return await navigator.clipboard.readText();").await
    }

    /// What was copied last in this format, `image/png` say; nothing when it wasn't copied so.
    ///
    /// # Errors
    /// When the page may not read it.
    pub async fn clipboard(&self, format: &str) -> Result<Option<Vec<u8>>> {
        let items = match self.engine() {
            Engine::Chromium => "await navigator.clipboard.read()",
            // What the browser took, noted by `witness.js`: it can't be asked for more than text.
            Engine::Firefox | Engine::WebKit => "window[Symbol.for('equipoise copied')] ?? []",
        };
        let body = "for (const item of ITEMS) {
                if (!item.types.includes(arguments[0])) continue;
                const bytes = new Uint8Array(await (await item.getType(arguments[0])).arrayBuffer());
                let text = ''; for (const byte of bytes) text += String.fromCharCode(byte);
                return btoa(text);
            }
            return null;";
        let coded: Option<String> =
            self.eval_with(&body.replace("ITEMS", items), vec![json!(format)]).await?;
        coded.map(|coded| decoded(&coded)).transpose()
    }

    /// What comes when a person pastes into an empty field.
    async fn pasted(&self) -> Result<String> {
        let begin = "const field = document.createElement('textarea');
            const before = document.activeElement;
            window[Symbol.for('equipoise paste')] = new Promise(done => field.addEventListener('paste', event => {
                event.preventDefault();
                done(event.clipboardData.getData('text/plain'));
            })).finally(() => { field.remove(); before?.focus(); });
            document.body.append(field);
            field.focus();";
        self.eval::<()>(begin).await?;
        self.press_paste().await?;
        self.eval("return await window[Symbol.for('equipoise paste')];").await
    }

    async fn press_paste(&self) -> Result<()> {
        let keys = self.driver().action_chain().key_down(Key::Control).send_keys("v").key_up(Key::Control);
        Ok(keys.perform().await?)
    }
}

fn decoded(coded: &str) -> Result<Vec<u8>> {
    STANDARD.decode(coded).map_err(|error| Trouble::new(format!("the clipboard: {error}")))
}

/// Reads and removes the first file that fits, if there is one and nothing is still being written for it.
fn take(folder: &Path, shape: &str) -> Result<Option<File>> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let Some(name) = names.into_iter().find(|name| fits(name, shape)) else { return Ok(None) };
    let path = folder.join(&name);
    let bytes = std::fs::read(&path)?;
    if bytes.is_empty() {
        // Firefox keeps the place free with an empty file.
        return Ok(None);
    }
    std::fs::remove_file(&path)?;
    Ok(Some(File { name, bytes }))
}

/// Whether a name has a shape. Browsers write to a file of another name until all is there.
fn fits(name: &str, shape: &str) -> bool {
    let unfinished = [".crdownload", ".part", ".wkdownload"];
    if unfinished.iter().any(|end| name.ends_with(end)) || name.starts_with(".com.google.Chrome") {
        return false;
    }
    match shape.split_once('*') {
        None => name == shape,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}

impl Element<'_> {
    /// Picks files in the browser's dialogue: of an `<input type="file">`, shown or not. What was picked before is
    /// replaced, as in the dialogue.
    ///
    /// # Errors
    /// When it takes no files.
    pub async fn pick(&self, files: &[File]) -> Result<()> {
        let folder = Folder::new("files")?;
        let mut paths = Vec::new();
        for file in files {
            let path = folder.path().join(&file.name);
            std::fs::write(&path, &file.bytes)?;
            paths.push(path.display().to_string());
        }
        // The page reads them when it likes, so they stay until the browser is gone.
        self.browser.keep(folder);
        Ok(self.inner.send_keys(paths.join("\n")).await?)
    }
}

impl Scope<'_> {
    /// Drops files on an element, with what comes before a drop; whether the page took them.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn drop_files(&self, css: &str, files: &[File]) -> Result<bool> {
        let coded = |file: &File| json!([file.name, STANDARD.encode(&file.bytes)]);
        let coded: Vec<Value> = files.iter().map(coded).collect();
        let body = "const carried = new DataTransfer();
            for (const [name, coded] of arguments[1]) {
                const bytes = Uint8Array.from(atob(coded), letter => letter.charCodeAt(0));
                carried.items.add(new File([bytes], name));
            }
            const { x, y, width, height } = element.getBoundingClientRect();
            const drag = type => element.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true,
                composed: true, cancelable: true, clientX: x + width / 2, clientY: y + height / 2 }));
            drag('dragenter');
            // A page that lets a file be dropped says so by stopping what the browser would do.
            const allowed = !drag('dragover');
            return allowed ? !drag('drop') : false;";
        self.find(css).await?.eval_with(body, Value::Array(coded)).await
    }

    /// Pastes text where an element is; what the page leaves to the browser is put into the field.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn paste(&self, css: &str, text: &str) -> Result<()> {
        if self.browser().engine() == Engine::Firefox {
            // A paste that a script makes carries nothing there, so it is a real one.
            let copy = "Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci.nsIClipboardHelper).copyString(arguments[0]);";
            self.browser().session.chrome(copy, vec![json!(text)]).await?;
            self.find(css).await?.eval::<()>("element.focus();").await?;
            return self.browser().press_paste().await;
        }
        let body = "element.focus();
            const carried = new DataTransfer();
            carried.setData('text/plain', arguments[1]);
            const left = element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true,
                composed: true, cancelable: true }));
            if (left) document.execCommand('insertText', false, arguments[1]);";
        self.find(css).await?.eval_with(body, json!(text)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_shape() {
        assert!(fits("equipoise-2026.json", "equipoise-*.json"));
        assert!(fits("a.csv", "a.csv") && fits("a.csv", "*"));
        assert!(!fits("equipoise.json.crdownload", "*"));
        assert!(!fits("ab", "ab*b"), "no letter counts twice");
    }
}
