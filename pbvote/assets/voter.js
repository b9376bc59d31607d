// The voter's path works without any of this.
import { keepCount } from "./voter/running.js";
import { forgetMarks, keepMarks } from "./voter/marks.js";
import { post } from "./voter/post.js";
import { readSlip } from "./voter/slip.js";
import { sendUntilAnswered } from "./voter/sending.js";
import { focusFirst, show } from "./voter/show.js";
import { waitForOpening } from "./voter/waiting.js";

function turnTo(page) {
  show(page);
  begin();
  focusFirst();
}

function begin() {
  const form = document.querySelector("form[data-kind]");
  if (form) {
    keepMarks(form);
    const tell = keepCount(form);
    // Coming back to the page brings back what was marked.
    addEventListener("pageshow", tell);
    sendUntilAnswered(form, { show: turnTo, tell, forget: forgetMarks });
  }
  const closed = document.getElementById("not-open");
  if (closed) waitForOpening(closed, document.getElementById("now-open"));
}

// After a reload the browser comes without the code, and meets the page that asks for it.
async function openAgain() {
  const form = document.querySelector("form:not([data-kind])");
  const { code, lang, event } = history.state || {};
  const page = form && code && (await post(form.action, new URLSearchParams({ code, lang, event })));
  if (page) turnTo(page);
}

readSlip();
// A second slip scanned into the same tab changes the fragment only.
addEventListener("hashchange", readSlip);
if ("AbortController" in window) {
  begin();
  openAgain();
}
document.querySelector(".errors")?.focus();
