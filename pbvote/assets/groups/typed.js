// What was typed into the check-in, and how it is put back.
const NOT_KEPT = ["csrf_token", "photos"];
const DAY = ["day", "month", "year"];

export const typedIn = (form) => [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));

export function putBack(form, typed) {
  for (const box of form.elements) {
    if (!box.name || box.type === "file" || NOT_KEPT.includes(box.name)) continue;
    const values = typed.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "radio" || box.type === "checkbox") box.checked = values.includes(box.value);
    else if (box.type !== "submit") [box.value = ""] = values;
    for (const heard of ["input", "change"]) box.dispatchEvent(new Event(heard, { bubbles: true }));
  }
  unfold(form);
}

// Nothing that was typed hides behind a fold.
function unfold(form) {
  for (const fold of form.querySelectorAll("details")) {
    const isChanged = (box) => (box.type === "radio" || box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue);
    if ([...fold.querySelectorAll("input, textarea, select")].some(isChanged)) fold.open = true;
  }
}

export function dayHere(moment = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

// A page that was kept has the day on which it was drawn: a visit of today says today.
export function sayToday(form) {
  const [year, month, day] = dayHere().split("-").map(Number);
  if (dayHere() <= form.dataset.drawnOn) return;
  const drawn = form.dataset.drawnOn.split("-").map(Number).reverse();
  const boxes = DAY.map((part) => form.elements[`met_on-${part}`]);
  if (!boxes.every((box, at) => Number(box.value) === drawn[at])) return;
  [day, month, year].forEach((value, at) => {
    boxes[at].value = value;
  });
}
