// Starts what belongs to the offline copy: nothing at all for a reader who has none and sees no button.

import { keptRelease, published, update } from "./offline-store.js";

if (document.querySelector("offline-copy")) import("./offline-copy.js");

const kept = await keptRelease();
if (kept) {
  update();
  const { release } = await published().catch(() => ({ release: kept })); // Without a network there is no news.
  if (release !== kept) announce();
}

/** Says on any page that there is a newer release; the reader decides when. */
async function announce() {
  await import("./offline-copy.js");
  const news = document.createElement("offline-copy");
  news.className = "cc-offline cc-offline--news";
  news.dataset.news = "";
  document.body.append(news);
}
