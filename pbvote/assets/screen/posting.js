// Sends what happened at the screen, as `pbvote.vote.passes.uploads` takes it. The answer's status; 0 without a network.
export async function postJson(address, body) {
  const headers = { "Content-Type": "application/json", "X-Hall-Device": "1" };
  try {
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.status < 500 ? answer.status : 0;
  } catch {
    return 0;
  }
}
