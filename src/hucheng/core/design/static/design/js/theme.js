// Before anything is painted: the theme that was chosen here, else that of the system.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const choose = () => {
    document.documentElement.dataset.theme = localStorage.getItem("hucheng-theme") ?? (dark.matches ? "dark" : "light");
  };
  choose();
  dark.addEventListener("change", choose);
})();
