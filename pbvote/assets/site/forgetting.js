// Whoever signs out leaves no page of a hall or a group on this browser, not even without a network. A screen or a phone that
// is still let in keeps its pages again. What a member has not sent yet stays for them, unless they forget the phone: either
// way they hear of it first.
import { keptOf } from "../groups/store.js";
import { forgetPages } from "../hall/kept.js";

function question(count, isAll) {
  const what = count === 1 ? "1 check-in is" : `${count} check-ins are`;
  return isAll
    ? `${what} not sent yet. If you forget this phone now, you lose what you wrote. Forget it?`
    : `${what} not sent yet. They stay on this phone until you sign in here again. Sign out?`;
}

export function forgetOnSignOut() {
  // Nobody is signed in: a session may have ended by itself, and somebody else may be next.
  if (document.querySelector("[data-nobody]")) forgetPages("/my/groups/").catch(() => null);
  for (const form of document.querySelectorAll("[data-forgets]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const isAll = "all" in form.dataset;
      const kept = await keptOf(form.dataset.forgets);
      if (kept.count && !confirm(question(kept.count, isAll))) return;
      if (isAll) await kept.forgetAll().catch(() => null);
      await forgetPages().catch(() => null);
      form.submit();
    });
  }
}
