// Sends what waits in lots, in no order: neither the order of a lot nor that of lots says who came when.
import { post } from "../posting.js";

const MOST = 100;

function shuffled(entries) {
  const left = [...entries];
  for (let at = left.length - 1; at > 0; at -= 1) {
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (at + 1);
    [left[at], left[other]] = [left[other], left[at]];
  }
  return left;
}

// One lot; what the server answered, and whether it was taken. Nothing leaves the phone before the server has it.
export async function sendLot(store, address) {
  const waiting = await store.waiting();
  const lot = shuffled(waiting).slice(0, MOST);
  const taps = lot.filter((entry) => entry.step).map(({ id, kind, step }) => ({ id, kind, step }));
  const names = lot.filter((entry) => entry.name).map(({ id, name, tie, age }) => ({ id, name, tie, age }));
  const body = { phone: await store.phone(), waiting: waiting.length - lot.length, taps, names };
  const { status, answer } = await post(address, body);
  const isTaken = status === 200;
  if (isTaken) await store.forget(lot);
  return { isTaken, status, answer, names };
}
