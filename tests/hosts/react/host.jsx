// A page of somebody else's, made with React: it sets properties and listens to events, draws itself again and again, and
// puts the element in another place.

import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function Host() {
  const [language, speak] = useState("en");
  const [order, arrange] = useState(["form", "text"]);
  const [counts, count] = useState("none");
  const [result, complete] = useState("none");
  const [shares, share] = useState(false);
  const [clicks, click] = useState(0);
  const parts = {
    form: (
      <equipoise-assessment
        key="form"
        lang={language}
        storageKey="in-react"
        form="taster"
        shareAnswers={shares}
        onequipoise-progress={({ detail }) => count(`${detail.answered} of ${detail.asked}`)}
        onequipoise-complete={({ detail }) => complete(detail.result ? detail.result.form : "kept")}
      />
    ),
    text: <p key="text">Some words of the page.</p>,
  };
  return (
    <div onClick={() => click(clicks + 1)}>
      <button id="speak" onClick={() => speak(language === "en" ? "nl" : "en")}>Other language</button>
      <button id="turn" onClick={() => arrange([...order].reverse())}>Other order</button>
      <button id="share" onClick={() => share(true)}>Share</button>
      <output id="counts">{counts}</output>
      <output id="result">{result}</output>
      <output id="clicks">{clicks}</output>
      {order.map((name) => parts[name])}
    </div>
  );
}

createRoot(document.getElementById("react")).render(<StrictMode><Host /></StrictMode>);
