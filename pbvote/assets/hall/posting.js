// Sends what happened at a device, as `pbvote.vote.passes.uploads` takes it. The answer's status, 0 without a network; and
// the sentence of a refusal.
export async function postJson(address, body) {
  const headers = { "Content-Type": "application/json", "X-Hall-Device": "1" };
  try {
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.status >= 500) return { status: 0, said: "" };
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, said: isJson ? (await answer.json()).said || "" : "" };
  } catch {
    return { status: 0, said: "" };
  }
}
