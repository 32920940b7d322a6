// <equipoise-assessment>: defines the element at once, starts a program for it when it is connected, and leaves
// everything else to Rust. What stands inside the element is shown until that is ready, and stays when it never is.

import { isOld, message, reason } from "./element/failed.js";
import { LANGUAGES, program, sheet, shell, texts } from "./element/load.js";
import { isApart, keepsNothing, questionnaire } from "./element/own.js";
import { saveAsFile } from "./element/save.js";

// Attributes by their properties, with what holds when the attribute isn't there.
const PROPERTIES = {
  form: ["form", ""],
  idle: ["idle", ""],
  instrument: ["instrument", ""],
  loading: ["loading", "eager"],
  mode: ["mode", "assess"],
  preset: ["preset", "paper"],
  result: ["result", ""],
  storage: ["storage", "local"],
  storageKey: ["storage-key", "equipoise"],
  theme: ["theme", "auto"],
};
// What is decided at the start: when one of these changes, a new program takes over.
const FOR_A_START = ["idle", "instrument", "mode", "storage", "storage-key"];
const WATCHED = [...FOR_A_START, "form", "lang", "loading", "preset", "result", "share-answers", "theme"];

/** Where each element keeps what is answered, and where two do so under one name, which is said once. */
const places = new Map();
const met = new Set();

/** The shipped language for the element, as far as that can be told before the program is here. */
function likelyLanguage(element) {
  const primary = [element.lang, ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return primary.find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
}

/** What is typed in a field is nobody else's: a page sees a key in its own element, knows of no field in it, and would
 * take it for a shortcut. */
function keepTyping(event) {
  const isTyped = /^(.|Enter|Backspace|Delete|Arrow\w+)$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isTyped && event.target.matches("input, textarea, select")) event.stopPropagation();
}

