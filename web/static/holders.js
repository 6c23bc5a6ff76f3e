// Fetches the map only when it is opened: a page about a title stays small for those who read the list.
const box = document.querySelector("details.mapped");
const load = (path) => new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = path; script.onload = done; script.onerror = failed;
  document.head.append(script);
});
const style = (path) => {
  const link = document.createElement("link");
  link.rel = "stylesheet"; link.href = path;
  document.head.append(link);
};
box?.addEventListener("toggle", async () => {
  const vendor = box.querySelector("#map").dataset.vendor;
  for (const name of ["leaflet/leaflet.css", "markercluster/MarkerCluster.css"]) style(vendor + name);
  await load(vendor + "leaflet/leaflet.js");
  await load(vendor + "markercluster/leaflet.markercluster.js");
  await import(new URL("map.js", import.meta.url));
}, { once: true });
