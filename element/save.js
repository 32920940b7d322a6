// Saves everything as one file: the page that carries this program, with a result or a questionnaire in it. Nothing is
// fetched for it: the files are those that the page has already.

import { textOf } from "./seven.js";

/** Every file in one piece, with names and lengths in the first line. */
async function join(files) {
  const parts = await Promise.all([...files].map(async ([name, answer]) => [name, await answer.clone().blob()]));
  const head = JSON.stringify(parts.map(([name, blob]) => [name, blob.size]));
  return new Blob([`${head}\n`, ...parts.map(([, blob]) => blob)]);
}

/** The pack, and how it is packed. */
async function pack(files) {
  const all = await join(files);
  const canDeflate = "CompressionStream" in globalThis;
  const stream = canDeflate ? all.stream().pipeThrough(new CompressionStream("deflate-raw")) : all.stream();
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return [`${canDeflate ? "deflate" : "plain"} ${bytes.length} ${all.size}`, textOf(bytes)];
}

/** The page as a file, with the JSON of a questionnaire, of a result, or of both in it. */
export async function saveAsFile({ page, script, fetched }, instrument, result, title) {
  const carrier = document.getElementById("equipoise-pack");
  const [label, text] = fetched
    ? await pack([...fetched, ["shell.txt", new Response(page)], ["element.js", new Response(script)]])
    : [carrier.dataset.pack, carrier.textContent];
  const plain = title.replace(/[&<]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const json = [instrument, result].map((it) => it.replaceAll("<", "\\u003c"));
  const values = { title: plain, instrument: json[0], result: json[1], label, pack: text };
  return new Blob([page.replace(/@(title|instrument|result|label|pack)@/g, (_, name) => values[name])], { type: "text/html" });
}
