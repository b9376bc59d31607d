const PATIENCE = 20000;

// Our own style carries another page's nonce, which this page's content policy would complain of.
export const parse = (text) =>
  new DOMParser().parseFromString(text.replace(/<style[^]*?<\/style>/g, ""), "text/html");

// What the browser would send, and where, if this button (or none) sent the form.
export function sentBy(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.append(button.name, button.value);
  return { url: button && button.hasAttribute("formaction") ? button.formAction : form.action, body };
}

// The server's answer to a form as a document, or null where none of ours came in time.
export async function post(url, body) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { method: "POST", body, signal: stop.signal, credentials: "omit" });
    const page = parse(await answer.text());
    // A hall's Wi-Fi may answer with a page of its own.
    return answer.status < 500 && answer.status !== 429 && page.getElementById("vote") ? page : null;
  } catch {
    return null;
  } finally {
    clearTimeout(clock);
  }
}
