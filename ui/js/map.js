// The map, loaded when one is first shown. It draws what it is told and tells what a person does;
// it asks nobody for anything but tiles, where an operator configured some.
import "maplibre-gl/dist/maplibre-gl.css";
import { addProtocol, AttributionControl, LngLat, LngLatBounds, Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { feature, mesh } from "topojson-client";

const assets = JSON.parse(document.getElementById("assets").textContent);
setWorkerUrl(assets["map-worker.js"]);

// The bundler gives the library's style sheet a file of its own.
const styled = new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: assets["map.css"] });
  link.addEventListener("load", resolve);
  link.addEventListener("error", resolve);
  document.head.append(link);
});

const FONT = ["Pretendard Variable", "Noto Sans CJK KR", "sans-serif"];
const FAR_M = 50_000;
const empty = () => ({ type: "FeatureCollection", features: [] });
const points = (items, properties) => ({
  type: "FeatureCollection",
  features: items.map((item) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [item.lon, item.lat] },
    properties: properties(item),
  })),
});

// The tokens of `kit/tokens.css` as the theme has them now.
function colours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["ground", "surface", "sunk", "line", "line-strong", "text", "text-soft", "leaf", "on-leaf", "honey"];
  const found = Object.fromEntries(names.map((name) => [name, read(name)]));
  probe.remove();
  return found;
}

let outlines;
function loadOutlines() {
  const get = async (name) => (await fetch(assets[name])).json();
  outlines ??= Promise.all([get("geo/world.json"), get("geo/korea.json")]).then(([world, korea]) => ({
    land: feature(world, world.objects.countries),
    borders: mesh(world, world.objects.countries, (a, b) => a !== b),
    districts: mesh(korea, korea.objects.districts),
    names: points(
      feature(korea, korea.objects.districts).features.map(({ properties, geometry }) => ({ ...middle(geometry), name: properties.name })),
      ({ name }) => ({ name }),
    ),
  }));
  return outlines;
}

// The middle of a district's largest outline: good enough for its name.
function middle(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
  const box = ring.reduce((bounds, point) => bounds.extend(point), new LngLatBounds(ring[0], ring[0]));
  return { lon: box.getCenter().lng, lat: box.getCenter().lat };
}

// Layers over an operator's tiles: pictures as they are, vector tiles in OpenMapTiles' schema.
function tileLayers(kind, c) {
  const source = "tiles";
  if (kind === "raster") return [{ id: "tiles", type: "raster", source }];
  const fill = (id, layer, colour, filter) => ({ id, type: "fill", source, "source-layer": layer, paint: { "fill-color": colour }, ...(filter && { filter }) });
  const width = (small, large) => ["interpolate", ["exponential", 1.5], ["zoom"], 8, small, 18, large];
  const road = (id, classes, small, large) => ({
    id, type: "line", source, "source-layer": "transportation",
    filter: ["in", ["get", "class"], ["literal", classes]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": c.surface, "line-width": width(small, large) },
  });
  const name = ["coalesce", ["get", "name"], ["get", "name:latin"]];
  const label = (id, layer, filter, size, placement) => ({
    id, type: "symbol", source, "source-layer": layer, filter,
    layout: { "text-field": name, "text-size": size, "text-font": FONT, "symbol-placement": placement },
    paint: { "text-color": c["text-soft"], "text-halo-color": c.surface, "text-halo-width": 1.4 },
  });
  return [
    fill("green", "landcover", "rgba(90, 158, 95, 0.18)", ["in", ["get", "class"], ["literal", ["wood", "grass"]]]),
    fill("park", "park", "rgba(90, 158, 95, 0.14)"),
    fill("water", "water", "rgba(96, 150, 190, 0.35)"),
    fill("building", "building", c.sunk),
    road("road-small", ["minor", "service", "track", "path"], 0.3, 8),
    road("road", ["tertiary", "secondary"], 0.6, 14),
    road("road-large", ["primary", "trunk", "motorway"], 1, 18),
    label("road-name", "transportation_name", ["has", "name"], 11, "line"),
    label("place-name", "place", ["has", "name"], 13, "point"),
  ];
}

async function tileSource({ url, attribution }) {
  if (url.endsWith(".pmtiles")) {
    const { PMTiles, Protocol, TileType } = await import("pmtiles");
    const protocol = new Protocol();
    addProtocol("pmtiles", protocol.tile);
    const archive = new PMTiles(url);
    protocol.add(archive);
    const kind = (await archive.getHeader()).tileType === TileType.Mvt ? "vector" : "raster";
    return { kind, source: { type: kind, url: `pmtiles://${url}`, attribution } };
  }
  const kind = /\.(pbf|mvt)(\?|$)/.test(url) ? "vector" : "raster";
  return { kind, source: { type: kind, tiles: [url], attribution, ...(kind === "raster" && { tileSize: 256 }) } };
}

function style(tiles, c) {
  const label = { "text-font": FONT, "text-size": 12 };
  const halo = { "text-color": c.text, "text-halo-color": c.surface, "text-halo-width": 1.6 };
  const bubble = { "circle-color": c.leaf, "circle-stroke-color": c.surface, "circle-stroke-width": 2.5 };
  const count = (id, source, field) => ({
    id, type: "symbol", source,
    layout: { "text-field": ["to-string", ["get", field]], "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": c["on-leaf"] },
  });
  const radius = (field) => ["interpolate", ["linear"], ["log10", ["get", field]], 0, 13, 1, 17, 2, 22, 4, 34];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: empty(), attribution: "Natural Earth · NGII" },
      borders: { type: "geojson", data: empty() },
      districts: { type: "geojson", data: empty() },
      names: { type: "geojson", data: empty() },
      cells: { type: "geojson", data: empty() },
      places: { type: "geojson", data: empty(), cluster: true, clusterRadius: 34, clusterMaxZoom: 16, attribution: "© OpenStreetMap contributors" },
      ...(tiles && { tiles: tiles.source }),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c.sunk } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c.ground } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c["line-strong"] } },
      ...(tiles ? tileLayers(tiles.kind, c) : []),
      { id: "districts", type: "line", source: "districts", minzoom: 5.5, paint: { "line-color": c["line-strong"], "line-opacity": 0.9 } },
      { id: "names", type: "symbol", source: "names", minzoom: 7.5, layout: { "text-field": ["get", "name"], ...label }, paint: { ...halo, "text-color": c["text-soft"] } },
      { id: "cells", type: "circle", source: "cells", paint: { ...bubble, "circle-radius": radius("count") } },
      count("cell-counts", "cells", "text"),
      { id: "clusters", type: "circle", source: "places", filter: ["has", "point_count"], paint: { ...bubble, "circle-radius": radius("point_count") } },
      count("cluster-counts", "places", "point_count_abbreviated"),
      { id: "places", type: "circle", source: "places", filter: ["!", ["has", "point_count"]], paint: { ...bubble, "circle-radius": 9 } },
      { id: "chosen", type: "circle", source: "places", filter: ["==", ["get", "id"], ""], paint: { ...bubble, "circle-radius": 13, "circle-stroke-color": c.honey, "circle-stroke-width": 4 } },
      {
        id: "place-names", type: "symbol", source: "places", filter: ["!", ["has", "point_count"]], minzoom: 13,
        layout: { "text-field": ["get", "name"], ...label, "text-anchor": "top", "text-offset": [0, 0.9], "text-max-width": 9, "text-optional": true },
        paint: halo,
      },
    ],
  };
}

