// The usual way: the same questionnaire in SurveyJS, and its result as a radar of Chart.js; only the parts of
// Chart.js that a radar needs, and no animation, so that the comparison is a fair one.
import { Model } from "survey-core";
import "survey-js-ui";
import {
  Chart, Filler, Legend, LineElement, PointElement, RadarController, RadialLinearScale, Tooltip,
} from "chart.js";
import content from "./content.json";

Chart.register(Filler, Legend, LineElement, PointElement, RadarController, RadialLinearScale, Tooltip);
Chart.defaults.animation = false;

const main = document.getElementById("main");
main.dataset.screen = "page";

const survey = new Model({
  showTitle: false,
  showProgressBar: "top",
  showCompletedPage: false,
  pages: content.pages.map((items, index) => ({
    name: `page${index}`,
    elements: items.map(({ id, text, options }) => ({
      type: "radiogroup",
      name: id.replaceAll(".", "_"),
      title: text,
      colCount: 0,
      choices: options.map(([value, label]) => ({ value, text: label })),
    })),
  })),
});

function mean(ids) {
  const given = ids.map((id) => survey.data[id.replaceAll(".", "_")]).filter((value) => value >= 1);
  return given.length ? given.reduce((sum, value) => sum + (value - 1) * 25, 0) / given.length : null;
}

survey.onComplete.add(() => {
  const canvas = document.getElementById("radar");
  canvas.hidden = false;
  const pole = (key) => ({ label: key.toUpperCase(), data: content.paradoxes.map((one) => mean(one[key].items)) });
  new Chart(canvas, {
    type: "radar",
    data: { labels: content.paradoxes.map(({ a, b }) => `${a.name} / ${b.name}`), datasets: [pole("a"), pole("b")] },
    options: { responsive: false, scales: { r: { min: 0, max: 100 } } },
  });
  const rows = content.paradoxes.map(({ a, b }) => {
    const row = document.createElement("li");
    row.textContent = `${a.name} ${mean(a.items)} · ${b.name} ${mean(b.items)}`;
    return row;
  });
  const list = document.createElement("ul");
  list.append(...rows);
  document.body.append(list);
  document.body.dataset.screen = "result";
});

survey.render(main);
