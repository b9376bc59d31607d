// Draws a turn's timer: a ring, digits, and a word, since colour alone tells not everybody. It never blanks: past its time
// it counts up.
import { serverNow } from "./clock.js";

const SOON_SECONDS = 30;

export const secondsSpent = (now) => now.spent + (now.since ? Math.max(0, serverNow() - now.since) / 1000 : 0);

export const secondsLeft = (now) => now.allowed - secondsSpent(now);

export function digits(seconds) {
  const whole = Math.abs(Math.trunc(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// "ready" until it was started once, then "running", "soon" (the last half minute), "over"; "paused" in between.
export function phase(now) {
  const left = secondsLeft(now);
  if (!now.since) return secondsSpent(now) ? "paused" : "ready";
  return left <= 0 ? "over" : left <= Math.min(SOON_SECONDS, now.allowed / 3) ? "soon" : "running";
}

const WORDS = { ready: "", running: "", soon: "left", questions: "questions", over: "over time", paused: "paused" };

// The words for whoever moves the timer.
export const WORDS_IN_FULL = {
  ready: "not started",
  running: "left",
  questions: "left for questions",
  soon: "left",
  over: "over time",
  paused: "paused",
};

export function drawTimer(place, now, words = WORDS) {
  const left = secondsLeft(now);
  const named = left <= 0 && now.since ? "over" : phase(now);
  place.dataset.phase = named;
  // The second that has begun counts as left, so that a timer of three minutes begins at 3:00 and ends at 0:00.
  place.querySelector(".timer__digits").textContent = digits(left > 0 ? Math.ceil(left) : Math.floor(-left));
  place.querySelector(".timer__said").textContent = now.part === "questions" && named === "running" ? words.questions : words[named];
  const share = now.allowed ? Math.min(Math.max(left / now.allowed, 0), 1) : 0;
  const ring = place.querySelector(".timer__left");
  if (ring) ring.setAttribute("stroke-dasharray", `${100 * share} 100`);
}
