// Sends the ballot, and goes on sending the same until the server has answered. The plain form does this by hand.
import { isMarked } from "./marks.js";
import { post } from "./post.js";

const LONGEST_WAIT = 15;

// show(page) puts the answer in the page's place; tell() says how far along the ballot is. Returns what stops all sending
// and leaves an answer that still comes unread.
export function sendUntilAnswered(form, { show, tell }) {
  const lost = form.querySelector(".lost");
  const output = form.querySelector("output");
  let body = null;
  let timer = 0;
  let wait = 1;
  let isUnderWay = false;
  let isOver = false;

  const leaving = (event) => event.preventDefault();

  function stop() {
    isOver = true;
    body = null;
    clearTimeout(timer);
    removeEventListener("beforeunload", leaving);
    removeEventListener("online", attempt);
  }

  async function attempt() {
    clearTimeout(timer);
    if (isUnderWay || !body) return;
    const sent = body;
    isUnderWay = true;
    // Once it has failed, "not sent" stands until an answer is here.
    if (!lost.textContent) output.textContent = form.dataset.sending;
    const page = await post(form.action, sent);
    isUnderWay = false;
    if (isOver) return;
    if (page) {
      stop();
      show(page);
      return;
    }
    tell();
    if (!body) return;
    // The same words stay as they are, so that a screen reader says them once.
    if (!lost.textContent) lost.textContent = form.dataset.lost;
    timer = setTimeout(attempt, wait * (500 + Math.random() * 500));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    body = new URLSearchParams(new FormData(form));
    wait = 1;
    lost.textContent = "";
    attempt();
  });
  form.addEventListener("input", () => {
    // Other marks are another vote: it waits for its own press of the button.
    body = null;
    clearTimeout(timer);
    lost.textContent = "";
    addEventListener("beforeunload", leaving);
  });
  if (isMarked(form)) addEventListener("beforeunload", leaving);
  addEventListener("online", attempt);
  return stop;
}
