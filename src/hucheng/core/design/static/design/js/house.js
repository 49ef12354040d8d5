// The small behaviours of every page: theme, keys, sorting, filtering. No build step; strict content security policy.
const THEME = "hucheng-theme";
const root = document.documentElement;
const stored = localStorage.getItem(THEME);
if (stored) root.dataset.theme = stored;

function nextTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  return dark ? "light" : "dark";
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) {
    root.dataset.theme = nextTheme();
    localStorage.setItem(THEME, root.dataset.theme);
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "/" && !typing) {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  }
});

// A table with data-sortable sorts by the head that is clicked; numbers as numbers.
document.addEventListener("click", (event) => {
  const head = event.target.closest("table[data-sortable] th button");
  if (!head) return;
  const cell = head.closest("th");
  const table = cell.closest("table");
  const column = [...cell.parentNode.children].indexOf(cell);
  const up = cell.getAttribute("aria-sort") !== "ascending";
  const value = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
  const rows = [...table.tBodies[0].rows].sort((a, b) => value(a).localeCompare(value(b), undefined, { numeric: true }));
  if (!up) rows.reverse();
  for (const other of cell.parentNode.children) other.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", up ? "ascending" : "descending");
  table.tBodies[0].append(...rows);
});

// A list with data-filter="#id" shows the rows that hold what is typed.
document.addEventListener("input", (event) => {
  const target = event.target.dataset.filter;
  if (!target) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(`${target} tbody tr, ${target} > li`)) {
    row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  }
});
