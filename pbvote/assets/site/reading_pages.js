// The page that an answer of the server holds, as a document. Its style element carries another page's nonce, so it is left out:
// the browser would take it for a breach of this page's policy.
export async function pageOf(answer) {
  return new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\/style>/g, ""), "text/html");
}
