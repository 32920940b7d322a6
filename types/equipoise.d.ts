// Types of the element that `element.js` defines, for pages written in TypeScript.

/** What a person answered and what follows from it: `result.schema.json` describes every field. */
export interface EquipoiseResult {
  readonly format: "equipoise-result";
  readonly version: number;
  readonly instrument: { readonly id: string; readonly version: string };
  readonly form: string;
  readonly language: string;
  /** When the newest answer was given, in UTC. */
  readonly completed: string | null;
  readonly label: string | null;
  readonly answers: Readonly<Record<string, number | string | null>>;
  readonly scores: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Something that is wrong with an own questionnaire. */
export interface EquipoiseProblem {
  /** Where, as a JSON path that starts at `$`. */
  readonly path: string;
  readonly found?: string;
  readonly expected?: string;
  readonly hint?: string;
  /** All of it as one sentence. */
  readonly text: string;
}

export interface EquipoiseProgress {
  /** How many questions are answered, "don't know" included. */
  readonly answered: number;
  readonly asked: number;
}

export interface EquipoiseError {
  /**
   * - `load`: a part could not be fetched; told again for each attempt that fails
   * - `blocked`: the page doesn't allow WebAssembly
   * - `old`: the browser lacks what nothing works without
   * - `memory`: there is too little memory
   * - `stopped`: the program broke down; the answers are kept
   * - `result`: a result that was handed in can't be read
   * - `instrument`: an own questionnaire can't be used
   */
  readonly code: "load" | "blocked" | "old" | "memory" | "stopped" | "result" | "instrument";
  readonly message: string;
  /** With the code `instrument`. */
  readonly problems?: readonly EquipoiseProblem[];
}

/** Events bubble and cross shadow roots. */
export interface EquipoiseEventMap {
  /** Everything is loaded; from here on no request is made. */
  "equipoise-ready": CustomEvent<Record<string, never>>;
  /** An answer was given or cleared. */
  "equipoise-progress": CustomEvent<EquipoiseProgress>;
  /** The result was opened; it comes along only with `share-answers`. */
  "equipoise-complete": CustomEvent<{ readonly result?: EquipoiseResult | null }>;
  /** Something was taken along: a file, a link, a picture. */
  "equipoise-share": CustomEvent<{ readonly kind: string }>;
  "equipoise-error": CustomEvent<EquipoiseError>;
  /** Its content has another size, in CSS pixels. */
  "equipoise-resize": CustomEvent<{ readonly width: number; readonly height: number }>;
}

/** The element. Its class is not exported: `customElements.get("equipoise-assessment")` has it at run time. */
export interface EquipoiseAssessment extends HTMLElement {
  /** The form to offer; all of them when it is empty. */
  form: string;
  /** In the mode `kiosk`: after how many seconds without a touch or a key someone is asked, 5 to 3600; 90 when it is
   *  empty. */
  idle: string;
  /** The address of an own questionnaire; the built-in one when it is empty. */
  instrument: string;
  /** `lazy` loads when the element comes near the window. */
  loading: "eager" | "lazy";
  mode: "assess" | "result" | "author" | "group" | "kiosk";
  /** A set of colours and letters, each for light and dark. */
  preset: "paper" | "plain" | "contrast";
  /** A link or a code with a result to show. */
  result: string;
  storage: "local" | "session" | "none";
  storageKey: string;
  theme: "auto" | "light" | "dark";
  /** Whether the page gets the result; the person reads so before answering. */
  shareAnswers: boolean;
  /** The result; `null` until it was opened, and without `shareAnswers`. In the mode `result` the one that is shown. */
  getResult(): Promise<EquipoiseResult | null>;
  /** Shows a result, a link or a code. What is answered stays as it is. */
  load(result: EquipoiseResult | string): Promise<void>;
  /** Starts over: the answers are erased, kept results stay. */
  reset(): Promise<void>;
  /** Shows another language: `en` or `nl`, or one that an own questionnaire has. */
  setLanguage(language: string): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "equipoise-assessment": EquipoiseAssessment;
  }
  interface HTMLElementEventMap extends EquipoiseEventMap {}
}
