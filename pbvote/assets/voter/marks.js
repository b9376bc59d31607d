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

// {code, isScanned, lang, event, and of a paper: definition, bids, shape, marks}, or nothing.
let latest = null;
// How large the letters are, for as long as this tab is at the voter's pages.
let size = (history.state || {}).size;

export const kept = () => latest;

export function put(state) {
  history.replaceState(state || size ? Object.assign({}, state, { size }) : null, "");
}

export function keep(state) {
  latest = state;
  put(state);
}

export const forget = () => keep(null);

export function forgetMarks() {
  if (latest) keep({ code: latest.code, lang: latest.lang, event: latest.event });
}

// What a browser can be asked to enlarge by hand as well: 100 %, 125 %, 150 %, and back.
export function offerSizes() {
  const { style } = document.documentElement;
  const button = document.querySelector(".size");
  style.fontSize = size || "";
  button.hidden = false;
  button.onclick = () => {
    style.fontSize = size = { 125: "150%", 150: "" }[parseInt(size)] ?? "125%";
    put(latest);
  };
}

// What the marks of a form say; other rules have another shape, and take no marks over.
const shapeOf = (form) => form.dataset.kind + inputs(form).length / form.querySelectorAll(".bid").length;

// The same marks where the bids stand in another order: each goes with its bid.
function moved(marks, before, now) {
  const [from, to] = [before, now].map((bids) => bids.split(" "));
  const place = (number) => to.indexOf(from[number - 1]) + 1;
  const found = {};
  for (const name in marks) {
    if (name === "bid") found.bid = marks.bid.map((number) => String(place(number)));
    else found[`bid-${place(name.slice(4))}`] = marks[name];
  }
  return found;
}

// A browser asks for a page again by its address alone once its entry holds a state: hence the code, to open the paper.
export function keepMarks(form) {
  const slip = { shape: shapeOf(form), bids: form.dataset.bids };
  for (const name of ["code", "lang", "event", "definition"]) slip[name] = form.querySelector(`[name=${name}]`).value;
  const before = history.state || {};
  if (before.marks && before.code === slip.code && before.shape === slip.shape) {
    putMarks(form, moved(before.marks, before.bids, slip.bids));
  }
  const keepNow = () => keep(Object.assign({ marks: marksOf(form) }, slip));
  form.addEventListener("input", keepNow);
  keepNow();
  const clear = form.querySelector(".clear");
  if (!clear) return;
  clear.onclick = () => {
    putMarks(form, {});
    form.dispatchEvent(new Event("input"));
  };
}
