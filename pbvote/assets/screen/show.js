// Shows one scene of those that the page holds, with what the light answer says of it.
import { serverNow } from "../hall/clock.js";
import { drawDots } from "./dots.js";
import { fit } from "./fit.js";
import { drawTimer } from "../hall/timer.js";

const say = (root, name, text) => {
  for (const place of root.querySelectorAll(`[data-say="${name}"]`)) place.textContent = text;
};

function reveal(scene, number) {
  let given = 0;
  for (const one of scene.querySelectorAll("[data-reveal]")) {
    const at = Number(one.dataset.reveal);
    one.hidden = at !== number;
    if (at <= number) given += Number(one.dataset.pence || 0);
  }
  // The bar fills from its beginning, in the order in which the hall hears of it.
  let filled = 0;
  for (const piece of scene.querySelectorAll("[data-piece]")) {
    piece.setAttribute("visibility", Number(piece.dataset.piece) <= number ? "visible" : "hidden");
    piece.setAttribute("x", `${filled}%`);
    filled += parseFloat(piece.getAttribute("width"));
  }
  const isAll = !scene.querySelector(`[data-said][data-reveal="${number + 1}"]`);
  say(scene, "how-far", isAll ? "announced" : "announced so far");
  const place = scene.querySelector('[data-say="given"]');
  const money = { style: "currency", currency: place.dataset.currency, minimumFractionDigits: given % 100 ? 2 : 0 };
  place.textContent = new Intl.NumberFormat("en-GB", money).format(given / 100);
}

// False where the page does not hold what is to be shown: it is fetched again then.
export function show(stage, now) {
  const wanted = now.scene === "presenting" ? `[data-bid="${now.bid}"]` : "";
  const scene = stage.querySelector(`[data-scene="${now.scene}"]${wanted}`);
  if (!scene) return false;
  for (const each of stage.querySelectorAll("[data-scene]")) each.hidden = each !== scene;
  say(stage, "notice", now.notice);
  say(stage, "voted", now.voted);
  say(stage, "slips", now.slips);
  const dots = scene.querySelector(".turnout__dots");
  if (dots) drawDots(dots, now.voted, now.slips);
  if (now.scene === "announcement") reveal(scene, now.revealed);
  tick(stage, now);
  fit(scene);
  return true;
}

export function fitAgain(stage) {
  const scene = stage.querySelector("[data-scene]:not([hidden])");
  if (scene) fit(scene);
}

// Minutes of the last hour, and never seconds: nobody in a hall counts down with a clock that a person may still move.
function sayMinutes(stage) {
  for (const line of stage.querySelectorAll("[data-until]")) {
    const minutes = Math.ceil((Number(line.dataset.until) - serverNow()) / 60000);
    line.hidden = minutes < 1 || minutes > 60;
    line.querySelector("b").textContent = `${minutes} minute${minutes === 1 ? "" : "s"}`;
  }
}

export function tick(stage, now) {
  sayMinutes(stage);
  const place = stage.querySelector("[data-scene]:not([hidden]) [data-timer]");
  if (place) drawTimer(place, now);
}
