// The compere's phone: it shows what the light answer says, takes presses without a network too, and sends them afterwards.
import { after } from "../hall/after.js";
import { askAgainAndAgain } from "../hall/asking.js";
import { serverNow } from "../hall/clock.js";
import { keepThisPage, leave, pageAgain } from "../hall/kept.js";
import { queueOfPresses } from "../hall/presses.js";
import { show, tick } from "./show.js";

const FRAME_MS = 200;
const AGAIN_MS = 60000;
const TWICE_MS = 1000;
const TWICE = "You pressed that twice. The second press changed nothing.";
const REFUSED = "That press changed nothing. Look at what is shown now.";
const REPEATS = ["more", "less"];

// What a button sends: its words and numbers, and the reason that was typed beside it.
function moveOf(button) {
  const { move, scene, bid, ago, value } = button.dataset;
  const sent = { move };
  if (scene) sent.scene = scene;
  if (bid) sent.bid = Number(bid);
  if (ago) sent.ago = Number(ago);
  if (move === "reveal") sent.reveal = Number(value);
  const reason = button.closest("details") && button.closest("details").querySelector("[data-reason]");
  if (reason) sent.reason = reason.value.trim();
  return sent;
}

// A page that takes another's place has open what was open there.
function openAsBefore(page, before) {
  const opened = [...before.querySelectorAll("details[open] > summary")].map((each) => each.textContent);
  for (const each of page.querySelectorAll("summary")) each.parentElement.open = opened.includes(each.textContent);
}

export function runCompere() {
  let page = document.getElementById("compere");
  if (!page) return;
  const lostSign = document.getElementById("lost");
  const told = document.getElementById("told");
  let now = JSON.parse(page.dataset.first);
  let held = page.dataset.state;
  let fetched = Date.now();
  let last = { key: "", at: 0 };
  let lock = null;

  const tell = (sentence) => {
    told.textContent = sentence;
    told.hidden = !sentence;
  };
  const presses = queueOfPresses((said) => tell(said || REFUSED));

  async function fetchPage() {
    fetched = Date.now();
    const answer = await pageAgain();
    if (!answer) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("compere");
    if (!fresh) return leave();
    if (fresh.dataset.state === held) return; // what was opened and typed stays
    openAsBefore(fresh, page);
    page.replaceWith(fresh);
    page = fresh;
    held = page.dataset.state;
    show(page, now);
  }

  async function keepAwake() {
    if (!navigator.wakeLock || (lock && !lock.released)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  }

  // A second tap of the same finger may land on the next bid's button: that bears the same words, and another one does not.
  function press(move, words) {
    const key = move.move === "reveal" ? words : move.move;
    const isTwice = !REPEATS.includes(move.move) && key === last.key && Date.now() - last.at < TWICE_MS;
    last = { key, at: Date.now() };
    if (isTwice) return tell(TWICE);
    tell("");
    presses.add(move, now.version);
    now = { ...after(now, move, page), moved: serverNow() };
    show(page, now);
    loop.ask();
  }

  function uncover(one) {
    one.dataset.uncovered = "yes";
    show(page, now);
    one.querySelector("[data-move]").focus();
  }

  function pressed(event) {
    const button = event.target.closest("button");
    keepAwake();
    if (!button) return;
    if (button.matches("[data-uncover]")) return uncover(button.closest("[data-reveal]"));
    if (!button.dataset.move) return;
    const move = moveOf(button);
    const box = button.closest("details");
    if (move.reason === "") {
      tell("Say why they did not come.");
      box.querySelector("[data-reason]").focus();
      return;
    }
    if (box) box.open = false;
    press(move, button.textContent.trim());
  }

  const loop = askAgainAndAgain(page.dataset.now, {
    async answered(answer) {
      lostSign.hidden = true;
      if (!presses.isEmpty()) {
        loop.forget();
        if (await presses.send(page.dataset.move)) loop.ask();
        return;
      }
      if (answer) now = answer;
      show(page, now);
      if (now.state !== held || Date.now() - fetched > AGAIN_MS) fetchPage();
    },
    lost() {
      lostSign.hidden = false;
    },
  });
  show(page, now);
  setInterval(() => tick(page, now), FRAME_MS);
  document.addEventListener("click", pressed);
  keepThisPage(page.dataset.worker);
}
