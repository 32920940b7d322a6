//! A zip of what ships, the same every time: files in order of name, no times, no owners.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::dist::File;
use crate::failure::{Context as _, Result};

/// The files below a folder of that name.
///
/// # Errors
/// When the archive can't be written, which it can in memory.
pub(super) fn zip(folder: &str, files: &[File]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        writer.start_file(format!("{folder}/{}", file.name), options).context(&file.name)?;
        writer.write_all(&file.bytes).context(&file.name)?;
    }
    Ok(writer.finish().context("zip")?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn it_holds_the_files_and_no_time() {
        let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.into() };
        let made = zip("e", &[file("a.txt", "one"), file("b/c.txt", "two")]).expect("it is written");
        assert_eq!(made, zip("e", &[file("a.txt", "one"), file("b/c.txt", "two")]).expect("again"));
        let mut read = zip::ZipArchive::new(Cursor::new(made)).expect("it is a zip");
        let mut entry = read.by_name("e/b/c.txt").expect("it is there");
        assert_eq!(entry.last_modified(), Some(DateTime::default()));
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("it is text");
        assert_eq!(text, "two");
    }
}
