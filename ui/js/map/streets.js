// Where streets come from: the app's own map of Seoul, and the operator's tiles of the world below it. Both are drawn by
// one style. Vector tiles are read in OpenMapTiles' schema (https://openmaptiles.org/schema/).
import { addProtocol } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

/** The part of the world that the map of Seoul covers: west, south, east, north. */
const SEOUL = [126.76, 37.42, 127.19, 37.71];
const SEOUL_CREDIT = '<a href="https://openmaptiles.org/" target="_blank">© OpenMapTiles</a> <a href="https://www.openstreetmap.org/copyright" target="_blank">© OpenStreetMap contributors</a>';

const archive = (url) => {
  const known = new PMTiles(url);
  protocol.add(known);
  return known;
};

function seoul(address) {
  const url = new URL(address, location.href).href;
  archive(url);
  return { type: "vector", url: `pmtiles://${url}`, attribution: SEOUL_CREDIT };
}

// An XYZ template of pictures or vector tiles, a PMTiles archive, or the address of a TileJSON.
async function world({ url, attribution }) {
  if (url.endsWith(".pmtiles")) {
    const vector = (await archive(url).getHeader()).tileType === TileType.Mvt;
    return { type: vector ? "vector" : "raster", url: `pmtiles://${url}`, attribution };
  }
  if (!url.includes("{z}")) return { type: "vector", url, attribution };
  if (/\.(pbf|mvt)(\?|$)/.test(url)) return { type: "vector", tiles: [url], attribution, maxzoom: 14 };
  return { type: "raster", tiles: [url], attribution, tileSize: 256 };
}

/** The sources of streets, by name. */
export async function streetSources(assets, tiles) {
  const sources = { seoul: seoul(assets["geo/seoul.pmtiles"]) };
  // An archive that does not answer leaves the outlines.
  const below = tiles && await world(tiles).catch(() => null);
  return below ? { world: below, ...sources } : sources;
}

const [west, south, east, north] = SEOUL;
const inSeoul = ["within", { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] }];
const isClass = (...names) => ["in", ["get", "class"], ["literal", names]];
const not = (condition) => ["!", condition];
const width = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];

function surfaces(source, c) {
  const fill = (id, layer, colour, filter, more) =>
    ({ id: `${source}-${id}`, type: "fill", source, "source-layer": layer, paint: { "fill-color": colour }, ...(filter && { filter }), ...more });
  const line = (id, layer, filter, colour, wide, more) => ({
    id: `${source}-${id}`, type: "line", source, "source-layer": layer, filter,
    layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour, "line-width": wide, ...more },
  });
  const road = (id, classes, minzoom, colour, edge, ...stops) => {
    const on = ["all", isClass(...classes), not(["==", ["get", "brunnel"], "tunnel"])];
    const cased = stops.map((stop, i) => (i % 2 ? stop + 1.6 : stop));
    return [
      { ...line(`${id}-edge`, "transportation", on, edge, width(...cased)), minzoom },
      { ...line(id, "transportation", on, colour, width(...stops)), minzoom },
    ];
  };
  const roads = [
    road("path", ["path", "track", "pedestrian"], 14, c["map-street"], c["map-street-edge"], 14, 0.6, 19, 5),
    road("small", ["minor", "service"], 12.5, c["map-street"], c["map-street-edge"], 12, 0.5, 15, 3.5, 19, 18),
    road("middle", ["tertiary", "secondary"], 10, c["map-street"], c["map-street-edge"], 10, 0.6, 14, 4, 19, 24),
    road("large", ["primary", "trunk", "motorway"], 6, c["map-main"], c["map-main-edge"], 6, 0.4, 10, 1.4, 14, 5.5, 19, 28),
  ];
  // All edges lie below all roads, so that crossings join.
  const [edges, tops] = [roads.map(([edge]) => edge), roads.map(([, top]) => top)];
  return [
    fill("wood", "landcover", c["map-green"], isClass("wood", "grass", "farmland"), { minzoom: 7 }),
    fill("park", "park", c["map-green"], undefined, { minzoom: 9 }),
    fill("cemetery", "landuse", c["map-green"], isClass("cemetery", "stadium"), { minzoom: 12 }),
    fill("water", "water", c["map-sea"]),
    line("river", "waterway", ["has", "class"], c["map-sea"], width(8, 0.4, 14, 2, 18, 6)),
    fill("runway", "aeroway", c["map-street-edge"], ["==", ["geometry-type"], "Polygon"]),
    fill("building", "building", c["map-building"], undefined, { minzoom: 14.5 }),
    ...edges, ...tops,
    line("rail", "transportation", ["all", isClass("rail", "transit"), not(["has", "service"])], c["map-rail"], width(9, 0.6, 14, 1.6, 18, 3)),
    line("border", "boundary", ["<=", ["get", "admin_level"], 4], c["map-border"], width(4, 0.6, 12, 1.6), { "line-dasharray": [4, 2] }),
  ];
}

function labels(source, c, { font, english, outside }) {
  const name = english
    ? ["coalesce", ["get", "name:en"], ["get", "name_en"], ["get", "name:latin"], ["get", "name"]]
    : ["coalesce", ["get", "name:ko"], ["get", "name"]];
  // The map of Seoul names what lies in it.
  const here = (filter) => (outside ? ["all", filter, not(inSeoul)] : filter);
  const label = (id, layer, filter, size, more = {}, colour = c["map-label"]) => ({
    id: `${source}-${id}`, type: "symbol", source, "source-layer": layer, filter: here(filter), minzoom: more.minzoom ?? 0, maxzoom: more.maxzoom ?? 24,
    layout: { "text-field": name, "text-size": size, "text-font": font, "text-max-width": 8, ...more.layout },
    paint: { "text-color": colour, "text-halo-color": c["map-land"], "text-halo-width": 1.5 },
  });
  const along = { "symbol-placement": "line", "text-rotation-alignment": "map" };
  return [
    label("water-name", "water_name", ["has", "name"], 12, { minzoom: 3 }, c["map-water-label"]),
    label("river-name", "waterway", ["has", "name"], 12, { minzoom: 10, layout: along }, c["map-water-label"]),
    label("street-name", "transportation_name", isClass("minor", "service", "tertiary", "pedestrian", "path"), 11, { minzoom: 15, layout: along }),
    label("road-name", "transportation_name", isClass("secondary", "primary", "trunk", "motorway"), 12, { minzoom: 12.5, layout: along }),
    label("park-name", "park", ["has", "name"], 11, { minzoom: 13 }),
    label("quarter-name", "place", isClass("suburb", "quarter", "neighbourhood", "village", "hamlet", "borough"), 12, { minzoom: 11, maxzoom: 16 }),
    label("town-name", "place", isClass("town"), 13, { minzoom: 8, maxzoom: 15 }),
    label("city-name", "place", isClass("city"), 15, { minzoom: 4, maxzoom: 14 }),
    label("country-name", "place", isClass("country"), 13, { minzoom: 1, maxzoom: 7 }),
  ];
}

/** The layers of the sources: surfaces first, labels apart, for what stands between them. */
export function streetLayers(sources, c, words) {
  const found = { surfaces: [], labels: [] };
  for (const [source, { type }] of Object.entries(sources)) {
    if (type === "raster") {
      found.surfaces.push({ id: source, type: "raster", source });
    } else {
      found.surfaces.push(...surfaces(source, c));
      found.labels.push(...labels(source, c, { ...words, outside: source === "world" }));
    }
  }
  return found;
}
