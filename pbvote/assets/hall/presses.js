// Presses that no server has taken yet. They are sent in the order in which they were pressed, one at a time; one that is
// refused takes the rest with it, since somebody else has moved the screen.
import { post } from "../posting.js";

export function queueOfPresses(refused = () => {}) {
  let waiting = [];
  let sending = null;
  async function sendAll(address) {
    while (waiting.length) {
      const { move, seen, at } = waiting[0];
      const ago = (move.ago || 0) + Math.round((Date.now() - at) / 1000);
      const { status, answer } = await post(address, { ...move, seen, ago });
      if (!status || status >= 500) return false;
      if (status >= 400) refused(answer.said || "");
      waiting = status < 400 ? waiting.slice(1) : [];
    }
    return true;
  }
  return {
    add: (move, seen) => waiting.push({ move, seen, at: Date.now() }),
    isEmpty: () => !waiting.length,
    // Whether all are taken, or refused. Two answers in a row never send the same press twice.
    send(address) {
      sending = sending || sendAll(address).finally(() => {
        sending = null;
      });
      return sending;
    },
  };
}
