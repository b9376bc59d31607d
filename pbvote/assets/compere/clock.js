// The speaker's clock: digits and a word, as large as they go. Nothing flashes; the colour always has its word.
import { askAgainAndAgain } from "../hall/asking.js";
import { stayAwake } from "../hall/awake.js";
import { keepThisPage } from "../hall/kept.js";
import { drawTimer } from "../hall/timer.js";

const WORDS = {
  ready: "Not started",
  running: "Speaking",
  questions: "Questions",
  soon: "Finish soon",
  over: "Over time",
  paused: "Paused",
};
const FRAME_MS = 200;

export function runClock() {
  const face = document.getElementById("clock");
  if (!face) return;
  const lostSign = document.getElementById("lost");
  let now = null;
  const draw = () => {
    if (!now) return;
    const speaks = now.scene === "presenting";
    face.querySelector("[data-timer]").hidden = !speaks;
    face.querySelector("[data-nobody]").hidden = speaks;
    if (speaks) drawTimer(face.querySelector("[data-timer]"), now, WORDS);
  };
  askAgainAndAgain(face.dataset.now, {
    answered(answer) {
      lostSign.hidden = true;
      now = answer || now;
      draw();
    },
    lost() {
      lostSign.hidden = false;
    },
  });
  setInterval(draw, FRAME_MS);
  stayAwake();
  keepThisPage(face.dataset.worker);
}
