// The map, loaded when one is first shown. It draws what it is told and tells what a person does; it asks nobody for anything
// but tiles.
import "maplibre-gl/dist/maplibre-gl.css";
import { AttributionControl, LngLat, LngLatBounds, Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { colours } from "./map/colours.js";
import { empty, loadOutlines, points } from "./map/outlines.js";
import { streetSources } from "./map/streets.js";
import { OUTLINES, style } from "./map/style.js";

const assets = JSON.parse(document.getElementById("assets").textContent);
setWorkerUrl(assets["map-worker.js"]);

// The bundler gives the library's style sheet a file of its own.
const styled = new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: assets["map.css"] });
  link.addEventListener("load", resolve);
  link.addEventListener("error", resolve);
  document.head.append(link);
});

const FAR_M = 50_000;
/** How near a finger must come to what it means, in pixels. */
const REACH = 8;

/** Opens a map in `element`; `told(kind, json)` hears of `moved`, `opened` (a count was), `place` and `press`. */
export async function open(element, options, told) {
  const { lon, lat, zoom, bounds, tiles, below, english, words } = JSON.parse(options);
  const tell = (kind, detail) => told(kind, JSON.stringify(detail));
  const streets = await streetSources(assets, tiles);
  await styled;
  const drawn = () => style(streets, colours(element), { english });
  const map = new MapLibre({
    container: element,
    style: drawn(),
    center: [lon, lat],
    zoom,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "Map.Title": words.title, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  // The sheet of the list lies over the map's lower part: what is looked at stands above it.
  map.jumpTo({ center: [lon, lat], zoom, padding: { top: 0, right: 0, left: 0, bottom: below } });
  if (bounds) map.fitBounds(bounds, { padding: 24, maxZoom: 16, duration: 0 });
  map.touchZoomRotate.disableRotation();
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const duration = (ms) => (still ? 0 : ms);

  const data = { cells: empty(), places: empty(), chosen: empty() };
  let shown = [];
  let here;
  const view = () => {
    const { clientWidth: wide, clientHeight: high } = element;
    const [a, b] = [map.unproject([0, 0]), map.unproject([wide, Math.max(high - map.getPadding().bottom, 1)])];
    const clamp = (value) => Math.max(-90, Math.min(90, value));
    const turn = (value) => ((((value + 180) % 360) + 360) % 360) - 180;
    const around = b.lng - a.lng >= 360;
    return {
      bbox: [around ? -180 : turn(a.lng), clamp(b.lat), around ? 180 : turn(b.lng), clamp(a.lat)],
      lon: turn(map.getCenter().lng), lat: clamp(map.getCenter().lat), zoom: map.getZoom(),
    };
  };
  function fill() {
    for (const [name, content] of Object.entries(data)) map.getSource(name)?.setData(content);
  }
  async function outline() {
    for (const [name, content] of Object.entries(await loadOutlines(assets))) map.getSource(name)?.setData(content);
  }
  // Street tiles of the world bring their own coasts: from the first one on they are the ground.
  let answered = false;
  function ground() {
    if (!answered) return;
    map.setPaintProperty("sea", "background-color", colours(element)["map-land"]);
    for (const layer of OUTLINES) map.setLayoutProperty(layer, "visibility", "none");
  }
  map.on("sourcedata", ({ sourceId, tile }) => {
    if (answered || sourceId !== "world" || tile?.state !== "loaded") return;
    answered = true;
    ground();
  });
  // Tiles that do not come are no news for a person: the outlines stay. Without a listener each would be an error on the console.
  map.on("error", ({ error }) => {
    element.dataset.tiles = "missing";
    if (!/fetch|network|load/i.test(error?.message ?? "")) console.warn("map:", error);
  });
  map.on("moveend", (event) => tell("moved", { ...view(), person: Boolean(event.originalEvent) }));
  for (const layer of ["cells", "clusters", "places", "chosen"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  function fit(box, maxZoom) {
    // A flight shows where one went; over half the world it only takes time.
    // In a window too small for the margins there is no such camera: the middle has to do.
    const center = LngLatBounds.convert(box).getCenter();
    const camera = map.cameraForBounds(box, { padding: { top: 56, right: 48, bottom: 40, left: 48 }, maxZoom }) ?? { center, zoom: 14 };
    if (map.getCenter().distanceTo(center) > FAR_M) map.jumpTo(camera);
    else map.easeTo({ ...camera, duration: duration(600) });
  }
  map.on("click", async ({ point, lngLat }) => {
    const box = [[point.x - REACH, point.y - REACH], [point.x + REACH, point.y + REACH]];
    const hits = map.queryRenderedFeatures(box, { layers: ["chosen", "places", "clusters", "cells"] });
    const places = [...new Set(hits.filter(({ layer }) => layer.id === "places" || layer.id === "chosen").map(({ properties }) => properties.id))];
    if (places.length) {
      // Places that lie on one another take turns.
      const now = data.chosen.features[0]?.properties.id;
      return tell("place", places[(places.indexOf(now) + 1) % places.length]);
    }
    const [hit] = hits;
    if (!hit) return tell("press", { lon: lngLat.lng, lat: lngLat.lat });
    const center = hit.geometry.coordinates;
    if (hit.layer.id === "cells") {
      map.once("moveend", () => tell("opened", view()));
      return map.easeTo({ center, zoom: map.getZoom() + 2, duration: duration(500) });
    }
    const leaves = await map.getSource("places").getClusterLeaves(hit.properties.cluster_id, 1_000, 0);
    const spread = leaves.reduce((all, { geometry }) => all.extend(geometry.coordinates), new LngLatBounds(center, center));
    // A cluster whose places lie on one spot opens where clusters end.
    fit(spread, 17.5);
  });
  await map.once("style.load");
  outline().catch(() => tell("outlines", "missing"));
  element.dataset.ready = "true";

  return {
    show(json) {
      const { places, cells } = JSON.parse(json);
      shown = places;
      data.places = points(places, ({ id, name }) => ({ id, name }));
      data.cells = points(cells, ({ count, text }) => ({ count, text }));
      fill();
      element.dataset.shown = String(places.length);
    },
    choose(id) {
      data.chosen = points(shown.filter((place) => place.id === id), ({ id, name }) => ({ id, name }));
      fill();
    },
    fly(lon, lat, zoom) {
      const far = map.getCenter().distanceTo(new LngLat(lon, lat)) > FAR_M;
      if (far) map.jumpTo({ center: [lon, lat], zoom });
      else map.easeTo({ center: [lon, lat], zoom, duration: duration(700) });
    },
    fit(json) {
      fit(JSON.parse(json), 16);
    },
    below(pixels) {
      if (map.getPadding().bottom !== pixels) map.easeTo({ padding: { bottom: pixels }, duration: duration(180) });
    },
    here(lon, lat, own) {
      here ??= new Marker({ element: document.createElement("span") });
      here.getElement().className = own ? "map-here maplibregl-marker" : "map-here map-here-picked maplibregl-marker";
      here.setLngLat([lon, lat]).addTo(map);
    },
    recolour() {
      map.setStyle(drawn(), { diff: true });
      map.once("styledata", () => { fill(); ground(); outline().catch(() => {}); });
    },
    remove() {
      map.remove();
    },
  };
}
