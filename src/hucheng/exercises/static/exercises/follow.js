// While the story goes on, the part marked data-follow is asked for again; when nothing is left to follow, the page
// is loaded once more, whole. Without script the page has a link that does the same by hand.
const WAIT = 1500;

async function follow() {
  const part = document.querySelector("[data-follow]");
  if (!part) return;
  try {
    const answer = await fetch(part.dataset.follow, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#moving");
      if (!fresh || !("follow" in fresh.dataset)) { location.assign(location.pathname.replace(/advance\/$/, "")); return; }
      part.replaceWith(fresh);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  setTimeout(follow, WAIT);
}

setTimeout(follow, WAIT);