/** Opens a map in `element`; `told(kind, json)` hears of `moved`, `place` and `press`. */
export async function open(element, options, told) {
  const { lon, lat, zoom, bounds, tiles, words } = JSON.parse(options);
  const tell = (kind, detail) => told(kind, JSON.stringify(detail));
  const source = tiles ? await tileSource(tiles) : null;
  await styled;
  const map = new MapLibre({
    container: element,
    style: style(source, colours()),
    ...(bounds ? { bounds, fitBoundsOptions: { maxZoom: 16 } } : { center: [lon, lat], zoom }),
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "Map.Title": words.title, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) map.flyTo = map.jumpTo;

  const data = { cells: empty(), places: empty() };
  let chosen = "";
  let here;
  const view = () => {
    const box = map.getBounds();
    const clamp = (value, limit) => Math.max(-limit, Math.min(limit, value));
    const wide = box.getEast() - box.getWest() >= 360;
    const turn = (value) => ((((value + 180) % 360) + 360) % 360) - 180;
    return {
      bbox: [wide ? -180 : turn(box.getWest()), clamp(box.getSouth(), 90), wide ? 180 : turn(box.getEast()), clamp(box.getNorth(), 90)],
      lon: turn(map.getCenter().lng), lat: clamp(map.getCenter().lat, 90), zoom: map.getZoom(),
    };
  };
  function fill() {
    for (const [name, content] of Object.entries(data)) map.getSource(name)?.setData(content);
    map.setFilter("chosen", ["==", ["get", "id"], chosen]);
  }
  async function draw() {
    for (const [name, content] of Object.entries(await loadOutlines())) map.getSource(name)?.setData(content);
  }
  map.on("moveend", (event) => tell("moved", { ...view(), person: Boolean(event.originalEvent) }));
  const hand = (layer) => {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  };
  ["cells", "clusters", "places"].forEach(hand);
  map.on("click", async (event) => {
    const reach = 8;
    const box = [[event.point.x - reach, event.point.y - reach], [event.point.x + reach, event.point.y + reach]];
    const [hit] = map.queryRenderedFeatures(box, { layers: ["places", "clusters", "cells"] });
    if (!hit) return tell("press", { lon: event.lngLat.lng, lat: event.lngLat.lat });
    if (hit.layer.id === "places") return tell("place", hit.properties.id);
    const center = hit.geometry.coordinates;
    const zoom = hit.layer.id === "clusters"
      ? await map.getSource("places").getClusterExpansionZoom(hit.properties.cluster_id)
      : map.getZoom() + 2;
    map.flyTo({ center, zoom }, { asked: true });
  });
  await map.once("load");
  draw().catch(() => tell("outlines", "missing"));
  element.dataset.ready = "true";
  tell("moved", { ...view(), person: false, first: true });

  return {
    show(json) {
      const { places, cells } = JSON.parse(json);
      data.places = points(places, ({ id, name }) => ({ id, name }));
      data.cells = points(cells, ({ count, text }) => ({ count, text }));
      fill();
      element.dataset.shown = String(places.length);
    },
    choose(id) {
      chosen = id;
      fill();
    },
    fly(lon, lat, zoom) {
      // A flight shows where one went; over half the world it only takes time.
      const far = map.getCenter().distanceTo(new LngLat(lon, lat)) > FAR_M;
      if (far) map.jumpTo({ center: [lon, lat], zoom });
      else map.flyTo({ center: [lon, lat], zoom, duration: 700 });
    },
    fit(json) {
      map.fitBounds(JSON.parse(json), { padding: 48, maxZoom: 15, duration: 600 });
    },
    here(lon, lat) {
      if (!here) {
        const mark = document.createElement("span");
        mark.className = "map-here";
        here = new Marker({ element: mark });
      }
      here.setLngLat([lon, lat]).addTo(map);
    },
    recolour() {
      map.setStyle(style(source, colours()), { diff: true });
      map.once("styledata", () => { fill(); draw(); });
    },
    remove() {
      map.remove();
    },
  };
}
