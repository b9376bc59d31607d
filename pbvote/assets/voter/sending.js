// Sends the ballot, and goes on sending the same until the server has answered. The plain form does this by hand.
import { forgetMarks, isMarked } from "./marks.js";
import { post } from "./post.js";

const LONGEST_WAIT = 15;

export function sendUntilAnswered(form, { show, tell }) {
  const lost = form.querySelector(".lost");
  const output = form.querySelector("output");
  let body = null;
  let timer = 0;
  let wait = 1;
  let isUnderWay = false;

  const leaving = (event) => event.preventDefault();

  async function attempt() {
    clearTimeout(timer);
    if (isUnderWay || !body) return;
    const sent = body;
    isUnderWay = true;
    output.textContent = form.dataset.sending;
    const page = await post(form.action, sent);
    isUnderWay = false;
    if (page) {
      body = null;
      removeEventListener("beforeunload", leaving);
      removeEventListener("online", attempt);
      if (page.querySelector(".done")) forgetMarks();
      show(page);
    } else if (body) {
      // The same words stay as they are, so that a screen reader says them once.
      if (!lost.textContent) lost.textContent = form.dataset.lost;
      timer = setTimeout(attempt, wait * (500 + Math.random() * 500));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    } else {
      tell();
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    body = new URLSearchParams(new FormData(form));
    wait = 1;
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
}
