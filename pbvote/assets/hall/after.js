// What the stage would be after a press, for a page without a network: as `pbvote.vote.stage.moves` does it.
import { serverNow } from "./clock.js";
import { secondsLeft, secondsSpent } from "./timer.js";

const STEP_SECONDS = 30;
const STANDING = { part: "pitch", spent: 0, since: null };

// Who has begun has had a turn.
function taken(now) {
  const isOver = now.bid && (secondsSpent(now) || now.part === "questions");
  return isOver ? { ...now.taken, [now.bid]: "spoke" } : now.taken;
}

const without = (turns, bid) => Object.fromEntries(Object.entries(turns || {}).filter(([of]) => of !== String(bid)));

const ended = (now, move) => ({ ...STANDING, scene: move.scene, bid: null, allowed: 0, taken: taken(now) });
const longer = (now, seconds) => ({ allowed: Math.max(0, now.allowed + seconds) });
const called = (move, stage) => ({ ...STANDING, scene: "presenting", bid: move.bid, allowed: Number(stage.dataset.pitch) });
const since = (now, move) => (now.since ? now.since : serverNow() - (move.ago || 0) * 1000);

const MOVES = {
  reveal: (_, move) => ({ revealed: move.reveal }),
  show: (_, move) => ({ scene: move.scene }),
  start: (now, move) => ({ since: since(now, move) }),
  pause: (now) => ({ spent: secondsSpent(now), since: null }),
  more: (now) => longer(now, STEP_SECONDS),
  less: (now) => longer(now, -STEP_SECONDS),
  questions: (_now, _move, stage) => ({ part: "questions", allowed: Number(stage.dataset.questions), spent: 0, since: serverNow() }),
  present: (now, move, stage) => ({ ...called(move, stage), taken: taken(now) }),
  again: (now, move, stage) => ({ ...called(move, stage), taken: without(taken(now), move.bid) }),
  "end-turn": ended,
  "end-on-time": ended,
  "no-show": (now, move) => ({
    ...(now.bid === move.bid ? { ...STANDING, scene: "break", bid: null, allowed: 0 } : {}),
    taken: { ...now.taken, [move.bid]: "no_show" },
  }),
};

export const after = (now, move, stage) => ({ ...now, ...MOVES[move.move](now, move, stage), version: now.version + 1 });

export const isOverBy = (now, seconds) => Boolean(now.bid && now.since) && secondsLeft(now) < -seconds;
