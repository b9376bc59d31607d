// The server's answer to a form as a document, or null where none of ours came in time.

const PATIENCE = 20000;

export async function post(url, body) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { method: "POST", body, signal: stop.signal, credentials: "omit" });
    // Our own style carries another page's nonce, which this page's content policy would complain of.
    const text = (await answer.text()).replace(/<style[^]*?<\/style>/g, "");
    const page = new DOMParser().parseFromString(text, "text/html");
    // A hall's Wi-Fi may answer with a page of its own.
    return answer.status < 500 && answer.status !== 429 && page.getElementById("vote") ? page : null;
  } catch {
    return null;
  } finally {
    clearTimeout(clock);
  }
}
