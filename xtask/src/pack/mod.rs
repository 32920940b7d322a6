//! Many files in one text: what `equipoise.html` carries. Written here, read by `single/` in the browser.
//!
//! The files stand one after the other behind a line that says their names and lengths; that is compressed with LZMA
//! and written by [`seven`]. LZMA saves a fifth over what browsers can unpack by themselves, and its decoder is 1.6 KB.

pub mod seven;

use std::io::Write as _;

use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use serde_json::json;

use crate::dist::File;
use crate::failure::{Context as _, Result};

/// What the decoder knows as well: literals depend on four bits of the byte before, and nothing on where a byte stands.
const LITERAL_CONTEXT: u32 = 4;

/// As far back as a match may lie; more than all files together.
const WINDOW: u32 = 1 << 21;

/// A pack, ready to be put into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// How it is packed, and its size packed and unpacked, as the page says it.
    pub label: String,
    /// The pack itself.
    pub text: String,
}

/// Packs files.
///
/// # Errors
/// When the compressor fails, which it doesn't in memory.
pub fn pack(files: &[File]) -> Result<Packed> {
    let all = join(files);
    let small = compress(&all)?;
    Ok(Packed { label: format!("lzma {} {}", small.len(), all.len()), text: seven::write(&small) })
}

/// The files in one piece, with their names and lengths in the first line.
fn join(files: &[File]) -> Vec<u8> {
    let names: Vec<_> = files.iter().map(|file| json!([file.name, file.bytes.len()])).collect();
    let mut all = serde_json::Value::from(names).to_string().into_bytes();
    all.push(b'\n');
    for file in files {
        all.extend(&file.bytes);
    }
    all
}

/// LZMA without header and end mark, as small as it gets.
fn compress(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = LzmaOptions {
        dict_size: WINDOW,
        lc: LITERAL_CONTEXT,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: LzmaOptions::NICE_LEN_MAX,
        mf: MfType::Bt4,
        depth_limit: 1000,
        preset_dict: None,
    };
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false).context("LZMA")?;
    writer.write_all(bytes).context("LZMA")?;
    writer.finish().context("LZMA")
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD as STANDARD;

    use super::*;

    /// What the page's own unpacker makes of a pack: the files as names with their bytes in Base64.
    fn unpacked(packed: &Packed) -> Result<Vec<(String, String)>> {
        let script = "globalThis.READS_LZMA = true;
            const { unpack } = await import('./single/unpack.js');
            let text = ''; process.stdin.setEncoding('utf8').on('data', part => { text += part; }).on('end', async () => {
                const end = text.indexOf('\\n');
                const files = await unpack(text.slice(end + 1), text.slice(0, end));
                const all = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
                process.stdout.write(JSON.stringify(all));
            });";
        let mut node = Command::new("node")
            .args(["--no-warnings", "--input-type=module", "--eval", script])
            .current_dir(crate::paths::root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("node")?;
        let mut input = node.stdin.take().expect("it listens");
        write!(input, "{}\n{}", packed.label, packed.text).context("node")?;
        drop(input);
        let output = node.wait_with_output().context("node")?;
        serde_json::from_slice(&output.stdout).context("the unpacker")
    }

    fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
        File { name: name.to_owned(), bytes: bytes.into() }
    }

    fn as_unpacked(file: &File) -> (String, String) {
        (file.name.clone(), STANDARD.encode(&file.bytes))
    }

    /// Bytes in no order, the same every time.
    fn noise(count: usize) -> Vec<u8> {
        let mut seed = 7_u32;
        std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        })
        .take(count)
        .collect()
    }

    #[test]
    fn the_page_unpacks_what_is_packed_here() {
        let repeats: Vec<u8> = (0..60_000_u32).map(|at| (at % 251 + at / 9000) as u8).collect();
        let mut far = noise(300_000);
        far.extend_from_within(1000..40_000);
        let cases = [
            vec![],
            vec![file("empty", "")],
            vec![file("a", "a"), file("texts/é.json", "[\"é</script>\"]"), file("z", vec![0; 70_000])],
            vec![file("noise", noise(5000)), file("repeats", repeats)],
            vec![file("far", far)],
            vec![file(
                "code",
                std::fs::read(std::env::current_exe().expect("ourselves")).expect("we are here")[..400_000]
                    .to_vec(),
            )],
        ];
        for files in cases {
            let packed = pack(&files).expect("it packs");
            let expected: Vec<_> = files.iter().map(as_unpacked).collect();
            assert!(
                unpacked(&packed).expect("it unpacks") == expected,
                "{} {}",
                packed.label,
                packed.text.len()
            );
        }
    }

    #[test]
    fn a_pack_that_is_cut_or_changed_is_refused() {
        let packed = pack(&[file("noise", noise(400)), file("zeros", vec![0; 400])]).expect("it packs");
        let cut = |count: usize| packed.text.chars().take(count).collect::<String>();
        let length = packed.text.chars().count();
        for text in [String::new(), cut(1), cut(length / 2), cut(length - 3)] {
            assert!(unpacked(&Packed { text, ..packed.clone() }).is_err());
        }
        for label in ["", "zip 1 2", "lzma 5 900"] {
            assert!(unpacked(&Packed { label: label.to_owned(), ..packed.clone() }).is_err(), "{label}");
        }
    }
}
