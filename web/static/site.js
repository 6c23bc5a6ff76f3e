// Suggestions while typing, after the combobox pattern of the ARIA practices; without scripts the form just searches.
const box = document.querySelector("#q");
if (box) {
  const list = document.createElement("ul");
  list.className = "options"; list.id = "q-options"; list.hidden = true;
  list.setAttribute("role", "listbox"); list.setAttribute("aria-label", box.labels[0].textContent);
  box.parentNode.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) box.setAttribute(name, value);
  let found = [], at = -1, last = 0;
  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === at));
    if (at >= 0) box.setAttribute("aria-activedescendant", `q-option-${at}`); else box.removeAttribute("aria-activedescendant");
  };
  const show = (entries) => {
    found = entries;
    list.replaceChildren(...entries.map((one, i) => {
      const item = document.createElement("li");
      item.id = `q-option-${i}`; item.setAttribute("role", "option");
      item.textContent = one.names.length ? `${one.text} — ${one.names[0]}` : one.text;
      item.addEventListener("mousedown", () => { location.href = one.href; });
      return item;
    }));
    list.hidden = !entries.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  box.addEventListener("input", async () => {
    const turn = ++last;
    if (box.value.trim().length < 2) { close(); return; }
    const address = new URL("/suggest", location.href);
    for (const name of ["lang", "untuk", "on"]) { const value = new URLSearchParams(location.search).get(name); if (value) address.searchParams.set(name, value); }
    address.searchParams.set("q", box.value);
    try {
      const answer = await fetch(address);
      if (answer.ok && turn === last) show(await answer.json());
    } catch { close(); }
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { mark((at + 1) % found.length); event.preventDefault(); }
    else if (event.key === "ArrowUp") { mark((at + found.length) % (found.length + 1) - 1); event.preventDefault(); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) { location.href = found[at].href; event.preventDefault(); }
  });
  box.addEventListener("blur", close);
}
// On a narrow screen the facets begin closed, so that the results are seen first; without scripts they stay open.
const panel = document.querySelector(".facets .panel");
if (panel && matchMedia("(max-width: 48rem)").matches) panel.open = false;
// The reader's library is kept in this browser, so that an address without one gets it again; never in a cookie.
const asked = new URLSearchParams(location.search);
if (asked.has("untuk")) {
  if (asked.get("untuk")) localStorage.setItem("untuk", asked.get("untuk")); else localStorage.removeItem("untuk");
} else if (localStorage.getItem("untuk") && document.querySelector("form.lens")) {
  asked.set("untuk", localStorage.getItem("untuk"));
  location.replace(`${location.pathname}?${asked}${location.hash}`);
}
