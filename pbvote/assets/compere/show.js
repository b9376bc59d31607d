// Draws what the light answer says into what the compere's page holds.
import { serverNow } from "../hall/clock.js";
import { isOverBy } from "../hall/after.js";
import { WORDS_IN_FULL, drawTimer, secondsSpent } from "../hall/timer.js";

const FORGOTTEN_START_MS = 60000;
const FORGOTTEN_END_SECONDS = 15 * 60;
// What the hall sees next, once every group has been called. After the last call, voting closes at the console.
const thenComes = (scene) => ({ vote: "last_call", last_call: "" })[scene] ?? "vote";
const ENDS = { spoke: "has spoken", no_show: "did not come" };

const all = (page, selector) => [...page.querySelectorAll(selector)];

const speaks = (now) => (now.scene === "presenting" ? now.bid : null);

const setHidden = (element, isHidden) => {
  if (element && element.hidden !== isHidden) element.hidden = isHidden;
};

const say = (element, text) => {
  if (element && element.textContent !== text) element.textContent = text;
};

function isWaiting(group, now) {
  return group.dataset.out !== "yes" && !(group.dataset.group in (now.taken || {})) && Number(group.dataset.group) !== now.bid;
}

function showTurns(page, now) {
  const next = all(page, "[data-group]").find((group) => isWaiting(group, now));
  for (const one of all(page, "[data-current]")) setHidden(one, Number(one.dataset.current) !== speaks(now));
  for (const one of all(page, "[data-next]")) setHidden(one, !next || one.dataset.next !== next.dataset.group);
  setHidden(page.querySelector("[data-no-next]"), Boolean(next));
  for (const one of all(page, "[data-then]")) setHidden(one, thenComes(now.scene) !== one.dataset.then);
  for (const one of all(page, "[data-absent]")) {
    setHidden(one, (now.taken || {})[one.dataset.absent] !== "no_show" || Number(one.dataset.absent) === speaks(now));
  }
  for (const group of all(page, "[data-group]")) {
    const end = (now.taken || {})[group.dataset.group];
    const state = Number(group.dataset.group) === speaks(now) ? "presents now" : ENDS[end] || "";
    if (group.dataset.out !== "yes") say(group.querySelector("[data-state]"), state);
  }
}

function showAnnouncement(page, now) {
  const part = page.querySelector("#announcement");
  if (!part) return;
  const isOn = now.scene === "announcement";
  const last = all(part, "[data-reveal]").length;
  const isOver = now.revealed > last;
  setHidden(part.querySelector("[data-before]"), isOn || isOver);
  setHidden(part.querySelector("[data-over]"), isOn || !isOver);
  for (const one of all(part, "[data-reveal]")) {
    const place = Number(one.dataset.reveal);
    setHidden(one, !isOn || place > now.revealed + 1 || place < now.revealed);
    setHidden(one.querySelector("[data-uncover]"), place <= now.revealed || one.dataset.uncovered === "yes");
    setHidden(one.querySelector("[data-covered]"), place > now.revealed && one.dataset.uncovered !== "yes");
    setHidden(one.querySelector("[data-turn-over]"), place !== now.revealed + 1);
  }
  for (const one of all(part, "[data-earlier]")) setHidden(one, Number(one.dataset.earlier) >= now.revealed);
  setHidden(part.querySelector("[data-over-with]"), !isOn || now.revealed < 2);
  setHidden(part.querySelector("[data-all]"), !isOn || now.revealed !== last);
  setHidden(part.querySelector("[data-thanks]"), !isOn || !isOver);
  const back = part.querySelector("[data-back-one]");
  setHidden(back, !isOn || !now.revealed);
  if (back) back.dataset.value = now.revealed - 1;
}

export function show(page, now) {
  for (const one of all(page, "[data-scene-name]")) setHidden(one, one.dataset.sceneName !== now.scene);
  for (const one of all(page, "[data-of]")) one.dataset.bid = now.bid || "";
  say(page.querySelector("[data-pace]"), now.pace);
  showTurns(page, now);
  showAnnouncement(page, now);
  tick(page, now);
}

// What changes by the second: the timer, and what the page asks about it.
export function tick(page, now) {
  const is = Boolean(speaks(now));
  setHidden(page.querySelector("[data-speaking]"), !is);
  setHidden(page.querySelector("[data-nobody]"), is);
  if (!is) return;
  drawTimer(page.querySelector("[data-timer]"), now, WORDS_IN_FULL);
  const hasBegun = secondsSpent(now) > 0 || now.part === "questions";
  setHidden(page.querySelector("[data-start]"), Boolean(now.since));
  setHidden(page.querySelector("[data-pause]"), !now.since);
  setHidden(page.querySelector("[data-questions-button]"), now.part === "questions" || !hasBegun);
  setHidden(page.querySelector("[data-forgot-start]"), hasBegun || serverNow() - now.moved <= FORGOTTEN_START_MS);
  setHidden(page.querySelector("[data-forgot-end]"), !isOverBy(now, FORGOTTEN_END_SECONDS));
}
