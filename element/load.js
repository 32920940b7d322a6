// What a page needs once, however many elements stand in it: texts, style sheets, and the WebAssembly modules, fetched and
// compiled once. Every element then runs a program of its own, an instance of these modules: a fault in one leaves the
// others alone, and with the element everything goes that it held.

import { create } from "../equipoise.js";

// The languages there are texts for; the first is the fallback.
export const LANGUAGES = ["en", "nl"];

// The files that come first, with their hashes, as the build writes them (`xtask/src/shipped.rs`); in a single file it
// stays empty. One of them lists the others.
const SHIPPED = "@shipped@";
const LATER = "later.txt";
const hashes = new Map();

function know(list) {
  for (const line of list.split(",")) hashes.set(...line.split(" "));
}

know(SHIPPED.slice(9));

// The files by name: what a single file carries, or what was fetched.
const carried = globalThis.equipoiseFiles;
const fetched = new Map();

/** A file that has its hash in its name, and is refused when it has another. */
async function fetchShipped(name, options) {
  if (!hashes.has(name) && hashes.has(LATER)) know(await once(LATER, async () => (await fetchShipped(LATER)).text()));
  const hash = hashes.get(name);
  const mark = hash ? `.${hash.slice(0, 8).replace(/[+/]/g, "-")}.` : ".";
  const address = new URL(`./${name.replace(/[.](?=\w+$)/, mark)}`, import.meta.url);
  const answer = await fetch(address, hash ? { ...options, integrity: `sha256-${hash}` } : options);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  if (name !== LATER) fetched.set(name, answer.clone());
  return answer;
}

/** Every file comes through here. */
async function get(name, options) {
  return carried ? new Response(carried.get(name)) : fetchShipped(name, options);
}

const asked = new Map();

/** What a page needs once, asked for once; after a failed attempt the next element may ask again. */
function once(name, ask) {
  if (!asked.has(name)) {
    asked.set(name, ask().catch((error) => {
      asked.delete(name);
      throw error;
    }));
  }
  return asked.get(name);
}

export const texts = (name) => once(name, async () => (await get(`texts/${name}.json`)).text());

export const sheet = (name) => once(`${name} sheet`, async () => {
  const answer = await get(`styles/${name}.css`);
  return new CSSStyleSheet().replace(await answer.text());
});

const compiled = (name, options) => once(name, async () => {
  const answer = await get(`${name}.wasm`, options);
  // A server that doesn't know the type of these files is no reason to stop.
  const isTyped = answer.headers.get("content-type")?.startsWith("application/wasm");
  return isTyped ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
});

/** What a page that carries everything is made of; nothing when it can't be made here. */
export const shell = () => once("shell", async () => {
  const page = await (await get("shell.txt")).text();
  if (carried) return { page };
  // What the page runs is this script, without the hashes; the browser has just had it.
  const script = (await (await fetch(import.meta.url, { cache: "force-cache" })).text()).replace(/("@shipped)@[^"]*"/, '$1@"');
  return { page, script, fetched };
});

/** What a program may be called by: it is told once when it breaks down, and nothing calls it after that. */
function guarded(exports, brokeDown) {
  let isBroken = false;
  const guard = (call) => (...given) => {
    if (isBroken) return undefined;
    try {
      return call(...given);
    } catch (error) {
      isBroken = true;
      brokeDown(error);
      throw error;
    }
  };
  const pairs = Object.entries(exports).map(([name, it]) => [name, typeof it === "function" ? guard(it) : it]);
  return Object.fromEntries(pairs);
}

/** A program for one element. Its further part, and `apart` where that is needed, take all they need from the first,
 * once `complete` was called. */
export async function program(brokeDown) {
  const module = await compiled("equipoise_bg");
  let first;
  const started = create((exports) => {
    first = exports;
    return guarded(exports, brokeDown);
  });
  started.initSync(module);
  const complete = async (part = "further") => {
    await WebAssembly.instantiate(await compiled(`equipoise_${part}`, { priority: "low" }), { p: first });
  };
  return { ...started, complete };
}
