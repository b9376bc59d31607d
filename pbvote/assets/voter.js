// The voter's path works without any of this.
import { keepCount } from "./voter/running.js";
import { forget, forgetMarks, keep, keepMarks, kept, offerSizes, put } from "./voter/marks.js";
import { post, sentBy } from "./voter/post.js";
import { readSlip, recognise } from "./voter/slip.js";
import { sendUntilAnswered } from "./voter/sending.js";
import { focusFirst, goTo, placeOf, show } from "./voter/show.js";
import { addSteppers } from "./voter/steppers.js";
import { waitForOpening } from "./voter/waiting.js";

const PARTS = ["header", "main", "footer"];

let stopSending;
// Where the page on the screen belongs. An answer that takes its place belongs where its form was sent.
let shownAt = location.pathname;
// Whether this visit is at its end: the vote is in, or it was left as it is.
let isOver = false;

function turnTo(page, goOn = focusFirst) {
  if (stopSending) stopSending();
  stopSending = null;
  isOver = Boolean(page.querySelector(".done, [data-end]"));
  if (isOver) forget();
  // No slip votes with this code: nor does anything that was marked for it.
  if (page.querySelector("#code-error")) forgetMarks();
  show(page, PARTS);
  begin();
  goOn();
}

function begin() {
  // The ballot, or before the opening its bids alone.
  const form = document.querySelector("[data-kind]");
  if (form) {
    keepMarks(form);
    addSteppers(form);
    const tell = keepCount(form);
    // Coming back to the page brings back what was marked.
    addEventListener("pageshow", tell);
    if (form.matches("form")) stopSending = sendUntilAnswered(form, { show: turnTo, tell });
  }
  offerSizes();
  waitForOpening(openNow);
}

// The page that waits becomes the paper, and whoever reads it stays where they are. False where no answer came.
async function openNow(form) {
  const { url, body } = sentBy(form);
  const page = await post(url, body);
  if (page && form.isConnected) turnTo(page, placeOf());
  return page;
}

// The first page stays behind in the tab's history, as it would without script; what comes after it is one step. The code
// goes along to the new entry and is left in no other.
function remember(form, url, body) {
  const [code, lang, event] = ["code", "lang", "event"].map((name) => body.get(name));
  const { pathname } = new URL(url);
  if (!code) return;
  const before = kept();
  if (form.matches(".start") && pathname !== shownAt) {
    forget();
    history.pushState(null, "", pathname);
    shownAt = pathname;
  }
  keep(before && before.code === code ? Object.assign({ lang, event }, before) : { code, lang, event });
}

// Every form but the ballot, which sends itself.
async function send(form, button) {
  const { url, body } = sentBy(form, button);
  // A ballot's marks are kept here, and go to the server with the vote alone.
  const marks = form.matches("[data-kind]") ? [...body.keys()].filter((name) => /^bid/.test(name)) : [];
  for (const name of marks) body.delete(name);
  form.setAttribute("aria-busy", "true");
  const page = await post(url, body);
  form.removeAttribute("aria-busy");
  if (!page) return document.querySelector(".early") ? sayLost() : sendByHand(form, button, url);
  remember(form, url, body);
  turnTo(page);
}

// What was marked before the opening is on this page alone: it stays.
function sayLost() {
  const place = document.getElementById("waiting");
  place.className = "warning";
  place.textContent = place.dataset.lost;
}

// Without an answer of ours the browser sends it, and says itself what is wrong.
function sendByHand(form, button, url) {
  if (stopSending) stopSending();
  if (form.matches(".start")) forget();
  const pressed = document.createElement("input");
  if (button) Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  form.append(pressed);
  form.action = url;
  form.submit();
}

// Back to the first page keeps code and marks, until the vote is in.
function goBack() {
  if (location.pathname === shownAt) return; // a place in the page
  if (stopSending) stopSending();
  put(isOver ? { isOver } : kept());
  location.reload();
}

// Whoever comes back finds the slip still recognised. A page that was asked for again opens the paper by itself.
function resume() {
  const form = document.querySelector("form.start");
  const state = history.state || {};
  if (!form) return;
  if ("again" in form.dataset) {
    if (state.code) openAgain(form, state);
    return;
  }
  keep(state.code ? state : null);
  if (state.isScanned || state.definition) recognise(state.code);
  else if (state.code) form.querySelector(".code").value = state.code;
  const words = document.getElementById("safe");
  if (state.isOver && words) form.after(words.content.cloneNode(true));
}

function scan() {
  const code = readSlip();
  if (code) keep({ code, isScanned: true });
}

async function openAgain(form, { code, lang, event = "", definition = "" }) {
  const page = await post(form.action, new URLSearchParams({ code, lang, event, definition }));
  if (page) turnTo(page);
}

let pressed;

function follow(event) {
  const { target } = event;
  pressed = target.closest("button");
  if (pressed && pressed.name === "other_lang") {
    event.preventDefault();
    send(pressed.form, pressed);
  }
  goTo(event, target.closest("a"));
}

function submit(event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, pressed && pressed.form === event.target ? pressed : null);
}

// A second slip scanned into the same tab changes the fragment only.
addEventListener("hashchange", scan);
if ("AbortController" in window) {
  resume();
  addEventListener("click", follow);
  addEventListener("submit", submit);
  addEventListener("popstate", goBack);
  begin();
}
scan();
if (document.querySelector(".errors, [aria-invalid]")) focusFirst();
