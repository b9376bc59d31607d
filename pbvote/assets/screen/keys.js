// The laptop's keyboard moves the screen on: with a network as anybody's press, without one by itself. What was pressed
// meanwhile is sent afterwards; where somebody else has moved the screen by then, the server's scene stands.
const bids = (stage) => [...stage.querySelectorAll('[data-scene="presenting"]')].map((scene) => Number(scene.dataset.bid));

const lastReveal = (stage) => Math.max(...[...stage.querySelectorAll("[data-reveal]")].map((one) => Number(one.dataset.reveal)));

function forward(stage, now) {
  if (now.scene === "announcement") {
    return now.revealed < lastReveal(stage) ? { move: "reveal", reveal: now.revealed + 1 } : { move: "show", scene: "thanks" };
  }
  if (now.scene === "seal") return { move: "show", scene: "announcement" };
  const order = bids(stage);
  const next = order[order.indexOf(now.bid) + 1];
  return next && ["welcome", "presenting", "break", "notice", "blank"].includes(now.scene) ? { move: "present", bid: next } : null;
}

function back(stage, now) {
  if (now.scene === "announcement") return now.revealed ? { move: "reveal", reveal: now.revealed - 1 } : { move: "show", scene: "seal" };
  const order = bids(stage);
  const before = order[order.indexOf(now.bid) - 1];
  return now.scene === "presenting" && before ? { move: "present", bid: before } : null;
}

const timed = (stage, now) => (now.scene === "presenting" ? { move: now.since ? "pause" : "start" } : null);

const KEYS = { ArrowRight: forward, PageDown: forward, ArrowLeft: back, PageUp: back, " ": timed };

export function moveOf(key, stage, now) {
  return KEYS[key] ? KEYS[key](stage, now) : null;
}
