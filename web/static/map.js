// Draws the page's own list of places on outlines shipped with us; keyboard users have the list.
const holder = document.querySelector("#map");
const map = L.map(holder, { keyboard: false, attributionControl: false, maxZoom: 13 });
L.Marker.mergeOptions({ keyboard: false });
const buttons = { id: { "Zoom in": "Perbesar", "Zoom out": "Perkecil", "Close popup": "Tutup" } }[document.documentElement.lang];
const untabbed = () => {
  for (const one of holder.querySelectorAll("a, button, [tabindex]")) {
    one.tabIndex = -1;
    const name = buttons?.[one.getAttribute("aria-label")];
    if (name) one.ariaLabel = name;
    if (name && one.title) one.title = name;
  }
};
untabbed();
map.on("popupopen zoomend layeradd", untabbed);
const draw = async () => {
  const outline = await (await fetch(holder.dataset.outline)).json();
  L.geoJSON(outline, { interactive: false, style: { color: "#8a958f", weight: 1, fillColor: "#f7f3ea", fillOpacity: 1 } }).addTo(map).bringToBack();
};
// Where the operator names a server of tiles it is asked for them; when it does not answer, the outlines are drawn.
if (holder.dataset.tiles) {
  map.setMaxZoom(18);
  L.tileLayer(holder.dataset.tiles, { maxZoom: 18 }).once("tileerror", draw).addTo(map);
} else await draw();
const group = L.markerClusterGroup({
  iconCreateFunction: (cluster) => L.divIcon({ html: String(cluster.getChildCount()), className: "pin many", iconSize: [30, 30] }),
});
const points = [];
for (const item of document.querySelectorAll("#places [data-lat]")) {
  const point = [Number(item.dataset.lat), Number(item.dataset.lon)];
  points.push(point);
  group.addLayer(L.circleMarker(point, { radius: 8, color: "#0b5351", fillOpacity: 0.7 }).bindPopup(item.querySelector("a").cloneNode(true)));
}
map.addLayer(group);
map.fitBounds(points, { padding: [30, 30], maxZoom: 10 });
untabbed();
