// What the server would not take, said as its own page says it: a summary that leads to each box, and a line above the box.
function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function mark(target, text) {
  const box = document.getElementById(target);
  const group = box && box.closest(".govuk-form-group");
  if (!group) return;
  group.classList.add("govuk-form-group--error");
  const line = element("p", "govuk-error-message", text);
  line.dataset.refusal = "";
  group.prepend(line);
  const fold = box.closest("details");
  if (fold) fold.open = true;
}

export function clearRefusals(form) {
  document.querySelector("[data-errors]").replaceChildren();
  form.querySelectorAll("[data-refusal]").forEach((line) => line.remove());
  form.querySelectorAll(".govuk-form-group--error").forEach((group) => group.classList.remove("govuk-form-group--error"));
}

export function showRefusals(form, errors) {
  clearRefusals(form);
  const summary = element("div", "govuk-error-summary");
  const list = element("ul", "govuk-list govuk-error-summary__list");
  for (const [text, target] of errors) {
    const line = document.createElement("li");
    const link = element(target ? "a" : "span", "", text);
    if (target) link.href = `#${target}`;
    line.append(link);
    list.append(line);
    if (target) mark(target, text);
  }
  summary.append(element("h2", "govuk-error-summary__title", "There is a problem"), list);
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  document.querySelector("[data-errors]").append(summary);
  summary.focus();
}
