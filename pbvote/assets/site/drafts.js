// A bid, or a report, is saved while it is typed. Until the server has it, this phone keeps a copy, so that no signal and no dropped page
// loses a word; once it is saved, nothing stays here.
import { plainDigits } from "./digits.js";

const PAUSE = 1200;
const LONGEST_WAIT = 30000;
const PREFIX = "pbvote-draft-";

const bodyOf = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

// Storage may be full, or forbidden: then the copy is not kept, and the page works as it does without script.
function store(key, copy) {
  try {
    if (copy) localStorage.setItem(key, JSON.stringify(copy));
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// What is the page's own: the pass, which opens a draft, and a token that grows old. A file is chosen again.
const NOT_TYPED = ["pass", "version", "then", "csrf_token"];
const isTyped = (box) => box.name && box.type !== "file" && !NOT_TYPED.includes(box.name);

function typedIn(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.includes(name) && typeof value === "string");
}

function putBack(form, typed) {
  const values = new Map(typed);
  const isChosen = (box) => typed.some(([name, value]) => name === box.name && value === box.value);
  for (const box of form.elements) {
    if (!isTyped(box)) continue;
    if (box.type === "radio" || box.type === "checkbox") box.checked = isChosen(box);
    else if (box.type !== "submit") box.value = values.get(box.name) || "";
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function keepDraft(form) {
  const key = PREFIX + form.dataset.kept;
  const said = form.querySelector(".saving");
  let timer = 0;
  let wait = PAUSE;
  let underWay = null;
  let isLeaving = false;

  const tell = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };
  const copy = () => store(key, { version: form.elements.version.value, typed: typedIn(form) });

  // True once the server has it, or has said why not; false without a network.
  async function trySaving() {
    const sent = bodyOf(form);
    let answer;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body: sent, keepalive: true });
    } catch {
      tell(form.dataset.lost);
      return false;
    }
    if (answer.ok) {
      form.elements.version.value = (await answer.json()).version;
      const now = bodyOf(form);
      now.delete("version");
      sent.delete("version");
      if (now.toString() === sent.toString()) store(key, null);
      else copy();
      tell(form.dataset.saved);
      return true;
    }
    if (answer.status === 409) tell(form.dataset.overtaken);
    return answer.status < 500;
  }

  function save() {
    clearTimeout(timer);
    underWay = (underWay || Promise.resolve()).then(trySaving).then((isDone) => {
      wait = isDone ? PAUSE : Math.min(wait * 2, LONGEST_WAIT);
      if (!isDone) timer = setTimeout(save, wait);
      return isDone;
    });
    return underWay;
  }

  form.addEventListener("input", () => {
    copy();
    // What is typed now is not saved yet.
    if (said.textContent === form.dataset.saved) tell("");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  // A phone throws away pages that nobody looks at, and tells them nothing before.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && stored(key)) save();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    copy();
    tell(form.dataset.saving);
    const isDone = await save();
    isLeaving = false;
    if (!isDone) return;
    // What the server would not save stands on the page that says so.
    store(key, null);
    form.submit();
  });
  // Whoever stops here leaves nothing behind: what is typed goes to the server first.
  const leave = document.querySelector("form[action$='/leave']");
  leave?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await save())) return;
    store(key, null);
    leave.submit();
  });
  addEventListener("online", () => {
    if (stored(key)) save();
  });

  const before = stored(key);
  if (before) {
    putBack(form, before.typed);
    form.elements.version.value = before.version;
    save();
  }
}

// Without signal the browser would put its own page in the place of ours.
function sendSafely(form) {
  const said = form.querySelector(".saving");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, { method: "POST", body: bodyOf(form) });
      if (answer.redirected) location.assign(answer.url);
      else form.submit();
    } catch {
      said.textContent = form.dataset.lost;
    }
  });
}

// The budget shows from the round's sum on; what can't be read is the server's to judge.
function showBudget(part) {
  const boxes = () => [...part.form.querySelectorAll(".whole input, .split input")].filter((box) => box.offsetParent);
  const say = () => {
    const sum = boxes().reduce((all, box) => all + (Number(plainDigits(box.value).replace(/[£٬,\s]/g, "")) || 0), 0);
    const isWanted = Math.round(sum * 100) > Number(part.element.dataset.budgetFrom);
    part.element.hidden = !isWanted && !part.element.querySelector(".govuk-error-message");
  };
  part.form.addEventListener("input", say);
  part.form.addEventListener("change", say);
  say();
}

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);
  for (const form of document.querySelectorAll("form[data-sends]")) sendSafely(form);
  for (const element of document.querySelectorAll("[data-budget-from]")) {
    showBudget({ element, form: element.closest("form") });
  }
}
