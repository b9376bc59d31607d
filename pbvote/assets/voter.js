// The voter's path works without any of this.
import { keepCount } from "./voter/running.js";
import { keepMarks } from "./voter/marks.js";
import { post } from "./voter/post.js";
import { readSlip } from "./voter/slip.js";
import { sendUntilAnswered } from "./voter/sending.js";
import { waitForOpening } from "./voter/waiting.js";

// The server's answer takes the place of the page, as it would have without script.
function show(page) {
  document.title = page.title;
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  for (const name of ["header", "main"]) {
    document.querySelector(name).replaceWith(document.adoptNode(page.querySelector(name)));
  }
  scrollTo(0, 0);
  begin();
  const first = document.querySelector(".errors") || document.querySelector("h1");
  first.tabIndex = -1;
  first.focus();
}

function begin() {
  const form = document.querySelector("form[data-kind]");
  if (form) {
    keepMarks(form);
    sendUntilAnswered(form, { show, tell: keepCount(form) });
  }
  const closed = document.getElementById("not-open");
  if (closed) waitForOpening(closed, document.getElementById("now-open"));
}

// After a reload the browser comes without the code, and meets the page that asks for it.
async function openAgain() {
  const form = document.querySelector("form:not([data-kind])");
  const { code, lang } = history.state || {};
  const page = form && code && (await post(form.action, new URLSearchParams({ code, lang })));
  if (page) show(page);
}

readSlip();
// A second slip scanned into the same tab changes the fragment only.
addEventListener("hashchange", readSlip);
if ("AbortController" in window) {
  begin();
  openAgain();
}
document.querySelector(".errors")?.focus();
