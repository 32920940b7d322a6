// What the bench runs inside each page. `PAGES` says where things are in it; the same steps are then timed in each.
const PAGES = {
  equipoise: {
    root: () => document.querySelector("equipoise-assessment")?.shadowRoot,
    start: (root) => root.querySelector('[data-form="full"]'),
    questions: (root) => [...root.querySelectorAll("fieldset[data-item]")],
    next: (root) => root.querySelector('[data-action="next"], [data-action="result"]'),
    result: (root) => root.querySelector('[data-screen="result"] svg path'),
  },
  bare: {
    root: () => document.getElementById("main"),
    start: () => null,
    questions: (root) => [...root.querySelectorAll("fieldset[data-item]")],
    next: (root) => root.querySelector('[data-action="next"]'),
    result: () => document.querySelector('[data-screen="result"]'),
  },
  surveyjs: {
    root: () => document.body,
    start: () => null,
    questions: (root) => [...root.querySelectorAll("fieldset")],
    next: (root) => [...root.querySelectorAll(".sv-action:not(.sv-action--hidden) input[type=button].sd-navigation__next-btn, .sv-action:not(.sv-action--hidden) input[type=button].sd-navigation__complete-btn")]
      .find((button) => button.checkVisibility()),
    result: () => document.querySelector('[data-screen="result"]'),
  },
};

const bench = (window.bench = {});

/** Resolves once the frame that comes next has been painted. */
bench.painted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
}));

/** Lets everything come to rest, and goes on at any moment between two frames, as people do. */
bench.rest = async () => {
  await bench.painted();
  await new Promise((done) => setTimeout(done, Math.random() * 16.7));
};

/** From `act` to the first frame in which `there` is something, and to the last frame in which the page still changed. */
bench.settled = async (root, act, there) => {
  let changed = true;
  const observer = new MutationObserver(() => { changed = true; });
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  const began = performance.now();
  let first = null;
  let last = began;
  act();
  for (let still = 0; still < 12; still += 1) {
    const now = await bench.painted();
    if (changed) {
      last = now;
      still = 0;
    }
    changed = false;
    if (first === null && there()) first = now;
  }
  observer.disconnect();
  return { first: first === null ? null : first - began, last: last - began };
};

bench.until = async (what) => {
  for (;;) {
    const found = what();
    if (found) return found;
    await bench.painted();
  }
};

/** Notes when the first question could be answered; started before the page's own scripts. */
bench.watch = (name) => {
  const page = PAGES[name];
  let started = false;
  const look = async () => {
    const root = page.root();
    const start = root && !started && page.start(root);
    if (start) {
      started = true;
      start.click();
    }
    if (root && page.questions(root).length) {
      bench.first = await bench.painted();
      return;
    }
    setTimeout(look, 5);
  };
  look();
};

/** Answers everything, page by page, and times each step. */
bench.path = async (name, seed) => {
  const page = PAGES[name];
  const times = { answer: [], turn: [], result: null, complete: null };
  const root = await bench.until(page.root);
  const start = page.start(root);
  if (start) start.click();
  await bench.until(() => page.questions(root).length);
  await bench.painted();
  for (let turn = 0; turn < 60; turn += 1) {
    for (const [index, question] of page.questions(root).entries()) {
      const radios = [...question.querySelectorAll("input[type=radio]")];
      const radio = radios[(seed + turn + index) % Math.min(5, radios.length)];
      await bench.rest();
      const began = performance.now();
      radio.click();
      times.answer.push((await bench.painted()) - began);
    }
    const next = page.next(root);
    if (!next) throw new Error(`${name}: no next button on page ${turn + 1}`);
    await bench.rest();
    const took = await bench.settled(root, () => next.click(), () => page.result(root));
    if (page.result(root)) {
      times.result = took.first;
      times.complete = took.last;
      return times;
    }
    times.turn.push(took.last);
  }
  throw new Error(`${name}: no result after 60 pages`);
};

bench.element = () => document.querySelector("equipoise-assessment");

/** Milliseconds from handing in one more result to the frame in which the group shows it. */
bench.add = async (code) => {
  await bench.rest();
  const began = performance.now();
  await bench.element().load(code);
  return (await bench.painted()) - began;
};