class EquipoiseAssessment extends HTMLElement {
  static observedAttributes = WATCHED;
  // What happens between a start and a stop; news from another run than this one comes too late.
  #run;
  // What was answered, as it was stored last; it outlives a run.
  #kept;
  #slot = document.createElement("slot");
  // What sees it come near the window, for as long as it waits for that.
  #seen;
  #sized;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(this.#slot);
  }

  connectedCallback() {
    for (const name of [...Object.keys(PROPERTIES), "shareAnswers"]) this.#upgrade(name);
    if (this.#run) return;
    if (this.loading !== "lazy" || !window.IntersectionObserver) return this.#start();
    this.#seen ??= new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#start();
    }, { rootMargin: "50%" });
    this.#seen.observe(this);
  }

  // A move disconnects and connects in one go, so wait a microtask before believing that it is gone.
  async disconnectedCallback() {
    await Promise.resolve();
    if (!this.isConnected) this.#stop();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "loading") {
      if (this.#seen && this.loading !== "lazy") this.#start();
      return;
    }
    // Only a screen that strangers share asks whether someone is still there.
    if (!this.#run || name === "idle" && this.mode !== "kiosk") return;
    if (FOR_A_START.includes(name)) {
      // What was answered goes along to another storage; it belongs to its key and its questionnaire, and on a screen
      // that strangers share to nobody.
      const isShared = [before, after].includes("kiosk");
      const goesAlong = name === "storage" || name === "mode" && !isShared;
      this.#kept = goesAlong ? this.#run.handle?.record() ?? this.#kept : undefined;
      this.#stop();
      this.#start();
    } else {
      this.#run.handle?.attributeChanged(name);
    }
  }

  get shareAnswers() {
    return this.hasAttribute("share-answers");
  }

  set shareAnswers(shares) {
    this.toggleAttribute("share-answers", Boolean(shares));
  }

  /** The result as a result file; null until it was opened, and without `share-answers`. */
  async getResult() {
    const text = (await this.#handle()).result();
    return text ? JSON.parse(text) : null;
  }

  /** Shows a result: a result file as an object or a text, a link, or a code. Nothing that was answered changes. */
  async load(result) {
    (await this.#handle()).load(typeof result === "string" ? result : JSON.stringify(result));
  }

  /** Starts over: the answers are erased, kept results stay. */
  async reset() {
    (await this.#handle()).reset();
  }

  /** Shows another language. */
  async setLanguage(language) {
    this.lang = language;
    (await this.#handle()).speak(language);
  }

  /** What was set before the element was defined hides the property; set it anew. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** The handle of the program, once everything is loaded; what waits to be seen is started for it. */
  #handle() {
    if (this.#seen) this.#start();
    return this.#run?.whole ?? Promise.reject(new Error("equipoise: it is not running"));
  }

  async #start() {
    this.#stopWaiting();
    const run = (this.#run = {});
    this.#promise(run);
    try {
      if (isOld()) throw new Error("equipoise: this browser is too old");
      // What stands between the tags may not be read yet.
      if (document.readyState === "loading") {
        await new Promise((read) => document.addEventListener("DOMContentLoaded", read, { once: true }));
        if (run !== this.#run) return;
      }
      if (isApart(this)) return await this.#startApart(run);
      const likely = likelyLanguage(this);
      const started = program((error) => this.#fail(run, "stopped", error));
      const [equipoise, keys, adopted] = await Promise.all([started, texts("keys"), sheet("widget"), texts(likely)]);
      let language = equipoise.language(this);
      const pack = await texts(language).catch(() => texts((language = likely)));
      if (run !== this.#run) return;
      const order = [language, ...LANGUAGES.filter((other) => other !== language)];
      const outside = this.#outside(run, () => {
        this.#promise(run);
        this.#addRest(run, equipoise, order);
      });
      run.handle = equipoise.mount(this, this.#makeRoot(adopted), keys, pack, outside, this.#kept);
      this.#claimKey(run);
      this.#addRest(run, equipoise, order);
    } catch (error) {
      this.#fail(run, reason(error), error);
    }
  }

  // What only few pages need stands apart, so everything comes before the first screen.
  async #startApart(run) {
    const started = program((error) => this.#fail(run, "stopped", error)).then(async (equipoise) => {
      await Promise.all([equipoise.complete(), equipoise.complete("apart")]);
      return equipoise;
    });
    const names = ["", "further/", "apart/"].flatMap((part) => ["keys", ...LANGUAGES].map((name) => part + name));
    const sheets = Promise.all(["widget", "further", "apart"].map(sheet));
    const needed = [started, questionnaire(this), sheets, ...names.map(texts)];
    const asked = shell().catch(() => undefined);
    const [equipoise, brought, [adopted, ...others], ...packs] = await Promise.all(needed);
    run.shell = await asked;
    if (run !== this.#run) return;
    const root = this.#makeRoot(adopted);
    this.shadowRoot.adoptedStyleSheets.push(...others);
    run.handle = equipoise.mountApart(this, root, this.#outside(run), this.#kept, packs.join("\n"), ...brought);
    if (this.#claimKey(run)) this.#ready(run);
    else run.failed(new Error("equipoise: the questionnaire can't be used"));
  }

  /** What the program can ask of the element. */
  #outside(run, refetch) {
    return {
      keep: (text) => (this.#kept = this.#isShared() ? undefined : text || undefined),
      refetch,
      canSave: () => Boolean(run.shell),
      saveAsFile: (...about) => saveAsFile(run.shell, ...about),
    };
  }

  #makeRoot(adopted) {
    const root = document.createElement("div");
    root.className = "equipoise";
    root.part = "root";
    for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keepTyping);
    this.shadowRoot.adoptedStyleSheets = [adopted];
    this.shadowRoot.replaceChildren(root);
    this.#sized = new ResizeObserver(() => {
      this.#tell("resize", { width: root.offsetWidth, height: root.offsetHeight });
    });
    this.#sized.observe(root);
    return root;
  }

  // Everything else comes right after the first screen: the further part of code and texts, then the other languages.
  // So nothing is asked of the network later, neither for the result nor when the language changes.
  async #addRest(run, equipoise, languages) {
    // Meanwhile it may have been taken out of the page, and put back with another run.
    const isCurrent = () => run === this.#run;
    let whole = true;
    try {
      const needed = [texts("further/keys"), sheet("further"), equipoise.complete(), texts(`further/${languages[0]}`)];
      // Without it everything works but saving a page that carries everything, which is not offered then.
      const asked = shell().catch(() => undefined);
      const [keys, adopted] = await Promise.all(needed);
      run.shell = await asked;
      if (isCurrent()) {
        this.shadowRoot.adoptedStyleSheets.push(adopted);
        run.handle.addFurther(keys);
      }
    } catch (error) {
      whole = false;
      console.warn("equipoise: the further part is not here:", error);
      if (isCurrent()) {
        run.handle.failed();
        run.failed(error);
        this.#tell("error", { code: "load", message: String(error) });
      }
    }
    for (const language of languages) {
      try {
        const packs = await Promise.all([texts(language), whole ? texts(`further/${language}`) : undefined]);
        if (isCurrent()) run.handle.addTexts(...packs);
      } catch (error) {
        console.warn(`equipoise: no texts for ${language}:`, error);
      }
    }
    if (whole && isCurrent()) this.#ready(run);
  }

  /** What methods wait for, anew for each attempt; that nobody waits is no error of the page. */
  #promise(run) {
    run.whole = new Promise((...ends) => ([run.done, run.failed] = ends));
    run.whole.catch(() => {});
  }

  #ready(run) {
    run.handle.ready();
    run.done(run.handle);
    this.#tell("ready", {});
  }

  #stop() {
    const run = this.#run;
    this.#run = undefined;
    this.#stopWaiting();
    this.#sized?.disconnect();
    places.delete(this);
    this.shadowRoot.replaceChildren(this.#slot);
    run?.handle?.destroy();
    run?.failed(new Error("equipoise: it was taken out of the page"));
  }

  #stopWaiting() {
    this.#seen?.disconnect();
    this.#seen = undefined;
  }

  #fail(run, why, error) {
    if (run !== this.#run) return;
    const kept = keepsNothing(this) ? undefined : this.#kept ?? this.#stored(run.key);
    run.failed(error);
    // What is left of the program is not called again, so there is nothing to destroy.
    run.handle = undefined;
    const hadFocus = this.shadowRoot.activeElement;
    this.#stop();
    const shown = message(why, likelyLanguage(this), kept, () => this.#start());
    this.shadowRoot.replaceChildren(shown, this.#slot);
    if (hadFocus) shown.firstChild.focus();
    this.#tell("error", { code: why, message: String(error) });
  }

  /** Whether strangers share the screen: the next one must not find what was answered, also when the program broke down. */
  #isShared() {
    return this.mode === "kiosk";
  }

  /** What was answered here before, if it can be looked up. */
  #stored(key) {
    try {
      const storage = window[{ local: "localStorage", session: "sessionStorage" }[this.storage]];
      return storage.getItem(key ?? this.#likelyKey(Object.keys(storage)));
    } catch {
      return undefined;
    }
  }

  /** The name under which answers are kept, as far as that can be told before the program is here: only that knows the
   * id of an own questionnaire, which is in it. */
  #likelyKey(names) {
    if (!isApart(this)) return this.storageKey;
    const own = names.filter((name) => name.startsWith(`${this.storageKey}/`));
    // Kept results and copies have the same name and a dot after it.
    const sessions = own.filter((name) => !own.some((other) => name.startsWith(`${other}.`)));
    return sessions.length === 1 ? sessions[0] : "";
  }

  /** The name under which this program keeps what is answered. Where another element keeps its own there, one would go
   * on with what the other asked. */
  #claimKey(run) {
    const key = (run.key = run.handle.key());
    const keeps = ["local", "session"].includes(this.storage) && !keepsNothing(this);
    // A result that the page brings along is kept nowhere.
    if (!key || !keeps || this.mode === "result" && this.result) return key;
    const place = `${this.storage} ${key}`;
    if ([...places.values()].includes(place) && !met.has(place)) {
      met.add(place);
      console.warn(`equipoise: two elements keep answers under "${key}"; give one of them another storage-key`);
    }
    places.set(this, place);
    return key;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`equipoise-${name}`, { bubbles: true, composed: true, detail }));
  }
}

for (const [property, [attribute, otherwise]] of Object.entries(PROPERTIES)) {
  Object.defineProperty(EquipoiseAssessment.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute) || otherwise;
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}

if (!customElements.get("equipoise-assessment")) {
  customElements.define("equipoise-assessment", EquipoiseAssessment);
}
