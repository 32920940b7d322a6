// <equipoise-assessment>: defines the element at once, loads the WebAssembly module once per page when the first one
// is connected, and leaves everything else to Rust. What stands inside the element is shown until that is ready, and
// stays when it never is.

const here = (path) => new URL(path, import.meta.url);
const WATCHED = ["lang", "form", "theme", "storage", "storage-key"];
// The languages there are texts for; the first is the fallback.
const LANGUAGES = ["en", "nl"];
const FAILED = {
  nl: "De vragenlijst kan in deze browser niet openen. Probeer een nieuwere browser, of vraag de beheerder van deze pagina of WebAssembly is toegestaan.",
  en: "The questionnaire can’t open in this browser. Try a newer browser, or ask whoever manages this page whether WebAssembly is allowed.",
};

async function get(path, options) {
  const answer = await fetch(here(path), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
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

const texts = (name) => once(name, async () => (await get(`./texts/${name}.json`)).text());

const sheet = (name) => once(`${name} sheet`, async () => {
  const answer = await get(`./styles/${name}.css`);
  return new CSSStyleSheet().replace(await answer.text());
});

const module = () => once("module", async () => {
  const module = await import(here("./equipoise.js"));
  const exports = await module.default({ module_or_path: here("./equipoise_bg.wasm") });
  return { module, exports };
});

/** The further part of the code: a module of its own, which takes all it needs from the first. */
const further = () => once("further", async () => {
  const { exports } = await module();
  const answer = await get("./equipoise_further.wasm", { priority: "low" });
  await WebAssembly.instantiate(await answer.arrayBuffer(), { p: exports });
});

/** The shipped language for the element, as far as that can be told before the module is here. */
function likelyLanguage(element) {
  const primary = [element.lang, ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return primary.find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
}

class EquipoiseAssessment extends HTMLElement {
  static observedAttributes = WATCHED;
  #handle;
  #starting = false;
  #slot = document.createElement("slot");

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(this.#slot);
  }

  connectedCallback() {
    if (!this.#handle && !this.#starting) this.#start();
  }

  // A move disconnects and connects in one go, so wait a microtask before believing that it is gone.
  async disconnectedCallback() {
    await Promise.resolve();
    if (this.isConnected) return;
    this.#handle?.destroy();
    this.#handle = undefined;
    this.shadowRoot.replaceChildren(this.#slot);
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.#handle?.attributeChanged(name);
  }

  async #start() {
    this.#starting = true;
    try {
      const likely = likelyLanguage(this);
      const [{ module: equipoise }, keys, adopted] = await Promise.all([module(), texts("keys"), sheet("widget"), texts(likely)]);
      let language = equipoise.language(this);
      const pack = await texts(language).catch(() => texts((language = likely)));
      if (!this.isConnected) return;
      const root = document.createElement("div");
      root.className = "equipoise";
      root.part = "root";
      this.shadowRoot.adoptedStyleSheets = [adopted];
      this.shadowRoot.replaceChildren(root);
      const order = [language, ...LANGUAGES.filter((other) => other !== language)];
      const handle = equipoise.mount(this, root, keys, pack, () => this.#addRest(handle, order));
      this.#handle = handle;
      this.#addRest(handle, order);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
  }

  // Everything else comes right after the first screen: the further part of code and texts, then the other languages.
  // So nothing is asked of the network later, neither for the result nor when the language changes.
  async #addRest(handle, languages) {
    // Meanwhile it may have been taken out of the page, and put back with a handle of its own.
    const isCurrent = () => handle === this.#handle;
    let whole = true;
    try {
      const needed = [texts("further/keys"), sheet("further"), further(), texts(`further/${languages[0]}`)];
      const [keys, adopted] = await Promise.all(needed);
      if (isCurrent()) {
        this.shadowRoot.adoptedStyleSheets.push(adopted);
        handle.addFurther(keys);
      }
    } catch (error) {
      whole = false;
      console.warn("equipoise: the further part is not here:", error);
      if (isCurrent()) handle.failed();
    }
    for (const language of languages) {
      try {
        const packs = await Promise.all([texts(language), whole ? texts(`further/${language}`) : undefined]);
        if (isCurrent()) handle.addTexts(...packs);
      } catch (error) {
        console.warn(`equipoise: no texts for ${language}:`, error);
      }
    }
    if (!whole || !isCurrent()) return;
    handle.ready();
    this.#tell("ready", {});
  }

  #fail(error) {
    const language = likelyLanguage(this);
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.lang = language;
    message.textContent = FAILED[language];
    this.shadowRoot.replaceChildren(message, this.#slot);
    this.#tell("error", { message: String(error) });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`equipoise-${name}`, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("equipoise-assessment")) {
  customElements.define("equipoise-assessment", EquipoiseAssessment);
}
