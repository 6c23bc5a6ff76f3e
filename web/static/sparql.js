// Puts the editor in the place of the plain form. All it needs is in the page: the query, the examples.
const form = document.querySelector("#sparql-form");
const place = document.querySelector("#sparql-editor");
const text = form.elements.namedItem("query");
const Yasqe = Yasgui.Yasqe;

// The default completers ask prefix.cc and LOV; nothing here asks anybody but this server.
Yasqe.defaults.autocompleters = [];
const editor = new Yasgui(place, {
  requestConfig: { endpoint: form.action, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [] },
  persistenceId: null,
  autofocus: true,
  yasqe: { autocompleters: [], createShareableLink: null, showQueryButton: true, value: text.value },
  populateFromUrl: false,
});
const tab = editor.getTab() || editor.addTab(true);
tab.setEndpoint(form.action);
tab.setQuery(text.value);
form.hidden = true;
// The editor leaves fields and a column without a name, and a button among its tabs.
const NAMES = {
  ".autocomplete": "SPARQL endpoint", ".CodeMirror textarea": "Query", ".tableSizer": "Page size:",
};
const named = () => {
  for (const [selector, words] of Object.entries(NAMES))
    for (const one of place.querySelectorAll(`${selector}:not([aria-label])`)) one.setAttribute("aria-label", words);
  for (const one of place.querySelectorAll("th .dt-column-title:empty")) one.textContent = "#";
  for (const one of place.querySelectorAll(".addTab:not([role])")) one.setAttribute("role", "tab");
};
named();
new MutationObserver(named).observe(place, { subtree: true, childList: true });
if (document.documentElement.lang === "id") (await import("./editor-id.js")).inIndonesian(place);
for (const example of document.querySelectorAll("[data-query]")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    editor.getTab().setQuery(example.dataset.query);
    place.scrollIntoView({ block: "start" });
  });
}
