// The door: each press is kept on the phone at once, sent as soon as there is a signal, and counts once however often it is
// sent. The numbers are those of all phones as of the last answer, with what still waits here.
import { keepThisPage, leave } from "../hall/kept.js";
import { follow } from "./following.js";
import { runLine } from "./line.js";
import { runNames } from "./names.js";
import { sendLot } from "./sending.js";
import { openStore, randomId } from "./store.js";

const EVERY_MS = 5000;
const SOON_MS = 400;
const HELLO_MS = 30000; // a phone on which nothing waits says so now and then
const PATIENCE_MS = 6000;
const KINDS = ["voter", "guest"];
const POLL_SAID = { planned: "Voting is not open.", open: "Voting is open now.", closed: "Voting has closed." };

const number = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export async function runDoor() {
  const door = document.querySelector("[data-door]");
  if (!door) return;
  const store = await openStore(door.dataset.door).catch(() => null);
  if (!store) return; // the buttons are forms, and count as long as there is a signal
  const find = (name) => door.querySelector(`[data-${name}]`);
  const counters = Object.fromEntries([...door.querySelectorAll("[data-counter]")].map((form) => [form.dataset.counter, form]));
  const shown = (kind) => counters[kind].querySelector("[data-number]");
  let told = Object.fromEntries(KINDS.map((kind) => [kind, Number(shown(kind).textContent)]));
  let signal = true;
  let timer = 0;
  let isBusy = false;
  let askAgain = false;
  let etag = "";
  let said = 0;
  find("with-script").hidden = false;

  async function draw() {
    const waiting = await store.waiting();
    const here = (kind) => waiting.filter((entry) => (entry.kind || "voter") === kind).reduce((sum, entry) => sum + (entry.step || 1), 0);
    for (const kind of KINDS) {
      const total = told[kind] + here(kind);
      shown(kind).textContent = total;
      const less = counters[kind].querySelector(".counter__less");
      if (less) less.disabled = total <= 0;
    }
    const mine = Object.fromEntries(await Promise.all(KINDS.map(async (kind) => [kind, (await store.fact(`mine ${kind}`)) || 0])));
    const counted = `This phone: ${mine.voter} can vote, ${mine.guest} without.`;
    find("mine").textContent = waiting.length ? `${counted} ${number(waiting.length, "press waits", "presses wait")} for a signal.` : counted;
    find("all").textContent = `All phones at the last answer: ${told.voter} and ${told.guest}.`;
    const undo = find("undo");
    if (undo) undo.hidden = !(await store.fact("last"));
  }

  function sayLate() {
    const late = find("late");
    late.hidden = !told.late;
    late.textContent = `${number(told.late, "press", "presses")} came after the count. The account stays as it is.`;
  }

  function hear(answer) {
    if (!answer || answer.voter === undefined) return;
    told = answer;
    find("rule").textContent = told.rule;
    line.show(told.queue);
    sayLate();
  }

  function saySignal(status) {
    const text = find("signal");
    signal = status > 0 && status < 500;
    const isOut = status === 403 || status === 401;
    // The page that comes says so in a sentence, and sends what waits here.
    if (isOut) return leave();
    text.hidden = signal && status < 400 && !hasMoved();
    text.textContent = !signal
      ? "No signal. Go on counting: this phone keeps it. The buttons further down wait for a signal."
      : status >= 400
        ? "The server does not take what this phone sends. It stays on the phone. Tell an organiser."
        : `${POLL_SAID[told.poll] || "The votes are counted."} Refresh this page to go on.`;
    document.body.classList.toggle("is-offline", !signal);
  }

  const hasMoved = () => Boolean(told.poll) && told.poll !== door.dataset.poll;

  // Says aloud that the poll has moved on; numbers change in silence.
  async function keepUp() {
    if (!told.stands || told.stands === door.dataset.stands) return;
    const says = hasMoved() ? POLL_SAID[told.poll] || "The votes are counted." : "";
    if ((await follow(door)) && says) find("announced").textContent = says;
  }

  async function ask() {
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(door.dataset.now, { headers, cache: "no-store", redirect: "manual", signal: stop.signal });
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        hear(await answer.json());
      }
      return answer.type === "opaqueredirect" ? 403 : answer.status;
    } catch {
      return 0;
    } finally {
      clearTimeout(patience);
    }
  }

  async function send() {
    const { isTaken, status, answer, names: sent } = await sendLot(store, door.dataset.lot);
    if (isTaken) {
      said = Date.now();
      hear(answer);
      if (names) names.taken(sent, answer.likes || {});
      if ((await store.waiting()).length) askAgain = true;
    }
    return status;
  }

  async function turn() {
    if (isBusy) {
      askAgain = true;
      return;
    }
    isBusy = true;
    askAgain = false;
    clearTimeout(timer);
    const isDue = door.dataset.lot && ((await store.waiting()).length || Date.now() - said > HELLO_MS);
    const status = isDue ? await send() : await ask();
    if (status === 200) await keepUp();
    saySignal(status);
    await draw();
    isBusy = false;
    timer = setTimeout(turn, askAgain && status === 200 ? 0 : EVERY_MS);
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(turn, SOON_MS);
  };

  async function note(entry, last) {
    await store.note({ id: randomId(), ...entry }, last);
    await draw();
    soon();
  }

  async function press(kind, step, isUndo = false) {
    await note({ kind, step }, isUndo ? null : { kind, step });
    find("announced").textContent = `${counters[kind].dataset.label}: ${shown(kind).textContent}`;
  }

  // An answer that was under way before the press knows nothing of it, and may come after: the next one does.
  const line = runLine(door, (answer) => {
    hear(answer);
    soon();
  });
  const names = runNames(door, store, note);
  for (const kind of KINDS) {
    counters[kind].addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter) press(kind, Number(event.submitter.value));
    });
  }
  const undo = find("undo");
  if (undo) {
    undo.addEventListener("click", async () => {
      const last = await store.fact("last");
      if (last) press(last.kind, -last.step, true);
    });
  }
  // A form that can't be sent would lead to the browser's own error page, away from the counter.
  addEventListener("submit", (event) => {
    const isOurs = event.defaultPrevented || event.target.closest("[data-stays]");
    if (isOurs || signal) return;
    event.preventDefault();
    find("announced").textContent = "Not sent: no signal. Press again once there is one.";
    find("signal").scrollIntoView({ block: "center" });
  });
  for (const woken of ["online", "pageshow", "focus"]) addEventListener(woken, turn);
  addEventListener("offline", turn);
  document.addEventListener("visibilitychange", () => document.hidden || turn());
  await draw();
  turn();
  keepThisPage(door.dataset.worker);
}
