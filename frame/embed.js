// Within a frame: takes the element's attributes from the address, and tells the page around it how high it is.
//
// It says that it is here, and no more, until the page around it greets it; only from then on, and only to the origin
// that the greeting came from, anything is told: the height, where the focus went, and the element's own events. Answers are never
// among them, because `share-answers` can't be set from the address.

const NAMES = ["lang", "form", "theme", "preset", "storage", "storage-key", "mode", "idle", "result", "instrument"];
const TOLD = ["ready", "progress", "complete", "share", "error"];
// How long the height has to be steady before it is told, in milliseconds.
const CALM = 40;
// As high as a scroll bar can be: a change to and fro within it is one that the frame itself causes.
const BAR = 24;
// How long the page around has to follow before a scroll bar is shown, in milliseconds.
const PATIENCE = 300;

const element = document.querySelector("equipoise-assessment");
const query = new URLSearchParams(location.search);
const only = query.get("host");
let host;

/** A questionnaire may come from the place that this page came from, and from nowhere else. */
function isHere(address) {
  try {
    return new URL(address, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

for (const name of NAMES) {
  const value = query.get(name);
  if (value && (name !== "instrument" || isHere(value))) element.setAttribute(name, value);
}

function tell(name, detail) {
  // An origin that has no name, such as that of a file, can be told in no other way.
  if (host) parent.postMessage({ equipoise: name, detail }, host === "null" ? "*" : host);
}

let height = 0;
let before = 0;
let waiting;

function measure() {
  const now = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (now === height || (now === before && Math.abs(now - height) <= BAR && now < height)) return;
  [before, height] = [height, now];
  tell("height", height);
  fit();
}

let patience;

/** Does without a scroll bar for as long as the frame is as high as its content: the page around may have it otherwise,
 * or may not have followed yet. A pixel is what rounding on both sides may cost. */
function fit() {
  clearTimeout(patience);
  const { classList } = document.documentElement;
  if (host && innerHeight + 1 >= height) classList.add("fitted");
  else patience = setTimeout(() => classList.remove("fitted"), PATIENCE);
}

addEventListener("resize", fit);

new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(measure, CALM);
}).observe(document.documentElement);

addEventListener("message", ({ data, origin, source }) => {
  if (source !== parent || source === window || data?.equipoise !== "hello" || (only && origin !== only)) return;
  host = origin;
  height = 0;
  measure();
});

// A browser scrolls no page of another origin, so the host is asked to, for whatever got the focus.
customElements.whenDefined(element.localName).then(() => {
  element.shadowRoot.addEventListener("focusin", ({ target }) => {
    const { top, bottom } = target.getBoundingClientRect();
    tell("focus", { top, bottom });
  });
});

for (const name of TOLD) {
  element.addEventListener(`equipoise-${name}`, ({ detail }) => tell(name, detail));
}

if (parent !== window) parent.postMessage({ equipoise: "here" }, "*");
