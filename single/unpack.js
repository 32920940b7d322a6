// Takes a pack apart: what `xtask/src/pack/mod.rs` writes when it is built, or `element/save.js` when someone saves it. A
// browser can't pack by LZMA, so the build leaves that out of the page that a browser fills.

import { unlzma } from "./lzma.js";
import { bytesOf } from "./seven.js";

const inflate = async (bytes) => {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/* global READS_LZMA */
const WAYS = { ...(READS_LZMA ? { lzma: unlzma } : {}), deflate: inflate, plain: (bytes) => bytes };

/** The files in a pack, by name. The label says how it is packed, and its size packed and unpacked. */
export async function unpack(text, label) {
  const [way, packed, size] = label.split(" ");
  const all = await WAYS[way](bytesOf(text, Number(packed)), Number(size));
  const head = all.indexOf(10);
  let at = head + 1;
  const files = new Map();
  for (const [name, length] of JSON.parse(new TextDecoder().decode(all.subarray(0, head)))) {
    files.set(name, all.subarray(at, (at += length)));
  }
  if (at !== all.length) throw new Error("it breaks off");
  return files;
}
