// Hands over what waits, as `pbvote.grants.visits.outbox_member` takes it. Status 0 is no network, 403 somebody else or nobody
// who is signed in.
export async function post(address, body, patience) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const headers = { "X-Hall-Device": "1" };
    const sent = await fetch(address, { method: "POST", headers, body, redirect: "manual", signal: stop.signal });
    // What leads to the sign-in is a refusal: the session has ended.
    const status = sent.type === "opaqueredirect" ? 403 : sent.status;
    const isJson = (sent.headers.get("Content-Type") || "").startsWith("application/json");
    return { status, answer: isJson ? await sent.json() : {} };
  } catch {
    return { status: 0, answer: {} };
  } finally {
    clearTimeout(timer);
  }
}
