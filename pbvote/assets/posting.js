// Sends what a page of ours noted, as `pbvote.own_scripts` tells it from what others send: an object goes as JSON, a form
// (FormData, or URLSearchParams where it has no files) as it is. The status, 0 without a network or an answer in time; what
// the answer says, {} where that is no JSON.
const PATIENCE_MS = 8000;

export async function post(address, body, patience = PATIENCE_MS) {
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  const headers = { "X-Own-Script": "1", ...(isForm ? {} : { "Content-Type": "application/json" }) };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const sent = await fetch(address, {
      method: "POST",
      headers,
      body: isForm ? body : JSON.stringify(body),
      redirect: "manual",
      signal: stop.signal,
    });
    // What leads to the sign-in is a refusal: somebody signed out meanwhile.
    const status = sent.type === "opaqueredirect" ? 403 : sent.status;
    const isJson = (sent.headers.get("Content-Type") || "").startsWith("application/json");
    return { status, answer: isJson ? await sent.json() : {} };
  } catch {
    return { status: 0, answer: {} };
  } finally {
    clearTimeout(timer);
  }
}
