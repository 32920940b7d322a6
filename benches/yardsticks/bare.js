// The floor: the same items, six a page, in the fewest DOM calls that do the job. No framework, no chart, no storage.
import content from "./content.json";

const answers = {};
const main = document.getElementById("main");
let page = 0;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function question({ id, text, options }) {
  const radios = options.map(([value, label]) => {
    const radio = element("input", { type: "radio", name: id, value, checked: answers[id] === value });
    radio.onchange = () => { answers[id] = value; };
    return element("label", {}, radio, ` ${label}`);
  });
  const set = element("fieldset", {}, element("legend", {}, text), ...radios);
  set.dataset.item = id;
  return set;
}

function button(label, onclick) {
  const made = element("button", { type: "button", onclick }, label);
  made.dataset.action = "next";
  return made;
}

function showPage() {
  const last = page === content.pages.length - 1;
  main.dataset.screen = "page";
  main.replaceChildren(
    element("h1", {}, `${page + 1} / ${content.pages.length}`),
    ...content.pages[page].map(question),
    button(last ? "Resultaat" : "Verder", () => { page += 1; last ? showResult() : showPage(); }),
  );
  scrollTo(0, 0);
}

function mean(ids) {
  const given = ids.map((id) => answers[id]).filter((value) => value >= 1).map((value) => (value - 1) * 25);
  return given.length ? Math.round(given.reduce((sum, value) => sum + value, 0) / given.length) : "–";
}

function showResult() {
  main.dataset.screen = "result";
  const rows = content.paradoxes.map(({ a, b }) =>
    element("li", {}, `${a.name} ${mean(a.items)} · ${b.name} ${mean(b.items)}`));
  main.replaceChildren(element("h1", {}, "Resultaat"), element("ul", {}, ...rows));
}

showPage();
