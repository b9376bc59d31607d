// Sends what happened at the door, as `pbvote.vote.passes.uploads` takes it. Status 0 is no network.
const PATIENCE = 8000;

export async function postForAnswer(address, body) {
  const headers = { "Content-Type": "application/json", "X-Hall-Device": "1" };
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const sent = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal: stop.signal });
    // What leads to the sign-in is a refusal: somebody signed out meanwhile.
    const status = sent.type === "opaqueredirect" ? 403 : sent.status;
    return { status, answer: sent.status === 200 ? await sent.json() : null };
  } catch {
    return { status: 0, answer: null };
  } finally {
    clearTimeout(patience);
  }
}
