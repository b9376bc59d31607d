// The hall's screen: it shows what the light answer says, goes on without a network, and catches up when it is back.
import { after } from "../hall/after.js";
import { askAgainAndAgain } from "../hall/asking.js";
import { stayAwake } from "../hall/awake.js";
import { keepThisPage, leave, pageAgain } from "../hall/kept.js";
import { post } from "../posting.js";
import { queueOfPresses } from "../hall/presses.js";
import { moveOf } from "./keys.js";
import { fitAgain, show, tick } from "./show.js";

const AGAIN_MS = 60000;
const FRAME_MS = 200;
const REPORT_MS = 5000;

export function runScreen() {
  let stage = document.getElementById("stage");
  if (!stage) return;
  const lostSign = document.getElementById("lost");
  let now = JSON.parse(stage.dataset.first);
  let held = stage.dataset.state;
  let fetched = Date.now();
  const presses = queueOfPresses();

  async function fetchPage() {
    fetched = Date.now();
    const answer = await pageAgain();
    if (!answer) return;
    const page = new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\/style>/g, ""), "text/html");
    const fresh = page.getElementById("stage");
    if (!fresh) return leave(); // the screen is not connected any more
    stage.replaceWith(fresh);
    stage = fresh;
    held = stage.dataset.state;
    show(stage, now);
  }

  function press(move) {
    presses.add(move, now.version);
    now = after(now, move, stage);
    show(stage, now);
    loop.ask();
  }

  const loop = askAgainAndAgain(stage.dataset.now, {
    async answered(answer) {
      lostSign.hidden = true;
      if (!presses.isEmpty()) {
        loop.forget();
        if (await presses.send(stage.dataset.move)) loop.ask();
        return;
      }
      if (answer) now = answer;
      const isThere = show(stage, now);
      if (now.state !== held || (!isThere && Date.now() - fetched > 2000) || Date.now() - fetched > AGAIN_MS) fetchPage();
    },
    lost() {
      lostSign.hidden = false;
    },
  });
  show(stage, now);
  setInterval(() => tick(stage, now), FRAME_MS);
  addEventListener("resize", () => fitAgain(stage));
  // The bar that starts the screen has come or gone.
  new MutationObserver(() => fitAgain(stage)).observe(document.getElementById("start"), { attributeFilter: ["hidden"] });
  addEventListener("keydown", (event) => {
    const move = !event.ctrlKey && !event.metaKey && !event.altKey ? moveOf(event.key, stage, now) : null;
    const isForButton = event.key === " " && event.target.closest("button");
    if (!move || isForButton) return;
    event.preventDefault();
    press(move);
  });
  const isReported = () => stage.dataset.report && presses.isEmpty();
  setInterval(() => isReported() && post(stage.dataset.report, { showing: now.scene }), REPORT_MS);
  stayAwake();
  keepThisPage(stage.dataset.worker);
}
