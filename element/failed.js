// What is shown when the program can't start or breaks down: why, what became of the answers, and what can be done.
// There is no program to ask then, so this is plain JavaScript, and the build puts its texts in.

/* global FAILED */
const TEXTS = typeof FAILED === "undefined" ? {} : FAILED;

/** The smallest module there is: what can't run it may not use WebAssembly at all. */
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/** Whether this browser lacks what nothing works without. */
export const isOld = () => typeof WebAssembly !== "object" || !("adoptedStyleSheets" in document);

/** Why it could not start: `old`, `blocked`, `memory`, or `load`. */
export function reason(error) {
  if (isOld()) return "old";
  try {
    // One engine refuses to compile, another to run what it compiled.
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY));
  } catch (refused) {
    if (!(refused instanceof RangeError)) return "blocked";
  }
  return error instanceof RangeError ? "memory" : "load";
}

function make(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function button(text, action, does) {
  const made = make("button", text, { type: "button", class: "secondary", part: "secondary", "data-action": action });
  made.addEventListener("click", does);
  return made;
}

function save(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", "", { href: url, download: "equipoise.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The message; `kept` is what was answered, as it is stored, and `again` starts anew. It looks like the rest as far as
 * the style sheet is there. */
export function message(why, language, kept, again) {
  const texts = TEXTS[language] ?? {};
  const root = make("div", "", { class: "equipoise", part: "root" });
  const shown = make("div", "", { class: "failure", role: "alert", tabindex: "-1", lang: language, "data-why": why });
  const buttons = make("div", "", { class: "actions" });
  root.append(shown);
  shown.append(make("p", texts[why]));
  if (kept) shown.append(make("p", texts.kept));
  if (why !== "old" && why !== "blocked") buttons.append(button(texts.again, "again", again));
  if (kept) buttons.append(button(texts.save, "save", () => save(kept)));
  if (buttons.children.length) shown.append(buttons);
  return root;
}
