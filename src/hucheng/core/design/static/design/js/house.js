// The small behaviours of every page: theme, keys, sorting, filtering. No build step; strict content security policy.
const THEME = "hucheng-theme";
const root = document.documentElement;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem(THEME, root.dataset.theme);
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "/" && !typing) {
    const search = document.querySelector("[data-search], input[data-filter]");
    if (search) { event.preventDefault(); search.focus(); }
  }
});

// A table with data-sortable sorts by the head that is clicked, numbers as numbers; rows of a block stay in it.
document.addEventListener("click", (event) => {
  const head = event.target.closest("table[data-sortable] th button");
  if (!head) return;
  const cell = head.closest("th");
  const table = cell.closest("table");
  const column = [...cell.parentNode.children].indexOf(cell);
  const up = cell.getAttribute("aria-sort") !== "ascending";
  const value = (row) => row.children[column]?.dataset.value ?? row.children[column]?.textContent.trim() ?? "";
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.matches(".grp"));
    rows.sort((a, b) => value(a).localeCompare(value(b), root.lang, { numeric: true }));
    if (!up) rows.reverse();
    body.append(...rows);
  }
  for (const other of cell.parentNode.children) other.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", up ? "ascending" : "descending");
  table.dataset.sorted = "yes";
});

// A list with data-filter="#id" shows the rows that hold what is typed; a block without rows hides its head.
document.addEventListener("input", (event) => {
  const target = event.target.dataset.filter;
  if (!target) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(`${target} tbody tr:not(.grp), ${target} > li`)) {
    row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  }
  for (const head of document.querySelectorAll(`${target} tr.grp`)) {
    head.hidden = !head.parentNode.querySelector("tr:not(.grp):not([hidden])");
  }
  count(document.querySelector(target));
});
for (const box of document.querySelectorAll("input[data-filter][hidden]")) box.hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.dataset.filter) event.preventDefault();
});

const inSight = (table) => [...table.querySelectorAll("tr[data-key]:not([hidden])")];

function count(table) {
  const place = table.closest("[data-table]")?.querySelector("[data-count]");
  if (!place) return;
  place.dataset.all ??= place.textContent;
  const all = table.querySelectorAll("tr[data-key]").length;
  const shown = inSight(table).length;
  place.textContent = shown === all ? place.dataset.all : `${shown} / ${place.dataset.all}`;
}

// An export takes the rows in sight, in their order: named by their keys, so no word of the filter is in an address.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-export]");
  const table = link && document.getElementById(`t-${link.dataset.export}`);
  if (!table) return;
  link.dataset.whole ??= link.href;
  const rows = inSight(table);
  const whole = rows.length === table.querySelectorAll("tr[data-key]").length && !table.dataset.sorted;
  const keys = rows.map((row) => row.dataset.key).join(",") || "-";
  link.href = whole ? link.dataset.whole : `${link.dataset.whole}&rows=${keys}`;
});

// In a list with data-roving the arrows go from place to place: sideways in order, up and down to the nearest.
document.addEventListener("keydown", (event) => {
  const here = event.target.closest("[data-roving] a");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const rise = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!here || (!step && !rise)) return;
  const all = [...document.querySelectorAll("[data-roving] a")];
  const from = here.getBoundingClientRect();
  const away = (link) => {
    const box = link.getBoundingClientRect();
    const down = (box.top - from.top) * rise;
    return down < 4 ? Infinity : down * 1000 + Math.abs(box.left - from.left);
  };
  const next = step ? all[all.indexOf(here) + step] : all.reduce((best, link) => (away(link) < away(best) ? link : best), here);
  if (!next || (rise && away(next) === Infinity)) return;
  event.preventDefault();
  next.focus();
});

// What scrolls sideways can be reached and scrolled by keyboard.
for (const box of document.querySelectorAll(".scroll:not([tabindex]), .card:not([tabindex])")) {
  if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
}
