// A tablet that many voters share: every page comes by fetch, so the tab's history holds the first page alone, with no
// state; and a page that nobody touches is cleared. Without this script the path works, but clears nothing by itself.
import { idle } from "./voter/idle.js";
import { parse, post, sentBy } from "./voter/post.js";
import { keepCount } from "./voter/running.js";
import { sendUntilAnswered } from "./voter/sending.js";
import { focusFirst, goTo, show } from "./voter/show.js";
import { readAloud } from "./voter/speech.js";
import { addSteppers } from "./voter/steppers.js";
import { waitForOpening } from "./voter/waiting.js";

const PARTS = ["header", "main", "#still"];

// A page that nobody has typed into: a copy of the one on the screen would hold what was typed.
let first = parse(document.documentElement.outerHTML);
let visit = 0;
let stopSending;
let pressed;

function turnTo(page) {
  if (stopSending) stopSending();
  stopSending = null;
  show(page, PARTS);
  begin();
  focusFirst();
}

function begin() {
  const form = document.querySelector("form[data-kind]");
  if (form) {
    addSteppers(form);
    stopSending = sendUntilAnswered(form, { show: turnTo, tell: keepCount(form) });
  }
  waitForOpening(openNow);
  readAloud();
  clock.begin();
}

// The page that waits becomes the paper by itself.
async function openNow(form) {
  const { url, body } = sentBy(form);
  const ours = visit;
  const page = await post(url, body);
  if (page && ours === visit && form.isConnected) turnTo(page);
  return page;
}

// The next voter must find nothing of this one: not the page, not its answers on their way.
function clear() {
  visit += 1;
  pressed = null;
  say("");
  turnTo(first.cloneNode(true));
}

// The poll may have opened or closed since this tablet was set up.
async function lookAgain() {
  const answer = await fetch(location.pathname, { credentials: "omit" }).catch(() => null);
  const page = answer && answer.ok && parse(await answer.text());
  if (page && page.getElementById("still")) first = page;
}

function say(words) {
  const place = document.querySelector(".no-signal");
  place.textContent = "";
  if (words) place.append(words);
}

// Every form but the ballot, which sends itself.
async function send(form, button) {
  const { url, body } = sentBy(form, button);
  const ours = visit;
  say("");
  const page = await post(url, body);
  if (ours !== visit) return;
  if (page) turnTo(page);
  else say(document.querySelector(".no-signal-words").content.cloneNode(true));
}

function submit(event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, pressed && pressed.form === event.target ? pressed : null);
}

function follow(event) {
  pressed = event.target.closest("button");
  const link = event.target.closest("a");
  if (pressed && pressed.name === "other_lang") {
    event.preventDefault();
    send(pressed.form, pressed);
  } else if (link && "next" in link.dataset) {
    event.preventDefault();
    clear();
  } else {
    goTo(event, link);
  }
}

// The first page, with nothing typed: there is nothing of anybody on the screen.
const isAtRest = () =>
  !document.querySelector("[data-next]") && [...document.querySelectorAll(".code")].every((field) => !field.value);

const clock = idle({ isAtRest, clear, lookAgain });

addEventListener("click", follow);
addEventListener("submit", submit);
// Brought back out of the browser's memory, with whatever was on it.
addEventListener("pageshow", (event) => event.persisted && clear());
begin();
