// Keeps an unsent ballot in this page's entry of the tab's history: it survives a reload, going back, and a tab that the
// phone threw away, and is in no storage that another page or the next voter could read.

const inputs = (form) => [...form.querySelectorAll("input:not([type=hidden])")];

// {bid-3: "5"}, or {bid: ["1", "3"]} for boxes.
function marksOf(form) {
  const marks = {};
  for (const { type, name, value, checked } of inputs(form)) {
    if (!value || (type !== "text" && !checked)) continue;
    marks[name] = type === "checkbox" ? [...(marks[name] || []), value] : value;
  }
  return marks;
}

function putMarks(form, marks) {
  for (const input of inputs(form)) {
    const mark = marks[input.name] || "";
    if (input.type === "text") input.value = mark;
    else input.checked = [].concat(mark).includes(input.value);
  }
}

export const isMarked = (form) => Object.keys(marksOf(form)).length > 0;

// {code, isScanned, lang, event, and of a paper: paper, marks}, or nothing.
let latest = null;

export const kept = () => latest;

export function keep(state) {
  latest = state;
  history.replaceState(state, "");
}

export const forget = () => keep(null);

// A browser asks for a page again by its address alone once its entry holds a state: hence the code, to open the paper.
export function keepMarks(form) {
  const { code, lang, event, definition } = form.elements;
  const slip = { code: code.value, lang: lang.value, event: event.value, paper: definition.value };
  const before = history.state;
  if (before && before.marks && before.code === slip.code && before.paper === slip.paper) putMarks(form, before.marks);
  const keepNow = () => keep(Object.assign({ marks: marksOf(form) }, slip));
  form.addEventListener("input", keepNow);
  keepNow();
}
