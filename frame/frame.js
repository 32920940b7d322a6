// On the page of the host: makes every frame with `data-equipoise` as high as its content, brings what has the focus
// into view, and passes the events on, as events of the frame. It hears a frame only from the origin it was loaded from;
// what it says itself, a greeting, holds nothing.
const frames = () => [...document.querySelectorAll("iframe[data-equipoise]")];

// A frame without the right to its own origin has one that is called null.
const originOf = ({ sandbox, src }) =>
  sandbox.length && !sandbox.contains("allow-same-origin") ? "null" : new URL(src, location).origin;

const greet = (frame) => {
  frame.title ||= "Equipoise";
  frame.contentWindow.postMessage({ equipoise: "hello" }, "*");
};

addEventListener("message", ({ data, origin, source }) => {
  const frame = frames().find((frame) => frame.contentWindow === source);
  const { equipoise: name, detail } = data ?? {};
  if (!frame || !name || origin !== originOf(frame)) return;
  if (name === "here") {
    greet(frame);
  } else if (name === "height") {
    // Nearly every page has a rule for frames, which an attribute would not stand up to. Such a rule may count borders in.
    const borders = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = `${Math.min(Math.max(detail, 0), 1e5) + borders}px`;
  } else if (name === "focus") {
    const { top } = frame.getBoundingClientRect();
    if (top + detail.top < 0 || top + detail.bottom > innerHeight) scrollBy(0, top + detail.top - innerHeight / 8);
  } else {
    frame.dispatchEvent(new CustomEvent(`equipoise-${name}`, { bubbles: true, detail }));
  }
});

frames().forEach(greet);
