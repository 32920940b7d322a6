// <equipoise-assessment>: defines the element at once, loads the WebAssembly module once per page when the first one
// is connected, and leaves everything else to Rust. What stands inside the element is shown until that is ready, and
// stays when it never is.

const here = (path) => new URL(path, import.meta.url);
const WATCHED = ["lang", "form", "theme", "storage", "storage-key"];
const FAILED = {
  nl: "De vragenlijst kan in deze browser niet openen. Probeer een nieuwere browser, of vraag de beheerder van deze pagina of WebAssembly is toegestaan.",
  en: "The questionnaire can’t open in this browser. Try a newer browser, or ask whoever manages this page whether WebAssembly is allowed.",
};

let loading;

/** Module and style sheet, asked for once; a failed attempt may be repeated by the next element. */
function load() {
  loading ??= Promise.all([loadModule(), loadSheet()]).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function loadModule() {
  const module = await import(here("./equipoise.js"));
  await module.default({ module_or_path: here("./equipoise_bg.wasm") });
  return module;
}

async function loadSheet() {
  const answer = await fetch(here("./styles/widget.css"));
  if (!answer.ok) throw new Error(`widget.css: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
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
      const [module, sheet] = await load();
      if (!this.isConnected) return;
      const root = document.createElement("div");
      root.className = "equipoise";
      root.part = "root";
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.append(root);
      this.#handle = module.mount(this, root);
      this.#slot.remove();
      this.#tell("ready", {});
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
  }

  #fail(error) {
    const language = (this.lang || document.documentElement.lang || navigator.language).slice(0, 2);
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = FAILED[language] ?? FAILED.en;
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
