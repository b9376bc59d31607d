// The running order by drag: a bid is taken by its handle, with a finger or a mouse, and dropped at its place. A drop sends what
// the buttons send, and the buttons here do so without leaving the page: they are the keyboard's way. What the server answers is
// what stands on the page then. Without script there are the buttons alone.
import { pageOf } from "./reading_pages.js";

const EDGE = 60; // pixels from the window's edge, where the page scrolls along
const STEP = 8;

export function reorder() {
  const part = document.querySelector("[data-reorders]");
  if (!part) return;
  let isBusy = false;

  const save = async (bid, place, putBack) => {
    isBusy = true;
    const form = bid.querySelector("form");
    const body = new URLSearchParams(new FormData(form));
    body.set("place", place);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    isBusy = false;
    if (answer === null) putBack();
    else if (!showAnswer(answer.ok ? await pageOf(answer) : null)) return location.reload(); // it says what is the matter
    say(part, answer ? part.dataset.moved : part.dataset.lost, bid, place);
  };

  part.addEventListener("pointerdown", (event) => {
    const bid = event.button === 0 && event.target.closest(".order__handle")?.closest("li");
    if (!bid || isBusy) return;
    event.preventDefault(); // nothing is selected on the way
    const before = [...bid.parentElement.children];
    const putBack = () => bid.parentElement.append(...before);
    drag(bid, event, (isDropped) => {
      const place = [...bid.parentElement.children].indexOf(bid) + 1;
      if (!isDropped) putBack();
      else if (before[place - 1] !== bid) save(bid, place, putBack);
    });
  });
  part.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) save(event.target.closest("li"), Number(event.submitter.value), () => {});
  });
}

// Let a bid follow the pointer until it is let go (`end(true)`), or the drag is called off (`end(false)`).
function drag(bid, { pointerId, clientY }, end) {
  const over = new AbortController();
  let at = clientY;
  const follow = () => {
    if (over.signal.aborted) return;
    scrollBy(0, at < EDGE ? -STEP : at > innerHeight - EDGE ? STEP : 0);
    settle(bid, at);
    requestAnimationFrame(follow);
  };
  const finish = (isDropped) => {
    over.abort();
    bid.classList.remove("order__bid--held");
    end(isDropped);
  };
  const listen = (type, act) =>
    addEventListener(type, (event) => (event.pointerId ?? pointerId) === pointerId && act(event), over);
  listen("pointermove", (event) => (at = event.clientY));
  listen("pointerup", (event) => {
    settle(bid, event.clientY);
    finish(true);
  });
  listen("pointercancel", () => finish(false));
  listen("keydown", (event) => event.key === "Escape" && finish(false));
  bid.classList.add("order__bid--held");
  follow();
}

// The neighbours step aside. The bid itself stays in the document: a browser lets go of an element that is taken out of it.
function settle(bid, at) {
  while (bid.previousElementSibling && at < middle(bid.previousElementSibling)) bid.after(bid.previousElementSibling);
  while (bid.nextElementSibling && at > middle(bid.nextElementSibling)) bid.before(bid.nextElementSibling);
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

// Put what the server says of the order in place of what stood here; false where its page says nothing of it.
function showAnswer(page) {
  const focused = document.activeElement.closest(".order__buttons button");
  const [action, words] = [focused?.form.action, focused?.textContent];
  const parts = [...document.querySelectorAll("[data-reordered]")];
  if (!page || !parts.every((part) => page.getElementById(part.id))) return false;
  for (const part of parts) part.innerHTML = page.getElementById(part.id).innerHTML;
  const form = [...document.querySelectorAll(".order__buttons")].find((form) => focused && form.action === action);
  const buttons = [...(form?.querySelectorAll("button") ?? [])];
  // At an end of the list the button that was pressed is gone, and the other one is next at hand.
  (buttons.find((button) => button.textContent === words) ?? buttons[0])?.focus();
  return true;
}

function say(part, sentence, bid, place) {
  const words = { bid: bid.dataset.bid, place, all: document.querySelectorAll(".order__bid").length };
  part.querySelector("output").textContent = sentence.replace(/{(\w+)}/g, (_, name) => words[name]);
}
