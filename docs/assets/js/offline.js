// Starts what belongs to the offline copy: nothing at all for a reader who has none and sees no button.

import { keptRelease, published, update } from "./offline-store.js";

if (document.querySelector("offline-copy")) import("./offline-copy.js");

const LATER = "offline-later"; // The release that this tab need not hear of again.

const kept = await keptRelease();
if (kept) {
  update();
  const { release } = await published().catch(() => ({ release: kept })); // Without a network there is no news.
  if (release !== kept && sessionStorage.getItem(LATER) !== release) announce(release);
}

/** Says on any page that there is a newer release; the reader decides when. @param {string} release */
async function announce(release) {
  await import("./offline-copy.js");
  const news = document.createElement("offline-copy");
  news.className = "cc-offline cc-offline--news md-typeset";
  news.dataset.news = "";
  news.setAttribute("role", "region");
  news.setAttribute("aria-label", "A newer version");
  news.addEventListener("later", () => {
    sessionStorage.setItem(LATER, release);
    news.remove();
  });
  document.body.append(news);
}
