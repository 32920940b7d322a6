// What an element needs the part for that stands apart: an own questionnaire (the address in `instrument`, or a script of
// JSON between the tags), or what only few pages are for.

const inline = (element) => element.querySelector(':scope > script[type="application/json"]');

/** Whether nothing is kept in the browser, as `Mode::keeps_nothing` says it. */
export const keepsNothing = (element) => ["author", "group", "kiosk"].includes(element.mode);

/** Whether it does. */
export const isApart = (element) => Boolean(element.instrument || inline(element) || keepsNothing(element));

/** The text of the questionnaire, nothing for the built-in one, and `true`; or the status that came instead, empty when
 * nothing came, and `false`. */
export async function questionnaire(element) {
  if (!element.instrument) return [inline(element)?.textContent, true];
  try {
    const answer = await fetch(new URL(element.instrument, document.baseURI));
    return answer.ok ? [await answer.text(), true] : [String(answer.status), false];
  } catch {
    return ["", false];
  }
}
