// The list of groups: what waits on this phone is said on the card of its group, and sent as soon as there is a signal.
import { keepPages } from "./keeping.js";
import { SAID } from "./said.js";
import { sendAll } from "./sending.js";
import { openStore } from "./store.js";

const SOON_MS = 2000; // a network that is said to be back often needs another second
const LONGEST_MS = 30000;

function element(name, className, ...inside) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...inside);
  return made;
}

const paragraph = (...inside) => element("p", "govuk-body", ...inside);
const tag = (text) => element("strong", "govuk-tag govuk-tag--red", text);

function link(text, address) {
  const made = element("a", "govuk-link", text);
  made.href = address;
  return made;
}

function press(text, work) {
  const made = element("button", "govuk-button govuk-button--secondary", text);
  made.type = "button";
  made.addEventListener("click", work);
  return made;
}

// As the pages write a moment: 28 November, 1:30pm.
const DAY = { day: "numeric", month: "long" };
const HOUR = { hour: "numeric", minute: "2-digit", hour12: true };
function clock(at) {
  const when = new Date(at);
  return `${when.toLocaleDateString("en-GB", DAY)}, ${when.toLocaleTimeString("en-GB", HOUR).replace(/\s/g, "").replace(/^0:/, "12:").replace(":00", "")}`;
}

// What the member typed, to copy, where its form can't be opened any more.
function wordsOf(item) {
  const texts = item.typed.filter(([name, value]) => ["words", "concern"].includes(name) && value).map(([, value]) => paragraph(value));
  const summary = element("summary", "govuk-details__summary", element("span", "govuk-details__summary-text", "What you wrote"));
  return element("details", "govuk-details", summary, element("div", "govuk-details__text", ...texts));
}

export async function runCards() {
  const list = document.querySelector("[data-groups]");
  if (!list) return;
  const cards = new Map([...list.querySelectorAll("[data-award]")].map((card) => [card.dataset.award, card]));
  keepPages(list.dataset.worker, [location.pathname, ...[...cards.values()].map((card) => card.dataset.form)]);
  const said = document.querySelector("[data-said]");
  const tell = (words, called) => said.append(element("p", "govuk-inset-text", called ? `${called}: ${words}` : words));
  for (const [words, called] of SAID.take()) tell(words, called);
  const store = window.indexedDB && (await openStore(list.dataset.account).catch(() => null));
  if (!store) return;
  const sum = element("p", "");
  said.prepend(sum);
  let timer = 0;
  let wait = SOON_MS;

  // Where the card that says it is further down. Said once for each number.
  function saySum(count) {
    const words = count ? `${count} ${count === 1 ? "check-in is" : "check-ins are"} kept on this phone. The card of the group says what each waits for.` : "";
    if (sum.textContent === words) return;
    sum.className = words && "govuk-inset-text";
    sum.textContent = words;
  }

  // A group that is no longer on the list still has its card while something of it waits.
  function cardOf(item) {
    const known = cards.get(item.award);
    if (known) return known;
    const made = element("li", "card", element("h2", "govuk-heading-m", item.called), element("div", ""));
    made.lastChild.dataset.waiting = "";
    cards.set(item.award, made);
    list.append(made);
    return made;
  }

  function stateOf(item) {
    if (item.state === "signin" || item.isOut) return [paragraph(element("strong", "", "Sign in to send."), " Your check-in is kept on this phone. ", link("Sign in", list.dataset.signIn))];
    if (item.state === "waiting") return [paragraph(element("strong", "", "Waiting to be sent."), ` Saved on this phone on ${clock(item.at)}. It is sent once there is a signal.`)];
    if (item.state !== "refused") return [];
    const form = cardOf(item).dataset.form;
    const again = form ? [paragraph(link("Open it again", `${form}#${item.id}`))] : [wordsOf(item), press("Delete it", () => store.forget(item.id).then(show))];
    return [paragraph(tag("Not taken"), ` ${item.errors.map(([text]) => text).join(". ")}`), ...again];
  }

  async function photosOf(item) {
    const photos = await store.photosOf(item.id);
    const waiting = photos.filter((photo) => photo.state !== "failed").length;
    const failed = photos.filter((photo) => photo.state === "failed");
    const lines = waiting ? [paragraph(`${waiting} of ${item.photos} photos waiting`)] : [];
    for (const photo of failed) {
      const away = press("Remove it from this phone", async () => {
        await store.change((stores) => stores.photos.delete(photo.id));
        if (item.state === "stored" && !(await store.photosOf(item.id)).length) await store.forget(item.id);
        await show();
      });
      lines.push(paragraph(tag("Photo not taken"), ` ${photo.name}: ${photo.said}`), away);
    }
    return lines;
  }

  async function show() {
    const items = await store.waiting();
    const shown = await Promise.all(items.map(async (item) => [item, [...stateOf(item), ...(await photosOf(item))]]));
    saySum(items.length);
    for (const card of cards.values()) card.querySelector("[data-waiting]").replaceChildren();
    for (const [item, lines] of shown) cardOf(item).querySelector("[data-waiting]").append(...lines);
  }

  // One tab sends; the others show what became of it.
  const tabs = window.BroadcastChannel && new BroadcastChannel("pbvote groups");
  if (tabs) tabs.addEventListener("message", show);
  async function changed() {
    if (tabs) tabs.postMessage("changed");
    await show();
  }

  async function turn() {
    clearTimeout(timer);
    const isDone = await sendAll(store, changed, tell).catch(() => false);
    clearTimeout(timer);
    if (isDone) return;
    timer = setTimeout(turn, wait);
    wait = Math.min(wait * 2, LONGEST_MS);
  }

  const wake = () => {
    wait = SOON_MS;
    turn();
  };
  for (const woken of ["online", "pageshow", "focus"]) addEventListener(woken, wake);
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  await show();
  turn();
}
