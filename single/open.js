// The first script of a page that carries everything: it lets the page appear, unpacks, hands over what the page has to
// show, and runs the element, whose hash the policy of the page knows.

import { unpack } from "./unpack.js";

const part = (name) => document.getElementById(`equipoise-${name}`);
const element = document.querySelector("equipoise-assessment");

/** A result is shown and not kept with what is answered here; a questionnaire of its own is asked. */
function hand(instrument, result) {
  if (result.textContent) {
    element.setAttribute("mode", "result");
    element.setAttribute("result", result.textContent);
  }
  if (instrument.textContent) element.append(instrument);
}

async function open() {
  const pack = part("pack");
  const files = await unpack(pack.textContent, pack.dataset.pack);
  hand(part("instrument"), part("result"));
  globalThis.equipoiseFiles = files;
  const script = document.createElement("script");
  script.type = "module";
  const text = new TextDecoder().decode(files.get("element.js"));
  const rules = { createScript: (it) => it };
  script.textContent = globalThis.trustedTypes?.createPolicy("equipoise", rules).createScript(text) ?? text;
  document.head.append(script);
}

// A frame in a page that can't be seen never comes.
const drawn = new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 100);
});
drawn.then(open).catch((error) => {
  part("failed").hidden = false;
  console.error("equipoise:", error);
});
